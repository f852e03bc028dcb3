// SPDX-License-Identifier: MIT
'use strict';

// Readable streams as asynchronous iterables, and iterables as readable streams
// https://streams.spec.whatwg.org/#rs-asynciterator, #readable-stream-from-iterable

const { codes } = require('internal/errors');
const { invalidState } = require('internal/webstreams/util');
const { Reader, cancel, createReadable, read, release } = require('internal/webstreams/readable');

const AsyncIteratorPrototype =
  Object.getPrototypeOf(Object.getPrototypeOf(Object.getPrototypeOf((async function* () {})())));

const kState = Symbol('kState');

class IteratorState {
  constructor(stream, preventCancel) {
    this.reader = new Reader(stream, false);
    this.preventCancel = preventCancel;
    this.ongoing = undefined; // the promise of the step under way
    this.isFinished = false;
  }

  // One step after the other, whatever became of the one before.
  enqueue(step) {
    const mine = this.ongoing = this.ongoing.then(step, step);
    const done = () => {
      if (this.ongoing === mine) this.ongoing = undefined;
    };
    mine.then(done, done);
    return mine;
  }

  // The step of next(). `isQueued`: enqueue() looks after `ongoing`.
  next(isQueued) {
    if (this.isFinished) return Promise.resolve({ done: true, value: undefined });
    const { reader } = this;
    const { stream } = reader;
    // FAST: what waits in a default controller's queue needs no request.
    if (stream.state === 'readable' && !stream.controller.isByte && stream.controller.queue.length > 0) {
      stream.disturbed = true;
      return Promise.resolve({ done: false, value: stream.controller.takeChunk() });
    }
    const request = new NextRequest(this, isQueued);
    if (!isQueued) this.ongoing = request.settle.promise;
    read(reader, request);
    return request.settle.promise;
  }

  return(value) {
    if (this.isFinished) return Promise.resolve({ done: true, value });
    this.isFinished = true;
    const { reader } = this;
    if (this.preventCancel) {
      release(reader);
      return Promise.resolve({ done: true, value });
    }
    const result = cancel(reader.stream, value);
    release(reader);
    return result.then(() => ({ done: true, value }));
  }
}

class NextRequest {
  constructor(state, isQueued) {
    this.state = state;
    this.isQueued = isQueued;
    this.settle = Promise.withResolvers();
  }

  chunk(value) {
    if (!this.isQueued) this.state.ongoing = undefined;
    this.settle.resolve({ done: false, value });
  }

  close() {
    this.finish();
    this.settle.resolve({ done: true, value: undefined });
  }

  error(reason) {
    this.finish();
    this.settle.reject(reason);
  }

  finish() {
    const { state } = this;
    if (!this.isQueued) state.ongoing = undefined;
    state.isFinished = true;
    release(state.reader);
  }
}

function stateOf(value) {
  const state = value?.[kState];
  if (state === undefined) throw new codes.ERR_INVALID_THIS('ReadableStreamAsyncIterator');
  return state;
}

const ReadableStreamAsyncIteratorPrototype = {
  __proto__: AsyncIteratorPrototype,
  next() {
    try {
      const state = stateOf(this);
      return state.ongoing === undefined ? state.next(false) : state.enqueue(() => state.next(true));
    } catch (error) {
      return Promise.reject(error);
    }
  },
  return(value = undefined) {
    try {
      const state = stateOf(this);
      return state.ongoing === undefined ? state.return(value) : state.enqueue(() => state.return(value));
    } catch (error) {
      return Promise.reject(error);
    }
  },
};

function iterate(stream, preventCancel) {
  const iterator = { __proto__: ReadableStreamAsyncIteratorPrototype };
  Object.defineProperty(iterator, kState, { __proto__: null, value: new IteratorState(stream, preventCancel) });
  return iterator;
}

// --- from ----------------------------------------------------------------------------------------------------------

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

// GetIterator ( obj, async )  ecma262#sec-getiterator
function getIterator(iterable) {
  const asyncMethod = iterable[Symbol.asyncIterator];
  const method = asyncMethod ?? iterable[Symbol.iterator];
  if (typeof method !== 'function') throw new codes.ERR_ARG_NOT_ITERABLE(show(iterable));
  const iterator = Reflect.apply(method, iterable, []);
  if (!isObject(iterator)) throw invalidState('The iterator method must return an object');
  return { iterator, next: iterator.next, isAsync: asyncMethod !== undefined && asyncMethod !== null };
}

function show(value) {
  return require('internal/util/inspect').inspect(value);
}

// ReadableStreamFromIterable: a record.
function readableFromIterable(iterable) {
  const { iterator, next, isAsync } = getIterator(iterable);
  const stream = createReadable(undefined, pull, close, 0);
  return stream;

  function deliver(result) {
    if (!isObject(result)) {
      throw invalidState('The promise returned by the iterator.next() method must fulfill with an object');
    }
    if (result.done) {
      stream.controller.close();
      return undefined;
    }
    const { value } = result;
    if (isAsync) {
      stream.controller.enqueue(value);
      return undefined;
    }
    // An iterator that is not asynchronous may give promises.
    return Promise.resolve(value).then((chunk) => stream.controller.enqueue(chunk));
  }

  function pull() {
    const result = Reflect.apply(next, iterator, []);
    return isAsync ? Promise.resolve(result).then(deliver) : deliver(result);
  }

  function close(reason) {
    const method = iterator.return;
    if (method === undefined || method === null) return undefined;
    return Promise.resolve(Reflect.apply(method, iterator, [reason])).then((result) => {
      if (!isObject(result)) {
        throw invalidState('The promise returned by the iterator.return() method must fulfill with an object');
      }
    });
  }
}

module.exports = { iterate, readableFromIterable };

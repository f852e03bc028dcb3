// SPDX-License-Identifier: MIT
'use strict';

// The iterator helpers of Readable: map, filter, flatMap, take, drop give streams; forEach, reduce, toArray, some,
// every, find give promises. map is the engine of most: up to `concurrency` calls run at once, results keep order.

const { AbortError, codes } = require('internal/errors');
const { validateAbortSignal, validateInteger, validateObject } = require('internal/validators');

// The end of the queue, and what filter's predicate turns a refused value into.
const kEof = Symbol('kEof');
const kRefused = Symbol('kRefused');

function checkOptions(options) {
  if (options !== null && options !== undefined) {
    validateObject(options, 'options');
  }
  if (options?.signal !== undefined && options?.signal !== null) {
    validateAbortSignal(options.signal, 'options.signal');
  }
}

function checkFunction(fn) {
  if (typeof fn !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('fn', 'Function', fn);
  }
}

function aborted(signal) {
  return new AbortError(undefined, { cause: signal.reason });
}

function mapIterable(stream, fn, options) {
  checkFunction(fn);
  checkOptions(options);
  const concurrency = options?.concurrency === undefined || options.concurrency === null ?
    1 : Math.floor(options.concurrency);
  let mark = options?.highWaterMark === undefined || options.highWaterMark === null ?
    concurrency - 1 : Math.floor(options.highWaterMark);
  validateInteger(concurrency, 'options.concurrency', 1);
  validateInteger(mark, 'options.highWaterMark', 0);
  mark += concurrency;
  return runMap(stream, fn, concurrency, mark, options?.signal);
}

async function* runMap(stream, fn, concurrency, mark, outerSignal) {
  const controller = new AbortController();
  const onouterabort = () => controller.abort(outerSignal.reason);
  if (outerSignal) {
    if (outerSignal.aborted) {
      onouterabort();
    } else {
      outerSignal.addEventListener('abort', onouterabort, { once: true });
    }
  }
  const { signal } = controller;
  const callOptions = { signal };
  const queue = [];
  let wakeConsumer = null;
  let wakeProducer = null;
  let done = false;
  let running = 0;

  function maybeResume() {
    if (wakeProducer !== null && !done && running < concurrency && queue.length < mark) {
      const resolve = wakeProducer;
      wakeProducer = null;
      resolve();
    }
  }
  function settled() {
    running--;
    maybeResume();
  }
  function failed() {
    done = true;
    settled();
  }
  function announce() {
    if (wakeConsumer !== null) {
      const resolve = wakeConsumer;
      wakeConsumer = null;
      resolve();
    }
  }

  async function produce() {
    try {
      for await (let value of stream) {
        if (done) {
          return;
        }
        if (signal.aborted) {
          throw aborted(signal);
        }
        try {
          value = fn(value, callOptions);
          value = Promise.resolve(value);
        } catch (error) {
          value = Promise.reject(error);
        }
        running++;
        value.then(settled, failed);
        queue.push(value);
        announce();
        if (!done && (queue.length >= mark || running >= concurrency)) {
          await new Promise((resolve) => {
            wakeProducer = resolve;
          });
        }
      }
      queue.push(kEof);
    } catch (error) {
      const rejection = Promise.reject(error);
      rejection.then(settled, failed);
      queue.push(rejection);
    } finally {
      done = true;
      announce();
    }
  }

  produce();
  try {
    for (;;) {
      while (queue.length > 0) {
        const value = await queue[0];
        if (value === kEof) {
          return;
        }
        if (signal.aborted) {
          throw aborted(signal);
        }
        if (value !== kRefused) {
          yield value;
        }
        queue.shift();
        maybeResume();
      }
      await new Promise((resolve) => {
        wakeConsumer = resolve;
      });
    }
  } finally {
    done = true;
    if (wakeProducer !== null) {
      const resolve = wakeProducer;
      wakeProducer = null;
      resolve();
    }
    outerSignal?.removeEventListener('abort', onouterabort);
    controller.abort();
  }
}

function map(fn, options) {
  return mapIterable(this, fn, options);
}

function filter(fn, options) {
  checkFunction(fn);
  return mapIterable(this, async (value, callOptions) => (
    await fn(value, callOptions) ? value : kRefused
  ), options);
}

function flatMap(fn, options) {
  const values = mapIterable(this, fn, options);
  return (async function* flatten() {
    for await (const value of values) {
      yield* value;
    }
  })();
}

function toCount(number) {
  number = Number(number);
  if (Number.isNaN(number)) {
    return 0;
  }
  if (number < 0) {
    throw new codes.ERR_OUT_OF_RANGE('number', '>= 0', number);
  }
  return number;
}

function drop(number, options) {
  checkOptions(options);
  number = toCount(number);
  const stream = this;
  return (async function* dropped() {
    if (options?.signal?.aborted) {
      throw new AbortError();
    }
    for await (const value of stream) {
      if (options?.signal?.aborted) {
        throw new AbortError();
      }
      if (number-- <= 0) {
        yield value;
      }
    }
  })();
}

function take(number, options) {
  checkOptions(options);
  number = toCount(number);
  const stream = this;
  return (async function* taken() {
    if (options?.signal?.aborted) {
      throw new AbortError();
    }
    for await (const value of stream) {
      if (options?.signal?.aborted) {
        throw new AbortError();
      }
      if (number-- > 0) {
        yield value;
      }
      // Not waiting for one value more than asked for.
      if (number <= 0) {
        return;
      }
    }
  })();
}

async function some(fn, options) {
  for await (const unused of filter.call(this, fn, options)) {
    return true;
  }
  return false;
}

async function every(fn, options) {
  checkFunction(fn);
  return !(await some.call(this, async (...args) => !(await fn(...args)), options));
}

async function find(fn, options) {
  for await (const result of filter.call(this, fn, options)) {
    return result;
  }
  return undefined;
}

async function forEach(fn, options) {
  checkFunction(fn);
  const calls = mapIterable(this, async (value, callOptions) => {
    await fn(value, callOptions);
    return kRefused;
  }, options);
  for await (const unused of calls);
}

async function toArray(options) {
  checkOptions(options);
  const result = [];
  for await (const value of this) {
    if (options?.signal?.aborted) {
      throw aborted(options.signal);
    }
    result.push(value);
  }
  return result;
}

async function reduce(reducer, initialValue, options) {
  if (typeof reducer !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('reducer', 'Function', reducer);
  }
  checkOptions(options);
  let hasValue = arguments.length > 1;
  if (options?.signal?.aborted) {
    const error = aborted(options.signal);
    this.once('error', () => {});
    await require('internal/streams/end-of-stream').finishedPromise(this.destroy(error));
    throw error;
  }
  const controller = new AbortController();
  const { signal } = controller;
  const onabort = () => controller.abort();
  options?.signal?.addEventListener('abort', onabort, { once: true });
  let gotAny = false;
  try {
    for await (const value of this) {
      gotAny = true;
      if (options?.signal?.aborted) {
        throw new AbortError();
      }
      if (hasValue) {
        initialValue = await reducer(initialValue, value, { signal });
      } else {
        initialValue = value;
        hasValue = true;
      }
    }
    if (!gotAny && !hasValue) {
      const error = new TypeError('Reduce of an empty stream requires an initial value');
      error.code = 'ERR_MISSING_ARGS';
      throw error;
    }
  } finally {
    options?.signal?.removeEventListener('abort', onabort);
    controller.abort();
  }
  return initialValue;
}

function compose(stream, options) {
  checkOptions(options);
  const u = require('internal/streams/utils');
  if (u.isNodeStream(stream) && !u.isWritable(stream)) {
    throw new codes.ERR_INVALID_ARG_VALUE('stream', stream, 'must be writable');
  }
  const composed = require('internal/streams/compose').compose(this, stream);
  if (options?.signal) {
    require('internal/streams/add-abort-signal').addAbortSignalNoValidate(options.signal, composed);
  }
  return composed;
}

module.exports = {
  compose,
  promiseReturning: { every, forEach, reduce, toArray, some, find },
  streamReturning: { drop, filter, flatMap, map, take },
};

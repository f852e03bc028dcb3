// SPDX-License-Identifier: MIT
'use strict';

// Duplex.from(): a Duplex made from nearly anything: streams, promises, iterables, async functions, or a pair.

const { codes } = require('internal/errors');
const { Duplex } = require('internal/streams/duplex');
const { Readable } = require('internal/streams/readable');
const { Writable } = require('internal/streams/writable');
const { destroyer } = require('internal/streams/destroy');
const { createFacade } = require('internal/streams/facade');
const { eos } = require('internal/streams/end-of-stream');
const u = require('internal/streams/utils');

function isBlob(value) {
  return typeof value?.arrayBuffer === 'function' && typeof value?.stream === 'function' &&
    typeof value.size === 'number';
}

function duplexify(body, name) {
  if (u.isDuplexNodeStream(body)) {
    return body;
  }
  if (u.isReadableNodeStream(body)) {
    return joinPair({ readable: body });
  }
  if (u.isWritableNodeStream(body)) {
    return joinPair({ writable: body });
  }
  if (u.isNodeStream(body)) {
    return joinPair({ writable: false, readable: false });
  }
  if (u.isReadableStream(body)) {
    return joinPair({ readable: Readable.fromWeb(body) });
  }
  if (u.isWritableStream(body)) {
    return joinPair({ writable: Writable.fromWeb(body) });
  }
  if (typeof body === 'function') {
    return fromFunction(body, name);
  }
  if (isBlob(body)) {
    return duplexify(body.arrayBuffer());
  }
  if (u.isIterable(body)) {
    return joinPair({ readable: Readable.from(body), writable: false });
  }
  if (typeof body?.writable === 'object' || typeof body?.readable === 'object') {
    const readable = body?.readable ?
      (u.isReadableNodeStream(body.readable) ? body.readable : duplexify(body.readable)) : undefined;
    const writable = body?.writable ?
      (u.isWritableNodeStream(body.writable) ? body.writable : duplexify(body.writable)) : undefined;
    return joinPair({ readable, writable });
  }
  const then = body?.then;
  if (typeof then === 'function') {
    let duplex;
    then.call(body, (value) => {
      if (value !== null && value !== undefined) {
        duplex.push(value);
      }
      duplex.push(null);
    }, (error) => {
      destroyer(duplex, error);
    });
    duplex = new Duplex({ objectMode: true, writable: false, read() {} });
    return duplex;
  }
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['Blob', 'ReadableStream', 'WritableStream', 'Stream', 'Iterable',
    'AsyncIterable', 'Function', '{ readable, writable } pair', 'Promise'], body);
}

function fromFunction(body, name) {
  const feed = makeFeed();
  const controller = new AbortController();
  const value = body(feed.iterate(), { signal: controller.signal });
  const isGenerator = u.isIterable(value);
  const then = value?.then;

  if (!isGenerator && typeof then !== 'function') {
    throw new codes.ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or AsyncFunction', name, value);
  }
  if (isGenerator) {
    const { from } = require('internal/streams/from');
    const duplex = from(Duplex, value, { objectMode: true, write: feed.write, final: feed.final });
    const destroyIterator = duplex._destroy;
    duplex._destroy = function(error, callback) {
      controller.abort();
      feed.close();
      destroyIterator.call(this, error, callback);
    };
    return duplex;
  }
  let duplex;
  const settled = then.call(value, (result) => {
    if (result !== null && result !== undefined) {
      throw new codes.ERR_INVALID_RETURN_VALUE('nully', 'body', result);
    }
  }, (error) => {
    destroyer(duplex, error);
  });
  duplex = new Duplex({
    objectMode: true,
    readable: false,
    write: feed.write,
    final(callback) {
      feed.final(async () => {
        try {
          await settled;
          process.nextTick(callback, null);
        } catch (error) {
          process.nextTick(callback, error);
        }
      });
    },
    destroy(error, callback) {
      controller.abort();
      feed.close();
      callback(error);
    },
  });
  return duplex;
}

// The bridge from a Duplex's writable half to an async iterable: one chunk at a time.
function makeFeed() {
  let give;
  let next;
  function fresh() {
    next = new Promise((resolve) => {
      give = resolve;
    });
  }
  fresh();
  return {
    async* iterate() {
      for (;;) {
        const { chunk, done, callback } = await next;
        process.nextTick(callback);
        if (done) {
          return;
        }
        fresh();
        yield chunk;
      }
    },
    write(chunk, encoding, callback) {
      give({ chunk, done: false, callback });
    },
    final(callback) {
      give({ done: true, callback });
    },
    close() {
      give({ done: true, callback() {} });
    },
  };
}

function joinPair(pair) {
  const source = pair.readable && typeof pair.readable.read !== 'function' ?
    Readable.wrap(pair.readable) : pair.readable;
  const sink = pair.writable;
  let readable = !!u.isReadable(source);
  let writable = !!u.isWritable(sink);
  const { facade, closed } = createFacade({
    sink: writable ? sink : null,
    source: readable ? source : null,
    readableObjectMode: !!source?.readableObjectMode,
    writableObjectMode: !!sink?.writableObjectMode,
    whenWritten: (callback) => sink.on('finish', callback),
    destroyEnds(error) {
      if (!readable && !writable) {
        return false;
      }
      destroyer(sink, error);
      destroyer(source, error);
      return true;
    },
  });
  if (writable) {
    eos(sink, (error) => {
      writable = false;
      if (error) {
        destroyer(source, error);
      }
      closed(error);
    });
  }
  if (readable) {
    eos(source, (error) => {
      readable = false;
      if (error) {
        destroyer(source, error);
      }
      closed(error);
    });
  }
  return facade;
}

module.exports = { duplexify };

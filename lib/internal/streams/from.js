// SPDX-License-Identifier: MIT
'use strict';

// Readable.from(): a stream over an iterable.

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');

function from(Readable, iterable, options) {
  if (typeof iterable === 'string' || iterable instanceof Buffer) {
    // One chunk, not its characters or bytes.
    return new Readable({
      objectMode: true,
      ...options,
      read() {
        this.push(iterable);
        this.push(null);
      },
    });
  }
  let iterator;
  let isAsync;
  if (iterable && iterable[Symbol.asyncIterator]) {
    isAsync = true;
    iterator = iterable[Symbol.asyncIterator]();
  } else if (iterable && iterable[Symbol.iterator]) {
    isAsync = false;
    iterator = iterable[Symbol.iterator]();
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('iterable', ['Iterable'], iterable);
  }

  const readable = new Readable({ objectMode: true, highWaterMark: 1, ...options });
  const originalDestroy = readable._destroy;
  let reading = false;

  readable._read = function() {
    if (!reading) {
      reading = true;
      if (isAsync) {
        nextAsync();
      } else {
        nextSync();
      }
    }
  };

  readable._destroy = function(error, callback) {
    originalDestroy.call(this, error, (destroyError) => {
      const failure = destroyError || error;
      close(failure).then(
        () => process.nextTick(callback, failure),
        (closeError) => process.nextTick(callback, closeError || failure));
    });
  };

  async function close(error) {
    const failed = error !== undefined && error !== null;
    if (failed && typeof iterator.throw === 'function') {
      const { value, done } = await iterator.throw(error);
      await value;
      if (done) {
        return;
      }
    }
    if (typeof iterator.return === 'function') {
      const { value } = await iterator.return();
      await value;
    }
  }

  // Gives the stream a chunk; tells whether it takes more now.
  function offer(chunk) {
    if (chunk === null) {
      reading = false;
      throw new codes.ERR_STREAM_NULL_VALUES();
    }
    return (reading = readable.push(chunk));
  }

  function nextSync() {
    for (;;) {
      try {
        const { value, done } = iterator.next();
        if (done) {
          readable.push(null);
          return;
        }
        if (value && typeof value.then === 'function') {
          settle(value);
          return;
        }
        if (offer(value)) {
          continue;
        }
      } catch (error) {
        readable.destroy(error);
      }
      return;
    }
  }

  async function settle(value) {
    try {
      if (offer(await value)) {
        nextSync();
      }
    } catch (error) {
      readable.destroy(error);
    }
  }

  async function nextAsync() {
    for (;;) {
      try {
        const { value, done } = await iterator.next();
        if (done) {
          readable.push(null);
          return;
        }
        if (offer(value)) {
          continue;
        }
      } catch (error) {
        readable.destroy(error);
      }
      return;
    }
  }

  return readable;
}

module.exports = { from };

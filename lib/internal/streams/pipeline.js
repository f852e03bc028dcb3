// SPDX-License-Identifier: MIT
'use strict';

// pipeline(): joins streams, iterables and functions over iterables; when one fails or closes early all are
// destroyed, and the callback is called once, after everything has come to rest.

const { AbortError, codes } = require('internal/errors');
const { validateFunction, validateAbortSignal } = require('internal/validators');
const destroyImpl = require('internal/streams/destroy');
const { eos } = require('internal/streams/end-of-stream');
const u = require('internal/streams/utils');

class Pipeline {
  constructor(callback, options) {
    this.callback = callback;
    this.endLast = options?.end !== false;
    this.outerSignal = options?.signal;
    this.abortController = new AbortController();
    this.error = undefined;
    this.value = undefined;
    // How many parties have still to report.
    this.pending = 0;
    this.destroys = [];
    // Listeners on the last stream that a successful pipeline must not leave behind.
    this.cleanups = [];
    this.report = (error) => this.settle(error, --this.pending === 0);
    this.fail = (error) => this.settle(error, false);
    this.onabort = () => this.report(new AbortError(undefined, { cause: this.outerSignal?.reason }));
  }

  settle(error, last) {
    if (error && (!this.error || this.error.code === 'ERR_STREAM_PREMATURE_CLOSE')) {
      this.error = error;
    }
    if (!this.error && !last) {
      return;
    }
    while (this.destroys.length) {
      this.destroys.shift()(this.error);
    }
    this.outerSignal?.removeEventListener('abort', this.onabort);
    this.abortController.abort();
    if (last) {
      if (!this.error) {
        for (const cleanup of this.cleanups) {
          cleanup();
        }
      }
      process.nextTick(this.callback, this.error, this.value);
    }
  }

  // Makes sure `stream` is destroyed when the pipeline ends while it has not.
  watch(stream, reading, writing) {
    let done = false;
    stream.on('close', () => {
      done = true;
    });
    const cleanup = eos(stream, { readable: reading, writable: writing }, (error) => {
      done = !error;
    });
    this.destroys.push((error) => {
      if (!done) {
        done = true;
        destroyImpl.destroyer(stream, error || new codes.ERR_STREAM_DESTROYED('pipe'));
      }
    });
    return cleanup;
  }

  run(streams) {
    const last = streams.length - 1;
    const functionArgs = { __proto__: null, signal: this.abortController.signal };
    let upstream;
    for (let i = 0; i <= last; i++) {
      const stream = streams[i];
      const reading = i < last;
      const writing = i > 0;
      const end = reading || this.endLast;
      if (u.isNodeStream(stream)) {
        this.guard(stream, reading, writing, end, i === last);
      }
      if (i === 0) {
        upstream = firstStage(stream, functionArgs);
      } else if (typeof stream === 'function') {
        upstream = this.callStage(stream, upstream, i, reading, end, functionArgs);
      } else if (u.isNodeStream(stream)) {
        this.connect(upstream, stream, end, i === last);
        upstream = stream;
      } else if (u.isWebStream(stream)) {
        this.connectWeb(upstream, stream, end);
        upstream = stream;
      } else {
        const { Duplex } = require('internal/streams/duplex');
        upstream = Duplex.from(stream);
      }
    }
    if (functionArgs.signal.aborted || this.outerSignal?.aborted) {
      process.nextTick(this.onabort);
    }
    return upstream;
  }

  guard(stream, reading, writing, end, isLast) {
    if (end) {
      const cleanup = this.watch(stream, reading, writing);
      if (u.isReadable(stream) && isLast) {
        this.cleanups.push(cleanup);
      }
    }
    // A stream may fail before, or without, its eos callback.
    const onerror = (error) => {
      if (error && error.name !== 'AbortError' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') {
        this.fail(error);
      }
    };
    stream.on('error', onerror);
    if (u.isReadable(stream) && isLast) {
      this.cleanups.push(() => stream.removeListener('error', onerror));
    }
  }

  callStage(stage, upstream, i, reading, end, functionArgs) {
    const result = stage(toAsyncIterable(upstream), functionArgs);
    if (reading) {
      if (!u.isIterable(result, true)) {
        throw new codes.ERR_INVALID_RETURN_VALUE('AsyncIterable', `transform[${i - 1}]`, result);
      }
      return result;
    }
    // The last stage: what it gives can be read from the stream that pipeline() returns.
    const { PassThrough } = require('internal/streams/passthrough');
    const output = new PassThrough({ objectMode: true });
    const then = result?.then;
    if (typeof then === 'function') {
      this.pending++;
      then.call(result, (value) => {
        this.value = value;
        if (value !== null && value !== undefined) {
          output.write(value);
        }
        if (end) {
          output.end();
        }
        process.nextTick(this.report);
      }, (error) => {
        output.destroy(error);
        process.nextTick(this.report, error);
      });
    } else if (u.isIterable(result, true)) {
      this.pending++;
      pump(result, output, this.report, end);
    } else {
      throw new codes.ERR_INVALID_RETURN_VALUE('AsyncIterable or Promise', 'destination', result);
    }
    this.cleanups.push(this.watch(output, false, true));
    return output;
  }

  connect(source, dest, end, isLast) {
    if (u.isReadableNodeStream(source)) {
      this.pending += 2;
      const cleanup = this.join(source, dest, end);
      if (u.isReadable(dest) && isLast) {
        this.cleanups.push(cleanup);
      }
    } else if (u.isTransformStream(source) && !u.isReadableStream(source)) {
      this.pending++;
      pump(source.readable, dest, this.report, end);
    } else if (u.isIterable(source)) {
      this.pending++;
      pump(source, dest, this.report, end);
    } else {
      throw new codes.ERR_INVALID_ARG_TYPE('val',
        ['Readable', 'Iterable', 'AsyncIterable', 'ReadableStream', 'TransformStream'], source);
    }
  }

  // Into a web stream, or through one (then `dest` is a transform). A failure destroys what is Node's through the
  // pipeline, and errors the web stream.
  connectWeb(source, dest, end) {
    const isPair = u.isTransformStream(dest) && !u.isWritableStream(dest);
    const writable = isPair ? dest.writable : dest;
    const iterable = u.isTransformStream(source) && !u.isReadableStream(source) ? source.readable : source;
    if (!u.isIterable(iterable) && !u.isReadableStream(iterable)) {
      throw new codes.ERR_INVALID_ARG_TYPE('val',
        ['Readable', 'Iterable', 'AsyncIterable', 'ReadableStream', 'TransformStream'], source);
    }
    this.pending++;
    this.destroys.push((error) => {
      if (error) {
        writable[u.kControllerErrorFunction]?.(error);
      }
    });
    pumpWeb(toAsyncIterable(iterable), writable, this.report, end);
  }

  join(source, dest, end) {
    let ended = false;
    dest.on('close', () => {
      if (!ended) {
        this.fail(new codes.ERR_STREAM_PREMATURE_CLOSE());
      }
    });
    source.pipe(dest, { end: false });
    if (end) {
      const endDest = () => {
        ended = true;
        dest.end();
      };
      if (u.isReadableFinished(source)) {
        process.nextTick(endDest);
      } else {
        source.once('end', endDest);
      }
    } else {
      this.report();
    }
    eos(source, { readable: true, writable: false }, (error) => {
      const state = source._readableState;
      if (error && error.code === 'ERR_STREAM_PREMATURE_CLOSE' && state?.ended && !state.errored &&
          !state.errorEmitted) {
        // Closed with data still queued: 'end' may follow.
        source.once('end', this.report);
        source.once('error', this.report);
      } else {
        this.report(error);
      }
    });
    return eos(dest, { readable: false, writable: true }, this.report);
  }
}

function firstStage(stream, functionArgs) {
  if (typeof stream === 'function') {
    const result = stream(functionArgs);
    if (!u.isIterable(result)) {
      throw new codes.ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or Stream', 'source', result);
    }
    return result;
  }
  if (u.isIterable(stream) || u.isReadableNodeStream(stream) || u.isTransformStream(stream)) {
    return stream;
  }
  const { Duplex } = require('internal/streams/duplex');
  return Duplex.from(stream);
}

// Writes what an iterable yields to a web stream, as fast as it takes it.
async function pumpWeb(iterable, writable, report, end) {
  const writer = writable.getWriter();
  try {
    for await (const chunk of iterable) {
      await writer.ready;
      writer.write(chunk).catch(() => {});
    }
    await writer.ready;
    if (end) {
      await writer.close();
    }
    report();
  } catch (error) {
    try {
      await writer.abort(error);
      report(error);
    } catch (abortError) {
      report(abortError);
    }
  }
}

function toAsyncIterable(value) {
  if (u.isTransformStream(value) && !u.isReadableStream(value) && !u.isIterable(value)) {
    return value.readable;
  }
  if (u.isIterable(value)) {
    return value;
  }
  if (u.isReadableNodeStream(value)) {
    const { Readable } = require('internal/streams/readable');
    return Readable.prototype[Symbol.asyncIterator].call(value);
  }
  throw new codes.ERR_INVALID_ARG_TYPE('val', ['Readable', 'Iterable', 'AsyncIterable'], value);
}

// Writes what an iterable yields to a writable stream, waiting for 'drain' where it must.
async function pump(iterable, writable, report, end) {
  let error;
  let wake = null;
  function resume(err) {
    if (err) {
      error = err;
    }
    if (wake !== null) {
      const then = wake;
      wake = null;
      then();
    }
  }
  function wait() {
    return new Promise((resolve, reject) => {
      if (error) {
        reject(error);
      } else {
        wake = () => (error ? reject(error) : resolve());
      }
    });
  }
  writable.on('drain', resume);
  const cleanup = eos(writable, { readable: false }, resume);
  try {
    if (writable.writableNeedDrain) {
      await wait();
    }
    for await (const chunk of iterable) {
      if (!writable.write(chunk)) {
        await wait();
      }
    }
    if (end) {
      writable.end();
      await wait();
    }
    report();
  } catch (err) {
    report(error !== undefined && error !== err ? error : err);
  } finally {
    cleanup();
    writable.removeListener('drain', resume);
  }
}

function once(callback) {
  let called = false;
  return function(...args) {
    if (!called) {
      called = true;
      return Reflect.apply(callback, this, args);
    }
  };
}

function pipeline(...streams) {
  const callback = streams[streams.length - 1];
  validateFunction(callback, 'streams[stream.length - 1]');
  streams.pop();
  return pipelineImpl(streams, once(callback));
}

function pipelineImpl(streams, callback, options) {
  if (streams.length === 1 && Array.isArray(streams[0])) {
    streams = streams[0];
  }
  if (streams.length < 2) {
    throw new codes.ERR_MISSING_ARGS('streams');
  }
  const signal = options?.signal;
  validateAbortSignal(signal, 'options.signal');
  const line = new Pipeline(callback, options);
  signal?.addEventListener('abort', line.onabort, { once: true });
  return line.run(streams);
}

function isOptions(value) {
  return value && typeof value === 'object' && !u.isNodeStream(value) && !u.isIterable(value) &&
    !u.isWebStream(value);
}

// stream/promises pipeline()
function pipelinePromise(...streams) {
  return new Promise((resolve, reject) => {
    let options;
    if (isOptions(streams[streams.length - 1])) {
      const { signal, end } = streams.pop();
      options = { signal, end };
    }
    pipelineImpl(streams, (error, value) => {
      if (error) {
        reject(error);
      } else {
        resolve(value);
      }
    }, options);
  });
}

module.exports = { pipeline, pipelineImpl, pipelinePromise };

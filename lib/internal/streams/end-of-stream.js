// SPDX-License-Identifier: MIT
'use strict';

// finished(): one callback when a stream has ended, failed, or closed before its time, for every kind of stream:
// ours, those of npm's readable-stream, HTTP messages and old-style emitters.

const { AbortError, codes } = require('internal/errors');
const { validateAbortSignal, validateFunction, validateObject } = require('internal/validators');
const { callInFrame, currentFrame, frames } = require('internal/async_context');
const u = require('internal/streams/utils');

function noop() {}

function isRequest(stream) {
  return stream.setHeader && typeof stream.abort === 'function';
}

// The callback belongs to who waits, not to who ends the stream.
function inFrameOfNow(callback) {
  const frame = currentFrame();
  return function(...args) {
    return callInFrame(frame, callback, this, args);
  };
}

function eos(stream, options, callback) {
  if (arguments.length === 2) {
    callback = options;
    options = {};
  } else if (options === null || options === undefined) {
    options = {};
  } else {
    validateObject(options, 'options');
  }
  validateFunction(callback, 'callback');
  validateAbortSignal(options.signal, 'options.signal');
  if (frames.areUsed) {
    callback = inFrameOfNow(callback);
  }
  if (u.isReadableStream(stream) || u.isWritableStream(stream)) {
    return eosWeb(stream, options, callback);
  }
  if (!u.isNodeStream(stream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }

  const readable = options.readable ?? u.isReadableNodeStream(stream);
  const writable = options.writable ?? u.isWritableNodeStream(stream);
  const wState = stream._writableState;
  const rState = stream._readableState;
  // 'close' is the last word only where the caller asks about every half there is.
  let closeComes = u.willEmitClose(stream) && u.isReadableNodeStream(stream) === readable &&
    u.isWritableNodeStream(stream) === writable;
  let writableDone = u.isWritableFinished(stream, false);
  let readableDone = u.isReadableFinished(stream, false);
  let closed = u.isClosed(stream);
  let reported = false;
  let onabort = null;

  function report(error) {
    if (reported) {
      return;
    }
    reported = true;
    if (onabort !== null) {
      options.signal.removeEventListener('abort', onabort);
    }
    if (error === undefined) {
      callback.call(stream);
    } else {
      callback.call(stream, error);
    }
  }
  function onfinish() {
    writableDone = true;
    if (stream.destroyed) {
      closeComes = false;
    }
    if (closeComes && (!stream.writable || writable)) {
      return;
    }
    if (!readable || readableDone) {
      report();
    }
  }
  function onend() {
    readableDone = true;
    if (stream.destroyed) {
      closeComes = false;
    }
    if (closeComes && (!stream.readable || readable)) {
      return;
    }
    if (!writable || writableDone) {
      report();
    }
  }
  function onlegacyfinish() {
    if (!stream.writable) {
      onfinish();
    }
  }
  function onerror(error) {
    report(error);
  }
  function storedError() {
    const error = u.isWritableErrored(stream) || u.isReadableErrored(stream);
    return error && typeof error !== 'boolean' ? error : undefined;
  }
  function onclose() {
    closed = true;
    const error = storedError();
    if (error) {
      report(error);
    } else if ((readable && !readableDone && u.isReadableNodeStream(stream, true) &&
                !u.isReadableFinished(stream, false)) ||
               (writable && !writableDone && !u.isWritableFinished(stream, false))) {
      report(new codes.ERR_STREAM_PREMATURE_CLOSE());
    } else {
      report();
    }
  }
  function onalreadyclosed() {
    closed = true;
    report(storedError());
  }
  function onrequest() {
    stream.req.on('finish', onfinish);
  }

  if (isRequest(stream)) {
    stream.on('complete', onfinish);
    if (!closeComes) {
      stream.on('abort', onclose);
    }
    if (stream.req) {
      onrequest();
    } else {
      stream.on('request', onrequest);
    }
  } else if (writable && !wState) {
    stream.on('end', onlegacyfinish);
    stream.on('close', onlegacyfinish);
  }
  if (!closeComes && typeof stream.aborted === 'boolean') {
    stream.on('aborted', onclose);
  }
  stream.on('end', onend);
  stream.on('finish', onfinish);
  if (options.error !== false) {
    stream.on('error', onerror);
  }
  stream.on('close', onclose);

  if (closed) {
    process.nextTick(onclose);
  } else if (wState?.errorEmitted || rState?.errorEmitted) {
    if (!closeComes) {
      process.nextTick(onalreadyclosed);
    }
  } else if (!readable && (!closeComes || u.isReadable(stream)) &&
             (writableDone || u.isWritable(stream) === false) &&
             (!wState || wState.pendingcb === undefined || wState.pendingcb === 0)) {
    process.nextTick(onalreadyclosed);
  } else if (!writable && (!closeComes || u.isWritable(stream)) &&
             (readableDone || u.isReadable(stream) === false)) {
    process.nextTick(onalreadyclosed);
  }

  function cleanup() {
    callback = noop;
    reported = true;
    if (onabort !== null) {
      options.signal.removeEventListener('abort', onabort);
    }
    stream.removeListener('aborted', onclose);
    stream.removeListener('complete', onfinish);
    stream.removeListener('abort', onclose);
    stream.removeListener('request', onrequest);
    if (stream.req) {
      stream.req.removeListener('finish', onfinish);
    }
    stream.removeListener('end', onlegacyfinish);
    stream.removeListener('close', onlegacyfinish);
    stream.removeListener('finish', onfinish);
    stream.removeListener('end', onend);
    stream.removeListener('error', onerror);
    stream.removeListener('close', onclose);
  }

  const { signal } = options;
  if (signal && !closed) {
    onabort = () => {
      const then = callback;
      cleanup();
      then.call(stream, new AbortError(undefined, { cause: signal.reason }));
    };
    if (signal.aborted) {
      process.nextTick(onabort);
    } else {
      signal.addEventListener('abort', onabort, { once: true });
    }
  }
  return cleanup;
}

// finished() of a web stream, which tells of its end through a promise.
function eosWeb(stream, options, callback) {
  let isOver = false;
  const { signal } = options;
  const report = (error) => {
    if (isOver) return;
    isOver = true;
    signal?.removeEventListener('abort', onabort);
    if (error === undefined) callback.call(stream);
    else callback.call(stream, error);
  };
  const onabort = () => report(new AbortError(undefined, { cause: signal.reason }));
  if (signal?.aborted) process.nextTick(onabort);
  else signal?.addEventListener('abort', onabort, { once: true });
  stream[u.kIsClosedPromise].promise.then(() => process.nextTick(report), (error) => process.nextTick(report, error));
  return () => {
    isOver = true;
    signal?.removeEventListener('abort', onabort);
  };
}

// stream/promises finished()
function finished(stream, options) {
  let autoCleanup = false;
  if (options === null) {
    options = {};
  }
  if (options?.cleanup !== undefined) {
    require('internal/validators').validateBoolean(options.cleanup, 'cleanup');
    autoCleanup = options.cleanup;
  }
  return new Promise((resolve, reject) => {
    const cleanup = eos(stream, options, (error) => {
      if (autoCleanup) {
        cleanup();
      }
      if (error) {
        reject(error);
      } else {
        resolve();
      }
    });
  });
}

module.exports = { eos, finished: eos, finishedPromise: finished };

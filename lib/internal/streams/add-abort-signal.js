// SPDX-License-Identifier: MIT
'use strict';

// addAbortSignal(): destroys a stream with an AbortError when the signal fires.

const { AbortError, codes } = require('internal/errors');
const { validateAbortSignal } = require('internal/validators');

function addAbortSignal(signal, stream) {
  const u = require('internal/streams/utils');
  validateAbortSignal(signal, 'signal');
  if (!u.isNodeStream(stream) && !u.isReadableStream(stream) && !u.isWritableStream(stream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }
  return addAbortSignalNoValidate(signal, stream);
}

function addAbortSignalNoValidate(signal, stream) {
  if (typeof signal !== 'object' || !('aborted' in signal)) {
    return stream;
  }
  const { isNodeStream, kControllerErrorFunction } = require('internal/streams/utils');
  function onabort() {
    const error = new AbortError(undefined, { cause: signal.reason });
    if (isNodeStream(stream)) {
      stream.destroy(error);
    } else {
      stream[kControllerErrorFunction](error);
    }
  }
  if (signal.aborted) {
    onabort();
    return stream;
  }
  signal.addEventListener('abort', onabort, { once: true });
  const { eos } = require('internal/streams/end-of-stream');
  // The constructors call this before the emitter is ready to be listened to.
  process.nextTick(() => {
    if (stream._events || !isNodeStream(stream)) {
      eos(stream, () => signal.removeEventListener('abort', onabort));
    }
  });
  return stream;
}

module.exports = { addAbortSignal, addAbortSignalNoValidate };

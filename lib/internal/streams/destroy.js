// SPDX-License-Identifier: MIT
'use strict';

// The life of a stream apart from its data: construct, destroy, error and close. Both halves of a Duplex share one
// life; either state may be missing. The state words use the common bits of state.js.

const { bits } = require('internal/streams/state');
const {
  CONSTRUCTED, HAS_ERROR, ERROR_EMITTED, EMIT_CLOSE, AUTO_DESTROY, DESTROYED, CLOSED, CLOSE_EMITTED,
} = bits;

function setOnBoth(r, w, mask) {
  if (r) {
    r.bits |= mask;
  }
  if (w) {
    w.bits |= mask;
  }
}

// The first error of a stream is the one it keeps.
function keepError(error, r, w) {
  if (!error) {
    return;
  }
  // Reading .stack makes the trace while the frames that made the error are still known.
  void error.stack;
  if (w && !(w.bits & HAS_ERROR)) {
    w.bits |= HAS_ERROR;
    w.error = error;
  }
  if (r && !(r.bits & HAS_ERROR)) {
    r.bits |= HAS_ERROR;
    r.error = error;
  }
}

// Stream.prototype.destroy
function destroy(error, callback) {
  const r = this._readableState;
  const w = this._writableState;
  const state = w || r;
  if ((w && (w.bits & DESTROYED)) || (r && (r.bits & DESTROYED))) {
    if (typeof callback === 'function') {
      callback();
    }
    return this;
  }
  keepError(error, r, w);
  setOnBoth(r, w, DESTROYED);
  if (!(state.bits & CONSTRUCTED)) {
    // Destruction waits until construction has finished; onConstructed() calls back with its error.
    state.whenConstructed = (constructError) => {
      runDestroy(this, combine(constructError, error), callback);
    };
  } else {
    runDestroy(this, error, callback);
  }
  return this;
}

function combine(first, second) {
  if (first && second && first !== second) {
    const { AggregateError } = globalThis;
    if (Array.isArray(second.errors)) {
      second.errors.push(first);
      return second;
    }
    const both = new AggregateError([second, first], second.message);
    both.code = second.code;
    return both;
  }
  return first || second;
}

function runDestroy(stream, error, callback) {
  let called = false;
  function ondestroy(err) {
    if (called) {
      return;
    }
    called = true;
    const r = stream._readableState;
    const w = stream._writableState;
    keepError(err, r, w);
    setOnBoth(r, w, CLOSED);
    if (typeof callback === 'function') {
      callback(err);
    }
    if (err) {
      process.nextTick(emitErrorThenClose, stream, err);
    } else {
      process.nextTick(emitClose, stream);
    }
  }
  try {
    stream._destroy(error || null, ondestroy);
  } catch (err) {
    ondestroy(err);
  }
}

function emitErrorThenClose(stream, error) {
  emitError(stream, error);
  emitClose(stream);
}

function emitClose(stream) {
  const r = stream._readableState;
  const w = stream._writableState;
  setOnBoth(r, w, CLOSE_EMITTED);
  if ((w && (w.bits & EMIT_CLOSE)) || (r && (r.bits & EMIT_CLOSE))) {
    stream.emit('close');
  }
}

function emitError(stream, error) {
  const r = stream._readableState;
  const w = stream._writableState;
  if ((w && (w.bits & ERROR_EMITTED)) || (r && (r.bits & ERROR_EMITTED))) {
    return;
  }
  setOnBoth(r, w, ERROR_EMITTED);
  stream.emit('error', error);
}

// Stream.prototype._undestroy: back to the state before the first use. Sockets reconnect this way.
function undestroy() {
  const r = this._readableState;
  const w = this._writableState;
  if (r) {
    r.reset();
  }
  if (w) {
    w.reset();
  }
}

// An error inside a stream: destroys it where autoDestroy is on, else only reports.
function errorOrDestroy(stream, error, sync) {
  const r = stream._readableState;
  const w = stream._writableState;
  if ((w && (w.bits & DESTROYED)) || (r && (r.bits & DESTROYED))) {
    return this;
  }
  if ((r && (r.bits & AUTO_DESTROY)) || (w && (w.bits & AUTO_DESTROY))) {
    stream.destroy(error);
  } else if (error) {
    keepError(error, r, w);
    if (sync) {
      process.nextTick(emitError, stream, error);
    } else {
      emitError(stream, error);
    }
  }
}

// Runs stream._construct in the next tick and then `callback`. A Duplex calls this once for each half: the
// second only adds its callback.
function construct(stream, callback) {
  if (typeof stream._construct !== 'function') {
    return;
  }
  const r = stream._readableState;
  const w = stream._writableState;
  // A signal that was aborted before has destroyed the stream already: nothing is left to open.
  if ((w && (w.bits & DESTROYED)) || (r && (r.bits & DESTROYED))) {
    return;
  }
  if (r) {
    r.bits &= ~CONSTRUCTED;
  }
  if (w) {
    w.bits &= ~CONSTRUCTED;
  }
  const state = w || r;
  if (state.constructCallbacks) {
    state.constructCallbacks.push(callback);
    return;
  }
  state.constructCallbacks = [callback];
  process.nextTick(runConstruct, stream);
}

function runConstruct(stream) {
  let called = false;
  function onconstruct(error) {
    const r = stream._readableState;
    const w = stream._writableState;
    if (called) {
      const { ERR_MULTIPLE_CALLBACK } = require('internal/errors').codes;
      errorOrDestroy(stream, error ?? new ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    setOnBoth(r, w, CONSTRUCTED);
    const state = w || r;
    if (state.bits & DESTROYED) {
      const then = state.whenConstructed;
      state.whenConstructed = undefined;
      then(error);
    } else if (error) {
      errorOrDestroy(stream, error, true);
    } else {
      const callbacks = state.constructCallbacks;
      state.constructCallbacks = undefined;
      process.nextTick(runAll, callbacks);
    }
  }
  try {
    stream._construct((error) => {
      process.nextTick(onconstruct, error);
    });
  } catch (error) {
    process.nextTick(onconstruct, error);
  }
}

function runAll(callbacks) {
  for (const callback of callbacks) {
    callback();
  }
}

function isRequest(stream) {
  return stream?.setHeader && typeof stream.abort === 'function';
}

// stream.destroy(stream, error): any kind of stream.
function destroyer(stream, error) {
  const { isDestroyed, isFinished, isServerRequest, kIsDestroyed } = require('internal/streams/utils');
  if (!stream || isDestroyed(stream)) {
    return;
  }
  if (!error && !isFinished(stream)) {
    const { AbortError } = require('internal/errors');
    error = new AbortError();
  }
  if (isServerRequest(stream)) {
    stream.socket = null;
    stream.destroy(error);
  } else if (isRequest(stream)) {
    stream.abort();
  } else if (isRequest(stream.req)) {
    stream.req.abort();
  } else if (typeof stream.destroy === 'function') {
    stream.destroy(error);
  } else if (typeof stream.close === 'function') {
    stream.close();
  } else if (error) {
    process.nextTick(() => stream.emit('error', error));
  } else {
    process.nextTick(() => stream.emit('close'));
  }
  if (!stream.destroyed) {
    stream[kIsDestroyed] = true;
  }
}

module.exports = { construct, destroy, destroyer, emitClose, errorOrDestroy, undestroy };

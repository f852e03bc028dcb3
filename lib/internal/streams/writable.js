// SPDX-License-Identifier: MIT
'use strict';

// Writable: hands chunks one at a time to _write (or several to _writev), queues the rest, and says by write()'s
// result and 'drain' when to wait. One completion callback is made per stream, none per chunk.

const EventEmitter = require('events');
const { Stream } = require('internal/streams/legacy');
const shared = require('internal/streams/state');
const destroyImpl = require('internal/streams/destroy');
const { Buffer } = require('buffer');
const { codes, AbortError } = require('internal/errors');

const { bits, FIRST_PRIVATE_BIT: B, getHighWaterMark, getDefaultHighWaterMark } = shared;
const { errorOrDestroy } = destroyImpl;
const {
  OBJECT_MODE, CONSTRUCTED, SYNC, HAS_ERROR, ERROR_EMITTED, EMIT_CLOSE, AUTO_DESTROY, DESTROYED, CLOSED,
  CLOSE_EMITTED,
} = bits;
const ENDED = 1 << B;
const FINAL_CALLED = 1 << (B + 1);
const NEED_DRAIN = 1 << (B + 2);
const ENDING = 1 << (B + 3);
const FINISHED = 1 << (B + 4);
const DECODE_STRINGS = 1 << (B + 5);
const WRITING = 1 << (B + 6);
const BUFFER_PROCESSING = 1 << (B + 7);
const PREFINISHED = 1 << (B + 8);
// Every queued chunk is a buffer; no queued write has a callback of the user.
const ALL_BUFFERS = 1 << (B + 9);
const ALL_NOOP = 1 << (B + 10);
const BUFFERED = 1 << (B + 11);
const CORKED = 1 << (B + 12);

const kExtra = Symbol('extra');

function noop() {}

function WritableState(options, stream, isDuplex) {
  let word = EMIT_CLOSE | AUTO_DESTROY | CONSTRUCTED | SYNC | DECODE_STRINGS | ALL_BUFFERS | ALL_NOOP;
  if (options) {
    if (options.objectMode || (isDuplex && options.writableObjectMode)) {
      word |= OBJECT_MODE;
    }
    if (options.decodeStrings === false) {
      word &= ~DECODE_STRINGS;
    }
    if (options.emitClose === false) {
      word &= ~EMIT_CLOSE;
    }
    if (options.autoDestroy === false) {
      word &= ~AUTO_DESTROY;
    }
  }
  this.highWaterMark = options ?
    getHighWaterMark((word & OBJECT_MODE) !== 0, options, 'writableHighWaterMark', isDuplex) :
    getDefaultHighWaterMark(false);
  this.length = 0;
  this.corked = 0;
  this.onwrite = (error) => onwrite(stream, error);
  this.writelen = 0;
  this.writecb = null;
  this.buffered = null;
  this.bufferedIndex = 0;
  this.pendingcb = 0;
  this.afterWriteTickInfo = null;
  this.bits = word;
  this[kExtra] = null;
  if (options && options.defaultEncoding && options.defaultEncoding !== 'utf8' &&
      options.defaultEncoding !== 'utf-8') {
    if (!Buffer.isEncoding(options.defaultEncoding)) {
      throw new codes.ERR_UNKNOWN_ENCODING(options.defaultEncoding);
    }
    extra(this).defaultEncoding = options.defaultEncoding;
  }
}

function extra(state) {
  return (state[kExtra] ??= {
    error: null, defaultEncoding: 'utf8', constructCallbacks: undefined, whenConstructed: undefined,
    onfinish: null, writable: undefined,
  });
}

shared.defineBitProperties(WritableState.prototype, {
  objectMode: OBJECT_MODE, finalCalled: FINAL_CALLED, needDrain: NEED_DRAIN, ending: ENDING, ended: ENDED,
  finished: FINISHED, destroyed: DESTROYED, decodeStrings: DECODE_STRINGS, writing: WRITING, sync: SYNC,
  bufferProcessing: BUFFER_PROCESSING, constructed: CONSTRUCTED, prefinished: PREFINISHED,
  errorEmitted: ERROR_EMITTED, emitClose: EMIT_CLOSE, autoDestroy: AUTO_DESTROY, closed: CLOSED,
  closeEmitted: CLOSE_EMITTED, allBuffers: ALL_BUFFERS, allNoop: ALL_NOOP,
});

for (const name of ['error', 'defaultEncoding', 'constructCallbacks', 'whenConstructed', 'onfinish', 'writable']) {
  const missing = { error: null, defaultEncoding: 'utf8', onfinish: null }[name];
  Object.defineProperty(WritableState.prototype, name, {
    __proto__: null,
    configurable: true,
    get() {
      return this[kExtra] === null ? missing : this[kExtra][name];
    },
    set(value) {
      extra(this)[name] = value;
    },
  });
}

Object.defineProperties(WritableState.prototype, {
  errored: {
    __proto__: null,
    get() {
      return (this.bits & HAS_ERROR) !== 0 ? this.error : null;
    },
    set(value) {
      this.error = value;
      this.bits = value ? this.bits | HAS_ERROR : this.bits & ~HAS_ERROR;
    },
  },
  bufferedRequestCount: {
    __proto__: null,
    get() {
      return this.buffered === null ? 0 : this.buffered.length - this.bufferedIndex;
    },
  },
});

WritableState.prototype.getBuffer = function getBuffer() {
  return this.buffered === null ? [] : this.buffered.slice(this.bufferedIndex);
};

WritableState.prototype.reset = function reset() {
  this.bits |= CONSTRUCTED;
  this.bits &= ~(DESTROYED | CLOSED | CLOSE_EMITTED | HAS_ERROR | ERROR_EMITTED | FINAL_CALLED | PREFINISHED |
    ENDED | ENDING | FINISHED);
  if (this[kExtra] !== null) {
    this[kExtra].error = null;
  }
  if (this.writable === false) {
    this.bits |= ENDED | ENDING | FINISHED;
  }
};

// With length 0: nothing is queued or under way, and the next write would go to _write() at once.
const idle = { mask: ENDING | DESTROYED | HAS_ERROR | WRITING | CORKED | BUFFERED | CONSTRUCTED, bits: CONSTRUCTED };

function isIdle(state) {
  return state.length === 0 && (state.bits & idle.mask) === idle.bits;
}

function resetBuffer(state) {
  state.buffered = null;
  state.bufferedIndex = 0;
  state.bits |= ALL_BUFFERS | ALL_NOOP;
  state.bits &= ~BUFFERED;
}

function Writable(options) {
  if (!(this instanceof Writable)) {
    return new Writable(options);
  }
  this._events ??= {
    close: undefined, error: undefined, prefinish: undefined, finish: undefined, drain: undefined,
  };
  this._writableState = new WritableState(options, this, false);
  if (options) {
    if (typeof options.write === 'function') {
      this._write = options.write;
    }
    if (typeof options.writev === 'function') {
      this._writev = options.writev;
    }
    if (typeof options.destroy === 'function') {
      this._destroy = options.destroy;
    }
    if (typeof options.final === 'function') {
      this._final = options.final;
    }
    if (typeof options.construct === 'function') {
      this._construct = options.construct;
    }
    if (options.signal) {
      require('internal/streams/add-abort-signal').addAbortSignal(options.signal, this);
    }
  }
  Stream.call(this, options);
  if (this._construct != null) {
    initConstruct(this);
  }
}
Object.setPrototypeOf(Writable.prototype, Stream.prototype);
Object.setPrototypeOf(Writable, Stream);
Writable.WritableState = WritableState;

function initConstruct(stream) {
  destroyImpl.construct(stream, () => {
    const state = stream._writableState;
    if ((state.bits & WRITING) === 0) {
      clearBuffer(stream, state);
    }
    if (state.bits & ENDING) {
      finishMaybe(stream, state);
    }
  });
}

// A Duplex is a Writable too, though its prototype chain leads to Readable.
Object.defineProperty(Writable, Symbol.hasInstance, {
  __proto__: null,
  value(object) {
    if (Function.prototype[Symbol.hasInstance].call(this, object)) {
      return true;
    }
    return this === Writable && !!object && object._writableState instanceof WritableState;
  },
});

const proto = Writable.prototype;

proto.pipe = function pipe() {
  errorOrDestroy(this, new codes.ERR_STREAM_CANNOT_PIPE());
};

// Writing

proto.write = function write(chunk, encoding, callback) {
  if (encoding !== undefined && encoding !== null && typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  return writeChunk(this, chunk, encoding, callback) === true;
};

// True or false as write() returns it, or the error of a write that cannot be.
function writeChunk(stream, chunk, encoding, callback) {
  const state = stream._writableState;
  if (typeof callback !== 'function') {
    callback = noop;
  }
  if (chunk === null) {
    throw new codes.ERR_STREAM_NULL_VALUES();
  }
  let length = 1;
  if ((state.bits & OBJECT_MODE) === 0) {
    if (typeof chunk === 'string') {
      encoding ||= state.defaultEncoding;
      if (state.bits & DECODE_STRINGS) {
        if (encoding !== 'utf8' && encoding !== 'buffer' && !Buffer.isEncoding(encoding)) {
          throw new codes.ERR_UNKNOWN_ENCODING(encoding);
        }
        chunk = Buffer.from(chunk, encoding);
        encoding = 'buffer';
      } else if (encoding !== 'buffer' && !Buffer.isEncoding(encoding)) {
        throw new codes.ERR_UNKNOWN_ENCODING(encoding);
      }
    } else if (chunk instanceof Buffer) {
      encoding = 'buffer';
    } else if (ArrayBuffer.isView(chunk)) {
      chunk = Stream._uint8ArrayToBuffer(chunk);
      encoding = 'buffer';
    } else {
      throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
    }
    length = chunk.length;
  } else if (encoding === null) {
    encoding = undefined;
  }

  if (state.bits & (ENDING | DESTROYED)) {
    const error = state.bits & ENDING ?
      new codes.ERR_STREAM_WRITE_AFTER_END() : new codes.ERR_STREAM_DESTROYED('write');
    process.nextTick(callback, error);
    errorOrDestroy(stream, error, true);
    return error;
  }

  state.pendingcb++;
  state.length += length;
  const room = state.length < state.highWaterMark;
  if (!room) {
    state.bits |= NEED_DRAIN;
  }
  if ((state.bits & (WRITING | CORKED | HAS_ERROR | CONSTRUCTED | BUFFERED)) !== CONSTRUCTED) {
    if ((state.bits & BUFFERED) === 0) {
      state.bits |= BUFFERED;
      state.buffered = [];
    }
    state.buffered.push({ chunk, encoding, callback });
    if (encoding !== 'buffer') {
      state.bits &= ~ALL_BUFFERS;
    }
    if (callback !== noop) {
      state.bits &= ~ALL_NOOP;
    }
  } else {
    state.writelen = length;
    state.writecb = callback;
    state.bits |= WRITING | SYNC;
    stream._write(chunk, encoding, state.onwrite);
    state.bits &= ~SYNC;
  }
  return room && (state.bits & (HAS_ERROR | DESTROYED)) === 0;
}

function doWrite(stream, state, isVector, length, chunk, encoding, callback) {
  state.writelen = length;
  state.writecb = callback;
  state.bits |= WRITING | SYNC;
  if (state.bits & DESTROYED) {
    state.onwrite(new codes.ERR_STREAM_DESTROYED('write'));
  } else if (isVector) {
    stream._writev(chunk, state.onwrite);
  } else {
    stream._write(chunk, encoding, state.onwrite);
  }
  state.bits &= ~SYNC;
}

function failWrite(stream, state, error, callback) {
  state.pendingcb--;
  callback(error);
  // The queue's callbacks hear of it before 'error' does.
  failBuffered(state);
  errorOrDestroy(stream, error);
}

// What _write and _writev call when done.
function onwrite(stream, error) {
  const state = stream._writableState;
  const callback = state.writecb;
  if (callback === null) {
    errorOrDestroy(stream, new codes.ERR_MULTIPLE_CALLBACK());
    return;
  }
  const sync = (state.bits & SYNC) !== 0;
  state.bits &= ~WRITING;
  state.writecb = null;
  state.length -= state.writelen;
  state.writelen = 0;

  if (error) {
    void error.stack;
    if ((state.bits & HAS_ERROR) === 0) {
      state.errored = error;
    }
    if (stream._readableState && !stream._readableState.errored) {
      stream._readableState.errored = error;
    }
    if (sync) {
      process.nextTick(failWrite, stream, state, error, callback);
    } else {
      failWrite(stream, state, error, callback);
    }
    return;
  }
  if (state.bits & BUFFERED) {
    clearBuffer(stream, state);
  }
  if (!sync) {
    afterWrite(stream, state, 1, callback);
    return;
  }
  // Completions of one turn with the same callback share one tick.
  const needDrain = (state.bits & NEED_DRAIN) !== 0 && state.length === 0;
  const info = state.afterWriteTickInfo;
  if (info !== null && info.callback === callback) {
    info.count++;
  } else if (callback === noop && info === null && !needDrain && (state.bits & (ENDING | DESTROYED)) === 0) {
    state.pendingcb--;
  } else {
    const mine = { count: 1, callback, stream, state };
    state.afterWriteTickInfo = mine;
    process.nextTick(afterWriteTick, mine);
  }
}

function afterWriteTick(info) {
  info.state.afterWriteTickInfo = null;
  afterWrite(info.stream, info.state, info.count, info.callback);
}

function afterWrite(stream, state, count, callback) {
  if ((state.bits & (ENDING | DESTROYED | NEED_DRAIN)) === NEED_DRAIN && state.length === 0) {
    state.bits &= ~NEED_DRAIN;
    stream.emit('drain');
  }
  while (count-- > 0) {
    state.pendingcb--;
    callback(null);
  }
  if (state.bits & DESTROYED) {
    failBuffered(state);
  }
  finishMaybe(stream, state);
}

// The callbacks of writes that will never happen.
function failBuffered(state) {
  if (state.bits & WRITING) {
    return;
  }
  if (state.bits & BUFFERED) {
    for (let i = state.bufferedIndex; i < state.buffered.length; i++) {
      const { chunk, callback } = state.buffered[i];
      state.length -= state.bits & OBJECT_MODE ? 1 : chunk.length;
      callback(state.errored ?? new codes.ERR_STREAM_DESTROYED('write'));
    }
  }
  callFinishCallbacks(state, state.errored ?? new codes.ERR_STREAM_DESTROYED('end'));
  resetBuffer(state);
}

function clearBuffer(stream, state) {
  if ((state.bits & (CORKED | BUFFER_PROCESSING | DESTROYED | BUFFERED | CONSTRUCTED)) !== (BUFFERED | CONSTRUCTED)) {
    return;
  }
  const { buffered, bufferedIndex } = state;
  const count = buffered.length - bufferedIndex;
  if (count === 0) {
    return;
  }
  let i = bufferedIndex;
  state.bits |= BUFFER_PROCESSING;
  if (count > 1 && stream._writev) {
    state.pendingcb -= count - 1;
    const callback = state.bits & ALL_NOOP ? noop : (error) => {
      for (let n = i; n < buffered.length; n++) {
        buffered[n].callback(error);
      }
    };
    const chunks = state.bits & ALL_NOOP && i === 0 ? buffered : buffered.slice(i);
    chunks.allBuffers = (state.bits & ALL_BUFFERS) !== 0;
    doWrite(stream, state, true, state.length, chunks, '', callback);
    resetBuffer(state);
  } else {
    do {
      const { chunk, encoding, callback } = buffered[i];
      buffered[i++] = null;
      doWrite(stream, state, false, state.bits & OBJECT_MODE ? 1 : chunk.length, chunk, encoding, callback);
    } while (i < buffered.length && (state.bits & WRITING) === 0);
    if (i === buffered.length) {
      resetBuffer(state);
    } else if (i > 256) {
      buffered.splice(0, i);
      state.bufferedIndex = 0;
    } else {
      state.bufferedIndex = i;
    }
  }
  state.bits &= ~BUFFER_PROCESSING;
}

proto._write = function _write(chunk, encoding, callback) {
  if (this._writev) {
    this._writev([{ chunk, encoding }], callback);
  } else {
    throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_write()');
  }
};
proto._writev = null;

proto.cork = function cork() {
  const state = this._writableState;
  state.bits |= CORKED;
  state.corked++;
};

proto.uncork = function uncork() {
  const state = this._writableState;
  if (state.corked) {
    state.corked--;
    if (state.corked === 0) {
      state.bits &= ~CORKED;
    }
    if ((state.bits & WRITING) === 0) {
      clearBuffer(this, state);
    }
  }
};

proto.setDefaultEncoding = function setDefaultEncoding(encoding) {
  if (typeof encoding === 'string') {
    encoding = encoding.toLowerCase();
  }
  if (!Buffer.isEncoding(encoding)) {
    throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  }
  this._writableState.defaultEncoding = encoding;
  return this;
};

// Ending

proto.end = function end(chunk, encoding, callback) {
  const state = this._writableState;
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  let error;
  if (chunk !== null && chunk !== undefined) {
    const result = writeChunk(this, chunk, encoding);
    if (result instanceof Error) {
      error = result;
    }
  }
  if (state.corked) {
    state.corked = 1;
    this.uncork();
  }
  if (error) {
    // The failed write has been reported.
  } else if ((state.bits & (HAS_ERROR | ENDING)) === 0) {
    state.bits |= ENDING;
    finishMaybe(this, state, true);
    state.bits |= ENDED;
  } else if (state.bits & FINISHED) {
    error = new codes.ERR_STREAM_ALREADY_FINISHED('end');
  } else if (state.bits & DESTROYED) {
    error = new codes.ERR_STREAM_DESTROYED('end');
  }
  if (typeof callback === 'function') {
    if (error) {
      process.nextTick(callback, error);
    } else if (state.bits & HAS_ERROR) {
      process.nextTick(callback, state.errored);
    } else if (state.bits & FINISHED) {
      process.nextTick(callback);
    } else {
      (state.onfinish ??= []).push(callback);
    }
  }
  return this;
};

function canFinish(state) {
  return (state.bits & (ENDING | DESTROYED | CONSTRUCTED | HAS_ERROR | FINISHED | WRITING | ERROR_EMITTED |
    CLOSE_EMITTED | BUFFERED)) === (ENDING | CONSTRUCTED) && state.length === 0;
}

function finishMaybe(stream, state, sync) {
  if (!canFinish(state)) {
    return;
  }
  prefinish(stream, state);
  if (state.pendingcb !== 0) {
    return;
  }
  if (sync) {
    state.pendingcb++;
    process.nextTick(finishLater, stream, state);
  } else if (canFinish(state)) {
    state.pendingcb++;
    finish(stream, state);
  }
}

function finishLater(stream, state) {
  if (canFinish(state)) {
    finish(stream, state);
  } else {
    state.pendingcb--;
  }
}

function prefinish(stream, state) {
  if (state.bits & (PREFINISHED | FINAL_CALLED)) {
    return;
  }
  if (typeof stream._final === 'function' && (state.bits & DESTROYED) === 0) {
    state.bits |= FINAL_CALLED;
    callFinal(stream, state);
  } else {
    state.bits |= PREFINISHED;
    stream.emit('prefinish');
  }
}

function callFinal(stream, state) {
  let called = false;
  function onfinal(error) {
    if (called) {
      errorOrDestroy(stream, error ?? new codes.ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    state.pendingcb--;
    if (error) {
      callFinishCallbacks(state, error);
      errorOrDestroy(stream, error, (state.bits & SYNC) !== 0);
    } else if (canFinish(state)) {
      state.bits |= PREFINISHED;
      stream.emit('prefinish');
      // A tick later even when _final was asynchronous: 'finish' never fires inside its callback.
      state.pendingcb++;
      process.nextTick(finish, stream, state);
    }
  }
  state.bits |= SYNC;
  state.pendingcb++;
  try {
    stream._final(onfinal);
  } catch (error) {
    onfinal(error);
  }
  state.bits &= ~SYNC;
}

function callFinishCallbacks(state, error) {
  const callbacks = state.onfinish;
  if (callbacks) {
    state.onfinish = null;
    for (const callback of callbacks) {
      callback(error);
    }
  }
}

function finish(stream, state) {
  state.pendingcb--;
  state.bits |= FINISHED;
  const callbacks = state.onfinish;
  if (callbacks) {
    state.onfinish = null;
    for (const callback of callbacks) {
      callback(null);
    }
  }
  stream.emit('finish');
  if (state.bits & AUTO_DESTROY) {
    const r = stream._readableState;
    if (!r || (r.autoDestroy && (r.endEmitted || r.readable === false))) {
      stream.destroy();
    }
  }
}

// Destroying

proto.destroy = function destroy(error, callback) {
  const state = this._writableState;
  if ((state.bits & (BUFFERED | DESTROYED)) === BUFFERED || (state.bits & DESTROYED) === 0 && state.onfinish) {
    process.nextTick(failBuffered, state);
  }
  destroyImpl.destroy.call(this, error, callback);
  return this;
};
proto._undestroy = destroyImpl.undestroy;
proto._destroy = function _destroy(error, callback) {
  callback(error);
};
proto[EventEmitter.captureRejectionSymbol] = function onRejection(error) {
  this.destroy(error);
};
proto[Symbol.asyncDispose] = async function asyncDispose() {
  let error;
  if (!this.destroyed) {
    error = this.writableFinished ? null : new AbortError();
    this.destroy(error);
  }
  const { finished } = require('internal/streams/end-of-stream');
  await new Promise((resolve, reject) => {
    finished(this, (err) => (err && err.name !== 'AbortError' ? reject(err) : resolve()));
  });
};

// Properties

const properties = {
  closed: [function() {
    return this._writableState ? this._writableState.closed : false;
  }],
  destroyed: [function() {
    return this._writableState ? this._writableState.destroyed : false;
  }, function(value) {
    if (this._writableState) {
      this._writableState.destroyed = value;
    }
  }],
  writable: [function() {
    const state = this._writableState;
    return !!state && state.writable !== false && (state.bits & (DESTROYED | HAS_ERROR | ENDING | ENDED)) === 0;
  }, function(value) {
    if (this._writableState) {
      this._writableState.writable = !!value;
    }
  }],
  writableFinished: [function() {
    return this._writableState ? this._writableState.finished : false;
  }],
  writableObjectMode: [function() {
    return this._writableState ? this._writableState.objectMode : false;
  }],
  writableBuffer: [function() {
    return this._writableState?.getBuffer();
  }],
  writableEnded: [function() {
    return this._writableState ? this._writableState.ending : false;
  }],
  writableNeedDrain: [function() {
    const state = this._writableState;
    return !!state && (state.bits & (DESTROYED | ENDING | NEED_DRAIN)) === NEED_DRAIN;
  }],
  writableHighWaterMark: [function() {
    return this._writableState?.highWaterMark;
  }],
  writableCorked: [function() {
    return this._writableState ? this._writableState.corked : 0;
  }],
  writableLength: [function() {
    return this._writableState?.length;
  }],
  errored: [function() {
    return this._writableState ? this._writableState.errored : null;
  }],
  writableAborted: [function() {
    const state = this._writableState;
    return state.writable !== false && (state.bits & (DESTROYED | HAS_ERROR)) !== 0 && (state.bits & FINISHED) === 0;
  }],
};
for (const name of Object.keys(properties)) {
  const [get, set] = properties[name];
  Object.defineProperty(proto, name, { __proto__: null, get, set });
}

Writable.fromWeb = function(writableStream, options) {
  return require('internal/webstreams/adapters').fromWebWritable(writableStream, options);
};
Writable.toWeb = function(streamWritable) {
  return require('internal/webstreams/adapters').toWebWritable(streamWritable);
};

module.exports = { Writable, WritableState, clearBuffer, finishMaybe, idle, isIdle };

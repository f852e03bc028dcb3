// SPDX-License-Identifier: MIT
'use strict';

// Readable: a queue of chunks between a source (_read and push) and a consumer, who either pulls ('readable' and
// read()) or is pushed to ('data'). The whole condition of a stream is one word of bits; no closure is made for a
// chunk. pipe() is in pipe.js, the iterator helpers in operators.js.

const EventEmitter = require('events');
const { Stream } = require('internal/streams/legacy');
const shared = require('internal/streams/state');
const destroyImpl = require('internal/streams/destroy');
const { Buffer } = require('buffer');
const { codes, AbortError } = require('internal/errors');

const { makeReadable } = internalBinding('util');

const { bits, getHighWaterMark, getDefaultHighWaterMark } = shared;
const { errorOrDestroy } = destroyImpl;
// `flowing` is null until someone chose, then true or false.
const {
  OBJECT_MODE, CONSTRUCTED, SYNC, HAS_ERROR, ERROR_EMITTED, EMIT_CLOSE, AUTO_DESTROY, DESTROYED, CLOSED,
  CLOSE_EMITTED, HAS_ENCODING, ENDED, END_EMITTED, READING, NEED_READABLE, EMITTED_READABLE, READABLE_LISTENING,
  RESUME_SCHEDULED, MULTI_AWAIT_DRAIN, READING_MORE, DATA_EMITTED, FLOWING, FLOW_CHOSEN, PAUSED, PAUSE_CHOSEN,
  DATA_LISTENING, END_SCHEDULED,
} = bits;
const NO_MORE_READS = ENDED | READING | DESTROYED | HAS_ERROR;

const kExtra = Symbol('extra');
// A method of streams whose own _destroy has nothing to do when they have ended as usual: gives whether this one has.
const kDiesQuietly = Symbol('diesQuietly');

function ReadableState(options, stream, isDuplex) {
  let word = EMIT_CLOSE | AUTO_DESTROY | CONSTRUCTED | SYNC;
  if (options && options.objectMode) {
    word |= OBJECT_MODE;
  }
  if (isDuplex && options && options.readableObjectMode) {
    word |= OBJECT_MODE;
  }
  if (options) {
    if (options.emitClose === false) {
      word &= ~EMIT_CLOSE;
    }
    if (options.autoDestroy === false) {
      word &= ~AUTO_DESTROY;
    }
  }
  this.highWaterMark = options ?
    getHighWaterMark((word & OBJECT_MODE) !== 0, options, 'readableHighWaterMark', isDuplex) :
    getDefaultHighWaterMark(false);
  this.buffer = [];
  this.bufferIndex = 0;
  this.length = 0;
  this.pipes = [];
  this.awaitDrainWriters = null;
  this.bits = word;
  this[kExtra] = null;
  if (options) {
    if (options.defaultEncoding && options.defaultEncoding !== 'utf8' && options.defaultEncoding !== 'utf-8') {
      if (!Buffer.isEncoding(options.defaultEncoding)) {
        throw new codes.ERR_UNKNOWN_ENCODING(options.defaultEncoding);
      }
      extra(this).defaultEncoding = options.defaultEncoding;
    }
    if (options.encoding) {
      const { StringDecoder } = require('string_decoder');
      this.decoder = new StringDecoder(options.encoding);
      this.encoding = options.encoding;
    }
  }
}

// What few streams have is kept in a second object: error, decoder, encodings, construction callbacks.
function extra(state) {
  return (state[kExtra] ??= {
    error: null, decoder: null, encoding: null, defaultEncoding: 'utf8', constructCallbacks: undefined,
    whenConstructed: undefined, readable: undefined,
  });
}

shared.defineBitProperties(ReadableState.prototype, {
  objectMode: OBJECT_MODE, ended: ENDED, endEmitted: END_EMITTED, reading: READING, constructed: CONSTRUCTED,
  sync: SYNC, needReadable: NEED_READABLE, emittedReadable: EMITTED_READABLE,
  readableListening: READABLE_LISTENING, resumeScheduled: RESUME_SCHEDULED, errorEmitted: ERROR_EMITTED,
  emitClose: EMIT_CLOSE, autoDestroy: AUTO_DESTROY, destroyed: DESTROYED, closed: CLOSED,
  closeEmitted: CLOSE_EMITTED, multiAwaitDrain: MULTI_AWAIT_DRAIN, readingMore: READING_MORE,
  dataEmitted: DATA_EMITTED,
});

for (const name of ['error', 'decoder', 'encoding', 'defaultEncoding', 'constructCallbacks', 'whenConstructed',
  'readable']) {
  const missing = { error: null, decoder: null, encoding: null, defaultEncoding: 'utf8' }[name];
  Object.defineProperty(ReadableState.prototype, name, {
    __proto__: null,
    configurable: true,
    get() {
      return this[kExtra] === null ? missing : this[kExtra][name];
    },
    set(value) {
      extra(this)[name] = value;
      if (name === 'encoding') {
        this.bits = value ? this.bits | HAS_ENCODING : this.bits & ~HAS_ENCODING;
      }
    },
  });
}

function defineTriState(name, valueBit, chosenBit) {
  Object.defineProperty(ReadableState.prototype, name, {
    __proto__: null,
    get() {
      return (this.bits & chosenBit) === 0 ? null : (this.bits & valueBit) !== 0;
    },
    set(value) {
      if (value === null || value === undefined) {
        this.bits &= ~(valueBit | chosenBit);
      } else if (value) {
        this.bits |= valueBit | chosenBit;
      } else {
        this.bits = (this.bits | chosenBit) & ~valueBit;
      }
    },
  });
}
defineTriState('flowing', FLOWING, FLOW_CHOSEN);
defineTriState('paused', PAUSED, PAUSE_CHOSEN);

Object.defineProperties(ReadableState.prototype, {
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
  pipesCount: {
    __proto__: null,
    get() {
      return this.pipes.length;
    },
  },
});

ReadableState.prototype.reset = function reset() {
  this.bits |= CONSTRUCTED;
  this.bits &= ~(CLOSED | CLOSE_EMITTED | DESTROYED | HAS_ERROR | ERROR_EMITTED | READING | ENDED | END_EMITTED);
  if (this[kExtra] !== null) {
    this[kExtra].error = null;
  }
  if (this.readable === false) {
    this.bits |= ENDED | END_EMITTED;
  }
};

function Readable(options) {
  if (!(this instanceof Readable)) {
    return new Readable(options);
  }
  this._events ??= {
    close: undefined, error: undefined, data: undefined, end: undefined, readable: undefined,
  };
  this._readableState = new ReadableState(options, this, false);
  if (options) {
    if (typeof options.read === 'function') {
      this._read = options.read;
    }
    if (typeof options.destroy === 'function') {
      this._destroy = options.destroy;
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
Object.setPrototypeOf(Readable.prototype, Stream.prototype);
Object.setPrototypeOf(Readable, Stream);
Readable.ReadableState = ReadableState;

function initConstruct(stream) {
  destroyImpl.construct(stream, () => {
    if (stream._readableState.bits & NEED_READABLE) {
      maybeReadMore(stream, stream._readableState);
    }
  });
}

const proto = Readable.prototype;
proto.destroy = destroyImpl.destroy;
proto._undestroy = destroyImpl.undestroy;
proto._destroy = function _destroy(error, callback) {
  callback(error);
};
proto[EventEmitter.captureRejectionSymbol] = function onRejection(error) {
  this.destroy(error);
};
proto[Symbol.asyncDispose] = function asyncDispose() {
  let error;
  if (!this.destroyed) {
    error = this.readableEnded ? null : new AbortError();
    this.destroy(error);
  }
  const { finished } = require('internal/streams/end-of-stream');
  return new Promise((resolve, reject) => {
    finished(this, (err) => (err && err !== error ? reject(err) : resolve(null)));
  });
};

// Putting data in

function push(chunk, encoding) {
  const state = this._readableState;
  return state.bits & OBJECT_MODE ? pushObject(this, state, chunk) : pushBytes(this, state, chunk, encoding);
}

function pushObject(stream, state, chunk) {
  if (chunk === null) {
    return pushEnd(stream, state);
  }
  if (state.bits & ENDED) {
    errorOrDestroy(stream, new codes.ERR_STREAM_PUSH_AFTER_EOF());
    return false;
  }
  if (state.bits & (DESTROYED | HAS_ERROR)) {
    return false;
  }
  state.bits &= ~READING;
  if (state.bits & HAS_ENCODING && typeof chunk !== 'string') {
    chunk = state.decoder.write(chunk);
  }
  addChunk(stream, state, chunk);
  return wantsMore(state);
}

function pushBytes(stream, state, chunk, encoding) {
  if (chunk === null) {
    return pushEnd(stream, state);
  }
  let decoded = false;
  if (typeof chunk === 'string') {
    encoding ||= state.defaultEncoding;
    if (state.encoding !== encoding) {
      chunk = Buffer.from(chunk, encoding);
    } else {
      decoded = true;
    }
  } else if (!(chunk instanceof Buffer)) {
    if (chunk === undefined) {
      state.bits &= ~READING;
      maybeReadMore(stream, state);
      return wantsMore(state);
    }
    if (!ArrayBuffer.isView(chunk)) {
      state.bits &= ~READING;
      errorOrDestroy(stream,
        new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk));
      return false;
    }
    chunk = Stream._uint8ArrayToBuffer(chunk);
  }
  if (chunk.length === 0) {
    state.bits &= ~READING;
    maybeReadMore(stream, state);
    return wantsMore(state);
  }
  if (state.bits & ENDED) {
    errorOrDestroy(stream, new codes.ERR_STREAM_PUSH_AFTER_EOF());
    return false;
  }
  if (state.bits & (DESTROYED | HAS_ERROR)) {
    return false;
  }
  state.bits &= ~READING;
  return pushDecoded(stream, state, state.bits & HAS_ENCODING && !decoded ? state.decoder.write(chunk) : chunk);
}

function pushDecoded(stream, state, chunk) {
  if (chunk.length === 0) maybeReadMore(stream, state);
  else addChunk(stream, state, chunk);
  return wantsMore(state);
}

function wantsMore(state) {
  return (state.bits & ENDED) === 0 && (state.length < state.highWaterMark || state.length === 0);
}

function addChunk(stream, state, chunk) {
  if ((state.bits & (FLOWING | SYNC | DATA_LISTENING)) === (FLOWING | DATA_LISTENING) && state.length === 0) {
    // The consumer is waiting: hand the chunk over without queueing it.
    if (state.bits & MULTI_AWAIT_DRAIN) {
      state.awaitDrainWriters.clear();
    } else {
      state.awaitDrainWriters = null;
    }
    state.bits |= DATA_EMITTED;
    stream.emit('data', chunk);
  } else {
    state.length += state.bits & OBJECT_MODE ? 1 : chunk.length;
    state.buffer.push(chunk);
    if (state.bits & NEED_READABLE) {
      emitReadable(stream);
    }
  }
  maybeReadMore(stream, state);
}

proto.unshift = function unshift(chunk, encoding) {
  const state = this._readableState;
  const objectMode = (state.bits & OBJECT_MODE) !== 0;
  if (chunk === null) {
    return pushEnd(this, state);
  }
  if (!objectMode) {
    if (typeof chunk === 'string') {
      encoding ||= state.defaultEncoding;
      if (state.encoding !== encoding) {
        const bytes = Buffer.from(chunk, encoding);
        chunk = state.encoding ? bytes.toString(state.encoding) : bytes;
      }
    } else if (ArrayBuffer.isView(chunk)) {
      chunk = Stream._uint8ArrayToBuffer(chunk);
    } else if (chunk !== undefined) {
      errorOrDestroy(this,
        new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk));
      return false;
    }
    if (!(chunk && chunk.length > 0)) {
      return wantsMore(state);
    }
  }
  if (state.bits & END_EMITTED) {
    errorOrDestroy(this, new codes.ERR_STREAM_UNSHIFT_AFTER_END_EVENT());
    return wantsMore(state);
  }
  if (state.bits & (DESTROYED | HAS_ERROR)) {
    return false;
  }
  if ((state.bits & (FLOWING | SYNC | DATA_LISTENING)) === (FLOWING | DATA_LISTENING) && state.length === 0) {
    addChunk(this, state, chunk);
    return wantsMore(state);
  }
  state.length += objectMode ? 1 : chunk.length;
  if (state.bufferIndex > 0) {
    state.buffer[--state.bufferIndex] = chunk;
  } else {
    state.buffer.unshift(chunk);
  }
  if (state.bits & NEED_READABLE) {
    emitReadable(this);
  }
  maybeReadMore(this, state);
  return wantsMore(state);
};

// push(null)
function pushEnd(stream, state) {
  state.bits &= ~READING;
  if (state.bits & ENDED) {
    return false;
  }
  const { decoder } = state;
  return pushRest(stream, state, decoder ? decoder.end() : '');
}

// rest: what the decoder still held.
function pushRest(stream, state, rest) {
  state.bits &= ~READING;
  if (rest && rest.length) {
    state.buffer.push(rest);
    state.length += state.bits & OBJECT_MODE ? 1 : rest.length;
  }
  state.bits |= ENDED;
  if (state.bits & SYNC) {
    // Inside _read(): let the caller finish first.
    emitReadable(stream);
  } else {
    state.bits &= ~NEED_READABLE;
    state.bits |= EMITTED_READABLE;
    emitReadableNow(stream);
  }
  return false;
}

// Taking data out

proto._read = function _read(size) {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_read()');
};

const MAX_HIGH_WATER_MARK = 0x40000000;

function markFor(size) {
  if (size > MAX_HIGH_WATER_MARK) {
    throw new codes.ERR_OUT_OF_RANGE('size', '<= 1GiB', size);
  }
  let mark = 1;
  while (mark < size) {
    mark *= 2;
  }
  return mark;
}

function takeable(n, state) {
  if (n <= 0 || (state.length === 0 && state.bits & ENDED)) {
    return 0;
  }
  if (state.bits & OBJECT_MODE) {
    return 1;
  }
  if (Number.isNaN(n)) {
    // Bytes come out as they went in, one buffer at a time; text is joined unless it flows.
    return state.length && (state.bits & FLOWING || (state.bits & HAS_ENCODING) === 0) ?
      state.buffer[state.bufferIndex].length : state.length;
  }
  if (n <= state.length) {
    return n;
  }
  return state.bits & ENDED ? state.length : 0;
}

// read() and read(0) once everything is queued, as bytes: at most one chunk, and the end. False: not that case.
function readEnded(stream, state, size) {
  const { buffer, bufferIndex, length } = state;
  if (size === undefined) {
    if (length !== 0 && (bufferIndex !== 0 || buffer.length !== 1)) {
      return false;
    }
    state.bits &= ~EMITTED_READABLE;
  } else if (length !== 0) {
    return false;
  }
  endReadable(stream);
  return true;
}

proto.read = function read(size) {
  const state = this._readableState;
  if ((state.bits & (ENDED | OBJECT_MODE | MULTI_AWAIT_DRAIN | DESTROYED | HAS_ERROR)) === ENDED &&
      (size === undefined || size === 0) && readEnded(this, state, size)) {
    if (state.length === 0) {
      return null;
    }
    const chunk = state.buffer.pop();
    state.length = 0;
    state.awaitDrainWriters = null;
    if ((state.bits & CLOSE_EMITTED) === 0) {
      state.bits |= DATA_EMITTED;
      this.emit('data', chunk);
    }
    return chunk;
  }
  if (state.length === 0 && (state.bits & (READING | ENDED)) === READING && (size === undefined || size === 0)) {
    // Nothing is there, and the source has been asked.
    state.bits = (size === 0 ? state.bits : state.bits & ~EMITTED_READABLE) | NEED_READABLE;
    return null;
  }
  let n = size === undefined ? NaN : size;
  if (n === n && !Number.isInteger(n)) {
    n = Number.parseInt(n, 10);
  }
  const asked = n;
  if (n > state.highWaterMark) {
    state.highWaterMark = markFor(n);
  }
  if (n !== 0) {
    state.bits &= ~EMITTED_READABLE;
  }
  // read(0) with enough already queued only announces it.
  if (n === 0 && state.bits & NEED_READABLE &&
      ((state.highWaterMark !== 0 ? state.length >= state.highWaterMark : state.length > 0) || state.bits & ENDED)) {
    if (state.length === 0 && state.bits & ENDED) {
      endReadable(this);
    } else {
      emitReadable(this);
    }
    return null;
  }
  n = takeable(n, state);
  if (n === 0 && state.bits & ENDED) {
    if (state.length === 0) {
      endReadable(this);
    }
    return null;
  }
  const low = (state.bits & NEED_READABLE) !== 0 || state.length === 0 || state.length - n < state.highWaterMark;
  if (low && (state.bits & (NO_MORE_READS | CONSTRUCTED)) === CONSTRUCTED) {
    state.bits |= READING | SYNC;
    if (state.length === 0) {
      state.bits |= NEED_READABLE;
    }
    try {
      this._read(state.highWaterMark);
    } catch (error) {
      errorOrDestroy(this, error);
    }
    state.bits &= ~SYNC;
    if ((state.bits & READING) === 0) {
      // The data came at once: see again how much there is.
      n = takeable(asked, state);
    }
  }
  const chunk = n > 0 ? take(n, state) : null;
  if (chunk === null) {
    if (state.length <= state.highWaterMark) {
      state.bits |= NEED_READABLE;
    } else {
      state.bits &= ~NEED_READABLE;
    }
    n = 0;
  } else {
    state.length -= n;
    if (state.bits & MULTI_AWAIT_DRAIN) {
      state.awaitDrainWriters.clear();
    } else {
      state.awaitDrainWriters = null;
    }
  }
  if (state.length === 0) {
    if ((state.bits & ENDED) === 0) {
      state.bits |= NEED_READABLE;
    } else if (asked !== n) {
      endReadable(this);
    }
  }
  if (chunk !== null && (state.bits & (ERROR_EMITTED | CLOSE_EMITTED)) === 0) {
    state.bits |= DATA_EMITTED;
    this.emit('data', chunk);
  }
  return chunk;
};

// Takes `n` bytes (or one object) off the queue. The head moves by index; the array is cut when the dead part
// outgrows the rest.
function take(n, state) {
  const { buffer } = state;
  let index = state.bufferIndex;
  if (state.length === 0) {
    return null;
  }
  let chunk;
  if (state.bits & OBJECT_MODE) {
    chunk = buffer[index];
    buffer[index++] = null;
  } else if (n >= state.length) {
    if (buffer.length - index === 1) {
      chunk = buffer[index];
    } else {
      const all = index === 0 ? buffer : buffer.slice(index);
      chunk = state.decoder ? all.join('') : Buffer.concat(all, state.length);
    }
    buffer.length = 0;
    index = 0;
  } else {
    const first = buffer[index];
    if (n < first.length) {
      chunk = first.slice(0, n);
      buffer[index] = first.slice(n);
    } else if (n === first.length) {
      chunk = first;
      buffer[index++] = null;
    } else {
      const parts = [];
      let left = n;
      while (left > 0) {
        const part = buffer[index];
        if (left < part.length) {
          parts.push(part.slice(0, left));
          buffer[index] = part.slice(left);
          left = 0;
        } else {
          parts.push(part);
          left -= part.length;
          buffer[index++] = null;
        }
      }
      chunk = state.decoder ? parts.join('') : Buffer.concat(parts, n);
    }
  }
  if (index === buffer.length) {
    buffer.length = 0;
    index = 0;
  } else if (index > 1024) {
    buffer.splice(0, index);
    index = 0;
  }
  state.bufferIndex = index;
  return chunk;
}

function emitReadable(stream) {
  const state = stream._readableState;
  state.bits &= ~NEED_READABLE;
  if ((state.bits & EMITTED_READABLE) === 0) {
    state.bits |= EMITTED_READABLE;
    process.nextTick(emitReadableNow, stream);
  }
}

function emitReadableNow(stream) {
  const state = stream._readableState;
  if ((state.bits & (DESTROYED | HAS_ERROR)) === 0 && (state.length || state.bits & ENDED)) {
    stream.emit('readable');
    state.bits &= ~EMITTED_READABLE;
  }
  if ((state.bits & (FLOWING | ENDED)) === 0 && state.length <= state.highWaterMark) {
    state.bits |= NEED_READABLE;
  } else {
    state.bits &= ~NEED_READABLE;
  }
  flow(stream);
}

// Keeps asking the source until the queue is full, one tick later so that a synchronous source cannot starve others.
function maybeReadMore(stream, state) {
  if ((state.bits & (READING_MORE | CONSTRUCTED)) === CONSTRUCTED) {
    state.bits |= READING_MORE;
    process.nextTick(readMore, stream, state);
  }
}

function readMore(stream, state) {
  while ((state.bits & (READING | ENDED)) === 0 &&
         (state.length < state.highWaterMark || (state.bits & FLOWING && state.length === 0))) {
    const before = state.length;
    stream.read(0);
    if (before === state.length) {
      break;
    }
  }
  state.bits &= ~READING_MORE;
}

function endReadable(stream) {
  const state = stream._readableState;
  if ((state.bits & (END_EMITTED | END_SCHEDULED)) === 0) {
    state.bits |= ENDED | END_SCHEDULED;
    process.nextTick(short.endReadableNow, state, stream);
  }
}

function endReadableNow(state, stream) {
  state.bits &= ~END_SCHEDULED;
  if ((state.bits & (HAS_ERROR | CLOSE_EMITTED | END_EMITTED)) !== 0 || state.length !== 0) {
    return;
  }
  state.bits |= END_EMITTED;
  stream.emit('end');
  afterEnd(state, stream);
}

function afterEnd(state, stream) {
  if (stream.writable && stream.allowHalfOpen === false) {
    process.nextTick(endWritable, stream);
  } else if (state.bits & AUTO_DESTROY) {
    // A Duplex is destroyed by the half that ends last.
    const w = stream._writableState;
    if (!w || (w.autoDestroy && (w.finished || w.writable === false))) {
      stream.destroy();
    }
  }
}

function endWritable(stream) {
  if (stream.writable && !stream.writableEnded && !stream.destroyed) {
    stream.end();
  }
}

// Flowing and paused mode

function on(name, listener) {
  const result = Stream.prototype.on.call(this, name, listener);
  if (name !== 'data' && name !== 'readable') {
    return result;
  }
  const state = this._readableState;
  if (name === 'data') {
    state.bits |= DATA_LISTENING;
    if (this.listenerCount('readable') > 0) {
      state.bits |= READABLE_LISTENING;
    } else {
      state.bits &= ~READABLE_LISTENING;
    }
    if ((state.bits & (FLOW_CHOSEN | FLOWING)) !== FLOW_CHOSEN) {
      this.resume();
    }
  } else if ((state.bits & (END_EMITTED | READABLE_LISTENING)) === 0) {
    state.bits |= READABLE_LISTENING | NEED_READABLE | FLOW_CHOSEN;
    state.bits &= ~(FLOWING | EMITTED_READABLE);
    if (state.length) {
      emitReadable(this);
    } else if ((state.bits & READING) === 0) {
      process.nextTick(readNothing, this);
    }
  }
  return result;
}

function readNothing(stream) {
  stream.read(0);
}

proto.removeListener = function removeListener(name, listener) {
  const result = Stream.prototype.removeListener.call(this, name, listener);
  if (name === 'readable') {
    // Later: the listener is often put back within the same turn.
    process.nextTick(updateReadableListening, this);
  } else if (name === 'data' && this.listenerCount('data') === 0) {
    this._readableState.bits &= ~DATA_LISTENING;
  }
  return result;
};
proto.off = proto.removeListener;

proto.removeAllListeners = function removeAllListeners(name) {
  const result = Stream.prototype.removeAllListeners.apply(this, arguments);
  if (name === 'readable' || name === undefined) {
    process.nextTick(updateReadableListening, this);
  }
  return result;
};

function updateReadableListening(stream) {
  const state = stream._readableState;
  if (stream.listenerCount('readable') > 0) {
    state.bits |= READABLE_LISTENING;
  } else {
    state.bits &= ~READABLE_LISTENING;
  }
  if (state.bits & RESUME_SCHEDULED && (state.bits & (PAUSED | PAUSE_CHOSEN)) === PAUSE_CHOSEN) {
    state.bits |= FLOWING | FLOW_CHOSEN;
  } else if (state.bits & DATA_LISTENING) {
    stream.resume();
  } else if ((state.bits & READABLE_LISTENING) === 0) {
    state.bits &= ~(FLOWING | FLOW_CHOSEN);
  }
}

function resume() {
  const state = this._readableState;
  if ((state.bits & FLOWING) === 0) {
    // With a 'readable' listener the stream is pulled from and does not flow.
    state.bits |= FLOW_CHOSEN;
    if ((state.bits & READABLE_LISTENING) === 0) {
      state.bits |= FLOWING;
    }
    if ((state.bits & RESUME_SCHEDULED) === 0) {
      state.bits |= RESUME_SCHEDULED;
      process.nextTick(short.resumeNow, this, state);
    }
  }
  state.bits = (state.bits | PAUSE_CHOSEN) & ~PAUSED;
  return this;
}

function resumeNow(stream, state) {
  if ((state.bits & READING) === 0) {
    stream.read(0);
  }
  state.bits &= ~RESUME_SCHEDULED;
  stream.emit('resume');
  flow(stream);
  if ((state.bits & (FLOWING | READING)) === FLOWING) {
    stream.read(0);
  }
}

// Where C goes on in JavaScript. callRead: the source is asked for more, ahead of the chunk that is there.
function callRead(stream, state) {
  try {
    stream._read(state.highWaterMark);
  } catch (error) {
    errorOrDestroy(stream, error);
  }
  state.bits = (state.bits & ~(SYNC | RESUME_SCHEDULED)) | NEED_READABLE;
}

function flowOn(stream) {
  const state = stream._readableState;
  flow(stream);
  if ((state.bits & (FLOWING | READING)) === FLOWING) {
    stream.read(0);
  }
}

function afterPush(stream) {
  const state = stream._readableState;
  maybeReadMore(stream, state);
  return wantsMore(state);
}

proto.pause = function pause() {
  const state = this._readableState;
  if ((state.bits & (FLOWING | FLOW_CHOSEN)) !== FLOW_CHOSEN) {
    state.bits = (state.bits | FLOW_CHOSEN) & ~FLOWING;
    this.emit('pause');
  }
  state.bits |= PAUSED | PAUSE_CHOSEN;
  return this;
};

proto.isPaused = function isPaused() {
  const word = this._readableState.bits;
  return (word & PAUSED) !== 0 || (word & (FLOWING | FLOW_CHOSEN)) === FLOW_CHOSEN;
};

function flow(stream) {
  const state = stream._readableState;
  while ((state.bits & FLOWING) !== 0 && stream.read() !== null);
}

const short = makeReadable({
  push, on, resume, resumeNow, endReadableNow, emitClose: destroyImpl.emitClose,
  afterEnd, afterPush, callRead, destroy: proto.destroy, diesQuietly: kDiesQuietly, emitReadable, flowOn,
  ownDestroy: proto._destroy, process, pushDecoded, pushRest, read: proto.read, readMore, bufferPrototype: Buffer.prototype,
  streamPrototype: Stream.prototype,
});
proto.push = short.push;
proto.on = proto.addListener = short.on;
proto.resume = short.resume;

proto.setEncoding = function setEncoding(encoding) {
  const { StringDecoder } = require('string_decoder');
  const decoder = new StringDecoder(encoding);
  const state = this._readableState;
  state.decoder = decoder;
  state.encoding = decoder.encoding;
  // What is queued already becomes text now.
  let text = '';
  for (let i = state.bufferIndex; i < state.buffer.length; i++) {
    text += decoder.write(state.buffer[i]);
  }
  state.buffer.length = 0;
  state.bufferIndex = 0;
  if (text !== '') {
    state.buffer.push(text);
  }
  state.length = text.length;
  return this;
};

proto.pipe = function pipe(dest, options) {
  return require('internal/streams/pipe').pipe(this, dest, options);
};

proto.unpipe = function unpipe(dest) {
  return require('internal/streams/pipe').unpipe(this, dest);
};

// Wraps an old-style source: an emitter of 'data' and 'end' with pause() and resume().
proto.wrap = function wrap(stream) {
  let paused = false;
  stream.on('data', (chunk) => {
    if (!this.push(chunk) && stream.pause) {
      paused = true;
      stream.pause();
    }
  });
  stream.on('end', () => {
    this.push(null);
  });
  stream.on('error', (error) => {
    errorOrDestroy(this, error);
  });
  stream.on('close', () => {
    destroyImpl.destroyer(this);
  });
  stream.on('destroy', () => {
    destroyImpl.destroyer(this);
  });
  this._read = () => {
    if (paused && stream.resume) {
      paused = false;
      stream.resume();
    }
  };
  for (const key of Object.keys(stream)) {
    if (this[key] === undefined && typeof stream[key] === 'function') {
      this[key] = stream[key].bind(stream);
    }
  }
  return this;
};

// Asynchronous iteration

proto[Symbol.asyncIterator] = function asyncIterator() {
  return streamToAsyncIterator(this);
};

proto.iterator = function iterator(options) {
  if (options !== undefined) {
    require('internal/validators').validateObject(options, 'options');
  }
  return streamToAsyncIterator(this, options);
};

function streamToAsyncIterator(stream, options) {
  if (typeof stream.read !== 'function') {
    stream = Readable.wrap(stream, { objectMode: true });
  }
  const iterator = iterateChunks(stream, options);
  iterator.stream = stream;
  return iterator;
}

const AsyncIteratorPrototype =
  Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype));

// Written out instead of being an async generator: a chunk that is there is given at once, without the generator's
// extra turns. Calls that come while one is waiting are answered in order, as a generator would.
function iterateChunks(stream, options) {
  const { finished } = require('internal/streams/end-of-stream');
  let started = false;
  let done = false;
  // undefined: still running; null: ended well; else the error.
  let outcome;
  let cleanup;
  // The next() that waits for data, and the calls behind it.
  let waiting = null;
  const behind = [];

  function start() {
    started = true;
    stream.on('readable', wake);
    cleanup = finished(stream, { writable: false }, (error) => {
      outcome = error || null;
      wake();
    });
  }
  function wake() {
    while (waiting !== null) {
      const { resolve, reject } = waiting;
      if (!answer(resolve, reject)) {
        return;
      }
      waiting = null;
      runBehind();
    }
  }
  // Settles one next() if that is possible now.
  function answer(resolve, reject) {
    if (done) {
      resolve({ done: true, value: undefined });
      return true;
    }
    let chunk;
    try {
      chunk = stream.destroyed ? null : stream.read();
    } catch (error) {
      outcome = error;
      stop();
      reject(error);
      return true;
    }
    if (chunk !== null) {
      if (typeof chunk?.then === 'function') {
        Promise.resolve(chunk).then((value) => resolve({ done: false, value }), (error) => {
          outcome = error;
          stop();
          reject(error);
        });
      } else {
        resolve({ done: false, value: chunk });
      }
      return true;
    }
    if (outcome) {
      stop();
      reject(outcome);
      return true;
    }
    if (outcome === null) {
      stop();
      resolve({ done: true, value: undefined });
      return true;
    }
    return false;
  }
  function stop() {
    if (done) {
      return;
    }
    done = true;
    if (!started) {
      start();
    }
    if ((outcome || options?.destroyOnReturn !== false) &&
        (outcome === undefined || stream._readableState.autoDestroy)) {
      destroyImpl.destroyer(stream, null);
    } else {
      stream.removeListener('readable', wake);
      cleanup();
    }
  }
  function runBehind() {
    while (waiting === null && behind.length > 0) {
      behind.shift()();
    }
  }
  function inOrder(call) {
    if (waiting !== null) {
      behind.push(call);
    } else {
      call();
    }
  }

  const iterator = {
    next() {
      if (!started) {
        start();
      }
      return new Promise((resolve, reject) => {
        inOrder(() => {
          if (!answer(resolve, reject)) {
            waiting = { resolve, reject };
          }
        });
      });
    },
    return(value) {
      return new Promise((resolve) => {
        inOrder(() => {
          stop();
          resolve({ done: true, value });
        });
      });
    },
    throw(error) {
      return new Promise((resolve, reject) => {
        inOrder(() => {
          if (!done) {
            outcome = error;
            stop();
          }
          reject(error);
        });
      });
    },
  };
  return Object.setPrototypeOf(iterator, AsyncIteratorPrototype);
}

// Properties

function getter(name, get, set) {
  Object.defineProperty(proto, name, { __proto__: null, get, set });
}

Object.defineProperty(proto, 'readable', {
  __proto__: null,
  get() {
    const state = this._readableState;
    return !!state && state.readable !== false && (state.bits & (DESTROYED | ERROR_EMITTED | END_EMITTED)) === 0;
  },
  set(value) {
    if (this._readableState) {
      this._readableState.readable = !!value;
    }
  },
});
getter('readableDidRead', function() {
  return (this._readableState.bits & DATA_EMITTED) !== 0;
});
getter('readableAborted', function() {
  const state = this._readableState;
  return state.readable !== false && (state.bits & (DESTROYED | HAS_ERROR)) !== 0 && (state.bits & END_EMITTED) === 0;
});
getter('readableHighWaterMark', function() {
  return this._readableState.highWaterMark;
});
getter('readableBuffer', function() {
  return this._readableState?.buffer;
});
getter('readableFlowing', function() {
  return this._readableState.flowing;
}, function(value) {
  if (this._readableState) {
    this._readableState.flowing = value;
  }
});
getter('readableLength', function() {
  return this._readableState.length;
});
getter('readableObjectMode', function() {
  return this._readableState ? this._readableState.objectMode : false;
});
getter('readableEncoding', function() {
  return this._readableState ? this._readableState.encoding : null;
});
getter('errored', function() {
  return this._readableState ? this._readableState.errored : null;
});
getter('closed', function() {
  return this._readableState ? this._readableState.closed : false;
});
getter('destroyed', function() {
  return this._readableState ? this._readableState.destroyed : false;
}, function(value) {
  if (this._readableState) {
    this._readableState.destroyed = value;
  }
});
getter('readableEnded', function() {
  return this._readableState ? this._readableState.endEmitted : false;
});

Readable._fromList = take;
Readable.from = function(iterable, options) {
  return require('internal/streams/from').from(Readable, iterable, options);
};
Readable.fromWeb = function(readableStream, options) {
  return require('internal/webstreams/adapters').fromWebReadable(readableStream, options);
};
Readable.toWeb = function(streamReadable, options) {
  return require('internal/webstreams/adapters').toWebReadable(streamReadable, options);
};
Readable.wrap = function(source, options) {
  return new Readable({
    objectMode: source.readableObjectMode ?? source.objectMode ?? true,
    ...options,
    destroy(error, callback) {
      destroyImpl.destroyer(source, error);
      callback(error);
    },
  }).wrap(source);
};

module.exports = { Readable, ReadableState, kDiesQuietly, maybeReadMore };

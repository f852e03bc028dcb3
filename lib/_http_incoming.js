// SPDX-License-Identifier: MIT
'use strict';

// IncomingMessage: the readable side of a request or response. C hands over the headers as one packed string; lists and
// objects are made of it when somebody looks. Likewise the state of the stream: most messages have no body, and many of
// those that have none are never read.

const { Readable } = require('stream');
const { ReadableState, kDiesQuietly } = require('internal/streams/readable');
const { headersObject, unpackHeaders } = internalBinding('http_parser');

const { makeStamp } = internalBinding('util');

const kHeaders = Symbol('headers');
const kHeadersDistinct = Symbol('headersDistinct');
const kTrailers = Symbol('trailers');
const kTrailersDistinct = Symbol('trailersDistinct');
const kRawHeaders = Symbol('rawHeaders');
const kRawTrailers = Symbol('rawTrailers');
const kPacked = Symbol('packedHeaders');
const kPhase = Symbol('phase');
const kAborter = Symbol('aborter'); // of `signal`: undefined, an AbortController, or true: aborted before anybody looked

// Of the flags of a head (http_head.h).
const HEAD_UPGRADE = 1 << 9;

// Of a message whose stream state has not been made: nothing has come, the end has come, and it has passed unread.
const FRESH = 0;
const ENDED = 1;
const PASSED = 2;
const STREAM = 3; // _readableState is there, and says all

// Of these only the first counts (Node's documentation of message.headers). C has the same list.
const single = new Set([
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since',
  'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after',
  'server', 'user-agent',
]);

function IncomingMessage(socket) {
  this.socket = socket;
  this.httpVersionMajor = null;
  this.httpVersionMinor = null;
  this.httpVersion = null;
  this.complete = false;
  this[kHeaders] = null;
  this[kHeadersDistinct] = null;
  this[kTrailers] = null;
  this[kTrailersDistinct] = null;
  this[kRawHeaders] = null;
  this[kRawTrailers] = null;
  this[kPacked] = '';
  this[kPhase] = FRESH;
  this.joinDuplicateHeaders = false;
  this.aborted = false;
  this.upgrade = null;
  this.url = '';
  this.method = null;
  this.statusCode = null;
  this.statusMessage = null;
  this.client = socket;
  this._consuming = false;
  this._dumped = false;
  this._paused = false;
}
Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Readable);

function setOwnState(message, state) {
  Object.defineProperty(message, '_readableState', {
    __proto__: null, configurable: true, enumerable: true, writable: true, value: state,
  });
}

Object.defineProperty(IncomingMessage.prototype, '_readableState', {
  __proto__: null,
  configurable: true,
  get() {
    const phase = this[kPhase];
    if (phase === undefined) return undefined; // not a message: the prototype itself
    const { socket } = this;
    const options = socket ? { highWaterMark: socket.readableHighWaterMark } : undefined;
    const state = new ReadableState(options, this, false);
    this[kPhase] = STREAM;
    setOwnState(this, state);
    state.readingMore = true; // nobody reads ahead before the program reads
    if (phase !== FRESH) state.ended = true;
    if (phase === PASSED) setPassed(state);
    return state;
  },
  set(state) {
    this[kPhase] = STREAM;
    setOwnState(this, state);
  },
});

function addLine(target, field, value, join) {
  const name = field.toLowerCase();
  const known = Object.hasOwn(target, name) ? target[name] : undefined;
  if (name === 'set-cookie') {
    if (known !== undefined) known.push(value);
    else target[name] = [value];
  } else if (known === undefined) {
    target[name] = value;
  } else if (name === 'cookie') {
    target[name] = `${known}; ${value}`;
  } else if (join || !single.has(name)) {
    target[name] = `${known}, ${value}`;
  }
}

function collect(raw, join) {
  const target = {};
  for (let i = 0; i < raw.length; i += 2) addLine(target, raw[i], raw[i + 1], join);
  return target;
}

function collectDistinct(raw) {
  const target = { __proto__: null };
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i].toLowerCase();
    if (target[name] === undefined) target[name] = [raw[i + 1]];
    else target[name].push(raw[i + 1]);
  }
  return target;
}

function lazy(key, make) {
  return {
    __proto__: null,
    get() {
      return this[key] ??= make(this);
    },
    set(value) {
      this[key] = value;
    },
  };
}

// What the packed string says, unless the list has been looked at, and perhaps changed.
function makeHeaders(message) {
  const raw = message[kRawHeaders];
  return raw === null ? headersObject(message[kPacked], message.joinDuplicateHeaders) :
    collect(raw, message.joinDuplicateHeaders);
}

Object.defineProperties(IncomingMessage.prototype, {
  headers: lazy(kHeaders, makeHeaders),
  headersDistinct: lazy(kHeadersDistinct, (m) => collectDistinct(m.rawHeaders)),
  trailers: lazy(kTrailers, (m) => collect(m.rawTrailers, m.joinDuplicateHeaders)),
  trailersDistinct: lazy(kTrailersDistinct, (m) => collectDistinct(m.rawTrailers)),
  rawHeaders: { __proto__: null, ...lazy(kRawHeaders, (m) => unpackHeaders(m[kPacked])), configurable: true, enumerable: true },
  rawTrailers: { __proto__: null, ...lazy(kRawTrailers, () => []), configurable: true, enumerable: true },
  connection: {
    __proto__: null,
    get() {
      return this.socket;
    },
    set(value) {
      this.socket = value;
    },
  },
  signal: {
    __proto__: null,
    configurable: true,
    get() {
      const known = this[kAborter];
      if (typeof known === 'object') return known.signal;
      const { AbortController } = require('internal/abort_controller');
      const aborter = new AbortController();
      if (known || this.aborted) aborter.abort();
      this[kAborter] = aborter;
      return aborter.signal;
    },
  },
});

// The exchange this message belongs to has been cut off.
function abortSignalOf(message) {
  const aborter = message[kAborter];
  if (typeof aborter === 'object') aborter.abort();
  else message[kAborter] = true;
}

IncomingMessage.prototype.setTimeout = function setTimeout(msecs, callback) {
  if (callback) this.on('timeout', callback);
  this.socket.setTimeout(msecs);
  return this;
};

IncomingMessage.prototype._addHeaderLine = function _addHeaderLine(field, value, dest) {
  addLine(dest, field, value, this.joinDuplicateHeaders);
};

// What trailers and headers that are looked at already gain. n: items of the list.
IncomingMessage.prototype._addHeaderLines = function _addHeaderLines(headers, n) {
  if (!headers || headers.length === 0) return;
  const [rawKey, key] = this.complete ? ['rawTrailers', kTrailers] : ['rawHeaders', kHeaders];
  this[rawKey] = headers;
  if (this[key]) for (let i = 0; i + 1 < n; i += 2) this._addHeaderLine(headers[i], headers[i + 1], this[key]);
};

function readStart(socket) {
  if (socket && !socket.destroyed && socket.readable) socket.resume();
}

IncomingMessage.prototype._read = function _read() {
  if (!this._consuming) {
    this._consuming = true;
    this._readableState.readingMore = false;
  }
  if (this._paused) {
    this._paused = false;
    readStart(this.socket);
  }
};

IncomingMessage.prototype._destroy = function _destroy(err, callback) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    this.emit('aborted');
    if (this[kAborter] !== undefined) abortSignalOf(this);
  }
  const { socket } = this;
  const cutsSocket = socket && !socket.destroyed && this.aborted;
  if (!err) {
    if (cutsSocket) socket.destroy();
    callback(null);
    return;
  }
  // An error is the program's business only when it listens by then.
  const done = () => process.nextTick(() => callback(this.listenerCount('error') === 0 ? null : err));
  if (cutsSocket) {
    socket.once('close', done);
    socket.destroy(err.code === 'ECONNRESET' ? undefined : err);
  } else {
    done();
  }
};

// Lets the rest of the body pass unread.
IncomingMessage.prototype._dump = function _dump() {
  if (this._dumped) return;
  this._dumped = true;
  if (this._eventsCount > 0) this.removeAllListeners('data'); // what is queued is for nobody
  this.resume();
  if (this._paused) {
    this._paused = false;
    readStart(this.socket);
  }
};

function setPassed(state) {
  state.endEmitted = true;
  state.destroyed = true;
  state.closed = true;
  state.closeEmitted = true;
}

// What the parser says of a head. flags: of http_head.h.
function fillHead(message, parser, flags, packed) {
  const minor = flags & 0xf;
  const major = (flags >> 4) & 0xf;
  message.httpVersionMajor = major;
  message.httpVersionMinor = minor;
  message.httpVersion = major === 1 && minor < 2 ? (minor === 1 ? '1.1' : '1.0') : `${major}.${minor}`;
  message.joinDuplicateHeaders = parser.joinDuplicateHeaders;
  message.upgrade = (flags & HEAD_UPGRADE) !== 0;
  message[kPacked] = packed;
  parser.incoming = message;
}

// The whole of a message without a body has come.
function completeWithoutBody(message) {
  message.complete = true;
  if (message[kPhase] === FRESH) message[kPhase] = ENDED;
  else message.push(null);
}

const { _destroy: ownDestroy } = IncomingMessage.prototype;

IncomingMessage.prototype[kDiesQuietly] = function() {
  return this.complete && this._destroy === ownDestroy;
};

// Requests of HTTP/1.1 are made by the hundred thousand: copies of one that has been made by the constructor.
let stampBare = null;
let stampWithBody, stampState, stampAnswer;

function makeStamps() {
  let bare, withBody;
  // The engine learns from the first how much room they need.
  for (let i = 0; i < 3; i++) {
    bare = new IncomingMessage(null);
    withBody = new IncomingMessage(null);
  }
  for (const message of [bare, withBody]) {
    message.httpVersionMajor = message.httpVersionMinor = 1;
    message.httpVersion = '1.1';
    message.upgrade = false;
  }
  const state = new ReadableState({ highWaterMark: 0 }, withBody, false);
  state.readingMore = true; // nobody reads ahead before the program reads
  withBody._readableState = null;
  withBody._events = undefined;
  withBody._eventsCount = 0;
  const keys = ['socket', 'client', kPacked, 'method', 'url', 'joinDuplicateHeaders'];
  stampBare = makeStamp(bare, keys);
  stampWithBody = makeStamp(withBody, [...keys, '_readableState']);
  stampAnswer = makeStamp(withBody, ['socket', 'client', kPacked, 'statusCode', 'statusMessage', 'joinDuplicateHeaders', '_readableState']);
  stampState = makeStamp(state, ['highWaterMark', 'buffer', 'pipes']);
}

// For C, which makes requests by itself.
function requestStamps() {
  if (stampBare === null) makeStamps();
  return { stampBare, stampWithBody, stampState };
}

// A request of HTTP/1.1 that asks for no upgrade.
function newRequest(socket, hasBody, packed, method, url, join) {
  if (stampBare === null) makeStamps();
  if (!hasBody) return stampBare(socket, socket, packed, method, url, join);
  return stampWithBody(socket, socket, packed, method, url, join, stampState(socket.readableHighWaterMark, [], []));
}

// A response of HTTP/1.1 that is no upgrade, for a client.
function newAnswer(socket, packed, statusCode, statusMessage, join) {
  if (stampBare === null) makeStamps();
  return stampAnswer(socket, socket, packed, statusCode, statusMessage, join, stampState(socket.readableHighWaterMark, [], []));
}

// All of the message is there, it has no body, nobody has read it and nobody listens.
function isUntouched(message) {
  if (!message.complete || message._consuming || message._dumped || message.emit !== IncomingMessage.prototype.emit ||
      message.destroy !== IncomingMessage.prototype.destroy || message._destroy !== IncomingMessage.prototype._destroy) {
    return false;
  }
  if (message[kPhase] === ENDED) return message._events === undefined || message._eventsCount === 0;
  return message[kPhase] === STREAM && message._eventsCount === 0 && message.readableLength === 0 &&
    message.readableFlowing === null && !message.destroyed;
}

// An untouched message goes on as after its end was read and it was destroyed, with no event on the way.
function passUnread(message) {
  message._dumped = true;
  message._consuming = true;
  if (message[kPhase] === ENDED) message[kPhase] = PASSED;
  else setPassed(message._readableState);
}

module.exports = {
  IncomingMessage, abortSignalOf, completeWithoutBody, fillHead, isUntouched, kPhase, newAnswer, newRequest, passUnread, readStart,
  requestStamps,
};

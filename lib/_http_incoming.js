// SPDX-License-Identifier: MIT
'use strict';

// IncomingMessage: the readable side of a request or response. C hands over the headers as one flat list of names and values; the
// objects are made when somebody looks.

const { Readable } = require('stream');

const kHeaders = Symbol('headers');
const kHeadersDistinct = Symbol('headersDistinct');
const kTrailers = Symbol('trailers');
const kTrailersDistinct = Symbol('trailersDistinct');

// Of these only the first counts (Node's documentation of message.headers).
const single = new Set([
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since',
  'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after',
  'server', 'user-agent',
]);

function IncomingMessage(socket) {
  Readable.call(this, socket ? { highWaterMark: socket.readableHighWaterMark } : undefined);
  this.socket = socket;
  this.httpVersionMajor = null;
  this.httpVersionMinor = null;
  this.httpVersion = null;
  this.complete = false;
  this[kHeaders] = null;
  this[kHeadersDistinct] = null;
  this[kTrailers] = null;
  this[kTrailersDistinct] = null;
  this.rawHeaders = [];
  this.rawTrailers = [];
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

function addLine(target, field, value, join) {
  const name = field.toLowerCase();
  const known = target[name];
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
    configurable: true,
    enumerable: false,
    get() {
      return this[key] ??= make(this);
    },
    set(value) {
      this[key] = value;
    },
  };
}

Object.defineProperties(IncomingMessage.prototype, {
  headers: lazy(kHeaders, (m) => collect(m.rawHeaders, m.joinDuplicateHeaders)),
  headersDistinct: lazy(kHeadersDistinct, (m) => collectDistinct(m.rawHeaders)),
  trailers: lazy(kTrailers, (m) => collect(m.rawTrailers, m.joinDuplicateHeaders)),
  trailersDistinct: lazy(kTrailersDistinct, (m) => collectDistinct(m.rawTrailers)),
  connection: {
    __proto__: null,
    configurable: true,
    get() {
      return this.socket;
    },
    set(value) {
      this.socket = value;
    },
  },
});

IncomingMessage.prototype.setTimeout = function setTimeout(msecs, callback) {
  if (callback) this.on('timeout', callback);
  this.socket.setTimeout(msecs);
  return this;
};

IncomingMessage.prototype._addHeaderLine = function _addHeaderLine(field, value, dest) {
  addLine(dest, field, value, this.joinDuplicateHeaders);
};

function readStart(socket) {
  if (socket && !socket.destroyed && socket.readable) socket.resume();
}

IncomingMessage.prototype._read = function _read() {
  this._consuming = true;
  if (this._paused) {
    this._paused = false;
    readStart(this.socket);
  }
};

IncomingMessage.prototype._destroy = function _destroy(err, callback) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    this.emit('aborted');
  }
  // A request cut short is the program's business only when it listens.
  const done = () => process.nextTick(callback, this.listenerCount('error') === 0 ? null : err);
  const { socket } = this;
  if (socket && !socket.destroyed && this.aborted) {
    socket.destroy(err?.code === 'ECONNRESET' ? undefined : err);
    socket.once('close', done);
  } else {
    done();
  }
};

// Lets the rest of the body pass unread.
IncomingMessage.prototype._dump = function _dump() {
  if (this._dumped) return;
  this._dumped = true;
  this.resume();
  if (this._paused) {
    this._paused = false;
    readStart(this.socket);
  }
};

// The state of a message without a body after its end was read and it was destroyed, with no event on the way.
IncomingMessage.prototype._passUnread = function _passUnread() {
  const state = this._readableState;
  this._dumped = true;
  this._consuming = true;
  state.endEmitted = true;
  state.destroyed = true;
  state.closed = true;
  state.closeEmitted = true;
};

module.exports = { IncomingMessage, readStart };

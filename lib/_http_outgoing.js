// SPDX-License-Identifier: MIT
'use strict';

// OutgoingMessage: the writable side of a request or response. The head is a string until the first write and leaves
// together with it; a message that ends at once is one write to the socket.

const { Buffer } = require('buffer');
const { Stream } = require('internal/streams/legacy');
const { getDefaultHighWaterMark } = require('internal/streams/state');
const { codes, hideStackFrames } = require('internal/errors');
const { validateString } = require('internal/validators');
const {
  CRLF, _checkInvalidHeaderChar: checkInvalidHeaderChar, _checkIsHttpToken: checkIsHttpToken, chunkExpression, utcDate,
} = require('_http_common');
// kOutHeaders: a flat list of keys (names in lower case), names and values. findHeader: where a key is, -1 when it is not there.
const { findHeader, headText, storeHeader } = internalBinding('http_parser');

const kCorked = Symbol('corked');
const kPieces = Symbol('pieces');
const kTickCorked = Symbol('tickCorked'); // one of the corks is the tick's; absent until there was one
const kErrored = Symbol('errored');
const kHighWaterMark = Symbol('highWaterMark');
const kNeedDrain = Symbol('needDrain');
const kOutHeaders = Symbol('outHeaders');
const kBytesWritten = Symbol('bytesWritten');
const kSocket = Symbol('socket');
const kRejectBody = Symbol('rejectNonStandardBodyWrites');
const kUniqueHeaders = Symbol('uniqueHeaders');
const kHeader = Symbol('header');
const kMarks = Symbol('marks');
const kRespond = Symbol('respond');
const kSendNow = Symbol('sendNow');
const kBeforeFinish = Symbol('beforeFinish');
const kFinished = Symbol('finished');

// What kHeader holds instead of a string: C has sent the head; it is settled but may still be left to C. Either way
// kSettled has the first line and the headers as text, and kHeader in its upper bits how C completes them (http_head.h).
const SENT = 1;
const DEFERRED = 2;
const FLAGS_SHIFT = 2;
const RESPONSE_CHUNKED = 32;
const kSettled = Symbol('settled');

const noop = () => {};

// The EventEmitter part is made by the first listener.
function OutgoingMessage(options) {
  this.outputData = [];
  this.outputSize = 0;
  this.writable = true;
  this.destroyed = false;
  this._last = false;
  this.chunkedEncoding = false;
  this.shouldKeepAlive = true;
  this.maxRequestsOnConnectionReached = false;
  this._defaultKeepAlive = true;
  this.useChunkedEncodingByDefault = true;
  this.sendDate = false;
  this._removedConnection = false;
  this._removedContLen = false;
  this._removedTE = false;
  this.strictContentLength = false;
  this[kBytesWritten] = 0;
  this._contentLength = null;
  this._hasBody = true;
  this._trailer = '';
  this[kNeedDrain] = false;
  this.finished = false;
  this._headerSent = false;
  this[kCorked] = 0;
  this._closed = false;
  this[kSocket] = null;
  this[kHeader] = null;
  this[kOutHeaders] = null;
  this[kMarks] = 0;
  this._keepAliveTimeout = 0;
  this[kErrored] = null;
  this[kHighWaterMark] = options?.highWaterMark ?? getDefaultHighWaterMark();
  this[kRejectBody] = options?.rejectNonStandardBodyWrites ?? false;
  this[kUniqueHeaders] = null;
  this[kPieces] = null;
  this[kFinished] = false;
  this[kSettled] = null;
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);

// Chunks that wait: with their frame once they are on their way, which they are unless the program holds them back.
function piecesLength(message) {
  const pieces = message[kPieces];
  if (pieces === null) return 0;
  const isHeld = message[kCorked] > (message[kTickCorked] === true ? 1 : 0);
  return isHeld || !message.chunkedEncoding ? pieces.length : pieces.length + pieces.length.toString(16).length + 4;
}

const getter = (get, set) => ({ __proto__: null, get, set });

Object.defineProperties(OutgoingMessage.prototype, {
  errored: getter(function() { return this[kErrored]; }),
  closed: getter(function() { return this._closed; }),
  writableFinished: getter(function() { return this[kFinished]; }),
  writableObjectMode: getter(() => false),
  writableLength: getter(function() {
    return this.outputSize + piecesLength(this) + (this[kSocket] ? this[kSocket].writableLength : 0);
  }),
  writableHighWaterMark: getter(function() {
    return this[kSocket] ? this[kSocket].writableHighWaterMark : this[kHighWaterMark];
  }),
  writableCorked: getter(function() { return this[kCorked]; }),
  writableEnded: getter(function() { return this.finished; }),
  writableNeedDrain: getter(function() { return !this.destroyed && !this.finished && this[kNeedDrain]; }),
  headersSent: { __proto__: null, configurable: true, enumerable: true, get() { return this[kHeader] !== null; } },
  // The text of the head once there is one.
  _header: getter(function() {
    const header = this[kHeader];
    if (typeof header !== 'number') return header;
    if ((header & SENT) !== 0) this._describeHead();
    else storeDeferred(this);
    return this[kHeader];
  }, function(value) { this[kHeader] = value; }),
  socket: getter(function() { return this[kSocket]; }, function(value) { this[kSocket] = value; }),
  connection: getter(function() { return this[kSocket]; }, function(value) { this[kSocket] = value; }),
});

OutgoingMessage.prototype._onPendingData = noop;

OutgoingMessage.prototype.cork = function cork() {
  this[kCorked]++;
  this[kSocket]?.cork();
};

OutgoingMessage.prototype.uncork = function uncork() {
  if (this[kCorked] > 0) this[kCorked]--;
  this[kSocket]?.uncork();
  if (this[kCorked] === 0) flushPieces(this);
};

OutgoingMessage.prototype.setTimeout = function setTimeout(msecs, callback) {
  if (callback) this.on('timeout', callback);
  if (this[kSocket]) this[kSocket].setTimeout(msecs);
  else this.once('socket', (socket) => socket.setTimeout(msecs));
  return this;
};

OutgoingMessage.prototype.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this[kErrored] = error;
  if (this[kSocket]) this[kSocket].destroy(error);
  else this.once('socket', (socket) => socket.destroy(error));
  return this;
};

OutgoingMessage.prototype.pipe = function pipe() {
  this.emit('error', new codes.ERR_STREAM_CANNOT_PIPE());
};

// --- headers --------------------------------------------------------------------------------------------------------

const validateHeaderName = hideStackFrames((name, label) => {
  if (typeof name !== 'string' || !name || !checkIsHttpToken(name)) {
    throw new codes.ERR_INVALID_HTTP_TOKEN(label || 'Header name', name);
  }
});

const validateHeaderValue = hideStackFrames((name, value) => {
  if (value === undefined) throw new codes.ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  if (checkInvalidHeaderChar(value)) throw new codes.ERR_INVALID_CHAR('header content', name);
});

function validateHeader(name, value) {
  validateHeaderName(name);
  if (Array.isArray(value)) {
    for (const item of value) validateHeaderValue(name, item);
  } else {
    validateHeaderValue(name, value);
  }
}

// Headers that the head's other lines depend on.
const CONNECTION = 1;
const TRANSFER_ENCODING = 2;
const CONTENT_LENGTH = 4;
const DATE = 8;
const EXPECT = 16;
const TRAILER = 32;
const KEEP_ALIVE = 64;
const marks = {
  __proto__: null,
  'connection': CONNECTION, 'transfer-encoding': TRANSFER_ENCODING, 'content-length': CONTENT_LENGTH, 'date': DATE,
  'expect': EXPECT, 'trailer': TRAILER, 'keep-alive': KEEP_ALIVE,
};

// By its key.
function deleteHeader(message, key) {
  const list = message[kOutHeaders];
  const at = list === null ? -1 : findHeader(list, key);
  if (at < 0) return;
  list.splice(at, 3);
  message[kMarks] &= ~(marks[key] ?? 0);
}

OutgoingMessage.prototype.setHeader = function setHeader(name, value) {
  if (this[kHeader] !== null) throw new codes.ERR_HTTP_HEADERS_SENT('set');
  const list = this[kOutHeaders] ?? (this[kOutHeaders] = []);
  let mark = storeHeader(list, name, value);
  if (mark < 0) {
    validateHeader(name, value);
    const key = name.toLowerCase();
    mark = marks[key] ?? 0;
    const at = findHeader(list, key);
    if (at < 0) list.push(key, name, value);
    else list.splice(at, 3, key, name, value);
  }
  if (mark !== 0) this[kMarks] |= mark;
  return this;
};

OutgoingMessage.prototype.setHeaders = function setHeaders(headers) {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('set');
  if (!headers || Array.isArray(headers) || typeof headers.keys !== 'function' || typeof headers.get !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('headers', ['Headers', 'Map'], headers);
  }
  const cookies = [];
  for (const [name, value] of headers) {
    if (name === 'set-cookie') {
      if (Array.isArray(value)) cookies.push(...value);
      else cookies.push(value);
    } else {
      this.setHeader(name, value);
    }
  }
  if (cookies.length > 0) this.setHeader('set-cookie', cookies);
  return this;
};

OutgoingMessage.prototype.appendHeader = function appendHeader(name, value) {
  if (this[kHeader] !== null) throw new codes.ERR_HTTP_HEADERS_SENT('append');
  validateHeader(name, value);
  const key = name.toLowerCase();
  const list = this[kOutHeaders];
  const at = list === null ? -1 : findHeader(list, key);
  if (at < 0) {
    this.setHeader(name, value);
  } else {
    const known = list[at + 2];
    list[at + 2] = [...(Array.isArray(known) ? known : [known]), ...(Array.isArray(value) ? value : [value])];
  }
  return this;
};

OutgoingMessage.prototype.getHeader = function getHeader(name) {
  if (typeof name !== 'string') validateString(name, 'name');
  const list = this[kOutHeaders];
  if (list === null) return undefined;
  const at = findHeader(list, name);
  return at < 0 ? undefined : list[at + 2];
};

OutgoingMessage.prototype.hasHeader = function hasHeader(name) {
  validateString(name, 'name');
  return this[kOutHeaders] !== null && findHeader(this[kOutHeaders], name) >= 0;
};

// Every third item, from the first on: keys, names or values.
function column(message, first) {
  const list = message[kOutHeaders];
  const items = [];
  if (list !== null) for (let i = first; i < list.length; i += 3) items.push(list[i]);
  return items;
}

OutgoingMessage.prototype.getHeaderNames = function getHeaderNames() {
  return column(this, 0);
};

OutgoingMessage.prototype.getRawHeaderNames = function getRawHeaderNames() {
  return column(this, 1);
};

OutgoingMessage.prototype.getHeaders = function getHeaders() {
  const result = { __proto__: null };
  const list = this[kOutHeaders] ?? [];
  for (let i = 0; i < list.length; i += 3) result[list[i]] = list[i + 2];
  return result;
};

OutgoingMessage.prototype.removeHeader = function removeHeader(name) {
  validateString(name, 'name');
  if (this[kHeader] !== null) throw new codes.ERR_HTTP_HEADERS_SENT('remove');
  const key = name.toLowerCase();
  if (key === 'connection') this._removedConnection = true;
  else if (key === 'content-length') this._removedContLen = true;
  else if (key === 'transfer-encoding') this._removedTE = true;
  else if (key === 'date') this.sendDate = false;
  deleteHeader(this, key);
};

OutgoingMessage.prototype._implicitHeader = function _implicitHeader() {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_implicitHeader()');
};

OutgoingMessage.prototype._renderHeaders = function _renderHeaders() {
  if (this[kHeader] !== null) throw new codes.ERR_HTTP_HEADERS_SENT('render');
  const result = {};
  const list = this[kOutHeaders] ?? [];
  for (let i = 0; i < list.length; i += 3) result[list[i + 1]] = list[i + 2];
  return result;
};

// --- the head --------------------------------------------------------------------------------------------------------

// What the headers already say; the rest is added below.
function noteHeader(message, said, key, value) {
  switch (key) {
    case 'connection':
      said.connection = true;
      message._removedConnection = false;
      if (/(?:^|\W)close(?:$|\W)/i.test(value)) message._last = true;
      else message.shouldKeepAlive = true;
      break;
    case 'transfer-encoding':
      said.te = true;
      message._removedTE = false;
      if (chunkExpression.test(value)) message.chunkedEncoding = true;
      break;
    case 'content-length':
      said.length = true;
      message._contentLength = +value;
      message._removedContLen = false;
      break;
    case 'date': said.date = true; break;
    case 'expect': said.expect = true; break;
    case 'trailer': said.trailer = true; break;
    case 'keep-alive': message._defaultKeepAlive = false; break;
  }
}

function headerLines(message, said, name, value, validate) {
  if (validate) validateHeader(name, value);
  const key = name.toLowerCase();
  if (!Array.isArray(value)) {
    noteHeader(message, said, key, `${value}`);
    return `${name}: ${value}\r\n`;
  }
  if (key === 'cookie' || message[kUniqueHeaders]?.has(key)) {
    return headerLines(message, said, name, value.join('; '), false);
  }
  let lines = '';
  for (const item of value) lines += headerLines(message, said, name, item, false);
  return lines;
}

function connectionLines(message, said) {
  if (message._removedConnection) {
    message._last = !message.shouldKeepAlive;
    return '';
  }
  if (said.connection) return '';
  const keeps = message.shouldKeepAlive && (said.length || message.useChunkedEncodingByDefault || message.agent);
  if (message.maxRequestsOnConnectionReached || !keeps) {
    message._last = true;
    return 'Connection: close\r\n';
  }
  let lines = 'Connection: keep-alive\r\n';
  if (message._keepAliveTimeout && message._defaultKeepAlive) {
    lines += `Keep-Alive: timeout=${Math.floor(message._keepAliveTimeout / 1000)}`;
    if (message._maxRequestsPerSocket > 0) lines += `, max=${message._maxRequestsPerSocket}`;
    lines += CRLF;
  }
  return lines;
}

function bodyLines(message, said) {
  if (said.length || said.te) return '';
  if (!message._hasBody) {
    message.chunkedEncoding = false;
  } else if (!message.useChunkedEncodingByDefault) {
    message._last = true;
  } else if (!said.trailer && !message._removedContLen && typeof message._contentLength === 'number') {
    return `Content-Length: ${message._contentLength}\r\n`;
  } else if (!message._removedTE) {
    message.chunkedEncoding = true;
    return 'Transfer-Encoding: chunked\r\n';
  } else {
    message._last = true;
  }
  return '';
}

// headers: this[kOutHeaders], a flat or nested list, or an object.
OutgoingMessage.prototype._storeHeader = function _storeHeader(firstLine, headers) {
  const said = { connection: false, length: false, te: false, date: false, expect: false, trailer: false };
  let head = firstLine;
  if (headers) {
    if (headers === this[kOutHeaders]) {
      for (let i = 0; i < headers.length; i += 3) head += headerLines(this, said, headers[i + 1], headers[i + 2], false);
    } else if (Array.isArray(headers)) {
      if (headers.length > 0 && Array.isArray(headers[0])) {
        for (const entry of headers) head += headerLines(this, said, entry[0], entry[1], true);
      } else {
        if (headers.length % 2 !== 0) throw new codes.ERR_INVALID_ARG_VALUE('headers', headers);
        for (let i = 0; i < headers.length; i += 2) head += headerLines(this, said, headers[i], headers[i + 1], true);
      }
    } else {
      for (const name of Object.keys(headers)) head += headerLines(this, said, name, headers[name], true);
    }
  }
  completeHead(this, head, said);
};

function completeHead(message, head, said) {
  if (message.sendDate && !said.date) head += `Date: ${utcDate()}\r\n`;
  // These never have a body, so a chunked coding would leave the peer waiting.
  if (message.chunkedEncoding && (message.statusCode === 204 || message.statusCode === 304)) {
    message.chunkedEncoding = false;
    message.shouldKeepAlive = false;
  }
  head += connectionLines(message, said);
  head += bodyLines(message, said);
  if (message.chunkedEncoding === false && said.trailer) throw new codes.ERR_HTTP_TRAILER_INVALID();
  message[kHeader] = head + CRLF;
  message._headerSent = false;
  if (said.expect) message._send('');
}

// The head as text after all, from what was settled.
function storeDeferred(message) {
  const text = message[kSettled];
  const header = message[kHeader];
  const flags = header >> FLAGS_SHIFT;
  message[kSettled] = null;
  if ((header & DEFERRED) !== 0) {
    message[kHeader] = headText(flags, text, Math.floor(message._keepAliveTimeout / 1000), message._maxRequestsPerSocket);
    message._headerSent = false;
    const length = (flags & RESPONSE_CHUNKED) === 0 ? /^content-length: (.*)\r$/im.exec(text) : null;
    if (length !== null) message._contentLength = +length[1];
    return;
  }
  const said = { connection: false, length: false, te: false, date: false, expect: false, trailer: false };
  message[kHeader] = null;
  for (const { 1: name, 2: value } of text.matchAll(/^(content-length|date): (.*)\r$/gim)) {
    noteHeader(message, said, name.toLowerCase(), value);
  }
  completeHead(message, text, said);
}

// --- writing ----------------------------------------------------------------------------------------------------------

OutgoingMessage.prototype._send = function _send(data, encoding, callback, byteLength) {
  if (!this._headerSent) {
    const header = this._header;
    this._headerSent = true;
    if (typeof data === 'string' && (encoding === 'utf8' || encoding === 'latin1' || !encoding)) {
      data = header + data;
    } else {
      this._writeRaw(header, 'latin1', null);
    }
  }
  return this._writeRaw(data, encoding, callback, byteLength);
};

OutgoingMessage.prototype._writeRaw = function _writeRaw(data, encoding, callback, byteLength) {
  const socket = this[kSocket];
  if (socket?.destroyed) return false;
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (socket && socket._httpMessage === this && socket.writable) {
    if (this.outputData.length > 0) this._flushOutput(socket);
    return socket.write(data, encoding, callback);
  }
  this.outputData.push({ data, encoding, callback });
  this.outputSize += byteLength ?? data.length;
  this._onPendingData(byteLength ?? data.length);
  return this.outputSize < this[kHighWaterMark];
};

function fail(message, error, callback) {
  process.nextTick(() => {
    callback?.(error);
    if (!message.destroyed) message.emit('error', error);
  });
}

function checkChunk(chunk, encoding) {
  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  if (typeof chunk === 'string') return Buffer.byteLength(chunk, encoding);
  if (chunk instanceof Uint8Array) return chunk.byteLength;
  throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
}

function strictLengthError(message, length, isEnd) {
  if (!message.strictContentLength || !message._hasBody || message.chunkedEncoding || message._contentLength === null) return;
  const total = message[kBytesWritten] + length;
  if (isEnd ? total !== message._contentLength : total > message._contentLength) {
    throw new codes.ERR_HTTP_CONTENT_LENGTH_MISMATCH(total, message._contentLength);
  }
}

// Returns what write returns, or undefined when nothing may be written.
function writeChunk(message, chunk, encoding, callback, length) {
  if (!message._hasBody) {
    if (message[kRejectBody]) throw new codes.ERR_HTTP_BODY_NOT_ALLOWED();
    if (callback) process.nextTick(callback);
    return true;
  }
  message[kBytesWritten] += length;
  if (!message.chunkedEncoding) {
    if (message._headerSent || !isGathering(message)) return message._send(chunk, encoding, callback, length);
  } else if (length === 0 && message[kPieces] === null) {
    if (!message._headerSent) return message._send('', 'latin1', callback);
    if (callback) process.nextTick(callback);
    return true;
  }
  if (!isGathering(message)) return sendChunk(message, chunk, encoding, callback, length);
  addPiece(message, chunk, encoding, callback, length);
  return message.writableLength < message.writableHighWaterMark;
}

function addPiece(message, chunk, encoding, callback, length) {
  const pieces = message[kPieces] ??= { list: [], length: 0 };
  pieces.list.push({ chunk, encoding, callback });
  pieces.length += length;
}

function sendChunk(message, chunk, encoding, callback, length) {
  return sendTogether(message, { list: [{ chunk, encoding, callback }], length }, '', null);
}

// While the message is corked, writes gather to leave together: as one chunk, or behind the head.
function isGathering(message) {
  return message[kCorked] > 0;
}

// The one encoding of pieces that are text; undefined when they are not, or of several.
function commonEncoding(list) {
  let common;
  for (let i = 0; i < list.length; i++) {
    const { chunk, encoding } = list[i];
    const name = encoding || 'utf8';
    if (typeof chunk !== 'string' || (name !== 'utf8' && name !== 'latin1') || (common !== undefined && name !== common)) return undefined;
    common = name;
  }
  return common;
}

// What is called when the pieces have been written, the last of them being done.
function commonCallback(list, done) {
  const callbacks = [];
  for (let i = 0; i < list.length; i++) if (list[i].callback) callbacks.push(list[i].callback);
  if (done) callbacks.push(done);
  if (callbacks.length <= 1) return callbacks[0] ?? null;
  return (error) => {
    for (let i = 0; i < callbacks.length; i++) callbacks[i](error);
  };
}

function isAscii(text) {
  return Buffer.byteLength(text) === text.length;
}

// More is not worth a copy.
const kJoinedSize = 64 * 1024;

// Pieces, and the end of the body behind them, by one write of the socket.
function sendTogether(message, { list, length }, tail, done) {
  const isFramed = message.chunkedEncoding && length > 0;
  const encoding = commonEncoding(list);
  const before = isFramed ? `${length.toString(16)}\r\n` : '';
  const after = isFramed ? `\r\n${tail}` : tail;
  // In front of a chunk a head is Latin-1.
  const callback = commonCallback(list, done);
  // One that waits for nobody's callback may be written by C.
  const mayBeSent = callback === done;
  if (encoding !== undefined && (encoding === 'latin1' || !isFramed || message._headerSent || isAscii(message._header))) {
    let text = list[0].chunk;
    for (let i = 1; i < list.length; i++) text += list[i].chunk;
    text = `${before}${text}${after}`;
    if (mayBeSent && sendNow(message, text, encoding === 'latin1', done)) return true;
    return message._send(text, encoding, callback, before.length + length + after.length);
  }
  if (length > kJoinedSize && encoding === undefined) {
    if (before !== '' || !message._headerSent) message._send(before, 'latin1', null);
    let more;
    const last = after === '' ? list.length - 1 : -1;
    for (let i = 0; i < list.length; i++) more = message._send(list[i].chunk, list[i].encoding, i === last ? joinCallbacks(list[i].callback, done) : list[i].callback);
    return after === '' ? more : message._send(after, 'latin1', done);
  }
  const head = message._headerSent ? '' : message._header;
  message._headerSent = true;
  const parts = [];
  if (head !== '' || before !== '') parts.push(Buffer.from(`${head}${before}`, 'latin1'));
  for (let i = 0; i < list.length; i++) {
    const { chunk, encoding: name } = list[i];
    parts.push(typeof chunk === 'string' ? Buffer.from(chunk, name || 'utf8') : chunk);
  }
  if (after !== '') parts.push(Buffer.from(after, 'latin1'));
  const bytes = parts.length === 1 ? parts[0] : Buffer.concat(parts);
  if (mayBeSent && sendNow(message, bytes, false, done)) return true;
  return message._writeRaw(bytes, null, callback, bytes.length);
}

// Behind the head, when that has not been sent. False: it is for the socket.
function sendNow(message, data, isLatin1, done) {
  if (!message._headerSent) data = message._header + data;
  if (!message[kSendNow](data, isLatin1)) return false;
  message._headerSent = true;
  if (done !== null) process.nextTick(done);
  return true;
}

function joinCallbacks(callback, done) {
  return commonCallback([{ callback }], done);
}

function takePieces(message) {
  const pieces = message[kPieces];
  message[kPieces] = null;
  return pieces;
}

function flushPieces(message) {
  if (message[kPieces] === null) return;
  const more = sendTogether(message, takePieces(message), '', null);
  // The socket counts otherwise, and has no 'drain' to tell.
  if (more && message[kNeedDrain]) process.nextTick(drain, message);
}

// What is written in one tick leaves together.
function corkForThisTick(message) {
  const socket = message[kSocket];
  if (socket && !socket.writableCorked) {
    message.cork();
    message[kTickCorked] = true;
    process.nextTick(uncorkAfterTick, message);
  }
}

function uncorkAfterTick(message) {
  message[kTickCorked] = false;
  if (message[kCorked] > 0) message.uncork();
}

OutgoingMessage.prototype.write = function write(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  const length = checkChunk(chunk, encoding);
  if (this.finished) {
    fail(this, new codes.ERR_STREAM_WRITE_AFTER_END(), callback);
    return false;
  }
  if (this.destroyed) {
    fail(this, new codes.ERR_STREAM_DESTROYED('write'), callback);
    return false;
  }
  if (this[kHeader] === null) this._implicitHeader();
  strictLengthError(this, length, false);
  corkForThisTick(this);
  const more = writeChunk(this, chunk, encoding, callback, length);
  if (!more) this[kNeedDrain] = true;
  return more;
};

OutgoingMessage.prototype.addTrailers = function addTrailers(headers) {
  this._trailer = '';
  const entries = Array.isArray(headers) ? headers : Object.entries(headers);
  for (const { 0: name, 1: value } of entries) {
    validateHeaderName(name, 'Trailer name');
    for (const item of [].concat(value)) {
      if (checkInvalidHeaderChar(item)) throw new codes.ERR_INVALID_CHAR('trailer content', name);
      this._trailer += `${name}: ${item}\r\n`;
    }
  }
};

function uncorkFully(socket) {
  while (socket?.writableCorked > 0) socket.uncork();
}

// The message has been handed over. What its kind does about that comes before the program's listeners.
function finish(message) {
  if (message[kSocket]?._hadError) return;
  message[kFinished] = true;
  message[kBeforeFinish]();
  message.emit('finish');
}

OutgoingMessage.prototype[kBeforeFinish] = noop;

// Tries to write to the connection in C; false when the socket has to.
OutgoingMessage.prototype[kSendNow] = () => false;

// Tries to send all of the message at once, in C; false when it has to go the long way.
OutgoingMessage.prototype[kRespond] = () => false;

OutgoingMessage.prototype.end = function end(chunk, encoding, callback) {
  if (encoding === undefined && callback === undefined && typeof this[kHeader] !== 'string' &&
      this[kRespond](chunk)) {
    return this;
  }
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  const hasChunk = chunk !== undefined && chunk !== null;
  const length = hasChunk ? checkChunk(chunk, encoding) : 0;
  if (this.finished) {
    const error = hasChunk ? new codes.ERR_STREAM_WRITE_AFTER_END() : new codes.ERR_STREAM_ALREADY_FINISHED('end');
    if (hasChunk) fail(this, error, callback);
    else if (typeof callback === 'function') {
      if (this.writableFinished) process.nextTick(callback, error);
      else this.once('finish', callback);
    }
    return this;
  }
  if (this.destroyed) {
    this.finished = true;
    return this;
  }
  if (this[kHeader] === null) {
    this._contentLength = length;
    this._implicitHeader();
  }
  strictLengthError(this, length, true);
  if (typeof callback === 'function') this.prependOnceListener('finish', callback); // Node's comes before the listeners
  const done = () => finish(this);
  if (hasChunk && length > 0 && !this._hasBody && this[kRejectBody]) throw new codes.ERR_HTTP_BODY_NOT_ALLOWED();
  // All that is left leaves together.
  const hasRest = length > 0 && this._hasBody;
  if (hasRest) addPiece(this, chunk, encoding, null, length);
  if (hasRest && !this.chunkedEncoding) this[kBytesWritten] += length;
  const pieces = takePieces(this);
  while (this[kCorked] > 0) this.uncork();
  uncorkFully(this[kSocket]);
  const tail = this._hasBody && this.chunkedEncoding ? `0\r\n${this._trailer}\r\n` : '';
  if (pieces !== null) sendTogether(this, pieces, tail, done);
  else if (tail !== '') this._send(tail, 'latin1', done);
  else if (!this._headerSent || this.writableLength > 0) this._send('', 'latin1', done);
  else process.nextTick(done);
  this.finished = true;
  if (this.outputData.length === 0 && this[kSocket]?._httpMessage === this) this._finish();
  return this;
};

OutgoingMessage.prototype._finish = function _finish() {
  this.emit('prefinish');
};

// --- once there is a socket ------------------------------------------------------------------------------------------------

OutgoingMessage.prototype._flushOutput = function _flushOutput(socket) {
  while (this[kCorked] > 0) {
    this[kCorked]--;
    socket.cork();
  }
  const { outputData } = this;
  let more = true;
  if (outputData.length === 0) return more;
  if (outputData.length === 1) {
    const { data, encoding, callback } = outputData[0];
    more = socket.write(data, encoding, callback);
  } else {
    socket.cork();
    for (const { data, encoding, callback } of outputData) more = socket.write(data, encoding, callback);
    socket.uncork();
  }
  this.outputData = [];
  this._onPendingData(-this.outputSize);
  this.outputSize = 0;
  return more;
};

OutgoingMessage.prototype._flush = function _flush() {
  const socket = this[kSocket];
  if (!socket || !socket.writable) return;
  const more = this._flushOutput(socket);
  if (this.finished) {
    this._finish();
  } else if (more && this[kNeedDrain]) {
    this[kNeedDrain] = false;
    this.emit('drain');
  }
};

OutgoingMessage.prototype.flushHeaders = function flushHeaders() {
  if (this[kHeader] === null) this._implicitHeader();
  if (!this._headerSent) this._send('');
};

// The socket can take more.
function drain(message) {
  if (message && !message.finished && message[kNeedDrain]) {
    message[kNeedDrain] = false;
    message.emit('drain');
  }
}

for (const fn of [validateHeaderName, validateHeaderValue]) Object.defineProperty(fn, 'length', { __proto__: null, value: 0 });

module.exports = {
  OutgoingMessage,
  SENT,
  drain,
  finish,
  kBeforeFinish,
  kCorked,
  kFinished,
  kHeader,
  kHighWaterMark,
  kMarks,
  kOutHeaders,
  kRejectBody,
  kRespond,
  kSendNow,
  kSettled,
  kSocket,
  kUniqueHeaders,
  storeDeferred,
  validateHeaderName,
  validateHeaderValue,
};

// SPDX-License-Identifier: MIT
'use strict';

// The HTTP server: connections, the order of responses on one, timeouts, and what a malformed request gets.

const net = require('net');
const { EventEmitter } = require('events');
const { Channel } = require('diagnostics_channel');
const { serverRequestStart, serverResponseCreated, serverResponseFinish } = require('internal/channels');
const {
  OutgoingMessage, SENT, drain, finish, kBeforeFinish, kCorked, kFinished, kHeader, kHighWaterMark, kMarks,
  kOutHeaders, kRejectBody, kRespond, kSendNow, kSettled, kSocket, kUniqueHeaders, storeDeferred, validateHeaderName,
  validateHeaderValue,
} = require('_http_outgoing');
const {
  IncomingMessage, abortSignalOf, completeWithoutBody, fillHead, isUntouched, kPhase, newRequest, passUnread, readStart, requestStamps,
} = require('_http_incoming');
const {
  HTTPParser, HEAD_HAS_BODY, HEAD_HAS_EXPECT, HEAD_HAS_HOST, HEAD_KEEP_ALIVE, HEAD_UPGRADE,
  _checkInvalidHeaderChar: checkInvalidHeaderChar, chunkExpression, continueExpression, freeParser, prepareError,
  startParser,
} = require('_http_common');
const { ConnResetException, ErrnoException, codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateInteger, validateObject } = require('internal/validators');
const { kTakeBack } = require('internal/net');
const { defineExchange, deferHead, finishResponse, respond } = internalBinding('http_parser');
const { idle, isIdle } = require('internal/streams/writable');
const { makeStamp } = internalBinding('util');
const { Buffer } = require('buffer');

const kConnections = Symbol('connections');
const kConnection = Symbol('connection');
const kMessageOptions = Symbol('messageOptions');
const kCheckTimer = Symbol('connectionsCheckTimer');

// What a parser's callback answers: the message was complete with its head.
const ENDS_SILENTLY = 4;
const kIncomingMessage = Symbol('IncomingMessage');
const kServerResponse = Symbol('ServerResponse');

const STATUS_CODES = {
  100: 'Continue', 101: 'Switching Protocols', 102: 'Processing', 103: 'Early Hints', 200: 'OK', 201: 'Created', 202: 'Accepted',
  203: 'Non-Authoritative Information', 204: 'No Content', 205: 'Reset Content', 206: 'Partial Content', 207: 'Multi-Status',
  208: 'Already Reported', 226: 'IM Used', 300: 'Multiple Choices', 301: 'Moved Permanently', 302: 'Found', 303: 'See Other',
  304: 'Not Modified', 305: 'Use Proxy', 307: 'Temporary Redirect', 308: 'Permanent Redirect', 400: 'Bad Request',
  401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed',
  406: 'Not Acceptable', 407: 'Proxy Authentication Required', 408: 'Request Timeout', 409: 'Conflict', 410: 'Gone',
  411: 'Length Required', 412: 'Precondition Failed', 413: 'Payload Too Large', 414: 'URI Too Long',
  415: 'Unsupported Media Type', 416: 'Range Not Satisfiable', 417: 'Expectation Failed', 418: "I'm a Teapot",
  421: 'Misdirected Request', 422: 'Unprocessable Entity', 423: 'Locked', 424: 'Failed Dependency', 425: 'Too Early',
  426: 'Upgrade Required', 428: 'Precondition Required', 429: 'Too Many Requests', 431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons', 500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway',
  503: 'Service Unavailable', 504: 'Gateway Timeout', 505: 'HTTP Version Not Supported', 506: 'Variant Also Negotiates',
  507: 'Insufficient Storage', 508: 'Loop Detected', 509: 'Bandwidth Limit Exceeded', 510: 'Not Extended',
  511: 'Network Authentication Required',
};

// --- ServerResponse ----------------------------------------------------------------------------------------------------

function ServerResponse(req, options) {
  OutgoingMessage.call(this, options);
  if (req.method === 'HEAD') this._hasBody = false;
  this.req = req;
  this[kConnection] = null;
  this.sendDate = true;
  this._sent100 = false;
  this._expect_continue = false;
  this._maxRequestsPerSocket = 0;
  if (req.httpVersionMajor < 1 || req.httpVersionMinor < 1) {
    this.useChunkedEncodingByDefault = chunkExpression.test(req.headers.te);
    this.shouldKeepAlive = false;
  }
}
Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ServerResponse, OutgoingMessage);

ServerResponse.prototype.statusCode = 200;
ServerResponse.prototype.statusMessage = undefined;

function onResponseSocketClose() {
  const message = this._httpMessage;
  if (!message) return;
  message.destroyed = true;
  message._closed = true;
  message.emit('close');
}

// The usual case: the message is new, nobody listens, nothing has been written.
function attach(res, socket) {
  socket._httpMessage = res;
  res[kSocket] = socket;
  if (res._events !== undefined) res.emit('socket', socket);
  if (res.outputData.length > 0 || res.finished) res._flush();
}

// For programs that bring a socket of their own.
ServerResponse.prototype.assignSocket = function assignSocket(socket) {
  if (socket._httpMessage) throw new codes.ERR_HTTP_SOCKET_ASSIGNED();
  socket._httpMessage = this;
  socket.on('close', onResponseSocketClose);
  this.socket = socket;
  this.emit('socket', socket);
  this._flush();
};

ServerResponse.prototype.detachSocket = function detachSocket(socket) {
  socket.removeListener('close', onResponseSocketClose);
  socket._httpMessage = null;
  this.socket = null;
};

ServerResponse.prototype._writeInterim = function _writeInterim(text, callback) {
  if (this[kHeader] !== null) throw new codes.ERR_HTTP_HEADERS_SENT('write');
  return this._writeRaw(text, 'latin1', callback);
};

ServerResponse.prototype.writeContinue = function writeContinue(callback) {
  this._writeInterim('HTTP/1.1 100 Continue\r\n\r\n', callback);
  this._sent100 = true;
};

ServerResponse.prototype.writeProcessing = function writeProcessing(callback) {
  this._writeInterim('HTTP/1.1 102 Processing\r\n\r\n', callback);
};

ServerResponse.prototype.writeInformation = function writeInformation(statusCode, headers, callback) {
  validateInteger(statusCode, 'statusCode', 100, 199);
  if (statusCode === 101) throw new codes.ERR_HTTP_INVALID_STATUS_CODE(statusCode);
  let text = `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode] || 'unknown'}\r\n`;
  if (headers !== undefined && headers !== null) {
    if (typeof headers !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('headers', 'object', headers);
    for (const { 0: name, 1: value } of headerPairs(headers)) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
      text += `${name}: ${value}\r\n`;
    }
  }
  return this._writeInterim(`${text}\r\n`, callback);
};

// [name, value] of headers as writeHead takes them: an object, a flat list, or a list of pairs.
function headerPairs(headers) {
  if (!Array.isArray(headers)) return Object.entries(headers);
  if (Array.isArray(headers[0])) return headers;
  if (headers.length % 2 !== 0) throw new codes.ERR_INVALID_ARG_VALUE('headers', headers);
  return headers.flatMap((name, k) => (k % 2 === 0 ? [[name, headers[k + 1]]] : []));
}

// RFC 8288, one link-value.
const linkPattern = /^<[^>\r\n]*>(?:\s*;\s*[^;"\s=]+(?:=(?:"[^"\r\n]*"|[^;"\s]+))?)*$/;

ServerResponse.prototype.writeEarlyHints = function writeEarlyHints(hints, callback) {
  validateObject(hints, 'hints');
  const { link } = hints;
  if (link === null || link === undefined || (Array.isArray(link) && link.length === 0)) return;
  for (const item of [].concat(link)) {
    if (typeof item !== 'string' || !linkPattern.test(item)) {
      throw new codes.ERR_INVALID_ARG_VALUE(
        'hints', item, 'must be an array or string of format "</styles.css>; rel=preload; as=style"');
    }
  }
  const headers = { Link: [].concat(link).join(', ') };
  for (const name of Object.keys(hints)) if (name !== 'link') headers[name] = hints[name];
  this.writeInformation(103, headers, callback);
};

ServerResponse.prototype._implicitHeader = function _implicitHeader() {
  this.writeHead(this.statusCode);
};

ServerResponse.prototype.writeHead = function writeHead(statusCode, reason, headers) {
  if (this[kHeader] !== null) throw new codes.ERR_HTTP_HEADERS_SENT('write');
  const given = statusCode;
  statusCode |= 0;
  if (statusCode < 100 || statusCode > 999) throw new codes.ERR_HTTP_INVALID_STATUS_CODE(given);
  if (typeof reason === 'string') {
    this.statusMessage = reason;
  } else {
    this.statusMessage ||= STATUS_CODES[statusCode] || 'unknown';
    headers ??= reason;
  }
  this.statusCode = statusCode;
  let lines = headers;
  if (this[kOutHeaders] !== null) {
    if (Array.isArray(headers)) {
      // A list of pairs is for responses without headers only.
      if (headers.length % 2 !== 0) throw new codes.ERR_INVALID_ARG_VALUE('headers', headers);
      for (let i = 0; i < headers.length; i += 2) this.removeHeader(headers[i]);
      for (let i = 0; i < headers.length; i += 2) this.appendHeader(headers[i], headers[i + 1]);
    } else if (headers) {
      for (const name of Object.keys(headers)) this.setHeader(name, headers[name]);
    }
    lines = this[kOutHeaders];
  }
  if (checkInvalidHeaderChar(this.statusMessage)) throw new codes.ERR_INVALID_CHAR('statusMessage');
  if (statusCode === 204 || statusCode === 304 || statusCode < 200) this._hasBody = false;
  if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false;
  // C may write it with a body that follows at once, unless it has refused that already: then end() makes the head.
  if (this._contentLength !== null || !deferHead(this, statusCode, lines)) this._storeHeader(`HTTP/1.1 ${statusCode} ${this.statusMessage}\r\n`, lines);
  return this;
};

ServerResponse.prototype.writeHeader = ServerResponse.prototype.writeHead;

ServerResponse.prototype._onPendingData = function _onPendingData(bytes) {
  const connection = this[kConnection];
  if (connection === null) return;
  connection.buffered += bytes;
  if (bytes < 0) resumeAfterOutput(connection);
};

const { write: socketWrite } = net.Socket.prototype;
const { emit: ownEmit } = EventEmitter.prototype;
const { writeHead, _implicitHeader: implicitHeader, _storeHeader: storeHeader } = ServerResponse.prototype;

// Responses too are copies of one.
let stampResponse = null;

function newResponse(req, connection, outputData, keepsAlive, keepAliveTimeout, maxRequests, highWaterMark, rejectBody) {
  if (stampResponse === null) makeStamps();
  return stampResponse(req, connection, outputData, keepsAlive, keepAliveTimeout, maxRequests, highWaterMark, rejectBody, null);
}

function makeStamps() {
  let res;
  // The engine learns from the first how much room they need.
  for (let i = 0; i < 3; i++) res = new ServerResponse({ method: 'GET', httpVersionMajor: 1, httpVersionMinor: 1 }, undefined);
  stampResponse = makeStamp(res, [
    'req', kConnection, 'outputData', 'shouldKeepAlive', '_keepAliveTimeout', '_maxRequestsPerSocket', kHighWaterMark, kRejectBody, kSocket,
  ]);
}

// C handles exchanges by itself (http_exchange.h), as long as these are what it meets.
function prepareExchanges() {
  const { bits } = require('internal/streams/state');
  const { destroy, _destroy } = IncomingMessage.prototype;
  if (stampResponse === null) makeStamps();
  defineExchange({
    ...requestStamps(), stampResponse, kPhase, kConnection, kSocket, kHeader, kOutHeaders, kMarks, kSettled, kCorked, kFinished,
    kUniqueHeaders, emit: ownEmit, destroy, _destroy, socketWrite, writeHead, implicitHeader, storeHeader,
    STATUS_CODES, serverRequestStart, serverResponseCreated, serverResponseFinish, Channel,
    idleMask: idle.mask, idleBits: idle.bits, endEmitted: bits.END_EMITTED, finish, finishLater, failWrite,
  });
}

function finishLater(res) {
  process.nextTick(finishResponse, res);
}

function failWrite(socket, errno) {
  socket.destroy(new ErrnoException(errno, 'write'));
}

ServerResponse.prototype[kRespond] = respond;

ServerResponse.prototype[kSendNow] = function(data, isLatin1) {
  const connection = this[kConnection];
  const socket = this[kSocket];
  if (connection === null || !connection.isDirect || connection.parser === null || socket === null || socket.destroyed ||
      socket._httpMessage !== this || socket.write !== socketWrite || this.outputData.length > 0 ||
      !isIdle(socket._writableState)) {
    return false;
  }
  const error = connection.parser.send(data, isLatin1);
  if (error === undefined) return false;
  if (error < 0) socket.destroy(new ErrnoException(error, 'write'));
  else socket._unrefTimer();
  return true;
};

// The text of the head that C wrote.
ServerResponse.prototype._describeHead = function _describeHead() {
  const { _last, shouldKeepAlive, chunkedEncoding } = this;
  if (this[kSettled] !== null) {
    storeDeferred(this);
  } else {
    this[kHeader] = null;
    this._storeHeader(`HTTP/1.1 ${this.statusCode} ${this.statusMessage}\r\n`, this[kOutHeaders]);
  }
  this._headerSent = true;
  this._last = _last;
  this.shouldKeepAlive = shouldKeepAlive;
  this.chunkedEncoding = chunkedEncoding;
};

// --- connections ---------------------------------------------------------------------------------------------------------

// What responses are made with: one object for the connections of a server, as long as they are alike.
function messageOptions(server, highWaterMark) {
  const { rejectNonStandardBodyWrites } = server;
  const known = server[kMessageOptions];
  if (known?.highWaterMark === highWaterMark && known.rejectNonStandardBodyWrites === rejectNonStandardBodyWrites) return known;
  return server[kMessageOptions] = { highWaterMark, rejectNonStandardBodyWrites };
}

// One per socket. request: the oldest that is not answered yet, later: those behind it; waiting: responses behind the current one.
class Connection {
  constructor(server, socket) {
    this.server = server;
    this.socket = socket;
    this.request = null;
    this.later = null; // an array, while there are some
    this.waiting = null; // likewise
    this.requests = 0; // while their number is limited
    this.buffered = 0; // bytes in responses that wait for their turn
    this.isIdleTimer = false;
    this.failed = false;
    this.upgrading = null;
    this.messageOptions = messageOptions(server, socket.writableHighWaterMark);
    this.parser = startParser(this, socket, HTTPParser.REQUEST, onRequestHead, server);
    this.mayConsume = socket instanceof net.Socket && Boolean(socket._handle) && socket.listenerCount('data') === 0 &&
      socket.listenerCount('readable') === 0 && socket.readableLength === 0;
    this.isConsuming = false;
    this.isDirect = false; // responses too are written by C
  }
}

// C reads and parses for as long as nobody else looks at the socket's data.
function consume(connection, socket) {
  const { parser, server } = connection;
  parser[HTTPParser.kOnExecute] = onExecute;
  parser[HTTPParser.kOnTimeout] = onIdleTime;
  if (stampResponse === null) prepareExchanges();
  const isUsual = server[kServerResponse] === ServerResponse;
  connection.isConsuming =
    parser.consume(socket._handle, isUsual, isUsual && server[kIncomingMessage] === IncomingMessage && server[kUniqueHeaders] === null);
  connection.isDirect = connection.isConsuming && isUsual;
  if (connection.isConsuming) socket[kTakeBack] = takeBack;
}

// Somebody listens to the socket's data: the stream hands it out again, to this server too.
function takeBack(socket) {
  socket[kTakeBack] = null;
  const connection = socket[kConnection];
  if (!connection.isConsuming) return;
  connection.isConsuming = connection.isDirect = false;
  if (connection.parser !== null) connection.parser.unconsume();
}

// The bytes of requests are no text.
function refuseEncoding() {
  throw new codes.ERR_HTTP_SOCKET_ENCODING();
}

function connectionListener(socket) {
  const connection = new Connection(this, socket);
  socket[kConnection] = connection;
  socket.on('data', onSocketData); // what programs push themselves comes this way even while C reads
  if (connection.mayConsume) consume(connection, socket);
  socket.server = this;
  socket.parser = connection.parser;
  socket._httpMessage = null;
  this[kConnections].add(connection);
  if (this.timeout && typeof socket.setTimeout === 'function') socket.setTimeout(this.timeout);
  socket.on('timeout', onSocketTimeout);
  socket.setEncoding = refuseEncoding;
  socket.on('error', onSocketError);
  socket.on('end', onSocketEnd);
  socket.on('close', onSocketClose);
  socket.on('drain', onSocketDrain);
}

// The time for another request on the connection is over.
function onIdleTime() {
  this.socket.emit('timeout');
}

function onSocketTimeout() {
  const { server, request, later } = this[kConnection];
  const req = later === null ? request : later[later.length - 1];
  const handledByRequest = req && !req.complete && req.emit('timeout', this);
  const res = this._httpMessage;
  const handledByResponse = res && res.emit('timeout', this);
  const handledByServer = server.emit('timeout', this);
  if (!handledByRequest && !handledByResponse && !handledByServer) this.destroy();
}

function stopIdleTimer(connection) {
  if (!connection.isIdleTimer) return;
  connection.isIdleTimer = false;
  connection.socket.setTimeout(connection.server.timeout || 0);
}

function onSocketData(chunk) {
  const connection = this[kConnection];
  const { parser } = connection;
  if (!parser) return;
  stopIdleTimer(connection);
  afterParsing(connection, parser.execute(chunk), chunk);
}

// A read of C's that was not simply taken.
function onExecute(outcome, bytes) {
  if (this.owner !== null) afterParsing(this.owner, outcome, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

// outcome: bytes parsed, or an Error.
function afterParsing(connection, outcome, chunk) {
  if (typeof outcome !== 'number') failConnection(connection.socket, outcome, chunk);
  else if (connection.upgrading) upgradeConnection(connection.socket, connection, chunk.subarray(outcome));
}

// While much of the responses is to be sent, no more requests are read than have come.
function pauseForOutput({ buffered, socket }) {
  if ((buffered >= socket.writableHighWaterMark || socket.writableNeedDrain) && !socket._pausedForOutput) {
    socket._pausedForOutput = true;
    socket.pause();
  }
}

function resumeAfterOutput({ buffered, socket }) {
  if (socket._pausedForOutput && buffered < socket.writableHighWaterMark) {
    socket._pausedForOutput = false;
    socket.resume();
  }
}

function upgradeConnection(socket, connection, head) {
  const { server, upgrading: req } = connection;
  const event = req.method === 'CONNECT' ? 'connect' : 'upgrade';
  releaseSocket(socket, connection);
  if (server.listenerCount(event) === 0) {
    socket.destroy();
    return;
  }
  socket.readableFlowing = null;
  server.emit(event, req, socket, Buffer.from(head.buffer, head.byteOffset, head.byteLength));
}

// The socket no longer speaks HTTP.
function releaseSocket(socket, connection) {
  socket[kTakeBack] = null;
  socket.removeListener('data', onSocketData);
  socket.removeListener('end', onSocketEnd);
  socket.removeListener('close', onSocketClose);
  socket.removeListener('drain', onSocketDrain);
  socket.removeListener('error', onSocketError);
  socket.removeListener('timeout', onSocketTimeout);
  forgetConnection(socket, connection);
}

function forgetConnection(socket, connection) {
  connection.server[kConnections].delete(connection);
  connection.isConsuming = connection.isDirect = false;
  freeParser(connection.parser);
  connection.parser = socket.parser = null;
}

const answers = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

function ignoreError() {}

function onSocketError(error) {
  this.removeListener('error', onSocketError);
  if (this.listenerCount('error', ignoreError) === 0) this.on('error', ignoreError);
  if (this.server.emit('clientError', error, this)) return;
  const current = this._httpMessage;
  if (this.writable && (!current || !current._headerSent)) {
    const status = answers[error.code] ?? 400;
    this.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`);
  }
  this.destroy(error);
}

function failConnection(socket, error, chunk) {
  socket[kConnection].failed = true;
  prepareError(error, chunk);
  onSocketError.call(socket, error);
}

function addRequest(connection, req) {
  if (connection.request === null) connection.request = req;
  else (connection.later ??= []).push(req);
}

function removeRequest(connection, req) {
  const { later } = connection;
  if (connection.request === req) {
    connection.request = later === null ? null : later.shift();
  } else {
    const at = later === null ? -1 : later.indexOf(req);
    if (at >= 0) later.splice(at, 1);
  }
  if (later !== null && later.length === 0) connection.later = null;
}

function abortIncoming(connection) {
  for (let req; (req = connection.request) !== null;) {
    removeRequest(connection, req);
    if (!req.destroyed) req.destroy(new ConnResetException('aborted'));
  }
}

function onSocketEnd() {
  const connection = this[kConnection];
  const { parser, server } = connection;
  if (parser && !connection.failed) {
    const error = parser.finish();
    if (error) {
      failConnection(this, error, undefined);
      return;
    }
  }
  if (!server.httpAllowHalfOpen) {
    abortIncoming(connection);
    this.end();
  } else if (connection.waiting !== null) {
    connection.waiting[connection.waiting.length - 1]._last = true;
  } else if (this._httpMessage) {
    this._httpMessage._last = true;
  } else {
    this.end();
  }
}

function onSocketClose() {
  const connection = this[kConnection];
  forgetConnection(this, connection);
  abortIncoming(connection);
  const current = this._httpMessage;
  if (current && current[kConnection] === connection) {
    onResponseSocketClose.call(this);
    abortSignalOf(current.req);
  }
  for (const res of connection.waiting ?? []) {
    res.destroyed = true;
    res._closed = true;
    res.emit('close');
    abortSignalOf(res.req);
  }
}

function onSocketDrain() {
  resumeAfterOutput(this[kConnection]);
  drain(this._httpMessage);
}

// --- requests -----------------------------------------------------------------------------------------------------------

// A request's head is there, and C left it to us. Returns what happens to the rest: 0 it is read, 2 it is not HTTP, ENDS_SILENTLY there is none.
function onRequestHead(flags, packed, method, url) {
  const connection = this.owner;
  const { server, socket } = connection;
  const isUsual = (flags & (0xff | HEAD_UPGRADE)) === 0x11; // HTTP/1.1
  let req;
  if (isUsual && server[kIncomingMessage] === IncomingMessage) {
    req = newRequest(socket, (flags & HEAD_HAS_BODY) !== 0, packed, method, url, this.joinDuplicateHeaders);
    this.incoming = req;
  } else {
    req = new server[kIncomingMessage](socket);
    fillHead(req, this, flags, packed);
    req.method = method;
    req.url = url;
  }
  if (req.upgrade) {
    req.upgrade = method === 'CONNECT' || (server.listenerCount('upgrade') > 0 && server.shouldUpgradeCallback(req));
    if (req.upgrade) {
      connection.upgrading = req;
      return 2;
    }
  }
  if (connection.buffered > 0 || socket.writableLength > 0) pauseForOutput(connection);
  addRequest(connection, req);
  const { keepAliveTimeout, maxRequestsPerSocket } = server;
  const keepsAlive = (flags & HEAD_KEEP_ALIVE) !== 0;
  let res;
  if (isUsual && method !== 'HEAD' && server[kServerResponse] === ServerResponse) {
    const { highWaterMark, rejectNonStandardBodyWrites } = connection.messageOptions;
    res = newResponse(req, connection, [], keepsAlive, keepAliveTimeout, maxRequestsPerSocket, highWaterMark, rejectNonStandardBodyWrites);
  } else {
    res = new server[kServerResponse](req, connection.messageOptions);
    res[kConnection] = connection;
    res._keepAliveTimeout = keepAliveTimeout;
    res._maxRequestsPerSocket = maxRequestsPerSocket;
    res.shouldKeepAlive = keepsAlive;
  }
  if (serverResponseCreated.hasSubscribers) serverResponseCreated.publish({ request: req, response: res });
  if (server[kUniqueHeaders] !== null) res[kUniqueHeaders] = server[kUniqueHeaders];
  if (socket._httpMessage) (connection.waiting ??= []).push(res);
  else attach(res, socket);
  try {
    dispatch(connection, req, res, flags);
  } finally {
    if ((flags & HEAD_HAS_BODY) === 0) {
      this.incoming = null;
      completeWithoutBody(req);
    }
  }
  return (flags & HEAD_HAS_BODY) === 0 ? ENDS_SILENTLY : 0;
}

function dispatch(connection, req, res, flags) {
  const { server, socket } = connection;
  if (serverRequestStart.hasSubscribers) serverRequestStart.publish({ request: req, response: res, socket, server });
  if (server.maxRequestsPerSocket > 0) {
    connection.requests++;
    res.maxRequestsOnConnectionReached = server.maxRequestsPerSocket <= connection.requests;
    if (server.maxRequestsPerSocket < connection.requests) {
      server.emit('dropRequest', req, socket);
      res.writeHead(503);
      res.end();
      return;
    }
  }
  if ((flags & 0xff) === 0x11) { // HTTP/1.1
    if (server.requireHostHeader && (flags & HEAD_HAS_HOST) === 0) {
      res.writeHead(400, ['Connection', 'close']);
      res.end();
      return;
    }
    if ((flags & HEAD_HAS_EXPECT) !== 0) {
      const { expect } = req.headers;
      if (continueExpression.test(expect)) {
        res._expect_continue = true;
        if (server.listenerCount('checkContinue') > 0) {
          server.emit('checkContinue', req, res);
          return;
        }
        res.writeContinue();
      } else if (server.listenerCount('checkExpectation') > 0) {
        server.emit('checkExpectation', req, res);
        return;
      } else {
        res.writeHead(417);
        res.end();
        return;
      }
    }
  }
  server.emit('request', req, res);
}

function closeAnswered(req, res) {
  if (req !== null) {
    if (isUntouched(req)) passUnread(req);
    else if (!req._consuming) req._dump();
  }
  if (res._closed) return;
  res.destroyed = true;
  res._closed = true;
  res.emit('close');
}

// Of a request nobody looked at the end is only noted: reading it would say 'end' and 'close' to no one.
function settleRequest(req, res) {
  const isUnread = isUntouched(req);
  // A body nobody read must pass before the next request.
  if (!isUnread && !req._consuming && !req.readableEnded) req._dump();
  if (res._events !== undefined || res.emit !== ownEmit) {
    process.nextTick(closeAnswered, isUnread ? req : null, res);
    return;
  }
  if (isUnread) passUnread(req);
  res.destroyed = true;
  res._closed = true;
}

ServerResponse.prototype[kBeforeFinish] = function() {
  const connection = this[kConnection];
  if (connection === null) return;
  const { server, socket, waiting } = connection;
  const { req } = this;
  if (serverResponseFinish.hasSubscribers) serverResponseFinish.publish({ request: req, response: this, socket, server });
  removeRequest(connection, req);
  socket._httpMessage = null;
  this[kSocket] = null;
  if (connection.parser !== null && connection.parser.incoming === req) forgetIncoming(connection.parser, req);
  settleRequest(req, this);
  if (this._last) {
    if (typeof socket.destroySoon === 'function') socket.destroySoon();
    else socket.end();
  } else if (waiting !== null) {
    const next = waiting.shift();
    if (waiting.length === 0) connection.waiting = null;
    attach(next, socket);
  } else if (this[kHeader] !== SENT && server.keepAliveTimeout) {
    startIdleTimer(connection, server.keepAliveTimeout + server.keepAliveTimeoutBuffer);
  }
};

// The parser holds no request that has been answered and read.
function forgetIncoming(parser, req) {
  if (req.readableEnded) {
    parser.incoming = null;
  } else {
    req.on('end', () => {
      if (parser.incoming === req) parser.incoming = null;
    });
  }
}

function startIdleTimer(connection, time) {
  const { parser, socket } = connection;
  if (connection.isConsuming) {
    parser.wait(time);
  } else if (typeof socket.setTimeout === 'function' && parser !== null && parser.isBetweenMessages()) {
    socket.setTimeout(time);
    connection.isIdleTimer = true;
  }
}

// --- Server ---------------------------------------------------------------------------------------------------------------

function storeHTTPOptions(server, options) {
  server[kIncomingMessage] = options.IncomingMessage || IncomingMessage;
  server[kServerResponse] = options.ServerResponse || ServerResponse;
  const { maxHeaderSize, insecureHTTPParser, joinDuplicateHeaders, requireHostHeader, rejectNonStandardBodyWrites } = options;
  if (maxHeaderSize !== undefined) validateInteger(maxHeaderSize, 'maxHeaderSize', 0);
  if (insecureHTTPParser !== undefined) validateBoolean(insecureHTTPParser, 'options.insecureHTTPParser');
  if (requireHostHeader !== undefined) validateBoolean(requireHostHeader, 'options.requireHostHeader');
  if (joinDuplicateHeaders !== undefined) validateBoolean(joinDuplicateHeaders, 'options.joinDuplicateHeaders');
  server.maxHeaderSize = maxHeaderSize;
  server.insecureHTTPParser = insecureHTTPParser;
  const times = {
    requestTimeout: 300000, headersTimeout: undefined, keepAliveTimeout: 5000, keepAliveTimeoutBuffer: 1000, connectionsCheckingInterval: 30000,
  };
  for (const name in times) {
    const value = options[name];
    if (value !== undefined) validateInteger(value, name, 0);
    server[name] = value ?? times[name];
  }
  server.headersTimeout ??= Math.min(60000, server.requestTimeout || 60000);
  if (server.requestTimeout > 0 && server.headersTimeout > 0 && server.headersTimeout > server.requestTimeout) {
    throw new codes.ERR_OUT_OF_RANGE('headersTimeout', '<= requestTimeout', options.headersTimeout);
  }
  server.requireHostHeader = requireHostHeader ?? true;
  server.joinDuplicateHeaders = joinDuplicateHeaders;
  server.rejectNonStandardBodyWrites = rejectNonStandardBodyWrites ?? false;
  server[kUniqueHeaders] = options.uniqueHeaders ? new Set(options.uniqueHeaders.map((name) => `${name}`.toLowerCase())) : null;
  if (options.shouldUpgradeCallback !== undefined) validateFunction(options.shouldUpgradeCallback, 'options.shouldUpgradeCallback');
  server.shouldUpgradeCallback = options.shouldUpgradeCallback ?? (() => true);
}

function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  if (typeof options === 'function') {
    requestListener = options;
    options = {};
  } else if (options === undefined || options === null) {
    options = {};
  } else {
    validateObject(options, 'options');
    options = { ...options };
  }
  storeHTTPOptions(this, options);
  net.Server.call(this, {
    allowHalfOpen: true,
    noDelay: options.noDelay ?? true,
    keepAlive: options.keepAlive,
    keepAliveInitialDelay: options.keepAliveInitialDelay,
    highWaterMark: options.highWaterMark,
  });
  this.on('connection', connectionListener);
  setupServer(this, requestListener);
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

// What every server of HTTP/1 has, over whatever kind of connection.
function setupServer(server, requestListener) {
  if (requestListener) server.on('request', requestListener);
  server[kConnections] = new Set();
  server._closing = false;
  server.httpAllowHalfOpen = false;
  server.timeout = 0;
  server.maxHeadersCount = null;
  server.maxRequestsPerSocket = 0;
  server.on('listening', setupConnectionsTracking);
}

function setupConnectionsTracking() {
  if (this[kCheckTimer]) clearInterval(this[kCheckTimer]);
  if (this.connectionsCheckingInterval > 0) {
    this[kCheckTimer] = setInterval(checkConnections, this.connectionsCheckingInterval, this);
    this[kCheckTimer].unref();
  }
}

function checkConnections(server) {
  const { headersTimeout, requestTimeout } = server;
  for (const { socket, parser } of [...server[kConnections]]) {
    if (parser.isLate(headersTimeout, requestTimeout)) onSocketError.call(socket, new codes.ERR_HTTP_REQUEST_TIMEOUT());
  }
}

Server.prototype.setTimeout = function setTimeout(msecs, callback) {
  this.timeout = msecs;
  if (callback) this.on('timeout', callback);
  return this;
};

Server.prototype.closeAllConnections = function closeAllConnections() {
  for (const { socket } of [...this[kConnections]]) socket.destroy();
};

Server.prototype.closeIdleConnections = function closeIdleConnections() {
  for (const connection of [...this[kConnections]]) {
    if (connection.request === null && connection.parser.isBetweenMessages() && !connection.socket._httpMessage) connection.socket.destroy();
  }
};

Server.prototype.close = function close() {
  this.closeIdleConnections();
  clearInterval(this[kCheckTimer]);
  this[kCheckTimer] = undefined;
  return Reflect.apply(net.Server.prototype.close, this, arguments);
};

if (Symbol.asyncDispose) {
  Server.prototype[Symbol.asyncDispose] = function() {
    return new Promise((resolve, reject) => this.close((error) => (error ? reject(error) : resolve())));
  };
}

Server.prototype[Symbol.for('nodejs.rejection')] = function(error, event, ...args) {
  if (event !== 'request') return;
  const res = args[1];
  if (!res.headersSent && !res.writableEnded) {
    for (const name of res.getHeaderNames()) res.removeHeader(name);
    res.statusCode = 500;
    res.end(STATUS_CODES[500]);
  } else {
    res.destroy();
  }
};

module.exports = {
  STATUS_CODES,
  Server,
  ServerResponse,
  _connectionListener: connectionListener,
  kIncomingMessage,
  kServerResponse,
  readStart,
  setupConnectionsTracking,
  setupServer,
  storeHTTPOptions,
};

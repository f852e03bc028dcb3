// SPDX-License-Identifier: MIT
'use strict';

// The HTTP server: connections, the order of responses on one, timeouts, and what a malformed request gets.

const net = require('net');
const { OutgoingMessage, drain, kOutHeaders, kUniqueHeaders, validateHeaderName, validateHeaderValue } = require('_http_outgoing');
const { IncomingMessage, readStart } = require('_http_incoming');
const {
  HTTPParser, _checkInvalidHeaderChar: checkInvalidHeaderChar, chunkExpression, continueExpression, executeParser, freeParser,
  prepareError, startParser,
} = require('_http_common');
const { ConnResetException, codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateInteger, validateObject } = require('internal/validators');
const { Buffer } = require('buffer');

const kConnections = Symbol('connections');
const kConnection = Symbol('connection');
const kCheckTimer = Symbol('connectionsCheckTimer');
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
  this.sendDate = true;
  this._sent100 = false;
  this._expect_continue = false;
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
  this._writeRaw(text, 'latin1', callback);
};

ServerResponse.prototype.writeContinue = function writeContinue(callback) {
  this._writeInterim('HTTP/1.1 100 Continue\r\n\r\n', callback);
  this._sent100 = true;
};

ServerResponse.prototype.writeProcessing = function writeProcessing(callback) {
  this._writeInterim('HTTP/1.1 102 Processing\r\n\r\n', callback);
};

ServerResponse.prototype.writeInformation = function writeInformation(statusCode, headers, callback) {
  let text = `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode] || 'unknown'}\r\n`;
  for (const name of Object.keys(headers ?? {})) {
    validateHeaderName(name);
    for (const item of [].concat(headers[name])) {
      validateHeaderValue(name, item);
      text += `${name}: ${item}\r\n`;
    }
  }
  this._writeInterim(`${text}\r\n`, callback);
};

ServerResponse.prototype.writeEarlyHints = function writeEarlyHints(hints, callback) {
  validateObject(hints, 'hints');
  const { link } = hints;
  if (link === null || link === undefined || link.length === 0) return;
  const headers = { Link: [].concat(link).join(', ') };
  for (const name of Object.keys(hints)) if (name !== 'link') headers[name] = hints[name];
  this.writeInformation(103, headers, callback);
};

ServerResponse.prototype._implicitHeader = function _implicitHeader() {
  this.writeHead(this.statusCode);
};

ServerResponse.prototype.writeHead = function writeHead(statusCode, reason, headers) {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('write');
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
      const flat = Array.isArray(headers[0]) ? headers.flat() : headers;
      if (flat.length % 2 !== 0) throw new codes.ERR_INVALID_ARG_VALUE('headers', headers);
      for (let i = 0; i < flat.length; i += 2) this.removeHeader(flat[i]);
      for (let i = 0; i < flat.length; i += 2) this.appendHeader(flat[i], flat[i + 1]);
    } else if (headers) {
      for (const name of Object.keys(headers)) this.setHeader(name, headers[name]);
    }
    lines = this[kOutHeaders];
  }
  if (checkInvalidHeaderChar(this.statusMessage)) throw new codes.ERR_INVALID_CHAR('statusMessage');
  if (statusCode === 204 || statusCode === 304 || statusCode < 200) this._hasBody = false;
  if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false;
  this._storeHeader(`HTTP/1.1 ${statusCode} ${this.statusMessage}\r\n`, lines);
  return this;
};

ServerResponse.prototype.writeHeader = ServerResponse.prototype.writeHead;

// --- connections ---------------------------------------------------------------------------------------------------------

// One per socket. incoming: requests not answered yet, in order; waiting: responses behind the current one.
class Connection {
  constructor(server, socket) {
    this.server = server;
    this.socket = socket;
    this.incoming = [];
    this.waiting = [];
    this.requests = 0;
    this.buffered = 0; // bytes in responses that wait for their turn
    this.isIdleTimer = false;
    this.headersStart = Date.now(); // when the head now being read began, 0: none
    this.requestStart = Date.now(); // likewise the whole request
    this.failed = false;
    this.upgrading = null;
    this.parser = startParser(this, socket, HTTPParser.REQUEST, server);
    this.parser.messageClass = server[kIncomingMessage];
    this.parser.onIncoming = onIncoming;
    this.parser.onComplete = onRequestComplete;
  }
}

function onRequestComplete() {
  this.owner.requestStart = 0;
}

function connectionListener(socket) {
  const connection = new Connection(this, socket);
  socket[kConnection] = connection;
  socket.server = this;
  socket.parser = connection.parser;
  socket._httpMessage = null;
  this[kConnections].add(connection);
  if (this.timeout && typeof socket.setTimeout === 'function') socket.setTimeout(this.timeout);
  socket.on('timeout', onSocketTimeout);
  socket.on('data', onSocketData);
  socket.on('error', onSocketError);
  socket.on('end', onSocketEnd);
  socket.on('close', onSocketClose);
  socket.on('drain', onSocketDrain);
}

function onSocketTimeout() {
  const { server, incoming } = this[kConnection];
  const req = incoming[incoming.length - 1];
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
  if (!parser || connection.failed) return;
  stopIdleTimer(connection);
  if (connection.headersStart === 0 && connection.requestStart === 0) {
    connection.headersStart = connection.requestStart = Date.now();
  }
  const result = executeParser(parser, chunk);
  if (typeof result !== 'number') {
    failConnection(this, result, chunk);
  } else if (connection.upgrading) {
    upgradeConnection(this, connection, chunk.subarray(result));
  } else if (connection.buffered >= this.writableHighWaterMark && !this._paused) {
    this._pausedForOutput = true;
    this.pause();
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
  freeParser(connection.parser);
  connection.parser = socket.parser = null;
}

const answers = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

function onSocketError(error) {
  this.removeListener('error', onSocketError);
  this.on('error', () => {});
  if (this.server.emit('clientError', error, this)) return;
  const current = this._httpMessage;
  if (this.writable && (!current || !current._headerSent)) {
    const status = answers[error.code] ?? 400;
    this.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`);
  }
  if (typeof this.destroySoon === 'function') this.destroySoon();
  else this.destroy();
}

function failConnection(socket, error, chunk) {
  socket[kConnection].failed = true; // what still comes is not looked at
  prepareError(error, chunk);
  onSocketError.call(socket, error);
}

function abortIncoming(connection) {
  while (connection.incoming.length > 0) {
    const req = connection.incoming.shift();
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
  } else if (connection.waiting.length > 0) {
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
  for (const res of connection.waiting) {
    res.destroyed = true;
    res._closed = true;
    res.emit('close');
  }
}

function onSocketDrain() {
  if (this._pausedForOutput && this[kConnection].buffered < this.writableHighWaterMark) {
    this._pausedForOutput = false;
    this.resume();
  }
  drain(this._httpMessage);
}

// --- requests -----------------------------------------------------------------------------------------------------------

// Whether a head has a header, without making the headers object. name: in lower case.
function hasRawHeader(raw, name) {
  for (let i = 0; i < raw.length; i += 2) {
    if (raw[i].length === name.length && raw[i].toLowerCase() === name) return true;
  }
  return false;
}

// A request's head is there. Returns what onHeadersComplete of _http_common returns.
function onIncoming(req, keepAlive) {
  const connection = this.owner;
  const { server, socket } = connection;
  connection.headersStart = 0;
  if (req.upgrade) {
    const isConnect = req.method === 'CONNECT';
    req.upgrade = isConnect || (server.listenerCount('upgrade') > 0 && server.shouldUpgradeCallback(req));
    if (req.upgrade) {
      connection.upgrading = req;
      return 2;
    }
  }
  connection.incoming.push(req);
  const res = new server[kServerResponse](req, {
    highWaterMark: socket.writableHighWaterMark,
    rejectNonStandardBodyWrites: server.rejectNonStandardBodyWrites,
  });
  res._keepAliveTimeout = server.keepAliveTimeout;
  res._maxRequestsPerSocket = server.maxRequestsPerSocket;
  res._onPendingData = (bytes) => { connection.buffered += bytes; };
  res.shouldKeepAlive = keepAlive;
  res[kUniqueHeaders] = server[kUniqueHeaders];
  if (socket._httpMessage) connection.waiting.push(res);
  else res.assignSocket(socket);
  res.on('finish', () => onResponseFinish(connection, req, res));
  dispatch(connection, req, res);
  return 0;
}

function dispatch(connection, req, res) {
  const { server, socket } = connection;
  connection.requests++;
  if (server.maxRequestsPerSocket > 0) {
    res.maxRequestsOnConnectionReached = server.maxRequestsPerSocket <= connection.requests;
    if (server.maxRequestsPerSocket < connection.requests) {
      server.emit('dropRequest', req, socket);
      res.writeHead(503);
      res.end();
      return;
    }
  }
  const is11 = req.httpVersionMajor === 1 && req.httpVersionMinor === 1;
  if (is11) {
    if (server.requireHostHeader && !hasRawHeader(req.rawHeaders, 'host')) {
      res.writeHead(400, ['Connection', 'close']);
      res.end();
      return;
    }
    if (hasRawHeader(req.rawHeaders, 'expect')) {
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

// All of the request is there, it has no body, nobody has read it and nobody listens.
function isUntouched(req) {
  return req.complete && !req._consuming && !req._dumped && req._eventsCount === 0 && req.readableLength === 0 &&
    req.readableFlowing === null && !req.destroyed && req.emit === IncomingMessage.prototype.emit &&
    req.destroy === IncomingMessage.prototype.destroy && req._destroy === IncomingMessage.prototype._destroy;
}

// Of a request nobody looked at the end is only noted: reading it would say 'end' and 'close' to no one.
function closeAnswered(req, res) {
  if (req !== null) {
    if (isUntouched(req)) req._passUnread();
    else if (!req._consuming) req._dump();
  }
  if (res._closed) return;
  res.destroyed = true;
  res._closed = true;
  res.emit('close');
}

function onResponseFinish(connection, req, res) {
  const { server, socket } = connection;
  const at = connection.incoming.indexOf(req);
  if (at >= 0) connection.incoming.splice(at, 1);
  // A body nobody read must pass before the next request.
  const isUnread = isUntouched(req);
  if (!isUnread && !req._consuming) req._dump();
  res.detachSocket(socket);
  process.nextTick(closeAnswered, isUnread ? req : null, res);
  if (res._last) {
    if (typeof socket.destroySoon === 'function') socket.destroySoon();
    else socket.end();
  } else if (connection.waiting.length > 0) {
    connection.waiting.shift().assignSocket(socket);
  } else if (server.keepAliveTimeout && typeof socket.setTimeout === 'function') {
    if (connection.requestStart === 0) {
      socket.setTimeout(server.keepAliveTimeout + server.keepAliveTimeoutBuffer);
      connection.isIdleTimer = true;
    }
  }
  if (server._closing && connection.incoming.length === 0 && !res._last) socket.end();
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
  if (requestListener) this.on('request', requestListener);
  this[kConnections] = new Set();
  this._closing = false;
  this.httpAllowHalfOpen = false;
  this.timeout = 0;
  this.maxHeadersCount = null;
  this.maxRequestsPerSocket = 0;
  this.on('connection', connectionListener);
  this.on('listening', setupConnectionsTracking);
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

function setupConnectionsTracking() {
  this._closing = false;
  if (this[kCheckTimer]) clearInterval(this[kCheckTimer]);
  if (this.connectionsCheckingInterval > 0) {
    this[kCheckTimer] = setInterval(checkConnections, this.connectionsCheckingInterval, this);
    this[kCheckTimer].unref();
  }
}

function checkConnections(server) {
  const now = Date.now();
  const { headersTimeout, requestTimeout } = server;
  for (const { socket, headersStart, requestStart } of [...server[kConnections]]) {
    const isLate = (headersStart && headersTimeout && now - headersStart > headersTimeout) ||
      (requestStart && requestTimeout && now - requestStart > requestTimeout);
    if (isLate) onSocketError.call(socket, new codes.ERR_HTTP_REQUEST_TIMEOUT());
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
    if (connection.incoming.length === 0 && connection.requestStart === 0 && !connection.socket._httpMessage) connection.socket.destroy();
  }
};

Server.prototype.close = function close(callback) {
  this._closing = true;
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
  storeHTTPOptions,
};

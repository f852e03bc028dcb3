// SPDX-License-Identifier: MIT
'use strict';

// ClientRequest: one request over one connection, and its response.

const net = require('net');
const { clientRequestCreated, clientRequestError, clientRequestStart, clientResponseFinish } = require('internal/channels');
const { OutgoingMessage, drain, kOutHeaders, kUniqueHeaders } = require('_http_outgoing');
const Agent = require('_http_agent');
const {
  HEAD_KEEP_ALIVE, HEAD_UPGRADE, HTTPParser, _checkIsHttpToken: checkIsHttpToken, freeParser, prepareError, startParser,
} = require('_http_common');
const { IncomingMessage, fillHead, newAnswer } = require('_http_incoming');
const { Buffer } = require('buffer');
const { kMethodAsGiven, kTakeBack } = require('internal/net');
const { isIdle } = require('internal/streams/writable');
const { AbortError, ConnResetException, ErrnoException, codes } = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateInteger } = require('internal/validators');

const kPath = Symbol('path');
const kListening = Symbol('listening');
const badPathPattern = /[^\u0021-\u00ff]/;

// What a URL object says, as request options.
function urlToHttpOptions(url) {
  const options = {
    __proto__: null,
    ...url,
    protocol: url.protocol,
    hostname: url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname,
    hash: url.hash,
    search: url.search,
    pathname: url.pathname,
    path: `${url.pathname || ''}${url.search || ''}`,
    href: url.href,
  };
  if (url.port !== '') options.port = Number(url.port);
  if (url.username || url.password) {
    options.auth = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  }
  return options;
}

function readInput(input, options) {
  if (typeof input === 'string') {
    const { URL } = require('internal/url');
    input = urlToHttpOptions(new URL(input));
  } else if (input !== null && typeof input === 'object' && input.href !== undefined && input.searchParams !== undefined) {
    input = urlToHttpOptions(input);
  } else {
    options = input;
    input = null;
  }
  return { __proto__: null, ...input, ...options };
}

function hostLine(host, port, defaultPort) {
  const isV6 = host.includes(':') && !host.startsWith('[') && host.indexOf(':') !== host.lastIndexOf(':');
  const text = isV6 ? `[${host}]` : host;
  return port && +port !== defaultPort ? `${text}:${port}` : text;
}

function ClientRequest(input, options, callback) {
  OutgoingMessage.call(this);
  if (typeof options === 'function') {
    callback = options;
    options = null;
  }
  options = readInput(input, options);

  let { agent } = options;
  const defaultAgent = options._defaultAgent || Agent.globalAgent;
  if (agent === false) agent = new defaultAgent.constructor();
  else if (agent === null || agent === undefined) {
    if (typeof options.createConnection !== 'function') agent = defaultAgent;
  } else if (typeof agent.addRequest !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.agent', ['Agent-like Object', 'undefined', 'false'], agent);
  }
  this.agent = agent;

  const protocol = options.protocol || defaultAgent.protocol;
  const expected = this.agent?.protocol ?? defaultAgent.protocol;
  if (options.path) checkPath(options.path);
  if (protocol !== expected) throw new codes.ERR_INVALID_PROTOCOL(protocol, expected);

  const defaultPort = options.defaultPort || this.agent?.defaultPort;
  const port = options.port = options.port || defaultPort || 80;
  const host = options.host = validateHost(options.hostname, 'hostname') || validateHost(options.host, 'host') || 'localhost';
  const setsDefaults = options.setDefaultHeaders !== false;
  const setHost = options.setHost ?? setsDefaults;
  this._removedConnection = this._removedContLen = this._removedTE = !setsDefaults;

  this.socketPath = options.socketPath;
  if (options.timeout !== undefined) {
    validateInteger(options.timeout, 'timeout', 0);
    this.timeout = options.timeout;
  }
  const method = options.method;
  if (method !== undefined && method !== null && typeof method !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.method', 'string', method);
  }
  if (method && !checkIsHttpToken(method)) throw new codes.ERR_INVALID_HTTP_TOKEN('Method', method);
  this.method = options[kMethodAsGiven] ? method : method ? method.toUpperCase() : 'GET';
  if (options.insecureHTTPParser !== undefined) validateBoolean(options.insecureHTTPParser, 'options.insecureHTTPParser');
  this.insecureHTTPParser = options.insecureHTTPParser;
  if (options.maxHeaderSize !== undefined) validateInteger(options.maxHeaderSize, 'maxHeaderSize', 0);
  this.maxHeaderSize = options.maxHeaderSize;
  this.joinDuplicateHeaders = options.joinDuplicateHeaders;
  this[kUniqueHeaders] = options.uniqueHeaders ? new Set(options.uniqueHeaders.map((name) => `${name}`.toLowerCase())) : null;
  this.path = options.path || '/';
  if (callback) this.once('response', callback);

  this.useChunkedEncodingByDefault = !['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'].includes(this.method);
  this._ended = false;
  this.res = null;
  this.aborted = false;
  this.timeoutCb = null;
  this.upgradeOrConnect = false;
  this.parser = null;
  this.maxHeadersCount = null;
  this.reusedSocket = false;
  this.host = host;
  this.protocol = protocol;
  this.shouldKeepAlive = this.agent ? (this.agent.keepAlive || this.agent.maxSockets !== Infinity) : false;
  if (this.agent && !this.agent.keepAlive && this.agent.maxSockets === Infinity) this._last = true;

  const headersList = Array.isArray(options.headers) ? options.headers : null;
  if (options.headers && !headersList) {
    for (const name of Object.keys(options.headers)) this.setHeader(name, options.headers[name]);
  }
  if (!headersList) {
    if (host && !this.getHeader('host') && setHost) this.setHeader('Host', hostLine(host, port, defaultPort));
    if (options.auth && !this.getHeader('Authorization')) {
      this.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
    }
    if (this.getHeader('expect')) this._storeHeader(requestLine(this), this[kOutHeaders]);
  } else {
    this._storeHeader(requestLine(this), headersList);
  }

  if (options.signal) watchSignal(this, options.signal);
  if (clientRequestCreated.hasSubscribers) clientRequestCreated.publish({ request: this });

  if (this.agent) {
    this.agent.addRequest(this, options);
  } else {
    this._last = true;
    this.shouldKeepAlive = false;
    let called = false;
    const done = (error, socket) => {
      if (called) return;
      called = true;
      this.onSocket(socket, error);
    };
    options.path = options.socketPath; // the request's path is not the connection's
    const connection = typeof options.createConnection === 'function' ? options.createConnection(options, done) : net.createConnection(options);
    if (connection) done(null, connection);
  }
}
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);

function checkPath(path) {
  if (badPathPattern.test(`${path}`)) throw new codes.ERR_UNESCAPED_CHARACTERS('Request path');
}

Object.defineProperty(ClientRequest.prototype, 'path', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return this[kPath];
  },
  set(path) {
    checkPath(path);
    this[kPath] = path;
  },
});

function validateHost(host, name) {
  if (host !== null && host !== undefined && typeof host !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, ['string', 'undefined', 'null'], host);
  }
  return host;
}

function requestLine(req) {
  return `${req.method} ${req.path} HTTP/1.1\r\n`;
}

function watchSignal(req, signal) {
  validateAbortSignal(signal, 'signal');
  const abort = () => req.destroy(new AbortError(undefined, { cause: signal.reason }));
  if (signal.aborted) process.nextTick(abort);
  else {
    signal.addEventListener('abort', abort, { once: true });
    req.once('close', () => signal.removeEventListener('abort', abort));
  }
}

ClientRequest.prototype._implicitHeader = function _implicitHeader() {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
  this._storeHeader(requestLine(this), this[kOutHeaders]);
};

ClientRequest.prototype._finish = function _finish() {
  OutgoingMessage.prototype._finish.call(this);
  if (clientRequestStart.hasSubscribers) clientRequestStart.publish({ request: this });
};

ClientRequest.prototype.abort = function abort() {
  if (this.aborted) return;
  this.aborted = true;
  process.nextTick(() => this.emit('abort'));
  this.destroy();
};

ClientRequest.prototype.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this._error = error;
  if (this.res) this.res._dump();
  if (this.socket) destroySocket(this, this.socket, error);
  else if (error) this._pendingError = error;
  return this;
};

Object.defineProperty(ClientRequest.prototype, 'errored', {
  __proto__: null, configurable: true, get() { return this._error ?? null; },
});

function destroySocket(req, socket, error) {
  // The answer under way learns of it when the socket has closed.
  socket.destroy(error);
}

// --- the connection -------------------------------------------------------------------------------------------------------

ClientRequest.prototype.onSocket = function onSocket(socket, error) {
  process.nextTick(() => {
    if (this.destroyed || error) {
      const reason = error ?? this._pendingError ?? this._error ??
        (this.aborted ? undefined : new ConnResetException('socket hang up'));
      if (socket) {
        if (!error && this.agent && !socket.destroyed) socket.emit('free');
        else socket.destroy();
      }
      if (reason) failRequest(this, reason);
      closeRequest(this);
      return;
    }
    attach(this, socket);
  });
};

function failRequest(req, error) {
  if (req._errorEmitted) return;
  req._errorEmitted = true;
  req._error ??= error;
  if (clientRequestError.hasSubscribers) clientRequestError.publish({ request: req, error });
  req.emit('error', error);
}

function closeRequest(req) {
  if (req._closed) return;
  req.destroyed = true;
  req._closed = true;
  req.emit('close');
}

function attach(req, socket) {
  const parser = startParser(req, socket, HTTPParser.RESPONSE, onResponseHead, req);
  parser.onComplete = onResponseComplete;
  req.parser = parser;
  req.socket = socket;
  socket.parser = parser;
  socket._httpMessage = req;
  if (socket[kListening] !== true) listen(socket);
  const consumes = consume(parser, socket);
  if (req.timeout !== undefined || req.agent?.options?.timeout) listenTimeout(req, socket);
  req.emit('socket', socket);
  if (req.destroyed) return;
  if (!consumes || !sendWhole(req, socket)) req._flush();
}

const { write: socketWrite } = net.Socket.prototype;
const { _flush: ownFlush } = OutgoingMessage.prototype;

// A request that is there as one text is written by C. False: it is not, or the socket is not what it was made.
function sendWhole(req, socket) {
  const { outputData } = req;
  if (!req.finished || outputData.length !== 1 || req.parser === null || req._flush !== ownFlush || socket.write !== socketWrite ||
      socket[kTakeBack] === null || socket.destroyed || !isIdle(socket._writableState)) {
    return false;
  }
  const { data, encoding, callback } = outputData[0];
  if (typeof data !== 'string' || (encoding && encoding !== 'utf8' && encoding !== 'latin1')) return false;
  const error = req.parser.send(data, encoding === 'latin1');
  if (error === undefined) return false;
  req.outputData = [];
  req.outputSize = 0;
  socket._unrefTimer();
  if (error < 0) {
    socket.destroy(new ErrnoException(error, 'write'));
  } else {
    if (callback) process.nextTick(callback);
    req._finish();
  }
  return true;
}

// Once a socket: the requests on it come and go, the listeners ask for the current one.
function listen(socket) {
  socket[kListening] = true;
  socket.on('error', onSocketError);
  socket.on('data', onSocketData);
  socket.on('end', onSocketEnd);
  socket.on('close', onSocketClose);
  socket.on('drain', onSocketDrain);
}

// C reads and parses, unless somebody else looks at the socket's data. Gives whether it does.
function consume(parser, socket) {
  if (!(socket instanceof net.Socket) || socket.connecting || !socket._handle || socket.readableLength > 0 ||
      socket.listenerCount('data') !== 1 || socket.listenerCount('readable') > 0) {
    return false;
  }
  parser[HTTPParser.kOnExecute] = onExecute;
  if (!parser.consume(socket._handle)) return false;
  socket[kTakeBack] = takeBack;
  return true;
}

// Somebody listens to the socket's data.
function takeBack(socket) {
  socket[kTakeBack] = null;
  socket.parser?.unconsume();
}

function freeSocketParser(req, socket) {
  if (socket[kTakeBack]) socket[kTakeBack] = null;
  freeParser(req.parser);
  req.parser = socket.parser = null;
}

function stopTimeout(req, socket) {
  if (req.timeoutCb) {
    socket.removeListener('timeout', req.timeoutCb);
    req.timeoutCb = null;
  }
}

// The socket no longer speaks HTTP.
function detach(req, socket) {
  socket[kListening] = false;
  socket.removeListener('error', onSocketError);
  socket.removeListener('data', onSocketData);
  socket.removeListener('end', onSocketEnd);
  socket.removeListener('close', onSocketClose);
  socket.removeListener('drain', onSocketDrain);
  stopTimeout(req, socket);
  if (req.parser) freeSocketParser(req, socket);
}

function listenTimeout(req, socket) {
  if (req.timeoutCb) return;
  req.timeoutCb = () => req.emit('timeout');
  socket.once('timeout', req.timeoutCb);
}

ClientRequest.prototype.setTimeout = function setTimeout(msecs, callback) {
  if (this._ended) return this;
  msecs = require('internal/timers').getTimerDuration(msecs, 'msecs');
  this.timeout = msecs;
  if (callback) this.once('timeout', callback);
  const set = (socket) => {
    if (msecs !== 0) listenTimeout(this, socket);
    if (socket.connecting) socket.once('connect', () => socket.setTimeout(msecs));
    else socket.setTimeout(msecs);
  };
  if (this.socket) set(this.socket);
  else this.once('socket', set);
  return this;
};

ClientRequest.prototype.setNoDelay = function setNoDelay(noDelay) {
  withSocket(this, (socket) => socket.setNoDelay(noDelay));
};

ClientRequest.prototype.setSocketKeepAlive = function setSocketKeepAlive(enable, initialDelay) {
  withSocket(this, (socket) => socket.setKeepAlive(enable, initialDelay));
};

function withSocket(req, action) {
  if (req.socket) action(req.socket);
  else req.once('socket', action);
}

ClientRequest.prototype.clearTimeout = function clearTimeout(callback) {
  this.setTimeout(0, callback);
};

function onSocketDrain() {
  drain(this._httpMessage);
}

function onSocketError(error) {
  const req = this._httpMessage;
  if (req) {
    this._hadError = true;
    failRequest(req, error);
  }
  this.destroy();
}

function onSocketData(chunk) {
  const req = this._httpMessage;
  if (!req) {
    this.destroy(); // bytes nobody asked for
    return;
  }
  if (req.parser) afterParsing(req, this, req.parser.execute(chunk), chunk);
}

// A read of C's that was not simply taken.
function onExecute(outcome, bytes) {
  const { owner, socket } = this;
  if (owner !== null) afterParsing(owner, socket, outcome, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

// outcome: bytes parsed, or an Error.
function afterParsing(req, socket, outcome, chunk) {
  if (typeof outcome !== 'number') {
    prepareError(outcome, chunk);
    if (req.parser) freeSocketParser(req, socket);
    socket.removeListener('data', onSocketData);
    socket._hadError = true;
    failRequest(req, outcome);
    socket.destroy();
  } else if (req.upgradeOrConnect) {
    switchProtocols(req, socket, chunk.subarray(outcome));
  } else if (req._responseDone && outcome < chunk.length) {
    socket.destroy(); // bytes nobody asked for
  }
}

function switchProtocols(req, socket, head) {
  const { res } = req;
  const event = req.method === 'CONNECT' ? 'connect' : 'upgrade';
  detach(req, socket);
  socket.emit('agentRemove');
  if (req.listenerCount(event) === 0) {
    socket.destroy();
    closeRequest(req);
    return;
  }
  socket._httpMessage = null;
  socket.readableFlowing = null;
  req.emit(event, res, socket, Buffer.from(head.buffer, head.byteOffset, head.byteLength));
  closeRequest(req);
}

function onSocketEnd() {
  const req = this._httpMessage;
  if (!req) return;
  const { parser } = req;
  if (!req.res && !req._errorEmitted) {
    this._hadError = true;
    failRequest(req, new ConnResetException('socket hang up'));
  }
  if (parser) {
    const error = parser.finish();
    if (error && req.res && !req.res.complete) {
      // The body was cut off: the response says so.
      req.res.destroy(new ConnResetException('aborted'));
    }
    freeSocketParser(req, this);
  }
  this.end();
}

function onSocketClose() {
  const req = this._httpMessage;
  if (!req) return;
  const { res, parser } = req;
  if (parser) {
    parser.finish();
    freeSocketParser(req, this);
  }
  req.destroyed = true;
  if (res) {
    if (!res.complete && !res.destroyed) res.destroy(new ConnResetException('aborted'));
    req._closed = true;
    req.emit('close');
    if (!res.aborted && res.readable) res.push(null);
  } else {
    if (!req._errorEmitted) {
      this._hadError = true;
      failRequest(req, req._error ?? new ConnResetException('socket hang up'));
    }
    req._closed = true;
    req.emit('close');
  }
  if (req.outputData) req.outputData.length = 0;
}

// --- the response -------------------------------------------------------------------------------------------------------------

function onResponseHead(flags, packed, statusCode, statusMessage) {
  const req = this.owner;
  const { socket } = req;
  let res;
  if ((flags & (0xff | HEAD_UPGRADE)) === 0x11 && this.socket) { // HTTP/1.1
    res = this.incoming = newAnswer(this.socket, packed, statusCode, statusMessage, this.joinDuplicateHeaders);
  } else {
    res = new IncomingMessage(this.socket);
    fillHead(res, this, flags, packed);
    res.statusCode = statusCode;
    res.statusMessage = statusMessage;
  }
  if (req.res && !req._interim) {
    socket.destroy();
    return 0;
  }
  req._interim = false;
  req.res = res;
  if (req.method === 'CONNECT') {
    res.upgrade = true;
    req.upgradeOrConnect = true;
    return 2;
  }
  if (res.statusCode === 101 && res.upgrade) {
    req.upgradeOrConnect = true;
    return 2;
  }
  res.upgrade = false;
  if (res.statusCode >= 100 && res.statusCode < 200 && res.statusCode !== 101) {
    req.res = null;
    this.incoming = null;
    if (res.statusCode === 100) req.emit('continue');
    req.emit('information', {
      statusCode: res.statusCode,
      statusMessage: res.statusMessage,
      httpVersion: res.httpVersion,
      httpVersionMajor: res.httpVersionMajor,
      httpVersionMinor: res.httpVersionMinor,
      headers: res.headers,
      rawHeaders: res.rawHeaders,
    });
    return 1;
  }
  if (req.shouldKeepAlive && (flags & HEAD_KEEP_ALIVE) === 0) req.shouldKeepAlive = false;
  res.req = req;
  res.on('end', () => onResponseEnd(req, res));
  if (clientResponseFinish.hasSubscribers) clientResponseFinish.publish({ request: req, response: res });
  if (req.aborted || !req.emit('response', res)) res._dump();
  return req.method === 'HEAD' ? 1 : 0;
}

function onResponseComplete() {
  const req = this.owner;
  if (req && req.res) req._responseDone = true;
}

function onResponseEnd(req, res) {
  req._ended = true;
  const { socket } = req;
  if (!socket || socket._httpMessage !== req) return;
  if (req.shouldKeepAlive && !socket.destroyed && socket.writable) {
    if (req.finished && req.writableFinished) giveBack(req, socket, res);
    else req.once('finish', () => giveBack(req, socket, res));
  } else {
    if (socket.writable && typeof socket.destroySoon === 'function') socket.destroySoon();
  }
}

// The connection goes back to the agent, in a later tick so that the response's listeners run first.
function giveBack(req, socket, res) {
  if (req._givenBack) return;
  req._givenBack = true;
  stopTimeout(req, socket);
  if (req.parser) freeSocketParser(req, socket);
  process.nextTick(() => {
    socket.emit('free');
    closeRequest(req);
  });
}

module.exports = { ClientRequest, urlToHttpOptions };

// SPDX-License-Identifier: MIT
'use strict';

// The servers of HTTP/2, over TCP and over TLS, the latter with HTTP/1 for clients that ask for it; and connect().

const net = require('net');
const tls = require('tls');
const { URL } = require('internal/url');
const httpServer = require('_http_server');
const { isIP } = require('internal/net');
const { Http2ServerRequest, Http2ServerResponse, onServerStream } = require('internal/http2/compat');
const { ClientHttp2Session, ServerHttp2Session, kAuthorityOfSession, kScheme, kSessions } =
  require('internal/http2/session');
const { validateSettings } = require('internal/http2/settings');
const { validateFunction, validateNumber, validateObject, validateUint32 } =
  require('internal/validators');
const { codes: { ERR_HTTP2_UNSUPPORTED_PROTOCOL, ERR_INVALID_ARG_TYPE } } = require('internal/errors');

const kOptions = Symbol('options');
const UNKNOWN_PROTOCOL_TIMEOUT = 10_000;

// --- servers -----------------------------------------------------------------------------------------------------

function checkOptions(options) {
  if (options !== undefined) validateObject(options, 'options');
  options = { ...options };
  if (options.settings !== undefined) validateObject(options.settings, 'options.settings');
  options.settings = { ...options.settings };
  validateSettings(options.settings);
  if (options.maxSessionInvalidFrames !== undefined) validateUint32(options.maxSessionInvalidFrames, 'maxSessionInvalidFrames');
  if (options.maxSessionRejectedStreams !== undefined) {
    validateUint32(options.maxSessionRejectedStreams, 'maxSessionRejectedStreams');
  }
  if (options.unknownProtocolTimeout !== undefined) validateUint32(options.unknownProtocolTimeout, 'unknownProtocolTimeout');
  else options.unknownProtocolTimeout = UNKNOWN_PROTOCOL_TIMEOUT;
  if (options.remoteCustomSettings !== undefined && !Array.isArray(options.remoteCustomSettings)) {
    throw new ERR_INVALID_ARG_TYPE('options.remoteCustomSettings', 'Array', options.remoteCustomSettings);
  }
  options.Http1IncomingMessage ||= require('http').IncomingMessage;
  options.Http1ServerResponse ||= require('http').ServerResponse;
  options.Http2ServerRequest ||= Http2ServerRequest;
  options.Http2ServerResponse ||= Http2ServerResponse;
  return options;
}

function setupServer(server, options, listener) {
  server[kOptions] = options;
  server[kSessions] = new Set();
  server.timeout = 0;
  server.on('newListener', function onNewListener(event) {
    // The first listener that wants requests makes them out of streams.
    if (event !== 'request' && event !== 'checkContinue') return;
    this.removeListener('newListener', onNewListener);
    this.on('stream', (...args) => {
      Reflect.apply(onServerStream, this, [options.Http2ServerRequest, options.Http2ServerResponse, ...args]);
    });
  });
  if (typeof listener === 'function') server.on('request', listener);
}

// A connection that speaks neither protocol we know.
function refuseProtocol(server, socket, options) {
  const timer = setTimeout(() => {
    if (!socket.destroyed) socket.destroy();
  }, options.unknownProtocolTimeout);
  timer.unref();
  socket.once('close', () => clearTimeout(timer));
  if (server.emit('unknownProtocol', socket)) return;
  const body = 'Missing ALPN Protocol, expected `h2` to be available.\n' +
    'If this is a HTTP request: The server was not configured with the `allowHTTP1` option or a listener for the ' +
    '`unknownProtocol` event.\n';
  socket.end(`HTTP/1.0 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
}

function connectionListener(socket) {
  const options = this[kOptions];
  if (socket.encrypted !== undefined && (socket.alpnProtocol === false || socket.alpnProtocol === 'http/1.1')) {
    if (options.allowHTTP1 === true) {
      socket.server = this;
      Reflect.apply(httpServer._connectionListener, this, [socket]);
      return;
    }
    refuseProtocol(this, socket, options);
    return;
  }
  socket.on('error', (error) => onSessionSocketError(this, socket, session, error));
  const session = new ServerHttp2Session(options, socket, this);
  session.on('stream', (...args) => this.emit('stream', ...args));
  session.on('error', (error) => this.emit('sessionError', error, session));
  if (this.listenerCount('priority') > 0) session.on('priority', (...args) => this.emit('priority', ...args));
  if (this.timeout) session.setTimeout(this.timeout);
  session.on('timeout', () => {
    if (session.destroyed) return;
    if (!this.emit('timeout', session)) session.destroy();
  });
  socket.setTimeout?.(0);
  this.emit('session', session);
}

// Peers that leave without a word are no errors of the server.
function onSessionSocketError(server, socket, session, error) {
  if (session === undefined || session.destroyed) return;
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE') session.destroy();
  else session.destroy(error);
}

const serverMethods = {
  setTimeout(msecs = 0, callback) {
    this.timeout = msecs;
    if (callback !== undefined) {
      validateFunction(callback, 'callback');
      this.on('timeout', callback);
    }
    return this;
  },
  updateSettings(settings) {
    validateSettings(settings);
    if (settings === undefined) throw new ERR_INVALID_ARG_TYPE('settings', 'Object', settings);
    this[kOptions].settings = { ...this[kOptions].settings, ...settings };
  },
};

function rejection(Base) {
  return function(error, event, ...args) {
    if (event === 'stream') {
      const [stream] = args;
      if (stream.headersSent) {
        stream.destroy(error);
      } else {
        stream.respond({ ':status': 500 }, { endStream: true });
      }
      return;
    }
    if (event === 'request') {
      const [, response] = args;
      if (!response.headersSent && !response.finished) {
        for (const name of response.getHeaderNames()) response.removeHeader(name);
        response.statusCode = 500;
        response.end(require('http').STATUS_CODES[500]);
      } else {
        response.destroy();
      }
      return;
    }
    Base.prototype[Symbol.for('nodejs.rejection')].call(this, error, event, ...args);
  };
}

// Closing the server asks every session to end with its last stream.
function closeSessions(server) {
  for (const session of [...server[kSessions]]) session.close();
}

class Http2Server extends net.Server {
  constructor(options, listener) {
    options = checkOptions(options);
    super(options);
    this.on('connection', connectionListener);
    setupServer(this, options, listener);
  }

  close(...args) {
    closeSessions(this);
    return super.close(...args);
  }
}

class Http2SecureServer extends tls.Server {
  constructor(options, listener) {
    options = checkOptions(options);
    if (!options.ALPNProtocols && !options.ALPNCallback) {
      options.ALPNProtocols = options.allowHTTP1 === true ? ['h2', 'http/1.1'] : ['h2'];
    }
    super(options, connectionListener);
    if (options.allowHTTP1 === true) {
      httpServer.storeHTTPOptions(this, {
        ...options, IncomingMessage: options.Http1IncomingMessage, ServerResponse: options.Http1ServerResponse,
        ...options.http1Options,
      });
      httpServer.setupServer(this);
    }
    setupServer(this, options, listener);
    this.on('tlsClientError', (error, socket) => {
      if (this.listenerCount('tlsClientError') > 1) return;
      socket.destroy(error);
    });
  }

  close(...args) {
    if (this[kOptions].allowHTTP1 === true) httpServer.Server.prototype.closeIdleConnections.call(this);
    closeSessions(this);
    return super.close(...args);
  }

  closeAllConnections() {
    if (this[kOptions].allowHTTP1 === true) httpServer.Server.prototype.closeAllConnections.call(this);
  }

  closeIdleConnections() {
    if (this[kOptions].allowHTTP1 === true) httpServer.Server.prototype.closeIdleConnections.call(this);
  }
}

for (const Class of [Http2Server, Http2SecureServer]) {
  for (const name of Object.keys(serverMethods)) {
    Object.defineProperty(Class.prototype, name, {
      __proto__: null, configurable: true, writable: true, value: serverMethods[name],
    });
  }
  Class.prototype[Symbol.for('nodejs.rejection')] = rejection(Object.getPrototypeOf(Class));
}

function createServer(options, listener) {
  if (typeof options === 'function') {
    listener = options;
    options = {};
  }
  return new Http2Server(options, listener);
}

function createSecureServer(options, listener) {
  return new Http2SecureServer(options, listener);
}

function performServerHandshake(socket, options = {}) {
  return new ServerHttp2Session(checkOptions(options), socket, undefined);
}

// --- connect -----------------------------------------------------------------------------------------------------

function connect(authority, options, listener) {
  if (typeof options === 'function') {
    listener = options;
    options = undefined;
  }
  if (options !== undefined && options !== null) validateObject(options, 'options');
  options = { ...options };
  options.settings = { ...options.settings };
  validateSettings(options.settings);
  if (options.maxReservedRemoteStreams !== undefined) validateNumber(options.maxReservedRemoteStreams, 'maxReservedRemoteStreams', 0);
  if (options.maxSessionInvalidFrames !== undefined) validateUint32(options.maxSessionInvalidFrames, 'maxSessionInvalidFrames');
  if (typeof authority === 'string') authority = new URL(authority);
  if (authority === null || typeof authority !== 'object') throw new ERR_INVALID_ARG_TYPE('authority', ['string', 'Object', 'URL'], authority);
  const protocol = authority.protocol || options.protocol || 'https:';
  const port = `${authority.port !== '' && authority.port !== undefined ? authority.port : authority.protocol === 'http:' ? 80 : 443}`;
  let host = 'localhost';
  if (authority.hostname) {
    host = authority.hostname;
    if (host[0] === '[') host = host.slice(1, -1);
  } else if (authority.host) {
    ({ host } = authority);
  }
  let socket;
  if (typeof options.createConnection === 'function') {
    socket = options.createConnection(authority, options);
  } else if (protocol === 'http:') {
    socket = net.connect({ port, host, ...options });
  } else if (protocol === 'https:') {
    const chosen = { ...options, port, host };
    chosen.ALPNProtocols ??= ['h2'];
    if (chosen.servername === undefined && !isIP(host)) chosen.servername = host;
    socket = tls.connect(chosen);
  } else {
    throw new ERR_HTTP2_UNSUPPORTED_PROTOCOL(protocol);
  }
  const session = new ClientHttp2Session(options, socket);
  const name = host.includes(':') ? `[${host}]` : host;
  session[kAuthorityOfSession] = options.servername && !isIP(options.servername) ? withPort(options.servername, port, protocol) :
    withPort(name, port, protocol);
  session[kScheme] = protocol.slice(0, -1);
  socket.on('error', (error) => {
    if (!session.destroyed) session.destroy(error);
  });
  if (typeof listener === 'function') session.once('connect', listener);
  return session;
}

function withPort(host, port, protocol) {
  const usual = protocol === 'http:' ? '80' : '443';
  return port === usual ? host : `${host}:${port}`;
}

// util.promisify(http2.connect): the session once it is connected.
Object.defineProperty(connect, Symbol.for('nodejs.util.promisify.custom'), {
  __proto__: null,
  value: (authority, options) => new Promise((resolve, reject) => {
    const session = connect(authority, options, () => {
      session.removeListener('error', reject);
      resolve(session);
    });
    session.once('error', reject);
  }),
});

module.exports = { connect, createSecureServer, createServer, performServerHandshake };

// SPDX-License-Identifier: MIT
'use strict';

// The https module: HTTP/1 over TLS. Server and Agent are those of http with connections of tls.

const tls = require('tls');
const { Agent: HttpAgent, globalOptions } = require('_http_agent');
const { ClientRequest } = require('_http_client');
const httpServer = require('_http_server');
const { validateObject } = require('internal/validators');

const DEFAULT_PORT = 443;
const MAX_CACHED_SESSIONS = 100;

// --- Server ------------------------------------------------------------------------------------------------------

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
  options.noDelay ??= true;
  // HTTP/1.1 is what is spoken, and clients may ask for it by name.
  if (!options.ALPNProtocols && !options.ALPNCallback) options.ALPNProtocols = ['http/1.1'];
  httpServer.storeHTTPOptions(this, options);
  tls.Server.call(this, options, httpServer._connectionListener);
  httpServer.setupServer(this, requestListener);
  this.httpAllowHalfOpen = false;
  this.on('tlsClientError', function(error, connection) {
    if (!this.emit('clientError', error, connection)) connection.destroy(error);
  });
}
Object.setPrototypeOf(Server.prototype, tls.Server.prototype);
Object.setPrototypeOf(Server, tls.Server);

for (const name of ['closeAllConnections', 'closeIdleConnections', 'setTimeout', 'close', Symbol.asyncDispose]) {
  Server.prototype[name] = httpServer.Server.prototype[name];
}

const rejection = Symbol.for('nodejs.rejection');
Server.prototype[rejection] = function(error, event, ...args) {
  const own = event === 'request' ? httpServer.Server : tls.Server;
  Reflect.apply(own.prototype[rejection], this, [error, event, ...args]);
};

function createServer(options, requestListener) {
  return new Server(options, requestListener);
}

// --- Agent -------------------------------------------------------------------------------------------------------

// (port, host, options) or (options), with a callback at the end; what is said by position counts.
function connectionArguments(args) {
  const options = {};
  const said = {};
  let callback;
  for (const arg of args) {
    if (typeof arg === 'function') callback = arg;
    else if (arg !== null && typeof arg === 'object') Object.assign(options, arg);
    else if (typeof arg === 'number') said.port = arg;
    else if (typeof arg === 'string') said.host = arg;
  }
  return [Object.assign(options, said), callback];
}

function createConnection(...args) {
  const [options, callback] = connectionArguments(args);
  const { _agentKey: key } = options;
  if (key && !options.session) {
    const session = this._getSession(key);
    if (session) options.session = session;
  }
  const socket = tls.connect(options);
  if (key) {
    socket.on('session', (session) => this._cacheSession(key, session));
    socket.once('close', (hadError) => {
      if (hadError) this._evictSession(key);
    });
  }
  if (callback) socket.once('secureConnect', () => callback(null, socket));
  return socket;
}

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  options = { __proto__: null, ...options };
  options.defaultPort ??= DEFAULT_PORT;
  options.protocol ??= 'https:';
  HttpAgent.call(this, options);
  this.defaultPort = options.defaultPort;
  this.protocol = options.protocol;
  this.maxCachedSessions = this.options.maxCachedSessions ?? MAX_CACHED_SESSIONS;
  this._sessionCache = { map: {}, list: [] };
}
Object.setPrototypeOf(Agent.prototype, HttpAgent.prototype);
Object.setPrototypeOf(Agent, HttpAgent);

Agent.prototype.createConnection = createConnection;

Agent.prototype.keepSocketAlive = function keepSocketAlive(socket) {
  return HttpAgent.prototype.keepSocketAlive.call(this, socket);
};

// What makes one connection another than the next, in the order that is Node's; what is not given adds nothing.
const identity = [
  'ca', 'cert', 'clientCertEngine', 'ciphers', 'key', 'pfx', 'rejectUnauthorized', 'servername', 'minVersion',
  'maxVersion', 'secureProtocol', 'crl', 'honorCipherOrder', 'ecdhCurve', 'dhparam', 'secureOptions',
  'sessionIdContext', 'sigalgs', 'privateKeyIdentifier', 'privateKeyEngine',
];
const fromDefined = new Set(['rejectUnauthorized', 'honorCipherOrder', 'secureOptions']);

Agent.prototype.getName = function getName(options = {}) {
  let name = HttpAgent.prototype.getName.call(this, options);
  for (const key of identity) {
    const value = options[key];
    name += ':';
    if (key === 'servername') {
      if (value && value !== options.host) name += value;
    } else if (key === 'pfx') {
      if (value) name += pfxName(value);
    } else if (key === 'sigalgs') {
      if (value) name += JSON.stringify(value);
    } else if (fromDefined.has(key) ? value !== undefined : value) {
      name += value;
    }
  }
  return name;
};

function pfxName(pfx) {
  if (!Array.isArray(pfx)) return `${pfx.buf ?? pfx}`;
  return pfx.map((entry) => `${entry.buf ?? entry}:${entry.passphrase ?? ''}`).join(':');
}

Agent.prototype._getSession = function _getSession(key) {
  return this._sessionCache.map[key];
};

Agent.prototype._cacheSession = function _cacheSession(key, session) {
  if (this.maxCachedSessions === 0) return;
  const { map, list } = this._sessionCache;
  if (map[key] === undefined) {
    if (list.length >= this.maxCachedSessions) delete map[list.shift()];
    list.push(key);
  }
  map[key] = session;
};

Agent.prototype._evictSession = function _evictSession(key) {
  const { map, list } = this._sessionCache;
  const at = list.indexOf(key);
  if (at < 0) return;
  list.splice(at, 1);
  delete map[key];
};

// --- requests ----------------------------------------------------------------------------------------------------

function urlOptions(url) {
  const { URL, isRealURL: isURL, urlToHttpOptions } = require('internal/url');
  if (typeof url === 'string') return urlToHttpOptions(new URL(url));
  return isURL(url) ? urlToHttpOptions(url) : undefined;
}

function request(...args) {
  let options = {};
  const fromUrl = urlOptions(args[0]);
  if (fromUrl) {
    options = fromUrl;
    args.shift();
  }
  if (args[0] && typeof args[0] !== 'function') Object.assign(options, args.shift());
  options._defaultAgent = module.exports.globalAgent;
  return new ClientRequest(options, ...args);
}

function get(input, options, callback) {
  const req = request(input, options, callback);
  req.end();
  return req;
}

module.exports = {
  Agent,
  globalAgent: new Agent(globalOptions),
  Server,
  createServer,
  get,
  request,
};


// SPDX-License-Identifier: MIT
'use strict';

// Agent: which connection a client request gets, and what becomes of it afterwards.

const net = require('net');
const EventEmitter = require('events');
const { validateNumber, validateObject, validateOneOf, validateString } = require('internal/validators');

const kRequestOptions = Symbol('requestOptions');
const kOnKeylog = Symbol('onkeylog');
const kProxyConfig = Symbol('kProxyConfig');

const proxies = () => require('internal/http/proxy');

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  EventEmitter.call(this);
  this.defaultPort = 80;
  this.protocol = 'http:';
  this.options = { __proto__: null, ...options };
  this.options.noDelay ??= true;
  this.options.path = null; // a path here would be a Unix socket for every connection
  this.requests = { __proto__: null };
  this.sockets = { __proto__: null };
  this.freeSockets = { __proto__: null };
  this.keepAliveMsecs = this.options.keepAliveMsecs || 1000;
  this.keepAlive = this.options.keepAlive || false;
  this.maxSockets = this.options.maxSockets || Infinity;
  this.maxFreeSockets = this.options.maxFreeSockets || 256;
  this.scheduling = this.options.scheduling || 'lifo';
  this.maxTotalSockets = this.options.maxTotalSockets;
  this.totalSocketCount = 0;
  const buffer = this.options.agentKeepAliveTimeoutBuffer;
  this.agentKeepAliveTimeoutBuffer = typeof buffer === 'number' && buffer >= 0 && Number.isFinite(buffer) ? buffer : 1000;
  validateOneOf(this.scheduling, 'scheduling', ['fifo', 'lifo']);
  if (this.maxTotalSockets !== undefined) validateNumber(this.maxTotalSockets, 'maxTotalSockets', 1);
  else this.maxTotalSockets = Infinity;
  this.on('free', (socket, given) => onFree(this, socket, given));
  this.on('newListener', tellKeys);
  const { proxyEnv } = this.options;
  if (proxyEnv) {
    validateObject(proxyEnv, 'options.proxyEnv');
    const config = proxies().configFrom(proxyEnv, this.options.protocol ?? this.protocol, this.keepAlive);
    if (config) this[kProxyConfig] = config;
  }
}
Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Agent, EventEmitter);

Agent.defaultMaxSockets = Infinity;

Agent.prototype.createConnection = function createConnection(...args) {
  return net.createConnection(...args);
};

// One name, one pool: host, port, local address, family; a Unix socket's path.
Agent.prototype.getName = function getName(options = {}) {
  let name = `${options.host || 'localhost'}:${options.port || ''}:${options.localAddress || ''}`;
  if (options.family === 4 || options.family === 6) name += `:${options.family}`;
  if (options.socketPath) name += `:${options.socketPath}`;
  return name;
};

const ownGetName = Agent.prototype.getName;

// The first listener of 'keylog' makes all connections tell of their keys, those that are there and those to come.
function tellKeys(event) {
  if (event !== 'keylog' || this[kOnKeylog]) return;
  const agent = this;
  this[kOnKeylog] = function onkeylog(line) {
    agent.emit('keylog', line, this);
  };
  for (const lists of [this.sockets, this.freeSockets]) {
    for (const name of Object.keys(lists)) for (const socket of lists[name]) socket.on('keylog', this[kOnKeylog]);
  }
}

function push(lists, name, item) {
  (lists[name] ??= []).push(item);
}

function remove(lists, name, item) {
  const list = lists[name];
  const at = list ? list.indexOf(item) : -1;
  if (at < 0) return false;
  list.splice(at, 1);
  if (list.length === 0) delete lists[name];
  return true;
}

// A connection's options have the name that it was opened under.
function nameOf(agent, options) {
  return options._agentKey ?? agent.getName(options);
}

function onFree(agent, socket, options) {
  const name = nameOf(agent, options);
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const waiting = agent.requests[name];
  if (waiting && waiting.length > 0) {
    const req = waiting.shift();
    if (waiting.length === 0) delete agent.requests[name];
    agent.reuseSocket(socket, req);
    handOver(agent, req, socket);
    return;
  }
  const req = socket._httpMessage;
  const idle = agent.freeSockets[name]?.length ?? 0;
  const room = idle < agent.maxFreeSockets && idle + activeCount(agent, name) <= agent.maxSockets &&
    agent.totalSocketCount <= agent.maxTotalSockets;
  if (!agent.keepAlive || !req || !req.shouldKeepAlive || !room || !agent.keepSocketAlive(socket)) {
    socket.destroy();
    return;
  }
  socket._httpMessage = null;
  agent.removeSocket(socket, options);
  socket.once('error', onFreeSocketError);
  push(agent.freeSockets, name, socket);
}

function activeCount(agent, name) {
  return agent.sockets[name]?.length ?? 0;
}

// totalSocketCount is of the sockets that serve a request.
function mayOpen(agent, name) {
  return activeCount(agent, name) < agent.maxSockets && agent.totalSocketCount < agent.maxTotalSockets;
}

// A socket is no longer in use: the first request that waits for it, or for any, gets one of its own.
function serveWaiting(agent, name) {
  if (agent.requests[name] === undefined) name = Object.keys(agent.requests).find((other) => mayOpen(agent, other));
  if (name === undefined || !mayOpen(agent, name)) return;
  const waiting = agent.requests[name];
  const req = waiting.shift();
  if (waiting.length === 0) delete agent.requests[name];
  agent.createSocket(req, req[kRequestOptions], (error, made) => {
    if (error) req.onSocket(made, error);
    else handOver(agent, req, made);
  });
}

// The socket has the agent's timeout; the request may have one of its own.
function handOver(agent, req, socket) {
  req.onSocket(socket);
  const agentTimeout = agent.options.timeout || 0;
  if (req.timeout !== undefined && req.timeout !== agentTimeout) socket.setTimeout(req.timeout);
}

function onFreeSocketError() {
  this.destroy();
}

// The name that TLS connections ask for: the Host header's, else the host's; none for addresses.
function serverName({ host }, req) {
  let name = host;
  const header = req.getHeader?.('host');
  if (header) {
    validateString(header, 'options.headers.host');
    // [::1]:443 and name:443
    if (header[0] === '[') name = header.slice(1, header.indexOf(']') < 0 ? undefined : header.indexOf(']'));
    else name = header.split(':', 1)[0];
  }
  return net.isIP(name) ? '' : name;
}

Agent.prototype.addRequest = function addRequest(req, options, port, localAddress) {
  if (typeof options === 'string') options = { __proto__: null, host: options, port, localAddress };
  options = { __proto__: null, ...options, ...this.options };
  if (options.socketPath) options.path = options.socketPath;
  // Only TLS asks for it; a new connection gets it in any case.
  if (this.getName !== ownGetName && !options.servername && options.servername !== '') options.servername = serverName(options, req);
  options.signal = undefined; // the request's, not the connection's
  if (this[kProxyConfig]) proxies().prepareRequest(this, this[kProxyConfig], req, options);
  const name = this.getName(options);
  const free = this.freeSockets[name];
  let socket;
  while (free && free.length > 0) {
    const candidate = this.scheduling === 'fifo' ? free.shift() : free.pop();
    if (!candidate.destroyed && candidate.writable) {
      socket = candidate;
      break;
    }
  }
  if (free && free.length === 0) delete this.freeSockets[name];
  if (socket) {
    socket.removeListener('error', onFreeSocketError);
    this.reuseSocket(socket, req);
    push(this.sockets, name, socket);
    this.totalSocketCount++;
    handOver(this, req, socket);
  } else if (mayOpen(this, name)) {
    this.createSocket(req, options, (error, made) => {
      if (error) req.onSocket(made, error);
      else handOver(this, req, made);
    });
  } else {
    req[kRequestOptions] = options;
    push(this.requests, name, req);
  }
};

Agent.prototype.createSocket = function createSocket(req, options, callback) {
  options = { __proto__: null, ...options, ...this.options };
  if (options.socketPath) options.path = options.socketPath;
  if (!options.servername && options.servername !== '') options.servername = serverName(options, req);
  const name = this.getName(options);
  options._agentKey = name;
  options.encoding = null;
  let called = false;
  const onCreate = (error, socket) => {
    if (called) return;
    called = true;
    if (error) {
      callback(error);
      return;
    }
    push(this.sockets, name, socket);
    this.totalSocketCount++;
    installListeners(this, socket, options);
    callback(null, socket);
  };
  if (this.keepAlive) options.keepAlive = true, options.keepAliveInitialDelay = this.keepAliveMsecs;
  const config = this[kProxyConfig];
  const socket = config ? proxies().createConnection(this, config, req, options, onCreate) : this.createConnection(options, onCreate);
  if (socket) onCreate(null, socket);
};

function installListeners(agent, socket, options) {
  const onFreeSocket = () => agent.emit('free', socket, options);
  const onClose = () => agent.removeSocket(socket, options);
  const onTimeout = () => {
    // An idle connection goes; a busy one is its request's business.
    for (const name in agent.freeSockets) {
      if (agent.freeSockets[name].includes(socket)) {
        socket.destroy();
        return;
      }
    }
  };
  const onRemove = () => {
    agent.removeSocket(socket, options);
    socket.removeListener('close', onClose);
    socket.removeListener('free', onFreeSocket);
    socket.removeListener('timeout', onTimeout);
    socket.removeListener('agentRemove', onRemove);
  };
  socket.on('free', onFreeSocket);
  socket.on('close', onClose);
  socket.on('timeout', onTimeout);
  socket.on('agentRemove', onRemove);
  if (agent[kOnKeylog]) socket.on('keylog', agent[kOnKeylog]);
}

Agent.prototype.removeSocket = function removeSocket(socket, options) {
  const name = nameOf(this, options);
  if (remove(this.sockets, name, socket)) this.totalSocketCount--;
  if (!socket.writable) remove(this.freeSockets, name, socket);
  serveWaiting(this, name);
};

Agent.prototype.keepSocketAlive = function keepSocketAlive(socket) {
  socket.setKeepAlive(true, this.keepAliveMsecs);
  socket.unref();
  let timeout = this.options.timeout || 0;
  const hint = socket._httpMessage?.res?.headers['keep-alive'];
  const said = hint && /^timeout=(\d+)/.exec(hint);
  if (said) {
    // Leave before the server does.
    const msecs = said[1] * 1000 - this.agentKeepAliveTimeoutBuffer;
    if (msecs <= 0) return false;
    if (timeout === 0 || msecs < timeout) timeout = msecs;
  }
  socket.setTimeout(timeout);
  return true;
};

Agent.prototype.reuseSocket = function reuseSocket(socket, req) {
  req.reusedSocket = true;
  socket.ref();
};

Agent.prototype.destroy = function destroy() {
  for (const lists of [this.freeSockets, this.sockets]) {
    for (const name of Object.keys(lists)) {
      for (const socket of [...lists[name]]) socket.destroy();
    }
  }
};

// The environment, when its proxies are to be used.
function environmentProxy() {
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--no-use-env-proxy')) return undefined;
  if (!getOptionValue('--use-env-proxy') && process.env.NODE_USE_ENV_PROXY !== '1') return undefined;
  const { env } = process;
  const { URL } = require('internal/url');
  for (const url of [env.http_proxy || env.HTTP_PROXY, env.https_proxy || env.HTTPS_PROXY]) {
    if (url) new URL(url); // throws for what is none
  }
  return env;
}

const globalOptions = { keepAlive: true, scheduling: 'lifo', timeout: 5000, proxyEnv: environmentProxy() };
if (globalOptions.proxyEnv === undefined) delete globalOptions.proxyEnv;

module.exports = { Agent, environmentProxy, globalAgent: new Agent(globalOptions), globalOptions };

// SPDX-License-Identifier: MIT
'use strict';

// The http module.

const { validateInteger, validateObject } = require('internal/validators');
const agent = require('_http_agent');
const { ClientRequest } = require('_http_client');
const { methods, parsers } = require('_http_common');
const { IncomingMessage } = require('_http_incoming');
const { OutgoingMessage, validateHeaderName, validateHeaderValue } = require('_http_outgoing');
const { STATUS_CODES, Server, ServerResponse, _connectionListener } = require('_http_server');

const MAX_HEADER_SIZE = require('internal/options').getOptionValue('--max-http-header-size') ?? 16384;

function createServer(options, requestListener) {
  return new Server(options, requestListener);
}

function request(url, options, callback) {
  return new ClientRequest(url, options, callback);
}

function get(url, options, callback) {
  const req = request(url, options, callback);
  req.end();
  return req;
}

function setMaxIdleHTTPParsers(max) {
  validateInteger(max, 'max', 1);
  parsers.max = max;
}

function setGlobalProxyFromEnv(env = process.env) {
  validateObject(env, 'proxyEnv');
  return require('internal/http/proxy').setGlobalProxyFromEnv(env);
}

module.exports = {
  _connectionListener,
  METHODS: methods,
  STATUS_CODES,
  Agent: agent.Agent,
  ClientRequest,
  IncomingMessage,
  OutgoingMessage,
  Server,
  ServerResponse,
  createServer,
  validateHeaderName,
  validateHeaderValue,
  get,
  request,
  setMaxIdleHTTPParsers,
  setGlobalProxyFromEnv,
};

const websocketClasses = { WebSocket: 'internal/websocket/websocket', CloseEvent: 'internal/web_events', MessageEvent: 'internal/web_events' };
for (const name of Object.keys(websocketClasses)) {
  Object.defineProperty(module.exports, name, {
    __proto__: null, configurable: true, enumerable: true, get: () => require(websocketClasses[name])[name],
  });
}

Object.defineProperties(module.exports, {
  maxHeaderSize: { __proto__: null, configurable: true, enumerable: true, get: () => MAX_HEADER_SIZE },
  globalAgent: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get: () => agent.globalAgent,
    set(value) {
      agent.globalAgent = value;
    },
  },
});

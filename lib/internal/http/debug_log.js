// SPDX-License-Identifier: MIT
'use strict';

// What NODE_DEBUG=http and NODE_DEBUG=net print: the life of requests and connections, as the diagnostics channels tell of it.
// Loaded only when NODE_DEBUG names one of them.

const channels = require('diagnostics_channel');
const { debuglog } = require('internal/util/debuglog');

const clientName = (request) => `${request.method} ${request.protocol}//${request.getHeader('host') ?? request.host}${request.path}`;

const listeners = {
  http(log) {
    return {
      'http.client.request.created': ({ request }) => log('client: request %s', clientName(request)),
      'http.client.request.start': ({ request }) => log('client: headers sent %s %j', clientName(request), request.getHeaders()),
      'http.client.request.error': ({ request, error }) => log('client: error %s %s', clientName(request), error.message),
      'http.client.response.finish': ({ request, response }) => {
        log('client: response %d %s %j', response.statusCode, clientName(request), response.headers);
      },
      'http.server.request.start': ({ request }) => log('server: request %s %s %j', request.method, request.url, request.headers),
      'http.server.response.created': ({ request }) => log('server: response created %s %s', request.method, request.url),
      'http.server.response.finish': ({ request, response }) => {
        log('server: response %d %s %s %j', response.statusCode, request.method, request.url, response.getHeaders());
      },
    };
  },
  net(log) {
    const watch = (side, socket) => {
      const name = () => `${socket.remoteAddress ?? '?'}:${socket.remotePort ?? '?'}`;
      log('%s: socket', side);
      socket.once('connect', () => log('%s: connected to %s', side, name()));
      socket.once('end', () => log('%s: the other side has ended', side));
      socket.once('close', (hadError) => {
        log('%s: closed%s, %d bytes read, %d written', side, hadError ? ' with an error' : '', socket.bytesRead, socket.bytesWritten);
      });
    };
    return {
      'net.client.socket': ({ socket }) => watch('client', socket),
      'net.server.socket': ({ socket }) => {
        log('server: connection from %s:%d', socket.remoteAddress, socket.remotePort);
        watch('server', socket);
      },
      'tracing:net.server.listen:asyncEnd': ({ server }) => log('server: listening on %j', server.address()),
      'tracing:net.server.listen:error': ({ error }) => log('server: cannot listen: %s', error.message),
    };
  },
};

function start(section) {
  const log = debuglog(section);
  if (!log.enabled) return;
  const table = listeners[section](log);
  for (const name of Object.keys(table)) channels.subscribe(name, table[name]);
}

module.exports = { start };

// SPDX-License-Identifier: MIT
'use strict';

// Entries of kind http: a client's and a server's exchanges, as http's diagnostics channels tell of them. Loaded when the
// first observer asks for them.

const channels = require('diagnostics_channel');
const { begin, tell } = require('internal/perf/observed');

const starts = new WeakMap(); // request -> when it began

function start({ request }) {
  starts.set(request, begin());
}

function finish(name, request, requestDetail, response, headers) {
  const at = starts.get(request);
  if (at === undefined) return;
  starts.delete(request);
  const { statusCode, statusMessage } = response;
  tell(name, 'http', at, { req: requestDetail, res: { statusCode, statusMessage, headers } });
}

const listeners = {
  'http.client.request.start': start,
  'http.client.response.finish'({ request, response }) {
    const { method, protocol, path } = request;
    const url = `${protocol}//${request.getHeader('host') ?? request.host}${path}`;
    finish('HttpClient', request, { method, url, headers: { ...request.getHeaders() } }, response, response.headers);
  },
  'http.server.request.start': start,
  'http.server.response.finish'({ request, response }) {
    const { method, url, headers } = request;
    finish('HttpRequest', request, { method, url, headers }, response, { ...response.getHeaders() });
  },
};

function watch(on) {
  for (const name of Object.keys(listeners)) {
    if (on) channels.subscribe(name, listeners[name]);
    else channels.unsubscribe(name, listeners[name]);
  }
}

module.exports = { watch };

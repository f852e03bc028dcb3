// SPDX-License-Identifier: MIT
'use strict';

// fetch()  https://fetch.spec.whatwg.org/#fetching: schemes, redirects, abortion, integrity. Node has no origin of its
// own, so only a redirection can be cross-origin, no cache is kept and no cookies are. The network is
// internal/fetch/network.

const { Request, requestStateOf } = require('internal/fetch/request');
const { ResponseState, redirectStatuses, responseOf } = require('internal/fetch/response');
const { HeaderList } = require('internal/fetch/headers');
const { Body, consume } = require('internal/fetch/body');
const { policyFrom } = require('internal/fetch/referrer');
const { URL } = require('internal/url');

const kMaxRedirects = 20;

// https://fetch.spec.whatwg.org/#port-blocking
const badPorts = new Set([0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102,
  103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526,
  530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190,
  5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080]);

// A network error: what the TypeError has as its cause.
class NetworkError {
  constructor(cause) {
    this.cause = typeof cause === 'string' ? new Error(cause) : cause;
  }
}

// One call of fetch(): what an abortion has to stop.
class FetchTask {
  constructor(state) {
    this.state = state;
    this.signal = state.source;
    this.aborted = undefined; // { reason }
    this.exchange = undefined; // of the network
    this.onAbort = undefined;
    this.settle = Promise.withResolvers();
  }

  watch() {
    const { signal } = this;
    if (signal === undefined) return;
    this.onAbort = () => this.abort(signal.reason);
    raiseListenerLimit(signal);
    const { kResistStopPropagation } = require('internal/event_target');
    signal.addEventListener('abort', this.onAbort, { once: true, [kResistStopPropagation]: true });
  }

  // The body has ended, or there is none: nothing is left to abort.
  unwatch() {
    this.signal?.removeEventListener('abort', this.onAbort);
    this.onAbort = undefined;
  }

  abort(reason) {
    this.aborted = { reason };
    this.settle.reject(reason);
    const { body } = this.state;
    if (body !== null && body.record !== undefined && body.record.state === 'readable') {
      body.record.reader === undefined ? body.cancel(reason) : body.record.controller.error(reason);
    }
    this.exchange?.abort(reason);
  }

  async run() {
    try {
      const response = await dispatch(this);
      if (this.aborted !== undefined) return;
      if (response instanceof NetworkError) throw response;
      if (response.body === null) this.unwatch();
      this.settle.resolve(responseOf(response));
    } catch (error) {
      this.unwatch();
      const cause = error instanceof NetworkError ? error.cause : error;
      this.settle.reject(this.aborted !== undefined ? this.aborted.reason : new TypeError('fetch failed', { cause }));
    }
  }
}

// One signal may serve many requests at once.
const kManyListeners = 1500;

function raiseListenerLimit(signal) {
  const events = require('events');
  const { kMaxEventTargetListeners } = events;
  if (signal[kMaxEventTargetListeners] === events.defaultMaxListeners) signal[kMaxEventTargetListeners] = kManyListeners;
}

function fetch(input, init = undefined) {
  let task;
  try {
    const state = requestStateOf(new Request(input, init));
    if (state.dispatcher !== undefined && state.dispatcher !== null) {
      const { ERR_FEATURE_UNAVAILABLE_ON_PLATFORM } = require('internal/errors').codes;
      throw new ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('fetch with a dispatcher');
    }
    task = new FetchTask(state);
    if (task.signal?.aborted) {
      task.abort(task.signal.reason);
      return task.settle.promise;
    }
  } catch (error) {
    return Promise.reject(error);
  }
  task.watch();
  task.run();
  return task.settle.promise;
}

// --- schemes -------------------------------------------------------------------------------------------------------

async function dispatch(task) {
  const { state } = task;
  const { url } = state;
  switch (url.protocol) {
    case 'http:':
    case 'https:':
      return followRedirects(task);
    case 'data:':
      return checkIntegrity(task, fetchData(url));
    case 'blob:':
      return checkIntegrity(task, fetchBlob(state));
    case 'about:':
      return new NetworkError('about scheme is not supported');
    case 'file:':
      return new NetworkError('not implemented... yet...');
    default:
      return new NetworkError('unknown scheme');
  }
}

function localResponse(url, body, type) {
  const response = new ResponseState();
  response.type = 'basic';
  response.guard = 'immutable';
  response.url = withoutFragment(url);
  response.statusText = 'OK';
  response.body = body;
  response.headers.append('content-type', type);
  return response;
}

function fetchData(url) {
  const { parseDataURL } = require('internal/fetch/data_url');
  const data = parseDataURL(url);
  if (data === undefined) return new NetworkError('failed to fetch the data URL');
  return localResponse(url, Body.of([data.bytes], data.bytes.byteLength), data.type);
}

// https://fetch.spec.whatwg.org/#simple-range-header-value; undefined for what is none.
function readRange(value, size) {
  const match = /^bytes[\t ]*=[\t ]*(\d*)[\t ]*-[\t ]*(\d*)$/.exec(value);
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  let start;
  let end = size - 1;
  if (match[1] === '') {
    start = Math.max(size - Number(match[2]), 0);
  } else {
    start = Number(match[1]);
    if (match[2] !== '') end = Math.min(Number(match[2]), end);
    if (start >= size || (match[2] !== '' && Number(match[2]) < start)) return undefined;
  }
  return { start, end };
}

function fetchBlob(state) {
  const { resolveObjectURL } = require('internal/blob');
  const blob = state.method === 'GET' ? resolveObjectURL(withoutFragment(state.url)) : undefined;
  if (blob === undefined) return new NetworkError('invalid method');
  const response = localResponse(state.url, null, blob.type);
  const rangeHeader = state.headers.get('range');
  if (rangeHeader === null) {
    response.body = Body.of([blob], blob.size);
    response.headers.append('content-length', `${blob.size}`);
    return response;
  }
  const range = readRange(rangeHeader, blob.size);
  if (range === undefined) return new NetworkError('failed to parse range');
  const part = blob.slice(range.start, range.end + 1, blob.type);
  response.body = Body.of([part], part.size);
  response.status = 206;
  response.statusText = 'Partial Content';
  response.headers.append('content-length', `${part.size}`);
  response.headers.append('content-range', `bytes ${range.start}-${range.end}/${blob.size}`);
  return response;
}

function withoutFragment(url) {
  return url.hash === '' ? url.href.replace(/#$/, '') : url.href.slice(0, -url.hash.length);
}

// A response whose body must match is read whole before the program sees it.
async function checkIntegrity(task, response) {
  const { integrity } = task.state;
  if (integrity === '' || response instanceof NetworkError || response.type === 'error') return response;
  const bytes = await consume(response.body);
  if (!require('internal/fetch/integrity').matchesIntegrity(bytes, integrity)) {
    return new NetworkError('integrity mismatch');
  }
  if (response.body !== null) response.body = Body.of([bytes], bytes.byteLength);
  return response;
}

// --- HTTP ----------------------------------------------------------------------------------------------------------

function isBadPort(url) {
  return url.port !== '' && badPorts.has(Number(url.port));
}

// HTTP fetch and HTTP-redirect fetch: requests until one is not redirected.
async function followRedirects(task) {
  const { exchangeOf } = require('internal/fetch/network');
  const current = Object.assign({ __proto__: null }, task.state);
  current.headers = HeaderList.from(task.state.headers);
  current.isTainted = false; // a redirection led to another origin
  for (let redirects = 0; ; redirects++) {
    if (isBadPort(current.url)) return new NetworkError('bad port');
    const exchange = task.exchange = exchangeOf(current, task);
    const answer = await exchange.answered;
    const location = redirectStatuses.includes(answer.status) ? answer.headers.get('location') : null;
    if (location === null || current.redirect === 'manual') {
      if (current.isTainted && current.mode === 'no-cors') {
        exchange.dump();
        return opaqueResponse();
      }
      if (current.isTainted) answer.type = 'cors';
      answer.url = withoutFragment(current.url);
      answer.redirected = redirects > 0;
      exchange.openBody(answer);
      return checkIntegrity(task, answer);
    }
    exchange.dump();
    if (current.redirect === 'error') return new NetworkError('unexpected redirect');
    const failure = redirectTo(current, answer.status, location, redirects);
    if (failure !== undefined) return failure;
    current.referrerPolicy = policyFrom(answer.headers.get('referrer-policy')) || current.referrerPolicy;
  }
}

// https://fetch.spec.whatwg.org/#concept-filtered-response-opaque
function opaqueResponse() {
  const response = new ResponseState();
  response.type = 'opaque';
  response.guard = 'immutable';
  response.status = 0;
  return response;
}

// Changes the request into the one that a redirection asks for.
function redirectTo(current, status, location, redirects) {
  let next;
  try {
    // A location's bytes are UTF-8.
    const { Buffer } = require('buffer');
    next = new URL(Buffer.from(location, 'latin1').utf8Slice(), current.url.href);
  } catch (error) {
    return new NetworkError(error);
  }
  if (next.protocol !== 'http:' && next.protocol !== 'https:') {
    return new NetworkError('URL scheme must be a HTTP(S) scheme');
  }
  if (redirects >= kMaxRedirects) return new NetworkError('redirect count exceeded');
  const isSameOrigin = next.origin === current.url.origin;
  if (current.mode === 'same-origin' && !isSameOrigin) return new NetworkError('request mode cannot be "same-origin"');
  // The request's own origin is nobody's, so no location that tells credentials shares it.
  if (current.mode === 'cors' && (next.username !== '' || next.password !== '')) {
    return new NetworkError('cross origin not allowed for request mode "cors"');
  }
  const { body } = current;
  if (status !== 303 && body !== null && body.pieces === undefined) return new NetworkError(new Error());
  const becomesGet = ((status === 301 || status === 302) && current.method === 'POST') ||
    (status === 303 && current.method !== 'GET' && current.method !== 'HEAD');
  if (becomesGet) {
    current.method = 'GET';
    current.body = null;
    for (const name of ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']) {
      current.headers.delete(name);
    }
  } else if (body !== null) {
    current.body = Body.of(body.pieces, body.length);
  }
  if (!isSameOrigin) {
    current.isTainted = true;
    for (const name of ['authorization', 'proxy-authorization', 'cookie', 'host']) current.headers.delete(name);
  }
  current.url = next;
  return undefined;
}

module.exports = { fetch };

// SPDX-License-Identifier: MIT
'use strict';

// Response  https://fetch.spec.whatwg.org/#response-class

const { customInspectSymbol } = require('internal/util');
const { HeaderList, fill, headersOf } = require('internal/fetch/headers');
const { extractBody, mixBody } = require('internal/fetch/body');
const { illegalInvocation, publish, requireArguments, toByteString, toDictionary, toUSVString } =
  require('internal/fetch/webidl');

const redirectStatuses = [301, 302, 303, 307, 308];
const nullBodyStatuses = [101, 103, 204, 205, 304];

// What a Response shows.
class ResponseState {
  constructor() {
    this.type = 'default';
    this.url = '';
    this.redirected = false;
    this.status = 200;
    this.statusText = '';
    this.headers = new HeaderList();
    this.guard = 'response';
    this.body = null;
  }
}

const kState = Symbol('kState');
let stateOf;

class Response {
  #state;
  #headers;

  static {
    stateOf = (value) => {
      if (typeof value !== 'object' || value === null || !(#state in value)) throw illegalInvocation();
      return value.#state;
    };
  }

  constructor(body = null, init = undefined) {
    if (body === kState) {
      this.#state = init;
      return;
    }
    init = toDictionary(init);
    const state = this.#state = new ResponseState();
    initialise(this, state, readInit(init), body === null || body === undefined ? null : extractBody(body));
  }

  static error() {
    const state = new ResponseState();
    state.type = 'error';
    state.status = 0;
    state.guard = 'immutable';
    return new Response(kState, state);
  }

  static json(data, init = undefined) {
    requireArguments(arguments, 1, 'Response.json');
    const text = JSON.stringify(data);
    if (text === undefined) throw new TypeError('Value is not JSON serializable');
    const response = new Response();
    const extracted = extractBody(text);
    extracted.type = 'application/json';
    initialise(response, response.#state, readInit(toDictionary(init)), extracted);
    return response;
  }

  static redirect(url, status = 302) {
    requireArguments(arguments, 1, 'Response.redirect');
    url = toUSVString(url, 'Response.redirect: url');
    status = (+status) & 0xFFFF;
    let parsed;
    try {
      const { URL } = require('internal/url');
      parsed = new URL(url);
    } catch (error) {
      throw new TypeError(`Failed to parse URL from ${url}`, { cause: error });
    }
    if (!redirectStatuses.includes(status)) throw new RangeError(`Invalid status code ${status}`);
    const state = new ResponseState();
    state.status = status;
    state.guard = 'immutable';
    state.headers.append('location', parsed.href);
    return new Response(kState, state);
  }

  get type() { return stateOf(this).type; }

  get url() { return stateOf(this).url; }

  get redirected() { return stateOf(this).redirected; }

  get status() { return stateOf(this).status; }

  get ok() {
    const { status } = stateOf(this);
    return status >= 200 && status <= 299;
  }

  get statusText() { return stateOf(this).statusText; }

  get headers() {
    const state = stateOf(this);
    return this.#headers ??= headersOf(state.headers, state.guard);
  }

  clone() {
    const state = stateOf(this);
    if (state.body !== null && state.body.isUnusable) {
      throw new TypeError('Response.clone: Body has already been consumed.');
    }
    const copy = Object.assign(new ResponseState(), state);
    copy.headers = HeaderList.from(state.headers);
    copy.body = state.body === null ? null : state.body.clone();
    return new Response(kState, copy);
  }

  [customInspectSymbol](depth, options) {
    const { inspect } = require('internal/util/inspect');
    options.depth ??= 2;
    options.colors ??= true;
    const shown = {};
    for (const key of ['status', 'statusText', 'headers', 'body', 'bodyUsed', 'ok', 'redirected', 'type', 'url']) {
      shown[key] = this[key];
    }
    return `Response ${inspect(shown, options)}`;
  }
}

function readInit(init) {
  const { headers, status = 200, statusText = '' } = init;
  return { headers, status: toUnsignedShort(status), statusText: toByteString(statusText, 'Response: statusText') };
}

function toUnsignedShort(value) {
  const number = Math.trunc(+value) || 0;
  return ((number % 0x10000) + 0x10000) % 0x10000;
}

// https://fetch.spec.whatwg.org/#initialize-a-response
function initialise(response, state, init, extracted) {
  if (init.status < 200 || init.status > 599) {
    throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
  }
  if (!/^[\t\x20-\x7E\x80-\xFF]*$/.test(init.statusText)) throw new TypeError('Invalid statusText');
  state.status = init.status;
  state.statusText = init.statusText;
  if (init.headers !== undefined) fill(response.headers, init.headers, 'Response constructor');
  if (extracted === null) return;
  if (nullBodyStatuses.includes(init.status)) {
    throw new TypeError(`Response constructor: Invalid response status code ${init.status}`);
  }
  state.body = extracted.body;
  if (extracted.type !== null && !state.headers.has('content-type')) state.headers.append('content-type', extracted.type);
}

Object.defineProperty(Response, 'length', { __proto__: null, value: 0, configurable: true });
for (const [name, length] of [['error', 0], ['json', 1], ['redirect', 1]]) {
  Object.defineProperty(Response[name], 'length', { __proto__: null, value: length, configurable: true });
  Object.defineProperty(Response, name, { __proto__: null, enumerable: true });
}
publish(Response, ['type', 'url', 'redirected', 'status', 'ok', 'statusText', 'headers', 'clone']);
mixBody(Response, (value) => stateOf(value));

// A Response of a state.
function responseOf(state) {
  return new Response(kState, state);
}

module.exports = { Response, ResponseState, nullBodyStatuses, redirectStatuses, responseOf };

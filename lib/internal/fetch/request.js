// SPDX-License-Identifier: MIT
'use strict';

// Request  https://fetch.spec.whatwg.org/#request-class

const { customInspectSymbol } = require('internal/util');
const { URL } = require('internal/url');
const { HeaderList, fill, headersOf } = require('internal/fetch/headers');
const { Body, extractBody, mixBody } = require('internal/fetch/body');
const { policies } = require('internal/fetch/referrer');
const { illegalInvocation, publish, requireArguments, toByteString, toDictionary, toEnum, toText, toUSVString } =
  require('internal/fetch/webidl');

const enums = {
  __proto__: null,
  mode: ['navigate', 'same-origin', 'no-cors', 'cors'],
  credentials: ['omit', 'same-origin', 'include'],
  cache: ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'],
  redirect: ['follow', 'manual', 'error'],
  referrerPolicy: ['', ...policies],
  duplex: ['half'],
  priority: ['high', 'low', 'auto'],
};
const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const normalMethods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'];
const forbiddenMethods = ['CONNECT', 'TRACE', 'TRACK'];

class RequestState {
  constructor() {
    this.method = 'GET';
    this.url = undefined; // a URL
    this.headers = new HeaderList();
    this.referrer = 'about:client';
    this.referrerPolicy = '';
    this.mode = 'cors';
    this.credentials = 'same-origin';
    this.cache = 'default';
    this.redirect = 'follow';
    this.integrity = '';
    this.keepalive = false;
    this.body = null;
    this.source = undefined; // the signal that the request's own follows
    this.dispatcher = undefined;
  }
}

const kState = Symbol('kState');
let stateOf;
let isRequest;

class Request {
  #state;
  #headers;
  #signal;

  static {
    isRequest = (value) => typeof value === 'object' && value !== null && #state in value;
    stateOf = (value) => {
      if (!isRequest(value)) throw illegalInvocation();
      return value.#state;
    };
  }

  constructor(input, init = undefined) {
    if (input === kState) {
      this.#state = init;
      return;
    }
    requireArguments(arguments, 1, 'Request constructor');
    init = toDictionary(init);
    const state = this.#state = new RequestState();
    const from = isRequest(input) ? input : undefined;
    if (from !== undefined) {
      Object.assign(state, from.#state);
      state.headers = HeaderList.from(from.#state.headers);
      state.body = null;
      state.source = from.#signal ?? from.#state.source;
    } else {
      state.url = parseURL(toUSVString(input, 'Request constructor: input'));
    }
    readOptions(state, init);
    if (init.headers !== undefined) {
      state.headers = new HeaderList();
      fill(this.headers, init.headers, 'Headers constructor');
    }
    readBody(state, init, from?.#state);
  }

  get method() { return stateOf(this).method; }

  get url() { return stateOf(this).url.href; }

  get headers() {
    const state = stateOf(this);
    return this.#headers ??= headersOf(state.headers, 'request');
  }

  get destination() {
    stateOf(this);
    return '';
  }

  get referrer() { return stateOf(this).referrer; }

  get referrerPolicy() { return stateOf(this).referrerPolicy; }

  get mode() { return stateOf(this).mode; }

  get credentials() { return stateOf(this).credentials; }

  get cache() { return stateOf(this).cache; }

  get redirect() { return stateOf(this).redirect; }

  get integrity() { return stateOf(this).integrity; }

  get keepalive() { return stateOf(this).keepalive; }

  get isReloadNavigation() {
    stateOf(this);
    return false;
  }

  get isHistoryNavigation() {
    stateOf(this);
    return false;
  }

  get signal() {
    const { source } = stateOf(this);
    if (this.#signal === undefined) {
      const { AbortController, AbortSignal } = require('internal/abort_controller');
      this.#signal = source === undefined ? new AbortController().signal : AbortSignal.any([source]);
    }
    return this.#signal;
  }

  get duplex() {
    stateOf(this);
    return 'half';
  }

  clone() {
    const state = stateOf(this);
    if (state.body !== null && state.body.isUnusable) throw new TypeError('unusable');
    const copy = Object.assign(new RequestState(), state);
    copy.headers = HeaderList.from(state.headers);
    copy.body = state.body === null ? null : state.body.clone();
    copy.source = this.#signal ?? state.source;
    return new Request(kState, copy);
  }

  [customInspectSymbol](depth, options) {
    const { inspect } = require('internal/util/inspect');
    options.depth ??= 2;
    options.colors ??= true;
    const shown = {};
    for (const key of ['method', 'url', 'headers', 'destination', 'referrer', 'referrerPolicy', 'mode', 'credentials',
      'cache', 'redirect', 'integrity', 'keepalive', 'isReloadNavigation', 'isHistoryNavigation', 'signal']) {
      shown[key] = this[key];
    }
    return `Request ${inspect(shown, options)}`;
  }
}

function parseURL(text) {
  let url;
  try {
    url = new URL(text);
  } catch (error) {
    throw new TypeError(`Failed to parse URL from ${text}`, { cause: error });
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${text}`);
  }
  return url;
}

function readReferrer(text) {
  if (text === '') return 'no-referrer';
  let url;
  try {
    url = new URL(text);
  } catch (error) {
    throw new TypeError(`Referrer "${text}" is not a valid URL.`, { cause: error });
  }
  return url.protocol === 'about:' && url.pathname === 'client' ? 'about:client' : url.href;
}

// The members of RequestInit but for headers and body.
function readOptions(state, init) {
  if (init.window !== undefined && init.window !== null) {
    throw new TypeError("'window' option 'client' must be null");
  }
  if (init.referrer !== undefined) state.referrer = readReferrer(toUSVString(init.referrer, 'RequestInit: referrer'));
  for (const key of ['referrerPolicy', 'mode', 'credentials', 'cache', 'redirect']) {
    if (init[key] !== undefined) state[key] = toEnum(init[key], enums[key]);
  }
  for (const key of ['duplex', 'priority']) if (init[key] !== undefined) toEnum(init[key], enums[key]); // without effect
  if (state.mode === 'navigate') throw new TypeError('Request constructor: invalid request mode navigate.');
  if (state.cache === 'only-if-cached' && state.mode !== 'same-origin') {
    throw new TypeError("'only-if-cached' can be set only with 'same-origin' mode");
  }
  if (init.integrity !== undefined) state.integrity = toText(init.integrity, 'RequestInit: integrity', 'DOMString');
  if (init.keepalive !== undefined) state.keepalive = Boolean(init.keepalive);
  if (init.method !== undefined) state.method = readMethod(init.method);
  if (state.mode === 'no-cors' && !['GET', 'HEAD', 'POST'].includes(state.method)) {
    throw new TypeError(`'${state.method} is unsupported in no-cors mode.`);
  }
  if (init.signal !== undefined) state.source = readSignal(init.signal);
  if (init.dispatcher !== undefined) state.dispatcher = init.dispatcher;
}

function readMethod(value) {
  const method = toByteString(value, 'RequestInit: method');
  if (!tokenPattern.test(method)) throw new TypeError(`'${method}' is not a valid HTTP method.`);
  const upper = method.toUpperCase();
  if (forbiddenMethods.includes(upper)) throw new TypeError(`'${method}' HTTP method is unsupported.`);
  if (method === 'patch') warnOfPatch();
  return normalMethods.includes(upper) ? upper : method;
}

let hasWarned = false;

function warnOfPatch() {
  if (hasWarned) return;
  hasWarned = true;
  process.emitWarning('Using `patch` is highly likely to result in a `405 Method Not Allowed`. `PATCH` is much more ' +
    'likely to succeed.', { code: 'UNDICI-FETCH-patch' });
}

function readSignal(signal) {
  if (signal === null) return undefined;
  if (typeof signal !== 'object' || typeof signal.aborted !== 'boolean' ||
      typeof signal.addEventListener !== 'function') {
    const shown = typeof signal === 'string' ? `"${signal}"` : require('internal/util/inspect').inspect(signal);
    throw new TypeError(`RequestInit: Expected signal ("${shown}") to be an instance of AbortSignal.`);
  }
  return signal;
}

function readBody(state, init, from) {
  const given = init.body;
  const inherited = from?.body ?? null;
  const hasBody = given !== undefined && given !== null;
  if ((hasBody || inherited !== null) && (state.method === 'GET' || state.method === 'HEAD')) {
    throw new TypeError('Request with GET/HEAD method cannot have body.');
  }
  if (hasBody) {
    const { body, type } = extractBody(given, state.keepalive);
    if (body.record !== undefined && init.duplex === undefined) {
      throw new TypeError('RequestInit: duplex option is required when sending a body.');
    }
    state.body = body;
    if (type !== null && !state.headers.has('content-type')) state.headers.append('content-type', type);
  } else if (inherited !== null) {
    if (inherited.isUnusable) {
      throw new TypeError('Cannot construct a Request with a Request object that has already been used.');
    }
    // The content moves; what is left counts as read.
    state.body = Object.assign(new Body(), inherited);
    inherited.pieces = inherited.node = inherited.record = undefined;
    inherited.isUsed = true;
  }
}

publish(Request, ['method', 'url', 'headers', 'destination', 'referrer', 'referrerPolicy', 'mode', 'credentials', 'cache',
  'redirect', 'integrity', 'keepalive', 'isReloadNavigation', 'isHistoryNavigation', 'signal', 'duplex', 'clone']);
mixBody(Request, (value) => stateOf(value));

module.exports = { Request, requestStateOf: (request) => stateOf(request) };

// SPDX-License-Identifier: MIT
'use strict';

// Headers  https://fetch.spec.whatwg.org/#headers-class, over a header list that requests and responses keep.

const { customInspectSymbol } = require('internal/util');
const { illegalInvocation, makePairIterable, publish, requireArguments, toByteString } =
  require('internal/fetch/webidl');

const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const badValuePattern = /[\0\r\n]/;

// HTTP whitespace at both ends goes.
function normalise(value) {
  let start = 0;
  let end = value.length;
  while (start < end && isSpace(value.charCodeAt(start))) start++;
  while (end > start && isSpace(value.charCodeAt(end - 1))) end--;
  return start === 0 && end === value.length ? value : value.slice(start, end);
}

function isSpace(code) {
  return code === 0x20 || code === 0x09 || code === 0x0A || code === 0x0D;
}

// Names are found whatever their case; the first spelling is kept. Several fields of a name are joined, but Set-Cookie
// fields stay apart.
class HeaderList {
  constructor() {
    this.fields = new Map(); // lower case name: { name, value }
    this.cookies = undefined; // values of set-cookie
    this.sorted = undefined;
  }

  static from(other) {
    const list = new HeaderList();
    for (const [key, { name, value }] of other.fields) list.fields.set(key, { name, value });
    if (other.cookies !== undefined) list.cookies = [...other.cookies];
    return list;
  }

  has(name) {
    return this.fields.has(name.toLowerCase());
  }

  get(name) {
    return this.fields.get(name.toLowerCase())?.value ?? null;
  }

  append(name, value) {
    this.sorted = undefined;
    const key = name.toLowerCase();
    const field = this.fields.get(key);
    if (field === undefined) this.fields.set(key, { name, value });
    else field.value += `${key === 'cookie' ? '; ' : ', '}${value}`;
    if (key === 'set-cookie') (this.cookies ??= []).push(value);
  }

  set(name, value) {
    this.sorted = undefined;
    const key = name.toLowerCase();
    if (key === 'set-cookie') this.cookies = [value];
    const field = this.fields.get(key);
    if (field === undefined) this.fields.set(key, { name, value });
    else field.value = value;
  }

  delete(name) {
    this.sorted = undefined;
    const key = name.toLowerCase();
    if (key === 'set-cookie') this.cookies = undefined;
    this.fields.delete(key);
  }

  // Sort and combine: [lower case name, value], by name.
  pairs() {
    if (this.sorted !== undefined) return this.sorted;
    const out = [];
    for (const key of [...this.fields.keys()].sort()) {
      if (key === 'set-cookie') for (const value of this.cookies) out.push([key, value]);
      else out.push([key, this.fields.get(key).value]);
    }
    return this.sorted = out;
  }
}

const kList = Symbol('kList');
let listOf;
let isHeaders;

function checkName(name, where) {
  if (!tokenPattern.test(name)) throw new TypeError(`${where}: "${name}" is an invalid header name.`);
}

class Headers {
  #list;
  #guard = 'none';

  static {
    listOf = (headers) => headers.#list;
    isHeaders = (value) => typeof value === 'object' && value !== null && #list in value;
  }

  constructor(init = undefined, guard = undefined) {
    if (init === kList) {
      this.#list = guard.list;
      this.#guard = guard.guard;
      return;
    }
    this.#list = new HeaderList();
    if (init !== undefined) fill(this, init, 'Headers constructor');
  }

  // Validated, as by append().
  static add(headers, name, value) {
    headers.#append(name, value);
  }

  #append(name, value) {
    value = normalise(value);
    checkName(name, 'Headers.append');
    if (badValuePattern.test(value)) throw new TypeError(`Headers.append: "${value}" is an invalid header value.`);
    if (this.#guard === 'immutable') throw new TypeError('immutable');
    this.#list.append(name, value);
  }

  append(name, value) {
    if (!isHeaders(this)) throw illegalInvocation();
    requireArguments(arguments, 2, 'Headers.append');
    this.#append(toByteString(name, 'Headers.append: name'), toByteString(value, 'Headers.append: value'));
  }

  delete(name) {
    if (!isHeaders(this)) throw illegalInvocation();
    requireArguments(arguments, 1, 'Headers.delete');
    name = toByteString(name, 'Headers.delete: name');
    checkName(name, 'Headers.delete');
    if (this.#guard === 'immutable') throw new TypeError('immutable');
    this.#list.delete(name);
  }

  get(name) {
    if (!isHeaders(this)) throw illegalInvocation();
    requireArguments(arguments, 1, 'Headers.get');
    name = toByteString(name, 'Headers.get: name');
    checkName(name, 'Headers.get');
    return this.#list.get(name);
  }

  has(name) {
    if (!isHeaders(this)) throw illegalInvocation();
    requireArguments(arguments, 1, 'Headers.has');
    name = toByteString(name, 'Headers.has: name');
    checkName(name, 'Headers.has');
    return this.#list.has(name);
  }

  set(name, value) {
    if (!isHeaders(this)) throw illegalInvocation();
    requireArguments(arguments, 2, 'Headers.set');
    name = toByteString(name, 'Headers.set: name');
    value = normalise(toByteString(value, 'Headers.set: value'));
    checkName(name, 'Headers.set');
    if (badValuePattern.test(value)) throw new TypeError(`Headers.set: "${value}" is an invalid header value.`);
    if (this.#guard === 'immutable') throw new TypeError('immutable');
    this.#list.set(name, value);
  }

  getSetCookie() {
    if (!isHeaders(this)) throw illegalInvocation();
    const { cookies } = this.#list;
    return cookies === undefined ? [] : [...cookies];
  }

  [customInspectSymbol](depth, options) {
    if (!isHeaders(this)) throw illegalInvocation();
    const { inspect } = require('internal/util/inspect');
    const shown = {};
    for (const { name, value } of this.#list.fields.values()) shown[name] = value;
    options.depth ??= depth;
    return `Headers ${inspect(shown, options)}`;
  }
}
const { add } = Headers;
delete Headers.add;
Object.defineProperty(Headers, 'length', { __proto__: null, value: 0, configurable: true });
publish(Headers, ['append', 'delete', 'get', 'has', 'set', 'getSetCookie']);
makePairIterable(Headers, (headers) => {
  if (!isHeaders(headers)) throw illegalInvocation();
  return listOf(headers).pairs();
});

// https://fetch.spec.whatwg.org/#concept-headers-fill
function fill(headers, init, where) {
  if (isHeaders(init)) {
    for (const { name, value } of listOf(init).fields.values()) {
      if (name.toLowerCase() !== 'set-cookie') add(headers, name, value);
    }
    for (const cookie of listOf(init).cookies ?? []) add(headers, 'set-cookie', cookie);
    return;
  }
  if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
    throw new TypeError(`${where}: Argument 1 could not be converted to one of: sequence<sequence<ByteString>>, ` +
      'record<ByteString, ByteString>.');
  }
  const method = init[Symbol.iterator];
  if (method !== undefined && method !== null) {
    fillFromSequence(headers, init, where);
    return;
  }
  for (const key of Reflect.ownKeys(init)) {
    if (!Object.getOwnPropertyDescriptor(init, key)?.enumerable) continue;
    if (typeof key === 'symbol') {
      throw new TypeError(`${where}: Key ${key.toString()} in init is a symbol, which cannot be converted to a ` +
        'ByteString.');
    }
    add(headers, toByteString(key, where), toByteString(init[key], where));
  }
}

function fillFromSequence(headers, init, where) {
  let index = 0;
  for (const item of init) {
    if (item === null || typeof item !== 'object' || typeof item[Symbol.iterator] !== 'function') {
      const { inspect } = require('internal/util/inspect');
      throw new TypeError(`${where}: init[${index}] (${typeof item === 'string' ? `"${item}"` : inspect(item)}) is not ` +
        'iterable.');
    }
    const pair = [...item];
    if (pair.length !== 2) {
      throw new TypeError(`${where}: expected name/value pair to be length 2, found ${pair.length}.`);
    }
    add(headers, toByteString(pair[0], where), toByteString(pair[1], where));
    index++;
  }
}

// The Headers object that shows a list.
function headersOf(list, guard) {
  return new Headers(kList, { list, guard });
}

module.exports = { HeaderList, Headers, fill, headersOf, isHeaders, listOf, normalise };

// SPDX-License-Identifier: MIT
'use strict';

// URL and URLSearchParams  https://url.spec.whatwg.org/. The parser is C: internalBinding('url') gives the serialised
// URL and the places of its parts; the getters cut them out of it.

const binding = internalBinding('url');
const { codes } = require('internal/errors');
const { customInspectSymbol, kEnumerableProperty } = require('internal/util');
const { validateObject, validateString, kValidateObjectAllowObjects } = require('internal/validators');

// Where the parts stand in href: filled by parse and set, in this order. search and hash begin with their mark.
const parts = new Uint32Array(10);
const [kSchemeEnd, kUserStart, kUserEnd, kPasswordStart, kPasswordEnd, kHostStart, kHostEnd, kPathStart, kSearchStart,
  kHashStart] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

// What set() can change, by number.
const kHref = 0;
const kProtocol = 1;
const kUsername = 2;
const kPassword = 3;
const kHost = 4;
const kHostname = 5;
const kPort = 6;
const kPathname = 7;
const kSearch = 8;
const kHash = 9;

// --- URLSearchParams -------------------------------------------------------------------------------------------------

function percentDecode(text) {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // Not UTF-8, or a stray percent sign: byte by byte, with replacement characters.
    const { Buffer } = require('buffer');
    const { unescapeBuffer } = require('querystring');
    return unescapeBuffer(Buffer.from(text).toString('latin1'), false).toString();
  }
}

// application/x-www-form-urlencoded parsing  https://url.spec.whatwg.org/#concept-urlencoded-parser
function parseParams(text) {
  const list = [];
  let from = text.charCodeAt(0) === 0x3f ? 1 : 0;
  while (from < text.length) {
    let end = text.indexOf('&', from);
    if (end === -1) end = text.length;
    if (end > from) {
      let pair = text.slice(from, end);
      if (pair.includes('+')) pair = pair.replaceAll('+', ' ');
      const equals = pair.indexOf('=');
      if (equals === -1) list.push(percentDecode(pair), '');
      else list.push(percentDecode(pair.slice(0, equals)), percentDecode(pair.slice(equals + 1)));
    }
    from = end + 1;
  }
  return list;
}

const formPlain = /^[*\-._0-9A-Za-z]*$/;

function serializeText(text) {
  if (formPlain.test(text)) return text;
  return encodeURIComponent(text.toWellFormed()).replace(/%20|[!'()~]/g, (char) => (char === '%20' ? '+' :
    `%${char.charCodeAt(0).toString(16).toUpperCase()}`));
}

function serializeParams(list) {
  let out = '';
  for (let i = 0; i < list.length; i += 2) {
    out += `${i === 0 ? '' : '&'}${serializeText(list[i])}=${serializeText(list[i + 1])}`;
  }
  return out;
}

const toUSV = (value) => `${value}`.toWellFormed();

function checkArguments(count, ...names) {
  if (count < names.length) throw new codes.ERR_MISSING_ARGS(...names);
}

class URLSearchParams {
  #list = [];
  #url = null;

  constructor(init = undefined) {
    if (init == null) return;
    if (typeof init !== 'object' && typeof init !== 'function') {
      this.#list = parseParams(toUSV(init));
      return;
    }
    const method = init[Symbol.iterator];
    if (method === this[Symbol.iterator] && #list in init) {
      this.#list = init.#list.slice();
      return;
    }
    if (method != null) {
      if (typeof method !== 'function') throw new codes.ERR_ARG_NOT_ITERABLE('Query pairs');
      for (const pair of init) {
        if (pair == null) throw new codes.ERR_INVALID_TUPLE('Each query pair', '[name, value]');
        if (Array.isArray(pair)) {
          if (pair.length !== 2) throw new codes.ERR_INVALID_TUPLE('Each query pair', '[name, value]');
          this.#list.push(toUSV(pair[0]), toUSV(pair[1]));
          continue;
        }
        if ((typeof pair !== 'object' && typeof pair !== 'function') || typeof pair[Symbol.iterator] !== 'function') {
          throw new codes.ERR_INVALID_TUPLE('Each query pair', '[name, value]');
        }
        const both = [...pair];
        if (both.length !== 2) throw new codes.ERR_INVALID_TUPLE('Each query pair', '[name, value]');
        this.#list.push(toUSV(both[0]), toUSV(both[1]));
      }
      return;
    }
    // A record: a key met twice after conversion counts once, with its last value.
    const places = new Map();
    for (const key of Reflect.ownKeys(init)) {
      const desc = Object.getOwnPropertyDescriptor(init, key);
      if (desc === undefined || !desc.enumerable) continue;
      const name = toUSV(key);
      const value = toUSV(init[key]);
      const at = places.get(name);
      if (at !== undefined) {
        this.#list[at] = value;
      } else {
        places.set(name, this.#list.push(name, value) - 1);
      }
    }
  }

  static check(value, what = 'URLSearchParams') {
    if (typeof value !== 'object' || value === null || !(#list in value)) throw new codes.ERR_INVALID_THIS(what);
  }

  static listOf(params) {
    return params.#list;
  }

  static attach(params, url) {
    params.#url = url;
  }

  static reset(params, search) {
    params.#list = parseParams(search);
  }

  #changed() {
    if (this.#url !== null) updateFromParams(this.#url, serializeParams(this.#list));
  }

  [customInspectSymbol](recurseTimes, ctx) {
    check(this);
    if (typeof recurseTimes === 'number' && recurseTimes < 0) return ctx.stylize('[Object]', 'special');
    const { inspect } = require('internal/util/inspect');
    const separator = ', ';
    const inner = { ...ctx };
    if (recurseTimes !== null) inner.depth = recurseTimes - 1;
    const list = this.#list;
    const output = [];
    for (let i = 0; i < list.length; i += 2) {
      output.push(`${inspect(list[i], inner)} => ${inspect(list[i + 1], inner)}`);
    }
    const length = output.reduce((sum, text) => sum + removeColors(text).length + separator.length, -separator.length);
    if (length > ctx.breakLength) return `${this.constructor.name} {\n  ${output.join(',\n  ')} }`;
    return output.length ? `${this.constructor.name} { ${output.join(separator)} }` : `${this.constructor.name} {}`;
  }

  get size() {
    check(this);
    return this.#list.length / 2;
  }

  append(name, value) {
    check(this);
    checkArguments(arguments.length, 'name', 'value');
    this.#list.push(toUSV(name), toUSV(value));
    this.#changed();
  }

  delete(name, value = undefined) {
    check(this);
    checkArguments(arguments.length, 'name');
    const list = this.#list;
    name = toUSV(name);
    if (value !== undefined) value = toUSV(value);
    for (let i = 0; i < list.length;) {
      if (list[i] === name && (value === undefined || list[i + 1] === value)) list.splice(i, 2);
      else i += 2;
    }
    this.#changed();
  }

  get(name) {
    check(this);
    checkArguments(arguments.length, 'name');
    const list = this.#list;
    name = toUSV(name);
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name) return list[i + 1];
    }
    return null;
  }

  getAll(name) {
    check(this);
    checkArguments(arguments.length, 'name');
    const list = this.#list;
    const values = [];
    name = toUSV(name);
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name) values.push(list[i + 1]);
    }
    return values;
  }

  has(name, value = undefined) {
    check(this);
    checkArguments(arguments.length, 'name');
    const list = this.#list;
    name = toUSV(name);
    if (value !== undefined) value = toUSV(value);
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name && (value === undefined || list[i + 1] === value)) return true;
    }
    return false;
  }

  set(name, value) {
    check(this);
    checkArguments(arguments.length, 'name', 'value');
    const list = this.#list;
    name = toUSV(name);
    value = toUSV(value);
    let found = false;
    for (let i = 0; i < list.length;) {
      if (list[i] === name) {
        if (!found) {
          list[i + 1] = value;
          found = true;
          i += 2;
        } else {
          list.splice(i, 2);
        }
      } else {
        i += 2;
      }
    }
    if (!found) list.push(name, value);
    this.#changed();
  }

  // Stable, by UTF-16 code units of the names.
  sort() {
    check(this);
    const list = this.#list;
    const pairs = [];
    for (let i = 0; i < list.length; i += 2) pairs.push([list[i], list[i + 1]]);
    pairs.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    this.#list = pairs.flat();
    this.#changed();
  }

  forEach(callback, thisArg = undefined) {
    check(this);
    require('internal/validators').validateFunction(callback, 'callback');
    for (let i = 0; i < this.#list.length; i += 2) {
      Reflect.apply(callback, thisArg, [this.#list[i + 1], this.#list[i], this]);
    }
  }

  entries() {
    check(this);
    return new URLSearchParamsIterator(this, 'entries');
  }

  keys() {
    check(this);
    return new URLSearchParamsIterator(this, 'keys');
  }

  values() {
    check(this);
    return new URLSearchParamsIterator(this, 'values');
  }

  toString() {
    check(this);
    return serializeParams(this.#list);
  }
}

const { check, listOf, attach, reset } = URLSearchParams;
delete URLSearchParams.check;
delete URLSearchParams.listOf;
delete URLSearchParams.attach;
delete URLSearchParams.reset;

const removeColors = (text) => require('internal/util').removeColors(text);

class URLSearchParamsIterator {
  #params;
  #kind;
  #index = 0;

  constructor(params, kind) {
    this.#params = params;
    this.#kind = kind;
  }

  next() {
    if (typeof this !== 'object' || this === null || !(#params in this)) {
      throw new codes.ERR_INVALID_THIS('URLSearchParamsIterator');
    }
    const list = listOf(this.#params);
    const index = this.#index;
    if (index >= list.length) return { value: undefined, done: true };
    this.#index = index + 2;
    const name = list[index];
    const value = list[index + 1];
    return { value: this.#kind === 'keys' ? name : this.#kind === 'values' ? value : [name, value], done: false };
  }

  [customInspectSymbol](recurseTimes, ctx) {
    if (typeof recurseTimes === 'number' && recurseTimes < 0) return ctx.stylize('[Object]', 'special');
    const { inspect } = require('internal/util/inspect');
    const inner = { ...ctx };
    if (recurseTimes !== null) inner.depth = recurseTimes - 1;
    const list = listOf(this.#params).slice(this.#index);
    const output = [];
    for (let i = 0; i < list.length; i += 2) {
      if (this.#kind === 'entries') output.push([list[i], list[i + 1]]);
      else output.push(list[this.#kind === 'keys' ? i : i + 1]);
    }
    const broken = inspect(output, inner).includes('\n');
    const shown = output.map((item) => inspect(item, inner));
    return broken ? `URLSearchParams Iterator {\n  ${shown.join(',\n  ')} }` :
      `URLSearchParams Iterator { ${shown.join(', ')} }`;
  }
}
delete URLSearchParamsIterator.prototype.constructor;
Object.setPrototypeOf(URLSearchParamsIterator.prototype,
  Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())));
Object.defineProperties(URLSearchParamsIterator.prototype, {
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'URLSearchParams Iterator' },
  next: kEnumerableProperty,
});
{
  const props = {
    [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'URLSearchParams' },
    [Symbol.iterator]: {
      __proto__: null, configurable: true, writable: true, value: URLSearchParams.prototype.entries,
    },
  };
  for (const name of ['append', 'delete', 'entries', 'forEach', 'get', 'getAll', 'has', 'keys', 'set', 'size', 'sort',
    'toString', 'values']) {
    props[name] = kEnumerableProperty;
  }
  Object.defineProperties(URLSearchParams.prototype, props);
}

// --- URL -------------------------------------------------------------------------------------------------------------

let updateFromParams;

class URL {
  #href = '';
  #schemeEnd = 0;
  #userStart = 0;
  #userEnd = 0;
  #passwordStart = 0;
  #passwordEnd = 0;
  #hostStart = 0;
  #hostEnd = 0;
  #pathStart = 0;
  #searchStart = 0;
  #hashStart = 0;
  #portEnd = 0;
  #searchParams;

  constructor(input, base = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    input = `${input}`;
    if (base !== undefined) base = `${base}`;
    const href = binding.parse(input, base, parts);
    if (href === undefined) throw new codes.ERR_INVALID_URL(input, base);
    this.#take(href);
  }

  static parse(input, base = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    input = `${input}`;
    if (base !== undefined) base = `${base}`;
    return binding.canParse(input, base) ? new URL(input, base) : null;
  }

  static canParse(url, base = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    return binding.canParse(`${url}`, base === undefined ? undefined : `${base}`);
  }

  static createObjectURL(obj) {
    return require('internal/blob').createObjectURL(obj);
  }

  static revokeObjectURL(url) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    require('internal/blob').revokeObjectURL(`${url}`);
  }

  static is(value) {
    return typeof value === 'object' && value !== null && #href in value;
  }

  // Takes over what the binding has left in `parts`.
  #take(href) {
    this.#href = href;
    this.#schemeEnd = parts[kSchemeEnd];
    this.#userStart = parts[kUserStart];
    this.#userEnd = parts[kUserEnd];
    this.#passwordStart = parts[kPasswordStart];
    this.#passwordEnd = parts[kPasswordEnd];
    this.#hostStart = parts[kHostStart];
    this.#hostEnd = parts[kHostEnd];
    this.#pathStart = parts[kPathStart];
    this.#searchStart = parts[kSearchStart];
    this.#hashStart = parts[kHashStart];
    // The port ends where the path begins, save for the `/.` that keeps a path of two slashes from being a host.
    this.#portEnd = this.#pathStart;
    if (this.#hostStart === this.#hostEnd && href.charCodeAt(this.#pathStart - 1) === 0x2e) this.#portEnd = this.#hostEnd;
  }

  #set(what, value) {
    const href = binding.set(this.#href, what, `${value}`, parts);
    if (href !== undefined) this.#take(href);
    return href !== undefined;
  }

  static setSearch(url, query) {
    url.#set(kSearch, query);
  }

  [customInspectSymbol](depth, opts) {
    checkURL(this);
    if (typeof depth === 'number' && depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const constructor = require('internal/util').getConstructorOf(this) || URL;
    const shown = { __proto__: { constructor } };
    for (const name of ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname',
      'search', 'searchParams', 'hash']) {
      shown[name] = this[name];
    }
    return `${constructor.name} ${inspect(shown, opts).replace(/^[^{]*/, '')}`;
  }

  toString() {
    checkURL(this);
    return this.#href;
  }

  toJSON() {
    checkURL(this);
    return this.#href;
  }

  get href() {
    checkURL(this);
    return this.#href;
  }

  set href(value) {
    checkURL(this);
    value = `${value}`;
    if (!this.#set(kHref, value)) throw new codes.ERR_INVALID_URL(value);
    if (this.#searchParams !== undefined) reset(this.#searchParams, this.search);
  }

  // origin  https://url.spec.whatwg.org/#concept-url-origin
  get origin() {
    checkURL(this);
    switch (this.protocol) {
      case 'http:': case 'https:': case 'ftp:': case 'ws:': case 'wss:':
        return `${this.protocol}//${this.host}`;
      case 'blob:': {
        const inner = this.pathname;
        if (binding.canParse(inner, undefined)) {
          const url = new URL(inner);
          if (url.protocol === 'http:' || url.protocol === 'https:') return url.origin;
        }
        return 'null';
      }
      default:
        return 'null';
    }
  }

  get protocol() {
    checkURL(this);
    return this.#href.slice(0, this.#schemeEnd);
  }

  set protocol(value) {
    checkURL(this);
    this.#set(kProtocol, value);
  }

  get username() {
    checkURL(this);
    return this.#href.slice(this.#userStart, this.#userEnd);
  }

  set username(value) {
    checkURL(this);
    this.#set(kUsername, value);
  }

  get password() {
    checkURL(this);
    return this.#href.slice(this.#passwordStart, this.#passwordEnd);
  }

  set password(value) {
    checkURL(this);
    this.#set(kPassword, value);
  }

  get host() {
    checkURL(this);
    return this.#href.slice(this.#hostStart, this.#portEnd);
  }

  set host(value) {
    checkURL(this);
    this.#set(kHost, value);
  }

  get hostname() {
    checkURL(this);
    return this.#href.slice(this.#hostStart, this.#hostEnd);
  }

  set hostname(value) {
    checkURL(this);
    this.#set(kHostname, value);
  }

  get port() {
    checkURL(this);
    return this.#portEnd > this.#hostEnd ? this.#href.slice(this.#hostEnd + 1, this.#portEnd) : '';
  }

  set port(value) {
    checkURL(this);
    this.#set(kPort, value);
  }

  get pathname() {
    checkURL(this);
    return this.#href.slice(this.#pathStart, this.#searchStart);
  }

  set pathname(value) {
    checkURL(this);
    this.#set(kPathname, value);
  }

  get search() {
    checkURL(this);
    return this.#hashStart - this.#searchStart > 1 ? this.#href.slice(this.#searchStart, this.#hashStart) : '';
  }

  set search(value) {
    checkURL(this);
    this.#set(kSearch, value);
    if (this.#searchParams !== undefined) reset(this.#searchParams, this.search);
  }

  get searchParams() {
    checkURL(this);
    if (this.#searchParams === undefined) {
      this.#searchParams = new URLSearchParams(this.search);
      attach(this.#searchParams, this);
    }
    return this.#searchParams;
  }

  get hash() {
    checkURL(this);
    return this.#href.length - this.#hashStart > 1 ? this.#href.slice(this.#hashStart) : '';
  }

  set hash(value) {
    checkURL(this);
    this.#set(kHash, value);
  }
}

const isURL = URL.is;
updateFromParams = URL.setSearch;
delete URL.is;
delete URL.setSearch;

function checkURL(value) {
  if (!isURL(value)) throw new codes.ERR_INVALID_THIS('URL');
}

{
  const props = { [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'URL' } };
  for (const name of ['toString', 'href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port',
    'pathname', 'search', 'searchParams', 'hash', 'toJSON']) {
    props[name] = kEnumerableProperty;
  }
  Object.defineProperties(URL.prototype, props);
  const statics = {};
  for (const name of ['canParse', 'createObjectURL', 'revokeObjectURL', 'parse']) {
    statics[name] = { __proto__: null, configurable: true, writable: true, enumerable: true };
  }
  Object.defineProperties(URL, statics);
}

// --- files -----------------------------------------------------------------------------------------------------------

function fileURLToPath(path, options = undefined) {
  const windows = options?.windows ?? process.platform === 'win32';
  if (typeof path === 'string') path = new URL(path);
  else if (!isURLLike(path)) throw new codes.ERR_INVALID_ARG_TYPE('path', ['string', 'URL'], path);
  if (path.protocol !== 'file:') throw new codes.ERR_INVALID_URL_SCHEME('file');
  return windows ? pathFromWindowsURL(path) : pathFromPosixURL(path);
}

function pathFromPosixURL(url) {
  if (url.hostname !== '') throw new codes.ERR_INVALID_FILE_URL_HOST(process.platform);
  const { pathname } = url;
  if (/%2f/i.test(pathname)) {
    throw new codes.ERR_INVALID_FILE_URL_PATH('must not include encoded / characters', url.href);
  }
  return pathname.includes('%') ? decodeURIComponent(pathname) : pathname;
}

function pathFromWindowsURL(url) {
  let { pathname } = url;
  if (/%(2f|5c)/i.test(pathname)) {
    throw new codes.ERR_INVALID_FILE_URL_PATH('must not include encoded \\ or / characters', url.href);
  }
  pathname = decodeURIComponent(pathname.replaceAll('/', '\\'));
  if (url.hostname !== '') return `\\\\${domainToUnicode(url.hostname)}${pathname}`;
  if (!/^\\[a-zA-Z]:/.test(pathname)) throw new codes.ERR_INVALID_FILE_URL_PATH('must be absolute', url.href);
  return pathname.slice(1);
}

function fileURLToPathBuffer(path, options = undefined) {
  const { Buffer } = require('buffer');
  if (typeof path === 'string') path = new URL(path);
  else if (!isURLLike(path)) throw new codes.ERR_INVALID_ARG_TYPE('path', ['string', 'URL'], path);
  if (path.protocol !== 'file:') throw new codes.ERR_INVALID_URL_SCHEME('file');
  if (options?.windows) return Buffer.from(pathFromWindowsURL(path));
  if (path.hostname !== '') throw new codes.ERR_INVALID_FILE_URL_HOST(process.platform);
  if (/%2f/i.test(path.pathname)) {
    throw new codes.ERR_INVALID_FILE_URL_PATH('must not include encoded / characters', path.href);
  }
  return require('querystring').unescapeBuffer(path.pathname, false);
}

const mustEscapeInPath = /[%\\\n\r\t?#]/g;
const pathEscapes = { '%': '%25', '\\': '%5C', '\n': '%0A', '\r': '%0D', '\t': '%09', '?': '%3F', '#': '%23' };

function pathToFileURL(filepath, options) {
  validateString(filepath, 'path');
  const windows = options?.windows ?? process.platform === 'win32';
  const path = require('path');
  if (windows && filepath.startsWith('\\\\')) {
    const isExtended = filepath.startsWith('\\\\?\\UNC\\');
    const prefix = isExtended ? 8 : 2;
    const hostEnd = filepath.indexOf('\\', prefix);
    if (hostEnd === -1) throw new codes.ERR_INVALID_ARG_VALUE('path', filepath, 'Missing UNC resource path');
    if (hostEnd === 2) throw new codes.ERR_INVALID_ARG_VALUE('path', filepath, 'Empty UNC servername');
    const url = new URL('file://');
    url.hostname = binding.domainToASCII(filepath.slice(prefix, hostEnd));
    url.pathname = filepath.slice(hostEnd).replace(/[%\n\r\t]/g, (char) => pathEscapes[char]).replaceAll('\\', '/');
    return url;
  }
  let resolved = windows ? path.win32.resolve(filepath) : path.posix.resolve(filepath);
  // resolve drops a trailing slash, which means something in a URL.
  const last = filepath.charCodeAt(filepath.length - 1);
  const separator = windows ? '\\' : '/';
  if ((last === 0x2f || (windows && last === 0x5c)) && !resolved.endsWith(separator)) resolved += separator;
  if (windows) {
    resolved = resolved.replace(/[%\n\r\t?#]/g, (char) => pathEscapes[char]).replaceAll('\\', '/');
    return new URL(`file:///${resolved}`);
  }
  return new URL(`file://${resolved.replace(mustEscapeInPath, (char) => pathEscapes[char])}`);
}

function toPathIfFileURL(fileURLOrPath) {
  return isURLLike(fileURLOrPath) ? fileURLToPath(fileURLOrPath) : fileURLOrPath;
}

// Any object with the looks of a URL, of whatever realm; the legacy parser's result has `auth` and `path`.
function isURLLike(self) {
  return Boolean(self?.href && self.protocol && self.auth === undefined && self.path === undefined);
}

function domainToASCII(domain) {
  if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('domain');
  return binding.domainToASCII(`${domain}`);
}

function domainToUnicode(domain) {
  if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('domain');
  return binding.domainToUnicode(`${domain}`);
}

// Options for http.request from a URL.
function urlToHttpOptions(url) {
  validateObject(url, 'url', kValidateObjectAllowObjects);
  const { hostname, pathname, port, username, password, search } = url;
  const options = {
    __proto__: null,
    ...url,
    protocol: url.protocol,
    hostname: hostname && hostname[0] === '[' ? hostname.slice(1, -1) : hostname,
    hash: url.hash,
    search,
    pathname,
    path: `${pathname || ''}${search || ''}`,
    href: url.href,
  };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

module.exports = {
  URL,
  URLSearchParams,
  domainToASCII,
  domainToUnicode,
  fileURLToPath,
  fileURLToPathBuffer,
  isURL: isURLLike,
  isRealURL: isURL,
  pathToFileURL,
  toPathIfFileURL,
  urlToHttpOptions,
};

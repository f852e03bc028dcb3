// SPDX-License-Identifier: MIT
'use strict';

// URLPattern  https://urlpattern.spec.whatwg.org/#urlpattern-class

const { URL } = require('internal/url');
const { compileComponent } = require('internal/urlpattern/component');
const { canonical, order, processInit, specialPorts } = require('internal/urlpattern/canonical');
const { defaultOptions, parseConstructorString } = require('internal/urlpattern/constructor_string');
const { customInspectSymbol } = require('internal/util');

function coded(Type, code, message) {
  const error = new Type(message);
  error.code = code;
  return error;
}

// A URLPatternInit, its members read in the order of dictionaries.
function readInit(given) {
  const init = { __proto__: null };
  for (const name of ['baseURL', 'hash', 'hostname', 'password', 'pathname', 'port', 'protocol', 'search', 'username']) {
    const value = given[name];
    if (value !== undefined) init[name] = `${value}`.toWellFormed();
  }
  return init;
}

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

// (input, baseURL, options) or (input, options)
function readArguments(input, second, third) {
  let baseURL;
  let options;
  if (input !== undefined && input !== null && typeof input !== 'string' && !isObject(input)) {
    throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'Input must be an object or a string');
  }
  if (typeof second === 'string') {
    baseURL = second;
    options = third;
  } else if (isObject(second)) {
    options = second;
  } else if (second !== undefined && second !== null) {
    throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'second argument must be a string or object');
  }
  if (options !== undefined && options !== null && !isObject(options)) {
    throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'options must be an object');
  }
  return { baseURL, ignoreCase: Boolean(options?.ignoreCase) };
}

// https://urlpattern.spec.whatwg.org/#url-pattern-create
function compile(input, baseURL, ignoreCase) {
  let init;
  if (typeof input === 'string') {
    init = parseConstructorString(input);
    if (baseURL === undefined && init.protocol === undefined) throw new TypeError('No base URL');
    if (baseURL !== undefined) init.baseURL = baseURL;
  } else {
    if (baseURL !== undefined) throw new TypeError('A base URL beside an object');
    init = input;
  }
  const given = processInit(init, true, { __proto__: null });
  for (const name of order) given[name] ??= '*';
  if (specialPorts[given.protocol] !== undefined && specialPorts[given.protocol] === given.port) given.port = '';

  const options = { delimiter: '', prefix: '', ignoreCase };
  const protocol = compileComponent(given.protocol, canonical.protocol, defaultOptions);
  const isSpecial = Object.keys(specialPorts).some((scheme) => protocol.regexp.test(scheme));
  const encodeHost = isIPv6(given.hostname) ? canonical.ipv6Hostname :
    isSpecial ? canonical.domainName : canonical.hostname;
  return {
    __proto__: null,
    protocol,
    username: compileComponent(given.username, canonical.username, defaultOptions),
    password: compileComponent(given.password, canonical.password, defaultOptions),
    hostname: compileComponent(given.hostname, encodeHost, { delimiter: '.', prefix: '', ignoreCase: false }),
    port: compileComponent(given.port, (value) => canonical.port(value), defaultOptions),
    pathname: isSpecial ?
      compileComponent(given.pathname, canonical.pathname, { delimiter: '/', prefix: '/', ignoreCase }) :
      compileComponent(given.pathname, canonical.opaquePathname, options),
    search: compileComponent(given.search, canonical.search, options),
    hash: compileComponent(given.hash, canonical.hash, options),
  };
}

function isIPv6(hostname) {
  return hostname.length >= 2 && (hostname[0] === '[' || hostname.startsWith('{[') || hostname.startsWith('\\['));
}

// The components of what is matched, or undefined when it is no URL.
function readSubject(input, baseURL) {
  try {
    if (typeof input !== 'string') {
      const empty = { __proto__: null };
      for (const name of order) empty[name] = '';
      return processInit(input, false, empty);
    }
    const url = new URL(input, baseURL);
    return {
      protocol: url.protocol.slice(0, -1), username: url.username, password: url.password, hostname: url.hostname,
      port: url.port, pathname: url.pathname, search: url.search.slice(1), hash: url.hash.slice(1),
    };
  } catch {
    return undefined;
  }
}

const kResultOrder = ['hash', 'hostname', 'inputs', 'password', 'pathname', 'port', 'protocol', 'search', 'username'];

class URLPattern {
  #components;

  constructor(input, baseURL, options) {
    const read = readArguments(input, baseURL, options);
    const given = typeof input === 'string' ? input.toWellFormed() : readInit(input ?? {});
    try {
      this.#components = compile(given, read.baseURL, read.ignoreCase);
    } catch {
      throw coded(TypeError, 'ERR_INVALID_URL_PATTERN', 'Failed to construct URLPattern');
    }
  }

  static of(value) {
    if (typeof value !== 'object' || value === null || !(#components in value)) throw new TypeError('Illegal invocation');
    return value.#components;
  }

  exec(input = undefined, baseURL = undefined) {
    const components = componentsOf(this);
    const { subject, inputs } = prepare(input, baseURL, 'exec');
    if (subject === undefined) return null;
    const result = { __proto__: null };
    for (const name of kResultOrder) {
      if (name === 'inputs') {
        result.inputs = inputs;
        continue;
      }
      const { regexp, names } = components[name];
      const match = regexp.exec(subject[name]);
      if (match === null) return null;
      const groups = {};
      names.forEach((group, k) => {
        groups[group] = match[k + 1];
      });
      result[name] = { groups, input: subject[name] };
    }
    return result;
  }

  test(input = undefined, baseURL = undefined) {
    const components = componentsOf(this);
    const { subject } = prepare(input, baseURL, 'test');
    return subject !== undefined && order.every((name) => components[name].regexp.test(subject[name]));
  }

  [customInspectSymbol](depth, options) {
    return 'URLPattern {}';
  }
}

function prepare(input, baseURL, verb) {
  if (input !== undefined && typeof input !== 'string' && !isObject(input)) {
    throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'URLPattern input needs to be a string or an object');
  }
  if (baseURL !== undefined && typeof baseURL !== 'string') {
    throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'baseURL must be a string');
  }
  const given = typeof input === 'string' ? input.toWellFormed() : readInit(input ?? {});
  if (typeof given !== 'string' && baseURL !== undefined) {
    throw coded(TypeError, 'ERR_OPERATION_FAILED', `Failed to ${verb} URLPattern`);
  }
  const inputs = baseURL === undefined ? [typeof given === 'string' ? given : { ...given }] : [given, baseURL];
  return { subject: readSubject(given, baseURL), inputs };
}
const { of: componentsOf } = URLPattern;
delete URLPattern.of;

function defineGetter(name, get) {
  Object.defineProperty(get, 'name', { __proto__: null, value: '', configurable: true });
  Object.defineProperty(URLPattern.prototype, name, { __proto__: null, get, enumerable: true, configurable: false });
}
for (const name of order) {
  defineGetter(name, { get() { return componentsOf(this)[name].pattern; } }.get);
}
defineGetter('hasRegExpGroups', {
  get() {
    const components = componentsOf(this);
    return order.some((name) => components[name].hasRegExpGroups);
  },
}.get);
for (const name of ['exec', 'test']) {
  Object.defineProperty(URLPattern.prototype, name, { __proto__: null, enumerable: true });
  Object.defineProperty(URLPattern.prototype[name], 'length', { __proto__: null, value: 0, configurable: true });
}
Object.defineProperty(URLPattern, 'length', { __proto__: null, value: 0, configurable: true });
Object.defineProperty(URLPattern.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'URLPattern' });

module.exports = { URLPattern };

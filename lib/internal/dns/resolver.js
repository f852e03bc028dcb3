// SPDX-License-Identifier: MIT
'use strict';

// dns.Resolver and dns.promises.Resolver over a ChannelWrap each, and the default ones, which share theirs.

const { isIP } = require('internal/net');
const { DNSException, codes } = require('internal/errors');
const { toASCII } = require('internal/dns/names');
const { begin, isObserved, tell } = require('internal/perf/observed');
const { validateArray, validateFunction, validateInt32, validateString, validateUint32 } = require('internal/validators');
const { ChannelWrap } = internalBinding('cares_wrap');
const {
  ERR_DNS_SET_SERVERS_FAILED, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_IP_ADDRESS, ERR_SOCKET_BAD_PORT,
} = codes;

// Method, syscall, what resolve() takes, the number of the record's type.
const QUERIES = [
  ['resolveAny', 'queryAny', 'ANY', 255],
  ['resolve4', 'queryA', 'A', 1],
  ['resolve6', 'queryAaaa', 'AAAA', 28],
  ['resolveCaa', 'queryCaa', 'CAA', 257],
  ['resolveCname', 'queryCname', 'CNAME', 5],
  ['resolveMx', 'queryMx', 'MX', 15],
  ['resolveNs', 'queryNs', 'NS', 2],
  ['resolveTlsa', 'queryTlsa', 'TLSA', 52],
  ['resolveTxt', 'queryTxt', 'TXT', 16],
  ['resolveSrv', 'querySrv', 'SRV', 33],
  ['resolvePtr', 'queryPtr', 'PTR', 12],
  ['resolveNaptr', 'queryNaptr', 'NAPTR', 35],
  ['resolveSoa', 'querySoa', 'SOA', 6],
];
const METHOD_OF_TYPE = new Map(QUERIES.map(([method, , rrtype]) => [rrtype, method]));

// --- servers -----------------------------------------------------------------------------------------------------------

const PORT = 53;

// An address, or one with a port: a.b.c.d:port, [v6], [v6]:port
function parseServer(text, name) {
  validateString(text, name);
  if (isIP(text)) return [text, PORT];
  const bracketed = /^\[([^[\]]*)\](?::(\d*))?/.exec(text);
  if (bracketed && isIP(bracketed[1]) === 6) return [bracketed[1], portOf(bracketed[2])];
  const plain = /^([^:]*):(\d+)$/.exec(text);
  if (plain && isIP(plain[1]) === 4) return [plain[1], portOf(plain[2])];
  throw new ERR_INVALID_IP_ADDRESS(text);
}

function portOf(digits) {
  const port = digits ? Number(digits) : PORT;
  if (port > 65535) throw new ERR_SOCKET_BAD_PORT('Port', port, true);
  return port || PORT;
}

function formatServer([address, port]) {
  if (!port || port === PORT) return address;
  return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}

function setServersOf(handle, servers) {
  validateArray(servers, 'servers');
  const list = [];
  servers.forEach((server, k) => list.push(...parseServer(server, `servers[${k}]`)));
  const error = handle.setServers(list);
  if (error === 0) return;
  const why = error === 1 ? 'There are pending queries.' : require('util').getSystemErrorMessage(error);
  throw new ERR_DNS_SET_SERVERS_FAILED(why, require('internal/util/inspect').inspect(servers));
}

// --- both kinds --------------------------------------------------------------------------------------------------------

class ResolverBase {
  constructor(options = undefined) {
    const { timeout = -1, tries = 4, maxTimeout = 0 } = options ?? {};
    validateInt32(timeout, 'options.timeout', -1);
    validateInt32(tries, 'options.tries', 1);
    validateUint32(maxTimeout, 'options.maxTimeout');
    this._handle = new ChannelWrap(timeout, tries, maxTimeout);
  }

  cancel() {
    this._handle.cancel();
  }

  getServers() {
    return this._handle.getServers().map(formatServer);
  }

  setServers(servers) {
    setServersOf(this._handle, servers);
  }

  setLocalAddress(ipv4, ipv6) {
    validateString(ipv4, 'ipv4');
    if (ipv6 !== undefined) validateString(ipv6, 'ipv6');
    const byFamily = { 4: undefined, 6: undefined };
    for (const address of ipv6 === undefined ? [ipv4] : [ipv4, ipv6]) {
      const family = isIP(address);
      if (family === 0) throw invalidAddress('Invalid IP address.');
      if (byFamily[family] !== undefined) throw invalidAddress(`Cannot specify two IPv${family} addresses.`);
      byFamily[family] = address;
    }
    this._handle.setLocalAddress(byFamily[4], byFamily[6]);
  }
}

function invalidAddress(message) {
  const error = new TypeError(message);
  error.code = 'ERR_INVALID_ARG_VALUE';
  return error;
}

class QueryReqWrap {
  constructor(bindingName, callback, hostname, oncomplete, ttl) {
    this.bindingName = bindingName;
    this.callback = callback;
    this.hostname = hostname;
    this.oncomplete = oncomplete;
    this.ttl = ttl;
  }
}

function onresolve(error, values) {
  if (error) this.callback(new DNSException(error, this.bindingName, this.hostname));
  else this.callback(null, values);
}

// Begins a query; callback(error, values) comes later. An errno when it did not begin.
function ask(resolver, syscall, type, name, ttl, callback) {
  if (isObserved('dns')) {
    const start = begin();
    const answer = callback;
    callback = (error, values) => {
      if (!error) tell(syscall, 'dns', start, { host: name, ttl, result: values });
      answer(error, values);
    };
  }
  const req = new QueryReqWrap(syscall, callback, name, onresolve, ttl);
  const error = type === undefined ?
    resolver._handle.getHostByAddr(req, name) :
    resolver._handle.query(req, toASCII(name), type, ttl);
  if (error !== 0) throw new DNSException(error, syscall, name);
  return req;
}

const named = (name, fn) => Object.defineProperty(fn, 'name', { __proto__: null, value: name, configurable: true });

function defineQueries(Resolver, makeMethod, resolve) {
  for (const [method, syscall, , type] of QUERIES) Resolver.prototype[method] = named(syscall, makeMethod(syscall, type));
  Resolver.prototype.reverse = named('getHostByAddr', makeMethod('getHostByAddr', undefined));
  Resolver.prototype.resolve = resolve;
}

function methodOf(rrtype) {
  const method = METHOD_OF_TYPE.get(rrtype);
  if (method === undefined) throw new ERR_INVALID_ARG_VALUE('rrtype', rrtype);
  return method;
}

// --- callbacks ---------------------------------------------------------------------------------------------------------

class Resolver extends ResolverBase {}

defineQueries(Resolver, (syscall, type) => function(name, options) {
  const callback = arguments.length > 2 ? arguments[2] : options;
  validateString(name, 'name');
  validateFunction(callback, 'callback');
  return ask(this, syscall, type, name, !!options?.ttl, callback);
}, function resolve(hostname, rrtype, callback) {
  if (typeof rrtype === 'function') return this.resolve4(hostname, rrtype);
  if (typeof rrtype !== 'string') throw new ERR_INVALID_ARG_TYPE('rrtype', 'string', rrtype);
  return this[methodOf(rrtype)](hostname, callback);
});

// --- promises ----------------------------------------------------------------------------------------------------------

const PromisesResolver = class Resolver extends ResolverBase {};

defineQueries(PromisesResolver, (syscall, type) => function(name, options) {
  validateString(name, 'name');
  return new Promise((resolve, reject) => {
    ask(this, syscall, type, name, !!options?.ttl, (error, values) => {
      if (error) reject(error);
      else resolve(values);
    });
  });
}, function resolve(hostname, rrtype) {
  if (rrtype === undefined) return this.resolve4(hostname);
  if (typeof rrtype !== 'string') throw new ERR_INVALID_ARG_TYPE('rrtype', 'string', rrtype);
  return this[methodOf(rrtype)](hostname);
});

// --- the default ones --------------------------------------------------------------------------------------------------

const defaultResolver = new Resolver();
const defaultPromisesResolver = new PromisesResolver();
defaultPromisesResolver._handle = defaultResolver._handle;

// In place of the channel, so that queries under way end as they began.
function defaultResolverSetServers(servers) {
  const { _handle: handle } = new Resolver();
  setServersOf(handle, servers);
  defaultResolver._handle = defaultPromisesResolver._handle = handle;
}

const DEFAULT_METHODS = ['getServers', 'resolve', ...QUERIES.map(([method]) => method).sort(), 'reverse'];

function boundMethods(resolver) {
  const out = {};
  for (const method of DEFAULT_METHODS) out[method] = resolver[method].bind(resolver);
  return out;
}

module.exports = {
  PromisesResolver,
  Resolver,
  boundMethods,
  defaultPromisesResolver,
  defaultResolver,
  defaultResolverSetServers,
};

// SPDX-License-Identifier: MIT
'use strict';

// The system's resolver, on the thread pool: lookup and lookupService, in both forms.

const { isIP } = require('internal/net');
const { DNSException, codes } = require('internal/errors');
const { toASCII } = require('internal/dns/names');
const { begin, isObserved, tell } = require('internal/perf/observed');
const {
  validateBoolean, validateFunction, validateNumber, validateOneOf, validatePort, validateString,
} = require('internal/validators');
const { getaddrinfo, getnameinfo, AI_ADDRCONFIG, AI_ALL, AI_V4MAPPED } = internalBinding('cares_wrap');
const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS } = codes;

const ORDERS = ['verbatim', 'ipv4first', 'ipv6first'];
let defaultOrder;

function setDefaultResultOrder(order) {
  validateOneOf(order, 'dnsOrder', ORDERS);
  defaultOrder = order;
}

function getDefaultResultOrder() {
  if (defaultOrder === undefined) {
    defaultOrder = require('internal/options').getOptionValue('--dns-result-order') || 'verbatim';
    validateOneOf(defaultOrder, '--dns-result-order', ORDERS);
  }
  return defaultOrder;
}

class GetAddrInfoReqWrap {
  constructor(callback, family, hostname, oncomplete) {
    this.callback = callback;
    this.family = family;
    this.hostname = hostname;
    this.oncomplete = oncomplete;
  }
}

class GetNameInfoReqWrap {
  constructor(callback, hostname, port, oncomplete) {
    this.callback = callback;
    this.hostname = hostname;
    this.port = port;
    this.oncomplete = oncomplete;
  }
}

function toFamily(family) {
  if (family === 'IPv4') return 4;
  if (family === 'IPv6') return 6;
  validateOneOf(family, 'options.family', [0, 4, 6]);
  return family;
}

function readOptions(options) {
  const out = { family: 0, hints: 0, all: false, order: getDefaultResultOrder() };
  if (options === undefined || options === null) return out;
  if (typeof options === 'number') {
    validateOneOf(options, 'family', [0, 4, 6]);
    out.family = options;
    return out;
  }
  if (typeof options !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('options', ['integer', 'object'], options);
  }
  if (options.hints !== undefined && options.hints !== null) {
    validateNumber(options.hints, 'options.hints');
    out.hints = options.hints >>> 0;
    if (out.hints & ~(AI_ADDRCONFIG | AI_ALL | AI_V4MAPPED)) throw new ERR_INVALID_ARG_VALUE('hints', options.hints);
  }
  if (options.family !== undefined && options.family !== null) out.family = toFamily(options.family);
  if (options.all !== undefined && options.all !== null) {
    validateBoolean(options.all, 'options.all');
    out.all = options.all;
  }
  if (options.verbatim !== undefined && options.verbatim !== null) {
    validateBoolean(options.verbatim, 'options.verbatim');
    out.order = options.verbatim ? 'verbatim' : 'ipv4first';
  }
  if (options.order !== undefined && options.order !== null) {
    validateOneOf(options.order, 'options.order', ORDERS);
    out.order = options.order;
  }
  return out;
}

function inOrder(addresses, order) {
  if (order === 'verbatim') return addresses;
  const first = order === 'ipv4first' ? 4 : 6;
  return [...addresses.filter((a) => isIP(a) === first), ...addresses.filter((a) => isIP(a) !== first)];
}

function onlookup(status, addresses) {
  if (status !== 0) {
    this.callback(new DNSException(status, 'getaddrinfo', this.hostname));
    return;
  }
  const list = inOrder(addresses, this.order).map((address) => ({ address, family: isIP(address) }));
  if (list.length === 0) this.callback(new DNSException('ENOTFOUND', 'getaddrinfo', this.hostname));
  else this.callback(null, list);
}

// `found`, with an entry for PerformanceObserver when all went well.
function observeLookup(hostname, { family, hints, order, all }, found) {
  const start = begin();
  return (error, list) => {
    if (!error) {
      const addresses = all ? list : list.map(({ address }) => address);
      tell('lookup', 'dns', start, { hostname, family, hints, verbatim: order === 'verbatim', order, addresses });
    }
    found(error, list);
  };
}

// found(error, [{ address, family }]), never at once
function resolveName(hostname, options, found) {
  if (isObserved('dns')) found = observeLookup(hostname, options, found);
  const req = new GetAddrInfoReqWrap(found, options.family, hostname, onlookup);
  Object.defineProperty(req, 'order', { __proto__: null, value: options.order });
  const error = getaddrinfo(req, toASCII(hostname), options.family, options.hints);
  if (error !== 0) process.nextTick(found, new DNSException(error, 'getaddrinfo', hostname));
  return req;
}

function checkHostname(hostname) {
  if (!hostname) throw new ERR_INVALID_ARG_VALUE('hostname', hostname, 'must be a non-empty string');
  validateString(hostname, 'hostname');
}

function addressItself(hostname) {
  const family = isIP(hostname);
  return family ? [{ address: hostname, family }] : null;
}

function lookup(hostname, options, callback) {
  if (hostname) validateString(hostname, 'hostname');
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
    validateFunction(callback, 'callback');
  } else {
    validateFunction(callback, 'callback');
  }
  const wanted = readOptions(options);
  checkHostname(hostname);
  const answer = (error, list) => {
    if (error) callback(error);
    else if (wanted.all) callback(null, list);
    else callback(null, list[0].address, list[0].family);
  };
  const known = addressItself(hostname);
  if (!known) return resolveName(hostname, wanted, answer);
  process.nextTick(answer, null, known);
  return {};
}

Object.defineProperty(lookup, require('internal/util').customPromisifyArgs, {
  __proto__: null, value: ['address', 'family'], enumerable: false,
});

function lookupPromise(hostname, options) {
  if (hostname) validateString(hostname, 'hostname');
  const wanted = readOptions(options);
  return new Promise((resolve, reject) => {
    checkHostname(hostname);
    const answer = (error, list) => {
      if (error) reject(error);
      else resolve(wanted.all ? list : list[0]);
    };
    const known = addressItself(hostname);
    if (known) answer(null, known);
    else resolveName(hostname, wanted, answer);
  });
}

function checkService(address, port) {
  validateString(address, 'address');
  if (isIP(address) === 0) throw new ERR_INVALID_ARG_VALUE('address', address);
  validatePort(port);
}

function onlookupservice(status, hostname, service) {
  if (status !== 0) this.callback(new DNSException(status, 'getnameinfo', this.hostname));
  else this.callback(null, hostname, service);
}

function nameService(address, port, callback) {
  if (isObserved('dns')) {
    const start = begin();
    const answer = callback;
    callback = (error, hostname, service) => {
      if (!error) tell('lookupService', 'dns', start, { host: address, port, hostname, service });
      answer(error, hostname, service);
    };
  }
  const req = new GetNameInfoReqWrap(callback, address, +port, onlookupservice);
  const error = getnameinfo(req, address, req.port);
  if (error !== 0) throw new DNSException(error, 'getnameinfo', address);
  return req;
}

function lookupService(address, port, callback) {
  if (arguments.length !== 3) throw new ERR_MISSING_ARGS('address', 'port', 'callback');
  checkService(address, port);
  validateFunction(callback, 'callback');
  return nameService(address, port, callback);
}

Object.defineProperty(lookupService, require('internal/util').customPromisifyArgs, {
  __proto__: null, value: ['hostname', 'service'], enumerable: false,
});

function lookupServicePromise(address, port) {
  if (arguments.length !== 2) throw new ERR_MISSING_ARGS('address', 'port');
  checkService(address, port);
  return new Promise((resolve, reject) => {
    nameService(address, port, (error, hostname, service) => {
      if (error) reject(error);
      else resolve({ hostname, service });
    });
  });
}
Object.defineProperty(lookupPromise, 'name', { __proto__: null, value: 'lookup', configurable: true });
Object.defineProperty(lookupServicePromise, 'name', { __proto__: null, value: 'lookupService', configurable: true });

module.exports = {
  getDefaultResultOrder,
  lookup,
  lookupPromise,
  lookupService,
  lookupServicePromise,
  setDefaultResultOrder,
};

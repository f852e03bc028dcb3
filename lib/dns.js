// SPDX-License-Identifier: MIT
'use strict';

// dns.lookup and dns.promises.lookup: the system's resolver, on the thread pool. What needs a resolver of our own
// (resolve, reverse, Resolver ...) refuses by name.

const { isIP } = require('internal/net');
const { DNSException, codes } = require('internal/errors');
const { validateFunction, validateNumber, validateBoolean, validateOneOf, validateString } =
  require('internal/validators');
const { getaddrinfo, AI_ADDRCONFIG, AI_ALL, AI_V4MAPPED } = internalBinding('cares_wrap');
const { ERR_INVALID_ARG_VALUE, ERR_INVALID_ARG_TYPE } = codes;

const ORDERS = ['ipv4first', 'ipv6first', 'verbatim'];
let defaultOrder = 'verbatim';

function toFamily(family) {
  if (family === 'IPv4') return 4;
  if (family === 'IPv6') return 6;
  validateOneOf(family, 'options.family', [0, 4, 6]);
  return family;
}

function readOptions(options) {
  const out = { family: 0, hints: 0, all: false, order: defaultOrder };
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

// found(error, [{ address, family }])
function resolveName(hostname, options, found) {
  const req = {
    oncomplete(status, addresses) {
      if (status !== 0) {
        found(new DNSException(status, 'getaddrinfo', hostname));
        return;
      }
      const list = inOrder(addresses, options.order).map((address) => ({ address, family: isIP(address) }));
      if (list.length === 0) found(new DNSException('ENOTFOUND', 'getaddrinfo', hostname));
      else found(null, list);
    },
  };
  const error = getaddrinfo(req, hostname, options.family, options.hints);
  if (error !== 0) process.nextTick(found, new DNSException(error, 'getaddrinfo', hostname));
}

function immediateAnswer(hostname, options) {
  if (!hostname) return options.all ? [] : [{ address: null, family: options.family === 6 ? 6 : 4 }];
  const family = isIP(hostname);
  return family ? [{ address: hostname, family }] : null;
}

function lookup(hostname, options, callback) {
  if (hostname) validateString(hostname, 'hostname');
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  const wanted = readOptions(options);
  validateFunction(callback, 'callback');
  const answer = (error, list) => {
    if (error) callback(error);
    else if (wanted.all) callback(null, list);
    else callback(null, list[0].address, list[0].family);
  };
  const known = immediateAnswer(hostname, wanted);
  if (known) process.nextTick(answer, null, known);
  else resolveName(`${hostname}`, wanted, answer);
  return {};
}

const promises = {
  lookup(hostname, options) {
    if (hostname) validateString(hostname, 'hostname');
    const wanted = readOptions(options);
    return new Promise((resolve, reject) => {
      const answer = (error, list) => {
        if (error) reject(error);
        else resolve(wanted.all ? list : list[0]);
      };
      const known = immediateAnswer(hostname, wanted);
      if (known) answer(null, known);
      else resolveName(`${hostname}`, wanted, answer);
    });
  },
};

function setDefaultResultOrder(order) {
  validateOneOf(order, 'dnsOrder', ORDERS);
  defaultOrder = order;
}

const getDefaultResultOrder = () => defaultOrder;

Object.defineProperty(lookup, require('internal/util').customPromisifyArgs ?? Symbol('customPromisifyArgs'), {
  __proto__: null, value: ['address', 'family'], enumerable: false,
});

const errorCodes = { __proto__: null };
for (const name of ['NODATA', 'FORMERR', 'SERVFAIL', 'NOTFOUND', 'NOTIMP', 'REFUSED', 'BADQUERY', 'BADNAME', 'BADFAMILY',
  'BADRESP', 'CONNREFUSED', 'TIMEOUT', 'EOF', 'FILE', 'NOMEM', 'DESTRUCTION', 'BADSTR', 'BADFLAGS', 'NONAME', 'BADHINTS',
  'NOTINITIALIZED', 'LOADIPHLPAPI', 'ADDRGETNETWORKPARAMS', 'CANCELLED']) {
  errorCodes[name] = `E${name}`;
}

promises.setDefaultResultOrder = setDefaultResultOrder;
promises.getDefaultResultOrder = getDefaultResultOrder;

// Not there yet: each says so when it is called. A Resolver can be made and has nothing to cancel.
class Resolver {
  cancel() {}
}
class PromisesResolver extends Resolver {}
Object.defineProperty(PromisesResolver, 'name', { __proto__: null, value: 'Resolver', configurable: true });
module.exports.Resolver = Resolver;
promises.Resolver = PromisesResolver;

for (const name of ['lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCaa', 'resolveCname',
  'resolveMx', 'resolveNaptr', 'resolveNs', 'resolvePtr', 'resolveSoa', 'resolveSrv', 'resolveTlsa', 'resolveTxt',
  'reverse', 'setServers', 'getServers']) {
  const refuse = { [name]() {
    throw new Error(`dns.${name} is not implemented yet`);
  } }[name];
  module.exports[name] = refuse;
  promises[name] = refuse;
  Resolver.prototype[name] = refuse;
}

Object.assign(module.exports, errorCodes, {
  lookup,
  promises,
  setDefaultResultOrder,
  getDefaultResultOrder,
  ADDRCONFIG: AI_ADDRCONFIG,
  ALL: AI_ALL,
  V4MAPPED: AI_V4MAPPED,
});

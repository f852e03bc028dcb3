// SPDX-License-Identifier: MIT
'use strict';

// The module dns: lookup is the system's (internal/dns/lookup), the rest asks DNS servers (internal/dns/resolver).

const { Resolver, boundMethods, defaultResolver, defaultResolverSetServers } = require('internal/dns/resolver');
const { lookup, lookupService, getDefaultResultOrder, setDefaultResultOrder } = require('internal/dns/lookup');
const { AI_ADDRCONFIG, AI_ALL, AI_V4MAPPED } = internalBinding('cares_wrap');

module.exports = {
  lookup,
  lookupService,
  Resolver,
  getDefaultResultOrder,
  setDefaultResultOrder,
  setServers: defaultResolverSetServers,
  ADDRCONFIG: AI_ADDRCONFIG,
  ALL: AI_ALL,
  V4MAPPED: AI_V4MAPPED,
  ...require('internal/dns/codes'),
  ...boundMethods(defaultResolver),
};

Object.defineProperty(module.exports, 'promises', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return require('dns/promises');
  },
});

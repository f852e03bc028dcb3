// SPDX-License-Identifier: MIT
'use strict';

const { PromisesResolver, boundMethods, defaultPromisesResolver, defaultResolverSetServers } = require('internal/dns/resolver');
const { lookupPromise, lookupServicePromise, getDefaultResultOrder, setDefaultResultOrder } = require('internal/dns/lookup');

module.exports = {
  lookup: lookupPromise,
  lookupService: lookupServicePromise,
  Resolver: PromisesResolver,
  getDefaultResultOrder,
  setDefaultResultOrder,
  setServers: defaultResolverSetServers,
  ...require('internal/dns/codes'),
  ...boundMethods(defaultPromisesResolver),
};

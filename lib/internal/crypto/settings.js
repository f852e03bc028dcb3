// SPDX-License-Identifier: MIT
'use strict';

// What crypto says of itself. There is no FIPS provider, no engine and no secure heap: asked for, they are refused by
// name.

const { codes } = require('internal/errors');
const { validateNumber, validateString } = require('internal/validators');

function getFips() {
  return 0;
}

function setFips(value) {
  if (value) throw new codes.ERR_CRYPTO_FIPS_UNAVAILABLE();
}

function setEngine(id, flags) {
  validateString(id, 'id');
  if (flags) validateNumber(flags, 'flags');
  throw new codes.ERR_CRYPTO_ENGINE_UNKNOWN(id);
}

function secureHeapUsed() {
  return { total: 0, used: 0, utilization: NaN, min: 2 };
}

module.exports = { getFips, secureHeapUsed, setEngine, setFips };

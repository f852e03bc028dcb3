// SPDX-License-Identifier: MIT
'use strict';

// The native secret key of a KeyObject or CryptoKey; undefined for anything else.
function secretHandle() {
  return undefined;
}

module.exports = { secretHandle };

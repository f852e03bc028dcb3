// SPDX-License-Identifier: MIT
'use strict';

// crypto.constants: OpenSSL's numbers and the lists of TLS ciphers.

const { crypto: numbers } = internalBinding('constants');

const constants = { __proto__: null, ...numbers };
// Node's list: forward secrecy first, then what else OpenSSL thinks high, without what is known to be weak.
const defaultCoreCipherList = [
  'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256', 'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES256-GCM-SHA384',
  'DHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA256', 'DHE-RSA-AES128-SHA256', 'ECDHE-RSA-AES256-SHA384',
  'DHE-RSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA256', 'DHE-RSA-AES256-SHA256', 'HIGH', '!aNULL', '!eNULL', '!EXPORT',
  '!DES', '!RC4', '!MD5', '!PSK', '!SRP', '!CAMELLIA',
].join(':');
constants.defaultCoreCipherList = defaultCoreCipherList;

let defaultCipherList;
Object.defineProperty(constants, 'defaultCipherList', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return defaultCipherList ??= require('internal/tls/defaults').defaultCiphers();
  },
  set(value) {
    defaultCipherList = value;
  },
});

module.exports = { constants };

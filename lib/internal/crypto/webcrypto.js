// SPDX-License-Identifier: MIT
'use strict';

// The Web Cryptography API's Crypto object: https://w3c.github.io/webcrypto/#crypto-interface

const { codes } = require('internal/errors');
const { fillWithRandomValues, randomUUID: makeUuid } = require('internal/crypto/random');
const { codedError } = require('internal/crypto/util');

const kConstruct = Symbol('construct');
let instance;

class Crypto {
  constructor(token) {
    if (token !== kConstruct) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  getRandomValues(array) {
    if (this !== instance) throw new codes.ERR_INVALID_THIS('Crypto');
    if (arguments.length === 0) {
      throw codedError(TypeError, 'ERR_MISSING_ARGS',
                       "Failed to execute 'getRandomValues' on 'Crypto': 1 argument required, but only 0 present.");
    }
    return fillWithRandomValues(array);
  }

  randomUUID() {
    if (this !== instance) throw new codes.ERR_INVALID_THIS('Crypto');
    return makeUuid();
  }
}
Object.defineProperties(Crypto.prototype, {
  getRandomValues: { __proto__: null, enumerable: true },
  randomUUID: { __proto__: null, enumerable: true },
  [Symbol.toStringTag]: { __proto__: null, value: 'Crypto', configurable: true },
});
Object.defineProperty(Crypto, 'length', { __proto__: null, value: 0, configurable: true });

instance = new Crypto(kConstruct);

function getRandomValues(array) {
  return instance.getRandomValues(...arguments);
}

module.exports = { Crypto, crypto: instance, getRandomValues };

// SPDX-License-Identifier: MIT
'use strict';

// The crypto module. Its parts are loaded when one of their names is first read: most programs that require crypto use
// a digest or an identifier, and OpenSSL is loaded by the first function that needs it.

const { deprecate } = require('internal/util');

const parts = {
  __proto__: null,
  certificate: ['Certificate'],
  cipher: ['Cipheriv', 'Decipheriv', 'createCipheriv', 'createDecipheriv', 'getCipherInfo', 'getCiphers',
           'privateDecrypt', 'privateEncrypt', 'publicDecrypt', 'publicEncrypt'],
  diffiehellman: ['DiffieHellman', 'DiffieHellmanGroup', 'ECDH', 'createDiffieHellman', 'createDiffieHellmanGroup',
                  'createECDH', 'diffieHellman', 'getCurves'],
  hash: ['createHash', 'createHmac', 'getHashes', 'hash', 'timingSafeEqual', 'Hash', 'Hmac'],
  kdf: ['argon2', 'argon2Sync', 'hkdf', 'hkdfSync', 'pbkdf2', 'pbkdf2Sync', 'scrypt', 'scryptSync'],
  mac: ['createMac', 'getMacs'],
  pkcs12: ['parsePKCS12'],
  random: ['checkPrime', 'checkPrimeSync', 'generatePrime', 'generatePrimeSync', 'randomBytes', 'randomFill',
           'randomFillSync', 'randomInt', 'randomUUID', 'randomUUIDv7'],
  kem: ['decapsulate', 'encapsulate'],
  keys: ['createPrivateKey', 'createPublicKey', 'createSecretKey', 'KeyObject'],
  keygen: ['generateKey', 'generateKeyPair', 'generateKeyPairSync', 'generateKeySync'],
  sig: ['Sign', 'Verify', 'createSign', 'createVerify', 'sign', 'verify'],
  x509: ['X509Certificate'],
  settings: ['getFips', 'secureHeapUsed', 'setEngine', 'setFips'],
};

const homes = { __proto__: null };
for (const part in parts) {
  for (const name of parts[part]) homes[name] = `internal/crypto/${part}`;
}

// The order is Node's.
const names = [
  'argon2', 'argon2Sync', 'checkPrime', 'checkPrimeSync', 'createCipheriv', 'createDecipheriv', 'createDiffieHellman',
  'createDiffieHellmanGroup', 'createECDH', 'createHash', 'createHmac', 'createMac', 'createPrivateKey',
  'createPublicKey', 'createSecretKey', 'createSign', 'createVerify', 'diffieHellman', 'generatePrime', 'generatePrimeSync', 'getCiphers',
  'getCipherInfo', 'getCurves', 'getDiffieHellman', 'getHashes', 'getMacs', 'hkdf', 'hkdfSync', 'parsePKCS12', 'pbkdf2', 'pbkdf2Sync',
  'generateKeyPair', 'generateKeyPairSync', 'generateKey', 'generateKeySync', 'privateDecrypt', 'privateEncrypt',
  'publicDecrypt', 'publicEncrypt', 'randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID',
  'randomUUIDv7', 'scrypt', 'scryptSync', 'sign', 'setEngine', 'timingSafeEqual', 'getFips', 'setFips', 'verify',
  'hash', 'encapsulate', 'decapsulate', 'Certificate', 'Cipheriv', 'Decipheriv', 'DiffieHellman', 'DiffieHellmanGroup',
  'ECDH', 'Hash', 'Hmac', 'KeyObject', 'Sign', 'Verify', 'X509Certificate', 'secureHeapUsed',
];

// A property that becomes `make()` when first read, or what is assigned.
function defineLazy(name, make, enumerable = true) {
  const settle = (value) => {
    Object.defineProperty(module.exports, name, {
      __proto__: null, value, enumerable, writable: true, configurable: true,
    });
  };
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    configurable: true,
    enumerable,
    get() {
      const value = make();
      settle(value);
      return value;
    },
    set: settle,
  });
}

homes.getDiffieHellman = homes.createDiffieHellmanGroup;

for (const name of names) {
  if (homes[name] !== undefined) defineLazy(name, () => require(homes[name])[name === 'getDiffieHellman' ? 'createDiffieHellmanGroup' : name]);
}

function getter(name, get) {
  Object.defineProperty(module.exports, name, {
    __proto__: null, enumerable: true, configurable: false, set: undefined, get,
  });
}

Object.defineProperty(module.exports, 'constants', {
  __proto__: null,
  enumerable: true,
  configurable: true,
  get() {
    const { constants } = require('internal/crypto/constants');
    Object.defineProperty(module.exports, 'constants', {
      __proto__: null, value: constants, enumerable: true, configurable: false, writable: false,
    });
    return constants;
  },
});
getter('webcrypto', () => require('internal/crypto/webcrypto').crypto);
getter('subtle', () => require('internal/crypto/webcrypto').subtle);
getter('getRandomValues', () => require('internal/crypto/webcrypto').getRandomValues);

Object.defineProperty(module.exports, 'fips', {
  __proto__: null,
  enumerable: false,
  configurable: false,
  get: deprecate(() => require('internal/crypto/settings').getFips(),
                 'The crypto.fips is deprecated. Please use crypto.getFips()', 'DEP0093'),
  set: deprecate((value) => require('internal/crypto/settings').setFips(value),
                 'The crypto.fips is deprecated. Please use crypto.setFips()', 'DEP0093'),
});
for (const name of ['prng', 'pseudoRandomBytes', 'rng']) {
  defineLazy(name, () => deprecate(require('internal/crypto/random').randomBytes, `crypto.${name} is deprecated.`,
                                   'DEP0115'), false);
}

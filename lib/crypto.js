// SPDX-License-Identifier: MIT
'use strict';

// The crypto module, as far as it goes: hashes, HMACs, randomness, password-based keys, constant-time comparison.

const { codes: errors } = require('internal/errors');
const { Hash, Hmac, createHash, createHmac, hash } = require('internal/crypto/hash');
const { pbkdf2, pbkdf2Sync, scrypt, scryptSync } = require('internal/crypto/derive');
const {
  randomBytes, randomFill, randomFillSync, randomInt, randomUUID, randomUUIDv7, getRandomValues,
} = require('internal/crypto/random');
const { isAnyArrayBuffer } = require('internal/util/types');
const { timingSafeEqual: nativeTimingSafeEqual } = internalBinding('crypto');

function comparedBytes(value, name) {
  if (ArrayBuffer.isView(value)) return value;
  if (isAnyArrayBuffer(value)) return new Uint8Array(value);
  throw new errors.ERR_INVALID_ARG_TYPE(name, ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
}

function timingSafeEqual(buf1, buf2) {
  const a = comparedBytes(buf1, 'buf1');
  const b = comparedBytes(buf2, 'buf2');
  if (a.byteLength !== b.byteLength) throw new errors.ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH();
  return nativeTimingSafeEqual(a, b);
}

// The global `crypto`: the Web Cryptography API without `subtle`.
class Crypto {
  getRandomValues(array) { return getRandomValues(array); }
  randomUUID(options) { return randomUUID(options); }
}
Object.defineProperty(Crypto.prototype, Symbol.toStringTag, { __proto__: null, value: 'Crypto', configurable: true });

module.exports = {
  createHash,
  createHmac,
  pbkdf2,
  pbkdf2Sync,
  randomBytes,
  randomFill,
  randomFillSync,
  randomInt,
  randomUUID,
  randomUUIDv7,
  scrypt,
  scryptSync,
  timingSafeEqual,
  hash,
  Hash,
  Hmac,
  webcrypto: new Crypto(),
  getRandomValues,
};

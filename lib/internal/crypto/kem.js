// SPDX-License-Identifier: MIT
'use strict';

// Key encapsulation, which OpenSSL 3.0 has for no kind of key that Node's API takes: refused by name.

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { asymmetricHandle, kConsumePrivate, kConsumePublic } = require('internal/crypto/keys');
const { toBytes } = require('internal/crypto/util');

function encapsulate(key, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  asymmetricHandle(key, kConsumePublic);
  throw new codes.ERR_CRYPTO_KEM_NOT_SUPPORTED();
}

function decapsulate(key, ciphertext, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  asymmetricHandle(key, kConsumePrivate);
  toBytes(ciphertext, 'ciphertext');
  throw new codes.ERR_CRYPTO_KEM_NOT_SUPPORTED();
}

module.exports = { decapsulate, encapsulate };

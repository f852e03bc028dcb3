// SPDX-License-Identifier: MIT
'use strict';

// Keys from passwords: PBKDF2 and scrypt. They are slow on purpose; the forms with a callback work on the thread pool.

const { Buffer } = require('buffer');
const { codes: errors } = require('internal/errors');
const {
  validateFunction, validateInt32, validateInteger, validateObject, validateString, validateUint32,
} = require('internal/validators');
const { keyBytes } = require('internal/crypto/hash');
const { hasDigest, pbkdf2: nativePbkdf2, scrypt: nativeScrypt, scryptFits } = internalBinding('crypto');

function failed() {
  return new errors.ERR_CRYPTO_OPERATION_FAILED('Key derivation failed');
}

// Runs start(key, req): its result with a callback comes later, else now.
function derive(length, start, callback) {
  const key = Buffer.alloc(length);
  if (callback === undefined) {
    if (!start(key, undefined)) throw failed();
    return key;
  }
  start(key, {
    oncomplete(done) {
      if (done) callback(null, key);
      else callback(failed());
    },
  });
}

function startPbkdf2(password, salt, iterations, keylen, digest, callback) {
  validateString(digest, 'digest');
  const passwordBytes = keyBytes(password, 'password');
  const saltBytes = keyBytes(salt, 'salt');
  validateInt32(iterations, 'iterations', 1);
  validateInt32(keylen, 'keylen', 0);
  if (!hasDigest(digest)) throw new errors.ERR_CRYPTO_INVALID_DIGEST(digest);
  return derive(keylen, (key, req) => (
    nativePbkdf2(passwordBytes, saltBytes, iterations, digest, key, req)), callback);
}

function pbkdf2(password, salt, iterations, keylen, digest, callback) {
  if (typeof digest === 'function') {
    callback = digest;
    digest = undefined;
  }
  validateString(digest, 'digest');
  validateFunction(callback, 'callback');
  startPbkdf2(password, salt, iterations, keylen, digest, callback);
}

function pbkdf2Sync(password, salt, iterations, keylen, digest) {
  return startPbkdf2(password, salt, iterations, keylen, digest, undefined);
}

const kScryptMemory = 32 * 1024 * 1024;

// The value of an option that has two names.
function eitherOption(options, short, long) {
  const value = options[short];
  if (value !== undefined) validateUint32(value, short);
  const other = options[long];
  if (other === undefined) return value;
  validateUint32(other, long);
  if (value !== undefined) throw new errors.ERR_INCOMPATIBLE_OPTION_PAIR(`options.${short}`, `options.${long}`);
  return other;
}

function startScrypt(password, salt, keylen, options, callback) {
  const passwordBytes = keyBytes(password, 'password');
  const saltBytes = keyBytes(salt, 'salt');
  validateInt32(keylen, 'keylen', 0);
  let cost = 16384;
  let blockSize = 8;
  let parallelization = 1;
  let maxmem = kScryptMemory;
  if (options !== undefined) {
    validateObject(options, 'options');
    cost = eitherOption(options, 'N', 'cost') || cost;
    blockSize = eitherOption(options, 'r', 'blockSize') || blockSize;
    parallelization = eitherOption(options, 'p', 'parallelization') || parallelization;
    if (options.maxmem !== undefined) {
      validateInteger(options.maxmem, 'maxmem', 0);
      maxmem = options.maxmem || maxmem;
    }
  }
  if (!scryptFits(cost, blockSize, parallelization, maxmem)) {
    const memory = 128 * blockSize * (cost + parallelization) > maxmem;
    throw new errors.ERR_CRYPTO_INVALID_SCRYPT_PARAMS(memory ?
      ': error:030000AC:digital envelope routines::memory limit exceeded' : '');
  }
  return derive(keylen, (key, req) => (
    nativeScrypt(passwordBytes, saltBytes, cost, blockSize, parallelization, maxmem, key, req)), callback);
}

function scrypt(password, salt, keylen, options, callback) {
  if (callback === undefined) {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, 'callback');
  startScrypt(password, salt, keylen, options, callback);
}

function scryptSync(password, salt, keylen, options) {
  return startScrypt(password, salt, keylen, options, undefined);
}

module.exports = { pbkdf2, pbkdf2Sync, scrypt, scryptSync };

// SPDX-License-Identifier: MIT
'use strict';

// Keys from passwords and from other keys: PBKDF2 (RFC 8018), scrypt (RFC 7914), HKDF (RFC 5869). The forms with a
// callback work on the thread pool. Argon2 is refused: OpenSSL has it since 3.2.

const { codes } = require('internal/errors');
const {
  validateFunction, validateInt32, validateInteger, validateObject, validateString, validateUint32,
} = require('internal/validators');
const { digestSize, hkdf: nativeHkdf, pbkdf2: nativePbkdf2, scrypt: nativeScrypt, scryptCheck } =
  internalBinding('crypto');
const { asBuffer, codedError, isBytes, runJob, validateBytes } = require('internal/crypto/util');

function startPbkdf2(password, salt, iterations, keylen, digest, callback) {
  validateString(digest, 'digest');
  validateBytes(password, 'password');
  validateBytes(salt, 'salt');
  validateInt32(iterations, 'iterations', 1);
  validateInt32(keylen, 'keylen', 0);
  if (digestSize(digest) === undefined) throw new codes.ERR_CRYPTO_INVALID_DIGEST(digest);
  return runJob((req) => nativePbkdf2(password, salt, keylen, iterations, digest, req), callback, asBuffer);
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

const scryptCosts = [['N', 'cost', 16384], ['r', 'blockSize', 8], ['p', 'parallelization', 1]];
const kScryptMemory = 32 * 1024 * 1024;

// The value of an option that has two names; 0 stands for what is usual.
function readCost(options, [short, long, usual]) {
  let value = options?.[short];
  if (value !== undefined) validateUint32(value, short);
  const other = options?.[long];
  if (other !== undefined) {
    if (value !== undefined) throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR(short, long);
    validateUint32(other, long);
    value = other;
  }
  return value || usual;
}

function startScrypt(password, salt, keylen, options, callback) {
  validateBytes(password, 'password');
  validateBytes(salt, 'salt');
  validateInt32(keylen, 'keylen', 0);
  const [N, r, p] = scryptCosts.map((cost) => readCost(options, cost));
  const maxmem = options?.maxmem;
  if (maxmem !== undefined) validateInteger(maxmem, 'maxmem', 0);
  const memory = maxmem || kScryptMemory;
  const reason = scryptCheck(N, r, p, memory);
  if (reason !== undefined) {
    throw codedError(RangeError, 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS',
                     `Invalid scrypt params${reason === '' ? '' : `: ${reason}`}`);
  }
  return runJob((req) => nativeScrypt(password, salt, keylen, N, r, p, memory, req), callback, asBuffer);
}

function scrypt(password, salt, keylen, options, callback = undefined) {
  if (callback === undefined) {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, 'callback');
  startScrypt(password, salt, keylen, options, callback);
}

function scryptSync(password, salt, keylen, options = undefined) {
  return startScrypt(password, salt, keylen, options, undefined);
}

const kHkdfBytes = ['string', 'ArrayBuffer', 'TypedArray', 'DataView', 'Buffer'];
const kMaxInfo = 1024;

function hkdfSecret(ikm) {
  if (typeof ikm === 'string' || isBytes(ikm)) return ikm;
  const handle = require('internal/crypto/keys').secretHandle(ikm);
  if (handle !== undefined) return handle;
  throw new codes.ERR_INVALID_ARG_TYPE('ikm',
    ['string', 'SecretKeyObject', 'ArrayBuffer', 'TypedArray', 'DataView', 'Buffer'], ikm);
}

function prepareHkdf(digest, ikm, salt, info, length) {
  validateString(digest, 'digest');
  const secret = hkdfSecret(ikm);
  validateBytes(salt, 'salt', kHkdfBytes);
  validateBytes(info, 'info', kHkdfBytes);
  validateInteger(length, 'length', 0);
  const infoSize = typeof info === 'string' ? Buffer.byteLength(info) : info.byteLength;
  if (infoSize > kMaxInfo) {
    throw new codes.ERR_OUT_OF_RANGE('info', `must not contain more than ${kMaxInfo} bytes`, infoSize);
  }
  const size = digestSize(digest);
  if (size === undefined) throw new codes.ERR_CRYPTO_INVALID_DIGEST(digest);
  if (length > 255 * size) throw codedError(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length');
  return (req) => nativeHkdf(secret, salt, length, info, digest, req);
}

const asArrayBuffer = (bytes) => bytes.buffer;

function hkdf(digest, ikm, salt, info, length, callback) {
  const start = prepareHkdf(digest, ikm, salt, info, length);
  validateFunction(callback, 'callback');
  runJob(start, callback, asArrayBuffer);
}

function hkdfSync(digest, ikm, salt, info, length) {
  return runJob(prepareHkdf(digest, ikm, salt, info, length), undefined, asArrayBuffer);
}

function argon2Sync(algorithm, parameters) {
  validateString(algorithm, 'algorithm');
  validateObject(parameters, 'parameters');
  throw new codes.ERR_CRYPTO_ARGON2_NOT_SUPPORTED();
}

function argon2(algorithm, parameters, callback) {
  validateFunction(callback, 'callback');
  argon2Sync(algorithm, parameters);
}

module.exports = { argon2, argon2Sync, hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync };

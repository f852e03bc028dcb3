// SPDX-License-Identifier: MIT
'use strict';

// Hash and Hmac: digests fed by update() or as streams, and the one-shot hash().

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { deprecate } = require('internal/util');
const { validateEncoding, validateObject, validateString, validateUint32 } = require('internal/validators');
const {
  Hash: HashHandle, Hmac: HmacHandle, digestSize, getHashes: nativeHashes, timingSafeEqual: nativeEqual,
} = internalBinding('crypto');
const { asBuffer, codedError, encoded, isBytes, outputNumber } = require('internal/crypto/util');
const { LazyTransform, inheritLazily } = require('internal/crypto/lazy_transform');

const kHandle = Symbol('kHandle');
const kState = Symbol('kState');

function present(result) {
  return typeof result === 'string' ? result : asBuffer(result);
}

function update(data, encoding) {
  if (this[kState].finalized) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  if (typeof data === 'string') {
    if (encoding !== undefined) validateEncoding(data, encoding);
  } else if (!ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  if (!this[kHandle].update(encoded(data, encoding))) throw new codes.ERR_CRYPTO_HASH_UPDATE_FAILED();
  return this;
}

function transform(chunk, encoding, callback) {
  const taken = !this[kState].finalized && this[kHandle].update(encoded(chunk, encoding));
  callback(taken ? null : new codes.ERR_CRYPTO_HASH_UPDATE_FAILED());
}

function flush(callback) {
  if (!this[kState].finalized) this.push(this.digest());
  callback();
}

const isShake = /^shake-?(?:128|256)$/i;
const warnShake = deprecate(() => {}, 'Creating SHAKE128/256 digests without an explicit options.outputLength is ' +
  'deprecated.', 'DEP0198');

function notExtendable() {
  const reason = 'not XOF or invalid length';
  const error = new Error(`error:030000B2:digital envelope routines::${reason}`);
  error.library = 'digital envelope routines';
  error.reason = reason;
  error.code = 'ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH';
  return error;
}

// A hash's beginning is copied from one that was made before: finding an algorithm by its name takes longer.
const beginnings = new Map();
const MAX_BEGINNINGS = 16;

function begin(algorithm) {
  const known = beginnings.get(algorithm);
  if (known !== undefined) return new HashHandle(known);
  const handle = new HashHandle(algorithm);
  if (beginnings.size < MAX_BEGINNINGS) beginnings.set(algorithm, new HashHandle(handle));
  return handle;
}

function Hash(algorithm, options) {
  if (!new.target) return new Hash(algorithm, options);
  const source = typeof algorithm === 'object' && algorithm !== null ? algorithm[kState]?.copied : undefined;
  if (source === undefined) validateString(algorithm, 'algorithm');
  const length = typeof options === 'object' && options !== null ? options.outputLength : undefined;
  if (length !== undefined) validateUint32(length, 'options.outputLength');
  this._options = options;
  const handle = source === undefined ? begin(algorithm) : new HashHandle(source[kHandle]);
  this[kHandle] = handle;
  if (length !== undefined && length !== handle.size() && !handle.isExtendable()) throw notExtendable();
  if (length === undefined && source === undefined && isShake.test(algorithm)) warnShake();
  this[kState] = { finalized: false, length };
}
inheritLazily(Hash, LazyTransform);

Hash.prototype.copy = function copy(options) {
  if (this[kState].finalized) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  return new Hash({ [kState]: { copied: this } }, options);
};
Hash.prototype._transform = transform;
Hash.prototype._flush = flush;
Hash.prototype.update = update;
Hash.prototype.digest = function digest(outputEncoding) {
  const state = this[kState];
  if (state.finalized) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  const encoding = outputNumber(outputEncoding);
  state.finalized = true;
  return present(this[kHandle].digest(state.length, encoding));
};

const kHmacKey = ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'KeyObject', 'CryptoKey'];

// What C takes for the key of an HMAC.
function hmacKey(key, encoding) {
  if (typeof key === 'string') return encoded(key, encoding);
  if (isBytes(key)) return key;
  const { secretHandle } = require('internal/crypto/keys');
  const handle = secretHandle(key);
  if (handle === undefined) throw new codes.ERR_INVALID_ARG_TYPE('key', kHmacKey, key);
  return handle;
}

function Hmac(hmac, key, options) {
  if (!new.target) return new Hmac(hmac, key, options);
  validateString(hmac, 'hmac');
  const encoding = options?.encoding;
  if (encoding !== undefined) {
    validateString(encoding, 'options.encoding');
    if (typeof key === 'string' && !Buffer.isEncoding(encoding)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  }
  const keyHandle = hmacKey(key, encoding);
  if (digestSize(hmac) === undefined) throw new codes.ERR_CRYPTO_INVALID_DIGEST(hmac);
  this._options = options;
  this[kHandle] = new HmacHandle(hmac, keyHandle);
  this[kState] = { finalized: false };
}
inheritLazily(Hmac, LazyTransform);

Hmac.prototype.update = update;
// A second digest() is empty, unlike Hash's.
Hmac.prototype.digest = function digest(outputEncoding) {
  const state = this[kState];
  const encoding = outputNumber(outputEncoding);
  if (state.finalized) return encoding === undefined ? Buffer.alloc(0) : '';
  state.finalized = true;
  return present(this[kHandle].digest(undefined, encoding));
};
Hmac.prototype._flush = flush;
Hmac.prototype._transform = transform;

// crypto.hash(algorithm, input[, options]): the digest of one input.
function hash(algorithm, input, options) {
  validateString(algorithm, 'algorithm');
  if (typeof input !== 'string' && !ArrayBuffer.isView(input)) {
    throw new codes.ERR_INVALID_ARG_TYPE('input', ['string', 'Buffer', 'TypedArray', 'DataView'], input);
  }
  let outputEncoding = 'hex';
  let outputLength;
  if (typeof options === 'string') {
    outputEncoding = options;
  } else if (options !== undefined) {
    validateObject(options, 'options');
    outputLength = options.outputLength;
    if (outputLength !== undefined) validateUint32(outputLength, 'options.outputLength');
    outputEncoding = options.outputEncoding ?? 'hex';
    validateString(outputEncoding, 'outputEncoding');
  }
  if (outputEncoding !== 'buffer' && !Buffer.isEncoding(outputEncoding)) {
    throw new codes.ERR_INVALID_ARG_VALUE('outputEncoding', outputEncoding);
  }
  if (digestSize(algorithm) === undefined) throw new Error(`Digest method ${algorithm} is not supported`);
  const handle = new HashHandle(algorithm);
  if (outputLength !== undefined && outputLength !== handle.size() && !handle.isExtendable()) {
    throw new Error(`Output length ${outputLength} is invalid for ${algorithm}, which does not support XOF`);
  }
  if (!handle.update(input)) throw new codes.ERR_CRYPTO_HASH_UPDATE_FAILED();
  return present(handle.digest(outputLength, outputNumber(outputEncoding)));
}

function createHash(algorithm, options) {
  return new Hash(algorithm, options);
}

function createHmac(hmac, key, options) {
  return new Hmac(hmac, key, options);
}

let hashes;

function getHashes() {
  return [...hashes ??= nativeHashes()];
}

function timingSafeEqual(...[buf1, buf2]) {
  for (const [name, value] of [['buf1', buf1], ['buf2', buf2]]) {
    if (!isBytes(value)) {
      throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be an instance of ` +
        'ArrayBuffer, Buffer, TypedArray, or DataView.');
    }
  }
  if (buf1.byteLength !== buf2.byteLength) {
    throw codedError(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH',
                     'Input buffers must have the same byte length');
  }
  return nativeEqual(buf1, buf2);
}

module.exports = {
  Hash: deprecate(Hash, 'crypto.Hash constructor is deprecated.', 'DEP0179'),
  Hmac: deprecate(Hmac, 'crypto.Hmac constructor is deprecated.', 'DEP0181'),
  createHash,
  createHmac,
  getHashes,
  hash,
  timingSafeEqual,
};

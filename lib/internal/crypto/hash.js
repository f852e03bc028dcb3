// SPDX-License-Identifier: MIT
'use strict';

// Hash and Hmac: Transform streams whose state is C's, and the one-shot hash().

const { Buffer } = require('buffer');
const { Transform } = require('stream');
const { codes: errors } = require('internal/errors');
const { validateString, validateUint32, validateObject } = require('internal/validators');
const { isAnyArrayBuffer } = require('internal/util/types');
const { Hash: HashHandle, Hmac: HmacHandle, hasDigest } = internalBinding('crypto');

const kHandle = Symbol('kHandle');
const kState = Symbol('kState');
const kFinalized = Symbol('kFinalized');

// What callers hash: text by an encoding, or bytes.
function toBytes(data, encoding, name) {
  if (typeof data === 'string') {
    return Buffer.from(data, encoding === 'buffer' ? 'utf8' : encoding);
  }
  if (ArrayBuffer.isView(data)) return data;
  throw new errors.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], data);
}

// Keys, passwords and salts may be whole ArrayBuffers, too.
function keyBytes(value, name, expected = ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView']) {
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  if (ArrayBuffer.isView(value)) return value;
  if (isAnyArrayBuffer(value)) return new Uint8Array(value);
  throw new errors.ERR_INVALID_ARG_TYPE(name, expected, value);
}

function encode(bytes, encoding) {
  return encoding && encoding !== 'buffer' ? bytes.toString(encoding) : bytes;
}

function finish(handle, length = handle.size()) {
  const out = Buffer.alloc(length);
  handle.final(out);
  return out;
}

function wrongLength() {
  const reason = 'not XOF or invalid length';
  const error = new Error(`error:030000B2:digital envelope routines::${reason}`);
  error.library = 'digital envelope routines';
  error.reason = reason;
  error.code = 'ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH';
  return error;
}

class Hash extends Transform {
  constructor(algorithm, options) {
    const from = algorithm instanceof Hash ? algorithm[kHandle] : undefined;
    if (from === undefined) validateString(algorithm, 'algorithm');
    const length = typeof options === 'object' && options !== null ? options.outputLength : undefined;
    if (length !== undefined) validateUint32(length, 'options.outputLength');
    super(options);
    const handle = new HashHandle(from ?? algorithm);
    if (length !== undefined && !handle.isExtendable() && length !== handle.size()) throw wrongLength();
    this._options = options;
    this[kHandle] = handle;
    this[kState] = { [kFinalized]: false };
  }

  copy(options) {
    if (this[kState][kFinalized]) throw new errors.ERR_CRYPTO_HASH_FINALIZED();
    return new Hash(this, options ?? this._options);
  }

  _transform(chunk, encoding, callback) {
    this[kHandle].update(toBytes(chunk, encoding, 'data'));
    callback();
  }

  _flush(callback) {
    this.push(finish(this[kHandle], this._options?.outputLength));
    callback();
  }

  update(data, encoding) {
    if (this[kState][kFinalized]) throw new errors.ERR_CRYPTO_HASH_FINALIZED();
    if (!this[kHandle].update(toBytes(data, encoding, 'data'))) throw new errors.ERR_CRYPTO_HASH_UPDATE_FAILED();
    return this;
  }

  digest(encoding) {
    if (this[kState][kFinalized]) throw new errors.ERR_CRYPTO_HASH_FINALIZED();
    const result = finish(this[kHandle], this._options?.outputLength);
    this[kState][kFinalized] = true;
    return encode(result, encoding === undefined ? encoding : `${encoding}`);
  }
}

class Hmac extends Transform {
  constructor(algorithm, key, options) {
    validateString(algorithm, 'hmac');
    const bytes = keyBytes(key, 'key',
      ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'KeyObject', 'CryptoKey']);
    if (!hasDigest(algorithm)) throw new errors.ERR_CRYPTO_INVALID_DIGEST(algorithm);
    super(options);
    this[kHandle] = new HmacHandle(algorithm, bytes);
    this[kState] = { [kFinalized]: false };
  }

  update(data, encoding) {
    if (this[kState][kFinalized]) throw new errors.ERR_CRYPTO_HASH_FINALIZED();
    if (!this[kHandle].update(toBytes(data, encoding, 'data'))) throw new errors.ERR_CRYPTO_HASH_UPDATE_FAILED();
    return this;
  }

  // A second digest of an Hmac is empty, unlike a Hash's.
  digest(encoding) {
    const state = this[kState];
    const result = state[kFinalized] ? Buffer.alloc(0) : finish(this[kHandle]);
    state[kFinalized] = true;
    return encode(result, encoding === undefined ? encoding : `${encoding}`);
  }

  _flush(callback) {
    this.push(this.digest());
    callback();
  }

  _transform(chunk, encoding, callback) {
    this[kHandle].update(toBytes(chunk, encoding, 'data'));
    callback();
  }
}

function hash(algorithm, input, options) {
  validateString(algorithm, 'algorithm');
  const bytes = toBytes(input, 'utf8', 'input');
  let encoding = 'hex';
  let length;
  if (typeof options === 'string') {
    encoding = options;
  } else if (options !== undefined) {
    validateObject(options, 'options');
    encoding = options.outputEncoding ?? 'hex';
    length = options.outputLength;
    if (length !== undefined) validateUint32(length, 'options.outputLength');
  }
  if (!hasDigest(algorithm)) throw new Error(`Digest method ${algorithm} is not supported`);
  const handle = new HashHandle(algorithm);
  if (length !== undefined && !handle.isExtendable() && length !== handle.size()) throw wrongLength();
  handle.update(bytes);
  return encode(finish(handle, length), encoding);
}

module.exports = {
  Hash,
  Hmac,
  createHash: function createHash(algorithm, options) { return new Hash(algorithm, options); },
  createHmac: function createHmac(hmac, key, options) { return new Hmac(hmac, key, options); },
  hash,
  keyBytes,
};

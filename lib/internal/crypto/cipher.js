// SPDX-License-Identifier: MIT
'use strict';

// Cipheriv and Decipheriv, what there is of ciphers, and encryption with RSA keys.

const { Buffer } = require('buffer');
const { StringDecoder } = require('string_decoder');
const { codes } = require('internal/errors');
const { normalizeEncoding } = require('internal/util');
const { validateEncoding, validateInt32, validateObject, validateString } = require('internal/validators');
const {
  CipherBase, getCipherInfo: nativeCipherInfo, getCiphers: nativeCiphers, rsaCrypt,
} = internalBinding('crypto');
const { asBuffer, encoded, toBytes, validateBytes } = require('internal/crypto/util');
const { LazyTransform, inheritLazily } = require('internal/crypto/lazy_transform');
const { asymmetricHandle, kConsumePrivate, kConsumePublic, secretKeyArgument } = require('internal/crypto/keys');

const kHandle = Symbol('kHandle');

function setUp(self, isEncrypting, cipher, key, iv, options) {
  validateString(cipher, 'cipher');
  const encoding = options?.encoding;
  if (encoding !== undefined && encoding !== null) validateString(encoding, 'options.encoding');
  const keyBytes = secretKeyArgument(key, encoding ?? undefined);
  const ivBytes = iv === null ? null : toBytes(iv, 'iv');
  const tagLength = options?.authTagLength;
  if (tagLength !== undefined && tagLength !== null && (tagLength !== tagLength >>> 0 || tagLength > 0x7fffffff)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.authTagLength', tagLength);
  }
  self._decoder = null;
  self._options = options;
  self[kHandle] = new CipherBase(isEncrypting, cipher, keyBytes, ivBytes, tagLength ?? undefined);
}

// Characters may be cut between two results, so each object has one decoder for all of them.
function decoderOf(self, encoding) {
  const normalized = normalizeEncoding(encoding);
  self._decoder ??= new StringDecoder(encoding);
  if (self._decoder.encoding !== normalized) {
    if (normalized === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    throw new codes.ERR_INVALID_ARG_VALUE('outputEncoding', encoding,
                                          `cannot be changed from '${self._decoder.encoding}'`);
  }
  return self._decoder;
}

function update(data, inputEncoding, outputEncoding) {
  if (typeof data === 'string') validateEncoding(data, inputEncoding);
  else if (!ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  const bytes = asBuffer(this[kHandle].update(encoded(data, inputEncoding)));
  return outputEncoding && outputEncoding !== 'buffer' ? decoderOf(this, outputEncoding).write(bytes) : bytes;
}

function final(outputEncoding) {
  const bytes = asBuffer(this[kHandle].final());
  return outputEncoding && outputEncoding !== 'buffer' ? decoderOf(this, outputEncoding).end(bytes) : bytes;
}

function transform(chunk, encoding, callback) {
  let bytes;
  try {
    bytes = asBuffer(this[kHandle].update(encoded(chunk, encoding)));
  } catch (error) {
    callback(error);
    return;
  }
  callback(null, bytes);
}

function flush(callback) {
  let bytes;
  try {
    bytes = asBuffer(this[kHandle].final());
  } catch (error) {
    callback(error);
    return;
  }
  this.push(bytes);
  callback();
}

function invalidState(operation) {
  return new codes.ERR_CRYPTO_INVALID_STATE(operation);
}

function setAutoPadding(autoPadding) {
  if (!this[kHandle].setAutoPadding(autoPadding === undefined || !!autoPadding)) throw invalidState('setAutoPadding');
  return this;
}

function setAAD(aadbuf, options) {
  const bytes = toBytes(aadbuf, 'aadbuf', options?.encoding);
  const length = options?.plaintextLength;
  if (length !== undefined && length !== null) validateInt32(length, 'options.plaintextLength', 0);
  if (!this[kHandle].setAAD(bytes, length ?? -1)) throw invalidState('setAAD');
  return this;
}

function Cipheriv(cipher, key, iv, options) {
  if (!new.target) return new Cipheriv(cipher, key, iv, options);
  setUp(this, true, cipher, key, iv, options);
}
inheritLazily(Cipheriv, LazyTransform);

function Decipheriv(cipher, key, iv, options) {
  if (!new.target) return new Decipheriv(cipher, key, iv, options);
  setUp(this, false, cipher, key, iv, options);
}
inheritLazily(Decipheriv, LazyTransform);

for (const { prototype } of [Cipheriv, Decipheriv]) {
  Object.assign(prototype, { _transform: transform, _flush: flush, update, final, setAutoPadding, setAAD });
}

Cipheriv.prototype.getAuthTag = function getAuthTag() {
  const tag = this[kHandle].getAuthTag();
  if (tag === undefined) throw invalidState('getAuthTag');
  return asBuffer(tag);
};

Decipheriv.prototype.setAuthTag = function setAuthTag(buffer, encoding) {
  const bytes = toBytes(buffer, 'buffer', encoding);
  if (!this[kHandle].setAuthTag(bytes)) throw invalidState('setAuthTag');
  return this;
};

function createCipheriv(cipher, key, iv, options) {
  return new Cipheriv(cipher, key, iv, options);
}

function createDecipheriv(cipher, key, iv, options) {
  return new Decipheriv(cipher, key, iv, options);
}

let ciphers;

// OpenSSL's table has some names in two cases.
function getCiphers() {
  ciphers ??= [...new Set(nativeCiphers().map((name) => name.toLowerCase()))].sort();
  return [...ciphers];
}

function getCipherInfo(nameOrNid, options = undefined) {
  if (typeof nameOrNid !== 'string' && typeof nameOrNid !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE('nameOrNid', ['string', 'number'], nameOrNid);
  }
  if (typeof nameOrNid === 'number') validateInt32(nameOrNid, 'nameOrNid');
  let keyLength;
  let ivLength;
  if (options !== undefined) {
    validateObject(options, 'options');
    ({ keyLength, ivLength } = options);
    if (keyLength !== undefined) validateInt32(keyLength, 'options.keyLength');
    if (ivLength !== undefined) validateInt32(ivLength, 'options.ivLength');
  }
  const info = nativeCipherInfo(nameOrNid, keyLength ?? -1, ivLength ?? -1);
  if (info !== undefined) info.name = info.name.toLowerCase();
  return info;
}

// --- RSA ---------------------------------------------------------------------------------------------------------

const kPkcs1Padding = 1;
const kOaepPadding = 4;
const operations = { __proto__: null, encrypt: 0, decrypt: 1, sign: 2, recover: 3 };

function rsaOperation(operation, context, usualPadding) {
  return (options, buffer) => {
    const handle = asymmetricHandle(options, context);
    const padding = options.padding || usualPadding;
    const { oaepHash, encoding } = options;
    let { oaepLabel } = options;
    if (oaepHash !== undefined) validateString(oaepHash, 'key.oaepHash');
    if (oaepLabel !== undefined) oaepLabel = toBytes(oaepLabel, 'key.oaepLabel', encoding);
    validateBytes(buffer, 'buffer');
    const data = typeof buffer === 'string' ? Buffer.from(buffer, encoding) : buffer;
    return asBuffer(rsaCrypt(operations[operation], handle, padding, oaepHash, oaepLabel, data, undefined));
  };
}

const encrypt = rsaOperation('encrypt', kConsumePublic, kOaepPadding);
const recover = rsaOperation('recover', kConsumePublic, kPkcs1Padding);
const sign = rsaOperation('sign', kConsumePrivate, kPkcs1Padding);
const decrypt = rsaOperation('decrypt', kConsumePrivate, kOaepPadding);

function publicEncrypt(options, buffer) {
  return encrypt(options, buffer);
}

function publicDecrypt(options, buffer) {
  return recover(options, buffer);
}

function privateEncrypt(options, buffer) {
  return sign(options, buffer);
}

function privateDecrypt(options, buffer) {
  return decrypt(options, buffer);
}

module.exports = {
  Cipheriv,
  Decipheriv,
  createCipheriv,
  createDecipheriv,
  getCipherInfo,
  getCiphers,
  privateDecrypt,
  privateEncrypt,
  publicDecrypt,
  publicEncrypt,
};

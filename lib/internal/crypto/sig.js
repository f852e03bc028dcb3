// SPDX-License-Identifier: MIT
'use strict';

// Sign, Verify, and sign() and verify() of whole messages.

const { codes } = require('internal/errors');
const { validateEncoding, validateFunction, validateString } = require('internal/validators');
const { Signer, digestSize, sign: nativeSign, verify: nativeVerify } = internalBinding('crypto');
const { asBuffer, codedError, encoded, isBytes, runJob, toBytes, toOutput } = require('internal/crypto/util');
const { LazyWritable, inheritLazily } = require('internal/crypto/lazy_transform');
const { asymmetricHandle, kConsumePrivate, kConsumePublic } = require('internal/crypto/keys');

const kHandle = Symbol('kHandle');

function makeSigner(self, algorithm, options) {
  validateString(algorithm, 'algorithm');
  if (digestSize(algorithm) === undefined) {
    throw codedError(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', 'Invalid digest');
  }
  self._options = options;
  self[kHandle] = new Signer(algorithm);
}

function update(data, encoding) {
  if (typeof data === 'string') validateEncoding(data, encoding);
  else if (!ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  this[kHandle].update(encoded(data, encoding));
  return this;
}

function write(chunk, encoding, callback) {
  try {
    this[kHandle].update(encoded(chunk, encoding));
  } catch (error) {
    callback(error);
    return;
  }
  callback();
}

// [padding, saltLength, isP1363] as C takes them
function signOptions(options) {
  if (options === null || typeof options !== 'object' || isBytes(options)) return [0, undefined, false];
  const { padding, saltLength, dsaEncoding } = options;
  if (padding !== undefined && padding !== padding >> 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.padding', padding);
  }
  if (saltLength !== undefined && saltLength !== saltLength >> 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.saltLength', saltLength);
  }
  if (dsaEncoding !== undefined && dsaEncoding !== 'der' && dsaEncoding !== 'ieee-p1363') {
    throw new codes.ERR_INVALID_ARG_VALUE('options.dsaEncoding', dsaEncoding);
  }
  return [padding ?? 0, saltLength, dsaEncoding === 'ieee-p1363'];
}

function Sign(algorithm, options) {
  if (!new.target) return new Sign(algorithm, options);
  makeSigner(this, algorithm, options);
}
inheritLazily(Sign, LazyWritable);
Sign.prototype._write = write;
Sign.prototype.update = update;
Sign.prototype.sign = function sign(options, encoding) {
  if (!options) throw new codes.ERR_CRYPTO_SIGN_KEY_REQUIRED();
  const handle = asymmetricHandle(options, kConsumePrivate);
  return toOutput(this[kHandle].sign(handle, ...signOptions(options)), encoding);
};

function Verify(algorithm, options) {
  if (!new.target) return new Verify(algorithm, options);
  makeSigner(this, algorithm, options);
}
inheritLazily(Verify, LazyWritable);
Verify.prototype._write = write;
Verify.prototype.update = update;
Verify.prototype.verify = function verify(options, signature, sigEncoding) {
  const handle = asymmetricHandle(options, kConsumePublic);
  const native = signOptions(options);
  return this[kHandle].verify(handle, toBytes(signature, 'signature', sigEncoding), ...native);
};

function createSign(algorithm, options) {
  return new Sign(algorithm, options);
}

function createVerify(algorithm, options) {
  return new Verify(algorithm, options);
}

const kDataTypes = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

function checkDigest(algorithm) {
  if (algorithm === null || algorithm === undefined) return undefined;
  validateString(algorithm, 'algorithm');
  return algorithm;
}

function refuseContext(key) {
  const context = key?.context;
  if (context === undefined) return;
  if (!isBytes(context)) {
    throw new codes.ERR_INVALID_ARG_TYPE('context', kDataTypes, context);
  }
  if (context.byteLength !== 0) throw new Error('Context parameter is unsupported');
}

// NODE: digests are known by the job, whose failure says so.
function digestOrThrow(algorithm) {
  if (algorithm !== undefined && digestSize(algorithm) === undefined) {
    throw codedError(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${algorithm}`);
  }
}

function sign(algorithm, data, key, callback) {
  const digest = checkDigest(algorithm);
  if (callback !== undefined) validateFunction(callback, 'callback');
  const bytes = toBytes(data, 'data');
  if (!key) throw new codes.ERR_CRYPTO_SIGN_KEY_REQUIRED();
  const options = signOptions(key);
  refuseContext(key);
  const handle = asymmetricHandle(key, kConsumePrivate);
  digestOrThrow(digest);
  return runJob((req) => nativeSign(digest, handle, bytes, ...options, req), callback, asBuffer);
}

function verify(algorithm, data, key, signature, callback) {
  const digest = checkDigest(algorithm);
  if (callback !== undefined) validateFunction(callback, 'callback');
  const bytes = toBytes(data, 'data');
  const options = signOptions(key);
  refuseContext(key);
  const signatureBytes = toBytes(signature, 'signature');
  const handle = asymmetricHandle(key, kConsumePublic);
  digestOrThrow(digest);
  return runJob((req) => nativeVerify(digest, handle, bytes, signatureBytes, ...options, req), callback);
}

module.exports = { Sign, Verify, createSign, createVerify, sign, verify };

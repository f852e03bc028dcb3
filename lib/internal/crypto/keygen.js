// SPDX-License-Identifier: MIT
'use strict';

// generateKeyPair(), generateKey() and their synchronous forms.

const { codes } = require('internal/errors');
const { kEmptyObject, customPromisifyArgs } = require('internal/util');
const {
  validateFunction, validateInt32, validateInteger, validateObject, validateOneOf, validateString, validateUint32,
} = require('internal/validators');
const {
  createSecretKey: nativeCreateSecretKey, digestSize, generateKeyPair: nativeGenerate, isCurve, isDhGroup,
} = internalBinding('crypto');
const { codedError, runJob } = require('internal/crypto/util');
const { exportKey, parseEncoding } = require('internal/crypto/key_encoding');
const { wrapHandle } = require('internal/crypto/keys');

function rsaOptions(options) {
  validateObject(options, 'options');
  const { modulusLength, publicExponent = 0x10001 } = options;
  validateUint32(modulusLength, 'options.modulusLength');
  validateUint32(publicExponent, 'options.publicExponent');
  return { bits: modulusLength, exponent: publicExponent };
}

function checkDigest(name, kind = '') {
  if (name !== undefined && digestSize(name) === undefined) {
    throw codedError(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid ${kind}digest: ${name}`);
  }
}

function rsaPssOptions(options) {
  const native = rsaOptions(options);
  const { saltLength, hashAlgorithm, mgf1HashAlgorithm } = options;
  if (saltLength !== undefined) validateInt32(saltLength, 'options.saltLength', 0);
  if (hashAlgorithm !== undefined) validateString(hashAlgorithm, 'options.hashAlgorithm');
  if (mgf1HashAlgorithm !== undefined) validateString(mgf1HashAlgorithm, 'options.mgf1HashAlgorithm');
  for (const name of ['hash', 'mgf1Hash']) {
    if (options[name] !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, options[name], 'is no longer supported');
    }
  }
  checkDigest(hashAlgorithm);
  checkDigest(mgf1HashAlgorithm, 'MGF1 ');
  return { ...native, digest: hashAlgorithm, mgf1Digest: mgf1HashAlgorithm, saltLength };
}

function dsaOptions(options) {
  validateObject(options, 'options');
  const { modulusLength, divisorLength } = options;
  validateUint32(modulusLength, 'options.modulusLength');
  if (divisorLength !== undefined) validateInt32(divisorLength, 'options.divisorLength', 0);
  return { bits: modulusLength, divisor: divisorLength };
}

function ecOptions(options) {
  validateObject(options, 'options');
  const { namedCurve, paramEncoding } = options;
  validateString(namedCurve, 'options.namedCurve');
  if (paramEncoding !== undefined && paramEncoding !== null && paramEncoding !== 'named' &&
      paramEncoding !== 'explicit') {
    throw new codes.ERR_INVALID_ARG_VALUE('options.paramEncoding', paramEncoding);
  }
  if (!isCurve(namedCurve)) throw codedError(TypeError, 'ERR_CRYPTO_INVALID_CURVE', 'Invalid EC curve name');
  return { curve: namedCurve, explicit: paramEncoding === 'explicit' };
}

function dhOptions(options) {
  validateObject(options, 'options');
  const { group, primeLength, prime, generator } = options;
  if (group !== undefined && group !== null) {
    for (const other of ['prime', 'primeLength', 'generator']) {
      if (options[other] !== undefined && options[other] !== null) {
        throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('group', other);
      }
    }
    validateString(group, 'options.group');
    if (!isDhGroup(group)) throw codedError(Error, 'ERR_CRYPTO_UNKNOWN_DH_GROUP', 'Unknown DH group');
    return { group };
  }
  if (prime !== undefined && prime !== null) {
    if (primeLength !== undefined && primeLength !== null) {
      throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('prime', 'primeLength');
    }
    if (!ArrayBuffer.isView(prime)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.prime', ['Buffer', 'TypedArray', 'DataView'], prime);
    }
  } else if (primeLength !== undefined && primeLength !== null) {
    validateInt32(primeLength, 'options.primeLength', 0);
  } else {
    throw new codes.ERR_MISSING_OPTION('At least one of the group, prime, or primeLength options');
  }
  if (generator !== undefined && generator !== null) validateInt32(generator, 'options.generator', 0);
  return { prime: prime ?? undefined, bits: primeLength ?? undefined, generator: generator ?? undefined };
}

const noOptions = () => kEmptyObject;
const keyTypes = {
  '__proto__': null,
  'rsa': rsaOptions,
  'rsa-pss': rsaPssOptions,
  'dsa': dsaOptions,
  'ec': ecOptions,
  'dh': dhOptions,
  'ed25519': noOptions,
  'ed448': noOptions,
  'x25519': noOptions,
  'x448': noOptions,
};

function readEncoding(options, name, type, isPublic) {
  const encoding = options?.[name];
  if (encoding === undefined || encoding === null) return undefined;
  if (typeof encoding !== 'object') throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, encoding);
  return parseEncoding(encoding, type, isPublic, `options.${name}`);
}

function present(handle, encoding) {
  return encoding === undefined ? wrapHandle(handle) : exportKey(handle, encoding);
}

// Checks everything, then gives a function that starts the job and one that shows its result.
function prepare(type, options) {
  if (options !== undefined) validateObject(options, 'options');
  const publicEncoding = readEncoding(options, 'publicKeyEncoding', type, true);
  const privateEncoding = readEncoding(options, 'privateKeyEncoding', type, false);
  const read = keyTypes[type];
  if (read === undefined) throw new codes.ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  const native = read(options);
  return {
    start: (req) => nativeGenerate(type, native, req),
    show: ([publicHandle, privateHandle]) => ({
      publicKey: present(publicHandle, publicEncoding), privateKey: present(privateHandle, privateEncoding),
    }),
  };
}

function generateKeyPair(type, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, 'callback');
  validateString(type, 'type');
  const { start, show } = prepare(type, options);
  runJob(start, (error, pair) => {
    if (error) {
      callback(error);
      return;
    }
    let keys;
    try {
      keys = show(pair);
    } catch (e) {
      callback(e);
      return;
    }
    callback(null, keys.publicKey, keys.privateKey);
  });
}
Object.defineProperty(generateKeyPair, customPromisifyArgs, {
  __proto__: null, value: ['publicKey', 'privateKey'], enumerable: false,
});

function generateKeyPairSync(type, options) {
  validateString(type, 'type');
  const { start, show } = prepare(type, options);
  return show(start(undefined));
}

// --- symmetric keys ----------------------------------------------------------------------------------------------

function secretLength(type, options) {
  validateString(type, 'type');
  validateObject(options, 'options');
  const { length } = options;
  if (type === 'hmac') {
    validateInteger(length, 'options.length', 8, 2 ** 31 - 1);
  } else if (type === 'aes') {
    validateOneOf(length, 'options.length', [128, 192, 256]);
  } else {
    throw new codes.ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  }
  return Math.trunc(length / 8);
}

function generateKey(type, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  const length = secretLength(type, options);
  validateFunction(callback, 'callback');
  require('internal/crypto/random').randomBytes(length, (error, bytes) => {
    if (error) callback(error);
    else callback(null, wrapHandle(nativeCreateSecretKey(bytes)));
  });
}
Object.defineProperty(generateKey, 'length', { __proto__: null, value: 3, configurable: true });

function generateKeySync(type, options) {
  const bytes = require('internal/crypto/random').randomBytes(secretLength(type, options));
  return wrapHandle(nativeCreateSecretKey(bytes));
}

module.exports = { generateKey, generateKeyPair, generateKeyPairSync, generateKeySync };

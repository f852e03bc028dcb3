// SPDX-License-Identifier: MIT
'use strict';

// What the parts of SubtleCrypto share: errors, and algorithms as callers pass them made into dictionaries with all
// members checked: https://w3c.github.io/webcrypto/#algorithm-normalization

const { Buffer } = require('buffer');
const { isAnyArrayBuffer, isSharedArrayBuffer, isUint8Array } = require('internal/util/types');
const { codedError, runJobAsync } = require('internal/crypto/util');
const { isCryptoKey } = require('internal/crypto/crypto_key');

function domException(message, name, cause) {
  const { DOMException } = require('internal/domexception');
  return new DOMException(message, cause === undefined ? name : { name, cause });
}

// Runs a native job; whatever goes wrong with it is one kind of error.
async function runOperation(start) {
  try {
    return await runJobAsync(start);
  } catch (cause) {
    throw domException('The operation failed for an operation-specific reason', 'OperationError', cause);
  }
}

function bitsToBytes(bits) {
  return Math.ceil(bits / 8);
}

// --- members of dictionaries -------------------------------------------------------------------------------------

function isBufferSource(value) {
  return ArrayBuffer.isView(value) || isAnyArrayBuffer(value);
}

function copyBytes(value) {
  return Buffer.from(ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) :
    new Uint8Array(value));
}

function wrongMember(name, what) {
  return codedError(TypeError, 'ERR_INVALID_ARG_TYPE',
                    `Failed to normalize algorithm: ${name} in passed algorithm ${what}.`);
}

const converters = {
  __proto__: null,
  bytes(value, name) {
    if (!isBufferSource(value)) {
      throw wrongMember(name, 'is not instance of ArrayBuffer, Buffer, TypedArray, or DataView');
    }
    return copyBytes(value);
  },
  bigInteger(value, name) {
    if (!isUint8Array(value)) throw wrongMember(name, 'is not an Uint8Array object');
    return new Uint8Array(value);
  },
  integer(value, name, max) {
    const number = Math.trunc(Number(value));
    if (!Number.isFinite(number) || number < 0 || number > max) {
      throw wrongMember(name, `is outside the expected range of 0 to ${max}`);
    }
    return number;
  },
  octet: (value, name) => converters.integer(value, name, 0xff),
  short: (value, name) => converters.integer(value, name, 0xffff),
  long: (value, name) => converters.integer(value, name, 0xffffffff),
  text: (value) => `${value}`,
  hash(value, name, dictionary) {
    const isObject = typeof value === 'object' && value !== null;
    const known = operations.digest[`${isObject ? value.name : value}`.toLowerCase()];
    const hash = isObject || known !== undefined ? normalizeAlgorithm(value, 'digest') : undefined;
    if (hash === undefined || !/^SHA/.test(hash.name)) {
      throw domException(`Only SHA hashes are supported in ${dictionary}`, 'NotSupportedError');
    }
    return hash;
  },
  key(value, name) {
    if (!isCryptoKey(value)) throw wrongMember(name, 'is not of type CryptoKey');
    return value;
  },
};

// [member, converter, required]
const dictionaries = {
  __proto__: null,
  AeadParams: [['iv', 'bytes', true], ['tagLength', 'octet'], ['additionalData', 'bytes']],
  AesCbcParams: [['iv', 'bytes', true]],
  AesCtrParams: [['counter', 'bytes', true], ['length', 'octet', true]],
  AesDerivedKeyParams: [['length', 'short', true]],
  AesKeyGenParams: [['length', 'short', true]],
  CShakeParams: [['outputLength', 'long', true], ['functionName', 'bytes'], ['customization', 'bytes']],
  ContextParams: [['context', 'bytes']],
  EcKeyGenParams: [['namedCurve', 'text', true]],
  EcKeyImportParams: [['namedCurve', 'text', true]],
  EcdhKeyDeriveParams: [['public', 'key', true]],
  EcdsaParams: [['hash', 'hash', true]],
  HkdfParams: [['hash', 'hash', true], ['salt', 'bytes', true], ['info', 'bytes', true]],
  HmacImportParams: [['hash', 'hash', true], ['length', 'long']],
  HmacKeyGenParams: [['hash', 'hash', true], ['length', 'long']],
  KmacImportParams: [['length', 'long']],
  KmacKeyGenParams: [['length', 'long']],
  KmacParams: [['outputLength', 'long', true], ['customization', 'bytes']],
  Pbkdf2Params: [['hash', 'hash', true], ['iterations', 'long', true], ['salt', 'bytes', true]],
  RsaHashedImportParams: [['hash', 'hash', true]],
  RsaHashedKeyGenParams: [['modulusLength', 'long', true], ['publicExponent', 'bigInteger', true],
                          ['hash', 'hash', true]],
  RsaOaepParams: [['label', 'bytes']],
  RsaPssParams: [['saltLength', 'long', true]],
};

// --- which algorithm can do what, with which dictionary ----------------------------------------------------------

const operations = { __proto__: null };

function can(operation, dictionary, ...names) {
  const table = operations[operation] ??= { __proto__: null };
  for (const name of names) table[name.toLowerCase()] = { name, dictionary };
}

const aesModes = ['AES-CBC', 'AES-CTR', 'AES-GCM', 'AES-OCB', 'AES-KW'];
const rsaNames = ['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'RSA-OAEP'];
const kmacNames = ['KMAC128', 'KMAC256'];
const okpNames = ['Ed25519', 'Ed448', 'X25519', 'X448'];

can('digest', undefined, 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-256', 'SHA3-384', 'SHA3-512');
can('digest', 'CShakeParams', 'cSHAKE128', 'cSHAKE256');
for (const operation of ['encrypt', 'decrypt']) {
  can(operation, 'RsaOaepParams', 'RSA-OAEP');
  can(operation, 'AesCbcParams', 'AES-CBC');
  can(operation, 'AesCtrParams', 'AES-CTR');
  can(operation, 'AeadParams', 'AES-GCM', 'AES-OCB', 'ChaCha20-Poly1305');
}
for (const operation of ['sign', 'verify']) {
  can(operation, undefined, 'RSASSA-PKCS1-v1_5', 'HMAC', 'Ed25519');
  can(operation, 'RsaPssParams', 'RSA-PSS');
  can(operation, 'EcdsaParams', 'ECDSA');
  can(operation, 'ContextParams', 'Ed448');
  can(operation, 'KmacParams', ...kmacNames);
}
can('generateKey', 'AesKeyGenParams', ...aesModes);
can('generateKey', 'HmacKeyGenParams', 'HMAC');
can('generateKey', 'KmacKeyGenParams', ...kmacNames);
can('generateKey', 'RsaHashedKeyGenParams', ...rsaNames);
can('generateKey', 'EcKeyGenParams', 'ECDSA', 'ECDH');
can('generateKey', undefined, ...okpNames, 'ChaCha20-Poly1305');
can('importKey', undefined, ...aesModes, ...okpNames, 'ChaCha20-Poly1305', 'HKDF', 'PBKDF2');
can('importKey', 'HmacImportParams', 'HMAC');
can('importKey', 'KmacImportParams', ...kmacNames);
can('importKey', 'RsaHashedImportParams', ...rsaNames);
can('importKey', 'EcKeyImportParams', 'ECDSA', 'ECDH');
can('exportKey', undefined, ...kmacNames, ...aesModes, ...okpNames, ...rsaNames, 'ChaCha20-Poly1305', 'HMAC', 'ECDSA', 'ECDH');
can('deriveBits', 'EcdhKeyDeriveParams', 'ECDH', 'X25519', 'X448');
can('deriveBits', 'HkdfParams', 'HKDF');
can('deriveBits', 'Pbkdf2Params', 'PBKDF2');
can('getKeyLength', 'AesDerivedKeyParams', ...aesModes);
can('getKeyLength', 'HmacImportParams', 'HMAC');
can('getKeyLength', 'KmacImportParams', ...kmacNames);
can('getKeyLength', undefined, 'HKDF', 'PBKDF2', 'ChaCha20-Poly1305');
can('wrapKey', undefined, 'AES-KW');
can('unwrapKey', undefined, 'AES-KW');
can('getPublicKey', undefined, ...okpNames, ...rsaNames, 'ECDSA', 'ECDH');

function notSupported(message = 'Unrecognized algorithm name') {
  return domException(message, 'NotSupportedError');
}

// NODE: what is not in the specification's first version warns once.
const isExperimental = /^(?:SHA3-|cSHAKE|KMAC|AES-OCB$|ChaCha20|Ed448$|X448$)/;

function warnExperimental(what) {
  require('internal/util').emitExperimentalWarning(`The ${what}`);
}

function missingMember(dictionary, member) {
  return codedError(TypeError, 'ERR_MISSING_OPTION', 'Failed to normalize algorithm: passed algorithm cannot be ' +
    `converted to '${dictionary}' because '${member}' is required in '${dictionary}'.`);
}

// A dictionary with the name as the specification writes it, and only the members that the operation knows.
function normalizeAlgorithm(algorithm, operation) {
  const isObject = (typeof algorithm === 'object' && algorithm !== null) || typeof algorithm === 'function';
  if (isObject && algorithm.name === undefined) throw missingMember('Algorithm', 'name');
  const found = operations[operation]?.[`${isObject ? algorithm.name : algorithm}`.toLowerCase()];
  if (found === undefined) throw notSupported();
  const { name, dictionary } = found;
  if (isExperimental.test(name)) warnExperimental(`${name} Web Crypto API algorithm`);
  const result = { name };
  for (const [member, converter, required] of dictionary === undefined ? [] : dictionaries[dictionary]) {
    const value = isObject ? algorithm[member] : undefined;
    if (value !== undefined) result[member] = converters[converter](value, member, dictionary);
    else if (required) throw missingMember(dictionary, member);
  }
  return result;
}

function knowsOperation(operation) {
  return operations[operation] !== undefined;
}

// --- arguments of the methods ------------------------------------------------------------------------------------

const ordinals = ['1st', '2nd', '3rd', '4th', '5th', '6th', '7th'];

function argumentError(code, method, index, what, suffix = '') {
  return codedError(TypeError, code,
                    `Failed to execute '${method}' on 'SubtleCrypto': ${ordinals[index]} argument${suffix} ${what}`);
}

function requireArguments(args, count, method) {
  if (args.length >= count) return;
  throw codedError(TypeError, 'ERR_MISSING_ARGS', `Failed to execute '${method}' on 'SubtleCrypto': ${count} ` +
    `argument${count === 1 ? '' : 's'} required, but only ${args.length} present.`);
}

function bufferArgument(value, method, index) {
  if (!isBufferSource(value) || isSharedArrayBuffer(value)) {
    throw argumentError('ERR_INVALID_ARG_TYPE', method, index,
                        'is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.');
  }
  if (ArrayBuffer.isView(value) && isSharedArrayBuffer(value.buffer)) {
    throw argumentError('ERR_INVALID_ARG_TYPE', method, index,
                        'is a view on a SharedArrayBuffer, which is not allowed.');
  }
  return copyBytes(value);
}

function keyArgument(value, method, index) {
  if (!isCryptoKey(value)) throw argumentError('ERR_INVALID_ARG_TYPE', method, index, 'is not of type CryptoKey.');
  return value;
}

const formats = ['raw', 'pkcs8', 'spki', 'jwk', 'raw-public', 'raw-secret', 'raw-private', 'raw-seed'];
const usages = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey',
                'encapsulateKey', 'encapsulateBits', 'decapsulateKey', 'decapsulateBits'];

function enumArgument(value, allowed, type, method, index, suffix) {
  const text = `${value}`;
  if (!allowed.includes(text)) {
    throw argumentError('ERR_INVALID_ARG_VALUE', method, index, `'${text}' is not a valid enum value of type ${type}.`,
                        suffix);
  }
  return text;
}

function formatArgument(value, method, index) {
  return enumArgument(value, formats, 'KeyFormat', method, index);
}

function usagesArgument(value, method, index) {
  if (typeof value !== 'object' || value === null || typeof value[Symbol.iterator] !== 'function') {
    throw argumentError('ERR_INVALID_ARG_TYPE', method, index, 'cannot be converted to sequence.');
  }
  return Array.from(value, (usage, k) => enumArgument(usage, usages, 'KeyUsage', method, index, `[${k}]`));
}

function dictionaryArgument(value, method, index) {
  if (typeof value !== 'object' || value === null) {
    throw argumentError('ERR_INVALID_ARG_TYPE', method, index, 'cannot be converted to a dictionary');
  }
  return value;
}

function isBuffer(value) {
  return isBufferSource(value);
}

module.exports = {
  bitsToBytes,
  bufferArgument,
  dictionaryArgument,
  domException,
  formatArgument,
  isBuffer,
  keyArgument,
  knowsOperation,
  normalizeAlgorithm,
  notSupported,
  requireArguments,
  runOperation,
  usagesArgument,
  warnExperimental,
};

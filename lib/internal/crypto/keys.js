// SPDX-License-Identifier: MIT
'use strict';

// KeyObject and its classes, and how what callers pass as a key becomes one that C knows.

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { deprecate } = require('internal/util');
const { isAnyArrayBuffer } = require('internal/util/types');
const { validateObject, validateOneOf } = require('internal/validators');
const {
  KeyObjectHandle, createSecretKey: nativeCreateSecretKey, importKey: nativeImportKey,
} = internalBinding('crypto');
const { asBuffer, isBytes } = require('internal/crypto/util');
const { kClone } = require('internal/worker/clone');
const { exportJwk, exportKey, importJwk, importRawKey, parseEncoding } = require('internal/crypto/key_encoding');

let handleOf; // of a KeyObject; undefined for anything else

class KeyObject {
  #handle;
  #type;

  static {
    handleOf = (value) => (typeof value === 'object' && value !== null && #handle in value ? value.#handle :
      undefined);
  }

  constructor(type, handle) {
    if (type !== 'secret' && type !== 'public' && type !== 'private') {
      throw new codes.ERR_INVALID_ARG_VALUE('type', type);
    }
    if (typeof handle !== 'object' || !(handle instanceof KeyObjectHandle)) {
      throw new codes.ERR_INVALID_ARG_TYPE('handle', 'object', handle);
    }
    this.#type = type;
    this.#handle = handle;
  }

  get type() {
    if (handleOf(this) === undefined) throw new codes.ERR_INVALID_THIS('KeyObject');
    return this.#type;
  }

  static from(key) {
    const { cryptoKeyHandle } = require('internal/crypto/crypto_key');
    const handle = cryptoKeyHandle(key);
    if (handle === undefined) throw new codes.ERR_INVALID_ARG_TYPE('key', 'CryptoKey', key);
    return wrapHandle(handle);
  }

  toCryptoKey(algorithm, extractable, usages) {
    if (handleOf(this) === undefined) throw new codes.ERR_INVALID_THIS('KeyObject');
    return require('internal/crypto/webcrypto_keys').keyObjectToCryptoKey(this, algorithm, extractable, usages);
  }

  [kClone]() {
    return ['KeyObject', packHandle(this.#handle)];
  }

  equals(otherKeyObject) {
    const other = handleOf(otherKeyObject);
    if (other === undefined) throw new codes.ERR_INVALID_ARG_TYPE('otherKeyObject', 'KeyObject', otherKeyObject);
    return handleOf(this).equals(other) ?? false;
  }
}
Object.defineProperty(KeyObject.prototype, Symbol.toStringTag, {
  __proto__: null, configurable: true, value: 'KeyObject',
});

class SecretKeyObject extends KeyObject {
  get symmetricKeySize() {
    return handleOf(this).size();
  }

  export(options) {
    if (options !== undefined) {
      validateObject(options, 'options');
      validateOneOf(options.format, 'options.format', [undefined, 'buffer', 'jwk']);
      if (options.format === 'jwk') return exportJwk(handleOf(this));
    }
    return asBuffer(handleOf(this).secret());
  }
}

class AsymmetricKeyObject extends KeyObject {
  #details;

  get asymmetricKeyType() {
    return handleOf(this).type();
  }

  get asymmetricKeyDetails() {
    return { ...this.#details ??= keyDetails(handleOf(this)) };
  }
}

class PublicKeyObject extends AsymmetricKeyObject {
  export(options) {
    validateObject(options, 'options');
    return exportKey(handleOf(this), parseEncoding(options, this.asymmetricKeyType, true, 'options'));
  }
}

class PrivateKeyObject extends AsymmetricKeyObject {
  export(options) {
    validateObject(options, 'options');
    return exportKey(handleOf(this), parseEncoding(options, this.asymmetricKeyType, false, 'options'));
  }
}

function keyDetails(handle) {
  const details = handle.details();
  if (details.publicExponent !== undefined) {
    details.publicExponent = BigInt(`0x${asBuffer(details.publicExponent).toString('hex')}`);
  }
  return details;
}

const classes = { __proto__: null, secret: SecretKeyObject, public: PublicKeyObject, private: PrivateKeyObject };

function wrapHandle(handle) {
  const kind = handle.kind();
  return new classes[kind](kind, handle);
}

// A native key as what structured cloning can carry to another thread, and back.
function packHandle(handle) {
  const kind = handle.kind();
  const bytes = kind === 'secret' ? handle.secret() :
    handle.export(false, kind === 'public' ? 'spki' : 'pkcs8', undefined, undefined);
  return { kind, bytes };
}

function unpackHandle({ kind, bytes }) {
  if (kind === 'secret') return nativeCreateSecretKey(bytes);
  return nativeImportKey(kind === 'private', false, kind === 'public' ? 'spki' : 'pkcs8', bytes, undefined);
}

function restoreKeyObject(packed) {
  return wrapHandle(unpackHandle(packed));
}

function restoreCryptoKey({ packed, algorithm, usages, extractable }) {
  return require('internal/crypto/crypto_key').newCryptoKey(unpackHandle(packed), algorithm, usages, extractable);
}

function isKeyObject(value) {
  return handleOf(value) !== undefined;
}

// The native key of a KeyObject or CryptoKey; undefined for anything else.
function keyHandle(value) {
  const handle = handleOf(value);
  if (handle !== undefined) return handle;
  const own = typeof value === 'object' && value !== null ?
    require('internal/crypto/crypto_key').cryptoKeyHandle(value) : undefined;
  if (own !== undefined) warnCryptoKey();
  return own;
}

const warnCryptoKey = deprecate(() => {}, 'Passing a CryptoKey to node:crypto functions is deprecated.', 'DEP0203');

function wrongKind(actual, expected) {
  return new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(actual, expected);
}

// The native secret key of a KeyObject or CryptoKey; undefined for anything else.
function secretHandle(value) {
  const handle = keyHandle(value);
  if (handle !== undefined && handle.kind() !== 'secret') throw wrongKind(handle.kind(), 'secret');
  return handle;
}

// What a key may be used for, or made of: the last word is whether KeyObjects are taken.
const kConsumePublic = { isPrivate: false, takesKeys: true };
const kConsumePrivate = { isPrivate: true, takesKeys: true };
const kCreatePublic = { isPrivate: false, takesKeys: true, isCreation: true };
const kCreatePrivate = { isPrivate: true, takesKeys: false, isCreation: true };

const kDataTypes = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];
const kCreateTypes = ['string', ...kDataTypes, 'URL'];
const kConsumeTypes = ['string', ...kDataTypes, 'KeyObject', 'CryptoKey'];

function useHandle(handle, context) {
  const kind = handle.kind();
  if (context.isCreation) {
    if (kind !== 'private') throw wrongKind(kind, 'private');
    return handle.toPublic();
  }
  if (context.isPrivate) {
    if (kind !== 'private') throw wrongKind(kind, 'private');
    return handle;
  }
  if (kind === 'secret') throw wrongKind(kind, 'private or public');
  return handle;
}

function isKeyData(value) {
  return typeof value === 'string' || isBytes(value);
}

function dataBytes(data, encoding) {
  if (typeof data === 'string') return Buffer.from(data, encoding === 'buffer' ? 'utf8' : encoding);
  return data;
}

const derTypes = { __proto__: null, pkcs1: true, pkcs8: true, sec1: true, spki: true };

// Programs hand the same PEM text to each call of sign() or verify(), and reading it costs more than the signature. The
// last few are kept by their content, which is all that a native key depends on; texts with passphrases are not.
const kKeptKeys = 8;
const kKeptSize = 16 << 10;
const keptKeys = new Map();

function importPem(isPrivate, data) {
  const size = typeof data === 'string' ? data.length : data.byteLength;
  if (size > kKeptSize) return nativeImportKey(isPrivate, true, undefined, data, undefined);
  const text = typeof data === 'string' ? data : require('buffer').Buffer.from(
    data.buffer ?? data, data.byteOffset ?? 0, size).latin1Slice();
  const name = `${isPrivate ? 'private' : 'public'} ${text}`;
  let handle = keptKeys.get(name);
  if (handle === undefined) {
    handle = nativeImportKey(isPrivate, true, undefined, data, undefined);
    if (keptKeys.size >= kKeptKeys) keptKeys.delete(keptKeys.keys().next().value);
  } else {
    keptKeys.delete(name); // the newest is last
  }
  keptKeys.set(name, handle);
  return handle;
}

// The native key of { key, format, type, passphrase, encoding ... }.
function importOptions(options, context, name) {
  const { key: data, format, type, passphrase, encoding } = options;
  const { isPrivate } = context;
  if (format === 'jwk') return importJwk(data, isPrivate, `${name}.key`);
  if (format === (isPrivate ? 'raw-private' : 'raw-public') || (isPrivate && format === 'raw-seed')) {
    return importRawKey(options, isPrivate);
  }
  if (!isKeyData(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE(`${name}.key`, context.isCreation && context.isPrivate ? kCreateTypes : kConsumeTypes, data);
  }
  if (format !== undefined && format !== 'pem' && format !== 'der') {
    throw new codes.ERR_INVALID_ARG_VALUE(`${name}.format`, format);
  }
  const isPem = format !== 'der';
  if (type !== undefined ? !derTypes[type] || (isPrivate && type === 'spki') : !isPem) {
    throw new codes.ERR_INVALID_ARG_VALUE(`${name}.type`, type);
  }
  if (passphrase !== undefined && passphrase !== null && !isKeyData(passphrase)) {
    throw new codes.ERR_INVALID_ARG_VALUE(`${name}.passphrase`, passphrase);
  }
  if (isPem && type === undefined && (passphrase === undefined || passphrase === null)) {
    return importPem(isPrivate, dataBytes(data, encoding));
  }
  return nativeImportKey(isPrivate, isPem, type, dataBytes(data, encoding),
                         passphrase === undefined || passphrase === null ? undefined :
                           dataBytes(passphrase, encoding));
}

// The native asymmetric key of whatever a caller may pass as one.
function asymmetricHandle(key, context, name = 'key') {
  if (isKeyData(key)) return importPem(context.isPrivate, key);
  const own = context.takesKeys ? keyHandle(key) : undefined;
  if (own !== undefined) return useHandle(own, context);
  if (typeof key !== 'object' || isKeyObject(key)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, context.isCreation && context.isPrivate ? kCreateTypes : kConsumeTypes, key);
  }
  const { key: data } = key;
  const inner = keyHandle(data);
  if (inner !== undefined) {
    if (context.takesKeys) return useHandle(inner, context);
    throw new codes.ERR_INVALID_ARG_TYPE(name, kCreateTypes, data);
  }
  return importOptions(key, context, name);
}

function createPublicKey(key) {
  const handle = asymmetricHandle(key, kCreatePublic);
  return wrapHandle(handle.kind() === 'public' ? handle : handle.toPublic());
}

function createPrivateKey(key) {
  return wrapHandle(asymmetricHandle(key, kCreatePrivate));
}

// The bytes or native key of a symmetric key as callers may pass it.
function secretKeyArgument(key, encoding, name = 'key', expected = ['string', ...kDataTypes, 'KeyObject',
                                                                     'CryptoKey']) {
  if (typeof key === 'string') return Buffer.from(key, encoding === 'buffer' ? 'utf8' : encoding);
  if (isBytes(key)) return key;
  const handle = secretHandle(key);
  if (handle === undefined) throw new codes.ERR_INVALID_ARG_TYPE(name, expected, key);
  return handle;
}

function createSecretKey(key, encoding) {
  if (typeof key === 'string') {
    key = Buffer.from(key, encoding === undefined || encoding === 'buffer' ? 'utf8' : encoding);
  } else if (!isBytes(key)) {
    throw new codes.ERR_INVALID_ARG_TYPE('key', kDataTypes, key);
  }
  return wrapHandle(nativeCreateSecretKey(isAnyArrayBuffer(key) ? new Uint8Array(key) : key));
}

module.exports = {
  KeyObject,
  asymmetricHandle,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  isKeyObject,
  kConsumePrivate,
  kConsumePublic,
  keyDetails,
  keyHandle,
  packHandle,
  restoreCryptoKey,
  restoreKeyObject,
  secretHandle,
  secretKeyArgument,
  wrapHandle,
};

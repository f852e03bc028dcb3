// SPDX-License-Identifier: MIT
'use strict';

// The Web Cryptography API: https://w3c.github.io/webcrypto/. Here are the interfaces Crypto and SubtleCrypto and the
// checks of their arguments; the work is in webcrypto_keys and webcrypto_ops, loaded when something is asked of subtle.

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { fillWithRandomValues, randomUUID: makeUuid } = require('internal/crypto/random');
const { codedError } = require('internal/crypto/util');

const kConstruct = Symbol('construct');
let crypto;
let subtle;

const util = () => require('internal/crypto/webcrypto_util');
const keys = () => require('internal/crypto/webcrypto_keys');
const ops = () => require('internal/crypto/webcrypto_ops');

function checkCall(self, args, count, method) {
  if (self !== subtle) throw new codes.ERR_INVALID_THIS('SubtleCrypto');
  util().requireArguments(args, count, method);
}

function lengthArgument(value) {
  if (value === null || value === undefined) return null;
  const number = Math.trunc(Number(value));
  return Number.isFinite(number) && number >= 0 && number <= 0xffffffff ? number : 0;
}

// The bytes of an exported key as they are wrapped.
function wrappedBytes(exported) {
  return exported instanceof ArrayBuffer ? Buffer.from(exported) : Buffer.from(JSON.stringify(exported));
}

function parseJwk(bytes) {
  try {
    return JSON.parse(new (require('internal/encoding').TextDecoder)('utf-8', { ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    throw util().domException('Invalid wrapped JWK key', 'DataError', cause);
  }
}

// The algorithm that wraps: one made for it, or any that encrypts.
function normalizeWrapping(algorithm, wrapping, encrypting) {
  try {
    return util().normalizeAlgorithm(algorithm, wrapping);
  } catch {
    return util().normalizeAlgorithm(algorithm, encrypting);
  }
}

class SubtleCrypto {
  constructor(token) {
    if (token !== kConstruct) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  // Whether an operation could be done with an algorithm, as far as that shows without a key.
  static supports(operation, algorithm, lengthOrAlgorithm = null) {
    if (this !== SubtleCrypto) throw new codes.ERR_INVALID_THIS('SubtleCrypto constructor');
    util().requireArguments(arguments, 2, 'supports');
    util().warnExperimental('supports Web Crypto API method');
    const { normalizeAlgorithm, knowsOperation } = util();
    const names = { __proto__: null, deriveKey: 'deriveBits' };
    const name = names[operation] ?? `${operation}`;
    try {
      if (name === 'wrapKey' || name === 'unwrapKey') {
        normalizeWrapping(algorithm, name, name === 'wrapKey' ? 'encrypt' : 'decrypt');
      } else {
        if (name === 'getKeyLength' || !knowsOperation(name)) return false;
        normalizeAlgorithm(algorithm, name);
      }
      if (operation === 'deriveKey') {
        ops().keyLengthOf(normalizeAlgorithm(lengthOrAlgorithm, 'getKeyLength'));
        normalizeAlgorithm(lengthOrAlgorithm, 'importKey');
      }
      return true;
    } catch {
      return false;
    }
  }

  async encrypt(algorithm, key, data) {
    checkCall(this, arguments, 3, 'encrypt');
    const { keyArgument, bufferArgument, normalizeAlgorithm } = util();
    keyArgument(key, 'encrypt', 1);
    const bytes = bufferArgument(data, 'encrypt', 2);
    return ops().crypt(true, normalizeAlgorithm(algorithm, 'encrypt'), key, bytes, 'encrypt');
  }

  async decrypt(algorithm, key, data) {
    checkCall(this, arguments, 3, 'decrypt');
    const { keyArgument, bufferArgument, normalizeAlgorithm } = util();
    keyArgument(key, 'decrypt', 1);
    const bytes = bufferArgument(data, 'decrypt', 2);
    return ops().crypt(false, normalizeAlgorithm(algorithm, 'decrypt'), key, bytes, 'decrypt');
  }

  async sign(algorithm, key, data) {
    checkCall(this, arguments, 3, 'sign');
    const { keyArgument, bufferArgument, normalizeAlgorithm } = util();
    keyArgument(key, 'sign', 1);
    const bytes = bufferArgument(data, 'sign', 2);
    return ops().sign(normalizeAlgorithm(algorithm, 'sign'), key, bytes);
  }

  async verify(algorithm, key, signature, data) {
    checkCall(this, arguments, 4, 'verify');
    const { keyArgument, bufferArgument, normalizeAlgorithm } = util();
    keyArgument(key, 'verify', 1);
    const signatureBytes = bufferArgument(signature, 'verify', 2);
    const bytes = bufferArgument(data, 'verify', 3);
    return ops().verify(normalizeAlgorithm(algorithm, 'verify'), key, signatureBytes, bytes);
  }

  async digest(algorithm, data) {
    checkCall(this, arguments, 2, 'digest');
    const { bufferArgument, normalizeAlgorithm } = util();
    const bytes = bufferArgument(data, 'digest', 1);
    return ops().digest(normalizeAlgorithm(algorithm, 'digest'), bytes);
  }

  async generateKey(algorithm, extractable, keyUsages) {
    checkCall(this, arguments, 3, 'generateKey');
    const usages = util().usagesArgument(keyUsages, 'generateKey', 2);
    return keys().generateKey(util().normalizeAlgorithm(algorithm, 'generateKey'), !!extractable, usages);
  }

  async deriveKey(algorithm, baseKey, derivedKeyType, extractable, keyUsages) {
    checkCall(this, arguments, 5, 'deriveKey');
    const { keyArgument, usagesArgument, normalizeAlgorithm } = util();
    keyArgument(baseKey, 'deriveKey', 1);
    const usages = usagesArgument(keyUsages, 'deriveKey', 4);
    const normalized = normalizeAlgorithm(algorithm, 'deriveBits');
    const importing = normalizeAlgorithm(derivedKeyType, 'importKey');
    const length = ops().keyLengthOf(normalizeAlgorithm(derivedKeyType, 'getKeyLength'));
    const bits = await ops().deriveBits(normalized, baseKey, length, 'deriveKey');
    return keys().importKey(importing, 'raw-secret', Buffer.from(bits), !!extractable, usages);
  }

  async deriveBits(algorithm, baseKey, length = null) {
    checkCall(this, arguments, 2, 'deriveBits');
    const { keyArgument, normalizeAlgorithm } = util();
    keyArgument(baseKey, 'deriveBits', 1);
    const bits = lengthArgument(length);
    return ops().deriveBits(normalizeAlgorithm(algorithm, 'deriveBits'), baseKey, bits, 'deriveBits');
  }

  async importKey(format, keyData, algorithm, extractable, keyUsages) {
    checkCall(this, arguments, 5, 'importKey');
    const { formatArgument, bufferArgument, dictionaryArgument, usagesArgument, normalizeAlgorithm } = util();
    const kind = formatArgument(format, 'importKey', 0);
    const data = kind === 'jwk' ? dictionaryArgument(keyData, 'importKey', 1) :
      bufferArgument(keyData, 'importKey', 1);
    const usages = usagesArgument(keyUsages, 'importKey', 4);
    return keys().importKey(normalizeAlgorithm(algorithm, 'importKey'), kind, data, !!extractable, usages);
  }

  async exportKey(format, key) {
    checkCall(this, arguments, 2, 'exportKey');
    const kind = util().formatArgument(format, 'exportKey', 0);
    return keys().exportKey(util().keyArgument(key, 'exportKey', 1), kind);
  }

  async wrapKey(format, key, wrappingKey, wrapAlgorithm) {
    checkCall(this, arguments, 4, 'wrapKey');
    const kind = util().formatArgument(format, 'wrapKey', 0);
    util().keyArgument(key, 'wrapKey', 1);
    util().keyArgument(wrappingKey, 'wrapKey', 2);
    const algorithm = normalizeWrapping(wrapAlgorithm, 'wrapKey', 'encrypt');
    const { cryptoKeySlots } = require('internal/crypto/crypto_key');
    const { algorithm: own, usages } = cryptoKeySlots(wrappingKey);
    if (own.name === algorithm.name && !usages.includes('wrapKey')) {
      throw util().domException('Unable to use this key to wrapKey', 'InvalidAccessError');
    }
    const bytes = wrappedBytes(keys().exportKey(key, kind));
    return ops().crypt(true, algorithm, wrappingKey, bytes, 'wrapKey');
  }

  async unwrapKey(format, wrappedKey, unwrappingKey, unwrapAlgorithm, unwrappedKeyAlgorithm, extractable, keyUsages) {
    checkCall(this, arguments, 7, 'unwrapKey');
    const kind = util().formatArgument(format, 'unwrapKey', 0);
    const bytes = util().bufferArgument(wrappedKey, 'unwrapKey', 1);
    util().keyArgument(unwrappingKey, 'unwrapKey', 2);
    const usages = util().usagesArgument(keyUsages, 'unwrapKey', 6);
    const algorithm = normalizeWrapping(unwrapAlgorithm, 'unwrapKey', 'decrypt');
    const importing = util().normalizeAlgorithm(unwrappedKeyAlgorithm, 'importKey');
    const plain = Buffer.from(await ops().crypt(false, algorithm, unwrappingKey, bytes, 'unwrapKey'));
    return keys().importKey(importing, kind, kind === 'jwk' ? parseJwk(plain) : plain, !!extractable, usages);
  }

  async getPublicKey(key, keyUsages) {
    checkCall(this, arguments, 2, 'getPublicKey');
    util().warnExperimental('getPublicKey Web Crypto API method');
    util().keyArgument(key, 'getPublicKey', 0);
    return keys().getPublicKey(key, util().usagesArgument(keyUsages, 'getPublicKey', 1));
  }

  async encapsulateBits(encapsulationAlgorithm, encapsulationKey) {
    checkCall(this, arguments, 2, 'encapsulateBits');
    util().keyArgument(encapsulationKey, 'encapsulateBits', 1);
    throw util().notSupported();
  }

  async encapsulateKey(encapsulationAlgorithm, encapsulationKey, sharedKeyAlgorithm, extractable, usages) {
    checkCall(this, arguments, 5, 'encapsulateKey');
    util().keyArgument(encapsulationKey, 'encapsulateKey', 1);
    throw util().notSupported();
  }

  async decapsulateBits(decapsulationAlgorithm, decapsulationKey, ciphertext) {
    checkCall(this, arguments, 3, 'decapsulateBits');
    util().keyArgument(decapsulationKey, 'decapsulateBits', 1);
    throw util().notSupported();
  }

  async decapsulateKey(decapsulationAlgorithm, decapsulationKey, ciphertext, sharedKeyAlgorithm, extractable, usages) {
    checkCall(this, arguments, 6, 'decapsulateKey');
    util().keyArgument(decapsulationKey, 'decapsulateKey', 1);
    throw util().notSupported();
  }
}

function checkCrypto(self) {
  if (self !== crypto) throw new codes.ERR_INVALID_THIS('Crypto');
}

class Crypto {
  constructor(token) {
    if (token !== kConstruct) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  get subtle() {
    checkCrypto(this);
    return subtle;
  }

  getRandomValues(array) {
    checkCrypto(this);
    if (arguments.length === 0) {
      throw codedError(TypeError, 'ERR_MISSING_ARGS',
                       "Failed to execute 'getRandomValues' on 'Crypto': 1 argument required, but only 0 present.");
    }
    return fillWithRandomValues(array);
  }

  randomUUID() {
    checkCrypto(this);
    return makeUuid();
  }
}

for (const Class of [Crypto, SubtleCrypto]) {
  for (const name of Object.getOwnPropertyNames(Class.prototype)) {
    if (name !== 'constructor') Object.defineProperty(Class.prototype, name, { __proto__: null, enumerable: true });
  }
  Object.defineProperty(Class.prototype, Symbol.toStringTag, {
    __proto__: null, value: Class.name, configurable: true,
  });
  Object.defineProperty(Class, 'length', { __proto__: null, value: 0, configurable: true });
}
Object.defineProperty(SubtleCrypto, 'supports', { __proto__: null, enumerable: true });

crypto = new Crypto(kConstruct);
subtle = new SubtleCrypto(kConstruct);

function getRandomValues(array) {
  return crypto.getRandomValues(...arguments);
}

module.exports = { Crypto, SubtleCrypto, crypto, getRandomValues, subtle };

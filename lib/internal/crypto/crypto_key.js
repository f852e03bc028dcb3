// SPDX-License-Identifier: MIT
'use strict';

// CryptoKey: https://w3c.github.io/webcrypto/#cryptokey-interface

const { codes } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');
const { kClone } = require('internal/worker/clone');

const kConstruct = Symbol('construct');
let slotsOf; // { handle, algorithm, usages, extractable } of a CryptoKey; undefined for anything else

class CryptoKey {
  #slots;

  static {
    slotsOf = (value) => (typeof value === 'object' && value !== null && #slots in value ? value.#slots : undefined);
  }

  constructor(token, slots) {
    if (token !== kConstruct) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#slots = slots;
  }

  get type() {
    return slots(this).handle.kind();
  }

  get extractable() {
    return slots(this).extractable;
  }

  get algorithm() {
    const own = slots(this);
    return own.shownAlgorithm ??= cloneAlgorithm(own.algorithm);
  }

  get usages() {
    const own = slots(this);
    return own.shownUsages ??= [...own.usages];
  }

  [kClone]() {
    const { handle, algorithm, usages, extractable } = slots(this);
    return ['CryptoKey', {
      packed: require('internal/crypto/keys').packHandle(handle), algorithm, usages, extractable,
    }];
  }

  [customInspectSymbol](depth, options, inspect) {
    if (depth < 0) return this;
    const { type, extractable, algorithm, usages } = this;
    return `CryptoKey ${inspect({ type, extractable, algorithm, usages },
                                { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
  }
}
for (const name of ['type', 'extractable', 'algorithm', 'usages']) {
  Object.defineProperty(CryptoKey.prototype, name, { __proto__: null, enumerable: true });
}
Object.defineProperty(CryptoKey.prototype, Symbol.toStringTag, {
  __proto__: null, configurable: true, value: 'CryptoKey',
});
Object.defineProperty(CryptoKey, 'length', { __proto__: null, value: 0, configurable: true });

function slots(key) {
  const own = slotsOf(key);
  if (own === undefined) throw new codes.ERR_INVALID_THIS('CryptoKey');
  return own;
}

// What programs see may be written to without any effect on what the key is.
function cloneAlgorithm(algorithm) {
  const result = { ...algorithm };
  if (result.hash !== undefined) result.hash = { ...result.hash };
  if (result.publicExponent !== undefined) result.publicExponent = new Uint8Array(result.publicExponent);
  return result;
}

const usageOrder = [
  'encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey', 'encapsulateBits',
  'decapsulateBits', 'encapsulateKey', 'decapsulateKey',
];

function newCryptoKey(handle, algorithm, usages, extractable) {
  const sorted = usageOrder.filter((usage) => usages.includes(usage));
  return new CryptoKey(kConstruct, { handle, algorithm, usages: sorted, extractable });
}

function isCryptoKey(value) {
  return slotsOf(value) !== undefined;
}

function cryptoKeyHandle(value) {
  return slotsOf(value)?.handle;
}

module.exports = { CryptoKey, cryptoKeyHandle, cryptoKeySlots: slotsOf, isCryptoKey, newCryptoKey };

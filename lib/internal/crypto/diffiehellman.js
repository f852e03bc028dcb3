// SPDX-License-Identifier: MIT
'use strict';

// DiffieHellman, its groups, ECDH, and the shared secret of two KeyObjects.

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { deprecate } = require('internal/util');
const { validateFunction, validateInt32, validateObject, validateString } = require('internal/validators');
const {
  DiffieHellman: DhHandle, ECDH: EcdhHandle, diffieHellman: nativeDiffieHellman, ecdhConvertKey,
  getCurves: nativeCurves,
} = internalBinding('crypto');
const { asBuffer, codedError, isBytes, runJob, toBytes, toOutput } = require('internal/crypto/util');

const kHandle = Symbol('kHandle');
const kUsualGenerator = 2;
const kKeyTypes = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

function DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding) {
  if (!new.target) return new DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);
  if (typeof sizeOrKey !== 'number' && typeof sizeOrKey !== 'string' && !isBytes(sizeOrKey)) {
    throw new codes.ERR_INVALID_ARG_TYPE('sizeOrKey', ['number', 'string', ...kKeyTypes], sizeOrKey);
  }
  // The encoding may be left out.
  if (keyEncoding && !Buffer.isEncoding(keyEncoding) && keyEncoding !== 'buffer') {
    genEncoding = generator;
    generator = keyEncoding;
    keyEncoding = undefined;
  }
  if (typeof sizeOrKey === 'number') {
    validateInt32(sizeOrKey, 'sizeOrKey');
  } else {
    sizeOrKey = toBytes(sizeOrKey, 'sizeOrKey', keyEncoding);
  }
  if (!generator) {
    generator = kUsualGenerator;
  } else if (typeof generator === 'number') {
    validateInt32(generator, 'generator');
  } else if (typeof generator === 'string' || isBytes(generator)) {
    generator = toBytes(generator, 'generator', genEncoding);
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('generator', ['number', 'string', ...kKeyTypes], generator);
  }
  this[kHandle] = new DhHandle(sizeOrKey, generator);
  Object.defineProperty(this, 'verifyError', {
    __proto__: null, enumerable: true, value: this[kHandle].verifyError(), writable: false,
  });
}

function DiffieHellmanGroup(name) {
  if (!new.target) return new DiffieHellmanGroup(name);
  if (typeof name !== 'string') throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', 'Group name must be a string');
  this[kHandle] = new DhHandle(name, null);
  Object.defineProperty(this, 'verifyError', {
    __proto__: null, enumerable: true, value: this[kHandle].verifyError(), writable: false,
  });
}

function needed(bytes, what) {
  if (bytes === undefined) {
    throw codedError(Error, 'ERR_CRYPTO_INVALID_STATE', `No ${what} - did you forget to generate one?`);
  }
  return bytes;
}

const common = {
  generateKeys(encoding) {
    return toOutput(this[kHandle].generateKeys(), encoding);
  },
  computeSecret(otherPublicKey, inputEncoding, outputEncoding) {
    return toOutput(this[kHandle].computeSecret(toBytes(otherPublicKey, 'key', inputEncoding)),
                    outputEncoding);
  },
  getPrime(encoding) {
    return toOutput(this[kHandle].getPrime(), encoding);
  },
  getGenerator(encoding) {
    return toOutput(this[kHandle].getGenerator(), encoding);
  },
  getPublicKey(encoding) {
    return toOutput(needed(this[kHandle].getPublicKey(), 'public key'), encoding);
  },
  getPrivateKey(encoding) {
    return toOutput(needed(this[kHandle].getPrivateKey(), 'private key'), encoding);
  },
};
Object.assign(DiffieHellman.prototype, common);
Object.assign(DiffieHellmanGroup.prototype, common);

DiffieHellman.prototype.setPublicKey = function setPublicKey(publicKey, encoding) {
  this[kHandle].setPublicKey(toBytes(publicKey, 'key', encoding));
  return this;
};
DiffieHellman.prototype.setPrivateKey = function setPrivateKey(privateKey, encoding) {
  this[kHandle].setPrivateKey(toBytes(privateKey, 'key', encoding));
  return this;
};

function createDiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding) {
  return new DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);
}

function createDiffieHellmanGroup(name) {
  return new DiffieHellmanGroup(name);
}

// --- curves ------------------------------------------------------------------------------------------------------

const pointForms = { __proto__: null, compressed: 2, uncompressed: 4, hybrid: 6 };

function pointForm(format) {
  if (!format) return pointForms.uncompressed;
  const form = pointForms[format];
  if (form === undefined) throw new codes.ERR_CRYPTO_ECDH_INVALID_FORMAT(format);
  return form;
}

function ECDH(curve) {
  if (!new.target) return new ECDH(curve);
  validateString(curve, 'curve');
  this[kHandle] = new EcdhHandle(curve);
}

Object.assign(ECDH.prototype, {
  computeSecret(otherPublicKey, inputEncoding, outputEncoding) {
    const secret = this[kHandle].computeSecret(toBytes(otherPublicKey, 'key', inputEncoding));
    if (secret === undefined) throw new codes.ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY();
    return toOutput(secret, outputEncoding);
  },
  setPrivateKey(privateKey, encoding) {
    this[kHandle].setPrivateKey(toBytes(privateKey, 'key', encoding));
    return this;
  },
  setPublicKey: deprecate(function setPublicKey(publicKey, encoding) {
    this[kHandle].setPublicKey(toBytes(publicKey, 'key', encoding));
    return this;
  }, 'ecdh.setPublicKey() is deprecated.', 'DEP0031'),
  getPrivateKey(encoding) {
    return toOutput(this[kHandle].getPrivateKey(), encoding);
  },
  generateKeys(encoding, format) {
    this[kHandle].generateKeys();
    return this.getPublicKey(encoding, format);
  },
  getPublicKey(encoding, format) {
    return toOutput(this[kHandle].getPublicKey(pointForm(format)), encoding);
  },
});

ECDH.convertKey = function convertKey(key, curve, inputEncoding, outputEncoding, format) {
  validateString(curve, 'curve');
  const bytes = toBytes(key, 'key', inputEncoding);
  return toOutput(ecdhConvertKey(bytes, curve, pointForm(format)), outputEncoding);
};

function createECDH(curve) {
  return new ECDH(curve);
}

let curves;

function getCurves() {
  return [...curves ??= nativeCurves().sort()];
}

// --- two KeyObjects ----------------------------------------------------------------------------------------------

const agreeingTypes = ['dh', 'ec', 'x448', 'x25519'];

function diffieHellman(options, callback) {
  validateObject(options, 'options');
  if (callback !== undefined) validateFunction(callback, 'callback');
  const { asymmetricHandle, isKeyObject, kConsumePrivate, kConsumePublic } = require('internal/crypto/keys');
  const { privateKey, publicKey } = options;
  for (const [name, key] of [['options.privateKey', privateKey], ['options.publicKey', publicKey]]) {
    if (key === undefined || key === null) throw new codes.ERR_INVALID_ARG_VALUE(name, key);
  }
  if (isKeyObject(privateKey) && privateKey.type !== 'private') {
    throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(privateKey.type, 'private');
  }
  if (isKeyObject(publicKey) && publicKey.type === 'secret') {
    throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(publicKey.type, 'private or public');
  }
  const other = asymmetricHandle(publicKey, kConsumePublic, 'options.publicKey');
  const own = asymmetricHandle(privateKey, kConsumePrivate, 'options.privateKey');
  if (own.type() !== other.type() || !agreeingTypes.includes(own.type())) {
    throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY('key types for Diffie-Hellman', `${own.type()} and ${other.type()}`);
  }
  return runJob((req) => nativeDiffieHellman(own, other, req), callback, asBuffer);
}

module.exports = {
  DiffieHellman,
  DiffieHellmanGroup,
  ECDH,
  createDiffieHellman,
  createDiffieHellmanGroup,
  createECDH,
  diffieHellman,
  getCurves,
};

// SPDX-License-Identifier: MIT
'use strict';

// Mac: message authentication codes of OpenSSL's providers by name, fed by update() or as a stream.

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { validateEncoding, validateObject, validateString, validateUint32 } = require('internal/validators');
const { Mac: MacHandle, describeMac, getMacs: nativeMacs } = internalBinding('crypto');
const { asBuffer, codedError, encoded, isBytes } = require('internal/crypto/util');
const { LazyTransform, inheritLazily } = require('internal/crypto/lazy_transform');

const kHandle = Symbol('kHandle');
const kFinished = Symbol('kFinished');

const kBytes = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

function validateName(value, name) {
  validateString(value, name);
  if (value === '' || value.includes('\0')) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, value, 'must be non-empty and contain no NUL bytes');
  }
}

function validateBytesOption(value, name) {
  if (!isBytes(value)) throw new codes.ERR_INVALID_ARG_TYPE(name, kBytes, value);
}

// In the order of C's arguments.
const optionChecks = {
  __proto__: null,
  digest: validateName,
  cipher: validateName,
  iv: validateBytesOption,
  customization: validateBytesOption,
  salt: validateBytesOption,
  outputLength: validateUint32,
};

// What a family cannot do without: HMAC a digest (RFC 2104), CMAC and GMAC a cipher (NIST SP 800-38B, 800-38D).
const required = { __proto__: null, HMAC: 'digest', CMAC: 'cipher', GMAC: 'cipher' };

function optionError(option, text) {
  return codedError(TypeError, 'ERR_INVALID_ARG_VALUE', `The property 'options.${option}' ${text}`);
}

function macKey(key) {
  if (isBytes(key)) return key;
  const { isKeyObject, keyHandle } = require('internal/crypto/keys');
  if (!isKeyObject(key) || key.type !== 'secret') {
    throw new codes.ERR_INVALID_ARG_TYPE('key', [...kBytes, 'KeyObject'], key);
  }
  return keyHandle(key);
}

function readOptions(options) {
  const values = { __proto__: null };
  for (const name in optionChecks) {
    const value = options?.[name];
    if (value !== undefined) optionChecks[name](value, `options.${name}`);
    values[name] = value;
  }
  return values;
}

function checkFit(algorithm, values) {
  const description = describeMac(algorithm);
  if (description === undefined) throw new codes.ERR_CRYPTO_INVALID_MAC(algorithm);
  const [family, ...taken] = description;
  const needed = required[family];
  if (needed !== undefined && values[needed] === undefined) throw optionError(needed, `is required for ${family}`);
  if (family === 'GMAC' && !(values.iv?.byteLength > 0)) throw optionError('iv', 'must be non-empty for GMAC');
  for (const name in values) {
    if (values[name] !== undefined && !taken.includes(name)) {
      throw optionError(name, `is not supported by MAC ${algorithm}`);
    }
  }
}

function Mac(algorithm, key, options) {
  if (!new.target) return new Mac(algorithm, key, options);
  validateName(algorithm, 'algorithm');
  if (options !== undefined) validateObject(options, 'options');
  const keyArgument = macKey(key);
  const values = readOptions(options);
  checkFit(algorithm, values);
  const handle = new MacHandle(algorithm, keyArgument, ...Object.values(values));
  // Some take a length and give what they like.
  if (values.outputLength !== undefined && handle.size() !== values.outputLength) {
    throw optionError('outputLength', `was not honored by MAC ${algorithm}`);
  }
  this._options = options;
  Object.defineProperty(this, kHandle, { __proto__: null, value: handle });
  Object.defineProperty(this, kFinished, { __proto__: null, value: false, writable: true });
}
inheritLazily(Mac, LazyTransform);

function feed(mac, data, encoding) {
  if (mac[kFinished]) throw new codes.ERR_CRYPTO_MAC_FINALIZED();
  if (mac[kHandle].update(encoded(data, encoding))) return;
  mac[kFinished] = true;
  throw new codes.ERR_CRYPTO_MAC_UPDATE_FAILED();
}

function finish(mac) {
  if (mac[kFinished]) throw new codes.ERR_CRYPTO_MAC_FINALIZED();
  mac[kFinished] = true;
  return asBuffer(mac[kHandle].final());
}

// '' is UTF-8.
function validateEncodingName(encoding, name) {
  validateString(encoding, name);
  if (encoding !== '' && !Buffer.isEncoding(encoding)) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, encoding);
  }
}

Mac.prototype._transform = function _transform(chunk, encoding, callback) {
  try {
    feed(this, chunk, encoding);
  } catch (error) {
    callback(error);
    return;
  }
  callback();
};

Mac.prototype._flush = function _flush(callback) {
  let result;
  try {
    result = finish(this);
  } catch (error) {
    callback(error);
    return;
  }
  this.push(result);
  callback();
};

Mac.prototype.update = function update(data, inputEncoding) {
  if (this[kFinished]) throw new codes.ERR_CRYPTO_MAC_FINALIZED();
  if (typeof data === 'string') {
    if (inputEncoding !== undefined) {
      validateEncodingName(inputEncoding, 'inputEncoding');
      validateEncoding(data, inputEncoding);
    }
  } else if (!ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  feed(this, data, inputEncoding);
  return this;
};

Mac.prototype.final = function final(outputEncoding) {
  if (this[kFinished]) throw new codes.ERR_CRYPTO_MAC_FINALIZED();
  if (outputEncoding === undefined || outputEncoding === 'buffer') return finish(this);
  validateEncodingName(outputEncoding, 'outputEncoding');
  return finish(this).toString(outputEncoding || 'utf8');
};

function createMac(algorithm, key, options) {
  return new Mac(algorithm, key, options);
}

let macs;

// Names as people write them: object identifiers are taken, but not listed.
function getMacs() {
  macs ??= [...new Set(nativeMacs().map((name) => name.toLowerCase()))].filter((name) => !/^\d/.test(name)).sort();
  return [...macs];
}

module.exports = { createMac, getMacs };

// SPDX-License-Identifier: MIT
'use strict';

// The encodings of keys: what export() and generateKeyPair() are asked for, and JWK (RFC 7517, 7518, 8037).

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { validateObject, validateString } = require('internal/validators');
const { hasCipher, importEc, importRaw, importRsa } = internalBinding('crypto');
const { asBuffer, codedError, isBytes, toBytes } = require('internal/crypto/util');

const publicTypes = ['pkcs1', 'spki'];
const privateTypes = ['pkcs1', 'pkcs8', 'sec1'];

function incompatible(...args) {
  return new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(...args);
}

function wrongKeyType() {
  return codedError(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS',
                    'The selected key encoding is incompatible with the key type');
}

function checkType(type, keyType, isPublic, name) {
  if (!(isPublic ? publicTypes : privateTypes).includes(type)) {
    throw new codes.ERR_INVALID_ARG_VALUE(`${name}.type`, type);
  }
  if (keyType === undefined) return;
  if (type === 'pkcs1' && keyType !== 'rsa') throw incompatible(type, 'can only be used for RSA keys');
  if (type === 'sec1' && keyType !== 'ec') throw incompatible(type, 'can only be used for EC keys');
}

// How a key is to be exported: { format, type, cipher, passphrase }; keyType is undefined when it is not known yet.
function parseEncoding(options, keyType, isPublic, name) {
  const { format, type } = options;
  if (format === (isPublic ? 'raw-public' : 'raw-private') || (!isPublic && format === 'raw-seed')) {
    if (isPublic && type !== undefined && type !== 'compressed' && type !== 'uncompressed') {
      throw new codes.ERR_INVALID_ARG_VALUE(`${name}.type`, type);
    }
    return { format, type };
  }
  if (format !== 'pem' && format !== 'der' && format !== 'jwk') {
    throw new codes.ERR_INVALID_ARG_VALUE(`${name}.format`, format);
  }
  if (format !== 'jwk') checkType(type, keyType, isPublic, name);
  if (isPublic) return { format, type };
  const { cipher, passphrase } = options;
  if (cipher === undefined || cipher === null) {
    if (passphrase !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE(`${name}.cipher`, cipher, 'is required when a passphrase is specified');
    }
    return { format, type };
  }
  if (typeof cipher !== 'string') throw new codes.ERR_INVALID_ARG_VALUE(`${name}.cipher`, cipher);
  if (format === 'jwk') throw incompatible('jwk', 'does not support encryption');
  if (format === 'der' && type !== 'pkcs8') throw incompatible(type, 'does not support encryption');
  if (typeof passphrase !== 'string' && !isBytes(passphrase)) {
    throw new codes.ERR_INVALID_ARG_VALUE(`${name}.passphrase`, passphrase);
  }
  if (!hasCipher(cipher)) throw codedError(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
  return { format, type, cipher, passphrase: toBytes(passphrase, `${name}.passphrase`, options.encoding) };
}

const kCompressed = 2;
const kUncompressed = 4;

function exportRaw(handle, { format, type }) {
  let bytes;
  if (format === 'raw-public') {
    bytes = handle.type() === 'ec' ? handle.point(type === 'compressed' ? kCompressed : kUncompressed) :
      handle.raw(false);
  } else if (format === 'raw-private') {
    bytes = handle.type() === 'ec' ? handle.numbers().d : handle.raw(true);
  }
  if (bytes === undefined) throw wrongKeyType();
  return asBuffer(bytes);
}

function exportKey(handle, encoding) {
  const { format, type, cipher, passphrase } = encoding;
  if (format === 'jwk') return exportJwk(handle);
  if (format !== 'pem' && format !== 'der') return exportRaw(handle, encoding);
  const result = handle.export(format === 'pem', type, cipher, passphrase);
  return typeof result === 'string' ? result : asBuffer(result);
}

// --- JWK ---------------------------------------------------------------------------------------------------------

const jwkCurves = {
  __proto__: null, 'prime256v1': 'P-256', 'secp384r1': 'P-384', 'secp521r1': 'P-521', 'secp256k1': 'secp256k1',
};
const curvesOfJwk = {
  __proto__: null, 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1', 'secp256k1': 'secp256k1',
};
const okpNames = { __proto__: null, ed25519: 'Ed25519', ed448: 'Ed448', x25519: 'X25519', x448: 'X448' };
const typesOfOkp = { __proto__: null, Ed25519: 'ed25519', Ed448: 'ed448', X25519: 'x25519', X448: 'x448' };

function base64url(bytes) {
  return asBuffer(bytes).toString('base64url');
}

function exportJwk(handle) {
  if (handle.kind() === 'secret') return { kty: 'oct', k: base64url(handle.secret()) };
  const type = handle.type();
  const isPrivate = handle.kind() === 'private';
  if (type === 'rsa') {
    const jwk = { kty: 'RSA' };
    const numbers = handle.numbers();
    for (const name of ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi']) {
      if (numbers[name] !== undefined) jwk[name] = base64url(numbers[name]);
    }
    return jwk;
  }
  if (type === 'ec') {
    const { namedCurve } = handle.details();
    const crv = jwkCurves[namedCurve];
    if (crv === undefined) {
      throw codedError(Error, 'ERR_CRYPTO_JWK_UNSUPPORTED_CURVE', `Unsupported JWK EC curve: ${namedCurve}.`);
    }
    const { x, y, d } = handle.numbers();
    const jwk = { kty: 'EC', x: base64url(x), y: base64url(y), crv };
    if (d !== undefined) jwk.d = base64url(d);
    return jwk;
  }
  if (okpNames[type] !== undefined) {
    const jwk = { kty: 'OKP', crv: okpNames[type], x: base64url(handle.raw(false)) };
    if (isPrivate) jwk.d = base64url(handle.raw(true));
    return jwk;
  }
  throw codedError(Error, 'ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE', 'Unsupported JWK Key Type.');
}

function invalidJwk(message) {
  return codedError(TypeError, 'ERR_CRYPTO_INVALID_JWK', message);
}

function jwkBytes(jwk, name, required = true) {
  const value = jwk[name];
  if (value === undefined && !required) return undefined;
  validateString(value, `key.${name}`);
  return Buffer.from(value, 'base64url');
}

function importRsaJwk(jwk, wantsPrivate) {
  const isPrivate = wantsPrivate && jwk.d !== undefined;
  if (typeof jwk.n !== 'string' || typeof jwk.e !== 'string') throw invalidJwk('Invalid JWK RSA key');
  const names = isPrivate ? ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] : ['n', 'e'];
  return importRsa(isPrivate, names.map((name) => jwkBytes(jwk, name)));
}

function importEcJwk(jwk, wantsPrivate) {
  const { crv, x, y, d } = jwk;
  if (typeof crv !== 'string' || typeof x !== 'string' || typeof y !== 'string' ||
      (d !== undefined && typeof d !== 'string')) {
    throw invalidJwk('Invalid JWK EC key');
  }
  const curve = curvesOfJwk[crv];
  if (curve === undefined) throw codedError(TypeError, 'ERR_CRYPTO_INVALID_CURVE', 'Invalid EC curve name');
  const left = jwkBytes(jwk, 'x');
  const right = jwkBytes(jwk, 'y');
  if (left.length !== right.length) return undefined;
  const isPrivate = wantsPrivate && d !== undefined;
  return importEc(isPrivate, curve, Buffer.concat([Buffer.of(kUncompressed), left, right]),
                  isPrivate ? jwkBytes(jwk, 'd') : undefined);
}

function importOkpJwk(jwk, wantsPrivate) {
  const { crv, x, d } = jwk;
  const type = typesOfOkp[crv];
  if (type === undefined || typeof x !== 'string' || (d !== undefined && typeof d !== 'string')) return undefined;
  if (!wantsPrivate || d === undefined) return importRaw(false, type, jwkBytes(jwk, 'x'));
  const handle = importRaw(true, type, jwkBytes(jwk, 'd'));
  // A public half that belongs to another key is worse than none.
  return handle !== undefined && asBuffer(handle.raw(false)).equals(jwkBytes(jwk, 'x')) ? handle : undefined;
}

const jwkImporters = { __proto__: null, RSA: importRsaJwk, EC: importEcJwk, OKP: importOkpJwk };

// The key of a JWK: a private one when it is wanted and there, else the public one.
function importJwk(jwk, wantsPrivate, name = 'key.key') {
  validateObject(jwk, name);
  const { kty } = jwk;
  const importer = jwkImporters[kty];
  if (importer === undefined) throw invalidJwk(`${kty} is not a supported JWK key type`);
  const handle = importer(jwk, wantsPrivate);
  if (handle === undefined) throw invalidJwk(`Invalid JWK ${kty} key`);
  return handle;
}

// --- raw ---------------------------------------------------------------------------------------------------------

const rawTypes = ['ec', 'ed25519', 'ed448', 'x25519', 'x448'];
const knownTypes = [...rawTypes, 'rsa', 'rsa-pss', 'dsa', 'dh'];

// { key, format: 'raw-public' or 'raw-private', asymmetricKeyType, namedCurve }
function importRawKey(options, isPrivate) {
  const { key, format, asymmetricKeyType: type, namedCurve } = options;
  validateString(type, 'key.asymmetricKeyType');
  if (!isBytes(key)) {
    throw new codes.ERR_INVALID_ARG_TYPE('key.key', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], key);
  }
  if (!knownTypes.includes(type)) {
    throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', `Invalid asymmetricKeyType: ${type}`);
  }
  if (!rawTypes.includes(type) || format === 'raw-seed') throw wrongKeyType();
  let handle;
  if (type === 'ec') {
    validateString(namedCurve, 'key.namedCurve');
    const curve = curvesOfJwk[namedCurve] ?? namedCurve;
    handle = importEc(isPrivate, curve, isPrivate ? undefined : key, isPrivate ? key : undefined);
  } else {
    handle = importRaw(isPrivate, type, key);
  }
  if (handle === undefined) throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', 'Invalid key data');
  return handle;
}

module.exports = {
  curvesOfJwk,
  exportJwk,
  exportKey,
  importJwk,
  importRawKey,
  invalidJwk,
  jwkCurves,
  okpNames,
  parseEncoding,
  typesOfOkp,
};

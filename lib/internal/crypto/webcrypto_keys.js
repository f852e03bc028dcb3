// SPDX-License-Identifier: MIT
'use strict';

// Keys of SubtleCrypto: generating, importing and exporting them, one object for each family of algorithms.

const { Buffer } = require('buffer');
const {
  createSecretKey, generateKeyPair, importEc, importKey: nativeImport, importRaw,
} = internalBinding('crypto');
const { asBuffer } = require('internal/crypto/util');
const { cryptoKeySlots, newCryptoKey } = require('internal/crypto/crypto_key');
const { exportJwk, importJwk } = require('internal/crypto/key_encoding');
const {
  bitsToBytes, domException, normalizeAlgorithm, notSupported, runOperation,
} = require('internal/crypto/webcrypto_util');

const dataError = (message, cause) => domException(message, 'DataError', cause);
const operationError = (message) => domException(message, 'OperationError');
const accessError = (message) => domException(message, 'InvalidAccessError');
const syntaxError = (message) => domException(message, 'SyntaxError');

function checkUsages(usages, allowed, name) {
  if (usages.some((usage) => !allowed.includes(usage))) {
    throw syntaxError(`Unsupported key usage for ${name} key`);
  }
}

function onlyOf(usages, allowed) {
  return allowed.filter((usage) => usages.includes(usage));
}

function cannotImport(name, format) {
  return notSupported(`Unable to import ${name} using ${format} format`);
}

// An import whose bytes or numbers are no key says so in one way.
function asKeyData(read) {
  let handle;
  try {
    handle = read();
  } catch (cause) {
    throw dataError('Invalid keyData', cause);
  }
  if (handle === undefined) throw dataError('Invalid keyData', new Error('Invalid key data'));
  return handle;
}

function readJwk(jwk, isPrivate) {
  try {
    return importJwk(jwk, isPrivate);
  } catch {
    throw dataError('Invalid keyData');
  }
}

// What is common to all JWKs; `use` is what the algorithm's keys are for.
function checkJwk(jwk, kty, use, extractable, usages) {
  if (jwk.kty !== kty) throw dataError('Invalid JWK "kty" Parameter');
  if (usages.length > 0 && jwk.use !== undefined && jwk.use !== use) throw dataError('Invalid JWK "use" Parameter');
  const operations = jwk.key_ops;
  if (operations !== undefined) {
    if (!Array.isArray(operations)) throw dataError('Invalid JWK "key_ops" Parameter');
    if (new Set(operations).size !== operations.length) throw dataError('Duplicate key operation');
    if (usages.some((usage) => !operations.includes(usage))) throw dataError('Key operations and usage mismatch');
  }
  if (jwk.ext !== undefined && jwk.ext !== true && extractable) {
    throw dataError('JWK "ext" Parameter and extractable mismatch');
  }
}

function checkAlg(jwk, expected) {
  if (jwk.alg !== undefined && jwk.alg !== expected) {
    throw dataError('JWK "alg" does not match the requested algorithm');
  }
}

function jwkOf(slots, alg) {
  const jwk = { key_ops: [...slots.usages], ext: slots.extractable };
  if (alg !== undefined) jwk.alg = alg;
  return Object.assign(jwk, exportJwk(slots.handle));
}

function needKind(slots, kind) {
  if (slots.handle.kind() !== kind) throw accessError(`Key must be a ${kind} key`);
}

// --- secret keys -------------------------------------------------------------------------------------------------

function randomKey(bytes) {
  return createSecretKey(require('internal/crypto/random').randomBytes(bytes));
}

// The bytes of a secret key in a format; undefined when the format is not one for them.
function readSecret(format, rawNames, data, use, extractable, usages) {
  if (format === 'native') return data;
  if (rawNames.includes(format)) return createSecretKey(data);
  if (format !== 'jwk') return undefined;
  checkJwk(data, 'oct', use, extractable, usages);
  if (typeof data.k !== 'string') throw dataError('Invalid keyData');
  return createSecretKey(Buffer.from(data.k, 'base64url'));
}

function exportSecret(slots, format, rawNames, alg) {
  if (rawNames.includes(format)) return slots.handle.secret().buffer;
  if (format === 'jwk') return jwkOf(slots, alg);
  return undefined;
}

function needUsages(usages, what) {
  if (usages.length === 0) throw syntaxError(`Usages cannot be empty when ${what}.`);
}

const cipherUsages = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'];

function aesUsages(name) {
  return name === 'AES-KW' ? ['wrapKey', 'unwrapKey'] : cipherUsages;
}

function rawNamesOf(name) {
  return name === 'AES-OCB' || name === 'ChaCha20-Poly1305' ? ['raw-secret'] : ['raw', 'raw-secret'];
}

const aes = {
  generate({ name, length }, extractable, usages) {
    checkUsages(usages, aesUsages(name), name);
    if (length !== 128 && length !== 192 && length !== 256) {
      throw operationError('AES key length must be 128, 192, or 256 bits');
    }
    needUsages(usages, 'creating a key');
    return newCryptoKey(randomKey(length / 8), { name, length }, usages, extractable);
  },
  import({ name }, format, data, extractable, usages) {
    checkUsages(usages, aesUsages(name), name);
    const handle = readSecret(format, rawNamesOf(name), data, 'enc', extractable, usages);
    if (handle === undefined) throw cannotImport(name, format);
    const length = handle.size() * 8;
    if (length !== 128 && length !== 192 && length !== 256) throw dataError('Invalid key length');
    if (format === 'jwk') checkAlg(data, `A${length}${name.slice(4)}`);
    return newCryptoKey(handle, { name, length }, usages, extractable);
  },
  export(slots, format) {
    const { name, length } = slots.algorithm;
    return exportSecret(slots, format, rawNamesOf(name), `A${length}${name.slice(4)}`);
  },
};

const chacha = {
  generate({ name }, extractable, usages) {
    checkUsages(usages, cipherUsages, name);
    needUsages(usages, 'creating a key');
    return newCryptoKey(randomKey(32), { name }, usages, extractable);
  },
  import({ name }, format, data, extractable, usages) {
    checkUsages(usages, cipherUsages, name);
    const handle = readSecret(format, rawNamesOf(name), data, 'enc', extractable, usages);
    if (handle === undefined) throw cannotImport(name, format);
    if (handle.size() !== 32) throw dataError('Invalid key length');
    if (format === 'jwk') checkAlg(data, 'C20P');
    return newCryptoKey(handle, { name }, usages, extractable);
  },
  export: (slots, format) => exportSecret(slots, format, ['raw-secret'], 'C20P'),
};

const blockBits = {
  '__proto__': null, 'SHA-1': 512, 'SHA-256': 512, 'SHA-384': 1024, 'SHA-512': 1024, 'SHA3-256': 1088,
  'SHA3-384': 832, 'SHA3-512': 576,
};
const hmacUsages = ['sign', 'verify'];

function hmacAlg(hash) {
  return hash === 'SHA-1' ? 'HS1' : /^SHA-/.test(hash) ? `HS${hash.slice(4)}` : undefined;
}

const hmac = {
  generate({ name, hash, length = blockBits[hash.name] }, extractable, usages) {
    if (length === 0) throw operationError('HmacKeyGenParams.length cannot be 0');
    checkUsages(usages, hmacUsages, name);
    needUsages(usages, 'creating a key');
    return newCryptoKey(randomKey(bitsToBytes(length)), { name, length, hash }, usages, extractable);
  },
  import({ name, hash, length: wanted }, format, data, extractable, usages) {
    checkUsages(usages, hmacUsages, name);
    const handle = readSecret(format, ['raw', 'raw-secret'], data, 'sig', extractable, usages);
    if (handle === undefined) throw cannotImport(name, format);
    const length = handle.size() * 8;
    if (length === 0) throw dataError('Zero-length key is not supported');
    if (wanted !== undefined && (wanted > length || wanted <= length - 8)) throw dataError('Invalid key length');
    if (format === 'jwk') checkAlg(data, hmacAlg(hash.name));
    return newCryptoKey(handle, { name, length: wanted ?? length, hash }, usages, extractable);
  },
  export: (slots, format) => (
    exportSecret(slots, format, ['raw', 'raw-secret'], hmacAlg(slots.algorithm.hash.name))),
};

const kmac = {
  generate({ name, length = kmacBits(name) }, extractable, usages) {
    checkUsages(usages, hmacUsages, name);
    needUsages(usages, 'creating a key');
    return newCryptoKey(randomKey(bitsToBytes(length)), { name, length }, usages, extractable);
  },
  import({ name, length: wanted }, format, data, extractable, usages) {
    checkUsages(usages, hmacUsages, name);
    const handle = readSecret(format, ['raw-secret'], data, 'sig', extractable, usages);
    if (handle === undefined) throw cannotImport(name, format);
    const length = handle.size() * 8;
    if (wanted !== undefined && (wanted > length || wanted <= length - 8)) throw dataError('Invalid key length');
    if (format === 'jwk') checkAlg(data, `K${kmacBits(name)}`);
    return newCryptoKey(handle, { name, length: wanted ?? length }, usages, extractable);
  },
  export: (slots, format) => exportSecret(slots, format, ['raw-secret'], `K${kmacBits(slots.algorithm.name)}`),
};

function kmacBits(name) {
  return name === 'KMAC128' ? 128 : 256;
}

const kdf = {
  import({ name }, format, data, extractable, usages) {
    if (usages.some((usage) => usage !== 'deriveKey' && usage !== 'deriveBits')) {
      throw syntaxError(`Unsupported key usage for a ${name} key`);
    }
    if (extractable) throw syntaxError(`${name} keys are not extractable`);
    const handle = format === 'jwk' ? undefined : readSecret(format, ['raw', 'raw-secret'], data);
    if (handle === undefined) throw cannotImport(name, format);
    return newCryptoKey(handle, { name }, usages, false);
  },
};

// --- pairs -------------------------------------------------------------------------------------------------------

// The native key of SPKI or PKCS #8, or of a pair's raw form; undefined when the format is another.
function readAsymmetric(format, data, readRawPublic) {
  if (format === 'native') return data;
  if (format === 'spki') return asKeyData(() => nativeImport(false, false, 'spki', data, undefined));
  if (format === 'pkcs8') return asKeyData(() => nativeImport(true, false, 'pkcs8', data, undefined));
  if ((format === 'raw' || format === 'raw-public') && readRawPublic !== undefined) return asKeyData(readRawPublic);
  return undefined;
}

// Whether what is to be imported is a private key.
function isPrivateFormat(format, data) {
  if (format === 'native') return data.kind() === 'private';
  return format === 'pkcs8' || (format === 'jwk' && data.d !== undefined);
}

function exportAsymmetric(slots, format) {
  if (format !== 'spki' && format !== 'pkcs8') return undefined;
  needKind(slots, format === 'spki' ? 'public' : 'private');
  return asBuffer(slots.handle.export(false, format, undefined, undefined)).buffer;
}

// The pair in one answer; the public key can always be exported.
function makePair([publicHandle, privateHandle], algorithm, extractable, publicUsages, privateUsages) {
  needUsages(privateUsages, 'creating a key');
  return {
    publicKey: newCryptoKey(publicHandle, algorithm, publicUsages, true),
    privateKey: newCryptoKey(privateHandle, algorithm, privateUsages, extractable),
  };
}

// What each half may be used for.
const pairUsages = {
  '__proto__': null,
  'RSASSA-PKCS1-v1_5': [['verify'], ['sign']],
  'RSA-PSS': [['verify'], ['sign']],
  'RSA-OAEP': [['encrypt', 'wrapKey'], ['decrypt', 'unwrapKey']],
  'ECDSA': [['verify'], ['sign']],
  'ECDH': [[], ['deriveKey', 'deriveBits']],
  'Ed25519': [['verify'], ['sign']],
  'Ed448': [['verify'], ['sign']],
  'X25519': [[], ['deriveKey', 'deriveBits']],
  'X448': [[], ['deriveKey', 'deriveBits']],
};

function checkPairUsages(name, usages) {
  const [publicUsages, privateUsages] = pairUsages[name];
  checkUsages(usages, [...publicUsages, ...privateUsages], name);
  needUsages(onlyOf(usages, privateUsages), 'creating a key');
  return [onlyOf(usages, publicUsages), onlyOf(usages, privateUsages)];
}

function checkImportUsages(name, usages, isPrivate) {
  checkUsages(usages, pairUsages[name][isPrivate ? 1 : 0], name);
}

function jwkUse(name) {
  return name === 'RSA-OAEP' || name === 'ECDH' || /^X/.test(name) ? 'enc' : 'sig';
}

const rsaAlgs = {
  '__proto__': null,
  'RSASSA-PKCS1-v1_5': { '__proto__': null, 'SHA-1': 'RS1', 'SHA-256': 'RS256', 'SHA-384': 'RS384', 'SHA-512': 'RS512' },
  'RSA-PSS': { '__proto__': null, 'SHA-1': 'PS1', 'SHA-256': 'PS256', 'SHA-384': 'PS384', 'SHA-512': 'PS512' },
  'RSA-OAEP': {
    '__proto__': null, 'SHA-1': 'RSA-OAEP', 'SHA-256': 'RSA-OAEP-256', 'SHA-384': 'RSA-OAEP-384',
    'SHA-512': 'RSA-OAEP-512',
  },
};

const rsa = {
  async generate({ name, modulusLength, publicExponent, hash }, extractable, usages) {
    const exponent = Number(BigInt(`0x0${asBuffer(publicExponent).toString('hex')}`));
    checkUsages(usages, pairUsages[name].flat(), name);
    if (exponent < 3) throw operationError('algorithm.publicExponent must be at least 3');
    if (exponent % 2 === 0 || exponent > 0xffffffff) throw operationError('Unsupported algorithm.publicExponent');
    const [publicUsages, privateUsages] = checkPairUsages(name, usages);
    const pair = await runOperation((req) => generateKeyPair('rsa', { bits: modulusLength, exponent }, req));
    const algorithm = { name, modulusLength, publicExponent: new Uint8Array(publicExponent), hash };
    return makePair(pair, algorithm, extractable, publicUsages, privateUsages);
  },
  import({ name, hash }, format, data, extractable, usages) {
    const isPrivate = isPrivateFormat(format, data);
    checkImportUsages(name, usages, isPrivate);
    let handle;
    if (format === 'jwk') {
      checkJwk(data, 'RSA', jwkUse(name), extractable, usages);
      handle = readJwk(data, isPrivate);
      checkAlg(data, rsaAlgs[name][hash.name]);
    } else {
      handle = readAsymmetric(format, data);
    }
    if (handle === undefined) throw cannotImport(name, format);
    if (handle.type() !== 'rsa') throw dataError('Invalid key type');
    const { modulusLength, publicExponent } = handle.details();
    return newCryptoKey(handle, { name, modulusLength, publicExponent, hash }, usages, extractable);
  },
  export(slots, format) {
    const { name, hash } = slots.algorithm;
    return format === 'jwk' ? jwkOf(slots, rsaAlgs[name][hash.name]) : exportAsymmetric(slots, format);
  },
};

const curves = { '__proto__': null, 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' };
const kUncompressed = 4;

function needCurve(name) {
  const curve = curves[name];
  if (curve === undefined) throw notSupported('Unrecognized namedCurve');
  return curve;
}

const ec = {
  async generate({ name, namedCurve }, extractable, usages) {
    const curve = needCurve(namedCurve);
    const [publicUsages, privateUsages] = checkPairUsages(name, usages);
    const pair = await runOperation((req) => generateKeyPair('ec', { curve }, req));
    return makePair(pair, { name, namedCurve }, extractable, publicUsages, privateUsages);
  },
  import({ name, namedCurve }, format, data, extractable, usages) {
    const curve = needCurve(namedCurve);
    const isPrivate = isPrivateFormat(format, data);
    checkImportUsages(name, usages, isPrivate);
    let handle;
    if (format === 'jwk') {
      checkJwk(data, 'EC', jwkUse(name), extractable, usages);
      if (data.crv !== namedCurve) throw dataError(data.x === undefined ? 'Invalid keyData' : 'Named curve mismatch');
      handle = readJwk(data, isPrivate);
    } else {
      handle = readAsymmetric(format, data, () => importEc(false, curve, data, undefined));
    }
    if (handle === undefined) throw cannotImport(name, format);
    if (handle.type() !== 'ec') throw dataError('Invalid key type');
    if (handle.details().namedCurve !== curve) throw dataError('Named curve mismatch');
    return newCryptoKey(handle, { name, namedCurve }, usages, extractable);
  },
  export(slots, format) {
    if (format === 'jwk') return jwkOf(slots);
    if ((format === 'raw' || format === 'raw-public') && slots.handle.kind() === 'public') {
      return slots.handle.point(kUncompressed).buffer;
    }
    return exportAsymmetric(slots, format);
  },
};

const okp = {
  async generate({ name }, extractable, usages) {
    const [publicUsages, privateUsages] = checkPairUsages(name, usages);
    const pair = await runOperation((req) => generateKeyPair(name.toLowerCase(), {}, req));
    return makePair(pair, { name }, extractable, publicUsages, privateUsages);
  },
  import({ name }, format, data, extractable, usages) {
    const isPrivate = isPrivateFormat(format, data);
    checkImportUsages(name, usages, isPrivate);
    const type = name.toLowerCase();
    let handle;
    if (format === 'jwk') {
      checkJwk(data, 'OKP', jwkUse(name), extractable, usages);
      if (data.crv !== name) {
        throw dataError(data.x === undefined ? 'Invalid keyData' : 'JWK "crv" Parameter and algorithm name mismatch');
      }
      if (jwkUse(name) === 'sig' && data.alg !== 'EdDSA') checkAlg(data, name);
      handle = readJwk(data, isPrivate);
    } else {
      handle = readAsymmetric(format, data, () => importRaw(false, type, data));
    }
    if (handle === undefined) throw cannotImport(name, format);
    if (handle.type() !== type) throw dataError('Invalid key type');
    return newCryptoKey(handle, { name }, usages, extractable);
  },
  export(slots, format) {
    const { name } = slots.algorithm;
    if (format === 'jwk') return jwkOf(slots, jwkUse(name) === 'sig' ? name : undefined);
    if ((format === 'raw' || format === 'raw-public') && slots.handle.kind() === 'public') {
      return slots.handle.raw(false).buffer;
    }
    return exportAsymmetric(slots, format);
  },
};

const families = {
  '__proto__': null,
  'AES-CBC': aes, 'AES-CTR': aes, 'AES-GCM': aes, 'AES-OCB': aes, 'AES-KW': aes, 'ChaCha20-Poly1305': chacha,
  'HMAC': hmac, 'KMAC128': kmac, 'KMAC256': kmac, 'HKDF': kdf, 'PBKDF2': kdf, 'RSASSA-PKCS1-v1_5': rsa, 'RSA-PSS': rsa, 'RSA-OAEP': rsa, 'ECDSA': ec,
  'ECDH': ec, 'Ed25519': okp, 'Ed448': okp, 'X25519': okp, 'X448': okp,
};

function generateKey(algorithm, extractable, usages) {
  return families[algorithm.name].generate(algorithm, extractable, usages);
}

// Data are bytes, a JWK, or with format 'native' a native key.
function importKey(algorithm, format, data, extractable, usages) {
  const key = families[algorithm.name].import(algorithm, format, data, extractable, usages);
  const { handle } = cryptoKeySlots(key);
  const kind = handle.kind();
  if (kind !== 'public') needUsages(usages, `importing a ${kind} key`);
  return key;
}

function exportKey(key, format) {
  const slots = cryptoKeySlots(key);
  const { name } = slots.algorithm;
  if (!slots.extractable) throw accessError('key is not extractable');
  const result = families[name].export?.(slots, format);
  if (result === undefined) {
    throw notSupported(`Unable to export ${name} ${slots.handle.kind()} key using ${format} format`);
  }
  return result;
}

// The public half of a private key.
function getPublicKey(key, usages) {
  const { handle, algorithm } = cryptoKeySlots(key);
  if (handle.kind() !== 'private') {
    const message = 'key must be a private key';
    throw handle.kind() === 'secret' ? notSupported(message) : accessError(message);
  }
  checkUsages(usages, pairUsages[algorithm.name][0], algorithm.name);
  return newCryptoKey(handle.toPublic(), algorithm, usages, true);
}

// KeyObject.prototype.toCryptoKey
function keyObjectToCryptoKey(keyObject, algorithm, extractable, usages) {
  const { keyHandle } = require('internal/crypto/keys');
  const { usagesArgument } = require('internal/crypto/webcrypto_util');
  const handle = keyHandle(keyObject);
  const normalized = normalizeAlgorithm(algorithm, 'importKey');
  const isSecret = handle.kind() === 'secret';
  if (isSecret !== (pairUsages[normalized.name] === undefined)) throw notSupported();
  return importKey(normalized, 'native', handle, !!extractable, usagesArgument(usages, 'importKey', 4));
}

module.exports = { blockBits, exportKey, generateKey, getPublicKey, importKey, keyObjectToCryptoKey, kmacBits };

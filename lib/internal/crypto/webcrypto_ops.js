// SPDX-License-Identifier: MIT
'use strict';

// What SubtleCrypto does with keys: encrypting, signing, deriving. All of it runs on the thread pool.

const { Buffer } = require('buffer');
const {
  cipher, diffieHellman, digest: nativeDigest, hkdf, hmac, kmac, pbkdf2, rsaCrypt, sign: nativeSign, timingSafeEqual,
  verify: nativeVerify,
} = internalBinding('crypto');
const { cryptoKeySlots } = require('internal/crypto/crypto_key');
const { blockBits, kmacBits } = require('internal/crypto/webcrypto_keys');
const { bitsToBytes, domException, notSupported, runOperation } = require('internal/crypto/webcrypto_util');

const operationError = (message) => domException(message, 'OperationError');
const accessError = (message) => domException(message, 'InvalidAccessError');

const digestNames = { '__proto__': null, 'cSHAKE128': 'shake128', 'cSHAKE256': 'shake256' };

function digestName({ name }) {
  return digestNames[name] ?? name.replace(/^SHA-/, 'sha');
}

async function digest(algorithm, data) {
  const { outputLength, functionName, customization } = algorithm;
  if (outputLength !== undefined) {
    // Without a name and a customization cSHAKE is SHAKE (NIST SP 800-185, section 3.3).
    if (functionName?.length > 0 || customization?.length > 0) {
      throw notSupported('CShakeParams with functionName or customization are not supported');
    }
    if (outputLength % 8 !== 0) throw operationError('CShakeParams.outputLength must be a multiple of 8');
  }
  const length = outputLength === undefined ? undefined : outputLength / 8;
  return (await runOperation((req) => nativeDigest(digestName(algorithm), data, length, req))).buffer;
}

// --- ciphers -----------------------------------------------------------------------------------------------------

function aesName(handle, mode) {
  return `aes-${handle.size() * 8}-${mode}`;
}

function runCipher(encrypting, name, handle, iv, aad, tagLength, data) {
  return runOperation((req) => cipher(encrypting, name, handle, iv, aad, tagLength, data, req));
}

function aesCbc(encrypting, { iv }, { handle }, data) {
  if (iv.length !== 16) throw operationError('algorithm.iv must contain exactly 16 bytes');
  return runCipher(encrypting, aesName(handle, 'cbc'), handle, iv, undefined, 0, data);
}

const kBlock = 16;

// Only the last `length` bits of the block count, and go on from zero; OpenSSL counts with all of them.
async function aesCtr(encrypting, { counter, length }, { handle }, data) {
  if (counter.length !== kBlock) throw operationError('algorithm.counter must contain exactly 16 bytes');
  if (length === 0 || length > 128) throw operationError('AES-CTR algorithm.length must be between 1 and 128');
  const name = aesName(handle, 'ctr');
  const blocks = BigInt(Math.ceil(data.length / kBlock));
  const limit = 1n << BigInt(length);
  if (blocks > limit) {
    throw domException('The operation failed for an operation-specific reason', 'OperationError',
                       new Error('Cipher job failed'));
  }
  const start = BigInt(`0x${counter.toString('hex')}`);
  const low = start % limit;
  const untilWrap = limit - low;
  if (blocks <= untilWrap) return runCipher(encrypting, name, handle, counter, undefined, 0, data);
  const cut = Number(untilWrap) * kBlock;
  const wrapped = Buffer.from((start - low).toString(16).padStart(2 * kBlock, '0'), 'hex');
  const first = await runCipher(encrypting, name, handle, counter, undefined, 0, data.subarray(0, cut));
  const second = await runCipher(encrypting, name, handle, wrapped, undefined, 0, data.subarray(cut));
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

const gcmTags = [32, 64, 96, 104, 112, 120, 128];
const ocbTags = [64, 96, 128];

function aead(encrypting, algorithm, { handle }, data) {
  const { name, iv, additionalData, tagLength = 128 } = algorithm;
  const isGcm = name === 'AES-GCM';
  const isChacha = name === 'ChaCha20-Poly1305';
  if (isChacha ? tagLength !== 128 : !(isGcm ? gcmTags : ocbTags).includes(tagLength)) {
    throw operationError(`${tagLength} is not a valid ${name} tag length`);
  }
  if (isChacha && iv.length !== 12) throw operationError('algorithm.iv must contain exactly 12 bytes');
  if (name === 'AES-OCB' && (iv.length < 1 || iv.length > 15)) {
    throw operationError('algorithm.iv must contain between 1 and 15 bytes');
  }
  const cipherName = isChacha ? 'chacha20-poly1305' : aesName(handle, isGcm ? 'gcm' : 'ocb');
  return runCipher(encrypting, cipherName, handle, iv, additionalData, tagLength / 8, data);
}

const kKeyWrapIv = Buffer.alloc(8, 0xa6); // RFC 3394, section 2.2.3.1

function keyWrap(encrypting, algorithm, { handle }, data) {
  return runCipher(encrypting, `id-aes${handle.size() * 8}-wrap`, handle, kKeyWrapIv, undefined, 0, data);
}

const kOaepPadding = 4;

function rsaOaep(encrypting, { label }, { handle, algorithm }, data) {
  if (handle.kind() !== (encrypting ? 'public' : 'private')) {
    throw accessError(`The requested operation is not valid for the provided key`);
  }
  return runOperation((req) => (
    rsaCrypt(encrypting ? 0 : 1, handle, kOaepPadding, digestName(algorithm.hash), label, data, req)));
}

const ciphers = {
  '__proto__': null,
  'AES-CBC': aesCbc, 'AES-CTR': aesCtr, 'AES-GCM': aead, 'AES-OCB': aead, 'ChaCha20-Poly1305': aead,
  'AES-KW': keyWrap, 'RSA-OAEP': rsaOaep,
};

// usage: what the key must allow, which also names the operation in the error
async function crypt(encrypting, algorithm, key, data, usage) {
  const slots = cryptoKeySlots(key);
  if (slots.algorithm.name !== algorithm.name) throw accessError('Key algorithm mismatch');
  if (!slots.usages.includes(usage)) throw accessError(`Unable to use this key to ${usage}`);
  return (await ciphers[algorithm.name](encrypting, algorithm, slots, data)).buffer;
}

// --- signatures --------------------------------------------------------------------------------------------------

const kPkcs1Padding = 1;
const kPssPadding = 6;

// [digest, padding, salt length, IEEE P1363 form] as the native functions take them
function signOptions(algorithm, slots) {
  switch (algorithm.name) {
    case 'RSASSA-PKCS1-v1_5': return [digestName(slots.algorithm.hash), kPkcs1Padding, undefined, false];
    case 'RSA-PSS': return [digestName(slots.algorithm.hash), kPssPadding, algorithm.saltLength, false];
    case 'ECDSA': return [digestName(algorithm.hash), 0, undefined, true];
    default:
      if (algorithm.context?.length > 0) throw notSupported('Non zero-length context is not supported');
      return [undefined, 0, undefined, false];
  }
}

function checkSigning(algorithm, key, usage) {
  const slots = cryptoKeySlots(key);
  if (slots.algorithm.name !== algorithm.name) throw accessError('Key algorithm mismatch');
  if (!slots.usages.includes(usage)) throw accessError(`Unable to use this key to ${usage}`);
  return slots;
}

async function makeKmac({ name, outputLength, customization }, handle, data) {
  if (outputLength === 0) return new Uint8Array(0);
  // The length goes into the value, and OpenSSL takes it in bytes.
  if (outputLength % 8 !== 0) throw notSupported('KmacParams.outputLength must be a multiple of 8');
  return runOperation((req) => kmac(name === 'KMAC256', handle, data, outputLength / 8, customization, req));
}

function makeMac(parameters, { handle, algorithm }, data) {
  if (algorithm.name !== 'HMAC') return makeKmac(parameters, handle, data);
  return runOperation((req) => hmac(digestName(algorithm.hash), handle, data, req));
}

function isMac({ name }) {
  return name === 'HMAC' || name === 'KMAC128' || name === 'KMAC256';
}

async function sign(algorithm, key, data) {
  const slots = checkSigning(algorithm, key, 'sign');
  if (isMac(algorithm)) return (await makeMac(algorithm, slots, data)).buffer;
  const [hash, ...options] = signOptions(algorithm, slots);
  return (await runOperation((req) => nativeSign(hash, slots.handle, data, ...options, req))).buffer;
}

async function verify(algorithm, key, signature, data) {
  const slots = checkSigning(algorithm, key, 'verify');
  if (isMac(algorithm)) {
    const expected = await makeMac(algorithm, slots, data);
    return expected.length > 0 && expected.length === signature.length && timingSafeEqual(expected, signature);
  }
  const [hash, ...options] = signOptions(algorithm, slots);
  return runOperation((req) => nativeVerify(hash, slots.handle, data, signature, ...options, req));
}

// --- derivation --------------------------------------------------------------------------------------------------

async function deriveSecret({ name, public: other }, slots, length) {
  const otherSlots = cryptoKeySlots(other);
  if (otherSlots.handle.kind() !== 'public') throw accessError('algorithm.public must be a public key');
  if (otherSlots.algorithm.name !== slots.algorithm.name) throw accessError('key algorithm mismatch');
  if (name === 'ECDH' && otherSlots.algorithm.namedCurve !== slots.algorithm.namedCurve) {
    throw accessError('Named curve mismatch');
  }
  const secret = await runOperation((req) => diffieHellman(slots.handle, otherSlots.handle, req));
  if (length === null) return secret.buffer;
  if (secret.length * 8 < length) throw operationError('derived bit length is too small');
  const result = secret.slice(0, bitsToBytes(length));
  if (length % 8 !== 0) result[result.length - 1] &= 0xff << (8 - length % 8);
  return result.buffer;
}

function checkLength(length) {
  if (length === null) throw operationError('length cannot be null');
  if (length % 8 !== 0) throw operationError('length must be a multiple of 8');
  return length / 8;
}

async function derivePbkdf2({ hash, salt, iterations }, { handle }, length) {
  const bytes = checkLength(length);
  if (iterations === 0) throw operationError('iterations cannot be zero');
  if (bytes === 0) return new ArrayBuffer(0);
  return (await runOperation((req) => pbkdf2(handle, salt, bytes, iterations, digestName(hash), req))).buffer;
}

const digestBits = { '__proto__': null, 'SHA-1': 160 };

async function deriveHkdf({ hash, salt, info }, { handle }, length) {
  const bytes = checkLength(length);
  const hashBits = digestBits[hash.name] ?? Number(hash.name.slice(-3));
  if (length > 255 * hashBits) throw operationError('length exceeds the maximum derived bit length');
  if (bytes === 0) return new ArrayBuffer(0);
  return (await runOperation((req) => hkdf(handle, salt, bytes, info, digestName(hash), req))).buffer;
}

const derivations = {
  __proto__: null, ECDH: deriveSecret, X25519: deriveSecret, X448: deriveSecret, PBKDF2: derivePbkdf2, HKDF: deriveHkdf,
};

// length is in bits; null: all there are
function deriveBits(algorithm, baseKey, length, usage) {
  const slots = cryptoKeySlots(baseKey);
  if (!slots.usages.includes(usage)) throw accessError(`baseKey does not have ${usage} usage`);
  if (slots.algorithm.name !== algorithm.name) throw accessError('Key algorithm mismatch');
  return derivations[algorithm.name](algorithm, slots, length);
}

// How many bits a key of this (normalised) algorithm is made of.
function keyLengthOf({ name, length, hash }) {
  switch (name) {
    case 'HKDF':
    case 'PBKDF2': return null;
    case 'ChaCha20-Poly1305': return 256;
    case 'KMAC128':
    case 'KMAC256': return length ?? kmacBits(name);
    case 'HMAC':
      if (length === 0) throw new TypeError('HmacImportParams.length cannot be 0');
      return length ?? blockBits[hash.name];
    default:
      if (length !== 128 && length !== 192 && length !== 256) throw operationError('Invalid key length');
      return length;
  }
}

module.exports = { crypt, deriveBits, digest, keyLengthOf, sign, verify };

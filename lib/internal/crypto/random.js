// SPDX-License-Identifier: MIT
'use strict';

// Random bytes, integers and UUIDs, all from the kernel's generator; primes.

const { Buffer, kMaxLength } = require('buffer');
const { codes } = require('internal/errors');
const {
  validateBoolean, validateFunction, validateInt32, validateNumber, validateObject,
} = require('internal/validators');
const { isAnyArrayBuffer, isFloat32Array, isFloat64Array, isTypedArray } = require('internal/util/types');
const { randomFill: nativeFill, generatePrime: nativeGenerate, checkPrime: nativeCheck } = internalBinding('crypto');
const { bigIntBytes, isBytes, runJob } = require('internal/crypto/util');

const kMaxSize = Math.min(0x7fffffff, kMaxLength);
const kMaxRange = 2 ** 48 - 1;

function checkSize(size, name = 'size', max = kMaxSize) {
  if (Number.isNaN(size) || size < 0 || size > max) {
    throw new codes.ERR_OUT_OF_RANGE(name, `>= 0 && <= ${max}`, size);
  }
  return Math.trunc(size);
}

function randomBytes(size, callback) {
  validateNumber(size, 'size');
  const length = checkSize(size);
  if (callback !== undefined) validateFunction(callback, 'callback');
  const buffer = Buffer.alloc(length);
  if (callback === undefined) return nativeFill(buffer, 0, length, undefined);
  runJob((req) => nativeFill(buffer, 0, length, req), callback);
}

// [byte offset, byte count] of a part of `buf`, given in its elements.
function rangeOf(buf, offset, size) {
  const unit = buf.BYTES_PER_ELEMENT ?? 1;
  const total = buf.byteLength;
  validateNumber(offset, 'offset');
  const first = checkSize(offset * unit, 'offset', Math.min(total, kMaxSize));
  if (size === undefined) return [first, total - first];
  validateNumber(size, 'size');
  const count = checkSize(size * unit);
  if (first + count > total) throw new codes.ERR_OUT_OF_RANGE('size + offset', `<= ${total}`, first + count);
  return [first, count];
}

function checkTarget(buf) {
  if (!isBytes(buf)) throw new codes.ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], buf);
}

function randomFillSync(buf, offset = 0, size) {
  checkTarget(buf);
  const [first, count] = rangeOf(buf, offset, size);
  return count === 0 ? buf : nativeFill(buf, first, count, undefined);
}

function randomFill(buf, offset, size, callback) {
  checkTarget(buf);
  if (typeof offset === 'function') {
    callback = offset;
    offset = 0;
    size = undefined;
  } else if (typeof size === 'function') {
    callback = size;
    size = undefined;
  }
  validateFunction(callback, 'callback');
  const [first, count] = rangeOf(buf, offset ?? 0, size);
  if (count === 0) {
    callback(null, buf);
    return;
  }
  runJob((req) => nativeFill(buf, first, count, req), callback);
}

// Random bytes drawn in larger lots; what was handed out is wiped.
function makeLot(size, count) {
  const lot = Buffer.alloc(size * count);
  let used = lot.length;
  return (take) => {
    if (used === lot.length) {
      nativeFill(lot, 0, lot.length, undefined);
      used = 0;
    }
    const result = take(lot, used);
    lot.fill(0, used, used + size);
    used += size;
    return result;
  };
}

const withSix = makeLot(6, 256);
const readSix = (lot, at) => lot.readUIntBE(at, 6);

function randomInt(min, max, callback) {
  const onlyMax = max === undefined || typeof max === 'function';
  if (onlyMax) {
    callback = max;
    max = min;
    min = 0;
  }
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (!Number.isSafeInteger(min)) throw new codes.ERR_INVALID_ARG_TYPE('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw new codes.ERR_INVALID_ARG_TYPE('max', 'a safe integer', max);
  if (max <= min) throw new codes.ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${min})`, max);
  const range = max - min;
  if (range > kMaxRange) throw new codes.ERR_OUT_OF_RANGE(onlyMax ? 'max' : 'max - min', `<= ${kMaxRange}`, range);
  // Draws beyond the last whole multiple of the range would favour small results.
  const limit = 2 ** 48 - (2 ** 48 % range);
  let drawn;
  do {
    drawn = withSix(readSix);
  } while (drawn >= limit);
  const result = drawn % range + min;
  if (callback === undefined) return result;
  process.nextTick(callback, undefined, result);
}

const withSixteen = makeLot(16, 128);
const copySixteen = (lot, at) => Buffer.from(lot.subarray(at, at + 16));

function uuidBytes(options) {
  if (options !== undefined) validateObject(options, 'options');
  const { disableEntropyCache = false } = options ?? {};
  validateBoolean(disableEntropyCache, 'options.disableEntropyCache');
  return disableEntropyCache ? randomBytes(16) : withSixteen(copySixteen);
}

function printUuid(bytes, version) {
  bytes[6] = (bytes[6] & 0x0f) | (version << 4);
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.hexSlice(0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

// RFC 9562, section 5.4
function randomUUID(options) {
  return printUuid(uuidBytes(options), 4);
}

// RFC 9562, section 5.7: milliseconds first
function randomUUIDv7(options) {
  const bytes = uuidBytes(options);
  bytes.writeUIntBE(Date.now(), 0, 6);
  return printUuid(bytes, 7);
}

// crypto.getRandomValues of the Web Cryptography API
function fillWithRandomValues(array) {
  const { DOMException } = require('internal/domexception');
  if (!isTypedArray(array) || isFloat32Array(array) || isFloat64Array(array) ||
      array[Symbol.toStringTag] === 'Float16Array') {
    throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
  }
  if (array.byteLength > 65536) {
    throw new DOMException('The requested length exceeds 65,536 bytes', 'QuotaExceededError');
  }
  return randomFillSync(array, 0);
}

// --- primes ------------------------------------------------------------------------------------------------------

const kNumberTypes = ['bigint', 'ArrayBuffer', 'TypedArray', 'Buffer', 'DataView'];

function numberBytes(value, name) {
  if (typeof value === 'bigint') return bigIntBytes(value, name);
  if (!isBytes(value)) throw new codes.ERR_INVALID_ARG_TYPE(name, kNumberTypes, value);
  return isAnyArrayBuffer(value) ? new Uint8Array(value) : value;
}

function startGeneratePrime(size, options, callback) {
  validateInt32(size, 'size', 1);
  validateObject(options, 'options');
  const { safe = false, bigint = false, add, rem } = options;
  validateBoolean(safe, 'options.safe');
  validateBoolean(bigint, 'options.bigint');
  const addBytes = add === undefined ? undefined : numberBytes(add, 'options.add');
  const remBytes = rem === undefined ? undefined : numberBytes(rem, 'options.rem');
  return runJob((req) => nativeGenerate(size, safe, addBytes, remBytes, req), callback, (bytes) => (
    bigint ? BigInt(`0x${Buffer.from(bytes.buffer).toString('hex')}`) : bytes.buffer));
}

// NODE: no error is undefined here, not null.
function withoutNull(callback) {
  return callback && ((error, result) => callback(error ?? undefined, result));
}

function generatePrime(size, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = {};
  }
  validateFunction(callback, 'callback');
  startGeneratePrime(size, options ?? {}, withoutNull(callback));
}

function generatePrimeSync(size, options = {}) {
  return startGeneratePrime(size, options, undefined);
}

function startCheckPrime(candidate, options, callback) {
  const bytes = numberBytes(candidate, 'candidate');
  validateObject(options, 'options');
  const { checks = 0 } = options;
  validateInt32(checks, 'options.checks', 0);
  return runJob((req) => nativeCheck(bytes, checks, req), callback);
}

function checkPrime(candidate, options = {}, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = {};
  }
  numberBytes(candidate, 'candidate');
  validateFunction(callback, 'callback');
  startCheckPrime(candidate, options, withoutNull(callback));
}

function checkPrimeSync(candidate, options = {}) {
  return startCheckPrime(candidate, options, undefined);
}

module.exports = {
  checkPrime,
  checkPrimeSync,
  fillWithRandomValues,
  generatePrime,
  generatePrimeSync,
  randomBytes,
  randomFill,
  randomFillSync,
  randomInt,
  randomUUID,
  randomUUIDv7,
};

// SPDX-License-Identifier: MIT
'use strict';

// Random bytes, integers and UUIDs. The system's generator answers without waiting, so the forms with a callback
// differ from the others only in when they answer.

const { Buffer, kMaxLength } = require('buffer');
const { codes: errors } = require('internal/errors');
const {
  validateBoolean, validateFunction, validateNumber, validateObject,
} = require('internal/validators');
const { isAnyArrayBuffer, isFloat32Array, isFloat64Array, isTypedArray } = require('internal/util/types');
const { randomFill: fill } = internalBinding('crypto');

const kMaxRandom = Math.min(2147483647, kMaxLength);
const kMaxRange = 2 ** 48 - 1;

function fillView(view, offset, length) {
  if (!fill(view, offset, length)) throw new errors.ERR_CRYPTO_OPERATION_FAILED('Random bytes are not available');
}

function checkSize(size, name, max = kMaxRandom) {
  validateNumber(size, name);
  if (Number.isNaN(size) || size > max || size < 0) {
    throw new errors.ERR_OUT_OF_RANGE(name, `>= 0 && <= ${max}`, size);
  }
  return size >>> 0;
}

function randomBytes(size, callback) {
  const length = checkSize(size, 'size');
  if (callback !== undefined) validateFunction(callback, 'callback');
  const bytes = Buffer.alloc(length);
  fillView(bytes, 0, length);
  if (callback === undefined) return bytes;
  setImmediate(callback, null, bytes);
}

// The bytes of what is to be filled, and the range in them; offset and size count elements.
function fillRange(buffer, offset, size) {
  if (!isAnyArrayBuffer(buffer) && !ArrayBuffer.isView(buffer)) {
    throw new errors.ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], buffer);
  }
  const width = buffer.BYTES_PER_ELEMENT ?? 1;
  const view = isAnyArrayBuffer(buffer) ? new Uint8Array(buffer) :
    new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  const total = view.length;
  const start = checkSize(offset === undefined ? 0 : offset, 'offset', total / width) * width;
  const length = size === undefined ? total - start : checkSize(size, 'size') * width;
  if (start + length > total) throw new errors.ERR_OUT_OF_RANGE('size + offset', `<= ${total}`, start + length);
  return [view, start, length];
}

function randomFillSync(buffer, offset, size) {
  fillView(...fillRange(buffer, offset, size));
  return buffer;
}

function randomFill(buffer, offset, size, callback) {
  if (typeof offset === 'function') {
    callback = offset;
    offset = size = undefined;
  } else if (typeof size === 'function') {
    callback = size;
    size = undefined;
  }
  validateFunction(callback, 'callback');
  const range = fillRange(buffer, offset, size);
  fillView(...range);
  setImmediate(callback, null, buffer);
}

const pool = Buffer.alloc(1024);
let poolAt = pool.length;

// The next bytes of a pool that is filled in one go; what was handed out is wiped.
function takeBytes(count) {
  if (poolAt + count > pool.length) {
    fillView(pool, 0, pool.length);
    poolAt = 0;
  }
  const bytes = Buffer.from(pool.subarray(poolAt, poolAt + count));
  pool.fill(0, poolAt, poolAt + count);
  poolAt += count;
  return bytes;
}

function randomInt(min, max, callback) {
  if (max === undefined || typeof max === 'function') {
    callback = max;
    max = min;
    min = 0;
  }
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (!Number.isSafeInteger(min)) throw new errors.ERR_INVALID_ARG_TYPE('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw new errors.ERR_INVALID_ARG_TYPE('max', 'a safe integer', max);
  if (max <= min) {
    throw new errors.ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${min})`, max);
  }
  const range = max - min;
  if (!(range <= kMaxRange)) throw new errors.ERR_OUT_OF_RANGE('max - min', `<= ${kMaxRange}`, range);
  // Values from the uneven end of the 48 bits are thrown away, so that every result is as likely.
  const limit = kMaxRange + 1 - ((kMaxRange + 1) % range);
  let value;
  do {
    value = takeBytes(6).readUIntBE(0, 6);
  } while (value >= limit);
  const result = value % range + min;
  if (callback === undefined) return result;
  process.nextTick(callback, undefined, result);
}

function uuidText(bytes) {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

// Marks 16 random bytes as a UUID of that version (RFC 9562).
function makeUuid(bytes, version) {
  bytes[6] = (bytes[6] & 0x0F) | (version << 4);
  bytes[8] = (bytes[8] & 0x3F) | 0x80;
  return uuidText(bytes);
}

function uuidBytes(options) {
  if (options !== undefined) validateObject(options, 'options');
  const { disableEntropyCache = false } = options ?? {};
  validateBoolean(disableEntropyCache, 'options.disableEntropyCache');
  return disableEntropyCache ? randomBytes(16) : takeBytes(16);
}

function randomUUID(options) {
  return makeUuid(uuidBytes(options), 4);
}

function randomUUIDv7(options) {
  const bytes = uuidBytes(options);
  bytes.writeUIntBE(Date.now(), 0, 6);
  return makeUuid(bytes, 7);
}

// crypto.getRandomValues of the Web Cryptography API.
function getRandomValues(array) {
  const { DOMException } = require('internal/domexception');
  if (!isTypedArray(array) || isFloat32Array(array) || isFloat64Array(array)) {
    throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
  }
  if (array.byteLength > 65536) {
    throw new DOMException('The requested length exceeds 65,536 bytes', 'QuotaExceededError');
  }
  return randomFillSync(array, 0);
}

module.exports = { randomBytes, randomFill, randomFillSync, randomInt, randomUUID, randomUUIDv7, getRandomValues };

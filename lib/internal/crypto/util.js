// SPDX-License-Identifier: MIT
'use strict';

// What the parts of crypto share: bytes from arguments, results in an encoding, work now or on the thread pool.

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { normalizeEncoding, encodingsMap } = require('internal/util');
const { isAnyArrayBuffer } = require('internal/util/types');
const { validateString } = require('internal/validators');

// On KeyObjects and CryptoKeys: the native key.
const kHandle = Symbol('kHandle');
const kKeyBytes = ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

function isBytes(value) {
  return ArrayBuffer.isView(value) || isAnyArrayBuffer(value);
}

// A string (taken as UTF-8), a view or an ArrayBuffer, as C takes them.
function validateBytes(value, name, expected = kKeyBytes) {
  if (typeof value !== 'string' && !isBytes(value)) throw new codes.ERR_INVALID_ARG_TYPE(name, expected, value);
  return value;
}

// What C takes for text in an encoding: UTF-8 as it is, others as bytes.
function encoded(data, encoding) {
  if (typeof data !== 'string' || encoding === undefined || encoding === 'utf8' || !Buffer.isEncoding(encoding)) {
    return data;
  }
  return Buffer.from(data, encoding);
}

// A string in `encoding`, or bytes: as a view.
function toBytes(value, name, encoding, expected = kKeyBytes) {
  validateBytes(value, name, expected);
  if (typeof value === 'string') return Buffer.from(value, encoding === 'buffer' ? 'utf8' : encoding);
  return ArrayBuffer.isView(value) ? value : new Uint8Array(value);
}

function asBuffer(bytes) {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

// The number by which C knows the encoding of a result; undefined for a Buffer (also for names that are none).
function outputNumber(encoding) {
  if (!encoding) return undefined;
  const name = encoding === 'hex' ? 'hex' : normalizeEncoding(`${encoding}`);
  return name === undefined || name === 'buffer' ? undefined : encodingsMap[name];
}

// Bytes in the encoding asked for.
function toOutput(bytes, encoding) {
  const buffer = asBuffer(bytes);
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

// Runs start(req): its result now, without callback; with one it comes later.
function runJob(start, callback, present) {
  if (callback === undefined) {
    const result = start(undefined);
    return present === undefined ? result : present(result);
  }
  start({
    oncomplete(error, result) {
      if (error !== null) callback(error);
      else callback(null, present === undefined ? result : present(result));
    },
  });
}

// The same as a promise.
function runJobAsync(start) {
  return new Promise((resolve, reject) => {
    start({
      oncomplete(error, result) {
        if (error !== null) reject(error);
        else resolve(result);
      },
    });
  });
}

function codedError(Constructor, code, message) {
  const error = new Constructor(message);
  error.code = code;
  return error;
}

function validateStringOption(value, name) {
  if (value !== undefined) validateString(value, name);
  return value;
}

// A big-endian view of a bigint that is not negative.
function bigIntBytes(value, name) {
  if (value < 0n) throw new codes.ERR_OUT_OF_RANGE(name, '>= 0', value);
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

module.exports = {
  asBuffer,
  bigIntBytes,
  codedError,
  encoded,
  isBytes,
  kHandle,
  kKeyBytes,
  outputNumber,
  runJob,
  runJobAsync,
  toBytes,
  toOutput,
  validateBytes,
  validateStringOption,
};

// SPDX-License-Identifier: MIT
'use strict';

// Argument checks, each throwing Node's coded error. The success path of each is one or two compares.

const { codes, hideStackFrames } = require('internal/errors');

const kValidateObjectNone = 0;
const kValidateObjectAllowNullable = 1;
const kValidateObjectAllowArray = 2;
const kValidateObjectAllowFunction = 4;
const kValidateObjectAllowObjects = kValidateObjectAllowArray | kValidateObjectAllowFunction;
const kValidateObjectAllowObjectsAndNull = kValidateObjectAllowObjects | kValidateObjectAllowNullable;

function isInt32(value) {
  return value === (value | 0);
}

function isUint32(value) {
  return value === (value >>> 0);
}

function invalidType(value, name, expected) {
  throw new codes.ERR_INVALID_ARG_TYPE(name, expected, value);
}

function outOfRange(value, name, range) {
  throw new codes.ERR_OUT_OF_RANGE(name, range, value);
}

// A file mode: an unsigned 32-bit number, or its octal text.
function parseFileMode(value, name, fallback) {
  value ??= fallback;
  if (typeof value === 'string') {
    if (!/^[0-7]+$/.test(value)) {
      throw new codes.ERR_INVALID_ARG_VALUE(name, value, 'must be a 32-bit unsigned integer or an octal string');
    }
    value = Number.parseInt(value, 8);
  }
  validateUint32(value, name);
  return value;
}

function validateInteger(value, name, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) {
  if (typeof value !== 'number') invalidType(value, name, 'number');
  if (!Number.isInteger(value)) outOfRange(value, name, 'an integer');
  if (value < min || value > max) outOfRange(value, name, `>= ${min} && <= ${max}`);
}

function validateInt32(value, name, min = -2147483648, max = 2147483647) {
  if (typeof value !== 'number') invalidType(value, name, 'number');
  if (!Number.isInteger(value)) outOfRange(value, name, 'an integer');
  if (value < min || value > max) outOfRange(value, name, `>= ${min} && <= ${max}`);
}

function validateUint32(value, name, positive = false) {
  if (typeof value !== 'number') invalidType(value, name, 'number');
  if (!Number.isInteger(value)) outOfRange(value, name, 'an integer');
  const min = positive ? 1 : 0;
  if (value < min || value > 4294967295) outOfRange(value, name, `>= ${min} && <= 4294967295`);
}

function validateString(value, name) {
  if (typeof value !== 'string') invalidType(value, name, 'string');
}

function validateStringWithoutNullBytes(value, name) {
  validateString(value, name);
  if (value.includes('\u0000')) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, value, 'must be a string without null bytes');
  }
}

function validateNumber(value, name, min = undefined, max = undefined) {
  if (typeof value !== 'number') invalidType(value, name, 'number');
  if ((min != null && value < min) || (max != null && value > max) ||
      ((min != null || max != null) && Number.isNaN(value))) {
    outOfRange(value, name,
      `${min != null ? `>= ${min}` : ''}${min != null && max != null ? ' && ' : ''}${max != null ? `<= ${max}` : ''}`);
  }
}

// True for a usable number, false for undefined and NaN; anything else throws.
function validateFiniteNumber(value, name) {
  if (value === undefined) return false;
  if (Number.isFinite(value)) return true;
  if (Number.isNaN(value)) return false;
  validateNumber(value, name);
  return outOfRange(value, name, 'a finite number');
}

function checkRangesOrGetDefault(value, name, lower, upper, fallback) {
  if (!validateFiniteNumber(value, name)) return fallback;
  if (value < lower || value > upper) outOfRange(value, name, `>= ${lower} and <= ${upper}`);
  return value;
}

function validateOneOf(value, name, oneOf) {
  if (!oneOf.includes(value)) {
    const allowed = oneOf.map((one) => (typeof one === 'string' ? `'${one}'` : String(one))).join(', ');
    throw new codes.ERR_INVALID_ARG_VALUE(name, value, `must be one of: ${allowed}`);
  }
}

function validateBoolean(value, name) {
  if (typeof value !== 'boolean') invalidType(value, name, 'boolean');
}

function validateObject(value, name, options = kValidateObjectNone) {
  if (options === kValidateObjectNone) {
    if (value === null || Array.isArray(value) || typeof value !== 'object') invalidType(value, name, 'Object');
    return;
  }
  if ((options & kValidateObjectAllowNullable) === 0 && value === null) invalidType(value, name, 'Object');
  if ((options & kValidateObjectAllowArray) === 0 && Array.isArray(value)) invalidType(value, name, 'Object');
  const type = typeof value;
  if (type !== 'object' && ((options & kValidateObjectAllowFunction) === 0 || type !== 'function')) {
    invalidType(value, name, 'Object');
  }
}

// A WebIDL dictionary: any object, or nothing.
function validateDictionary(value, name) {
  if (value != null && typeof value !== 'object' && typeof value !== 'function') {
    invalidType(value, name, 'a dictionary');
  }
}

function validateArray(value, name, minLength = 0) {
  if (!Array.isArray(value)) invalidType(value, name, 'Array');
  if (value.length < minLength) throw new codes.ERR_INVALID_ARG_VALUE(name, value, `must be longer than ${minLength}`);
}

function validateStringArray(value, name) {
  validateArray(value, name);
  for (let i = 0; i < value.length; i++) validateString(value[i], `${name}[${i}]`);
}

function validateBooleanArray(value, name) {
  validateArray(value, name);
  for (let i = 0; i < value.length; i++) validateBoolean(value[i], `${name}[${i}]`);
}

// A TypeError in Web IDL's words.
function webTypeError(message) {
  const error = new TypeError(message);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

function validateAbortSignalArray(value, name) {
  validateArray(value, name);
  for (let i = 0; i < value.length; i++) {
    if (value[i] == null) invalidType(value[i], `${name}[${i}]`, 'AbortSignal');
    validateAbortSignal(value[i], `${name}[${i}]`);
  }
}

function validateSignalName(signal, name = 'signal') {
  validateString(signal, name);
  const { signals } = internalBinding('constants').os;
  if (signals[signal] === undefined) {
    if (signals[signal.toUpperCase()] !== undefined) {
      throw new codes.ERR_UNKNOWN_SIGNAL(`${signal} (signals must use all capital letters)`);
    }
    throw new codes.ERR_UNKNOWN_SIGNAL(signal);
  }
}

function validateBuffer(buffer, name = 'buffer') {
  if (!ArrayBuffer.isView(buffer)) invalidType(buffer, name, ['Buffer', 'TypedArray', 'DataView']);
}

function validateEncoding(data, encoding) {
  const { normalizeEncoding } = require('internal/util');
  if (normalizeEncoding(encoding) === 'hex' && data.length % 2 !== 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('encoding', encoding, `is invalid for data of length ${data.length}`);
  }
}

function validatePort(port, name = 'Port', allowZero = true) {
  if ((typeof port !== 'number' && typeof port !== 'string') ||
      (typeof port === 'string' && port.trim().length === 0) ||
      +port !== (+port >>> 0) || port > 0xFFFF || (port === 0 && !allowZero)) {
    throw new codes.ERR_SOCKET_BAD_PORT(name, port, allowZero);
  }
  return port | 0;
}

function validateAbortSignal(signal, name) {
  if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) {
    invalidType(signal, name, 'AbortSignal');
  }
}

function validateFunction(value, name) {
  if (typeof value !== 'function') invalidType(value, name, 'Function');
}

function validatePlainFunction(value, name) {
  const { isAsyncFunction } = require('internal/util/types');
  if (typeof value !== 'function' || isAsyncFunction(value)) invalidType(value, name, 'Function');
}

function validateUndefined(value, name) {
  if (value !== undefined) invalidType(value, name, 'undefined');
}

function validateUnion(value, name, union) {
  if (!union.includes(value)) invalidType(value, name, `('${union.join('|')}')`);
}

// One `<uri>; rel=...; key=value` of a Link header.
const isLinkValue = (value) => /^(?:<[^>]*>)(?:\s*;\s*[^;"\s]+(?:=(?:"[^"]*"|[^;"\s]*))?)*$/.test(value);
const linkAdvice = 'must be an array or string of format "</styles.css>; rel=preload; as=style"';

function checkLinkFormat(value, name) {
  if (typeof value === 'undefined' || !isLinkValue(value)) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, value, linkAdvice);
  }
}

function validateLinkHeaderValue(hints) {
  if (typeof hints === 'string') {
    checkLinkFormat(hints, 'hints');
    return hints;
  }
  if (Array.isArray(hints)) {
    for (const link of hints) checkLinkFormat(link, 'hints');
    return hints.join(', ');
  }
  throw new codes.ERR_INVALID_ARG_VALUE('hints', hints, linkAdvice);
}

function validateThisInternalField(object, fieldKey, className) {
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, fieldKey)) {
    throw new codes.ERR_INVALID_THIS(className);
  }
}

module.exports = {
  webTypeError,
  isInt32,
  isUint32,
  parseFileMode,
  validateArray,
  validateStringArray,
  validateBooleanArray,
  validateAbortSignalArray,
  validateBoolean,
  validateBuffer,
  validateDictionary,
  validateEncoding,
  validateFunction,
  validateInt32,
  validateInteger,
  validateNumber,
  validateObject,
  kValidateObjectNone,
  kValidateObjectAllowNullable,
  kValidateObjectAllowArray,
  kValidateObjectAllowFunction,
  kValidateObjectAllowObjects,
  kValidateObjectAllowObjectsAndNull,
  validateOneOf,
  validatePlainFunction,
  validatePort,
  validateSignalName,
  validateString,
  validateStringWithoutNullBytes,
  validateUint32,
  validateUndefined,
  validateUnion,
  validateAbortSignal,
  validateLinkHeaderValue,
  validateThisInternalField,
  validateFiniteNumber,
  checkRangesOrGetDefault,
  hideStackFrames,
};

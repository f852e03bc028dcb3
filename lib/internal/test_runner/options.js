// SPDX-License-Identifier: MIT
'use strict';

// The options of a test, checked.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE },
} = require('internal/errors');
const {
  validateAbortSignal, validateArray, validateNumber, validateString, validateUint32,
} = require('internal/validators');
const { isRegExp } = internalBinding('types');

const TIMEOUT_MAX = 2 ** 31 - 1;

function readTimeout(timeout, inherited) {
  if (timeout === undefined || timeout === null) return inherited;
  if (timeout !== Infinity) validateNumber(timeout, 'options.timeout', 0, TIMEOUT_MAX);
  return timeout;
}

function readSignal(signal) {
  if (signal === undefined || signal === null) return undefined;
  validateAbortSignal(signal, 'options.signal');
  return signal;
}

function readConcurrency(concurrency, inherited) {
  switch (typeof concurrency) {
    case 'number':
      validateUint32(concurrency, 'options.concurrency', true);
      return concurrency;
    case 'boolean':
      return concurrency ? Infinity : 1;
    default:
      if (concurrency === undefined || concurrency === null) return inherited;
      throw new ERR_INVALID_ARG_TYPE('options.concurrency', ['boolean', 'number'], concurrency);
  }
}

function readTags(tags, inherited) {
  if (tags === undefined) return inherited;
  validateArray(tags, 'options.tags');
  tags.forEach((tag, index) => {
    validateString(tag, `options.tags[${index}]`);
    if (tag === '') throw new ERR_INVALID_ARG_VALUE(`options.tags[${index}]`, tag, 'must not be empty');
  });
  require('internal/util').emitExperimentalWarning('Test tags');
  return [...new Set([...inherited, ...tags.map((tag) => tag.toLowerCase())])];
}

// What is expected of the error of a test that shall fail: { label, match }, where both may be undefined.
function readExpectFailure(expect) {
  if (!expect) return null;
  if (typeof expect === 'string') return { label: expect, match: undefined };
  if (typeof expect === 'function' || isRegExp(expect)) return { label: undefined, match: expect };
  if (typeof expect !== 'object') return { label: undefined, match: undefined };
  const keys = Object.keys(expect);
  if (keys.length === 0) throw new ERR_INVALID_ARG_VALUE('options.expectFailure', expect, 'must not be an empty object');
  if (keys.every((key) => key === 'label' || key === 'match')) return { label: expect.label, match: expect.match };
  return { label: undefined, match: expect };
}

module.exports = { TIMEOUT_MAX, readConcurrency, readExpectFailure, readSignal, readTags, readTimeout };

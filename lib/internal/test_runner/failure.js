// SPDX-License-Identifier: MIT
'use strict';

// The error of a test that failed: what was thrown is its cause, and has the stack that is of interest. Its own stack
// leaves the library's internals out.

const { codes: { ERR_TEST_FAILURE } } = require('internal/errors');

function isShown(site) {
  const name = site.getFileName();
  return typeof name !== 'string' || !name.startsWith('node:internal/');
}


// inspect() of something whose own inspection may throw.
function inspectAnything(value, options) {
  const { inspect } = require('internal/util/inspect');
  try {
    return inspect(value, options);
  } catch {
    return inspect(value, { __proto__: null, ...options, customInspect: false });
  }
}

function make(cause, failureType) {
  try {
    return new ERR_TEST_FAILURE(cause, failureType);
  } catch {
    const failure = new ERR_TEST_FAILURE(inspectAnything(cause), failureType);
    failure.cause = cause;
    return failure;
  }
}

// Writes the stack when it is first asked for: by then methods may have other names.
function setStack(failure, sites) {
  let stack;
  const set = (value) => {
    stack = value;
  };
  const get = () => {
    if (stack === undefined) {
      const lines = sites.slice(0, Error.stackTraceLimit).map((site) => `\n    at ${site}`);
      stack = `${failure.name} [${failure.code}]: ${failure.message}${lines.join('')}`;
    }
    return stack;
  };
  Object.defineProperty(failure, 'stack', { __proto__: null, configurable: true, get, set });
}

function testFailure(cause, failureType) {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = Infinity;
    Error.prepareStackTrace = (error, frames) => frames;
    const failure = make(cause, failureType);
    setStack(failure, failure.stack.filter(isShown));
    return failure;
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

// What a promise is rejected with for a failure that is made by who awaits it, whose callers its stack then has.
class UnmadeFailure {
  constructor(make) {
    this.make = make;
  }
}

function madeFailure(error) {
  return error instanceof UnmadeFailure ? error.make() : error;
}

module.exports = { UnmadeFailure, inspectAnything, madeFailure, testFailure };

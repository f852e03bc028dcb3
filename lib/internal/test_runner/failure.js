// SPDX-License-Identifier: MIT
'use strict';

// The error of a test that failed: what was thrown is its cause, and has the stack that is of interest.

const { codes: { ERR_TEST_FAILURE } } = require('internal/errors');

function testFailure(cause, failureType) {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return new ERR_TEST_FAILURE(cause, failureType);
  } catch {
    // What was thrown throws again when it is looked at: as if it had no inspection of its own.
    const { inspect } = require('internal/util/inspect');
    return new ERR_TEST_FAILURE(inspect(cause, { __proto__: null, customInspect: false }), failureType);
  } finally {
    Error.stackTraceLimit = limit;
  }
}

module.exports = { testFailure };

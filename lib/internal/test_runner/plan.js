// SPDX-License-Identifier: MIT
'use strict';

// t.plan(): how many assertions and subtests a test is to have.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { testFailure } = require('internal/test_runner/failure');
const { validateNumber, validateObject, validateUint32 } = require('internal/validators');
const { setTimeout, clearTimeout } = require('timers');
const { TIMEOUT_MAX } = require('internal/test_runner/options');

class TestPlan {
  #wait = false;
  #waiting;
  #timer;

  constructor(expected, options = {}) {
    validateUint32(expected, 'count');
    validateObject(options, 'options');
    this.expected = expected;
    this.actual = 0;
    const { wait } = options;
    switch (typeof wait) {
      case 'undefined':
      case 'boolean':
        this.#wait = wait === true ? Infinity : false;
        break;
      case 'number':
        if (wait !== Infinity) validateNumber(wait, 'options.wait', 0, TIMEOUT_MAX);
        this.#wait = wait;
        break;
      default:
        throw new ERR_INVALID_ARG_TYPE('options.wait', ['boolean', 'number'], wait);
    }
  }

  increase() {
    this.actual++;
    if (this.#waiting !== undefined && this.actual === this.expected) {
      clearTimeout(this.#timer);
      this.#waiting.resolve();
    }
  }

  // When the test's function is done: undefined, a promise to wait for, or an error to throw.
  check() {
    const { actual, expected } = this;
    if (actual === expected) return undefined;
    if (this.#wait === false || actual > expected) {
      throw testFailure(`plan expected ${expected} assertions but received ${actual}`, 'testCodeFailure');
    }
    this.#waiting = Promise.withResolvers();
    if (this.#wait !== Infinity) {
      this.#timer = setTimeout(() => {
        this.#waiting.reject(testFailure(
          `plan timed out after ${this.#wait}ms with ${this.actual} assertions when expecting ${expected}`,
          'testTimeoutFailure'));
      }, this.#wait);
    }
    return this.#waiting.promise;
  }
}

module.exports = { TestPlan };

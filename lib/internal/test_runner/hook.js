// SPDX-License-Identifier: MIT
'use strict';

// before, after, beforeEach and afterEach: a function with its own timeout and signal.

const { madeFailure, testFailure } = require('internal/test_runner/failure');
const { callBody, currentHook, raceAgainst } = require('internal/test_runner/body');
const { validateObject } = require('internal/validators');

const hookNames = ['before', 'after', 'beforeEach', 'afterEach'];

class Hook {
  #runsOnce;
  #firstRun;

  constructor(owner, kind, fn, options, location) {
    if (options === null || typeof options !== 'object') options = {};
    validateObject(options, 'options');
    const { readTimeout, readSignal } = require('internal/test_runner/options');
    this.owner = owner;
    this.kind = kind;
    this.fn = fn;
    this.location = location;
    this.timeout = readTimeout(options.timeout, null) ?? owner.timeout;
    this.signal = readSignal(options.signal);
    this.#runsOnce = kind === 'before' || kind === 'after';
  }

  // Resolves with undefined or with the ERR_TEST_FAILURE it ended in; never rejects.
  run(context) {
    if (!this.#runsOnce) return this.#run(context);
    return this.#firstRun ??= this.#run(context);
  }

  async #run(context) {
    const { owner } = this;
    try {
      if (this.signal?.aborted) throw this.signal.reason;
      const limit = raceAgainst(this.timeout, [this.signal]);
      try {
        await Promise.race([currentHook.run(this, callBody, owner, this.fn, context), limit.promise]);
      } finally {
        limit.stop();
      }
    } catch (thrown) {
      const error = madeFailure(thrown);
      if (error?.code === 'ERR_TEST_FAILURE' && error.failureType !== undefined) return error;
      return testFailure(error, 'testCodeFailure');
    }
    return undefined;
  }
}

module.exports = { Hook, hookNames };

// SPDX-License-Identifier: MIT
'use strict';

// What the functions of tests and suites are given: the faces of Test and Suite.

const { testFailure } = require('internal/test_runner/failure');
const {
  validateFunction, validateNumber, validateObject, validateString,
} = require('internal/validators');

class TestContext {
  #test;
  #assert;

  constructor(test) {
    this.#test = test;
  }

  get signal() {
    return this.#test.signal;
  }

  get name() {
    return this.#test.name;
  }

  get filePath() {
    return this.#test.root.filePath;
  }

  get fullName() {
    return this.#test.fullName;
  }

  get error() {
    const { error } = this.#test;
    return error?.code === 'ERR_TEST_FAILURE' && error.cause !== undefined ? error.cause : error;
  }

  get passed() {
    return this.#test.passed;
  }

  get attempt() {
    return this.#test.attempt;
  }

  get tags() {
    return this.#test.tags;
  }

  get workerId() {
    const id = process.env.NODE_TEST_WORKER_ID;
    return id === undefined ? undefined : Number(id);
  }

  diagnostic(message) {
    this.#test.diagnostics.push(message);
  }

  log(message, data) {
    validateString(message, 'message');
    this.#test.root.reporter.log(this.#test, message, data);
  }

  plan(count, options) {
    if (this.#test.plan !== null) {
      throw testFailure('cannot set plan more than once', 'testCodeFailure');
    }
    const { TestPlan } = require('internal/test_runner/plan');
    this.#test.plan = new TestPlan(count, options);
  }

  get assert() {
    if (this.#assert === undefined) {
      const { makeAssert } = require('internal/test_runner/assert');
      this.#assert = makeAssert(this.#test, this);
    }
    return this.#assert;
  }

  get mock() {
    return this.#test.mock;
  }

  runOnly(value) {
    this.#test.runOnlySubtests = Boolean(value);
  }

  skip(message) {
    this.#test.skipReason = message || true;
  }

  todo(message) {
    this.#test.todoReason = message || true;
  }

  test(name, options, fn) {
    const { callerLocation } = require('internal/test_runner/location');
    const { Test } = require('internal/test_runner/test');
    const location = callerLocation(this.test);
    this.#test.plan?.increase();
    return this.#test.createSubtest(Test, name, options, fn, location).start();
  }

  before(fn, options) {
    this.#hook('before', fn, options);
  }

  after(fn, options) {
    this.#hook('after', fn, options);
  }

  beforeEach(fn, options) {
    this.#hook('beforeEach', fn, options);
  }

  afterEach(fn, options) {
    this.#hook('afterEach', fn, options);
  }

  #hook(kind, fn, options) {
    const { callerLocation } = require('internal/test_runner/location');
    this.#test.createHook(kind, fn, options, callerLocation(this[kind]));
  }

  waitFor(condition, options = {}) {
    validateFunction(condition, 'condition');
    validateObject(options, 'options');
    const { interval = 50, timeout = 1000 } = options;
    const { TIMEOUT_MAX } = require('internal/test_runner/options');
    validateNumber(interval, 'options.interval', 0, TIMEOUT_MAX);
    validateNumber(timeout, 'options.timeout', 0, TIMEOUT_MAX);
    const { setTimeout, clearTimeout } = require('timers');
    const { promise, resolve, reject } = Promise.withResolvers();
    const none = Symbol('none');
    let cause = none;
    let pollTimer;
    const timer = setTimeout(() => {
      clearTimeout(pollTimer);
      const error = new Error('waitFor() timed out');
      if (cause !== none) error.cause = cause;
      pollTimer = null;
      reject(error);
    }, timeout);
    const poll = async () => {
      try {
        const result = await condition();
        clearTimeout(timer);
        resolve(result);
      } catch (error) {
        cause = error;
        if (pollTimer !== null) pollTimer = setTimeout(poll, interval);
      }
    };
    poll();
    return promise;
  }
}

class SuiteContext {
  #suite;

  constructor(suite) {
    this.#suite = suite;
  }

  get signal() {
    return this.#suite.signal;
  }

  get name() {
    return this.#suite.name;
  }

  get filePath() {
    return this.#suite.root.filePath;
  }

  get fullName() {
    return this.#suite.fullName;
  }

  get passed() {
    return this.#suite.passed;
  }

  get attempt() {
    return this.#suite.attempt;
  }

  diagnostic(message) {
    this.#suite.diagnostics.push(message);
  }

  log(message, data) {
    validateString(message, 'message');
    this.#suite.root.reporter.log(this.#suite, message, data);
  }
}

module.exports = { SuiteContext, TestContext };

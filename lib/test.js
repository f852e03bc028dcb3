// SPDX-License-Identifier: MIT
'use strict';

// node:test: tests, suites, hooks, run() and mocks.

const { getTestContext, makeDeclarer, makeHookDeclarer, Suite, Test } = require('internal/test_runner/harness');

const test = makeDeclarer(Test);
const suite = makeDeclarer(Suite);

function run(options = undefined) {
  return require('internal/test_runner/runner').run(options);
}

let mock;
let snapshot;
let assert;

module.exports = Object.assign(test, {
  after: makeHookDeclarer('after'),
  afterEach: makeHookDeclarer('afterEach'),
  before: makeHookDeclarer('before'),
  beforeEach: makeHookDeclarer('beforeEach'),
  describe: suite,
  getTestContext,
  it: test,
  run,
  suite,
  test,
});

function lazily(name, get) {
  Object.defineProperty(test, name, { __proto__: null, configurable: true, enumerable: true, get });
}

lazily('mock', () => {
  if (mock === undefined) {
    const { MockTracker } = require('internal/test_runner/mock/tracker');
    mock = new MockTracker();
  }
  return mock;
});

lazily('snapshot', () => {
  if (snapshot === undefined) {
    const { setDefaultSnapshotSerializers, setResolveSnapshotPath } = require('internal/test_runner/snapshot');
    snapshot = { __proto__: null, setDefaultSnapshotSerializers, setResolveSnapshotPath };
  }
  return snapshot;
});

lazily('assert', () => {
  if (assert === undefined) {
    const { register } = require('internal/test_runner/assert');
    assert = { __proto__: null, register };
  }
  return assert;
});

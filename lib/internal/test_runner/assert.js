// SPDX-License-Identifier: MIT
'use strict';

// t.assert: the functions of node:assert/strict's kind that count towards the plan, snapshots, and what programs
// registered.

const { validateFunction, validateString } = require('internal/validators');

const shared = ['deepEqual', 'deepStrictEqual', 'doesNotMatch', 'doesNotReject', 'doesNotThrow', 'equal', 'fail', 'ifError',
  'match', 'notDeepEqual', 'notDeepStrictEqual', 'notEqual', 'notStrictEqual', 'partialDeepStrictEqual', 'rejects',
  'strictEqual', 'throws'];

let methods;

function getMethods() {
  if (methods === undefined) {
    const assert = require('assert');
    methods = new Map(shared.map((name) => [name, assert[name]]));
    methods.set('snapshot', undefined);
    methods.set('fileSnapshot', undefined);
  }
  return methods;
}

function register(name, fn) {
  validateString(name, 'name');
  validateFunction(fn, 'fn');
  getMethods().set(name, fn);
}

function makeAssert(test, context) {
  const assert = { __proto__: null };
  const { snapshot, fileSnapshot } = require('internal/test_runner/snapshot').snapshotAssertions(test);
  const own = { __proto__: null, snapshot, fileSnapshot };
  for (const { 0: name, 1: registered } of getMethods()) {
    const fn = registered ?? own[name];
    assert[name] = (...args) => {
      test.plan?.increase();
      return Reflect.apply(fn, context, args);
    };
  }
  if (assert.ok === undefined) {
    // The message of a failed ok() quotes the call: its position is that of the caller of this function.
    assert.ok = function ok(...args) {
      test.plan?.increase();
      if (!args[0]) require('internal/assert/ok').failOk(ok, args.length, args[0], args.slice(1), 'simple');
    };
  }
  return assert;
}

module.exports = { makeAssert, register };

// SPDX-License-Identifier: MIT
'use strict';

// node:test/reporters.

let dot;
let junit;
let tap;

function spec(...options) {
  const { SpecReporter } = require('internal/test_runner/reporter/spec');
  return new SpecReporter(...options);
}

function lcov(...options) {
  const { LcovReporter } = require('internal/test_runner/reporter/lcov');
  return new LcovReporter(...options);
}

Object.defineProperties(module.exports, {
  dot: {
    __proto__: null, configurable: true, enumerable: true,
    get: () => dot ??= require('internal/test_runner/reporter/dot'),
  },
  junit: {
    __proto__: null, configurable: true, enumerable: true,
    get: () => junit ??= require('internal/test_runner/reporter/junit'),
  },
  spec: { __proto__: null, configurable: true, enumerable: true, value: spec },
  tap: {
    __proto__: null, configurable: true, enumerable: true,
    get: () => tap ??= require('internal/test_runner/reporter/tap'),
  },
  lcov: { __proto__: null, configurable: true, enumerable: true, value: lcov },
});

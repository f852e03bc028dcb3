// SPDX-License-Identifier: MIT
'use strict';

// The timers module.

const {
  setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate,
} = require('internal/timers');

const kPromisify = Symbol.for('nodejs.util.promisify.custom');

for (const [fn, name] of [[setTimeout, 'setTimeout'], [setImmediate, 'setImmediate']]) {
  Object.defineProperty(fn, kPromisify, {
    __proto__: null,
    enumerable: true,
    configurable: true,
    get() {
      return require('timers/promises')[name];
    },
  });
}

module.exports = { setTimeout, clearTimeout, setImmediate, clearImmediate, setInterval, clearInterval };

Object.defineProperty(module.exports, 'promises', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return require('timers/promises');
  },
});

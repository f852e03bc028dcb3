// SPDX-License-Identifier: MIT
'use strict';

// process.env: an object whose properties follow the environment. Reading is plain property access; every change passes
// through a trap and reaches the system too. Values are strings, whatever is assigned.

const { setenv, unsetenv } = internalBinding('process');

function refuse(message) {
  const { ERR_INVALID_OBJECT_DEFINE_PROPERTY } = require('internal/errors').codes;
  return new ERR_INVALID_OBJECT_DEFINE_PROPERTY(message);
}

const handler = {
  __proto__: null,
  set(target, key, value) {
    if (typeof key === 'symbol' || typeof value === 'symbol') {
      throw new TypeError('Cannot convert a Symbol value to a string');
    }
    const text = `${value}`;
    target[key] = text;
    setenv(key, text);
    return true;
  },
  defineProperty(target, key, descriptor) {
    if ('value' in descriptor) {
      if (!descriptor.configurable || !descriptor.writable || !descriptor.enumerable) {
        throw refuse("'process.env' only accepts a configurable, writable, and enumerable data descriptor");
      }
      return handler.set(target, key, descriptor.value);
    }
    if ('get' in descriptor || 'set' in descriptor) {
      throw refuse("'process.env' does not accept an accessor(getter/setter) descriptor");
    }
    throw refuse("'process.env' only accepts a configurable, writable, and enumerable data descriptor");
  },
  deleteProperty(target, key) {
    if (typeof key !== 'symbol') {
      delete target[key];
      unsetenv(key);
    }
    return true;
  },
};

function makeEnv(values) {
  return new Proxy(values, handler);
}

module.exports = { makeEnv };

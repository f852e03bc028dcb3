// SPDX-License-Identifier: MIT
'use strict';

// process.env: an object whose properties follow the environment. Reading is plain property access; every change passes
// through a trap and reaches the system too. Values are strings, whatever is assigned.

const { environment, environmentVersion, setenv, unsetenv } = internalBinding('process');

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

let target;

function makeEnv(values) {
  target = values;
  return new Proxy(values, handler);
}

// From now on other threads change the variables too (SHARE_ENV): whoever reads looks first whether something changed.
function shareEnv() {
  if (handler.get !== undefined) {
    return;
  }
  let seen = environmentVersion();
  const refresh = () => {
    const version = environmentVersion();
    if (version === seen) {
      return;
    }
    seen = version;
    const values = environment();
    for (const key of Object.keys(target)) {
      if (!Object.hasOwn(values, key)) {
        delete target[key];
      }
    }
    Object.assign(target, values);
  };
  for (const trap of ['get', 'has', 'ownKeys', 'getOwnPropertyDescriptor']) {
    handler[trap] = (...args) => {
      refresh();
      return Reflect[trap](...args);
    };
  }
}

// --trace-env: each access is told of. isDeep: with the stack.
function traceEnv(isDeep) {
  const names = { __proto__: null, get: 'get', has: 'query', getOwnPropertyDescriptor: 'query', set: 'set',
                  defineProperty: 'set', deleteProperty: 'delete', ownKeys: 'enumerate environment variables' };
  let isOwn = false; // an assignment asks for the property and defines it
  for (const trap of Object.keys(names)) {
    const plain = handler[trap] ?? Reflect[trap];
    const traced = (object, key, ...rest) => {
      const speaks = !isOwn && typeof key !== 'symbol';
      if (speaks) tell(trap === 'ownKeys' ? names[trap] : `${names[trap]} "${key}"`, isDeep && traced);
      const before = isOwn;
      isOwn ||= trap === 'set' || trap === 'defineProperty';
      try {
        return plain(object, key, ...rest);
      } finally {
        isOwn = before;
      }
    };
    handler[trap] = traced;
  }
}

function tell(text, below) {
  let stack = '';
  if (below) {
    const holder = {};
    Error.captureStackTrace(holder, below);
    stack = `\n${holder.stack.split('\n').slice(1).map((line, k) => line.replace(/^ {4}at /, () => `${k + 1}: `)).join('\n')}\n`;
  }
  process._rawDebug(`[--trace-env] ${text}${stack}`);
}

module.exports = { makeEnv, shareEnv, traceEnv };

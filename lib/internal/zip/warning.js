// SPDX-License-Identifier: MIT
'use strict';

// The public faces of the ZIP classes and functions: the first use of any warns that the API is experimental. The
// archive's own code uses the classes behind them.

const { emitExperimentalWarning } = require('internal/util');

function warn() {
  emitExperimentalWarning('The zlib ZIP archive API');
}

function warnedFunction(fn) {
  return function(...args) {
    warn();
    return Reflect.apply(fn, this, args);
  };
}

function warnedClass(Base) {
  const Face = class extends Base {
    constructor(...args) {
      warn();
      super(...args);
    }

    static [Symbol.hasInstance](value) {
      return this === Face ? value instanceof Base : Function.prototype[Symbol.hasInstance].call(this, value);
    }
  };
  Object.defineProperty(Face, 'name', { __proto__: null, value: Base.name, configurable: true });
  if (Base.name === 'ZipBuffer') {
    Object.defineProperty(Face, 'length', { __proto__: null, value: Base.length, configurable: true });
  }
  for (const name of Object.getOwnPropertyNames(Base)) {
    if (typeof Base[name] === 'function') {
      const fn = warnedFunction(Base[name].bind(Base));
      Object.defineProperty(Face, name, { __proto__: null, value: fn, writable: true, configurable: true });
    }
  }
  return Face;
}

module.exports = { warnedClass, warnedFunction };

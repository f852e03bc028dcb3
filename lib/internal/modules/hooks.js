// SPDX-License-Identifier: MIT
'use strict';

// module.registerHooks(): functions of the program in the way from a specifier to a URL (resolve) and from a URL to a
// source (load), for require() and import alike. The last registered runs first; each may ask the next one.

const { codes } = require('internal/errors');
const { validateFunction, validateObject } = require('internal/validators');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');

const { ERR_INVALID_RETURN_PROPERTY_VALUE } = codes;

const chains = { __proto__: null, resolve: [], load: [] };

class ModuleHooks {
  #hooks;

  constructor(hooks) {
    this.#hooks = hooks;
  }

  deregister() {
    for (const kind of ['resolve', 'load']) {
      const at = chains[kind].indexOf(this.#hooks[kind]);
      if (at !== -1) {
        chains[kind].splice(at, 1);
      }
    }
  }
}

function registerHooks(options) {
  validateObject(options, 'hooks');
  const { resolve, load } = options;
  if (resolve !== undefined) {
    validateFunction(resolve, 'hooks.resolve');
  }
  if (load !== undefined) {
    validateFunction(load, 'hooks.load');
  }
  // Each registration is its own, of whatever functions: deregistering takes these away and no others.
  const own = {
    resolve: resolve && ((...args) => Reflect.apply(resolve, undefined, args)),
    load: load && ((...args) => Reflect.apply(load, undefined, args)),
  };
  for (const kind of ['resolve', 'load']) {
    if (own[kind] !== undefined) {
      chains[kind].push(own[kind]);
    }
  }
  require('internal/modules/cjs/loader').useHooks(module.exports);
  return new ModuleHooks(own);
}

function hasResolveHooks() {
  return chains.resolve.length > 0;
}

function hasLoadHooks() {
  return chains.load.length > 0;
}

// Runs a chain from its end: each hook with (subject, context, next); `last` is what the first one's next does.
function runChain(kind, subject, context, last, check) {
  const hooks = [...chains[kind]];
  const run = (index, value, given) => {
    if (index < 0) {
      return last(value, given);
    }
    let asked = false;
    const next = (nextValue, nextContext) => {
      asked = true;
      return run(index - 1, nextValue, { ...given, ...nextContext });
    };
    const result = hooks[index](value, given, next);
    if (!asked && !result?.shortCircuit) {
      throw new ERR_INVALID_RETURN_PROPERTY_VALUE('true', kind, 'shortCircuit', result?.shortCircuit);
    }
    check(result);
    return result;
  };
  return run(hooks.length - 1, subject, context);
}

function checkObject(kind, result) {
  if (result === null || typeof result !== 'object') {
    throw new codes.ERR_INVALID_RETURN_VALUE('an object', `${kind} hook`, result);
  }
}

function checkResolved(result) {
  checkObject('resolve', result);
  const { url, format } = result;
  if (typeof url !== 'string') {
    throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a URL string', 'resolve', 'url', url);
  }
  if (format !== undefined && format !== null && typeof format !== 'string') {
    throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a string', 'resolve', 'format', format);
  }
}

function checkLoaded(result) {
  checkObject('load', result);
  const { source, format } = result;
  if (format === 'builtin' || (source === null && (format === 'commonjs' || format === 'addon'))) {
    return;
  }
  if (typeof source !== 'string' && !isAnyArrayBuffer(source) && !isArrayBufferView(source)) {
    throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a string, an ArrayBuffer, or a TypedArray', 'load', 'source', source);
  }
}

function checkConditions(conditions) {
  if (conditions !== undefined && !Array.isArray(conditions)) {
    throw new codes.ERR_INVALID_ARG_VALUE('context.conditions', conditions, 'expected an array');
  }
}

// { url, format, importAttributes }: defaultResolve(specifier, context) is the loader's own.
function resolveWithHooks(specifier, parentURL, importAttributes, conditions, defaultResolve) {
  const context = { parentURL, importAttributes, conditions };
  const last = (wanted, given) => {
    checkConditions(given.conditions);
    return defaultResolve(wanted, given);
  };
  const result = runChain('resolve', specifier, context, last, checkResolved);
  return { importAttributes, ...result };
}

// { format, source }: defaultLoad(url, context) is the loader's own.
function loadWithHooks(url, format, importAttributes, conditions, defaultLoad) {
  return runChain('load', url, { format, importAttributes, conditions }, defaultLoad, checkLoaded);
}

// A source in any of its kinds as text.
function textOf(source) {
  if (typeof source === 'string') {
    return source;
  }
  const { Buffer } = require('buffer');
  const bytes = isAnyArrayBuffer(source) ? Buffer.from(source) : Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  return bytes.toString('utf8');
}

module.exports = { hasLoadHooks, hasResolveHooks, loadWithHooks, registerHooks, resolveWithHooks, textOf };

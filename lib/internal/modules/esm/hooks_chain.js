// SPDX-License-Identifier: MIT
'use strict';

// The chains of asynchronous hooks, on the hooks' thread: what module.register() and --experimental-loader name is loaded
// here, each with the help of those before it. The last registered runs first; each may ask the next one.

const { codes } = require('internal/errors');
const { validateObject, validateString } = require('internal/validators');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { kEmptyObject } = require('internal/util');

const { ERR_INVALID_RETURN_PROPERTY_VALUE, ERR_INVALID_RETURN_VALUE, ERR_LOADER_CHAIN_INCOMPLETE } = codes;

const nextNames = { __proto__: null, resolve: 'nextResolve', load: 'nextLoad' };

let warned = false;

function warnOfAlias() {
  if (!warned) {
    warned = true;
    process.emitWarning('Use `importAttributes` instead of `importAssertions`', 'ExperimentalWarning');
  }
}

// The former name of importAttributes: still there, with a warning.
function addAlias(context) {
  return Object.defineProperty(context, 'importAssertions', {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() {
      warnOfAlias();
      return this.importAttributes;
    },
    set(value) {
      warnOfAlias();
      this.importAttributes = value;
    },
  });
}

// What a hook gave its next one, over what it was given.
function mergeContexts(context, given) {
  const { importAssertions, ...rest } = given;
  const whole = { ...context, ...rest };
  if (importAssertions !== undefined) {
    warnOfAlias();
    whole.importAttributes = importAssertions;
  }
  return addAlias(whole);
}

class HookChains {
  #resolve = [{ fn: defaultResolve, url: 'node:internal/modules/esm/resolve' }];
  #load = [{ fn: defaultLoad, url: 'node:internal/modules/esm/load' }];
  #warned = false;

  // Loads a module of hooks and runs its initialize().
  async register(specifier, parentURL, data) {
    const loader = require('internal/modules/esm/loader');
    const url = specifier;
    const { initialize, resolve, load, globalPreload } = await loader.importDynamically(specifier, {}, parentURL);
    if (globalPreload !== undefined && initialize === undefined && !this.#warned) {
      this.#warned = true;
      process.emitWarning('`globalPreload` has been removed; use `initialize` instead.', 'UnsupportedWarning');
    }
    if (typeof resolve === 'function') {
      this.#resolve.push({ fn: resolve, url });
    }
    if (typeof load === 'function') {
      this.#load.push({ fn: load, url });
    }
    await initialize?.(data);
  }

  async resolve(specifier, parentURL, importAttributes = {}) {
    const { conditionsForImport } = require('internal/modules/package');
    const context = addAlias({ conditions: [...conditionsForImport()], importAttributes, parentURL });
    const state = { isDone: false, isShort: false, what: '' };
    const result = await this.#next('resolve', this.#resolve, this.#resolve.length - 1, context, state)(specifier, context);
    checkObject(result, state);
    if (result.shortCircuit === true) {
      state.isShort = true;
    }
    if (!state.isDone && !state.isShort) {
      throw new ERR_LOADER_CHAIN_INCOMPLETE(state.what.replace(/ hook's next\w+\(\)$/, ''));
    }
    const { format, url } = result;
    let { importAttributes: attributes } = result;
    if (attributes === undefined && Object.hasOwn(result, 'importAssertions') && result.importAssertions !== undefined) {
      warnOfAlias();
      attributes = result.importAssertions;
    }
    if (attributes !== undefined && (attributes === null || typeof attributes !== 'object')) {
      throw new ERR_INVALID_RETURN_PROPERTY_VALUE('an object', state.what, 'importAttributes', attributes);
    }
    if (typeof url !== 'string') {
      throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a URL string', state.what, 'url', url);
    }
    const { URL } = require('internal/url');
    if (!URL.canParse(url)) {
      throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a URL string', state.what, 'url', url);
    }
    if (format !== undefined && format !== null && typeof format !== 'string') {
      throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a string', state.what, 'format', format);
    }
    return { format, importAttributes: attributes ?? importAttributes, url };
  }

  async load(url, { format, importAttributes = {} } = kEmptyObject) {
    const context = addAlias({ format, importAttributes });
    const state = { isDone: false, isShort: false, what: '' };
    const result = await this.#next('load', this.#load, this.#load.length - 1, context, state)(url, context);
    checkObject(result, state);
    if (result.shortCircuit === true) {
      state.isShort = true;
    }
    if (!state.isDone && !state.isShort) {
      throw new ERR_LOADER_CHAIN_INCOMPLETE(state.what.replace(/ hook's next\w+\(\)$/, ''));
    }
    const { format: actual, responseURL = url, source } = result;
    if (actual === undefined || actual === null || typeof actual !== 'string') {
      throw new ERR_INVALID_RETURN_PROPERTY_VALUE('a string', state.what, 'format', actual);
    }
    const isText = typeof source === 'string' || isAnyArrayBuffer(source) || isArrayBufferView(source);
    const mayLack = actual === 'builtin' || actual === 'commonjs' || actual === 'addon';
    if (!isText && !(mayLack && (source === null || source === undefined))) {
      const hook = source === undefined || source === null ? 'load' : state.what;
      throw new ERR_INVALID_RETURN_PROPERTY_VALUE('string, array buffer, or typed array', hook, 'source', source);
    }
    return { format: actual, responseURL, source: source ?? null };
  }

  // The function that calls the hook at `index` of a chain.
  #next(kind, chain, index, context, state) {
    const { fn, url } = chain[index];
    const name = nextNames[kind];
    const what = `${url} '${kind}' hook's ${name}()`;
    const step = { [name]: async (subject, given) => {
      state.what = what;
      if (typeof subject !== 'string') {
        throw new codes.ERR_INVALID_ARG_TYPE(
          `${what} ${kind === 'resolve' ? 'specifier' : 'url'}`, 'string', subject);
      }
      if (kind === 'load' && index < chain.length - 1 && !require('internal/url').URL.canParse(subject)) {
        throw new codes.ERR_INVALID_ARG_VALUE(`${what} url`, subject, 'should be a URL string');
      }
      if (given !== undefined) {
        validateObject(given, `${what} context`);
      }
      if (given?.conditions !== undefined && !Array.isArray(given.conditions)) {
        throw new codes.ERR_INVALID_ARG_VALUE('context.conditions', given.conditions, 'expected an array');
      }
      const whole = given === undefined || given === context ? context : mergeContexts(context, given);
      if (index === 0) {
        state.isDone = true;
        return fn(subject, whole);
      }
      const result = await Reflect.apply(fn, undefined,
                                         [subject, whole, this.#next(kind, chain, index - 1, whole, state)]);
      if (index < chain.length - 1) {
        state.what = what;
        checkObject(result, state);
      }
      if (result?.shortCircuit === true) {
        state.isShort = true;
      }
      // What the hooks behind did not do, this one answers for.
      state.what = what;
      return result;
    } };
    return step[name];
  }
}

function checkObject(result, state) {
  if (result === null || typeof result !== 'object') {
    throw new ERR_INVALID_RETURN_VALUE('an object', state.what, result);
  }
}

function defaultResolve(specifier, context) {
  const { guessFormat } = require('internal/modules/esm/formats');
  const url = require('internal/modules/esm/resolve').resolve(specifier, context.parentURL, new Set(context.conditions));
  return { __proto__: null, url, format: guessFormat(url) };
}

function defaultLoad(url, context) {
  return require('internal/modules/esm/formats').defaultLoad(url, context, true);
}

module.exports = { HookChains };

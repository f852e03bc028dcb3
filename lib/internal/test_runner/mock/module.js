// SPDX-License-Identifier: MIT
'use strict';

// mock.module(): what require() and import get for a module instead of it. The caches of the loaders are left alone:
// while a module is mocked its URL leads elsewhere, to one made from the given exports, each time anew unless the mock
// says `cache`.

const { BuiltinModule } = require('internal/bootstrap/realm');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE } } = require('internal/errors');
const cjs = require('internal/modules/cjs/loader');
const { isURL, pathToFileURL } = require('internal/url');
const { validateBoolean, validateObject } = require('internal/validators');

const parameter = 'node-test-mock';

const mocks = new Map(); // URL -> MockModuleContext
const deprecated = new Set();

let version = 0;

// The loaders' side of a MockModuleContext, set by the class itself: programs do not see it.
let exportsOf;
let mockedUrl;
let syntheticOf;

class MockModuleContext {
  #url;
  #settings;
  #version;
  #exports;

  constructor(url, specifier, settings) {
    if (mocks.has(url)) throw new ERR_INVALID_STATE(`Cannot mock '${specifier}'. The module is already mocked.`);
    this.#url = url;
    this.#settings = settings;
    mocks.set(url, this);
    cjs.tracing.mocks = loaders;
  }

  restore() {
    if (mocks.get(this.#url) !== this) return;
    mocks.delete(this.#url);
    if (mocks.size === 0) cjs.tracing.mocks = undefined;
  }

  static {
    exportsOf = (mock) => mock.#exportsNow();
    mockedUrl = (mock) => mock.#urlNow();
    syntheticOf = (mock) => mock.#synthetic();
  }

  // What require() gives.
  #exportsNow() {
    const { cache, named, hasDefault, value } = this.#settings;
    if (cache && this.#exports !== undefined) return this.#exports.value;
    const exports = hasDefault ? value : {};
    const names = Object.keys(named);
    if (names.length > 0 && (exports === null || typeof exports !== 'object')) {
      throw new Error('Cannot create mock because named exports cannot be applied to the provided default export.');
    }
    for (const name of names) {
      Object.defineProperty(exports, name, Object.getOwnPropertyDescriptor(named, name));
    }
    this.#exports = { value: exports };
    return exports;
  }

  #urlNow() {
    if (!this.#settings.cache || this.#version === undefined) this.#version = ++version;
    return `${this.#url}?${parameter}=${this.#version}`;
  }

  // What import gives: { format, names, get(name) }.
  #synthetic() {
    const { format, named, hasDefault, value } = this.#settings;
    if (format === 'module') {
      const names = Object.keys(named);
      return {
        format, names: hasDefault ? ['default', ...names] : names,
        get: (name) => (name === 'default' && hasDefault ? value : named[name]),
      };
    }
    const exports = this.#exportsNow();
    const names = Object.keys(named).filter((name) => name !== 'default');
    return { format, names: ['default', ...names], get: (name) => (name === 'default' ? exports : named[name]) };
  }
}

function urlOfFile(filename) {
  return pathToFileURL(filename).href;
}

// What the loaders ask while something is mocked.
const loaders = {
  // For require(request): { exports }, undefined when it is not mocked.
  required(request, parent, isMain) {
    const id = BuiltinModule.normalizeRequirableId(request);
    let url;
    if (id === undefined) {
      const filename = cjs.Module._resolveFilename(request, parent, isMain);
      const builtin = BuiltinModule.normalizeRequirableId(filename);
      url = builtin === undefined ? urlOfFile(filename) : `node:${builtin}`;
    } else {
      url = `node:${id}`;
    }
    const mock = mocks.get(url);
    return mock === undefined ? undefined : { exports: exportsOf(mock) };
  },

  // Where an import that was resolved to `url` leads.
  redirected(url) {
    const mock = mocks.get(url);
    return mock === undefined ? url : mockedUrl(mock);
  },

  // { url, format, names, get } for a URL that redirected() made.
  synthetic(url) {
    const at = url.indexOf(`?${parameter}=`);
    const mock = at === -1 ? undefined : mocks.get(url.slice(0, at));
    return mock === undefined ? undefined : { url: url.slice(0, at), ...syntheticOf(mock) };
  },
};

function warnOfOld(name, instead) {
  if (deprecated.has(name)) return;
  deprecated.add(name);
  process.emitWarning(`mock.module(): options.${name} is deprecated. Use options.${instead} instead.`, 'DeprecationWarning');
}

// { named, hasDefault, value } from options.exports, or from what it was once.
function readExports(options) {
  const { exports, namedExports } = options;
  if (exports !== undefined) {
    validateObject(exports, 'options.exports');
    for (const old of ['namedExports', 'defaultExport']) {
      if (old in options) throw new ERR_INVALID_ARG_VALUE('options.exports', exports, `cannot be used with 'options.${old}'`);
    }
    const named = { __proto__: null, ...Object.getOwnPropertyDescriptors(exports) };
    delete named.default;
    return { named: Object.defineProperties({}, named), hasDefault: 'default' in exports, value: exports.default };
  }
  if (namedExports !== undefined) {
    validateObject(namedExports, 'options.namedExports');
    warnOfOld('namedExports', 'exports');
  }
  const hasDefault = 'defaultExport' in options;
  if (hasDefault) warnOfOld('defaultExport', 'exports.default');
  return { named: namedExports ?? {}, hasDefault, value: options.defaultExport };
}

// { url, format } of what `specifier` means where the mock is made.
function resolveFrom(specifier, caller) {
  const id = BuiltinModule.normalizeRequirableId(specifier);
  if (id !== undefined) return { url: `node:${id}`, format: 'builtin' };
  const { resolve } = require('internal/modules/esm/resolve');
  const { formatOf } = require('internal/modules/esm/formats');
  const from = caller === undefined ? `${urlOfFile(process.cwd())}/` : urlOfFile(caller.file);
  const url = resolve(specifier, from);
  const format = formatOf(url);
  if (format !== 'detect') return { url, format };
  const { detect, sourceOf } = require('internal/modules/esm/formats');
  return { url, format: detect(url, sourceOf(url)) };
}

// caller: where the call is, { file }.
function mockModule(specifier, options, caller) {
  if (isURL(specifier)) {
    specifier = specifier.href;
  } else if (typeof specifier !== 'string') {
    throw new ERR_INVALID_ARG_TYPE('specifier', ['string', 'URL'], specifier);
  }
  validateObject(options, 'options');
  require('internal/util').emitExperimentalWarning('Module mocking');
  const { cache = false } = options;
  validateBoolean(cache, 'options.cache');
  const settings = { cache, ...readExports(options) };
  const { url, format } = resolveFrom(specifier, caller);
  return new MockModuleContext(url, specifier, { ...settings, format });
}

module.exports = { mockModule };

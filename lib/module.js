// SPDX-License-Identifier: MIT
'use strict';

// The module module: the CommonJS Module class with its static members.

const { Module } = require('internal/modules/cjs/loader');
const { BuiltinModule } = require('internal/bootstrap/realm');
const { codes } = require('internal/errors');

function unavailable(name) {
  return { [name]() {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`module.${name}`);
  } }[name];
}

Module.syncBuiltinESMExports = function syncBuiltinESMExports() {
  require('internal/modules/esm/loader').syncBuiltinExports();
};
Module.Module = Module;
Module.registerHooks = function registerHooks(hooks) {
  return require('internal/modules/hooks').registerHooks(hooks);
};
Module.builtinModules = Object.freeze(BuiltinModule.getAllBuiltinModuleIds());
Module.runMain = function runMain(main = process.argv[1]) {
  require('internal/modules/run_main').executeUserEntryPoint(main);
};
Module.register = function register(specifier, parentURL = undefined, options = undefined) {
  return require('internal/modules/esm/hooks_client').register(specifier, parentURL, options);
};
Module.constants = Object.freeze({
  __proto__: null,
  compileCacheStatus: Object.freeze({ __proto__: null, FAILED: 0, ENABLED: 1, ALREADY_ENABLED: 2, DISABLED: 3 }),
});

Module.enableCompileCache = function enableCompileCache(options) {
  return require('internal/modules/compile_cache').enableCompileCache(options);
};
Module.findPackageJSON = function findPackageJSON(specifier, base = undefined) {
  const packages = require('internal/modules/package');
  const path = require('path');
  const { fileURLToPath } = require('internal/url');
  const toPath = (value) => (typeof value === 'string' && path.isAbsolute(value) ? value : fileURLToPath(value));
  if (arguments.length === 0) {
    throw new codes.ERR_MISSING_ARGS('specifier');
  }
  const text = `${specifier}`;
  const isBare = typeof specifier === 'string' && !/^(\.{0,2}\/|[a-z][a-z0-9+.-]*:)/i.test(text) && text !== '.' &&
    text !== '..';
  if (!isBare) {
    const parent = base === undefined ? undefined : toPath(base);
    const target = /^\.{1,2}(\/|$)/.test(text) ? path.resolve(parent ? path.dirname(parent) : process.cwd(), text) :
      toPath(specifier);
    // A folder is looked into, a file's folder is where the search starts.
    return packages.scopeOf(target.endsWith('/') || !path.extname(target) ? path.join(target, '_') : target)?.path;
  }
  const parsed = packages.parseName(text);
  for (const folder of Module._nodeModulePaths(path.dirname(toPath(base)))) {
    const info = packages.read(path.join(folder, parsed.name, 'package.json'));
    if (info.exists) {
      return info.path;
    }
  }
  return undefined;
};
Module.flushCompileCache = function flushCompileCache() {
  require('internal/modules/compile_cache').flush();
};
Module.getCompileCacheDir = function getCompileCacheDir() {
  return require('internal/modules/compile_cache').folder();
};
Module.stripTypeScriptTypes = function stripTypeScriptTypes(code, options = undefined) {
  return require('internal/modules/typescript').stripTypeScriptTypes(code, options);
};
const cache = () => require('internal/source_map/cache');
Module.findSourceMap = function findSourceMap(path) {
  return cache().findSourceMap(path);
};
Object.defineProperty(Module, 'SourceMap', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    const { SourceMap } = require('internal/source_map/source_map');
    this.SourceMap = SourceMap;
    return SourceMap;
  },
  set(value) {
    Object.defineProperty(Module, 'SourceMap', {
      __proto__: null, value, writable: true, enumerable: true, configurable: true,
    });
  },
});
Module.getSourceMapsSupport = function getSourceMapsSupport() {
  return cache().getSourceMapsSupport();
};
Module.setSourceMapsSupport = function setSourceMapsSupport(enabled, options = undefined) {
  cache().setSourceMapsSupport(enabled, options);
};

module.exports = Module;

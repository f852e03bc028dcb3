// SPDX-License-Identifier: MIT
'use strict';

// Runs Culm's core library on another JavaScript runtime (Node 26), so that library code can be tested without the
// engine: every file under lib/ is compiled by Culm's convention, and `internalBinding(name)` is served by
// tests/lib/bindings/<name>.js, written over the host's own modules.
//
//   node tests/lib/standin.js FILE [args]      run FILE with `require` and the globals of Culm's library
//   require('./standin')                       { requireBuiltin, internalBinding, runFile }

const fs = require('fs');
const path = require('path');
const vm = require('vm');
const Module = require('module');

const libDir = process.env.CULM_LIB_DIR || path.resolve(__dirname, '../../lib');
const bindingDir = path.join(__dirname, 'bindings');

const fileOf = (id) => path.join(libDir, id + '.js');
const params = ['exports', 'require', 'module', 'process', 'internalBinding', 'primordials'];

function compileFunction(id) {
  const filename = fileOf(id);
  return vm.compileFunction(fs.readFileSync(filename, 'utf8'), params, { filename });
}

const idCache = new Map();
function has(id) {
  let known = idCache.get(id);
  if (known === undefined) idCache.set(id, known = fs.existsSync(fileOf(id)));
  return known;
}

const bindings = { __proto__: null, builtins: { compileFunction, has } };
function internalBinding(name) {
  if (!(name in bindings)) {
    const file = path.join(bindingDir, name + '.js');
    if (!fs.existsSync(file)) throw new Error(`No such binding: ${name}`);
    bindings[name] = {};
    const made = require(file);
    bindings[name] = typeof made === 'function' ? made({ requireBuiltin: (id) => realm.require(id) }) : made;
  }
  return bindings[name];
}

const realmModule = { exports: {} };
compileFunction('internal/bootstrap/realm')(
  realmModule.exports, undefined, realmModule, process, internalBinding, {});
const realm = realmModule.exports;

// Globals that are the library's own, given to the program as parameters: replacing them on globalThis would
// break the host under our feet.
const globalSources = {
  Buffer: ['buffer', 'Buffer'],
  Blob: ['buffer', 'Blob'],
  File: ['buffer', 'File'],
  atob: ['buffer', 'atob'],
  btoa: ['buffer', 'btoa'],
  URL: ['url', 'URL'],
  URLSearchParams: ['url', 'URLSearchParams'],
  TextEncoder: ['util', 'TextEncoder'],
  TextDecoder: ['util', 'TextDecoder'],
  EventTarget: ['internal/event_target', 'EventTarget'],
  Event: ['internal/event_target', 'Event'],
  CustomEvent: ['internal/event_target', 'CustomEvent'],
  AbortController: ['internal/abort_controller', 'AbortController'],
  AbortSignal: ['internal/abort_controller', 'AbortSignal'],
};

function makeRequire(filename) {
  const hostRequire = Module.createRequire(filename);
  const cache = new Map();
  function requireForProgram(spec) {
    const id = spec.startsWith('node:') ? spec.slice(5) : spec;
    if (realm.BuiltinModule.canBeRequiredByUsers(id) || id.startsWith('internal/')) {
      if (has(id)) return realm.BuiltinModule.requireForUsers(id);
    }
    if (spec.startsWith('.') || path.isAbsolute(spec)) {
      const resolved = hostRequire.resolve(spec);
      if (resolved.endsWith('.json')) return hostRequire(resolved);
      if (!cache.has(resolved)) {
        const mod = { exports: {}, filename: resolved, id: resolved, children: [], parent: null };
        cache.set(resolved, mod);
        runModule(resolved, mod, requireForProgram);
      }
      return cache.get(resolved).exports;
    }
    return hostRequire(spec);
  }
  requireForProgram.resolve = hostRequire.resolve;
  requireForProgram.main = undefined;
  requireForProgram.cache = hostRequire.cache;
  return requireForProgram;
}

function runModule(filename, mod, req) {
  req ??= makeRequire(filename);
  const names = [];
  const values = [];
  for (const name of Object.keys(globalSources)) {
    const [id, key] = globalSources[name];
    if (!has(id)) continue;
    names.push(name);
    values.push(realm.require(id)[key]);
  }
  if (process.env.CULM_STANDIN_CONSOLE && has('console')) {
    names.push('console');
    values.push(realm.require('console'));
  }
  const source = fs.readFileSync(filename, 'utf8').replace(/^#!.*/, '');
  const fn = vm.compileFunction(source, ['exports', 'require', 'module', '__filename', '__dirname', ...names],
    { filename, importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER });
  fn.call(mod.exports, mod.exports, req, mod, filename, path.dirname(filename), ...values);
  return mod.exports;
}

function runFile(file) {
  const filename = path.resolve(file);
  return runModule(filename, { exports: {}, filename, id: '.', children: [], parent: null });
}

module.exports = { requireBuiltin: realm.require, internalBinding: realm.internalBinding, realm, runFile };

if (require.main === module) {
  const file = process.argv[2];
  if (file === undefined) {
    process.stderr.write('usage: standin.js FILE [args]\n');
    process.exit(2);
  }
  process.argv.splice(1, 2, path.resolve(file));
  runFile(file);
}

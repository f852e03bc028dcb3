// SPDX-License-Identifier: MIT
'use strict';

// The loader of the core library: the first file that runs in a realm. It serves `require` for library files by id and,
// through BuiltinModule, for programs. C enters here with the `primordials` (functions as they are before any program
// ran, src/builtins/originals.c; `ArrayPrototypePush(array, x)` is Array.prototype.push uncurried) and the raw `internalBinding`, and takes from `module.exports`:
//   require(id)          the library's own require
//   internalBinding(id)  the cached form every library file receives
//   BuiltinModule        for the CommonJS and ES module loaders
// Nothing but this file and what it names is compiled before the program asks for it.

const rawBinding = internalBinding;
const bindingCache = { __proto__: null };

function cachedBinding(name) {
  const found = bindingCache[name];
  if (found !== undefined) return found;
  return bindingCache[name] = rawBinding(name);
}

const { compileFunction, has: hasId } = cachedBinding('builtins');

{
  const { bind, call } = Function.prototype;
  primordials.uncurryThis = bind.bind(call);
  Object.setPrototypeOf(primordials, null);
  Object.preventExtensions(primordials);
}

// What programs may require. The second list needs the `node:` scheme, because npm packages of that name exist.
const publicIds = '_http_agent _http_client _http_common _http_incoming _http_outgoing _http_server _tls_common ' +
  '_tls_wrap assert assert/strict async_hooks buffer child_process cluster console constants crypto dgram ' +
  'diagnostics_channel dns dns/promises domain events fs fs/promises http http2 https inspector ' +
  'inspector/promises module net os path path/posix path/win32 perf_hooks process punycode querystring readline ' +
  'readline/promises repl stream stream/consumers stream/promises stream/web string_decoder sys timers ' +
  'timers/promises tls trace_events tty url util util/types v8 vm wasi worker_threads zlib';
const schemeOnlyIds = 'ffi sea sqlite test test/reporters';

let publicSet;
let schemeOnlySet;

function isPublic(id) {
  publicSet ??= new Set(publicIds.split(' ').filter(hasId));
  return publicSet.has(id);
}

function isSchemeOnly(id) {
  schemeOnlySet ??= new Set(schemeOnlyIds.split(' ').filter(hasId));
  return schemeOnlySet.has(id);
}

const modules = { __proto__: null };

class BuiltinModule {
  // Fields, not assignments: nothing that a program did to Object.prototype is in the way.
  exports = {};
  loaded = false;
  loading = false;
  facade = undefined;

  constructor(id) {
    this.id = id;
    this.filename = id + '.js';
  }

  // The module of a library id, compiled and run once; a module in a cycle is seen half made, as in CommonJS.
  static load(id) {
    let mod = modules[id];
    if (mod === undefined) {
      if (!hasId(id)) throw new Error(`No such built-in module: ${id}`);
      mod = modules[id] = new BuiltinModule(id);
      mod.compile();
    }
    return mod;
  }

  compile() {
    this.loading = true;
    try {
      const fn = compileFunction(this.id);
      fn(this.exports, requireBuiltin, this, process, cachedBinding, primordials);
      this.loaded = true;
    } finally { // not catch: an uncaught error is reported where it was thrown
      this.loading = false;
      if (!this.loaded) delete modules[this.id];
    }
  }

  // Has a library file run to its end?
  static isLoaded(id) {
    return modules[id]?.loaded === true;
  }

  static exists(id) {
    return hasId(id);
  }

  static canBeRequiredByUsers(id) {
    return isPublic(id) || isSchemeOnly(id);
  }

  static canBeRequiredWithoutScheme(id) {
    return isPublic(id);
  }

  // 'fs' and 'node:fs' give 'fs'; 'node:test' gives 'test'; 'test' and everything else gives undefined.
  static normalizeRequirableId(specifier) {
    if (specifier.startsWith('node:')) {
      const id = specifier.slice(5);
      return BuiltinModule.canBeRequiredByUsers(id) ? id : undefined;
    }
    return isPublic(specifier) ? specifier : undefined;
  }

  static isBuiltin(specifier) {
    return typeof specifier === 'string' && BuiltinModule.normalizeRequirableId(specifier) !== undefined;
  }

  // module.builtinModules
  static getAllBuiltinModuleIds() {
    isPublic('');
    isSchemeOnly('');
    return [...publicSet, ...[...schemeOnlySet].map((id) => `node:${id}`)];
  }

  static requireForUsers(id) {
    return BuiltinModule.load(id).exports;
  }

  // The names an ES module sees besides `default`. Getters are named, not run, until the module is imported.
  get exportKeys() {
    const { exports } = this;
    if (exports === null || (typeof exports !== 'object' && typeof exports !== 'function')) return [];
    return Object.keys(exports).filter((key) => key !== 'default');
  }

  exportValue(name) {
    return name === 'default' ? this.exports : this.exports[name];
  }
}

function requireBuiltin(id) {
  const mod = modules[id];
  return (mod !== undefined ? mod : BuiltinModule.load(id)).exports;
}

{
  const own = modules['internal/bootstrap/realm'] = new BuiltinModule('internal/bootstrap/realm');
  own.loaded = true;
  own.exports = { BuiltinModule, require: requireBuiltin, internalBinding: cachedBinding, primordials };
  module.exports = own.exports;
}

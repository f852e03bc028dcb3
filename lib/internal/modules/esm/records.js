// SPDX-License-Identifier: MIT
'use strict';

// Modules that are no ES source as the engine's synthetic records: built-ins, JSON and CommonJS files; and namespaces
// marked with __esModule for require().

const path = require('path');
const { BuiltinModule } = require('internal/bootstrap/realm');
const { codes } = require('internal/errors');
const { fileURLToPath } = require('internal/url');
const cjs = require('internal/modules/cjs/loader');
const { sourceOf } = require('internal/modules/esm/formats');
const { compile, createSynthetic } = internalBinding('module_wrap');

const { Module } = cjs;

const kEvaluated = 4;

// id -> entry of a built-in module
const builtinRecords = new Map();

function builtinEntry(id) {
  let entry = builtinRecords.get(id);
  if (entry === undefined) {
    if (!BuiltinModule.canBeRequiredByUsers(id)) {
      throw new codes.ERR_UNKNOWN_BUILTIN_MODULE(`node:${id}`);
    }
    const builtin = BuiltinModule.load(id);
    const names = builtin.exportKeys;
    const record = createSynthetic(`node:${id}`, ['default', ...names], () => {
      record.setExport('default', builtin.exports);
      for (const name of names) {
        record.setExport(name, builtin.exportValue(name));
      }
    });
    entry = { record, url: `node:${id}`, format: 'builtin', dependencies: [], requests: [], isLinked: true, names, builtin };
    builtinRecords.set(id, entry);
  }
  return entry;
}

// module.syncBuiltinESMExports(): programs that replace a builtin's function want importers to see it.
function syncBuiltinExports() {
  for (const { record, names, builtin } of builtinRecords.values()) {
    if (record.getStatus() === kEvaluated) {
      for (const name of names) {
        record.setExport(name, builtin.exportValue(name));
      }
    }
  }
}

function jsonRecord(url, source) {
  const filename = url.startsWith('file:') ? fileURLToPath(url) : url;
  const cached = Module._cache[filename];
  let value;
  if (cached?.loaded) {
    value = cached.exports;
  } else {
    try {
      value = JSON.parse(cjs.stripBom(source ?? sourceOf(url)));
    } catch (error) {
      error.message = `${filename}: ${error.message}`;
      throw error;
    }
  }
  const record = createSynthetic(url, ['default'], () => {
    record.setExport('default', value);
  });
  return record;
}

function javascriptOf(filename) {
  const text = cjs.readText(filename);
  return cjs.formatOfJs(filename)?.endsWith('typescript') ?
    require('internal/modules/typescript').stripModule(text, filename) : text;
}

// Names that a CommonJS file exports, with those of the files it re-exports.
function commonjsNames(filename, source, seen = new Set()) {
  seen.add(filename);
  const { lexExports } = require('internal/modules/cjs/exports_lexer');
  let lexed;
  try {
    lexed = lexExports(source ?? javascriptOf(filename));
  } catch {
    return new Set();
  }
  const names = lexed.exports;
  for (const specifier of lexed.reexports) {
    let target;
    try {
      const parent = new Module(filename);
      parent.filename = filename;
      parent.paths = Module._nodeModulePaths(path.dirname(filename));
      target = Module._resolveFilename(specifier, parent);
    } catch {
      continue;
    }
    if (BuiltinModule.normalizeRequirableId(target)) {
      for (const name of BuiltinModule.load(BuiltinModule.normalizeRequirableId(target)).exportKeys) {
        names.add(name);
      }
    } else if (!seen.has(target) && /\.c?[jt]s$|^[^.]*$/.test(path.basename(target))) {
      for (const name of commonjsNames(target, undefined, seen)) {
        names.add(name);
      }
    }
  }
  return names;
}

// A CommonJS file whose source came from a load hook: it is not read again. require_ stands for its require() when the
// hook runs on the hooks' thread.
function runHooked(filename, { url, source, isMain, require_ }) {
  const cached = Module._cache[filename];
  if (cached !== undefined) {
    return cached.exports;
  }
  const module = new Module(filename);
  if (isMain) {
    cjs.setMain(module);
  }
  module.filename = filename;
  module.paths = Module._nodeModulePaths(path.dirname(filename));
  module[cjs.kURL] = url;
  module[cjs.kRequire] = require_;
  Module._cache[filename] = module;
  let threw = true;
  try {
    module._compile(source, filename, 'commonjs');
    threw = false;
  } finally {
    if (threw) delete Module._cache[filename];
  }
  module.loaded = true;
  return module.exports;
}

// from: { url, source (of a hook, else undefined), isMain, isHooked (hooks are registered), require_ }
function commonjsRecord(from) {
  const { url, source } = from;
  const filename = url.startsWith('file:') ? fileURLToPath(url) : url;
  const names = path.extname(filename) === '.node' ? new Set() : commonjsNames(filename, source);
  names.delete('default');
  names.delete('module.exports');
  for (const name of names) {
    if (!name.isWellFormed()) names.delete(name); // no export can be called so
  }
  const record = createSynthetic(url, ['default', 'module.exports', ...names], () => {
    const exports = source !== undefined ? runHooked(filename, from) :
      from.isHooked ? cjs.loadFile(filename, from.isMain) : Module._load(filename, undefined, from.isMain);
    for (const name of names) {
      let value;
      if (exports !== null && exports !== undefined) {
        try {
          value = exports[name];
        } catch {
          // A getter that throws leaves the name undefined.
        }
      }
      record.setExport(name, value);
    }
    record.setExport('default', exports);
    record.setExport('module.exports', exports);
  });
  return record;
}

// A namespace with __esModule, for CommonJS code that was transpiled from ES modules.
const marked = new WeakMap();

function markedNamespace(namespace) {
  let made = marked.get(namespace);
  if (made === undefined) {
    const names = Object.keys(namespace);
    const original = createSynthetic('original', names, () => {
      for (const name of names) {
        original.setExport(name, namespace[name]);
      }
    });
    const facade = compile("export * from 'original'; export { default } from 'original'; " +
      'export const __esModule = true;', 'facade');
    facade.link(facade.getRequests().map(() => original));
    facade.instantiate();
    facade.evaluate().catch(() => {});
    made = facade.getNamespace();
    marked.set(namespace, made);
  }
  return made;
}

// A module that stands in for another: its exports are what get(name) gives.
function mockEntry(url, { format, names, get }) {
  const record = createSynthetic(url, names, () => {
    for (const name of names) {
      record.setExport(name, get(name));
    }
  });
  return { record, url, format, dependencies: [], requests: [], isLinked: true };
}

module.exports = { builtinEntry, commonjsRecord, jsonRecord, markedNamespace, mockEntry, syncBuiltinExports };

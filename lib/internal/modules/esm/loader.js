// SPDX-License-Identifier: MIT
'use strict';

// ES modules: from a URL to an engine record, its graph loaded and linked; import(), require() of ES modules and
// import.meta. Sources are read synchronously, so a graph is whole before its first module runs and require() can share it.

const path = require('path');
const { BuiltinModule } = require('internal/bootstrap/realm');
const { codes } = require('internal/errors');
const { URL, fileURLToPath, pathToFileURL } = require('internal/url');
const packages = require('internal/modules/package');
const { resolve } = require('internal/modules/esm/resolve');
const cjs = require('internal/modules/cjs/loader');
const { compile, createSynthetic, setImportModuleDynamicallyCallback, setInitializeImportMetaObjectCallback } =
  internalBinding('module_wrap');
const { containsModuleSyntax } = internalBinding('contextify');

const { Module } = cjs;

// Statuses of a record.
const kLinked = 2;
const kEvaluated = 4;
const kErrored = 5;

// 'type\0url' -> { record, url, format, dependencies, instantiated }
const cache = new Map();
const builtinRecords = new Map();

let mainUrl;

// Formats

function formatOf(url) {
  if (url.startsWith('node:')) {
    return 'builtin';
  }
  if (url.startsWith('data:')) {
    const mime = /^data:([^,;]*)/.exec(url)[1].toLowerCase();
    const format = { 'text/javascript': 'module', 'application/javascript': 'module', 'application/json': 'json' }[mime];
    if (format === undefined) {
      throw new codes.ERR_UNKNOWN_MODULE_FORMAT(mime, url);
    }
    return format;
  }
  const filename = fileURLToPath(url);
  const extension = path.extname(filename);
  switch (extension) {
    case '.mjs': return 'module';
    case '.cjs': return 'commonjs';
    case '.json': return 'json';
    case '.js': {
      const type = packages.typeOf(filename);
      return type === 'none' ? 'detect' : type;
    }
    case '': {
      const type = packages.typeOf(filename);
      return type === 'none' ? 'detect' : type;
    }
    default:
      throw new codes.ERR_UNKNOWN_FILE_EXTENSION(extension, filename);
  }
}

function sourceOf(url) {
  if (url.startsWith('data:')) {
    const comma = url.indexOf(',');
    const body = url.slice(comma + 1);
    if (/;base64$/i.test(url.slice(0, comma))) {
      return require('buffer').Buffer.from(decodeURIComponent(body), 'base64').toString();
    }
    return decodeURIComponent(body);
  }
  const text = cjs.readText(fileURLToPath(url));
  return text.startsWith('#!') ? `//${text}` : text;
}

function checkAttributes(url, format, attributes) {
  for (const key of Object.keys(attributes)) {
    if (key !== 'type') {
      throw new codes.ERR_IMPORT_ATTRIBUTE_UNSUPPORTED(key, attributes[key], url);
    }
  }
  const { type } = attributes;
  if (type === undefined) {
    if (format === 'json') {
      throw new codes.ERR_IMPORT_ATTRIBUTE_MISSING(url, 'type', 'json');
    }
    return;
  }
  if (type !== 'json') {
    throw new codes.ERR_IMPORT_ATTRIBUTE_UNSUPPORTED('type', type, url);
  }
  if (format !== 'json') {
    throw new codes.ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE(url, 'json');
  }
}

// Resolution and loading by way of module.registerHooks()

let hooksModule;

function hooks() {
  return hooksModule ??= BuiltinModule.isLoaded('internal/modules/hooks') ? require('internal/modules/hooks') : undefined;
}

// { url, format, importAttributes } of a specifier; format is for load hooks.
function resolveRequest(specifier, parentUrl, attributes) {
  if (hooks() === undefined) {
    return { url: resolve(specifier, parentUrl), format: undefined, importAttributes: attributes };
  }
  const defaultResolve = (wanted, context) => {
    const url = resolve(wanted, context.parentURL, new Set(context.conditions));
    // With the scheme written out a built-in's format is not told, as in Node.
    return { url, format: wanted.startsWith('node:') ? undefined : guessFormat(url) };
  };
  return hooks().resolveWithHooks(specifier, parentUrl, attributes, [...packages.conditionsForImport()], defaultResolve);
}

// The format told to hooks: null where the source must decide, undefined where loading does.
function guessFormat(url) {
  if (url.startsWith('data:')) {
    return undefined;
  }
  try {
    const format = formatOf(url);
    return format === 'detect' ? null : format;
  } catch {
    return undefined;
  }
}

function defaultLoad(url, context) {
  const format = context.format ?? formatOf(url);
  if (format === 'builtin') {
    return { format, responseURL: url, source: null };
  }
  if (!/^(file|data):/.test(url)) {
    throw new codes.ERR_UNSUPPORTED_ESM_URL_SCHEME(new URL(url), ['file', 'data', 'node']);
  }
  const text = sourceOf(url);
  const { Buffer } = require('buffer');
  return { format: format === 'detect' ? detect(url, text) : format, responseURL: url, source: Buffer.from(text) };
}

function detect(url, source) {
  return containsModuleSyntax(source, url.startsWith('file:') ? fileURLToPath(url) : url) ? 'module' : 'commonjs';
}

// Records

// The entry of `url`, loaded with all that it imports. What was put into the cache by a load that fails is taken out again.
function load(url, attributes, given) {
  const added = [];
  try {
    return loadInto(url, attributes, added, given);
  } catch (error) {
    for (const key of added) {
      cache.delete(key);
    }
    throw error;
  }
}

function loadInto(url, attributes, added, given) {
  const key = `${attributes.type ?? ''}\0${url}`;
  const known = cache.get(key);
  if (known !== undefined) {
    return known;
  }
  if (given?.source === undefined && hooks()?.hasLoadHooks()) {
    const loaded = hooks().loadWithHooks(url, given?.format, attributes, [...packages.conditionsForImport()],
                                         defaultLoad);
    const source = loaded.source === null || loaded.source === undefined ? undefined : hooks().textOf(loaded.source);
    given = { format: loaded.format ?? (source === undefined ? undefined : detect(url, source)), source, isHooked: true };
  }
  let format = given?.format ?? formatOf(url);
  checkAttributes(url, format, attributes);
  if (format === 'builtin') {
    return builtinEntry(url.slice(5));
  }
  if (format === 'addon') {
    format = 'commonjs';
  }
  let source = given?.source;
  if (format === 'detect') {
    source ??= sourceOf(url);
    format = containsModuleSyntax(source, fileURLToPath(url)) ? 'module' : 'commonjs';
    if (format === 'module') {
      packages.warnTypeless(fileURLToPath(url), url);
    }
  }
  const entry = { record: undefined, url, format, dependencies: [], requests: [] };
  if (format === 'module') {
    entry.record = compile(source ?? sourceOf(url), url);
    cache.set(key, entry);
    added.push(key);
    entry.requests = entry.record.getRequests();
    for (const { specifier, attributes: wanted } of entry.requests) {
      const found = resolveRequest(specifier, url, wanted);
      entry.dependencies.push(loadInto(found.url, found.importAttributes, added, { format: found.format }));
    }
    entry.record.link(entry.dependencies.map((each) => each.record));
    return entry;
  }
  entry.record = format === 'json' ? jsonRecord(url, source) : commonjsRecord(url, source, given?.isHooked);
  cache.set(key, entry);
  added.push(key);
  return entry;
}

function builtinEntry(id) {
  let entry = builtinRecords.get(id);
  if (entry === undefined) {
    const builtin = BuiltinModule.load(id);
    const names = builtin.exportKeys;
    const record = createSynthetic(`node:${id}`, ['default', ...names], () => {
      record.setExport('default', builtin.exports);
      for (const name of names) {
        record.setExport(name, builtin.exportValue(name));
      }
    });
    entry = { record, url: `node:${id}`, format: 'builtin', dependencies: [], requests: [], names, builtin };
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

// Names that a CommonJS file exports, with those of the files it re-exports.
function commonjsNames(filename, source, seen = new Set()) {
  seen.add(filename);
  const { lexExports } = require('internal/modules/cjs/exports_lexer');
  let lexed;
  try {
    lexed = lexExports(source ?? cjs.readText(filename));
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
    } else if (!seen.has(target) && /\.c?js$|^[^.]*$/.test(path.basename(target))) {
      for (const name of commonjsNames(target, undefined, seen)) {
        names.add(name);
      }
    }
  }
  return names;
}

// A CommonJS file whose source came from a load hook: it is not read again.
function runHooked(filename, url, source) {
  const cached = Module._cache[filename];
  if (cached !== undefined) {
    return cached.exports;
  }
  const module = new Module(filename);
  module.filename = filename;
  module.paths = Module._nodeModulePaths(path.dirname(filename));
  module[cjs.kURL] = url;
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

function commonjsRecord(url, source, isHooked) {
  const filename = url.startsWith('file:') ? fileURLToPath(url) : url;
  const names = path.extname(filename) === '.node' ? new Set() : commonjsNames(filename, source);
  names.delete('default');
  names.delete('module.exports');
  const record = createSynthetic(url, ['default', 'module.exports', ...names], () => {
    const isMain = url === mainUrl;
    const exports = isHooked && source !== undefined ? runHooked(filename, url, source) :
      hooks() === undefined ? Module._load(filename, undefined, isMain) : cjs.loadFile(filename, isMain);
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

// Linking and running

function instantiate(entry) {
  if (entry.record.getStatus() >= kLinked) {
    return;
  }
  try {
    entry.record.instantiate();
  } catch (error) {
    throw explainMissingName(entry, error);
  }
}

// A name missing from a CommonJS module: says how to import it instead.
function explainMissingName(entry, error) {
  const match = error instanceof SyntaxError ?
    /^The requested module '(.+)' does not provide an export named '(.+)'$/.exec(error.message) : null;
  if (match === null) {
    return error;
  }
  const [, specifier, name] = match;
  const seen = new Set();
  function find(each) {
    if (seen.has(each)) {
      return undefined;
    }
    seen.add(each);
    for (let i = 0; i < each.requests.length; i++) {
      if (each.requests[i].specifier === specifier && each.dependencies[i].format === 'commonjs') {
        return each;
      }
      const found = find(each.dependencies[i]);
      if (found !== undefined) {
        return found;
      }
    }
    return undefined;
  }
  const importer = find(entry);
  if (importer !== undefined) {
    const names = importedNames(importer.url, specifier) ?? `{${name}}`;
    error.message = `Named export '${name}' not found. The requested module '${specifier}' is a CommonJS module, ` +
      'which may not support all module.exports as named exports.\nCommonJS modules can always be imported via the ' +
      `default export, for example using:\n\nimport pkg from '${specifier}';\nconst ${names} = pkg;\n`;
  }
  return error;
}

// The braces of `import { a, b as c } from 'specifier'` as a destructuring pattern.
function importedNames(url, specifier) {
  let text;
  try {
    text = sourceOf(url);
  } catch {
    return undefined;
  }
  const quoted = specifier.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const match = new RegExp(`import\\s*(\\{[^}]*\\})\\s*from\\s*['"]${quoted}['"]`).exec(text);
  return match?.[1].replace(/\s+as\s+/g, ': ');
}

async function importUrl(url, attributes) {
  return run(load(url, attributes));
}

async function run(entry) {
  instantiate(entry);
  try {
    await entry.record.evaluate();
  } catch (error) {
    throw explainMissingGlobal(error);
  }
  return entry.record.getNamespace();
}

// `require` and its kin are not there in ES modules; says so to someone who used them out of habit.
function explainMissingGlobal(error) {
  const match = error instanceof ReferenceError ?
    /^(require|exports|module|__filename|__dirname) is not defined$/.exec(error.message) : null;
  if (match !== null) {
    const { message, stack } = error;
    error.message = `${message} in ES module scope${match[1] === 'require' ? ', you can use import instead' : ''}`;
    if (typeof stack === 'string') {
      error.stack = stack.replace(message, () => error.message);
    }
  }
  return error;
}

// import(specifier) from the file or URL `referrer`.
async function importDynamically(specifier, attributes, referrer) {
  if (typeof referrer === 'object' && referrer !== null) {
    return require('internal/vm/context').importForVm(specifier, attributes, referrer);
  }
  let parentUrl = referrer;
  if (parentUrl !== undefined && !/^[a-z][a-z0-9+.-]*:/i.test(parentUrl)) {
    // '[eval]' and its kind are files of the current folder, as far as resolution goes.
    parentUrl = pathToFileURL(path.resolve(parentUrl)).href;
  }
  parentUrl ??= pathToFileURL(`${process.cwd()}/`).href;
  const found = resolveRequest(specifier, parentUrl, attributes ?? {});
  return run(load(found.url, found.importAttributes, { format: found.format }));
}

// require() of an ES module.
function requireEsm(module, filename, source, parent) {
  const url = module[cjs.kURL] ?? pathToFileURL(filename).href;
  module[cjs.kURL] = url;
  module[cjs.kFormat] = 'module';
  const entry = load(url, {}, { format: 'module', source: source.startsWith('#!') ? `//${source}` : source });
  const { record } = entry;
  instantiate(entry);
  const status = record.getStatus();
  if (status === kErrored) {
    throw record.getError();
  }
  if (status < kEvaluated) {
    if (status > kLinked) {
      let message = `Cannot require() ES Module ${filename} in a cycle.`;
      if (parent?.filename) {
        message += ` (from ${parent.filename})`;
      }
      message += ' A cycle involving require(esm) is not allowed to maintain invariants mandated by the ECMAScript ' +
        'specification. Try making at least part of the dependency in the graph lazily loaded.';
      throw new codes.ERR_REQUIRE_CYCLE_MODULE(message);
    }
    if (record.isGraphAsync()) {
      throw new codes.ERR_REQUIRE_ASYNC_MODULE(filename, parent, requireStackOf(parent));
    }
    // Nothing in the graph waits: it has run when evaluate() returns, well or not.
    record.evaluate().catch(() => {});
    if (record.getStatus() === kErrored) {
      throw explainMissingGlobal(record.getError());
    }
  } else if (record.isGraphAsync()) {
    throw new codes.ERR_REQUIRE_ASYNC_MODULE(filename, parent, requireStackOf(parent));
  }
  return record.getNamespace();
}

function requireStackOf(parent) {
  const stack = [];
  for (let cursor = parent; cursor; cursor = cjs.parents.get(cursor)) {
    stack.push(cursor.filename || cursor.id);
  }
  return stack;
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

function initializeImportMeta(meta, url) {
  if (typeof url === 'object' && url !== null) {
    require('internal/vm/context').initializeImportMeta(meta, url);
    return;
  }
  if (url.startsWith('file:')) {
    const filename = fileURLToPath(url);
    meta.dirname = path.dirname(filename);
    meta.filename = filename;
  }
  meta.main = url === mainUrl;
  meta.resolve = function resolve_(specifier) {
    try {
      return resolveRequest(`${specifier}`, url, {}).url;
    } catch (error) {
      // A missing file is not this function's business: it answers the URL all the same.
      if (error?.code === 'ERR_MODULE_NOT_FOUND' || error?.code === 'ERR_UNSUPPORTED_DIR_IMPORT') {
        if (error.url) {
          return error.url;
        }
      }
      throw error;
    }
  };
  Object.defineProperty(meta.resolve, 'name', { __proto__: null, value: 'resolve', configurable: true });
  meta.url = url;
}

// The program's entry as an ES module.
async function importMain(url) {
  mainUrl = url;
  if (hooks() === undefined) {
    return importUrl(url, {});
  }
  const found = resolveRequest(url, undefined, {});
  mainUrl = found.url;
  return run(load(found.url, found.importAttributes, { format: found.format }));
}

// Source text without a file of its own (-e, standard input) as an ES module.
async function evalEsm(source, url) {
  mainUrl = url;
  const entry = load(url, {}, { format: 'module', source });
  return run(entry);
}

setImportModuleDynamicallyCallback(importDynamically);
setInitializeImportMetaObjectCallback(initializeImportMeta);

module.exports = { evalEsm, importDynamically, importMain, importUrl, markedNamespace, requireEsm, syncBuiltinExports };

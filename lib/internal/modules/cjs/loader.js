// SPDX-License-Identifier: MIT
'use strict';

// CommonJS: Module, resolution of requests to file names, the cache, and running a file as a module. The public side is
// lib/module.js.

const path = require('path');
const { BuiltinModule } = require('internal/bootstrap/realm');
const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');
const packages = require('internal/modules/package');
const fsBinding = internalBinding('fs');
const { compileFunctionForCJSLoader, containsModuleSyntax } = internalBinding('contextify');

const kIsMainSymbol = Symbol('kIsMainSymbol');
const kIsCachedByESMLoader = Symbol('kIsCachedByESMLoader');
const kURL = Symbol('kURL');
const kFormat = Symbol('kFormat');
const kIsExecuting = Symbol('kIsExecuting');
const kRequire = Symbol('kRequire'); // { load, resolve } in place of require()'s own
const kGiven = Symbol('kGiven'); // what a load hook gave, on its way to the extension's handler

// Who first required a module; a child that is loaded again by somebody else keeps its first parent.
const parents = new WeakMap();

function updateChildren(parent, child, scan) {
  const children = parent?.children;
  if (children && !(scan && children.includes(child))) {
    children.push(child);
  }
}

function Module(id = '', parent) {
  this.id = id;
  this.path = path.dirname(id);
  Object.defineProperty(this, 'exports', {
    __proto__: null, value: {}, writable: true, enumerable: true, configurable: true,
  });
  parents.set(this, parent);
  updateChildren(parent, this, false);
  this.filename = null;
  this.loaded = false;
  this.children = [];
}

Module._cache = { __proto__: null };
Module._pathCache = { __proto__: null };
Module._extensions = { __proto__: null };
Module.globalPaths = [];

let modulePaths = [];

// 'dir\0request' of a relative request that was resolved before -> file name.
const relativeResolveCache = { __proto__: null };

// During one require() the same paths are asked about again and again.
let statCache = null;
let requireDepth = 0;

// 0 a file, 1 a folder, negative nothing there.
function stat(filename) {
  if (statCache !== null) {
    const known = statCache.get(filename);
    if (known !== undefined) {
      return known;
    }
  }
  const result = fsBinding.internalModuleStat(filename);
  if (statCache !== null && result >= 0) {
    statCache.set(filename, result);
  }
  return result;
}

// Folders on whose way no link was, for as long as the process lives, as in Node.
const realFolders = new Set();

function toRealPath(filename) {
  const folder = filename.slice(0, filename.lastIndexOf('/'));
  const known = realFolders.has(folder);
  const real = fsBinding.internalRealpath(filename, known);
  if (!known && real === filename) realFolders.add(folder);
  return real;
}

// Finding files

function tryFile(filename, isMain) {
  if (stat(filename) !== 0) {
    return false;
  }
  const { getOptionValue } = require('internal/options');
  if (getOptionValue(isMain ? '--preserve-symlinks-main' : '--preserve-symlinks')) {
    return path.resolve(filename);
  }
  return toRealPath(filename);
}

function tryExtensions(base, extensions, isMain) {
  for (const extension of extensions) {
    const filename = tryFile(base + extension, isMain);
    if (filename) {
      return filename;
    }
  }
  return false;
}

function tryPackage(folder, extensions, isMain, request) {
  const { main } = packages.read(path.resolve(folder, 'package.json'));
  if (!main) {
    return tryExtensions(path.resolve(folder, 'index'), extensions, isMain);
  }
  const filename = path.resolve(folder, main);
  let actual = tryFile(filename, isMain) || tryExtensions(filename, extensions, isMain) ||
    tryExtensions(path.resolve(filename, 'index'), extensions, isMain);
  if (actual === false) {
    actual = tryExtensions(path.resolve(folder, 'index'), extensions, isMain);
    if (!actual) {
      const error = new Error(`Cannot find module '${filename}'. ` +
        'Please verify that the package.json has a valid "main" entry');
      error.code = 'MODULE_NOT_FOUND';
      error.path = path.resolve(folder, 'package.json');
      error.requestPath = request;
      throw error;
    }
    const jsonPath = path.resolve(folder, 'package.json');
    process.emitWarning(`Invalid 'main' field in '${jsonPath}' of '${main}'. ` +
      'Please either fix that or report it to the module author', 'DeprecationWarning', 'DEP0128');
  }
  return actual;
}

// A target of "exports" or "imports" must be there as it stands.
function finishPackageTarget(target, base, isMain = false) {
  const resolved = typeof target === 'string' ? target : require('internal/url').fileURLToPath(target);
  const filename = tryFile(resolved, isMain);
  if (filename) {
    return filename;
  }
  const error = new Error(`Cannot find module '${resolved}'`);
  error.code = 'MODULE_NOT_FOUND';
  error.path = base;
  throw error;
}

// 'name/sub' through the "exports" of node_modules/name below `folder`.
function resolveExports(folder, request, conditions) {
  const parsed = packages.parseName(request);
  if (parsed === undefined) {
    return false;
  }
  const packageDir = path.resolve(folder, parsed.name);
  const info = packages.read(`${packageDir}/package.json`);
  if (info.exists && info.exports !== undefined && info.exports !== null) {
    const resolved = packages.resolveExports({ info, base: undefined, conditions }, parsed.subpath);
    return finishPackageTarget(resolved, info.path);
  }
  return false;
}

function resolveSelf(parentPath, request, conditions) {
  if (!parentPath) {
    return false;
  }
  const info = packages.scopeOf(parentPath);
  if (info === undefined || info.exports === undefined || info.exports === null || info.name === undefined) {
    return false;
  }
  let subpath;
  if (request === info.name) {
    subpath = '.';
  } else if (request.startsWith(`${info.name}/`)) {
    subpath = `.${request.slice(info.name.length)}`;
  } else {
    return false;
  }
  return finishPackageTarget(packages.resolveExports({ info, base: parentPath, conditions }, subpath), info.path);
}

function endsLikeFolder(request) {
  return request.endsWith('/') || request === '.' || request === '..' || request.endsWith('/.') ||
    request.endsWith('/..');
}

Module._findPath = function(request, lookupPaths, isMain, conditions = packages.conditionsForRequire()) {
  const absolute = path.isAbsolute(request);
  if (absolute) {
    lookupPaths = [''];
  } else if (!lookupPaths || lookupPaths.length === 0) {
    return false;
  }
  const cacheKey = `${request}\x00${lookupPaths.join('\x00')}`;
  const cached = Module._pathCache[cacheKey];
  if (cached) {
    return cached;
  }
  const relative = request[0] === '.' && (request.length === 1 || request[1] === '/' || request[1] === '.');
  const folderOnly = endsLikeFolder(request);
  let extensions;
  for (const folder of lookupPaths) {
    // A folder that is not there holds nothing.
    if (folder !== '' && stat(folder) < 1) {
      continue;
    }
    if (!absolute && !relative) {
      const filename = resolveExports(folder, request, conditions);
      if (filename) {
        return filename;
      }
    }
    const base = path.resolve(folder, request);
    const kind = stat(base);
    let filename = false;
    if (!folderOnly) {
      if (kind === 0) {
        filename = tryFile(base, isMain);
      }
      if (!filename) {
        extensions ??= Object.keys(Module._extensions);
        filename = tryExtensions(base, extensions, isMain);
      }
    }
    if (!filename && kind === 1) {
      extensions ??= Object.keys(Module._extensions);
      filename = tryPackage(base, extensions, isMain, request);
    }
    if (filename) {
      Module._pathCache[cacheKey] = filename;
      return filename;
    }
  }
  return false;
};

Module._nodeModulePaths = function(from) {
  from = path.resolve(from);
  if (from === '/') {
    return ['/node_modules'];
  }
  const result = [];
  for (let end = from.length; end > 0;) {
    const slash = from.lastIndexOf('/', end - 1);
    if (from.slice(slash + 1, end) !== 'node_modules') {
      result.push(`${from.slice(0, end)}/node_modules`);
    }
    end = slash;
  }
  result.push('/node_modules');
  return result;
};

Module._resolveLookupPaths = function(request, parent) {
  if (BuiltinModule.normalizeRequirableId(request)) {
    return null;
  }
  const relative = request[0] === '.' && (request.length === 1 || request[1] === '/' ||
    (request[1] === '.' && (request.length === 2 || request[2] === '/')));
  if (!relative) {
    const result = parent?.paths?.length ? [...parent.paths, ...modulePaths] : modulePaths;
    return result.length > 0 ? result : null;
  }
  // Without a file of its own (the REPL, -e) the current folder counts.
  if (!parent?.id || !parent.filename) {
    return ['.', ...Module._nodeModulePaths('.'), ...modulePaths];
  }
  return [path.dirname(parent.filename)];
};

Module._resolveFilename = function(request, parent, isMain, options) {
  if (BuiltinModule.normalizeRequirableId(request)) {
    return request;
  }
  const conditions = options?.conditions || packages.conditionsForRequire();
  let lookupPaths;
  if (typeof options === 'object' && options !== null) {
    if (Array.isArray(options.paths)) {
      if (request.startsWith('./') || request.startsWith('../')) {
        lookupPaths = options.paths;
      } else {
        const stand = new Module('', null);
        lookupPaths = [];
        for (const each of options.paths) {
          stand.paths = Module._nodeModulePaths(each);
          for (const lookup of Module._resolveLookupPaths(request, stand)) {
            if (!lookupPaths.includes(lookup)) {
              lookupPaths.push(lookup);
            }
          }
        }
      }
    } else if (options.paths === undefined) {
      lookupPaths = Module._resolveLookupPaths(request, parent);
    } else {
      throw new codes.ERR_INVALID_ARG_VALUE('options.paths', options.paths);
    }
  } else {
    lookupPaths = Module._resolveLookupPaths(request, parent);
  }

  if (request[0] === '#' && (parent?.filename || parent?.id === '<repl>')) {
    const parentPath = parent.filename ?? path.resolve('<repl>');
    const info = packages.scopeOf(parentPath);
    if (info?.imports !== undefined) {
      const resolved = packages.resolveImports({
        info,
        base: parentPath,
        conditions,
        resolvePackage: (specifier) => (
          BuiltinModule.normalizeRequirableId(specifier) ? specifier :
            Module._resolveFilename(specifier, parent, false, { conditions })
        ),
      }, request);
      return typeof resolved === 'string' && BuiltinModule.normalizeRequirableId(resolved) ? resolved :
        finishPackageTarget(resolved, info.path);
    }
  }
  const self = resolveSelf(parent?.filename ?? (parent?.id === '<repl>' ? path.resolve('<repl>') : ''), request, conditions);
  if (self) {
    return self;
  }
  const filename = Module._findPath(request, lookupPaths, isMain, conditions);
  if (filename) {
    return filename;
  }
  if (tracing.loads !== undefined && lookupPaths?.length > 0) {
    // It may appear.
    const base = path.resolve(lookupPaths[0], request);
    for (const extension of ['', ...Object.keys(Module._extensions)]) tracing.loads.required(base + extension);
  }
  const requireStack = [];
  for (let cursor = parent; cursor; cursor = parents.get(cursor)) {
    requireStack.push(cursor.filename || cursor.id);
  }
  let message = `Cannot find module '${request}'`;
  if (requireStack.length > 0) {
    message += `\nRequire stack:\n- ${requireStack.join('\n- ')}`;
  }
  const error = new Error(message);
  error.code = 'MODULE_NOT_FOUND';
  error.requireStack = requireStack;
  throw error;
};

// A module that is required while it still runs gives its half-made exports. Reading a name that is not there yet from
// them is nearly always a mistake, so it warns.

const kNoProxy = new Set(['__esModule', '__proto__']);
const PROXY_HANDLER = {
  __proto__: null,
  get(target, name) {
    if (name in target || kNoProxy.has(name)) {
      return target[name];
    }
    warnCircular(name);
    return undefined;
  },
  getOwnPropertyDescriptor(target, name) {
    if (!Object.hasOwn(target, name) && !kNoProxy.has(name)) {
      warnCircular(name);
    }
    return Object.getOwnPropertyDescriptor(target, name);
  },
};
let circularPrototype;

function warnCircular(name) {
  process.emitWarning(`Accessing non-existent property '${String(name)}' of module exports inside circular dependency`);
}

// The half-made exports get a prototype that warns; loading takes it away again.
function exportsForCircular(module) {
  const { exports } = module;
  if (exports !== null && typeof exports === 'object' && !require('internal/util/types').isProxy(exports) &&
      Object.getPrototypeOf(exports) === Object.prototype && !exports.__esModule) {
    circularPrototype ??= new Proxy({}, PROXY_HANDLER);
    Object.setPrototypeOf(exports, circularPrototype);
  }
  return exports;
}

// Loading

function cachedExports(cached, parent) {
  updateChildren(parent, cached, true);
  if (cached.loaded) {
    return cached.exports;
  }
  // Being loaded by the ES loader: run it now.
  if (cached[kIsCachedByESMLoader] && !cached[kIsExecuting]) {
    cached[kIsCachedByESMLoader] = false;
    cached.load(cached.filename);
    return cached.exports;
  }
  return exportsForCircular(cached);
}

// module.registerHooks() was called: from then on its functions are in the way of every require().
let hooks = null;

function useHooks(given) {
  hooks = given;
}

function urlOf(module) {
  return module?.[kURL] ?? (module?.filename ? toUrl(module.filename) : undefined);
}

// A URL as the loader's key: a built-in's id with its scheme, a file's path, anything else itself.
function filenameOf(url) {
  return url.startsWith('file:') ? require('internal/url').fileURLToPath(url) : url;
}

function resolveHooked(request, parent, isMain, options) {
  const conditions = options?.conditions ?? packages.conditionsForRequire();
  const defaultResolve = (specifier, context) => {
    if (specifier.startsWith('node:') && !BuiltinModule.isBuiltin(specifier)) {
      throw new codes.ERR_UNKNOWN_BUILTIN_MODULE(specifier);
    }
    const found = Module._resolveFilename(specifier, parent, isMain, { ...options, conditions: context.conditions && new Set(context.conditions) });
    const id = BuiltinModule.normalizeRequirableId(found);
    if (id !== undefined) {
      return { url: `node:${id}`, format: specifier.startsWith('node:') ? 'builtin' : undefined };
    }
    return { url: path.isAbsolute(found) ? toUrl(found) : found, format: undefined };
  };
  return hooks.resolveWithHooks(request, urlOf(parent), undefined, [...conditions], defaultResolve);
}

function loadHooked(request, parent, isMain) {
  const { url, format } = resolveHooked(request, parent, isMain);
  const filename = filenameOf(url);
  const isBuiltin = url.startsWith('node:');
  // What a hook puts in a built-in's place is asked for again each time.
  const cached = isBuiltin ? undefined : Module._cache[filename];
  if (cached !== undefined) {
    return cachedExports(cached, parent);
  }
  if (!isBuiltin && !hooks.hasLoadHooks()) {
    return loadNew(filename, parent, isMain, undefined, url);
  }
  const defaultLoad = (wanted, context) => {
    if (context.format === 'builtin') {
      return { source: null, format: 'builtin' };
    }
    return { source: readText(filenameOf(wanted)), format: context.format };
  };
  const guess = format ?? (isBuiltin ? 'builtin' : formatOfFile(filename));
  const loaded = hooks.hasLoadHooks() ?
    hooks.loadWithHooks(url, guess, undefined, [...packages.conditionsForRequire()], defaultLoad) :
    { format: guess };
  if (loaded.format === 'builtin') {
    const id = BuiltinModule.normalizeRequirableId(url);
    if (id === undefined) {
      throw new codes.ERR_UNKNOWN_BUILTIN_MODULE(url);
    }
    return BuiltinModule.requireForUsers(id);
  }
  const exports = loadNew(filename, parent, isMain, undefined, url, loaded);
  if (isBuiltin) {
    delete Module._cache[filename];
  }
  return exports;
}

// The exports of a file that was resolved already, and not through require().
function loadFile(filename, isMain) {
  const cached = Module._cache[filename];
  if (cached !== undefined) {
    return cachedExports(cached, undefined);
  }
  return loadNew(filename, undefined, isMain);
}

// What a file is by its name and package; undefined where the source must decide.
function formatOfFile(filename) {
  switch (path.extname(filename)) {
    case '.json': return 'json';
    case '.node': return 'addon';
    default: return formatOfJs(filename);
  }
}

Module._load = function(request, parent, isMain) {
  const mocked = tracing.mocks?.required(request, parent, isMain);
  if (mocked !== undefined) {
    return mocked.exports;
  }
  if (hooks !== null) {
    return loadHooked(request, parent, isMain);
  }
  let relativeKey;
  if (parent) {
    relativeKey = `${parent.path}\x00${request}`;
    const known = relativeResolveCache[relativeKey];
    if (known !== undefined) {
      const cached = Module._cache[known];
      if (cached !== undefined) {
        return cachedExports(cached, parent);
      }
      delete relativeResolveCache[relativeKey];
    }
  }
  if (request.startsWith('node:')) {
    const id = BuiltinModule.normalizeRequirableId(request);
    if (id === undefined) {
      throw new codes.ERR_UNKNOWN_BUILTIN_MODULE(request);
    }
    return BuiltinModule.requireForUsers(id);
  }
  const filename = Module._resolveFilename(request, parent, isMain);
  const cached = Module._cache[filename];
  if (cached !== undefined) {
    return cachedExports(cached, parent);
  }
  const id = BuiltinModule.normalizeRequirableId(filename);
  if (id !== undefined) {
    return BuiltinModule.requireForUsers(id);
  }
  return loadNew(filename, parent, isMain, relativeKey);
};

// Makes and runs the module of a file. given: the format and source that a load hook gave for its URL.
function loadNew(filename, parent, isMain, relativeKey, url, given) {
  tracing.loads?.required(filename);
  const module = new Module(filename, parent);
  if (url !== undefined) {
    module[kURL] = url;
  }
  if (isMain) {
    setMain(module);
  }
  Module._cache[filename] = module;
  if (relativeKey !== undefined) {
    relativeResolveCache[relativeKey] = filename;
  }
  let threw = true;
  try {
    if (given === undefined) {
      module.load(filename);
    } else {
      loadGiven(module, filename, given);
    }
    threw = false;
  } finally {
    if (threw) {
      delete Module._cache[filename];
      if (relativeKey !== undefined) {
        delete relativeResolveCache[relativeKey];
        const children = parent?.children;
        const index = Array.isArray(children) ? children.indexOf(module) : -1;
        if (index !== -1) {
          children.splice(index, 1);
        }
      }
    } else if (circularPrototype !== undefined && module.exports !== null && typeof module.exports === 'object' &&
               !require('internal/util/types').isProxy(module.exports) &&
               Object.getPrototypeOf(module.exports) === circularPrototype) {
      Object.setPrototypeOf(module.exports, Object.prototype);
    }
  }
  return module.exports;
}

// Through the extension's handler, which others may have wrapped, with the source of the hook.
function loadGiven(module, filename, { format, source }) {
  if (format === 'addon') {
    Module._extensions['.node'](module, filename);
  } else {
    module.filename ??= filename;
    module.paths ??= Module._nodeModulePaths(path.dirname(filename));
    module[kGiven] = { format, text: source === null ? readText(filename) : hooks.textOf(source) };
    const own = findExtension(filename);
    Module._extensions[format === 'json' ? '.json' : own === '.json' || own === '.node' ? '.js' : own](module, filename);
  }
  module.loaded = true;
}

function setMain(module) {
  process.mainModule = module;
  module.id = '.';
  module[kIsMainSymbol] = true;
}

Module.prototype.load = function(filename) {
  this.filename ??= filename;
  this.paths ??= Module._nodeModulePaths(path.dirname(filename));
  const extension = findExtension(filename);
  Module._extensions[extension](this, filename);
  this.loaded = true;
};

// The longest registered extension of the file name: 'a.test.js' -> '.test.js' if someone registered it, else '.js'.
function findExtension(filename) {
  const name = path.basename(filename);
  let start = 0;
  let index;
  while ((index = name.indexOf('.', start)) !== -1) {
    start = index + 1;
    if (index === 0) {
      continue;
    }
    const extension = name.slice(index);
    if (Module._extensions[extension]) {
      return extension;
    }
  }
  return '.js';
}

// The tracing channels module.require and module.import: diagnostics_channel puts them here when a program loads it, since
// before that nobody can have subscribed. loads: the listeners of --watch (internal/watch/report.js).
// `timer(id, load)` writes trace events around a load. mocks: what stands in for modules (internal/test_runner/mock/module.js).
const tracing = { moduleRequire: undefined, moduleImport: undefined, loads: undefined, timer: undefined,
                  mocks: undefined };

Module.prototype.require = function(id) {
  validateString(id, 'id');
  if (id === '') {
    throw new codes.ERR_INVALID_ARG_VALUE('id', id, 'must be a non-empty string');
  }
  if (requireDepth++ === 0) {
    statCache = new Map();
  }
  try {
    const { moduleRequire } = tracing;
    if (tracing.timer !== undefined) return tracing.timer(id, () => Module._load(id, this, false));
    if (moduleRequire?.hasSubscribers) {
      return moduleRequire.traceSync(Module._load, { parentFilename: this.filename, id }, Module, id, this, false);
    }
    return Module._load(id, this, false);
  } finally {
    if (--requireDepth === 0) {
      statCache = null;
    }
  }
};

// Running a file

let patched = false;
let wrapper = ['(function (exports, require, module, __filename, __dirname) { ', '\n});'];
let wrap = function(script) {
  return wrapper[0] + script + wrapper[1];
};

// Did somebody change what files are wrapped in?
function isWrapperChanged() {
  return patched;
}

function compileWrapped(filename, content) {
  const script = internalBinding('contextify').compileScript(Module.wrap(content), filename);
  return script();
}

function toUrl(filename) {
  return require('internal/url').pathToFileURL(filename).href;
}

// May require() load ES modules?
function requiresEsm() {
  return !require('internal/options').getOptionValue('--no-experimental-require-module');
}

// require() of an ES module where that is switched off.
function refusedEsm(module, filename, content) {
  const parentPath = parents.get(module)?.filename;
  const info = filename.endsWith('.js') ? packages.scopeOf(filename) : undefined;
  if (info?.type !== 'module') {
    return new codes.ERR_REQUIRE_ESM(filename, true, parentPath);
  }
  return new codes.ERR_REQUIRE_ESM(filename, containsModuleSyntax(content, filename), parentPath, info.path);
}

// The compile cache (internal/modules/compile_cache), once it is switched on.
let codeCache;

function useCodeCache(given) {
  codeCache = given;
}

// name: what the code is called by; filename: its file.
function compileFunction(content, name, filename, detect) {
  if (codeCache === undefined) {
    return compileFunctionForCJSLoader(content, name, detect);
  }
  return codeCache.compileCommonJs(filename, (cache) => compileFunctionForCJSLoader(content, name, detect, cache));
}

// A file that is said to be CommonJS and is not: the error alone would not tell why.
function compileCommonJs(content, name, filename, format) {
  if (format === undefined) {
    return compileFunction(content, name, filename, requiresEsm());
  }
  try {
    return compileFunction(content, name, filename, false);
  } catch (error) {
    if (containsModuleSyntax(content, name)) {
      const { emitWarningSync } = require('internal/process/warning');
      emitWarningSync(`Failed to load the ES module: ${filename}. Make sure to set "type": "module" in the nearest ` +
        'package.json file or use the .mjs extension.');
    }
    throw error;
  }
}

function typescript() {
  return require('internal/modules/typescript');
}

Module.prototype._compile = function(content, filename, format) {
  let compiled;
  let name = filename;
  if (format === 'typescript' || format === 'commonjs-typescript' || format === 'module-typescript') {
    if (format === 'module-typescript' && !this[kIsMainSymbol] && !requiresEsm()) {
      throw refusedEsm(this, filename, content);
    }
    content = typescript().stripModule(content, filename);
    name = typescript().urlOf(filename);
    format = format === 'typescript' ? undefined : format.slice(0, -11);
  }
  if (patched) {
    compiled = compileWrapped(name, content);
  } else {
    if (format === 'module') {
      return loadEsmFromCjs(this, filename, content);
    }
    if (content.charCodeAt(0) === 35 && content.charCodeAt(1) === 33) {
      // The line stays as a comment, so that line numbers hold.
      content = `//${content}`;
    }
    const result = compileCommonJs(content, name, filename, format);
    if (result.canParseAsESM) {
      if (this[kIsMainSymbol]) {
        packages.warnTypeless(filename, toUrl(filename));
      }
      return loadEsmFromCjs(this, filename, content);
    }
    compiled = result.function;
  }
  const require = makeRequireFunction(this);
  const { exports } = this;
  this[kIsExecuting] = true;
  try {
    return Reflect.apply(compiled, exports, [exports, require, this, filename, path.dirname(filename)]);
  } finally {
    this[kIsExecuting] = false;
  }
};

function stripBom(content) {
  return content.charCodeAt(0) === 0xFEFF ? content.slice(1) : content;
}

function readText(filename) {
  return stripBom(fsBinding.readFileUtf8(filename, 0));
}

// 'commonjs', 'module', or undefined where the source must decide; with '-typescript' behind for files to be stripped of
// types, 'typescript' where their source must decide.
function formatOfJs(filename) {
  if (filename.endsWith('.mjs')) {
    return 'module';
  }
  if (filename.endsWith('.cjs')) {
    return 'commonjs';
  }
  if (filename.endsWith('.js')) {
    const type = packages.typeOf(filename);
    return type === 'none' ? undefined : type;
  }
  if (/\.[cm]?ts$/.test(filename)) {
    return formatOfTypeScript(filename);
  }
  return path.extname(filename) === '' && packages.typeOf(filename) === 'commonjs' ? 'commonjs' : undefined;
}

function formatOfTypeScript(filename) {
  if (!process.features.typescript) {
    return undefined;
  }
  if (filename.endsWith('.mts')) {
    return 'module-typescript';
  }
  if (filename.endsWith('.cts')) {
    return 'commonjs-typescript';
  }
  const type = packages.typeOf(filename);
  return type === 'none' ? 'typescript' : `${type}-typescript`;
}

Module._extensions['.js'] = function(module, filename) {
  const given = module[kGiven];
  if (given === undefined) {
    module._compile(readText(filename), filename, formatOfJs(filename));
  } else {
    module[kGiven] = undefined;
    module._compile(given.text, filename, given.format ?? undefined);
  }
};

Module._extensions['.json'] = function(module, filename) {
  const content = stripBom(module[kGiven]?.text ?? readText(filename));
  try {
    module.exports = JSON.parse(content);
  } catch (error) {
    error.message = `${filename}: ${error.message}`;
    throw error;
  }
};

Module._extensions['.node'] = function(module, filename) {
  return process.dlopen(module, path.toNamespacedPath(filename));
};

// require() of an ES module: its graph runs at once, unless something in it awaits at top level.
function loadEsmFromCjs(module, filename, source) {
  const { requireEsm } = require('internal/modules/esm/loader');
  const isMain = module[kIsMainSymbol];
  if (isMain) {
    // The main module is an ES module found out late: it runs as one, asynchronously.
    const { runMainEsm } = require('internal/modules/run_main');
    runMainEsm(filename);
    return undefined;
  }
  if (!requiresEsm()) {
    throw refusedEsm(module, filename, source);
  }
  const namespace = requireEsm(module, filename, source, parents.get(module));
  module.exports = requiredNamespace(namespace);
  return undefined;
}

// What require() gives for a namespace: an export named 'module.exports' itself, or the namespace, marked as a transpiled
// one where it has a default export.
function requiredNamespace(namespace) {
  if (Object.hasOwn(namespace, 'module.exports')) {
    return namespace['module.exports'];
  }
  if (!Object.hasOwn(namespace, 'default') || Object.hasOwn(namespace, '__esModule')) {
    return namespace;
  }
  return require('internal/modules/esm/loader').markedNamespace(namespace);
}

// The `require` of a module.
function makeRequireFunction(module) {
  const other = module[kRequire];
  const require = other === undefined ? function require(path) {
    return module.require(path);
  } : function require(path) {
    validateString(path, 'id');
    return other.load(path);
  };
  function resolve(request, options) {
    validateString(request, 'request');
    if (other !== undefined) {
      return other.resolve(request);
    }
    if (hooks?.hasResolveHooks()) {
      const { url } = resolveHooked(request, module, false, options);
      const filename = filenameOf(url);
      return BuiltinModule.canBeRequiredWithoutScheme(filename.slice(5)) && filename.startsWith('node:') &&
        !request.startsWith('node:') ? filename.slice(5) : filename;
    }
    return Module._resolveFilename(request, module, false, options);
  }
  require.resolve = resolve;
  resolve.paths = function paths(request) {
    validateString(request, 'request');
    return Module._resolveLookupPaths(request, module);
  };
  Object.defineProperty(require, 'main', {
    __proto__: null, value: process.mainModule, writable: true, enumerable: true, configurable: true,
  });
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

// The public side

Module.createRequire = function createRequire(filenameOrUrl) {
  let filename;
  const isUrl = filenameOrUrl !== null && typeof filenameOrUrl === 'object' && filenameOrUrl.href !== undefined;
  if (isUrl || (typeof filenameOrUrl === 'string' && !path.isAbsolute(filenameOrUrl))) {
    try {
      filename = require('internal/url').fileURLToPath(filenameOrUrl);
    } catch {
      throw badFilename(filenameOrUrl);
    }
  } else if (typeof filenameOrUrl !== 'string') {
    throw badFilename(filenameOrUrl);
  } else {
    filename = filenameOrUrl;
  }
  const module = new Module(filename.endsWith('/') ? path.join(filename, 'noop.js') : filename);
  module.filename = module.id;
  module.paths = Module._nodeModulePaths(module.path);
  return makeRequireFunction(module);
};

function badFilename(value) {
  return new codes.ERR_INVALID_ARG_VALUE('filename', value,
    'must be a file URL object, file URL string, or absolute path string');
}

Module._initPaths = function() {
  const { env } = process;
  const home = env.HOME;
  if (require('internal/options').getOptionValue('--no-global-search-paths')) {
    modulePaths = [];
    Module.globalPaths = [];
    return;
  }
  let paths = [path.resolve(process.execPath, '..', '..', 'lib', 'node')];
  if (home) {
    paths = [path.resolve(home, '.node_modules'), path.resolve(home, '.node_libraries'), ...paths];
  }
  if (env.NODE_PATH) {
    paths = [...env.NODE_PATH.split(path.delimiter).filter(Boolean), ...paths];
  }
  modulePaths = paths;
  Module.globalPaths = [...paths];
};

Module._preloadModules = function(requests) {
  if (!Array.isArray(requests) || requests.length === 0) {
    return;
  }
  const parent = new Module('internal/preload', null);
  parent.paths = Module._nodeModulePaths(require('internal/process/per_thread').tryCwd());
  for (const request of requests) {
    parent.require(request);
  }
};

Module.isBuiltin = function isBuiltin(name) {
  return BuiltinModule.isBuiltin(name);
};

let warnedParent = false;

function warnParent() {
  if (!warnedParent && require('internal/options').getOptionValue('--pending-deprecation')) {
    warnedParent = true;
    process.emitWarning('module.parent is deprecated due to accuracy issues. Please use require.main to find program ' +
      'entry point instead.', 'DeprecationWarning', 'DEP0144');
  }
}

Object.defineProperties(Module.prototype, {
  constructor: { __proto__: null, configurable: false, enumerable: false, get: () => Module },
  parent: {
    __proto__: null,
    get() {
      warnParent();
      return parents.get(this);
    },
    set(value) {
      parents.set(this, value);
    },
  },
  isPreloading: { __proto__: null, get: () => false },
});

Object.defineProperties(Module, {
  wrap: {
    __proto__: null,
    get: () => wrap,
    set(value) {
      patched = true;
      wrap = value;
    },
  },
  wrapper: {
    __proto__: null,
    get() {
      // Someone who may change it: from then on files are compiled as wrapped scripts.
      return new Proxy(wrapper, {
        __proto__: null,
        set(target, key, value) {
          patched = true;
          return Reflect.set(target, key, value);
        },
        defineProperty(target, key, descriptor) {
          patched = true;
          return Reflect.defineProperty(target, key, descriptor);
        },
      });
    },
    set(value) {
      patched = true;
      wrapper = value;
    },
  },
  _stat: { __proto__: null, configurable: true, get: () => stat, set() {} },
  _readPackage: {
    __proto__: null,
    configurable: true,
    get: () => (folder) => packages.read(path.resolve(folder, 'package.json')),
    set() {},
  },
});

module.exports = {
  Module,
  codeCache: () => codeCache,
  formatOfJs,
  isWrapperChanged,
  kFormat,
  kIsCachedByESMLoader,
  kIsExecuting,
  kIsMainSymbol,
  kRequire,
  kURL,
  loadFile,
  parents,
  readText,
  requiredNamespace,
  setMain,
  stat,
  stripBom,
  toRealPath,
  tracing,
  useCodeCache,
  useHooks,
};

// SPDX-License-Identifier: MIT
'use strict';

// package.json: finding and reading it, and the resolution of "exports" and "imports", used by CommonJS and ES modules
// alike. Works on paths. The algorithm is PACKAGE_EXPORTS_RESOLVE and its kin in the documentation of ES modules.

const path = require('path');
const { codes } = require('internal/errors');
const fsBinding = internalBinding('fs');

// path of a package.json -> { path, dir, exists, name, main, type, exports, imports, text }
const cache = new Map();

const missing = { exists: false, name: undefined, main: undefined, type: 'none', exports: undefined,
                  imports: undefined };

// Reads the package.json at `jsonPath`. `base` and `specifier` only word the error.
function read(jsonPath, { base, specifier } = {}) {
  let info = cache.get(jsonPath);
  if (info !== undefined) {
    return info;
  }
  const text = fsBinding.readPackageText(jsonPath);
  if (text === undefined) {
    info = { ...missing, path: jsonPath, dir: path.dirname(jsonPath) };
    cache.set(jsonPath, info);
    return info;
  }
  // An object, whose name and type are strings if they are there.
  let json;
  let isValid = true;
  try {
    json = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
    isValid = json !== null && typeof json === 'object' && !Array.isArray(json) &&
      ['name', 'type'].every((key) => !Object.hasOwn(json, key) || typeof json[key] === 'string');
  } catch {
    isValid = false;
  }
  if (!isValid) {
    throw new codes.ERR_INVALID_PACKAGE_CONFIG(jsonPath,
      base !== undefined ? (specifier ? `"${specifier}" from ` : '') + base : undefined);
  }
  const own = (key) => (Object.hasOwn(json, key) ? json[key] : undefined);
  // A map or a target; anything else is as if it were not there.
  const mapped = (key) => {
    const value = own(key);
    return value !== null && (typeof value === 'object' || typeof value === 'string') ? value : undefined;
  };
  const [name, main, type] = [own('name'), own('main'), own('type')];
  info = {
    exists: true,
    path: jsonPath,
    dir: path.dirname(jsonPath),
    name,
    main: typeof main === 'string' ? main : undefined,
    type: type === 'module' || type === 'commonjs' ? type : 'none',
    exports: mapped('exports'),
    imports: mapped('imports'),
  };
  cache.set(jsonPath, info);
  return info;
}

const scopeCache = new Map();

// The package.json that governs a file: the nearest one upward, not beyond a node_modules folder. Undefined if none.
function scopeOf(filename) {
  const start = path.dirname(filename);
  let found = scopeCache.get(start);
  if (found !== undefined) {
    return found === null ? undefined : found;
  }
  let dir = start;
  for (;;) {
    if (dir.endsWith('/node_modules')) {
      found = null;
      break;
    }
    const info = read(dir === '/' ? '/package.json' : `${dir}/package.json`);
    if (info.exists) {
      found = info;
      break;
    }
    const parent = path.dirname(dir);
    if (parent === dir) {
      found = null;
      break;
    }
    dir = parent;
  }
  scopeCache.set(start, found);
  return found === null ? undefined : found;
}

function typeOf(filename) {
  return scopeOf(filename)?.type ?? 'none';
}

const warnedTypeless = new Set();

// A file without a declared type turned out to be an ES module only when it was parsed: that costs, so it is told once.
function warnTypeless(filename, url) {
  const info = scopeOf(filename);
  // Whoever installed a package cannot change it.
  if (info === undefined || warnedTypeless.has(info.path) || filename.includes('/node_modules/')) {
    return;
  }
  warnedTypeless.add(info.path);
  process.emitWarning(`Module type of ${url} is not specified and it doesn't parse as CommonJS.\n` +
    'Reparsing as ES module because module syntax was detected. This incurs a performance overhead.\n' +
    `To eliminate this warning, add "type": "module" to ${info.path}.`, { code: 'MODULE_TYPELESS_PACKAGE_JSON' });
}

// Conditions

let cjsConditions;
let esmConditions;

// The kind 'node-addons' holds where addons may be loaded.
function addonCondition() {
  const addons = require('internal/options').getOptionValue('--no-addons') ||
    (process.permission !== undefined && !process.permission.has('addon'));
  return addons ? [] : ['node-addons'];
}

function userConditions() {
  return require('internal/options').getOptionValue('--conditions') ?? [];
}

function conditionsForRequire() {
  return cjsConditions ??= new Set(['node', 'require', 'module-sync', ...addonCondition(), ...userConditions()]);
}

function conditionsForImport() {
  return esmConditions ??= new Set(['node', 'import', 'module-sync', ...addonCondition(), ...userConditions()]);
}

// exports and imports. `context` is { info, base, conditions, resolvePackage }: whose package.json, for whom (a path or
// undefined), which conditions, and how a bare target of "imports" is resolved further.

const invalidSegment =
  /(^|\\|\/)((\.|%2e)(\.|%2e)?|(n|%6e|%4e)(o|%6f|%4f)(d|%64|%44)(e|%65|%45)(_|%5f)(m|%6d|%4d)(o|%6f|%4f)(d|%64|%44)(u|%75|%55)(l|%6c|%4c)(e|%65|%45)(s|%73|%53))(\\|\/|$)/i;

// An empty segment: allowed so far, and deprecated.
const emptySegment = /^(\/|\\)|(\/|\\)(\/|\\|$)/;

function invalidTarget(context, match, target, isImports) {
  const shown = typeof target === 'object' && target !== null ? JSON.stringify(target, null, '') : `${target}`;
  return new codes.ERR_INVALID_PACKAGE_TARGET(`${context.info.dir}/`, match, shown, isImports, context.base);
}

function invalidMatch(context, request, match, isImports) {
  return new codes.ERR_INVALID_MODULE_SPECIFIER(request,
    `request is not a valid match in pattern "${match}" for the "${isImports ? 'imports' : 'exports'}" resolution ` +
    `of ${context.info.path}`, context.base);
}

function importedFrom({ base }) {
  return base === undefined ? '' : ` imported from ${base}`;
}

function warnEmptySegment(context, target, request, match, isImports) {
  if (process.noDeprecation) {
    return;
  }
  const kind = /\/\//.test(target) ? 'double slash' : 'leading or trailing slash matching';
  process.emitWarning(`Use of deprecated ${kind} resolving "${target}" for module request "${request}"` +
    `${request === match ? '' : ` matched to "${match}"`} in the "${isImports ? 'imports' : 'exports'}" field module ` +
    `resolution of the package at ${context.info.path}${importedFrom(context)}.`, 'DeprecationWarning', 'DEP0166');
}

const warnedTrailingSlash = new Set();

function warnTrailingSlash(context, match) {
  const key = `${context.info.path}|${match}`;
  if (process.noDeprecation || warnedTrailingSlash.has(key)) {
    return;
  }
  warnedTrailingSlash.add(key);
  process.emitWarning(`Use of deprecated trailing slash pattern mapping "${match}" in the "exports" field module ` +
    `resolution of the package at ${context.info.path}${importedFrom(context)}. Mapping specifiers ending in "/" is ` +
    'no longer supported.', 'DeprecationWarning', 'DEP0155');
}

// What `target` stands for: a path, or a URL object where it has escapes, a query or a fragment; what resolvePackage gave
// for a nested package; null (excluded) or undefined (no condition met).
function resolveTarget(context, target, subpath, match, isPattern, isImports) {
  if (typeof target === 'string') {
    return resolveTargetText(context, target, subpath, match, isPattern, isImports);
  }
  if (Array.isArray(target)) {
    if (target.length === 0) {
      return null;
    }
    let lastError;
    for (const item of target) {
      let result;
      try {
        result = resolveTarget(context, item, subpath, match, isPattern, isImports);
      } catch (error) {
        lastError = error;
        if (error.code !== 'ERR_INVALID_PACKAGE_TARGET') {
          throw error;
        }
        continue;
      }
      if (result === undefined) {
        continue;
      }
      if (result === null) {
        lastError = null;
        continue;
      }
      return result;
    }
    if (lastError === undefined || lastError === null) {
      return lastError;
    }
    throw lastError;
  }
  if (typeof target === 'object' && target !== null) {
    const keys = Object.keys(target);
    for (const key of keys) {
      if (String(+key) === key && +key >= 0 && +key < 0xFFFFFFFF) {
        throw new codes.ERR_INVALID_PACKAGE_CONFIG(context.info.path, context.base,
          '"exports" cannot contain numeric property keys.');
      }
    }
    for (const key of keys) {
      if (key === 'default' || context.conditions.has(key)) {
        const result = resolveTarget(context, target[key], subpath, match, isPattern, isImports);
        if (result !== undefined) {
          return result;
        }
      }
    }
    return undefined;
  }
  if (target === null) {
    return null;
  }
  throw invalidTarget(context, match, target, isImports);
}

function resolveTargetText(context, target, subpath, match, isPattern, isImports) {
  if (subpath !== '' && !isPattern && target[target.length - 1] !== '/') {
    throw invalidTarget(context, match, target, isImports);
  }
  if (!target.startsWith('./')) {
    if (isImports && !target.startsWith('../') && !target.startsWith('/') && !isUrl(target)) {
      return context.resolvePackage(isPattern ? target.replaceAll('*', () => subpath) : target + subpath);
    }
    throw invalidTarget(context, match, target, isImports);
  }
  const request = isPattern ? match.replace('*', () => subpath) : match + subpath;
  const whole = isPattern ? target.replaceAll('*', () => subpath) : target + subpath;
  if (invalidSegment.test(target.slice(2))) {
    throw invalidTarget(context, match, target, isImports);
  }
  if (invalidSegment.test(subpath)) {
    throw invalidMatch(context, request, match, isImports);
  }
  if ((subpath !== '' && emptySegment.test(subpath) && !request.endsWith('/')) ||
      (subpath === '' && emptySegment.test(target.slice(2)))) {
    warnEmptySegment(context, whole, request, match, isImports);
  }
  if (/[%?#\\]/.test(whole)) {
    const { URL, pathToFileURL } = require('internal/url');
    return checkedUrl(new URL(whole, pathToFileURL(`${context.info.dir}/`)), context.base);
  }
  return path.join(context.info.dir, whole);
}

// Escapes must not make up separators that nobody looked at.
function checkedUrl(url, base) {
  if (/%2f|%5c/i.test(url.pathname)) {
    throw new codes.ERR_INVALID_MODULE_SPECIFIER(url.pathname, 'must not include encoded "/" or "\\" characters', base);
  }
  return url;
}

function isUrl(text) {
  return /^[a-z][a-z0-9+.-]*:/i.test(text);
}

// The longer the part before '*', the better the pattern fits.
function comparePatterns(a, b) {
  const aStar = a.indexOf('*');
  const bStar = b.indexOf('*');
  const aBase = aStar === -1 ? a.length : aStar + 1;
  const bBase = bStar === -1 ? b.length : bStar + 1;
  if (aBase !== bBase) {
    return bBase - aBase;
  }
  if (aStar === -1) {
    return 1;
  }
  if (bStar === -1) {
    return -1;
  }
  return b.length - a.length;
}

// The key of `table` that fits `request`, with what '*' stands for.
function matchKey(table, request) {
  let best = '';
  let subpath = '';
  for (const key of Object.keys(table)) {
    const star = key.indexOf('*');
    if (star === -1 || !request.startsWith(key.slice(0, star))) {
      continue;
    }
    const tail = key.slice(star + 1);
    if (request.length >= key.length && request.endsWith(tail) && key.lastIndexOf('*') === star &&
        (best === '' || comparePatterns(best, key) > 0)) {
      best = key;
      subpath = request.slice(star, request.length - tail.length);
    }
  }
  return best === '' ? undefined : { key: best, subpath };
}

function isSugar(context) {
  const { exports } = context.info;
  if (typeof exports === 'string' || Array.isArray(exports)) {
    return true;
  }
  if (typeof exports !== 'object' || exports === null) {
    return false;
  }
  let sugar = false;
  let first = true;
  for (const key of Object.keys(exports)) {
    const isCondition = key === '' || key[0] !== '.';
    if (first) {
      sugar = isCondition;
      first = false;
    } else if (sugar !== isCondition) {
      throw new codes.ERR_INVALID_PACKAGE_CONFIG(context.info.path, context.base,
        '"exports" cannot contain some keys starting with \'.\' and some not. The exports object must either be an ' +
        'object of package subpath keys or an object of main entry condition name keys only.');
    }
  }
  return sugar;
}

function resolveExports(context, subpath) {
  let { exports } = context.info;
  if (isSugar(context)) {
    exports = { '.': exports };
  }
  if (Object.hasOwn(exports, subpath) && !subpath.includes('*') && !subpath.endsWith('/')) {
    const result = resolveTarget(context, exports[subpath], '', subpath, false, false);
    if (result === null || result === undefined) {
      throw notExported(context, subpath);
    }
    return result;
  }
  const matched = matchKey(exports, subpath);
  if (matched !== undefined) {
    const result = resolveTarget(context, exports[matched.key], matched.subpath, matched.key, true, false);
    if (subpath.endsWith('/')) {
      warnTrailingSlash(context, subpath);
    }
    if (result !== null && result !== undefined) {
      return result;
    }
  }
  throw notExported(context, subpath);
}

function notExported(context, subpath) {
  return new codes.ERR_PACKAGE_PATH_NOT_EXPORTED(`${context.info.dir}/`, subpath, context.base);
}

// '#name' for a file in the package `info` (undefined if the file is in none).
function resolveImports(context, name) {
  if (name === '#' || name.endsWith('/')) {
    throw new codes.ERR_INVALID_MODULE_SPECIFIER(name, 'is not a valid internal imports specifier name',
      context.base);
  }
  const { info } = context;
  if (typeof info?.imports === 'object') {
    const { imports } = info;
    if (Object.hasOwn(imports, name) && !name.includes('*')) {
      const result = resolveTarget(context, imports[name], '', name, false, true);
      if (result !== null && result !== undefined) {
        return result;
      }
    } else {
      const matched = matchKey(imports, name);
      if (matched !== undefined) {
        const result = resolveTarget(context, imports[matched.key], matched.subpath, matched.key, true, true);
        if (result !== null && result !== undefined) {
          return result;
        }
      }
    }
  }
  throw new codes.ERR_PACKAGE_IMPORT_NOT_DEFINED(name, info?.path && `${info.dir}/`, context.base);
}

// 'name/sub' or '@scope/name/sub' -> { name, subpath: './sub' or '.' }, undefined where it is no package name.
function parseName(specifier) {
  let slash = specifier.indexOf('/');
  let valid = true;
  if (specifier[0] === '@') {
    if (slash === -1 || specifier.length === 0) {
      valid = false;
    } else {
      slash = specifier.indexOf('/', slash + 1);
    }
  }
  const name = slash === -1 ? specifier : specifier.slice(0, slash);
  if (!valid || /^\.|%|\\/.test(name)) {
    return undefined;
  }
  return { name, subpath: `.${slash === -1 ? '' : specifier.slice(slash)}` };
}

module.exports = {
  checkedUrl,
  conditionsForImport,
  conditionsForRequire,
  parseName,
  read,
  resolveExports,
  resolveImports,
  scopeOf,
  typeOf,
  warnTypeless,
};

// SPDX-License-Identifier: MIT
'use strict';

// Resolution of ES module specifiers to URLs (ESM_RESOLVE of the documentation).

const path = require('path');
const { BuiltinModule } = require('internal/bootstrap/realm');
const { codes } = require('internal/errors');
const { URL, fileURLToPath, pathToFileURL } = require('internal/url');
const packages = require('internal/modules/package');
const { stat, toRealPath, formatOfJs, Module } = require('internal/modules/cjs/loader');

function isRelative(specifier) {
  return specifier[0] === '.' && (specifier.length === 1 || specifier[1] === '/' ||
    (specifier[1] === '.' && (specifier.length === 2 || specifier[2] === '/')));
}

function tryUrl(text, base) {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

function basePath(parentUrl) {
  return parentUrl !== undefined && parentUrl.startsWith('file:') ? fileURLToPath(parentUrl) : parentUrl;
}

// A path, or the URL that it is already, as a URL.
function toUrl(target) {
  return typeof target === 'string' ? pathToFileURL(target) : target;
}

// The folder that a parent's path is in, or is.
function folderOf(base) {
  return base.endsWith('/') ? path.resolve(base) : path.dirname(base);
}

// The URL (text) that `specifier` means to the module at `parentUrl`.
function resolve(specifier, parentUrl, conditions = packages.conditionsForImport(), isMain = false) {
  let url;
  if (specifier[0] === '/' || isRelative(specifier)) {
    url = tryUrl(specifier, parentUrl);
    if (url === undefined) {
      throw new codes.ERR_UNSUPPORTED_RESOLVE_REQUEST(specifier, parentUrl);
    }
  } else if (specifier[0] === '#') {
    if (parentUrl?.startsWith('data:')) {
      throw new codes.ERR_UNSUPPORTED_RESOLVE_REQUEST(specifier, parentUrl);
    }
    url = resolveImports(specifier, parentUrl, conditions);
  } else {
    const id = specifier.startsWith('node:') ? undefined : BuiltinModule.normalizeRequirableId(specifier);
    if (id !== undefined) {
      return `node:${id}`;
    }
    url = tryUrl(specifier);
    if (url === undefined) {
      if (parentUrl?.startsWith('data:')) {
        throw new codes.ERR_UNSUPPORTED_RESOLVE_REQUEST(specifier, parentUrl);
      }
      url = resolvePackage(specifier, parentUrl, conditions);
      if (typeof url === 'string') {
        return url;
      }
    }
  }
  if (typeof url === 'string') {
    return url;
  }
  // Whether there is such a built-in or scheme shows when it is loaded.
  if (url.protocol !== 'file:') {
    return url.href;
  }
  return finalize(url, specifier, parentUrl, isMain);
}

// Checks that the file is there and gives its real path's URL.
function finalize(url, specifier, parentUrl, isMain) {
  const base = basePath(parentUrl);
  const filename = fileURLToPath(packages.checkedUrl(url, base));
  const kind = stat(filename.endsWith('/') && filename !== '/' ? filename.slice(0, -1) : filename);
  if (kind === 1) {
    throw new codes.ERR_UNSUPPORTED_DIR_IMPORT(filename, base, url.href);
  }
  if (kind !== 0 || filename.endsWith('/')) {
    const error = new codes.ERR_MODULE_NOT_FOUND(filename, base, url.href);
    suggest(error, specifier, parentUrl);
    throw error;
  }
  const { getOptionValue } = require('internal/options');
  if (getOptionValue(isMain ? '--preserve-symlinks-main' : '--preserve-symlinks')) {
    return url.href;
  }
  const real = toRealPath(filename);
  // Escapes that a path needs not are undone, for a file to have one URL.
  if (real === filename && !url.pathname.includes('%')) {
    return url.href;
  }
  const result = pathToFileURL(real);
  result.search = url.search;
  result.hash = url.hash;
  return result.href;
}

// Someone used to CommonJS leaves out the extension or writes escapes: names the file that require() would have found.
function suggest(error, specifier, parentUrl) {
  if (parentUrl === undefined || !parentUrl.startsWith('file:')) {
    return;
  }
  const folder = path.dirname(fileURLToPath(parentUrl));
  let found;
  try {
    found = Module._findPath(specifier, isRelative(specifier) ? [folder] : Module._nodeModulePaths(folder), false);
  } catch {
    // A package that does not let require() in either has nothing to suggest.
  }
  if (!found) {
    return;
  }
  let relative;
  const inPackage = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+\/.+)$/.exec(found);
  if (!isRelative(specifier) && inPackage !== null) {
    relative = inPackage[1];
  } else {
    relative = path.relative(folder, found);
    if (!relative.startsWith('.')) {
      relative = `./${relative}`;
    }
  }
  const shown = relative.split('/').map((part) => encodeURIComponent(part).replaceAll('%40', '@')).join('/');
  const { message, stack } = error;
  error.message = `${message}\nDid you mean to import ${JSON.stringify(shown)}?`;
  error.stack = stack.replace(message, () => error.message);
}

function resolveImports(name, parentUrl, conditions) {
  const base = basePath(parentUrl);
  const info = base !== undefined ? packages.scopeOf(base) : undefined;
  const result = packages.resolveImports({
    info,
    base,
    conditions,
    resolvePackage: (specifier) => resolve(specifier, pathToFileURL(info.path).href, conditions),
  }, name);
  return typeof result !== 'string' || (result.includes(':') && !result.startsWith('/')) ? result : toUrl(result);
}

function resolvePackage(specifier, parentUrl, conditions) {
  const base = basePath(parentUrl);
  const parsed = packages.parseName(specifier);
  if (parsed === undefined) {
    throw new codes.ERR_INVALID_MODULE_SPECIFIER(specifier, 'is not a valid package name', base);
  }
  const { name, subpath } = parsed;
  const context = { base, conditions };
  const inFile = base !== undefined && path.isAbsolute(base);
  if (!inFile && /^https?:/.test(parentUrl ?? '')) {
    // Packages lie in folders.
    throw new codes.ERR_INVALID_URL(parentUrl);
  }
  if (inFile) {
    const own = packages.scopeOf(base);
    if (own !== undefined && own.name === name && own.exports !== undefined && own.exports !== null) {
      return toUrl(packages.resolveExports({ ...context, info: own }, subpath));
    }
  }
  let folder = inFile ? folderOf(base) : process.cwd();
  for (;;) {
    if (path.basename(folder) !== 'node_modules') {
      const packageDir = path.join(folder, 'node_modules', name);
      if (stat(packageDir) === 1) {
        const info = packages.read(`${packageDir}/package.json`, { base, specifier });
        if (info.exists && info.exports !== undefined && info.exports !== null) {
          return toUrl(packages.resolveExports({ ...context, info }, subpath));
        }
        if (subpath === '.') {
          return pathToFileURL(legacyMain(info, base));
        }
        return tryUrl(subpath, pathToFileURL(`${packageDir}/`).href);
      }
    }
    const parent = path.dirname(folder);
    if (parent === folder) {
      const error = new codes.ERR_MODULE_NOT_FOUND(name, base, null);
      suggest(error, specifier, parentUrl);
      throw error;
    }
    folder = parent;
  }
}

// The main file of a package without "exports".
function legacyMain(info, base) {
  const { dir, main } = info;
  if (main !== undefined) {
    for (const ending of ['', '.js', '.json', '.node', '/index.js', '/index.json', '/index.node']) {
      const filename = path.resolve(dir, main + ending);
      if (stat(filename) === 0) {
        if (ending !== '') {
          warnLegacyMain(info, filename, base);
        }
        return filename;
      }
    }
  }
  for (const ending of ['index.js', 'index.json', 'index.node']) {
    const filename = path.resolve(dir, ending);
    if (stat(filename) === 0) {
      warnLegacyMain(info, filename, base);
      return filename;
    }
  }
  throw new codes.ERR_MODULE_NOT_FOUND(path.resolve(dir, main ?? 'index.js'), base, null);
}

// The main file was found by trying: deprecated for ES modules, which are to be named in full.
function warnLegacyMain(info, filename, base) {
  if (!/\.[cm]?js$/.test(filename) || formatOfJs(filename) !== 'module') {
    return;
  }
  const from = base === undefined ? '' : `, imported from ${base}`;
  const relative = filename.slice(info.dir.length + 1);
  process.emitWarning(info.main === undefined ?
    `No "main" or "exports" field defined in the package.json for ${info.dir}/ resolving the main entry point ` +
    `"${relative}"${from}.\nDefault "index" lookups for the main are deprecated for ES modules.` :
    `Package ${info.dir}/ has a "main" field set to "${info.main}", excluding the full filename and extension to the ` +
    `resolved file at "${relative}"${from}.\n Automatic extension resolution of the "main" field is deprecated for ES ` +
    'modules.', 'DeprecationWarning', 'DEP0151');
}

module.exports = { resolve };

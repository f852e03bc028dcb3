// SPDX-License-Identifier: MIT
'use strict';

// path, POSIX and Windows. Both are string algorithms on characters; neither touches the file system, save for
// process.cwd() in resolve.

const { validateObject, validateString } = require('internal/validators');

const kDot = 46;
const kSlash = 47;
const kBackslash = 92;
const kColon = 58;
const kQuestion = 63;

const isPosixSeparator = (code) => code === kSlash;
const isAnySeparator = (code) => code === kSlash || code === kBackslash;
const isDriveLetter = (code) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/* Made when it is asked for: every program loads this file. */
const isReservedWindowsName = (name) => /^(?:CON|PRN|AUX|NUL|COM[1-9\u00b9\u00b2\u00b3]|LPT[1-9\u00b9\u00b2\u00b3])$/i.test(name);

// Resolves `.` and `..` in a path without root; what goes above the start is kept when it may.
function normalizeString(path, allowAboveRoot, separator, isSeparator) {
  const parts = [];
  let above = 0; // leading '..' among the parts
  let start = 0;
  const { length } = path;
  for (let i = 0; i <= length; i++) {
    if (i < length && !isSeparator(path.charCodeAt(i))) continue;
    const size = i - start;
    if (size === 2 && path.charCodeAt(start) === kDot && path.charCodeAt(start + 1) === kDot) {
      if (parts.length > above) {
        parts.pop();
      } else if (allowAboveRoot) {
        parts.push('..');
        above++;
      }
    } else if (size > 0 && !(size === 1 && path.charCodeAt(start) === kDot)) {
      parts.push(path.slice(start, i));
    }
    start = i + 1;
  }
  return parts.join(separator);
}

function formatExt(ext) {
  return ext ? `${ext[0] === '.' ? '' : '.'}${ext}` : '';
}

function format(separator, pathObject) {
  validateObject(pathObject, 'pathObject');
  const dir = pathObject.dir || pathObject.root;
  const base = pathObject.base || `${pathObject.name || ''}${formatExt(pathObject.ext)}`;
  if (!dir) return base;
  return dir === pathObject.root ? `${dir}${base}` : `${dir}${separator}${base}`;
}

// The extension of the last part: where its last dot is, or -1. '..' and a leading dot do not begin one.
function extensionStart(path, start, end) {
  for (let i = end - 1; i > start; i--) {
    if (path.charCodeAt(i) === kDot) {
      if (i === start + 1 && path.charCodeAt(start) === kDot && end === i + 1) return -1;
      return i;
    }
  }
  return -1;
}

// Where the last part lies, trailing separators aside: [start, end].
function lastPart(path, from, isSeparator) {
  let end = path.length;
  while (end > from && isSeparator(path.charCodeAt(end - 1))) end--;
  let start = end;
  while (start > from && !isSeparator(path.charCodeAt(start - 1))) start--;
  return [start, end];
}

function basenameOf(path, suffix, from, isSeparator) {
  const { 0: start, 1: end } = lastPart(path, from, isSeparator);
  if (suffix === undefined || suffix.length === 0 || suffix.length > path.length) return path.slice(start, end);
  if (suffix === path) return '';
  const base = path.slice(start, end);
  return base !== suffix && base.endsWith(suffix) ? base.slice(0, base.length - suffix.length) : base;
}

function extnameOf(path, from, isSeparator) {
  const { 0: start, 1: end } = lastPart(path, from, isSeparator);
  const dot = extensionStart(path, start, end);
  return dot === -1 ? '' : path.slice(dot, end);
}

function matchesGlob(path, pattern, windows) {
  validateString(path, 'path');
  validateString(pattern, 'pattern');
  return require('internal/fs/glob').matchGlobPattern(path, pattern, windows);
}

// --- POSIX ---------------------------------------------------------------------------------------------------------

const posix = {
  resolve(...args) {
    if (args.length === 0 || (args.length === 1 && (args[0] === '' || args[0] === '.'))) {
      const cwd = process.cwd();
      if (cwd.charCodeAt(0) === kSlash) return cwd;
    }
    let resolved = '';
    let absolute = false;
    for (let i = args.length - 1; i >= 0 && !absolute; i--) {
      const path = args[i];
      validateString(path, `paths[${i}]`);
      if (path.length === 0) continue;
      resolved = `${path}/${resolved}`;
      absolute = path.charCodeAt(0) === kSlash;
    }
    if (!absolute) {
      const cwd = process.cwd();
      resolved = `${cwd}/${resolved}`;
      absolute = cwd.charCodeAt(0) === kSlash;
    }
    resolved = normalizeString(resolved, !absolute, '/', isPosixSeparator);
    if (absolute) return `/${resolved}`;
    return resolved.length > 0 ? resolved : '.';
  },

  normalize(path) {
    validateString(path, 'path');
    if (path.length === 0) return '.';
    const absolute = path.charCodeAt(0) === kSlash;
    const trailing = path.charCodeAt(path.length - 1) === kSlash;
    path = normalizeString(path, !absolute, '/', isPosixSeparator);
    if (path.length === 0) {
      if (absolute) return '/';
      return trailing ? './' : '.';
    }
    if (trailing) path += '/';
    return absolute ? `/${path}` : path;
  },

  isAbsolute(path) {
    validateString(path, 'path');
    return path.length > 0 && path.charCodeAt(0) === kSlash;
  },

  join(...args) {
    if (args.length === 0) return '.';
    const parts = [];
    for (let i = 0; i < args.length; i++) {
      validateString(args[i], 'path');
      if (args[i].length > 0) parts.push(args[i]);
    }
    return parts.length === 0 ? '.' : posix.normalize(parts.join('/'));
  },

  relative(from, to) {
    validateString(from, 'from');
    validateString(to, 'to');
    if (from === to) return '';
    from = posix.resolve(from);
    to = posix.resolve(to);
    if (from === to) return '';
    const fromParts = from === '/' ? [] : from.slice(1).split('/');
    const toParts = to === '/' ? [] : to.slice(1).split('/');
    let common = 0;
    while (common < fromParts.length && common < toParts.length && fromParts[common] === toParts[common]) common++;
    const out = new Array(fromParts.length - common).fill('..');
    out.push(...toParts.slice(common));
    return out.join('/');
  },

  toNamespacedPath(path) {
    return path;
  },

  dirname(path) {
    validateString(path, 'path');
    if (path.length === 0) return '.';
    const hasRoot = path.charCodeAt(0) === kSlash;
    let end = path.length;
    while (end > 1 && path.charCodeAt(end - 1) === kSlash) end--;
    const slash = path.lastIndexOf('/', end - 1);
    if (slash === -1 || (slash === 0 && !hasRoot)) return '.';
    if (slash === 0) return '/';
    // `//a` keeps both.
    if (hasRoot && slash === 1) return '//';
    end = slash;
    return path.slice(0, end);
  },

  basename(path, suffix) {
    if (suffix !== undefined) validateString(suffix, 'suffix');
    validateString(path, 'path');
    return basenameOf(path, suffix, 0, isPosixSeparator);
  },

  extname(path) {
    validateString(path, 'path');
    return extnameOf(path, 0, isPosixSeparator);
  },

  format: format.bind(null, '/'),

  parse(path) {
    validateString(path, 'path');
    const ret = { root: '', dir: '', base: '', ext: '', name: '' };
    if (path.length === 0) return ret;
    const absolute = path.charCodeAt(0) === kSlash;
    if (absolute) ret.root = '/';
    const { 0: start, 1: end } = lastPart(path, absolute ? 1 : 0, isPosixSeparator);
    fillParsed(ret, path, start, end);
    // As Node has it: right behind the root `..` is a name `.` with an empty extension.
    if (absolute && start === 1 && ret.base === '..') ret.name = ret.ext = '.';
    if (start > (absolute ? 1 : 0)) ret.dir = path.slice(0, start - 1);
    else if (absolute) ret.dir = '/';
    return ret;
  },

  matchesGlob(path, pattern) {
    return matchesGlob(path, pattern, false);
  },

  sep: '/',
  delimiter: ':',
  win32: null,
  posix: null,
};

function fillParsed(ret, path, start, end) {
  if (start >= end) return;
  ret.base = path.slice(start, end);
  const dot = extensionStart(path, start, end);
  if (dot === -1) {
    ret.name = ret.base;
  } else {
    ret.name = path.slice(start, dot);
    ret.ext = path.slice(dot, end);
  }
}

// --- Windows -------------------------------------------------------------------------------------------------------

// What a path begins with: { device: 'C:' or '\\\\server\\share' or '', rootEnd, absolute }.
function windowsRoot(path) {
  const { length } = path;
  const result = { device: '', rootEnd: 0, absolute: false };
  if (length === 0) return result;
  const first = path.charCodeAt(0);
  if (isAnySeparator(first)) {
    result.absolute = true;
    result.rootEnd = 1;
    if (length > 1 && isAnySeparator(path.charCodeAt(1))) {
      // Perhaps \\server\share.
      let i = 2;
      let last = i;
      while (i < length && !isAnySeparator(path.charCodeAt(i))) i++;
      if (i < length && i !== last) {
        const server = path.slice(last, i);
        last = i;
        while (i < length && isAnySeparator(path.charCodeAt(i))) i++;
        if (i < length && i !== last) {
          last = i;
          while (i < length && !isAnySeparator(path.charCodeAt(i))) i++;
          if (i === length || i !== last) {
            if (server !== '.' && server !== '?') {
              result.device = `\\\\${server}\\${path.slice(last, i)}`;
              result.rootEnd = i;
              result.unc = true;
            } else {
              // \\.\device and \\?\device
              result.device = `\\\\${server}`;
              result.rootEnd = 4;
              result.deviceEnd = i;
            }
          }
        }
      }
    }
  } else if (isDriveLetter(first) && length > 1 && path.charCodeAt(1) === kColon) {
    result.device = path.slice(0, 2);
    result.rootEnd = 2;
    if (length > 2 && isAnySeparator(path.charCodeAt(2))) {
      result.absolute = true;
      result.rootEnd = 3;
    }
  }
  return result;
}

// Where the root ends when a share's or device's separator belongs to it, as for dirname and parse.
function shareRootEnd(path) {
  const { rootEnd, unc, deviceEnd } = windowsRoot(path);
  if (!unc && deviceEnd === undefined) return rootEnd;
  const end = deviceEnd ?? rootEnd;
  return end < path.length ? end + 1 : end;
}

const win32 = {
  resolve(...args) {
    let resolvedDevice = '';
    let resolvedTail = '';
    let resolvedAbsolute = false;
    for (let i = args.length - 1; i >= -1; i--) {
      let path;
      if (i >= 0) {
        path = args[i];
        validateString(path, `paths[${i}]`);
        if (path.length === 0) continue;
      } else if (resolvedDevice.length === 0) {
        path = process.cwd();
      } else {
        // Windows keeps a working directory for each drive.
        path = process.env[`=${resolvedDevice}`] || process.cwd();
        if (path === undefined || (path.slice(0, 2).toLowerCase() !== resolvedDevice.toLowerCase() &&
            path.charCodeAt(2) === kBackslash)) {
          path = `${resolvedDevice}\\`;
        }
      }
      const { device, rootEnd, absolute } = windowsRoot(path);
      if (device.length > 0) {
        if (resolvedDevice.length > 0) {
          if (device.toLowerCase() !== resolvedDevice.toLowerCase()) continue;
        } else {
          resolvedDevice = device;
        }
      }
      if (resolvedAbsolute) {
        if (resolvedDevice.length > 0) break;
      } else {
        resolvedTail = `${path.slice(rootEnd)}\\${resolvedTail}`;
        resolvedAbsolute = absolute;
        if (absolute && resolvedDevice.length > 0) break;
      }
    }
    resolvedTail = normalizeString(resolvedTail, !resolvedAbsolute, '\\', isAnySeparator);
    return resolvedAbsolute ? `${resolvedDevice}\\${resolvedTail}` : `${resolvedDevice}${resolvedTail}` || '.';
  },

  normalize(path) {
    validateString(path, 'path');
    const { length } = path;
    if (length === 0) return '.';
    if (length === 1) return isPosixSeparator(path.charCodeAt(0)) ? '\\' : path;
    const colon = path.indexOf(':');
    if (colon > 1 && isReservedWindowsName(path.slice(0, colon))) {
      // What is behind a device's name must not climb above it.
      let rest = normalizeString(path.slice(colon + 1), true, '\\', isAnySeparator);
      if (rest === '') rest = '.';
      if (colon + 1 < length && isAnySeparator(path.charCodeAt(length - 1))) rest += '\\';
      return `.\\${path.slice(0, colon + 1)}${rest}`;
    }
    const { device, rootEnd, absolute, unc } = windowsRoot(path);
    if (unc && rootEnd === length) return `${device}\\`;
    let tail = rootEnd < length ? normalizeString(path.slice(rootEnd), !absolute, '\\', isAnySeparator) : '';
    if (tail.length === 0 && !absolute) tail = '.';
    if (tail.length > 0 && isAnySeparator(path.charCodeAt(length - 1))) tail += '\\';
    if (!absolute && device === '' && path.includes(':')) {
      // A name such as `./a:b` must not turn into a drive.
      if (tail.length >= 2 && isDriveLetter(tail.charCodeAt(0)) && tail.charCodeAt(1) === kColon) return `.\\${tail}`;
      let index = path.indexOf(':');
      do {
        if (index === length - 1 || isAnySeparator(path.charCodeAt(index + 1))) return `.\\${tail}`;
      } while ((index = path.indexOf(':', index + 1)) !== -1);
    }
    if (device === '') return absolute ? `\\${tail}` : tail;
    return absolute ? `${device}\\${tail}` : `${device}${tail}`;
  },

  isAbsolute(path) {
    validateString(path, 'path');
    if (path.length === 0) return false;
    const first = path.charCodeAt(0);
    return isAnySeparator(first) || (path.length > 2 && isDriveLetter(first) && path.charCodeAt(1) === kColon &&
      isAnySeparator(path.charCodeAt(2)));
  },

  join(...args) {
    if (args.length === 0) return '.';
    const parts = [];
    for (let i = 0; i < args.length; i++) {
      validateString(args[i], 'path');
      if (args[i].length > 0) parts.push(args[i]);
    }
    if (parts.length === 0) return '.';
    const firstPart = parts[0];
    let joined = parts.join('\\');
    // Two separators at the start mean a UNC path only where the first argument had them.
    let needsReplace = true;
    let slashes = 0;
    if (isAnySeparator(firstPart.charCodeAt(0))) {
      ++slashes;
      if (firstPart.length > 1 && isAnySeparator(firstPart.charCodeAt(1))) {
        ++slashes;
        if (firstPart.length > 2) {
          if (isAnySeparator(firstPart.charCodeAt(2))) ++slashes;
          else needsReplace = false;
        }
      }
    }
    if (needsReplace) {
      while (slashes < joined.length && isAnySeparator(joined.charCodeAt(slashes))) slashes++;
      if (slashes >= 2) joined = `\\${joined.slice(slashes)}`;
    }
    // A path with a device's name in it is left as it is: `..` would take the name away.
    if (joined.includes(':')) {
      for (const segment of joined.split('\\')) {
        const colon = segment.indexOf(':');
        if (colon > 1 && isReservedWindowsName(segment.slice(0, colon))) return joined.replace(/\//g, '\\');
      }
    }
    return win32.normalize(joined);
  },

  relative(from, to) {
    validateString(from, 'from');
    validateString(to, 'to');
    if (from === to) return '';
    const fromResolved = win32.resolve(from);
    const toResolved = win32.resolve(to);
    if (fromResolved === toResolved || fromResolved.toLowerCase() === toResolved.toLowerCase()) return '';
    const split = (path) => path.replace(/^\\+|\\+$/g, '').split('\\');
    const fromParts = split(fromResolved);
    const toParts = split(toResolved);
    let common = 0;
    while (common < fromParts.length && common < toParts.length &&
        fromParts[common].toLowerCase() === toParts[common].toLowerCase()) {
      common++;
    }
    // Nothing in common: another drive or share.
    if (common === 0) return toResolved;
    const out = new Array(fromParts.length - common).fill('..');
    out.push(...toParts.slice(common));
    return out.join('\\');
  },

  toNamespacedPath(path) {
    if (typeof path !== 'string' || path.length === 0) return path;
    const resolved = win32.resolve(path);
    if (resolved.length <= 2) return path;
    if (resolved.charCodeAt(0) === kBackslash) {
      if (resolved.charCodeAt(1) === kBackslash) {
        const code = resolved.charCodeAt(2);
        if (code !== kQuestion && code !== kDot) return `\\\\?\\UNC\\${resolved.slice(2)}`;
      }
    } else if (isDriveLetter(resolved.charCodeAt(0)) && resolved.charCodeAt(1) === kColon &&
        resolved.charCodeAt(2) === kBackslash) {
      return `\\\\?\\${resolved}`;
    }
    return resolved;
  },

  dirname(path) {
    validateString(path, 'path');
    const { length } = path;
    if (length === 0) return '.';
    if (length === 1) return isAnySeparator(path.charCodeAt(0)) ? path : '.';
    const root = shareRootEnd(path);
    if (root === length && length > 3) return path;
    let end = length;
    while (end > root && isAnySeparator(path.charCodeAt(end - 1))) end--;
    while (end > root && !isAnySeparator(path.charCodeAt(end - 1))) end--;
    if (end > root) end--;
    if (end <= root && root === 0) return '.';
    return path.slice(0, Math.max(end, root));
  },

  basename(path, suffix) {
    if (suffix !== undefined) validateString(suffix, 'suffix');
    validateString(path, 'path');
    const from = path.length >= 2 && isDriveLetter(path.charCodeAt(0)) && path.charCodeAt(1) === kColon ? 2 : 0;
    return basenameOf(path, suffix, from, isAnySeparator);
  },

  extname(path) {
    validateString(path, 'path');
    const from = path.length >= 2 && path.charCodeAt(1) === kColon && isDriveLetter(path.charCodeAt(0)) ? 2 : 0;
    return extnameOf(path, from, isAnySeparator);
  },

  format: format.bind(null, '\\'),

  parse(path) {
    validateString(path, 'path');
    const ret = { root: '', dir: '', base: '', ext: '', name: '' };
    const { length } = path;
    if (length === 0) return ret;
    const root = shareRootEnd(path);
    if (root > 0) ret.root = path.slice(0, root);
    if (root === length) {
      ret.dir = ret.root;
      return ret;
    }
    const { 0: start, 1: end } = lastPart(path, root, isAnySeparator);
    fillParsed(ret, path, start, end);
    ret.dir = start > 0 && start !== root ? path.slice(0, start - 1) : ret.root;
    return ret;
  },

  matchesGlob(path, pattern) {
    return matchesGlob(path, pattern, true);
  },

  sep: '\\',
  delimiter: ';',
  win32: null,
  posix: null,
};

posix.win32 = win32.win32 = win32;
posix.posix = win32.posix = posix;

// Of old, and still called.
win32._makeLong = win32.toNamespacedPath;
posix._makeLong = posix.toNamespacedPath;

for (const flavour of [posix, win32]) {
  Object.defineProperty(flavour.format, 'name', { __proto__: null, value: 'bound _format', configurable: true });
}

module.exports = process.platform === 'win32' ? win32 : posix;

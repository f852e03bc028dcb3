// SPDX-License-Identifier: MIT
'use strict';

// fs.cp: copies a file or, recursively, a tree. Steps for the drivers of operations.js.

const path = require('path');
const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateObject } = require('internal/validators');
const u = require('internal/fs/utils');

const defaults = {
  dereference: false, errorOnExist: false, filter: undefined, force: true, preserveTimestamps: false,
  recursive: false, verbatimSymlinks: false,
};

function getOptions(given) {
  if (given === undefined) {
    return { ...defaults, mode: 0 };
  }
  validateObject(given, 'options');
  const options = { ...defaults, ...given };
  for (const name of ['dereference', 'errorOnExist', 'force', 'preserveTimestamps', 'recursive', 'verbatimSymlinks']) {
    validateBoolean(options[name], `options.${name}`);
  }
  options.mode = u.getCopyMode(given.mode);
  if (options.dereference && options.verbatimSymlinks) {
    throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('dereference', 'verbatimSymlinks');
  }
  if (options.filter !== undefined) {
    validateFunction(options.filter, 'options.filter');
  }
  return options;
}

function cpSteps(src, dest, given) {
  const options = getOptions(given);
  src = u.getPath(src, 'src');
  dest = u.getPath(dest, 'dest');
  return steps(toText(src), toText(dest), options);
}

function toText(value) {
  return typeof value === 'string' ? value : u.toBytes(value).toString();
}

function refused(code, message, file, errno, name) {
  return new codes[code]({ message, path: file, syscall: 'cp', errno, code: name });
}

function* statOf(file, options) {
  return u.toStats(yield [options.dereference ? 'stat' : 'lstat', [file, true]]);
}

function* statOrNothing(file, options) {
  try {
    return yield* statOf(file, options);
  } catch (error) {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

function* steps(src, dest, options) {
  // Both ends as a whole, before their parts.
  if (process.permission !== undefined) {
    const { check } = internalBinding('permission');
    check('fs.read', `${src}`);
    check('fs.write', `${dest}`);
  }
  if (options.filter && !(yield* allowed(src, dest, options))) {
    return;
  }
  const srcStat = yield* statOf(src, options);
  const destStat = yield* statOrNothing(dest, options);
  checkPair(src, srcStat, dest, destStat);
  yield* checkParents(src, srcStat, dest);
  const parent = path.dirname(path.resolve(dest));
  yield ['mkdir', [parent, 0o777, true]];
  yield* copyOne(src, srcStat, dest, destStat, options);
}

function checkPair(src, srcStat, dest, destStat) {
  if (destStat) {
    if (destStat.ino === srcStat.ino && destStat.dev === srcStat.dev) {
      throw refused('ERR_FS_CP_EINVAL', 'src and dest cannot be the same', dest, 22, 'EINVAL');
    }
    if (srcStat.isDirectory() && !destStat.isDirectory()) {
      throw refused('ERR_FS_CP_DIR_TO_NON_DIR', `cannot overwrite non-directory ${dest} with directory ${src}`, dest, 21,
                    'EISDIR');
    }
    if (!srcStat.isDirectory() && destStat.isDirectory()) {
      throw refused('ERR_FS_CP_NON_DIR_TO_DIR', `cannot overwrite directory ${dest} with non-directory ${src}`, dest, 20,
                    'ENOTDIR');
    }
  }
  if (srcStat.isDirectory() && isInside(src, dest)) {
    throw refused('ERR_FS_CP_EINVAL', `cannot copy ${src} to a subdirectory of self ${dest}`, dest, 22, 'EINVAL');
  }
}

function isInside(src, dest) {
  const from = path.resolve(src).split(path.sep).filter(Boolean);
  const to = path.resolve(dest).split(path.sep).filter(Boolean);
  return from.every((part, i) => to[i] === part);
}

// A folder above dest may be src under another name (through a symbolic link).
function* checkParents(src, srcStat, dest) {
  const srcParent = path.resolve(path.dirname(src));
  for (let folder = path.resolve(path.dirname(dest)); ; folder = path.dirname(folder)) {
    if (folder === srcParent || folder === path.parse(folder).root) {
      return;
    }
    let stats;
    try {
      stats = u.toStats(yield ['stat', [folder, true]]);
    } catch (error) {
      if (error.code === 'ENOENT') {
        continue;
      }
      throw error;
    }
    if (stats.ino === srcStat.ino && stats.dev === srcStat.dev) {
      throw refused('ERR_FS_CP_EINVAL', `cannot copy ${src} to a subdirectory of self ${dest}`, dest, 22, 'EINVAL');
    }
  }
}

function* allowed(src, dest, options) {
  const answer = options.filter(src, dest);
  if (answer !== null && typeof answer === 'object' && typeof answer.then === 'function') {
    return yield ['await', answer];
  }
  return answer;
}

function* copyOne(src, srcStat, dest, destStat, options) {
  if (srcStat.isDirectory()) {
    if (!options.recursive) {
      throw refused('ERR_FS_EISDIR', `Recursive option not enabled, cannot copy a directory: ${src}`, src, 21, 'EISDIR');
    }
    yield* copyFolder(src, srcStat, dest, destStat, options);
  } else if (srcStat.isFile() || srcStat.isCharacterDevice() || srcStat.isBlockDevice()) {
    yield* copyFile(src, srcStat, dest, destStat, options);
  } else if (srcStat.isSymbolicLink()) {
    yield* copyLink(src, dest, destStat, options);
  } else if (srcStat.isSocket()) {
    throw refused('ERR_FS_CP_SOCKET', `cannot copy a socket file: ${dest}`, dest, 22, 'EINVAL');
  } else if (srcStat.isFIFO()) {
    throw refused('ERR_FS_CP_FIFO_PIPE', `cannot copy a FIFO pipe: ${dest}`, dest, 22, 'EINVAL');
  } else {
    throw refused('ERR_FS_CP_UNKNOWN', `cannot copy an unknown file type: ${dest}`, dest, 22, 'EINVAL');
  }
}

function* copyFile(src, srcStat, dest, destStat, options) {
  if (destStat) {
    if (options.force) {
      yield ['unlink', [dest]];
    } else if (options.errorOnExist) {
      throw refused('ERR_FS_CP_EEXIST', `${dest} already exists`, dest, 17, 'EEXIST');
    } else {
      return;
    }
  }
  yield ['copyFile', [src, dest, options.mode]];
  if (options.preserveTimestamps) {
    // A read-only file could not have its times set.
    if ((srcStat.mode & 0o200n) === 0n) {
      yield ['chmod', [dest, Number(srcStat.mode | 0o200n) & 0o7777]];
    }
    const now = u.toStats(yield ['stat', [src, false]]);
    yield ['utimes', [dest, now.atimeMs / 1000, now.mtimeMs / 1000]];
  }
  yield ['chmod', [dest, Number(srcStat.mode) & 0o7777]];
}

function* copyFolder(src, srcStat, dest, destStat, options) {
  if (!destStat) {
    yield ['mkdir', [dest, 0o777, false]];
  } else if (options.errorOnExist && !options.force) {
    throw refused('ERR_FS_CP_EEXIST', `${dest} already exists`, dest, 17, 'EEXIST');
  }
  const { 0: names } = yield ['readdir', [src, 'utf8', true]];
  for (const name of names) {
    const from = path.join(src, name);
    const to = path.join(dest, name);
    if (options.filter && !(yield* allowed(from, to, options))) {
      continue;
    }
    const fromStat = yield* statOf(from, options);
    const toStat = yield* statOrNothing(to, options);
    checkPair(from, fromStat, to, toStat);
    yield* copyOne(from, fromStat, to, toStat, options);
  }
  if (!destStat) {
    yield ['chmod', [dest, Number(srcStat.mode) & 0o7777]];
  }
}

function* copyLink(src, dest, destStat, options) {
  let target = yield ['readlink', [src, 'utf8']];
  if (!options.verbatimSymlinks && !path.isAbsolute(target)) {
    target = path.resolve(path.dirname(src), target);
  }
  if (!destStat) {
    yield ['symlink', [target, dest, 0]];
    return;
  }
  let existing;
  try {
    existing = yield ['readlink', [dest, 'utf8']];
  } catch (error) {
    if (error.code === 'EINVAL' || error.code === 'UNKNOWN') {
      // Not a link: it is in the way.
      yield ['symlink', [target, dest, 0]];
      return;
    }
    throw error;
  }
  if (!path.isAbsolute(existing)) {
    existing = path.resolve(path.dirname(dest), existing);
  }
  let targetIsFolder = false;
  try {
    targetIsFolder = u.toStats(yield ['stat', [src, false]]).isDirectory();
  } catch {
    // A link that leads nowhere can be copied all the same.
  }
  if (targetIsFolder && isInside(target, existing)) {
    throw refused('ERR_FS_CP_EINVAL', `cannot copy ${target} to a subdirectory of self ${existing}`, dest, 22, 'EINVAL');
  }
  if (targetIsFolder && isInside(existing, target)) {
    throw refused('ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY', `cannot overwrite ${existing} with ${target}`, dest, 22, 'EINVAL');
  }
  yield ['unlink', [dest]];
  yield ['symlink', [target, dest, 0]];
}

module.exports = { cpSteps };

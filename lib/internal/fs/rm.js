// SPDX-License-Identifier: MIT
'use strict';

// fs.rm: removes a file or, recursively, a tree. Steps for the drivers of operations.js.

const { codes } = require('internal/errors');
const u = require('internal/fs/utils');

const defaults = { force: false, recursive: false, retryDelay: 100, maxRetries: 0 };
const retried = new Set(['EBUSY', 'EMFILE', 'ENFILE', 'ENOTEMPTY', 'EPERM']);

function rmSteps(path, given) {
  return steps(path, u.getRmOptions(given, defaults));
}

function* steps(path, options) {
  // The tree as a whole, before its leaves.
  if (process.permission !== undefined) {
    internalBinding('permission').check('fs.write', typeof path === 'string' ? path : require('buffer').Buffer.from(path).toString());
  }
  let stats;
  try {
    stats = u.toStats(yield ['lstat', [path, false]]);
  } catch (error) {
    if (options.force && error.code === 'ENOENT') {
      return;
    }
    throw error;
  }
  if (!stats.isDirectory()) {
    yield* retry(['unlink', [path]], options);
    return;
  }
  if (!options.recursive) {
    throw new codes.ERR_FS_EISDIR({
      code: 'EISDIR', message: 'is a directory', path, syscall: 'rm', errno: 21,
    });
  }
  yield* removeTree(path, options);
}

function* removeTree(path, options) {
  // A stack of its own: trees may be deeper than calls.
  const stack = [{ path, names: undefined }];
  while (stack.length > 0) {
    const top = stack[stack.length - 1];
    if (top.names === undefined) {
      try {
        top.names = yield ['readdir', [top.path, typeof top.path === 'string' ? 'utf8' : 'buffer', true]];
        // A name that is not UTF-8 is reached by its bytes only.
        if (typeof top.path === 'string' && top.names[0].some((name) => name.includes('\ufffd'))) {
          top.names = yield ['readdir', [top.path, 'buffer', true]];
        }
      } catch (error) {
        if (error.code !== 'ENOENT') {
          throw error;
        }
        stack.pop();
        continue;
      }
      const { 0: names, 1: types } = top.names;
      for (let i = 0; i < names.length; i++) {
        const full = u.joinPath(top.path, names[i]);
        if (types[i] === 2) {
          stack.push({ path: full, names: undefined });
        } else if (types[i] === 0 && u.toStats(yield ['lstat', [full, false]]).isDirectory()) {
          stack.push({ path: full, names: undefined });
        } else {
          yield* retry(['unlink', [full]], options);
        }
      }
      continue;
    }
    yield* retry(['rmdir', [top.path]], options);
    stack.pop();
  }
}

function* retry(operation, options) {
  for (let tries = 0; ; tries++) {
    try {
      yield operation;
      return;
    } catch (error) {
      if (error.code === 'ENOENT') {
        return;
      }
      if (!retried.has(error.code) || tries >= options.maxRetries) {
        throw error;
      }
      yield ['sleep', options.retryDelay * (tries + 1)];
    }
  }
}

module.exports = { rmSteps };

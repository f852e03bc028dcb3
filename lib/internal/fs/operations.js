// SPDX-License-Identifier: MIT
'use strict';

// The simple operations of fs, each said once: the name of the C function, how arguments are checked and turned into
// what C takes, how its result is turned into what programs get. The synchronous, the callback and the promise forms are
// made from this table. Work of several steps (rm, cp, recursive readdir) is written as generators that yield
// operations, and runs in both worlds too.

const u = require('internal/fs/utils');
const { validateFunction, validateBoolean, validateInteger, validateOneOf } = require('internal/validators');
const binding = internalBinding('fs');

const { getPath, getFd, getMode, toUnixTimestamp, kMaxUserId } = u;

// A request in flight. C calls oncomplete(error) or oncomplete(null, value).
class Request {
  constructor(callback, finish) {
    this.callback = callback;
    this.finish = finish;
  }

  oncomplete(error, value) {
    const { callback, finish } = this;
    if (error) {
      callback(error);
      return;
    }
    if (finish !== undefined) {
      value = finish(value);
    }
    if (value === undefined) {
      callback(null);
    } else {
      callback(null, value);
    }
  }
}

class PromiseRequest {
  constructor(resolve, reject, finish) {
    this.resolve = resolve;
    this.reject = reject;
    this.finish = finish;
  }

  get isPromise() {
    return true;
  }

  oncomplete(error, value) {
    if (error) {
      // The promise's own trace says more than that of the loop.
      if (typeof error.stack === 'string' && !error.stack.includes('\n')) {
        Error.captureStackTrace(error);
      }
      this.reject(error);
      return;
    }
    this.resolve(this.finish !== undefined ? this.finish(value) : value);
  }
}

function ids(uid, gid) {
  validateInteger(uid, 'uid', -1, kMaxUserId);
  validateInteger(gid, 'gid', -1, kMaxUserId);
}

function encodingOf(options) {
  return u.getOptions(options).encoding;
}

// An operation gives { args, finish } from the program's arguments.
function namesFinish(encoding) {
  return encoding === undefined || u.rawEncoding(encoding) === 'utf8' ? undefined :
    (value) => u.decodeName(value, encoding);
}

function entriesFinish(path, options) {
  const { encoding, withFileTypes } = options;
  if (!withFileTypes) {
    return u.rawEncoding(encoding) === 'utf8' ? undefined :
      (names) => names.map((name) => u.decodeName(name, encoding));
  }
  return (value) => {
    const { 0: names, 1: types } = value;
    const result = new Array(names.length);
    for (let i = 0; i < names.length; i++) {
      let type = types[i];
      if (type === 0) {
        // Some file systems do not say in the listing.
        type = u.typeOfStats(u.toStats(binding.lstat(u.joinPath(path, names[i]), false)));
      }
      result[i] = new u.Dirent(u.decodeName(names[i], encoding), u.decodeName(path, encoding), type);
    }
    return result;
  };
}

// name: [required arguments, all arguments, prepare]
const operations = {
  __proto__: null,
  access: [1, 2, (path, mode) => ({ args: [getPath(path), u.getAccessMode(mode)] })],
  chmod: [2, 2, (path, mode) => ({ args: [getPath(path), getMode(mode)] })],
  chown: [3, 3, (path, uid, gid) => {
    path = getPath(path);
    ids(uid, gid);
    return { args: [path, uid, gid] };
  }],
  close: [1, 1, (fd) => ({ args: [getFd(fd)] })],
  copyFile: [2, 3, (src, dest, mode) => ({
    args: [getPath(src, 'src'), getPath(dest, 'dest'), u.getCopyMode(mode)],
  })],
  fchmod: [2, 2, (fd, mode) => {
    mode = getMode(mode);
    return { args: [getFd(fd), mode] };
  }],
  fchown: [3, 3, (fd, uid, gid) => {
    ids(uid, gid);
    return { args: [getFd(fd), uid, gid] };
  }],
  fdatasync: [1, 1, (fd) => ({ args: [getFd(fd)] })],
  fstat: [1, 2, (fd, options) => ({ args: [getFd(fd), !!options?.bigint], finish: u.toStats })],
  fsync: [1, 1, (fd) => ({ args: [getFd(fd)] })],
  ftruncate: [1, 2, (fd, length = 0) => {
    fd = getFd(fd);
    validateInteger(length, 'len');
    return { args: [fd, Math.max(0, length)] };
  }],
  futimes: [3, 3, (fd, atime, mtime) => ({
    args: [getFd(fd), toUnixTimestamp(atime, 'atime'), toUnixTimestamp(mtime, 'mtime')],
  })],
  lchown: [3, 3, (path, uid, gid) => {
    path = getPath(path);
    ids(uid, gid);
    return { args: [path, uid, gid] };
  }],
  link: [2, 2, (existingPath, newPath) => ({
    args: [getPath(existingPath, 'existingPath'), getPath(newPath, 'newPath')],
  })],
  lstat: [1, 2, (path, options) => ({
    args: [getPath(path), !!options?.bigint], finish: u.toStats, mayMiss: options?.throwIfNoEntry === false,
  })],
  lutimes: [3, 3, (path, atime, mtime) => ({
    args: [getPath(path), toUnixTimestamp(atime), toUnixTimestamp(mtime)],
  })],
  mkdir: [1, 2, (path, options) => {
    let mode = 0o777;
    let recursive = false;
    if (typeof options === 'number' || typeof options === 'string') {
      mode = getMode(options, 0o777);
    } else if (options) {
      if (options.recursive !== undefined) {
        recursive = options.recursive;
        validateBoolean(recursive, 'options.recursive');
      }
      if (options.mode !== undefined) {
        mode = getMode(options.mode, 0o777, 'options.mode');
      }
    }
    return { args: [getPath(path), mode, recursive] };
  }],
  mkdtemp: [1, 2, (prefix, options) => {
    const encoding = encodingOf(options);
    const path = getPath(prefix, 'prefix');
    warnOfFinalX(path);
    return { args: [path, u.rawEncoding(encoding)], finish: namesFinish(encoding) };
  }],
  open: [1, 3, (path, flags, mode) => ({
    args: [getPath(path), u.getFlags(flags ?? 'r'), getMode(mode, 0o666)],
  })],
  readdir: [1, 2, (path, options) => {
    options = u.getOptions(options);
    path = getPath(path);
    if (options.recursive !== undefined && options.recursive !== null) {
      validateBoolean(options.recursive, 'options.recursive');
      if (options.recursive) {
        return { steps: readdirRecursive(path, options) };
      }
    }
    return {
      args: [path, u.rawEncoding(options.encoding), !!options.withFileTypes], finish: entriesFinish(path, options),
    };
  }],
  readlink: [1, 2, (path, options) => {
    const encoding = encodingOf(options);
    return { args: [getPath(path), u.rawEncoding(encoding)], finish: namesFinish(encoding) };
  }],
  realpath: [1, 2, (path, options) => {
    const encoding = encodingOf(options);
    return { args: [getPath(path), u.rawEncoding(encoding)], finish: namesFinish(encoding) };
  }],
  rename: [2, 2, (oldPath, newPath) => ({ args: [getPath(oldPath, 'oldPath'), getPath(newPath, 'newPath')] })],
  rmdir: [1, 2, (path, options) => {
    path = getPath(path);
    if (options?.recursive !== undefined) {
      const { ERR_INVALID_ARG_VALUE } = require('internal/errors').codes;
      throw new ERR_INVALID_ARG_VALUE('options.recursive', options.recursive, 'is no longer supported');
    }
    return { args: [path] };
  }],
  rm: [1, 2, (path, options) => {
    path = getPath(path);
    return { steps: require('internal/fs/rm').rmSteps(path, options) };
  }],
  cp: [2, 3, (src, dest, options) => ({ steps: require('internal/fs/cp').cpSteps(src, dest, options) })],
  stat: [1, 2, (path, options) => ({
    args: [getPath(path), !!options?.bigint], finish: u.toStats, mayMiss: options?.throwIfNoEntry === false,
  })],
  statfs: [1, 2, (path, options) => ({
    args: [getPath(path), !!options?.bigint], finish: (values) => new u.StatFs(values),
  })],
  symlink: [2, 3, (target, path, type) => {
    validateOneOf(type, 'type', ['dir', 'file', 'junction', null, undefined]);
    return { args: [getPath(target, 'target'), getPath(path), 0] };
  }],
  truncate: [1, 2, (path, length = 0) => {
    validateInteger(length, 'len');
    return { steps: truncateSteps(getPath(path), length) };
  }],
  unlink: [1, 1, (path) => ({ args: [getPath(path)] })],
  utimes: [3, 3, (path, atime, mtime) => ({
    args: [getPath(path), toUnixTimestamp(atime), toUnixTimestamp(mtime)],
  })],
};

// Node's order of errors: these look at their arguments before they look for a callback.
const argumentsFirst = new Set(['access', 'chmod', 'copyFile', 'fchmod', 'fchown', 'ftruncate', 'futimes', 'open', 'rm',
                                'truncate']);

let warnedOfFinalX = false;

function warnOfFinalX(prefix) {
  const last = prefix[prefix.length - 1];
  if (!warnedOfFinalX && (last === 'X' || last === 0x58)) {
    warnedOfFinalX = true;
    process.emitWarning('mkdtemp() templates ending with X are not portable. ' +
                        'For details see: https://nodejs.org/api/fs.html');
  }
}

function* truncateSteps(path, length) {
  const fd = yield ['open', [path, u.getFlags('r+'), 0o666]];
  try {
    yield ['ftruncate', [fd, Math.max(0, length)]];
  } finally {
    yield ['close', [fd]];
  }
}

function* readdirRecursive(root, options) {
  const { join, relative } = require('path');
  const result = [];
  const queue = [root];
  while (queue.length > 0) {
    const folder = queue.shift();
    const { 0: names, 1: types } = yield ['readdir', [folder, u.rawEncoding(options.encoding), true]];
    for (let i = 0; i < names.length; i++) {
      const full = u.joinPath(folder, names[i]);
      let type = types[i];
      if (type === 0) {
        type = u.typeOfStats(u.toStats(yield ['lstat', [full, false]]));
      }
      if (options.withFileTypes) {
        result.push(new u.Dirent(u.decodeName(names[i], options.encoding), u.decodeName(folder, options.encoding), type));
      } else if (typeof full === 'string') {
        result.push(relative(root, full));
      } else {
        result.push(u.decodeName(full.subarray(u.toBytes(root).length + 1), options.encoding));
      }
      // Links to folders are followed.
      if (type === 3) {
        try {
          type = u.typeOfStats(u.toStats(yield ['stat', [full, false]]));
        } catch {
          // One that leads nowhere.
        }
      }
      if (type === 2) {
        queue.push(typeof full === 'string' ? join(full) : full);
      }
    }
  }
  return result;
}

// Runs C at once.
function callSync(name, args) {
  return binding[name](...args);
}

function callAsync(name, args, finish) {
  return new Promise((resolve, reject) => {
    binding[name](...args, new PromiseRequest(resolve, reject, finish));
  });
}

function runSync(steps) {
  let step = steps.next();
  while (!step.done) {
    let value;
    try {
      const { 0: name, 1: args } = step.value;
      value = name === 'await' ? notAwaited(args) : name === 'sleep' ? sleep(args) : callSync(name, args);
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(value);
  }
  return step.value;
}

// What a user's function gave: a promise has no place in a synchronous form.
function notAwaited(value) {
  if (require('util').types.isPromise(value)) {
    throw new (require('internal/errors').codes.ERR_INVALID_RETURN_VALUE)('boolean', 'filter', value);
  }
  return value;
}

function sleep(msecs) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, msecs);
}

async function runAsync(steps) {
  let step = steps.next();
  while (!step.done) {
    let value;
    try {
      const { 0: name, 1: args } = step.value;
      if (name === 'await') {
        value = await args;
      } else if (name === 'sleep') {
        value = await new Promise((resolve) => {
          require('internal/timers').setTimeout(resolve, args);
        });
      } else {
        value = await callAsync(name, args);
      }
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(value);
  }
  return step.value;
}

function shape(fn, name, length) {
  Object.defineProperty(fn, 'name', { __proto__: null, value: name, configurable: true });
  Object.defineProperty(fn, 'length', { __proto__: null, value: length, configurable: true });
  return fn;
}

function makeSync(name) {
  const { 2: prepare } = operations[name];
  const call = binding[name];
  return function(a, b, c, d) {
    const { args, finish, steps, mayMiss } = prepare(a, b, c, d);
    if (steps !== undefined) {
      return runSync(steps);
    }
    const value = mayMiss ? call(args[0], args[1], undefined, true) : call(...args);
    return finish !== undefined ? finish(value) : value;
  };
}

function makeCallback(name) {
  const { 0: required, 1: all, 2: prepare } = operations[name];
  return function(...given) {
    let count = required;
    while (count < all && typeof given[count] !== 'function') {
      count++;
    }
    let callback = given[count];
    const isLate = argumentsFirst.has(name);
    if (!isLate) {
      validateFunction(callback, 'cb');
    }
    given.length = count;
    const { args, finish, steps, mayMiss } = prepare(...given);
    if (isLate) {
      validateFunction(callback, 'cb');
    }
    if (mayMiss && name === 'stat') {
      callback = missing(callback);
    }
    if (steps !== undefined) {
      runAsync(steps).then((value) => (
        value === undefined ? process.nextTick(callback, null) : process.nextTick(callback, null, value)
      ), (error) => process.nextTick(callback, error));
      return;
    }
    binding[name](...args, new Request(callback, finish));
  };
}

// throwIfNoEntry: false, which lstat knows in its synchronous form only.
function missing(callback) {
  return (error, stats) => (isMissing(error) ? callback(null, undefined) : callback(error, stats));
}

function isMissing(error) {
  return error !== null && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function makePromise(name) {
  const { 2: prepare } = operations[name];
  return async function(a, b, c) {
    const { args, finish, steps, mayMiss } = prepare(a, b, c);
    if (mayMiss && name === 'stat') {
      try {
        return await callAsync(name, args, finish);
      } catch (error) {
        if (isMissing(error)) {
          return undefined;
        }
        throw error;
      }
    }
    return steps !== undefined ? runAsync(steps) : callAsync(name, args, finish);
  };
}

module.exports = {
  PromiseRequest,
  Request,
  callAsync,
  makeCallback,
  makePromise,
  makeSync,
  operations,
  runAsync,
  runSync,
  shape,
};

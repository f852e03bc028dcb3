// SPDX-License-Identifier: MIT
'use strict';

// The fs module. Simple operations come from the table in internal/fs/operations; here are those whose arguments need
// more: reading and writing, whole files, exists, realpath. Streams, promises, Dir are loaded when touched.

const { Buffer } = require('buffer');
const { AbortError, codes } = require('internal/errors');
const { validateFunction, validateInteger, validateObject, validateBoolean } =
  require('internal/validators');
const u = require('internal/fs/utils');
const { Request, makeCallback, makeSync, operations, shape } = require('internal/fs/operations');
const binding = internalBinding('fs');

const { getFd, getPath } = u;

const fs = module.exports = {};

function checkCallback(callback, name = 'cb') {
  validateFunction(callback, name);
  return callback;
}

function lastFunction(...candidates) {
  for (let i = candidates.length - 1; i >= 0; i--) {
    if (typeof candidates[i] === 'function') {
      return candidates[i];
    }
  }
  return checkCallback(candidates[candidates.length - 1]);
}

// Whole files

function readFileSync(path, options) {
  options = u.getOptions(options, { flag: 'r' });
  const target = u.getPathOrFd(path);
  const flags = u.getFlags(options.flag);
  const { encoding } = options;
  if (encoding === 'utf8' || encoding === 'utf-8') {
    return binding.readFileUtf8(target, flags);
  }
  const buffer = asBuffer(binding.readFileAll(target, flags));
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

function asBuffer(bytes) {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readFile(path, options, callback) {
  callback ||= options;
  checkCallback(callback);
  options = u.getOptions(options, { flag: 'r' });
  const target = u.getPathOrFd(path);
  const flags = u.getFlags(options.flag);
  const { signal } = options;
  if (signal?.aborted) {
    process.nextTick(callback, new AbortError(undefined, { cause: signal.reason }));
    return;
  }
  const encoding = options.encoding === 'buffer' ? undefined : options.encoding;
  const request = new Request(callback, undefined);
  // Text is made outside of Request: it can fail for files longer than a string may be.
  request.callback = (error, bytes) => {
    if (signal?.aborted) {
      callback(new AbortError(undefined, { cause: signal.reason }));
      return;
    }
    if (error) {
      callback(error);
      return;
    }
    let result = asBuffer(bytes);
    if (encoding) {
      try {
        result = result.toString(encoding);
      } catch (failure) {
        callback(failure);
        return;
      }
    }
    callback(null, result);
  };
  binding.readFileAll(target, flags, request);
}

function writeOptions(options, flag) {
  options = u.getOptions(options, { encoding: 'utf8', mode: 0o666, flag, flush: false });
  if (options.flush !== undefined && options.flush !== null) {
    validateBoolean(options.flush, 'options.flush');
  }
  return { encoding: options.encoding, mode: u.getMode(options.mode, 0o666),
           flags: u.getFlags(options.flag ?? flag), flush: !!options.flush, signal: options.signal };
}

function writeWholeSync(path, data, options, flag) {
  const { encoding, mode, flags, flush } = writeOptions(options, flag);
  const target = u.getPathOrFd(path);
  if (typeof data === 'string' && !flush && (encoding === undefined || encoding === null || encoding === 'utf8' ||
      encoding === 'utf-8')) {
    binding.writeFileUtf8(target, data, flags, mode);
    return;
  }
  u.checkWriteData(data, 'data');
  if (!flush) {
    binding.writeFileAll(target, u.toBytes(data, encoding), flags, mode, false);
    return;
  }
  // By the public function, which programs replace to see that it is called.
  const fd = typeof target === 'number' ? target : fs.openSync(target, flags, mode);
  try {
    binding.writeFileAll(fd, u.toBytes(data, encoding), flags, mode, false);
    fs.fsyncSync(fd);
  } finally {
    if (fd !== target) fs.closeSync(fd);
  }
}

function writeFileSync(path, data, options) {
  writeWholeSync(path, data, options, 'w');
}

function appendFileSync(path, data, options) {
  writeWholeSync(path, data, options, 'a');
}

function writeWhole(path, data, options, callback, flag) {
  callback ||= options;
  checkCallback(callback);
  const { encoding, mode, flags, flush, signal } = writeOptions(options, flag);
  const target = u.getPathOrFd(path);
  u.checkWriteData(data, 'data');
  if (signal?.aborted) {
    process.nextTick(callback, new AbortError(undefined, { cause: signal.reason }));
    return;
  }
  const done = signal ? (error) => {
    callback(signal.aborted ? new AbortError(undefined, { cause: signal.reason }) : error);
  } : callback;
  if (!flush) {
    binding.writeFileAll(target, u.toBytes(data, encoding), flags, mode, false, new Request(done, undefined));
    return;
  }
  const bytes = u.toBytes(data, encoding);
  const writeAndFlush = (openError, fd) => {
    if (openError) {
      done(openError);
      return;
    }
    const finish = (error) => {
      if (fd === target) done(error);
      else fs.close(fd, (closeError) => done(error ?? closeError));
    };
    binding.writeFileAll(fd, bytes, flags, mode, false, new Request((error) => {
      if (error) finish(error);
      else fs.fsync(fd, finish);
    }, undefined));
  };
  if (typeof target === 'number') writeAndFlush(null, target);
  else fs.open(target, flags, mode, writeAndFlush);
}

function writeFile(path, data, options, callback) {
  writeWhole(path, data, options, callback, 'w');
}

function appendFile(path, data, options, callback) {
  writeWhole(path, data, options, callback, 'a');
}

// exists

function exists(path, callback) {
  checkCallback(callback);
  let target;
  try {
    target = getPath(path);
  } catch {
    callback(false);
    return;
  }
  binding.access(target, u.constants.F_OK, new Request((error) => callback(!error), undefined));
}
Object.defineProperty(exists, Symbol.for('nodejs.util.promisify.custom'), {
  __proto__: null,
  value: (path) => new Promise((resolve) => exists(path, resolve)),
});

function existsSync(path) {
  try {
    return binding.existsSync(getPath(path));
  } catch (error) {
    if (error.code === 'ERR_ACCESS_DENIED') throw error;
    return false;
  }
}

// read and write

// The forms of read's arguments: (fd, buffer, offset, length, position), (fd, buffer, options), (fd, options), (fd).
function readArguments(buffer, offset, length, position) {
  if (buffer === undefined || buffer === null) {
    buffer = Buffer.alloc(16384);
  } else if (!ArrayBuffer.isView(buffer)) {
    validateObject(buffer, 'options');
    ({ buffer = Buffer.alloc(16384), offset = 0, length = undefined, position = null } = buffer);
  } else if (offset !== null && typeof offset === 'object') {
    ({ offset = 0, length = undefined, position = null } = offset);
  }
  u.checkBuffer(buffer);
  if (offset === undefined || offset === null) {
    offset = 0;
  } else {
    validateInteger(offset, 'offset', 0);
  }
  length = length === undefined || length === null ? buffer.byteLength - offset : length | 0;
  return { buffer, offset, length, position };
}

function checkRead({ buffer, offset, length, position }) {
  if (buffer.byteLength === 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('buffer', buffer, 'is empty and cannot be written');
  }
  u.checkRange(offset, length, buffer.byteLength);
  return u.getPosition(position, length);
}

function readSync(fd, buffer, offsetOrOptions, length, position) {
  fd = getFd(fd);
  u.checkBuffer(buffer);
  let offset = offsetOrOptions;
  if (arguments.length <= 3 || (offset !== null && typeof offset === 'object')) {
    if (offset !== undefined) {
      validateObject(offset ?? {}, 'options');
    }
    ({ offset = 0, length = buffer.byteLength - offset, position = null } = offset ?? {});
  }
  if (offset === undefined || offset === null) {
    offset = 0;
  } else {
    validateInteger(offset, 'offset', 0);
  }
  length = length === undefined || length === null ? buffer.byteLength - offset : length | 0;
  if (length === 0) {
    return 0;
  }
  const place = checkRead({ buffer, offset, length, position });
  return binding.read(fd, buffer, offset, length, place);
}

const kPromisifyArgs = 'customPromisifyArgs';

function read(fd, buffer, offsetOrOptions, length, position, callback) {
  fd = getFd(fd);
  callback = lastFunction(buffer, offsetOrOptions, length, position, callback);
  const given = [buffer, offsetOrOptions, length, position].map((value) => (value === callback ? undefined : value));
  const all = readArguments(...given);
  if (all.length === 0) {
    process.nextTick(callback, null, 0, all.buffer);
    return;
  }
  const place = checkRead(all);
  binding.read(fd, all.buffer, all.offset, all.length, place, new Request((error, count) => {
    callback(error, error ? undefined : count || 0, all.buffer);
  }, undefined));
}

function readvSync(fd, buffers, position) {
  fd = getFd(fd);
  u.checkBuffers(buffers);
  return binding.readBuffers(fd, buffers, typeof position === 'number' ? position : -1);
}

function readv(fd, buffers, position, callback) {
  fd = getFd(fd);
  u.checkBuffers(buffers);
  callback = checkCallback(callback || position);
  binding.readBuffers(fd, buffers, typeof position === 'number' ? position : -1, new Request((error, count) => {
    callback(error, count || 0, buffers);
  }, undefined));
}

// (fd, buffer, offset, length, position), (fd, buffer, options), (fd, text, position, encoding)
function writeSync(fd, buffer, offsetOrOptions, length, position) {
  fd = getFd(fd);
  if (ArrayBuffer.isView(buffer)) {
    const range = u.writeRange(buffer, offsetOrOptions, length, position);
    return binding.writeBuffer(fd, buffer, range.offset, range.length, range.position);
  }
  u.checkWriteData(buffer);
  u.checkEncoding(length);
  const place = typeof offsetOrOptions === 'number' ? offsetOrOptions : -1;
  return binding.writeString(fd, buffer, place, length || 'utf8');
}

function write(fd, buffer, offsetOrOptions, length, position, callback) {
  fd = getFd(fd);
  if (ArrayBuffer.isView(buffer)) {
    callback = lastFunction(offsetOrOptions, length, position, callback);
    const range = u.writeRange(buffer, offsetOrOptions, length, position);
    binding.writeBuffer(fd, buffer, range.offset, range.length, range.position, new Request((error, count) => {
      callback(error, count || 0, buffer);
    }, undefined));
    return;
  }
  u.checkWriteData(buffer);
  callback = lastFunction(offsetOrOptions, length, position);
  const encoding = typeof length === 'string' ? length : 'utf8';
  u.checkEncoding(encoding);
  const place = typeof offsetOrOptions === 'number' ? offsetOrOptions : -1;
  binding.writeString(fd, buffer, place, encoding, new Request((error, count) => {
    callback(error, count || 0, buffer);
  }, undefined));
}

function writevSync(fd, buffers, position) {
  fd = getFd(fd);
  u.checkBuffers(buffers);
  return buffers.length === 0 ? 0 : binding.writeBuffers(fd, buffers, typeof position === 'number' ? position : -1);
}

function writev(fd, buffers, position, callback) {
  fd = getFd(fd);
  u.checkBuffers(buffers);
  callback = checkCallback(callback || position);
  if (buffers.length === 0) {
    process.nextTick(callback, null, 0, buffers);
    return;
  }
  binding.writeBuffers(fd, buffers, typeof position === 'number' ? position : -1, new Request((error, count) => {
    callback(error, count || 0, buffers);
  }, undefined));
}

// util.promisify of these gives objects.
for (const [fn, names] of [[read, ['bytesRead', 'buffer']], [readv, ['bytesRead', 'buffers']],
  [write, ['bytesWritten', 'buffer']], [writev, ['bytesWritten', 'buffers']]]) {
  const { [kPromisifyArgs]: symbol } = require('internal/util');
  if (symbol !== undefined) {
    Object.defineProperty(fn, symbol, { __proto__: null, value: names, enumerable: false });
  }
}

// close may be called without a callback; a failure is then thrown.
function close(fd, callback) {
  fd = getFd(fd);
  if (callback !== undefined) {
    checkCallback(callback);
  } else {
    callback = (error) => {
      if (error) {
        throw error;
      }
    };
  }
  binding.close(fd, new Request(callback, undefined));
}

const openCallback = makeCallback('open');

function open(path, flags, mode, callback) {
  if (arguments.length < 3) {
    callback = flags;
    flags = 'r';
    mode = 0o666;
  } else if (typeof mode === 'function') {
    callback = mode;
    mode = 0o666;
  }
  openCallback(path, flags, mode, callback);
}

// realpath as Node words its errors (lstat of the part that is missing); `native` asks libc.
function realpathSteps(path, options) {
  const { encoding } = u.getOptions(options);
  const text = toText(getPath(path));
  return { text, encoding };
}

function toText(path) {
  return typeof path === 'string' ? path : u.toBytes(path).toString();
}

function realpathError(error) {
  if (error.syscall === 'realpath') {
    error.syscall = 'lstat';
    error.message = error.message.replace(', realpath ', ', lstat ');
  }
  return error;
}

function encodeResult(value, encoding) {
  if (!encoding || encoding === 'utf8' || encoding === 'utf-8') {
    return value;
  }
  const bytes = Buffer.from(value);
  return encoding === 'buffer' ? bytes : bytes.toString(encoding);
}

function realpathSync(path, options) {
  const { text, encoding } = realpathSteps(path, options);
  try {
    return encodeResult(binding.internalRealpath(text), encoding);
  } catch (error) {
    throw realpathError(missingPart(error, text));
  }
}

// The first part of the path that is not there.
function missingPart(error, text) {
  if (error.code !== 'ENOENT') {
    return error;
  }
  const { resolve, dirname } = require('path');
  let part = resolve(text);
  for (;;) {
    const parent = dirname(part);
    if (parent === part || binding.existsSync(parent)) {
      break;
    }
    part = parent;
  }
  error.message = `ENOENT: no such file or directory, lstat '${part}'`;
  error.syscall = 'lstat';
  error.path = part;
  return error;
}

function realpath(path, options, callback) {
  callback = checkCallback(callback || options);
  const { text, encoding } = realpathSteps(path, options);
  binding.realpath(text, 'utf8', new Request((error, value) => {
    if (error) {
      callback(realpathError(missingPart(error, text)));
    } else {
      callback(null, encodeResult(value, encoding));
    }
  }, undefined));
}

realpathSync.native = makeSync('realpath');
realpath.native = makeCallback('realpath');

// Temporary folders that remove themselves

function mkdtempDisposableSync(prefix, options) {
  const path = fs.mkdtempSync(prefix, options);
  const { resolve } = require('path');
  const full = typeof path === 'string' ? resolve(path) : path;
  function remove() {
    fs.rmSync(full, { maxRetries: 0, recursive: true, force: true, retryDelay: 0 });
  }
  return { path, remove, [Symbol.dispose]: remove };
}

function openAsBlob(path, options = {}) {
  internalBinding('permission').check('fs.read', toText(getPath(path)));
  return Promise.reject(new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('fs.openAsBlob'));
}

function refuse(name) {
  return function() {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`fs.${name}`);
  };
}

// Streams

let streams;
function loadStreams() {
  return streams ??= require('internal/fs/streams');
}

function createReadStream(path, options) {
  const { ReadStream } = loadStreams();
  return new ReadStream(path, options);
}

function createWriteStream(path, options) {
  const { WriteStream } = loadStreams();
  return new WriteStream(path, options);
}

function opendirSync(path, options) {
  return require('internal/fs/dir').opendirSync(path, options);
}

function opendir(path, options, callback) {
  callback = checkCallback(typeof options === 'function' ? options : callback, 'callback');
  require('internal/fs/dir').opendir(path, typeof options === 'function' ? undefined : options, callback);
}

function watch(filename, options, listener) {
  return require('internal/fs/watchers').watch(filename, options, listener);
}

function watchFile(filename, options, listener) {
  return require('internal/fs/watchers').watchFile(filename, options, listener);
}

function unwatchFile(filename, listener) {
  require('internal/fs/watchers').unwatchFile(filename, listener);
}

// The table of exports, in Node's order of keys.

const handMade = {
  __proto__: null,
  appendFile, appendFileSync, close, createReadStream, createWriteStream, exists, existsSync, mkdtempDisposableSync, open,
  openAsBlob, read, readSync, readv, readvSync, readFile, readFileSync, realpath, realpathSync, writeFile,
  writeFileSync, write, writeSync, writev, writevSync, opendir, opendirSync, unwatchFile, watch, watchFile,
};

for (const name of ['glob', 'globSync']) {
  const inner = name === 'glob' ? 'globCallback' : name;
  handMade[name] = (...args) => require('internal/fs/glob')[inner](...args);
}

const order =
  'appendFile:4 appendFileSync:3 access:3 accessSync:2 chown:4 chownSync:3 chmod:3 chmodSync:2 close:1 closeSync:1 ' +
  'copyFile:4 copyFileSync:3 cp:4 cpSync:3 createReadStream:2 createWriteStream:2 exists:2 existsSync:1 fchown:4 ' +
  'fchownSync:3 fchmod:3 fchmodSync:2 fdatasync:2 fdatasyncSync:1 fstat:1 fstatSync:1 fsync:2 fsyncSync:1 ftruncate:1 ' +
  'ftruncateSync:1 futimes:4 futimesSync:3 glob:3 globSync:2 lchown:4 lchownSync:3 lchmod lchmodSync link:3 linkSync:2 ' +
  'lstat:1 lstatSync:1 lutimes:4 lutimesSync:3 mkdir:3 mkdirSync:2 mkdtemp:3 mkdtempSync:2 mkdtempDisposableSync:2 ' +
  'open:4 openSync:3 openAsBlob:1 openAsBlobSync:1 readdir:3 readdirSync:2 read:6 readSync:5 readv:4 readvSync:3 ' +
  'readFile:3 readFileSync:2 readlink:3 readlinkSync:2 realpath:3 realpathSync:2 rename:3 renameSync:2 rm:3 rmSync:2 ' +
  'rmdir:3 rmdirSync:2 stat:1 statfs:1 statSync:1 statfsSync:1 symlink:4 symlinkSync:3 truncate:3 truncateSync:2 ' +
  'unwatchFile:2 unlink:2 unlinkSync:1 utimes:4 utimesSync:3 watch:3 watchFile:3 writeFile:4 writeFileSync:3 write:6 ' +
  'writeSync:5 writev:4 writevSync:3';

for (const entry of order.split(' ')) {
  const { 0: name, 1: length } = entry.split(':');
  if (length === undefined) {
    fs[name] = undefined;
    continue;
  }
  let fn = handMade[name];
  if (fn === undefined) {
    const base = name.endsWith('Sync') ? name.slice(0, -4) : name;
    if (operations[base] === undefined) {
      fn = refuse(name);
    } else {
      fn = base === name ? makeCallback(base) : makeSync(base);
    }
  }
  fs[name] = shape(fn, name, +length);
}

fs.Dirent = u.Dirent;
fs.Stats = require('internal/util').deprecate(u.Stats, 'fs.Stats constructor is deprecated.', 'DEP0180');
require('internal/util').setLength(fs.Stats, 18); // times in nanoseconds among its parameters

for (const name of ['ReadStream', 'WriteStream', 'FileReadStream', 'FileWriteStream']) {
  let replaced;
  Object.defineProperty(fs, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return replaced ?? loadStreams()[name.replace('File', '')];
    },
    set(value) {
      replaced = value;
    },
  });
}
fs._toUnixTimestamp = u.toUnixTimestamp;
Object.defineProperty(fs, 'Utf8Stream', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return require('internal/fs/utf8_stream').Utf8Stream;
  },
});
Object.defineProperty(fs, 'Dir', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return require('internal/fs/dir').Dir;
  },
  set(value) {
    require('internal/util').setOwnProperty(fs, 'Dir', value);
  },
});
fs.opendir = shape(opendir, 'opendir', 3);
fs.opendirSync = shape(opendirSync, 'opendirSync', 2);
Object.defineProperty(fs, 'constants', {
  __proto__: null, configurable: false, enumerable: true, writable: false, value: u.constants,
});
Object.defineProperty(fs, 'promises', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return require('internal/fs/promises').exports;
  },
});

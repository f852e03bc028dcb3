// SPDX-License-Identifier: MIT
'use strict';

// What all of fs shares: checking arguments, flags, Stats, Dirent.

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const {
  parseFileMode, validateBoolean, validateInt32, validateInteger, validateObject, validateUint32, validateAbortSignal,
} = require('internal/validators');
const { fs: constants } = internalBinding('constants');

const kMaxUserId = 2 ** 32 - 1;
const kIoMaxLength = 2 ** 31 - 1;

// Paths: text, bytes or a file: URL, without NUL.

function toPath(value) {
  if (value !== null && typeof value === 'object' && value.href !== undefined && value.protocol !== undefined &&
      value.auth === undefined && value.path === undefined) {
    return require('internal/url').fileURLToPath(value);
  }
  return value;
}

function getPath(given, name = 'path') {
  const path = typeof given === 'string' ? given : toPath(given);
  if (typeof path === 'string') {
    if (path.includes('\u0000')) {
      throw nullBytes(name, path);
    }
    return path;
  }
  if (path instanceof Uint8Array) {
    if (path.includes(0)) {
      throw nullBytes(name, path);
    }
    return path;
  }
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], path);
}

function nullBytes(name, value) {
  return new codes.ERR_INVALID_ARG_VALUE(name, value, 'must be a string, Uint8Array, or URL without null bytes');
}

function getPathOrFd(value, name = 'path') {
  return isFd(value) ? value : getPath(value, name);
}

function isFd(value) {
  return Number.isInteger(value) && value >= 0 && value <= 2147483647;
}

function getFd(fd) {
  if (Object.is(fd, -0)) {
    return 0;
  }
  validateInt32(fd, 'fd', 0);
  return fd;
}

function getMode(value, fallback, name = 'mode') {
  return parseFileMode(value, name, fallback);
}

function getAccessMode(mode) {
  if (mode === undefined || mode === null) {
    return constants.F_OK;
  }
  return checkMode7(mode);
}

// Worded as Node words it, which checks these two in C++.
function checkMode7(mode) {
  if (typeof mode !== 'number' || (mode | 0) !== mode) {
    const error = new TypeError('mode must be int32 or null/undefined');
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  }
  if (mode < 0 || mode > 7) {
    const error = new RangeError('mode is out of range: >= 0 && <= 7');
    error.code = 'ERR_OUT_OF_RANGE';
    throw error;
  }
  return mode;
}

function getCopyMode(mode) {
  if (mode === undefined || mode === null) {
    return 0;
  }
  return checkMode7(mode);
}

// 'r+' and its kin.
const flagNames = {
  __proto__: null,
  'r': constants.O_RDONLY,
  'rs': constants.O_RDONLY | constants.O_SYNC,
  'sr': constants.O_RDONLY | constants.O_SYNC,
  'r+': constants.O_RDWR,
  'rs+': constants.O_RDWR | constants.O_SYNC,
  'sr+': constants.O_RDWR | constants.O_SYNC,
  'w': constants.O_TRUNC | constants.O_CREAT | constants.O_WRONLY,
  'wx': constants.O_TRUNC | constants.O_CREAT | constants.O_WRONLY | constants.O_EXCL,
  'xw': constants.O_TRUNC | constants.O_CREAT | constants.O_WRONLY | constants.O_EXCL,
  'w+': constants.O_TRUNC | constants.O_CREAT | constants.O_RDWR,
  'wx+': constants.O_TRUNC | constants.O_CREAT | constants.O_RDWR | constants.O_EXCL,
  'xw+': constants.O_TRUNC | constants.O_CREAT | constants.O_RDWR | constants.O_EXCL,
  'a': constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY,
  'ax': constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | constants.O_EXCL,
  'xa': constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | constants.O_EXCL,
  'as': constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | constants.O_SYNC,
  'sa': constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | constants.O_SYNC,
  'a+': constants.O_APPEND | constants.O_CREAT | constants.O_RDWR,
  'ax+': constants.O_APPEND | constants.O_CREAT | constants.O_RDWR | constants.O_EXCL,
  'xa+': constants.O_APPEND | constants.O_CREAT | constants.O_RDWR | constants.O_EXCL,
  'as+': constants.O_APPEND | constants.O_CREAT | constants.O_RDWR | constants.O_SYNC,
  'sa+': constants.O_APPEND | constants.O_CREAT | constants.O_RDWR | constants.O_SYNC,
};

function getFlags(flags, name = 'flags') {
  if (typeof flags === 'number') {
    validateInt32(flags, name);
    return flags;
  }
  if (flags === undefined || flags === null) {
    return constants.O_RDONLY;
  }
  const found = flagNames[flags];
  if (found === undefined) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, flags);
  }
  return found;
}

function checkEncoding(encoding) {
  if (encoding && encoding !== 'utf8' && encoding !== 'buffer' && !Buffer.isEncoding(encoding)) {
    throw new codes.ERR_INVALID_ARG_VALUE('encoding', encoding, 'is invalid encoding');
  }
}

// Options that may be an encoding, an object, or left out.
function getOptions(options, defaults = {}) {
  if (options === undefined || options === null || typeof options === 'function') {
    return defaults;
  }
  if (typeof options === 'string') {
    checkEncoding(options);
    return { ...defaults, encoding: options };
  }
  if (typeof options !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', ['string', 'Object'], options);
  }
  if (options.encoding !== 'buffer') {
    checkEncoding(options.encoding);
  }
  if (options.signal !== undefined) {
    validateAbortSignal(options.signal, 'options.signal');
  }
  return options;
}

// Names come from C as text or, for other encodings, as bytes.
function rawEncoding(encoding) {
  return !encoding || encoding === 'utf8' || encoding === 'utf-8' ? 'utf8' : 'buffer';
}

function decodeName(value, encoding) {
  if (typeof value === 'string' || value === undefined) {
    return value;
  }
  const bytes = value instanceof Buffer ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return encoding === 'buffer' ? bytes : bytes.toString(encoding);
}

// Buffers and positions of read and write.

function checkBuffer(buffer, name = 'buffer') {
  if (!ArrayBuffer.isView(buffer)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView'], buffer);
  }
}

function checkBuffers(buffers) {
  if (!Array.isArray(buffers)) {
    throw new codes.ERR_INVALID_ARG_TYPE('buffers', 'ArrayBufferView[]', buffers);
  }
  for (const buffer of buffers) {
    if (!ArrayBuffer.isView(buffer)) {
      throw new codes.ERR_INVALID_ARG_TYPE('buffers', 'ArrayBufferView[]', buffers);
    }
  }
}

function checkRange(offset, length, byteLength) {
  if (offset > byteLength) {
    throw new codes.ERR_OUT_OF_RANGE('offset', `<= ${byteLength}`, offset);
  }
  if (length > byteLength - offset) {
    throw new codes.ERR_OUT_OF_RANGE('length', `<= ${byteLength - offset}`, length);
  }
  if (length < 0) {
    throw new codes.ERR_OUT_OF_RANGE('length', '>= 0', length);
  }
  validateInt32(length, 'length', 0);
}

// What part of a buffer a write takes, and where it goes (-1: the file's own position): offset, length and position as
// given, or an object with them.
function writeRange(buffer, offset, length, position) {
  if (offset !== null && typeof offset === 'object') {
    ({ offset = 0, length = buffer.byteLength - offset, position = null } = offset);
  }
  if (offset === undefined || offset === null || typeof offset === 'function') {
    offset = 0;
  } else {
    validateInteger(offset, 'offset', 0);
  }
  if (typeof length !== 'number') {
    length = buffer.byteLength - offset;
  }
  if (typeof position !== 'number') {
    position = -1;
  }
  checkRange(offset, length, buffer.byteLength);
  return { offset, length, position };
}

// A position for reading: -1 where the file's own position is meant.
function getPosition(position, length) {
  if (position === undefined || position === null) {
    return -1;
  }
  if (typeof position === 'bigint') {
    const max = 2n ** 63n - 1n - BigInt(length);
    if (!(position >= -1n && position <= max)) {
      throw new codes.ERR_OUT_OF_RANGE('position', `>= -1 && <= ${max}`, position);
    }
    return position;
  }
  if (typeof position !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE('position', ['integer', 'bigint'], position);
  }
  validateInteger(position, 'position', -1);
  return position;
}

function toUnixTimestamp(time, name = 'time') {
  if (typeof time === 'string' && +time == time) { // eslint-disable-line eqeqeq
    return +time;
  }
  if (Number.isFinite(time)) {
    return time < 0 ? Date.now() / 1000 : time;
  }
  if (time instanceof Date) {
    return time.getTime() / 1000;
  }
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['Date', 'Time in seconds'], time);
}

// Stats

function checkMode(stats, kind) {
  return (stats.mode & constants.S_IFMT) === kind;
}

function defineModeMethods(proto, test) {
  const kinds = { isDirectory: constants.S_IFDIR, isFile: constants.S_IFREG, isBlockDevice: constants.S_IFBLK,
                  isCharacterDevice: constants.S_IFCHR, isSymbolicLink: constants.S_IFLNK,
                  isFIFO: constants.S_IFIFO, isSocket: constants.S_IFSOCK };
  for (const name of Object.keys(kinds)) {
    const kind = kinds[name];
    proto[name] = function() {
      return test(this, kind);
    };
  }
}

function StatsBase() {}
defineModeMethods(StatsBase.prototype, (stats, kind) => stats._checkModeProperty(kind));

function Stats(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeMs, mtimeMs, ctimeMs, birthtimeMs) {
  this.dev = dev;
  this.mode = mode;
  this.nlink = nlink;
  this.uid = uid;
  this.gid = gid;
  this.rdev = rdev;
  this.blksize = blksize;
  this.ino = ino;
  this.size = size;
  this.blocks = blocks;
  this.atimeMs = atimeMs;
  this.mtimeMs = mtimeMs;
  this.ctimeMs = ctimeMs;
  this.birthtimeMs = birthtimeMs;
}
Object.setPrototypeOf(Stats.prototype, StatsBase.prototype);
Object.setPrototypeOf(Stats, StatsBase);
Object.defineProperty(Stats.prototype, '_checkModeProperty', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  writable: true,
  value: function _checkModeProperty(kind) {
    return checkMode(this, kind);
  },
});

function BigIntStats() {}
Object.setPrototypeOf(BigIntStats.prototype, StatsBase.prototype);
BigIntStats.prototype._checkModeProperty = function(kind) {
  return (this.mode & BigInt(constants.S_IFMT)) === BigInt(kind);
};
Object.defineProperty(BigIntStats.prototype, '_checkModeProperty', { __proto__: null, enumerable: false });

// Dates are made when asked for.
for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) {
  for (const proto of [Stats.prototype, BigIntStats.prototype]) {
    Object.defineProperty(proto, name, {
      __proto__: null,
      configurable: true,
      enumerable: true,
      get() {
        const value = new Date(Math.floor(Number(this[`${name}Ms`]) + 0.5));
        Object.defineProperty(this, name, {
          __proto__: null, value, writable: true, enumerable: true, configurable: true,
        });
        return value;
      },
      set(value) {
        Object.defineProperty(this, name, {
          __proto__: null, value, writable: true, enumerable: true, configurable: true,
        });
      },
    });
  }
}

function makeStats(v) {
  const stats = new Stats(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9],
                          v[10] * 1000 + v[11] / 1e6, v[12] * 1000 + v[13] / 1e6,
                          v[14] * 1000 + v[15] / 1e6, v[16] * 1000 + v[17] / 1e6);
  return stats;
}

function makeBigIntStats(v) {
  const stats = new BigIntStats();
  const names = ['dev', 'mode', 'nlink', 'uid', 'gid', 'rdev', 'blksize', 'ino', 'size', 'blocks'];
  for (let i = 0; i < names.length; i++) {
    stats[names[i]] = v[i];
  }
  const times = ['atime', 'mtime', 'ctime', 'birthtime'];
  for (let i = 0; i < 4; i++) {
    stats[`${times[i]}Ms`] = v[10 + 2 * i] * 1000n + v[11 + 2 * i] / 1000000n;
  }
  for (let i = 0; i < 4; i++) {
    stats[`${times[i]}Ns`] = v[10 + 2 * i] * 1000000000n + v[11 + 2 * i];
  }
  return stats;
}

// C fills one of its two shared arrays and passes it on.
function toStats(values) {
  if (values === undefined) {
    return undefined;
  }
  return values instanceof BigInt64Array ? makeBigIntStats(values) : makeStats(values);
}

class StatFs {
  constructor(values) {
    this.type = values[0];
    this.bsize = values[1];
    this.frsize = values[7] ?? values[1];
    this.blocks = values[2];
    this.bfree = values[3];
    this.bavail = values[4];
    this.files = values[5];
    this.ffree = values[6];
  }
}

// Dirent

const kType = Symbol('type');

class Dirent {
  constructor(name, path, type) {
    this.name = name;
    this.parentPath = path;
    this[kType] = type;
  }
}
{
  const types = { isDirectory: 2, isFile: 1, isBlockDevice: 7, isCharacterDevice: 6, isSymbolicLink: 3, isFIFO: 4,
                  isSocket: 5 };
  for (const name of Object.keys(types)) {
    const type = types[name];
    Object.defineProperty(Dirent.prototype, name, {
      __proto__: null,
      configurable: true,
      writable: true,
      value: { [name]() {
        return this[kType] === type;
      } }[name],
    });
  }
}

const kUnknown = 0;

function typeOfStats(stats) {
  return stats.isFile() ? 1 : stats.isDirectory() ? 2 : stats.isSymbolicLink() ? 3 : stats.isFIFO() ? 4 :
    stats.isSocket() ? 5 : stats.isCharacterDevice() ? 6 : stats.isBlockDevice() ? 7 : kUnknown;
}

function joinPath(folder, name) {
  if (typeof folder === 'string' && typeof name === 'string') {
    return require('path').join(folder, name);
  }
  const slash = Buffer.from('/');
  const bytes = (value) => (typeof value === 'string' ? Buffer.from(value) :
    Buffer.from(value.buffer, value.byteOffset, value.byteLength));
  return Buffer.concat([bytes(folder), slash, bytes(name)]);
}

// Writing accepts text and bytes.
function checkWriteData(data, name = 'buffer') {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
}

function toBytes(data, encoding) {
  return typeof data === 'string' ? Buffer.from(data, encoding || 'utf8') :
    Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

// Options of rm and rmdir.
function getRmOptions(options, defaults) {
  if (options === undefined) {
    return defaults;
  }
  validateObject(options, 'options');
  options = { ...defaults, ...options };
  validateBoolean(options.recursive, 'options.recursive');
  validateBoolean(options.force, 'options.force');
  validateInt32(options.retryDelay, 'options.retryDelay', 0);
  validateUint32(options.maxRetries, 'options.maxRetries');
  return options;
}

module.exports = {
  BigIntStats,
  Dirent,
  StatFs,
  Stats,
  checkBuffer,
  checkBuffers,
  checkEncoding,
  checkRange,
  checkWriteData,
  constants,
  decodeName,
  getAccessMode,
  getCopyMode,
  getFd,
  getFlags,
  getMode,
  getOptions,
  getPath,
  getPathOrFd,
  getPosition,
  getRmOptions,
  isFd,
  joinPath,
  kIoMaxLength,
  kMaxUserId,
  rawEncoding,
  toBytes,
  toStats,
  toUnixTimestamp,
  typeOfStats,
  writeRange,
};

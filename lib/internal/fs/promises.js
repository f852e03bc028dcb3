// SPDX-License-Identifier: MIT
'use strict';

// fs.promises and FileHandle.

const EventEmitter = require('events');
const { Buffer } = require('buffer');
const { AbortError, codes } = require('internal/errors');
const { validateBoolean, validateInteger, validateObject } = require('internal/validators');
const u = require('internal/fs/utils');
const { kGiveUp, kTransfer, makeError } = require('internal/worker/clone');
const { callAsync, makePromise, operations, runAsync, shape } = require('internal/fs/operations');

const kFd = Symbol('kFd');
const kRefs = Symbol('kRefs');
const kClosePromise = Symbol('kClosePromise');
const kCloseResolve = Symbol('kCloseResolve');
const kHasStream = Symbol('kHasStream');
const kTransferred = Symbol('kTransferred');

class FileHandle extends EventEmitter {
  constructor(fd) {
    super();
    this[kFd] = fd;
    // Operations under way and the handle's own life: closed when none is left.
    this[kRefs] = 1;
    this[kClosePromise] = null;
    this[kHasStream] = false;
  }

  getAsyncId() {
    return 0;
  }

  get fd() {
    return this[kFd];
  }

  appendFile(data, options) {
    return use(this, 'appendFile', () => writeFileTo(this, data, options));
  }

  chmod(mode) {
    return use(this, 'fchmod', () => run('fchmod', this[kFd], mode));
  }

  chown(uid, gid) {
    return use(this, 'fchown', () => run('fchown', this[kFd], uid, gid));
  }

  datasync() {
    return use(this, 'fdatasync', () => run('fdatasync', this[kFd]));
  }

  sync() {
    return use(this, 'fsync', () => run('fsync', this[kFd]));
  }

  read(buffer, offset, length, position) {
    return use(this, 'read', () => readInto(this, buffer, offset, length, position));
  }

  readv(buffers, position) {
    return use(this, 'readv', async () => {
      u.checkBuffers(buffers);
      const bytesRead = await callAsync('readBuffers', [this[kFd], buffers, typeof position === 'number' ? position : -1]);
      return { __proto__: null, bytesRead: bytesRead || 0, buffers };
    });
  }

  readFile(options) {
    return use(this, 'readFile', () => readWhole(this[kFd], options));
  }

  readLines(options = undefined) {
    const { createInterface } = require('readline');
    return createInterface({ input: this.createReadStream(options), crlfDelay: Infinity });
  }

  stat(options) {
    return use(this, 'fstat', () => run('fstat', this[kFd], options));
  }

  truncate(length = 0) {
    return use(this, 'ftruncate', () => run('ftruncate', this[kFd], length));
  }

  utimes(atime, mtime) {
    return use(this, 'futimes', () => run('futimes', this[kFd], atime, mtime));
  }

  write(buffer, offset, length, position) {
    return use(this, 'write', () => writeFrom(this, buffer, offset, length, position));
  }

  writev(buffers, position) {
    return use(this, 'writev', async () => {
      u.checkBuffers(buffers);
      if (buffers.length === 0) {
        return { __proto__: null, bytesWritten: 0, buffers };
      }
      const bytesWritten =
        await callAsync('writeBuffers', [this[kFd], buffers, typeof position === 'number' ? position : -1]);
      return { __proto__: null, bytesWritten: bytesWritten || 0, buffers };
    });
  }

  writeFile(data, options) {
    return use(this, 'writeFile', () => writeFileTo(this, data, options));
  }

  close = () => {
    if (this[kFd] === -1) {
      return Promise.resolve();
    }
    if (this[kClosePromise] !== null) {
      return this[kClosePromise];
    }
    if (--this[kRefs] === 0) {
      this[kClosePromise] = closeNow(this);
    } else {
      this[kClosePromise] = new Promise((resolve) => {
        this[kCloseResolve] = resolve;
      });
    }
    this.emit('close');
    return this[kClosePromise];
  };

  async [Symbol.asyncDispose]() {
    await this.close();
  }

  [kTransfer]() {
    if (this[kClosePromise] !== null || this[kRefs] > 1 || this[kHasStream] || this[kFd] === -1) {
      throw makeError('Cannot transfer FileHandle while in use');
    }
    return 'FileHandle';
  }

  [kGiveUp]() {
    const fd = this[kFd];
    this[kFd] = -1;
    this[kTransferred] = true;
    return fd;
  }

  readableWebStream(options = { __proto__: null }) {
    return require('internal/fs/web_stream').readableWebStream(this, options, kFd, kClosePromise);
  }

  createReadStream(options = undefined) {
    const { ReadStream } = require('internal/fs/streams');
    return new ReadStream(undefined, { ...options, fd: this });
  }

  createWriteStream(options = undefined) {
    const { WriteStream } = require('internal/fs/streams');
    return new WriteStream(undefined, { ...options, fd: this });
  }
}

async function closeNow(handle) {
  const fd = handle[kFd];
  handle[kFd] = -1;
  try {
    await callAsync('close', [fd]);
  } finally {
    handle[kClosePromise] = null;
  }
}

// Runs an operation of a handle; a close() asked for meanwhile waits for it.
async function use(handle, syscall, operation) {
  if (!(handle instanceof FileHandle)) {
    throw new codes.ERR_INTERNAL_ASSERTION('handle must be an instance of FileHandle');
  }
  if (handle[kFd] === -1 || handle[kClosePromise] !== null) {
    const error = new Error(handle[kTransferred] ? 'The FileHandle has been transferred' : 'file closed');
    error.code = 'EBADF';
    error.syscall = syscall;
    throw error;
  }
  handle[kRefs]++;
  try {
    return await operation();
  } finally {
    if (--handle[kRefs] === 0 && handle[kCloseResolve] !== undefined) {
      handle[kCloseResolve](closeNow(handle));
    }
  }
}

function run(name, ...given) {
  const { args, finish, steps } = operations[name][2](...given);
  return steps !== undefined ? runAsync(steps) : callAsync(name, args, finish);
}

function asBuffer(bytes) {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function checkSignal(signal) {
  if (signal?.aborted) {
    throw new AbortError(undefined, { cause: signal.reason });
  }
}

async function readInto(handle, bufferOrOptions, offset, length, position) {
  let buffer = bufferOrOptions;
  if (!ArrayBuffer.isView(buffer)) {
    if (buffer !== undefined) {
      validateObject(buffer, 'options');
    }
    ({ buffer = Buffer.alloc(16384), offset = 0, length = buffer.byteLength - offset, position = null } = buffer ?? {});
    u.checkBuffer(buffer);
  } else if (offset !== null && typeof offset === 'object') {
    ({ offset = 0, length = buffer.byteLength - offset, position = null } = offset);
  }
  if (offset === undefined || offset === null) {
    offset = 0;
  } else {
    validateInteger(offset, 'offset', 0);
  }
  length ??= buffer.byteLength - offset;
  length |= 0;
  if (length === 0) {
    return { __proto__: null, bytesRead: length, buffer };
  }
  if (buffer.byteLength === 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('buffer', buffer, 'is empty and cannot be written');
  }
  u.checkRange(offset, length, buffer.byteLength);
  const place = u.getPosition(position, length);
  const bytesRead = await callAsync('read', [handle[kFd], buffer, offset, length, place]);
  return { __proto__: null, bytesRead: bytesRead || 0, buffer };
}

async function writeFrom(handle, buffer, offsetOrOptions, length, position) {
  if (ArrayBuffer.isView(buffer)) {
    if (buffer.byteLength === 0) {
      return { __proto__: null, bytesWritten: 0, buffer };
    }
    const range = u.writeRange(buffer, offsetOrOptions, length, position);
    const bytesWritten = await callAsync('writeBuffer',
      [handle[kFd], buffer, range.offset, range.length, range.position]);
    return { __proto__: null, bytesWritten: bytesWritten || 0, buffer };
  }
  u.checkWriteData(buffer);
  u.checkEncoding(length);
  const place = typeof offsetOrOptions === 'number' ? offsetOrOptions : -1;
  const bytesWritten = await callAsync('writeString', [handle[kFd], buffer, place, length || 'utf8']);
  return { __proto__: null, bytesWritten: bytesWritten || 0, buffer };
}

async function readWhole(target, options) {
  options = u.getOptions(options, { flag: 'r' });
  checkSignal(options.signal);
  const flags = u.getFlags(options.flag);
  let bytes;
  try {
    bytes = asBuffer(await callAsync('readFileAll', [target, flags]));
  } catch (error) {
    // Here, and only here, Node names the folder that was read as a file.
    if (error.code === 'EISDIR' && error.syscall === 'read' && typeof target === 'string') {
      error.path = target;
      error.message += ` '${target}'`;
    }
    throw error;
  }
  checkSignal(options.signal);
  return options.encoding && options.encoding !== 'buffer' ? bytes.toString(options.encoding) : bytes;
}

function isIterable(value) {
  return value !== null && typeof value === 'object' && !ArrayBuffer.isView(value) &&
    (typeof value[Symbol.asyncIterator] === 'function' || typeof value[Symbol.iterator] === 'function');
}

// An abort is heard between pieces.
const kPieceLength = 512 * 1024;

async function writeBytes(fd, bytes, signal) {
  let offset = 0;
  while (offset < bytes.byteLength) {
    const length = signal === undefined ? bytes.byteLength - offset : Math.min(kPieceLength, bytes.byteLength - offset);
    offset += await callAsync('writeBuffer', [fd, bytes, offset, length, -1]);
    checkSignal(signal);
  }
}

async function writeIterable(fd, data, encoding, signal) {
  checkSignal(signal);
  for await (const chunk of data) {
    checkSignal(signal);
    u.checkWriteData(chunk, 'data');
    await writeBytes(fd, u.toBytes(chunk, encoding));
    checkSignal(signal);
  }
}

// handle.writeFile and appendFile: from where the file stands.
async function writeFileTo(handle, data, options) {
  options = u.getOptions(options, { encoding: 'utf8' });
  checkSignal(options.signal);
  if (isIterable(data)) {
    await writeIterable(handle[kFd], data, options.encoding, options.signal);
  } else {
    u.checkWriteData(data, 'data');
    await writeBytes(handle[kFd], u.toBytes(data, options.encoding), options.signal);
  }
}

async function writeFileWith(path, data, options, flag) {
  options = u.getOptions(options, { encoding: 'utf8', mode: 0o666, flag, flush: false });
  const flush = options.flush ?? false;
  validateBoolean(flush, 'options.flush');
  const flags = options.flag || flag;
  const { signal } = options;
  if (!isIterable(data)) {
    u.checkWriteData(data, 'data');
    data = u.toBytes(data, options.encoding || 'utf8');
  }
  checkSignal(signal);
  if (path instanceof FileHandle) {
    return path.writeFile(data, options);
  }
  const target = u.getPath(path);
  const mode = u.getMode(options.mode, 0o666);
  if (ArrayBuffer.isView(data)) {
    await callAsync('writeFileAll', [target, data, u.getFlags(flags, 'options.flag'), mode, flush]);
    checkSignal(signal);
    return undefined;
  }
  const fd = await callAsync('open', [target, u.getFlags(flags, 'options.flag'), mode]);
  try {
    await writeIterable(fd, data, options.encoding, signal);
    if (flush) {
      await callAsync('fsync', [fd]);
    }
  } finally {
    await callAsync('close', [fd]);
  }
  return undefined;
}

const exports_ = {};

const special = {
  __proto__: null,
  async open(path, flags, mode) {
    return new FileHandle(await run('open', path, flags, mode));
  },
  async opendir(path, options) {
    return new Promise((resolve, reject) => {
      require('internal/fs/dir').opendir(path, options, (error, dir) => (error ? reject(error) : resolve(dir)));
    });
  },
  async writeFile(path, data, options) {
    return writeFileWith(path, data, options, 'w');
  },
  async appendFile(path, data, options) {
    return writeFileWith(path, data, options, 'a');
  },
  async readFile(path, options) {
    return path instanceof FileHandle ? path.readFile(options) : readWhole(u.getPath(path), options);
  },
  async lchmod() {
    throw new codes.ERR_METHOD_NOT_IMPLEMENTED('lchmod()');
  },
  watch(filename, options) {
    return require('internal/fs/watchers').watchPromise(filename, options);
  },
  async mkdtempDisposable(prefix, options) {
    const path = await exports_.mkdtemp(prefix, options);
    const { resolve } = require('path');
    const full = typeof path === 'string' ? resolve(path) : path;
    const remove = async () => {
      await exports_.rm(full, { maxRetries: 0, recursive: true, force: true, retryDelay: 0 });
    };
    return { __proto__: null, path, remove, [Symbol.asyncDispose]: remove };
  },
};

special.glob = async function* glob(patterns, options) {
  yield* require('internal/fs/glob').glob(patterns, options);
};

function refuse(name) {
  return function() {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`fs.promises.${name}`);
  };
}

const order = 'access:1 copyFile:3 cp:3 glob:2 open:3 opendir:3 rename:2 truncate:1 rm:2 rmdir:2 mkdir:2 readdir:2 ' +
  'readlink:2 symlink:3 lstat:1 stat:1 statfs:1 link:2 unlink:1 chmod:2 lchmod:2 lchown:3 chown:3 utimes:3 lutimes:3 ' +
  'realpath:2 mkdtemp:2 mkdtempDisposable:2 writeFile:3 appendFile:3 readFile:2 watch:1';

for (const entry of order.split(' ')) {
  const { 0: name, 1: length } = entry.split(':');
  const fn = special[name] ?? (operations[name] !== undefined ? makePromise(name) : refuse(name));
  exports_[name] = shape(fn, name, +length);
}
exports_.constants = u.constants;

// A stream works on it from now on: it is not transferred any more.
function noteStream(handle) {
  handle[kHasStream] = true;
}

module.exports = { FileHandle, exports: exports_, noteStream };

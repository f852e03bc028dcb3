// SPDX-License-Identifier: MIT
'use strict';

// fs.ReadStream and fs.WriteStream: streams over a file opened by path, given as a descriptor, or as a FileHandle.

const { Readable, Writable, finished } = require('stream');
const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const {
  validateAbortSignal, validateBoolean, validateFunction, validateInteger, validateObject,
} = require('internal/validators');
const u = require('internal/fs/utils');

const kIsPerformingIO = Symbol('kIsPerformingIO');
const kIoDone = Symbol('kIoDone');
const kHandle = Symbol('kHandle');
const kFs = Symbol('kFs');

function copyOptions(options, defaults) {
  if (options === undefined || options === null) {
    return { ...defaults };
  }
  if (typeof options === 'string') {
    u.checkEncoding(options);
    return { ...defaults, encoding: options };
  }
  validateObject(options, 'options');
  if (options.encoding !== 'buffer') {
    u.checkEncoding(options.encoding);
  }
  validateAbortSignal(options.signal, 'options.signal');
  return { ...options };
}

// What the stream works on: options.fs may replace functions, a FileHandle has methods of its own.
function setSource(stream, options, needed) {
  const { fd } = options;
  if (fd === undefined || fd === null) {
    stream.fd = null;
    stream[kFs] = options.fs || require('fs');
    for (const name of needed) {
      validateFunction(stream[kFs][name], `options.fs.${name}`);
    }
    return;
  }
  if (typeof fd === 'number') {
    stream.fd = u.getFd(fd);
    stream[kFs] = options.fs || require('fs');
    return;
  }
  const { FileHandle, noteStream } = require('internal/fs/promises');
  if (typeof fd === 'object' && fd instanceof FileHandle) {
    if (options.fs) {
      throw new codes.ERR_METHOD_NOT_IMPLEMENTED('FileHandle with fs');
    }
    stream[kHandle] = fd;
    noteStream(fd);
    stream[kFs] = handleFs(fd, stream);
    stream.fd = fd.fd;
    // Closing the handle closes the stream.
    fd.on('close', () => stream.close());
    return;
  }
  throw new codes.ERR_INVALID_ARG_TYPE('options.fd', ['number', 'FileHandle'], fd);
}

// The callback functions a stream needs, over a FileHandle.
function handleFs(handle, stream) {
  const answer = (promise, callback, pick) => {
    promise.then((value) => process.nextTick(callback, null, ...pick(value)),
                 (error) => process.nextTick(callback, error));
  };
  return {
    open(path, flags, mode, callback) {
      throw new codes.ERR_METHOD_NOT_IMPLEMENTED('open()');
    },
    read(fd, buffer, offset, length, position, callback) {
      answer(handle.read(buffer, offset, length, position), callback, (r) => [r.bytesRead, r.buffer]);
    },
    write(fd, buffer, offset, length, position, callback) {
      answer(handle.write(buffer, offset, length, position), callback, (r) => [r.bytesWritten, r.buffer]);
    },
    writev(fd, buffers, position, callback) {
      answer(handle.writev(buffers, position), callback, (r) => [r.bytesWritten, r.buffers]);
    },
    fsync(fd, callback) {
      answer(handle.sync(), callback, () => []);
    },
    close(fd, callback) {
      answer(handle.close(), callback, () => []);
    },
  };
}

// A program's own open() says with an event that it is done: 'open', which goes on to the listeners once the stream is
// constructed, or 'error', which construction reports itself.
function constructByOwnOpen(stream, callback) {
  const previous = Object.getOwnPropertyDescriptor(stream, 'emit');
  const { emit } = stream;
  stream.emit = function(name, ...args) {
    if (name !== 'open' && name !== 'error') {
      return Reflect.apply(emit, this, [name, ...args]);
    }
    delete stream.emit;
    if (previous !== undefined) {
      Object.defineProperty(stream, 'emit', previous);
    }
    callback(name === 'error' ? args[0] : null);
    return name === 'open' && Reflect.apply(emit, this, [name, ...args]);
  };
  stream.open();
}

function construct(callback) {
  if (typeof this.fd === 'number') {
    callback();
    return;
  }
  if (typeof this.open === 'function') {
    constructByOwnOpen(this, callback);
    return;
  }
  this[kFs].open(this.path, this.flags, this.mode, (error, fd) => {
    if (error) {
      callback(error);
      return;
    }
    this.fd = fd;
    callback();
    this.emit('open', fd);
    this.emit('ready');
  });
}

function closeFd(stream, error, callback) {
  stream[kFs].close(stream.fd, (closeError) => callback(closeError || error));
  stream.fd = null;
}

function destroy(error, callback) {
  // A read or write under way must end before the descriptor is closed, or it would hit another file.
  if (this[kIsPerformingIO]) {
    this.once(kIoDone, (ioError) => closeFd(this, error || ioError, callback));
  } else if (this.fd !== null) {
    closeFd(this, error, callback);
  } else {
    callback(error);
  }
}

function closeStream(stream, callback) {
  if (callback) {
    if (stream.closed) {
      process.nextTick(callback);
      return;
    }
    finished(stream, callback);
  }
}

function ReadStream(path, options) {
  if (!(this instanceof ReadStream)) {
    return new ReadStream(path, options);
  }
  options = copyOptions(options, {});
  if (options.highWaterMark === undefined) {
    options.highWaterMark = 64 * 1024;
  }
  if (options.autoDestroy === undefined) {
    options.autoDestroy = false;
  }
  const autoClose = options.autoClose !== false;
  options.autoDestroy = autoClose;
  options.emitClose ??= true;
  this.fd = null;
  // A path is not looked at when there is a descriptor.
  if (options.fd === undefined || options.fd === null) {
    this.path = u.getPath(path);
    this.flags = options.flags === undefined ? 'r' : options.flags;
    this.mode = options.mode === undefined ? 0o666 : options.mode;
  } else {
    this.path = typeof path === 'string' ? path : undefined;
    this.flags = options.flags === undefined ? 'r' : options.flags;
    this.mode = options.mode === undefined ? 0o666 : options.mode;
  }
  setSource(this, options, ['open', 'read', 'close']);
  this.start = options.start;
  this.end = options.end ?? Infinity;
  this.pos = undefined;
  this.bytesRead = 0;
  this[kIsPerformingIO] = false;
  if (this.start !== undefined) {
    validateInteger(this.start, 'start', 0);
    this.pos = this.start;
  }
  if (this.end !== Infinity) {
    validateInteger(this.end, 'end', 0);
    if (this.start !== undefined && this.start > this.end) {
      throw new codes.ERR_OUT_OF_RANGE('start', `<= "end" (here: ${this.end})`, this.start);
    }
  }
  Readable.call(this, options);
  if (options.encoding) {
    this.setEncoding(options.encoding);
  }
}
Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
Object.setPrototypeOf(ReadStream, Readable);

function defineAutoClose(proto, state) {
  Object.defineProperty(proto, 'autoClose', {
    __proto__: null,
    get() {
      return this[state].autoDestroy;
    },
    set(value) {
      this[state].autoDestroy = value;
    },
  });
  Object.defineProperty(proto, 'pending', {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() {
      return this.fd === null;
    },
  });
}

defineAutoClose(ReadStream.prototype, '_readableState');
ReadStream.prototype._construct = construct;
ReadStream.prototype._destroy = destroy;

ReadStream.prototype._read = function(n) {
  n = this.pos !== undefined ? Math.min(this.end - this.pos + 1, n) : Math.min(this.end - this.bytesRead + 1, n);
  if (n <= 0) {
    this.push(null);
    return;
  }
  const buffer = Buffer.allocUnsafeSlow(n);
  this[kIsPerformingIO] = true;
  this[kFs].read(this.fd, buffer, 0, n, this.pos, (error, bytesRead, filled) => {
    this[kIsPerformingIO] = false;
    if (this.destroyed) {
      this.emit(kIoDone, error);
      return;
    }
    if (error) {
      require('internal/streams/destroy').errorOrDestroy(this, error);
    } else if (bytesRead > 0) {
      this.bytesRead += bytesRead;
      if (this.pos !== undefined) {
        this.pos += bytesRead;
      }
      // Little in a big block: copy, so that the block can go.
      if (bytesRead !== filled.length) {
        const copy = Buffer.allocUnsafeSlow(bytesRead);
        filled.copy(copy, 0, 0, bytesRead);
        filled = copy;
      }
      this.push(filled);
    } else {
      this.push(null);
    }
  });
};

ReadStream.prototype.close = function(callback) {
  closeStream(this, callback);
  this.destroy();
};

function WriteStream(path, options) {
  if (!(this instanceof WriteStream)) {
    return new WriteStream(path, options);
  }
  options = copyOptions(options, {});
  options.decodeStrings = true;
  const autoClose = options.autoClose !== false;
  options.autoDestroy = autoClose;
  options.emitClose ??= true;
  if (options.flush === undefined || options.flush === null) {
    options.flush = false;
  } else {
    validateBoolean(options.flush, 'options.flush');
  }
  this.fd = null;
  if (options.fd === undefined || options.fd === null) {
    this.path = u.getPath(path);
  } else {
    this.path = typeof path === 'string' ? path : undefined;
  }
  this.flags = options.flags === undefined ? 'w' : options.flags;
  this.mode = options.mode === undefined ? 0o666 : options.mode;
  this.flush = options.flush;
  setSource(this, options, ['open', 'close']);
  if (!this[kFs].write && !this[kFs].writev) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.fs.write', 'Function', this[kFs].write);
  }
  if (!this[kFs].writev) {
    this._writev = null;
  }
  this.start = options.start;
  this.pos = undefined;
  this.bytesWritten = 0;
  this[kIsPerformingIO] = false;
  if (this.start !== undefined) {
    validateInteger(this.start, 'start', 0);
    this.pos = this.start;
  }
  Writable.call(this, options);
  if (options.encoding) {
    this.setDefaultEncoding(options.encoding);
  }
}
Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(WriteStream, Writable);

defineAutoClose(WriteStream.prototype, '_writableState');
WriteStream.prototype._construct = construct;

// Writes all of a buffer, however often the system takes only part.
function writeAll(stream, data, size, position, callback, retries = 0) {
  stream[kFs].write(stream.fd, data, 0, size, position, (error, written, buffer) => {
    if (error?.code === 'EAGAIN') {
      error = null;
      written = 0;
    }
    if (stream.destroyed || error) {
      callback(error || new codes.ERR_STREAM_DESTROYED('write'));
      return;
    }
    stream.bytesWritten += written;
    retries = written ? 0 : retries + 1;
    size -= written;
    if (position !== undefined) {
      position += written;
    }
    if (retries > 5) {
      callback(new codes.ERR_SYSTEM_ERROR({
        message: 'write failed', code: 'EAGAIN', errno: 11, syscall: 'write',
      }));
    } else if (size > 0) {
      writeAll(stream, buffer.subarray(written), size, position, callback, retries);
    } else {
      callback();
    }
  });
}

function ioEnded(stream, error, callback) {
  stream[kIsPerformingIO] = false;
  if (stream.destroyed) {
    callback(error);
    stream.emit(kIoDone, error);
    return;
  }
  callback(error);
}

WriteStream.prototype._write = function(data, encoding, callback) {
  this[kIsPerformingIO] = true;
  writeAll(this, data, data.length, this.pos, (error) => ioEnded(this, error, callback));
  if (this.pos !== undefined) {
    this.pos += data.length;
  }
};

WriteStream.prototype._writev = function(data, callback) {
  const buffers = [];
  let size = 0;
  for (const { chunk } of data) {
    buffers.push(chunk);
    size += chunk.length;
  }
  this[kIsPerformingIO] = true;
  const position = this.pos;
  this[kFs].writev(this.fd, buffers, position, (error, written) => {
    if (!error && written < size) {
      // The rest in one piece.
      this.bytesWritten += written;
      const rest = Buffer.concat(buffers).subarray(written);
      writeAll(this, rest, rest.length, position === undefined ? undefined : position + written,
               (writeError) => ioEnded(this, writeError, callback));
      return;
    }
    this.bytesWritten += written || 0;
    ioEnded(this, error, callback);
  });
  if (this.pos !== undefined) {
    this.pos += size;
  }
};

WriteStream.prototype._destroy = function(error, callback) {
  if (this.flush && this.fd !== null && !error && this[kFs].fsync) {
    this[kFs].fsync(this.fd, (syncError) => destroy.call(this, syncError || error, callback));
  } else {
    destroy.call(this, error, callback);
  }
};

WriteStream.prototype.close = function(callback) {
  if (callback) {
    if (this.closed) {
      process.nextTick(callback);
      return;
    }
    this.on('close', callback);
  }
  // Without autoClose somebody has to close: 'finish' does.
  if (!this.autoClose) {
    this.on('finish', this.destroy);
  }
  this.end();
};
WriteStream.prototype.destroySoon = WriteStream.prototype.end;

module.exports = { ReadStream, WriteStream };

// SPDX-License-Identifier: MIT
'use strict';

// fs.Utf8Stream: text (or bytes) collected and written in pieces, with a way to have everything written now.
//
// What waits is a list of pieces, each of at most maxWrite bytes unless one call brought more. One piece at a time is
// being written; what the system did not take of it stays at the head of the list, as bytes.

const { Buffer } = require('buffer');
const EventEmitter = require('events');
const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateObject, validateOneOf, validateUint32 } = require('internal/validators');

const kMaxWrite = 16 * 1024;
const kBusyWait = 100; // milliseconds until a busy file is tried again
const kOperations = ['write', 'writeSync', 'fsync', 'fsyncSync', 'close', 'open', 'mkdir', 'mkdirSync'];

function destroyed() {
  return new codes.ERR_INVALID_STATE('Utf8Stream is destroyed');
}

function isBusy(error) {
  return error.code === 'EAGAIN' || error.code === 'EBUSY';
}

function sleep(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

class Utf8Stream extends EventEmitter {
  #fs;
  #fd = -1;
  #file = null;
  #pieces = []; // strings or Buffers
  #length = 0; // bytes in them
  #isOpening = false;
  #isWriting = false; // the first piece is
  #isFixed = false; // the first piece was tried and failed: nothing is added to it
  #isReopening = false;
  #isEnding = false;
  #isDestroyed = false;
  #isClosing = false;
  #flushesNext = false; // flush() came while the file was opened
  #willDrain = false;
  #timer;
  #options;
  #highWaterMark;

  constructor(options = {}) {
    validateObject(options, 'options');
    super();
    const { fd, dest, minLength = 0, maxLength = 0, maxWrite = kMaxWrite, periodicFlush = 0, sync = false, append = true,
            mkdir = false, mode, fsync = false, contentMode = 'utf8', retryEAGAIN = () => true, fs } = options;
    const target = fd ?? dest;
    if (typeof target !== 'number' && typeof target !== 'string') {
      throw new codes.ERR_INVALID_ARG_TYPE('fd', ['number', 'string'], target);
    }
    validateUint32(minLength, 'options.minLength');
    validateUint32(maxLength, 'options.maxLength');
    validateUint32(maxWrite, 'options.maxWrite');
    validateUint32(periodicFlush, 'options.periodicFlush');
    validateBoolean(sync, 'options.sync');
    validateBoolean(append, 'options.append');
    validateBoolean(mkdir, 'options.mkdir');
    validateOneOf(contentMode, 'options.contentMode', ['buffer', 'utf8']);
    validateFunction(retryEAGAIN, 'options.retryEAGAIN');
    if (minLength >= maxWrite && minLength > 0) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('minLength', minLength, `should be smaller than maxWrite (${maxWrite})`);
    }
    this.#fs = require('fs');
    if (fs !== undefined) {
      validateObject(fs, 'options.fs');
      for (const name of kOperations) {
        if (fs[name] !== undefined) validateFunction(fs[name], `options.fs.${name}`);
      }
      this.#fs = { __proto__: this.#fs, ...fs };
    }
    this.#options = { minLength, maxLength, maxWrite, periodicFlush, sync, append, mkdir, mode, fsync, contentMode, retryEAGAIN };
    this.#highWaterMark = Math.max(minLength, kMaxWrite);
    if (periodicFlush > 0) {
      const { setInterval } = require('timers');
      this.#timer = setInterval(() => this.flush(), periodicFlush).unref();
    }
    if (typeof target === 'number') {
      this.#fd = target;
      process.nextTick(() => this.emit('ready'));
    } else {
      this.#open(target);
    }
  }

  // --- the file

  #open(file) {
    const { sync, append, mkdir, mode } = this.#options;
    const flags = append ? 'a' : 'w';
    this.#isOpening = true;
    if (sync) {
      try {
        if (mkdir) this.#fs.mkdirSync(require('path').dirname(file), { recursive: true });
        this.#opened(file, this.#fs.openSync(file, flags, mode));
      } catch (error) {
        this.#isOpening = false;
        throw error;
      }
      return;
    }
    const open = (error) => {
      if (error) this.#failedToOpen(error);
      else this.#fs.open(file, flags, mode, (error, fd) => (error ? this.#failedToOpen(error) : this.#opened(file, fd)));
    };
    if (mkdir) this.#fs.mkdir(require('path').dirname(file), { recursive: true }, open);
    else open();
  }

  #failedToOpen(error) {
    this.#isOpening = false;
    this.#isReopening = false;
    this.emit('error', error);
    if (this.#isDestroyed) this.#close();
  }

  #opened(file, fd) {
    const old = this.#isReopening ? this.#fd : -1;
    this.#fd = fd;
    this.#file = file;
    this.#isOpening = this.#isReopening = false;
    if (old > 2) this.#fs.close(old, (error) => error && this.emit('error', error));
    if (this.#isDestroyed) {
      this.#close();
      return;
    }
    if (this.#options.sync) process.nextTick(() => this.emit('ready'));
    else this.emit('ready');
    this.#go();
  }

  reopen(file) {
    if (this.#isDestroyed) throw destroyed();
    if (this.#isOpening) {
      this.once('ready', () => this.reopen(file));
      return;
    }
    if (this.#isEnding) return;
    if (this.#file === null) {
      throw new codes.ERR_OPERATION_FAILED('Unable to reopen a file descriptor, you must pass a file to SonicBoom');
    }
    this.#isReopening = true;
    if (file) this.#file = file;
    if (!this.#isWriting) this.#open(this.#file);
  }

  #close() {
    this.#isDestroyed = true;
    if (this.#isClosing || this.#isOpening || this.#isWriting) return;
    this.#isClosing = true;
    this.#pieces = [];
    this.#length = 0;
    clearInterval(this.#timer);
    const done = (error) => {
      if (error) {
        this.emit('error', error);
        return;
      }
      if (this.#isEnding) this.emit('finish');
      this.emit('close');
    };
    // What is nobody's own stays open.
    if (this.#fd > 2) this.#fs.close(this.#fd, done);
    else require('timers').setImmediate(done);
  }

  // --- writing

  write(data) {
    if (this.#isDestroyed) throw destroyed();
    const { maxLength, maxWrite, minLength, contentMode } = this.#options;
    let size;
    if (contentMode === 'utf8') {
      if (typeof data !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('data', 'string', data);
      size = Buffer.byteLength(data);
    } else {
      if (!Buffer.isBuffer(data)) throw new codes.ERR_INVALID_ARG_TYPE('data', 'Buffer', data);
      size = data.length;
    }
    if (maxLength > 0 && this.#length + size > maxLength) {
      this.emit('drop', data);
      return this.#length < this.#highWaterMark;
    }
    const last = this.#pieces.length - 1;
    // A piece that is being written stays as it is.
    const room = last >= (this.#isWriting || this.#isFixed ? 1 : 0) ? maxWrite - Buffer.byteLength(this.#pieces[last]) : -1;
    if (size <= room) {
      const before = this.#pieces[last];
      this.#pieces[last] = typeof before === 'string' && typeof data === 'string' ? before + data :
        Buffer.concat([Buffer.from(before), Buffer.from(data)]);
    } else {
      this.#pieces.push(data);
    }
    this.#length += size;
    if (this.#length >= minLength) this.#go();
    return this.#length < this.#highWaterMark;
  }

  // Begins to write when there is a reason to and nothing in the way.
  #go() {
    if (this.#isWriting || this.#isOpening || this.#isClosing) return;
    if (this.#isReopening) {
      this.#open(this.#file);
      return;
    }
    const isDue = this.#length >= this.#options.minLength || this.#isEnding || this.#isDestroyed;
    if (this.#flushesNext || (this.#pieces.length > 0 && isDue)) {
      this.#flushesNext = false;
      if (this.#pieces.length === 0) this.#pieces.push('');
      this.#isWriting = true;
      if (this.#options.sync) this.#writeSync();
      else this.#writeFirst();
    } else if (this.#isDestroyed || this.#isEnding) {
      this.#close();
    }
  }

  #writeFirst() {
    const [piece] = this.#pieces;
    const done = (error, count) => this.#written(piece, error, count);
    if (typeof piece === 'string') this.#fs.write(this.#fd, piece, 'utf8', done);
    else this.#fs.write(this.#fd, piece, 0, piece.length, done);
  }

  #writePieceSync(piece) {
    return typeof piece === 'string' ? this.#fs.writeSync(this.#fd, piece, 'utf8') :
      this.#fs.writeSync(this.#fd, piece, 0, piece.length);
  }

  #writeSync() {
    while (this.#isWriting) {
      const [piece] = this.#pieces;
      let count;
      try {
        count = this.#writePieceSync(piece);
      } catch (error) {
        this.#written(piece, error);
        continue;
      }
      this.#written(piece, null, count);
    }
  }

  #mayRetry(error, piece) {
    const size = Buffer.byteLength(piece);
    return isBusy(error) && this.#options.retryEAGAIN(error, size, this.#length - size);
  }

  // The first piece has been written, as far as the system took it, or has not.
  #written(piece, error, count) {
    const { sync, fsync } = this.#options;
    if (error) {
      if (!this.#mayRetry(error, piece)) {
        this.#isWriting = false;
        this.#isFixed = true;
        this.emit('error', error);
        if (this.#isDestroyed) this.#close();
      } else if (sync) {
        sleep(kBusyWait);
      } else {
        require('timers').setTimeout(() => this.#writeFirst(), kBusyWait);
      }
      return;
    }
    this.emit('write', count);
    if (this.#take(count)) {
      if (!sync) this.#writeFirst();
      return;
    }
    this.#isWriting = false;
    if (fsync) this.#fs.fsyncSync(this.#fd);
    this.#go();
    if (!this.#isWriting && this.#pieces.length === 0 && !this.#isEnding && !this.#isDestroyed) this.#drain();
  }

  // So many bytes of the first piece are done, all of it when that is no number. True: some is left.
  #take(count) {
    this.#isFixed = false;
    const piece = this.#pieces[0];
    const size = Buffer.byteLength(piece);
    if (typeof count !== 'number' || count >= size) {
      this.#pieces.shift();
      this.#length -= size;
      return false;
    }
    if (count > 0) {
      this.#pieces[0] = Buffer.from(piece).subarray(count);
      this.#length -= count;
    }
    return true;
  }

  // A synchronous stream tells of it once, later.
  #drain() {
    if (!this.#options.sync) {
      this.emit('drain');
      return;
    }
    if (this.#willDrain) return;
    this.#willDrain = true;
    process.nextTick(() => {
      this.#willDrain = false;
      if (!this.#isDestroyed) this.emit('drain');
    });
  }

  flush(callback) {
    if (callback !== undefined && callback !== null) validateFunction(callback, 'cb');
    if (this.#isDestroyed) {
      if (!callback) throw destroyed();
      callback(destroyed());
      return;
    }
    if (this.#options.minLength <= 0) {
      callback?.();
      return;
    }
    if (callback) {
      const onDrain = () => {
        this.off('error', onError);
        callback(null);
      };
      const onError = (error) => {
        this.off('drain', onDrain);
        callback(error);
      };
      this.once('drain', onDrain);
      this.once('error', onError);
    }
    this.#flushesNext = true;
    this.#go();
  }

  flushSync() {
    if (this.#isDestroyed) throw destroyed();
    if (this.#fd < 0) throw new codes.ERR_INVALID_STATE('Invalid file descriptor');
    // What is being written by another thread comes out there.
    const first = this.#isWriting ? this.#pieces.shift() : undefined;
    try {
      while (this.#pieces.length > 0) {
        const [piece] = this.#pieces;
        try {
          this.#take(this.#writePieceSync(piece));
        } catch (error) {
          if (!this.#mayRetry(error, piece)) throw error;
          sleep(kBusyWait);
        }
      }
    } finally {
      if (first !== undefined) this.#pieces.unshift(first);
    }
    if (this.#options.fsync) this.#fs.fsyncSync(this.#fd);
  }

  end() {
    if (this.#isDestroyed) throw destroyed();
    if (this.#isOpening) {
      this.once('ready', () => {
        if (!this.#isDestroyed) this.end();
      });
      return;
    }
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#go();
  }

  // What waits is still written, but nobody is told.
  destroy() {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.#isEnding = false;
    this.#go();
  }

  [Symbol.dispose]() {
    this.destroy();
  }

  get mode() {
    return this.#options.mode;
  }

  get file() {
    return this.#file;
  }

  get fd() {
    return this.#fd;
  }

  get minLength() {
    return this.#options.minLength;
  }

  get maxLength() {
    return this.#options.maxLength;
  }

  get writing() {
    return this.#isWriting || this.#isOpening;
  }

  get sync() {
    return this.#options.sync;
  }

  get fsync() {
    return this.#options.fsync;
  }

  get append() {
    return this.#options.append;
  }

  get periodicFlush() {
    return this.#options.periodicFlush;
  }

  get contentMode() {
    return this.#options.contentMode;
  }

  get mkdir() {
    return this.#options.mkdir;
  }
}

require('internal/util').setLength(Utf8Stream.prototype.flush, 0);

module.exports = { Utf8Stream };

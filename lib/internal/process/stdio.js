// SPDX-License-Identifier: MIT
'use strict';

// process.stdin, stdout and stderr, made when first touched. Output to files, terminals and pipes is synchronous, as in
// Node on Linux: what was written is out when write() returns, so a crash loses nothing.

const { BuiltinModule } = require('internal/bootstrap/realm');
const { hooks } = require('internal/async_context');
const { guessHandleType } = internalBinding('util');

function refuse(fd, type) {
  const { ERR_UNKNOWN_STDIN_TYPE, ERR_UNKNOWN_STREAM_TYPE } = require('internal/errors').codes;
  throw fd === 0 ? new ERR_UNKNOWN_STDIN_TYPE() : new ERR_UNKNOWN_STREAM_TYPE();
}

// Closing the standard outputs is not allowed to close their descriptors: destroy() only marks the stream.
function dummyDestroy(error, callback) {
  callback(error);
  this._undestroy();
  if (!this._writableState.emitClose) {
    process.nextTick(() => this.emit('close'));
  }
}

function createWritable(fd) {
  const type = guessHandleType(fd);
  let stream;
  switch (type) {
    case 'TTY': {
      const { TTYWriteStream } = require('internal/fs/sync_write_stream');
      stream = new TTYWriteStream(fd);
      stream._type = 'tty';
      break;
    }
    case 'FILE':
    case 'PIPE':
    case 'TCP': {
      const { SyncWriteStream } = require('internal/fs/sync_write_stream');
      stream = new SyncWriteStream(fd, { autoClose: false });
      stream._type = type === 'FILE' ? 'fs' : 'pipe';
      break;
    }
    default: {
      // A descriptor that is closed or of an unknown kind swallows what it is given.
      const { Writable } = require('stream');
      stream = new Writable({ write(chunk, encoding, callback) {
        callback();
      } });
    }
  }
  stream.fd = fd;
  stream._isStdio = true;
  stream.destroySoon = stream.destroy;
  stream._destroy = dummyDestroy;
  return stream;
}

// Reads on the thread pool: right for files; for the rest until sockets are there.
function makeFileStdin(fd) {
  const { ReadStream } = require('fs');
  return new ReadStream(null, { fd, autoClose: false });
}

function createStdin() {
  const fd = 0;
  const type = guessHandleType(fd);
  let stdin;
  switch (type) {
    case 'FILE':
      stdin = makeFileStdin(fd);
      break;
    case 'TTY':
      stdin = BuiltinModule.exists('tty') ? new (require('tty').ReadStream)(fd) : makeFileStdin(fd);
      break;
    case 'PIPE':
    case 'TCP': {
      if (!BuiltinModule.exists('net')) {
        stdin = makeFileStdin(fd);
        break;
      }
      const net = require('net');
      stdin = new net.Socket({ fd, readable: true, writable: false, manualStart: true });
      // The descriptor belongs to the process: it is read as a pipe but not shut down.
      stdin._type = 'pipe';
      break;
    }
    default: {
      const { Readable } = require('stream');
      stdin = new Readable({ read() {} });
      stdin.push(null);
    }
  }
  stdin.fd = fd;

  // A handle reads ahead of anyone's asking; paused stdin must let the process end.
  if (stdin._handle?.readStop) {
    stdin._handle.reading = false;
    stdin._readableState.reading = false;
    stdin._handle.readStop();
  }
  stdin.on('pause', () => {
    process.nextTick(() => {
      if (stdin._handle && stdin._handle.reading && !stdin.readableFlowing) {
        stdin._readableState.reading = false;
        stdin._handle.reading = false;
        stdin._handle.readStop();
      }
    });
  });
  return stdin;
}

const streams = [undefined, undefined, undefined];

function getStream(fd) {
  if (streams[fd] !== undefined) {
    return streams[fd];
  }
  const stream = streams[fd] = fd === 0 ? createStdin() : createWritable(fd);
  if (fd !== 0 && stream.isTTY) {
    process.on('SIGWINCH', () => stream._refreshSize());
  }
  return stream;
}

const names = ['stdin', 'stdout', 'stderr'];
const getters = [undefined, undefined, undefined];
const kinds = [undefined, undefined, undefined];

// Would a write to the standard stream be a write to the descriptor and nothing else? Nobody has looked at the stream
// or got hold of what streams are made of, nor watches the ticks they take; and no other stream was in its place when
// this was asked first.
function isBare(fd) {
  if (streams[fd] !== undefined || hooks.areOn || BuiltinModule.isLoaded('stream')) return false;
  if (kinds[fd] === undefined) {
    if (getters[fd] === undefined || Object.getOwnPropertyDescriptor(process, names[fd])?.get !== getters[fd]) {
      return false;
    }
    kinds[fd] = guessHandleType(fd);
  }
  return kinds[fd] === 'PIPE' || kinds[fd] === 'FILE' || kinds[fd] === 'TCP';
}

// The stream that the global console stays with: what was there when it was first needed.
function streamForConsole(fd) {
  return kinds[fd] === undefined ? process[names[fd]] : getStream(fd);
}

function defineStdio(target) {
  for (const fd of [1, 0, 2]) {
    const get = getters[fd] = function() {
      return getStream(fd);
    };
    Object.defineProperty(get, 'name', { __proto__: null, value: 'get', configurable: true });
    Object.defineProperty(target, names[fd], { __proto__: null, configurable: true, enumerable: true, get });
  }
}

module.exports = { defineStdio, isBare, streamForConsole };

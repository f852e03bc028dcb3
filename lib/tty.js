// SPDX-License-Identifier: MIT
'use strict';

// Terminals: ReadStream is a socket over the terminal's handle, WriteStream writes at once (internal/fs/sync_write_stream).

const net = require('net');
const { TTYWriteStream } = require('internal/fs/sync_write_stream');
const { ErrnoException, codes } = require('internal/errors');
const { TTY } = internalBinding('tty_wrap');
const { guessHandleType } = internalBinding('util');

function isatty(fd) {
  return Number.isInteger(fd) && fd >= 0 && fd <= 2147483647 && guessHandleType(fd) === 'TTY';
}

function ReadStream(fd, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(fd, options);
  if (fd >> 0 !== fd || fd < 0) throw new codes.ERR_INVALID_FD(fd);
  net.Socket.call(this, { readableHighWaterMark: 0, handle: new TTY(fd), manualStart: true, ...options });
  this.isRaw = false;
  this.isTTY = true;
}
Object.setPrototypeOf(ReadStream.prototype, net.Socket.prototype);
Object.setPrototypeOf(ReadStream, net.Socket);

ReadStream.prototype.setRawMode = function(flag) {
  flag = Boolean(flag);
  const error = this._handle?.setRawMode(flag);
  if (error) {
    this.emit('error', new ErrnoException(error, 'setRawMode'));
    return this;
  }
  this.isRaw = flag;
  return this;
};

function WriteStream(fd) {
  if (!(this instanceof WriteStream)) return new WriteStream(fd);
  if (fd >> 0 !== fd || fd < 0) throw new codes.ERR_INVALID_FD(fd);
  TTYWriteStream.call(this, fd);
}
Object.setPrototypeOf(WriteStream.prototype, TTYWriteStream.prototype);
Object.setPrototypeOf(WriteStream, TTYWriteStream);
// Node has them here, where programs replace them.
for (const name of Object.keys(TTYWriteStream.prototype)) {
  if (name !== '_readSize') WriteStream.prototype[name] = TTYWriteStream.prototype[name];
}
WriteStream.prototype.isTTY = true;

module.exports = { isatty, ReadStream, WriteStream };

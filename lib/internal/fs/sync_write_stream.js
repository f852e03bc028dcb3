// SPDX-License-Identifier: MIT
'use strict';

// Writable streams over a descriptor that write at once: standard output and error.

const { Writable } = require('stream');
const binding = internalBinding('fs');

function SyncWriteStream(fd, options) {
  Writable.call(this, { autoDestroy: true, decodeStrings: false });
  this.fd = fd;
  this.readable = false;
  this.autoClose = options?.autoClose === undefined ? true : options.autoClose;
}
Object.setPrototypeOf(SyncWriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(SyncWriteStream, Writable);

// All of it: a pipe or terminal in non-blocking mode that is full is waited for in C.
SyncWriteStream.prototype._write = function(chunk, encoding, callback) {
  try {
    if (typeof chunk === 'string') {
      binding.writeAllString(this.fd, chunk, encoding);
    } else {
      binding.writeAll(this.fd, chunk);
    }
  } catch (error) {
    callback(error);
    return;
  }
  callback();
};

SyncWriteStream.prototype._destroy = function(error, callback) {
  if (this.fd !== null && this.autoClose) {
    try {
      binding.close(this.fd);
    } catch (failure) {
      error ||= failure;
    }
    this.fd = null;
  }
  callback(error);
};

SyncWriteStream.prototype.destroySoon = SyncWriteStream.prototype.destroy;

// The same over a terminal: knows its size and what it can show.
function TTYWriteStream(fd) {
  SyncWriteStream.call(this, fd, { autoClose: false });
  this.isTTY = true;
  this.columns = 0;
  this.rows = 0;
  this._readSize();
}
Object.setPrototypeOf(TTYWriteStream.prototype, SyncWriteStream.prototype);
Object.setPrototypeOf(TTYWriteStream, SyncWriteStream);

TTYWriteStream.prototype._readSize = function() {
  const size = internalBinding('util').getWindowSize(this.fd);
  if (size === undefined || (size[0] === this.columns && size[1] === this.rows)) {
    return false;
  }
  this.columns = size[0];
  this.rows = size[1];
  return true;
};

TTYWriteStream.prototype._refreshSize = function() {
  if (this._readSize()) {
    this.emit('resize');
  }
};

TTYWriteStream.prototype.getWindowSize = function() {
  return [this.columns, this.rows];
};

// 1, 4, 8 or 24 bits of colour, by the environment.
TTYWriteStream.prototype.getColorDepth = function(env = process.env) {
  if (env.FORCE_COLOR !== undefined) {
    switch (env.FORCE_COLOR) {
      case '': case '1': case 'true': return 4;
      case '2': return 8;
      case '3': return 24;
      default: return 1;
    }
  }
  if (env.NODE_DISABLE_COLORS !== undefined && env.NODE_DISABLE_COLORS !== '' ||
      env.NO_COLOR !== undefined && env.NO_COLOR !== '' || env.TERM === 'dumb') {
    return 1;
  }
  if (env.COLORTERM === 'truecolor' || env.COLORTERM === '24bit') {
    return 24;
  }
  const term = env.TERM ?? '';
  if (/-256(color)?$/i.test(term)) {
    return 8;
  }
  if (env.TMUX) {
    return 24;
  }
  return term === '' && !env.COLORTERM ? 1 : 4;
};

TTYWriteStream.prototype.hasColors = function(count, env) {
  if (typeof count === 'object' && count !== null) {
    env = count;
    count = 16;
  }
  return (count ?? 16) <= 2 ** this.getColorDepth(env);
};

const cursorMethods = { cursorTo: 3, moveCursor: 3, clearLine: 2, clearScreenDown: 1 };
for (const name of Object.keys(cursorMethods)) {
  TTYWriteStream.prototype[name] = function(...args) {
    return require('internal/readline/callbacks')[name](this, ...args);
  };
  Object.defineProperty(TTYWriteStream.prototype[name], 'length', { __proto__: null, value: cursorMethods[name] });
}

module.exports = { SyncWriteStream, TTYWriteStream };

// SPDX-License-Identifier: MIT
'use strict';

// "deflate" as servers send it: zlib's format, or raw deflate data, told apart by the first byte.

const { Transform } = require('stream');

function createInflateEither() {
  let inner;
  return new Transform({
    transform(chunk, encoding, callback) {
      if (inner === undefined) {
        if (chunk.byteLength === 0) {
          callback();
          return;
        }
        const zlib = require('zlib');
        const { Z_SYNC_FLUSH } = zlib.constants;
        const options = { flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH };
        inner = (chunk[0] & 0x0F) === 0x08 ? zlib.createInflate(options) : zlib.createInflateRaw(options);
        inner.on('data', (data) => {
          if (!this.push(data)) inner.pause();
        });
        inner.on('end', () => this.push(null));
        inner.on('error', (error) => this.destroy(error));
      }
      inner.write(chunk, encoding, callback);
    },
    flush(callback) {
      if (inner === undefined) {
        callback();
        return;
      }
      inner.once('end', callback);
      inner.once('error', () => {});
      inner.end();
      inner.resume();
    },
    read(size) {
      inner?.resume();
      return Transform.prototype._read.call(this, size);
    },
    destroy(error, callback) {
      inner?.destroy();
      callback(error);
    },
  });
}

module.exports = { createInflateEither };

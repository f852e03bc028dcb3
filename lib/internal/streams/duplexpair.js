// SPDX-License-Identifier: MIT
'use strict';

// duplexPair(): two Duplex streams, each reading what the other is given.

const { Duplex } = require('internal/streams/duplex');

const kOther = Symbol('kOther');
const kWaiting = Symbol('kWaiting');

class DuplexSide extends Duplex {
  constructor(options) {
    super(options);
    this[kOther] = null;
    // The write callback of the other side, kept until this side is read.
    this[kWaiting] = null;
  }

  _read() {
    const callback = this[kWaiting];
    if (callback) {
      this[kWaiting] = null;
      callback();
    }
  }

  _write(chunk, encoding, callback) {
    const other = this[kOther];
    if (chunk.length === 0) {
      process.nextTick(callback);
    } else {
      other.push(chunk);
      other[kWaiting] = callback;
    }
  }

  _final(callback) {
    this[kOther].on('end', callback);
    this[kOther].push(null);
  }

  _destroy(error, callback) {
    const other = this[kOther];
    if (other !== null && !other.destroyed) {
      // The far side learns of it: it ends, or is gone too.
      this[kOther] = null;
      process.nextTick(() => {
        if (other.destroyed) {
          return;
        }
        if (error) {
          other.destroy(); // whose error it is is known on the other side only
        } else if (!other._readableState.ended) {
          other.push(null);
        }
      });
    }
    callback(error);
  }
}

function duplexPair(options) {
  const one = new DuplexSide(options);
  const two = new DuplexSide(options);
  one[kOther] = two;
  two[kOther] = one;
  return [one, two];
}

module.exports = { duplexPair };

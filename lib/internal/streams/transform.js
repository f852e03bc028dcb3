// SPDX-License-Identifier: MIT
'use strict';

// Transform: what is written goes through _transform and comes out to be read. A write completes only when the
// readable side has room, so backpressure passes through.

const { Duplex } = require('internal/streams/duplex');
const { getHighWaterMark } = require('internal/streams/state');
const { codes } = require('internal/errors');

const kCallback = Symbol('kCallback');
const kBefore = Symbol('kBefore');
const kDone = Symbol('kDone');
const kWaiting = Symbol('kWaiting');

function Transform(options) {
  if (!(this instanceof Transform)) {
    return new Transform(options);
  }
  // With a readable mark of 0 every chunk would wait for a read; the writable side then holds nothing either.
  const readableMark = options ? getHighWaterMark(false, options, 'readableHighWaterMark', true) : null;
  if (readableMark === 0) {
    options = {
      ...options,
      highWaterMark: null,
      readableHighWaterMark: readableMark,
      writableHighWaterMark: options.writableHighWaterMark || 0,
    };
  }
  Duplex.call(this, options);
  // _read does not fetch anything, it only releases the waiting write: pushing inside it is not "sync".
  this._readableState.sync = false;
  this[kCallback] = null;
  this[kBefore] = 0;
  this[kDone] = null;
  this[kWaiting] = false;
  if (options) {
    if (typeof options.transform === 'function') {
      this._transform = options.transform;
    }
    if (typeof options.flush === 'function') {
      this._flush = options.flush;
    }
  }
  // A subclass may define _final; then the flush hangs on 'prefinish'.
  this.on('prefinish', prefinish);
}
Object.setPrototypeOf(Transform.prototype, Duplex.prototype);
Object.setPrototypeOf(Transform, Duplex);

function final(callback) {
  if (typeof this._flush === 'function' && !this.destroyed) {
    this._flush((error, data) => {
      if (error) {
        if (callback) {
          callback(error);
        } else {
          this.destroy(error);
        }
        return;
      }
      if (data !== null && data !== undefined) {
        this.push(data);
      }
      this.push(null);
      if (callback) {
        callback();
      }
    });
  } else {
    this.push(null);
    if (callback) {
      callback();
    }
  }
}

function prefinish() {
  if (this._final !== final) {
    final.call(this);
  }
}

Transform.prototype._final = final;

Transform.prototype._transform = function(chunk, encoding, callback) {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_transform()');
};

Transform.prototype._write = function(chunk, encoding, callback) {
  this[kCallback] = callback;
  this[kBefore] = this._readableState.length;
  this._transform(chunk, encoding, this[kDone] ??= (error, value) => transformed(this, error, value));
};

// What _transform calls when it is through with a chunk. One write is under way at a time, so one function serves
// the whole stream.
function transformed(stream, error, value) {
  const callback = stream[kCallback] ?? stream._writableState.onwrite;
  if (error) {
    stream[kCallback] = null;
    callback(error);
    return;
  }
  if (value !== null && value !== undefined) {
    stream.push(value);
  }
  const rState = stream._readableState;
  // Ended from inside the transform: the rest of the input is let through and dropped.
  if (rState.ended || stream._writableState.ended || stream[kBefore] === rState.length ||
      rState.length < rState.highWaterMark) {
    stream[kCallback] = null;
    stream[kWaiting] = false;
    callback();
  } else {
    stream[kWaiting] = true;
  }
}

Transform.prototype._read = function() {
  if (this[kWaiting]) {
    const callback = this[kCallback];
    this[kWaiting] = false;
    this[kCallback] = null;
    callback();
  }
};

module.exports = { Transform };

// SPDX-License-Identifier: MIT
'use strict';

// StringDecoder: text from chunks of bytes, a character cut at a chunk's end being kept for the next. Its state is a
// few bytes that C reads and writes (internalBinding('string_decoder')).

const { codes } = require('internal/errors');
const { normalizeEncoding, encodingsMap } = require('internal/util');
const { decode, flush, kIncompleteCharactersStart, kIncompleteCharactersEnd, kMissingBytes, kBufferedBytes,
  kEncodingField, kSize } = internalBinding('string_decoder');

const kNativeDecoder = Symbol('kNativeDecoder');

function StringDecoder(encoding) {
  const name = normalizeEncoding(encoding);
  if (name === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  this.encoding = name;
  this[kNativeDecoder] = new Uint8Array(kSize);
  this[kNativeDecoder][kEncodingField] = encodingsMap[name];
}

function stateOf(self) {
  const state = self?.[kNativeDecoder];
  if (state === undefined) throw new codes.ERR_INVALID_THIS('StringDecoder');
  return state;
}

StringDecoder.prototype.write = function write(buf) {
  if (typeof buf === 'string') return buf;
  if (!ArrayBuffer.isView(buf)) {
    throw new codes.ERR_INVALID_ARG_TYPE('buf', ['Buffer', 'TypedArray', 'DataView'], buf);
  }
  return decode(stateOf(this), buf);
};

StringDecoder.prototype.end = function end(buf) {
  const text = buf === undefined ? '' : this.write(buf);
  const state = stateOf(this);
  return state[kBufferedBytes] > 0 ? text + flush(state) : text;
};

StringDecoder.prototype.text = function text(buf, offset) {
  const state = stateOf(this);
  state[kMissingBytes] = 0;
  state[kBufferedBytes] = 0;
  return this.write(buf.slice(offset));
};

Object.defineProperties(StringDecoder.prototype, {
  lastChar: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const { Buffer } = require('buffer');
      const state = stateOf(this);
      return Buffer.from(state.buffer, kIncompleteCharactersStart, kIncompleteCharactersEnd - kIncompleteCharactersStart);
    },
  },
  lastNeed: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return stateOf(this)[kMissingBytes]; },
  },
  lastTotal: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const state = stateOf(this);
      return state[kBufferedBytes] + state[kMissingBytes];
    },
  },
});

module.exports = { StringDecoder };

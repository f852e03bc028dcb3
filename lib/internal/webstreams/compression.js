// SPDX-License-Identifier: MIT
'use strict';

// CompressionStream and DecompressionStream  https://compression.spec.whatwg.org/, over zlib's transforms.

const { codes } = require('internal/errors');
const { customInspectSymbol, inspectAs, invalidThis, publish } = require('internal/webstreams/util');

// Format: [compressor, decompressor] of zlib.
const formats = {
  __proto__: null,
  'deflate': ['createDeflate', 'createInflate'],
  'deflate-raw': ['createDeflateRaw', 'createInflateRaw'],
  'gzip': ['createGzip', 'createGunzip'],
  'brotli': ['createBrotliCompress', 'createBrotliDecompress'],
};

function makePair(name, format, which) {
  const makers = formats[`${format}`];
  if (makers === undefined) {
    const error = new codes.ERR_INVALID_ARG_VALUE('format', format);
    error.message = `Failed to construct '${name}': 1st argument '${format}' is not a valid enum value of type ` +
      'CompressionFormat.';
    throw error;
  }
  const { bufferSourceTransform } = require('internal/webstreams/adapters');
  const options = which === 1 ? { rejectGarbageAfterEnd: true } : undefined;
  return bufferSourceTransform(require('zlib')[makers[which]](options));
}

function makeClass(name, which) {
  const Made = { [name]: class {
    #pair;

    constructor(format) {
      this.#pair = makePair(name, format, which);
    }

    get readable() {
      if (typeof this !== 'object' || this === null || !(#pair in this)) throw invalidThis(name);
      return this.#pair.readable;
    }

    get writable() {
      if (typeof this !== 'object' || this === null || !(#pair in this)) throw invalidThis(name);
      return this.#pair.writable;
    }

    [customInspectSymbol](depth, options) {
      return inspectAs(name, depth, options, { readable: this.#pair.readable, writable: this.#pair.writable });
    }
  } }[name];
  publish(Made, ['readable', 'writable']);
  return Made;
}

module.exports = {
  CompressionStream: makeClass('CompressionStream', 0),
  DecompressionStream: makeClass('DecompressionStream', 1),
};

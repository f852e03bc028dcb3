// SPDX-License-Identifier: MIT
'use strict';

// Blob and File  https://w3c.github.io/FileAPI/. A Blob is a list of pieces of memory; slicing shares them.

const { codes } = require('internal/errors');
const { customInspectSymbol, kEnumerableProperty } = require('internal/util');
const { validateDictionary, webTypeError } = require('internal/validators');
const { isAnyArrayBuffer } = internalBinding('types');

const disallowedType = /[^\u{0020}-\u{007E}]/u;

function normalizeType(type) {
  type = `${type}`;
  return disallowedType.test(type) ? '' : type.toLowerCase();
}

// Bytes of one element of a Blob's sequence.
function piecesOf(source, endings) {
  if (isBlob(source)) return blobPieces(source);
  if (isAnyArrayBuffer(source)) return [new Uint8Array(source.slice(0))];
  if (ArrayBuffer.isView(source)) {
    return [new Uint8Array(source.buffer.slice(source.byteOffset, source.byteOffset + source.byteLength))];
  }
  let text = `${source}`;
  if (endings === 'native') text = text.replace(/\r\n|\r|\n/g, '\n');
  return [internalBinding('encoding').encodeUtf8(text)];
}

class Blob {
  #pieces = [];
  #size = 0;
  #type = '';

  constructor(sources = [], options = undefined) {
    if (sources === null || typeof sources !== 'object' || typeof sources[Symbol.iterator] !== 'function') {
      throw webTypeError('Value cannot be converted to sequence.');
    }
    validateDictionary(options, 'options');
    const type = options?.type ?? '';
    const endings = options?.endings ?? 'transparent';
    const endingsText = `${endings}`;
    if (endingsText !== 'transparent' && endingsText !== 'native') {
      throw new codes.ERR_INVALID_ARG_VALUE('options.endings', endings);
    }
    for (const source of sources) {
      for (const piece of piecesOf(source, endingsText)) {
        if (piece.length === 0) continue;
        this.#pieces.push(piece);
        this.#size += piece.length;
      }
    }
    if (this.#size > internalBinding('buffer').kMaxLength) throw new codes.ERR_BUFFER_TOO_LARGE(0xFFFFFFFF);
    this.#type = normalizeType(type);
  }

  static piecesOf(blob) {
    return blob.#pieces;
  }

  static is(value) {
    return typeof value === 'object' && value !== null && #pieces in value;
  }

  static make(pieces, type) {
    const blob = new Blob();
    blob.#pieces = pieces;
    for (const piece of pieces) blob.#size += piece.length;
    blob.#type = type;
    return blob;
  }

  get type() {
    checkBlob(this);
    return this.#type;
  }

  get size() {
    checkBlob(this);
    return this.#size;
  }

  slice(start = 0, end = undefined, type = '') {
    checkBlob(this);
    const size = this.#size;
    const clamp = (value) => (value < 0 ? Math.max(size + value, 0) : Math.min(value, size));
    start = clamp(Math.trunc(+start) || 0);
    end = end === undefined ? size : clamp(Math.trunc(+end) || 0);
    const pieces = [];
    let offset = 0;
    for (const piece of this.#pieces) {
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, piece.length);
      if (from < to) pieces.push(piece.subarray(from, to));
      offset += piece.length;
    }
    return make(pieces, normalizeType(type));
  }

  #joined() {
    const out = new Uint8Array(this.#size);
    let offset = 0;
    for (const piece of this.#pieces) {
      out.set(piece, offset);
      offset += piece.length;
    }
    return out;
  }

  async arrayBuffer() {
    checkBlob(this);
    return this.#joined().buffer;
  }

  async bytes() {
    checkBlob(this);
    return this.#joined();
  }

  async text() {
    checkBlob(this);
    return new (require('internal/encoding').TextDecoder)().decode(this.#joined());
  }

  stream() {
    checkBlob(this);
    const { ReadableStream } = require('internal/webstreams/readablestream');
    const pieces = this.#pieces.values();
    return new ReadableStream({
      type: 'bytes',
      pull(controller) {
        const { value, done } = pieces.next();
        if (done) {
          controller.close();
          controller.byobRequest?.respond(0);
        } else {
          controller.enqueue(value.slice());
        }
      },
    }, { highWaterMark: 0 });
  }

  textStream() {
    checkBlob(this);
    const { TextDecoderStream } = require('internal/webstreams/encoding');
    return this.stream().pipeThrough(new TextDecoderStream());
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `Blob ${inspect({ size: this.size, type: this.type }, nested)}`;
  }
}

const { is: isBlob, make } = Blob;
function checkBlob(value) {
  if (!isBlob(value)) throw new codes.ERR_INVALID_THIS('Blob');
}
const blobPieces = Blob.piecesOf;
delete Blob.is;
delete Blob.make;
delete Blob.piecesOf;

function tag(ctor, names) {
  const props = { [Symbol.toStringTag]: { __proto__: null, configurable: true, value: ctor.name } };
  for (const name of names) props[name] = kEnumerableProperty;
  Object.defineProperties(ctor.prototype, props);
}
tag(Blob, ['size', 'type', 'slice', 'stream', 'textStream', 'text', 'arrayBuffer', 'bytes']);

class File extends Blob {
  #name;
  #lastModified;

  constructor(fileBits, fileName, options = undefined) {
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('fileBits', 'fileName');
    super(fileBits, options);
    const lastModified = options?.lastModified;
    this.#lastModified = lastModified === undefined ? Date.now() : Math.trunc(+lastModified) || 0;
    this.#name = `${fileName}`.toWellFormed();
  }

  get name() {
    if (typeof this !== 'object' || this === null || !(#name in this)) throw new TypeError('Illegal invocation');
    return this.#name;
  }

  get lastModified() {
    if (typeof this !== 'object' || this === null || !(#name in this)) throw new TypeError('Illegal invocation');
    return this.#lastModified;
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `File ${inspect({ size: this.size, type: this.type, name: this.#name, lastModified: this.#lastModified },
      nested)}`;
  }
}
tag(File, ['name', 'lastModified']);

// Object URLs name Blobs of this process.
const objectURLs = new Map();

function createObjectURL(blob) {
  if (!isBlob(blob)) throw new codes.ERR_INVALID_ARG_TYPE('obj', 'Blob', blob);
  const random = () => Math.floor(Math.random() * 0x10000).toString(16).padStart(4, '0');
  const id = `${random()}${random()}-${random()}-4${random().slice(1)}-a${random().slice(1)}-${random()}${random()}${
    random()}`;
  objectURLs.set(id, blob);
  return `blob:nodedata:${id}`;
}

function idOf(url) {
  return /^blob:nodedata:([^/?#]+)$/.exec(url)?.[1];
}

function revokeObjectURL(url) {
  objectURLs.delete(idOf(url));
}

function resolveObjectURL(url) {
  const blob = objectURLs.get(idOf(`${url}`));
  return blob === undefined ? undefined : blob.slice(0, blob.size, blob.type);
}

module.exports = { Blob, File, isBlob, piecesOf: blobPieces, createObjectURL, revokeObjectURL, resolveObjectURL };

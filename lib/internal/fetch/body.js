// SPDX-License-Identifier: MIT
'use strict';

// Bodies of requests and responses  https://fetch.spec.whatwg.org/#body-mixin. A body knows what it was made of (text,
// bytes, Blobs, or a Node stream from the network) and makes a ReadableStream of it only when a program asks for one.

const { Buffer } = require('buffer');
const { isAnyArrayBuffer } = internalBinding('types');
const { encodeUtf8 } = internalBinding('encoding');
const { Blob, isBlob, piecesOf } = require('internal/blob');
const { toText } = require('internal/fetch/webidl');
const readables = require('internal/webstreams/readable');
const { codes } = require('internal/errors');

class Body {
  constructor() {
    this.pieces = undefined; // of bytes, text and Blobs: all of it
    this.length = null; // in bytes, where known
    this.node = undefined; // a Readable that gives it
    this.adapt = undefined; // its errors as the program sees them
    this.record = undefined; // the readable stream's record
    this.isUsed = false; // consumed without a stream
  }

  static of(pieces, length) {
    const body = new Body();
    body.pieces = pieces;
    body.length = length;
    return body;
  }

  static fromNode(stream, adapt) {
    const body = new Body();
    body.node = stream;
    body.adapt = adapt;
    return body;
  }

  static fromRecord(record) {
    const body = new Body();
    body.record = record;
    return body;
  }

  get isDisturbed() {
    return this.isUsed || (this.record !== undefined && this.record.disturbed);
  }

  get isUnusable() {
    return this.isDisturbed || (this.record !== undefined && this.record.isLocked);
  }

  // The record of the stream, made now if there was none.
  stream() {
    if (this.record === undefined) this.record = this.isUsed ? usedStream() : this.makeStream();
    return this.record;
  }

  makeStream() {
    if (this.node !== undefined) {
      const { readableRecord } = require('internal/webstreams/adapters');
      return readableRecord(this.node, { type: 'bytes', adapt: this.adapt });
    }
    const { createByteStream } = require('internal/webstreams/readablestream');
    const chunks = chunksOf(this.pieces);
    return createByteStream((controller) => {
      const { value, done } = chunks.next();
      if (done) {
        controller.close();
        if (controller.pendingPullIntos.length > 0) controller.respond(0);
      } else {
        controller.enqueue(value);
      }
    });
  }

  // A second body with the same content.
  clone() {
    if (this.record === undefined && this.pieces !== undefined) return Body.of(this.pieces, this.length);
    const { tee } = require('internal/webstreams/tee');
    const [mine, other] = tee(this.stream(), true);
    this.record = mine;
    this.node = undefined;
    const body = Body.fromRecord(other);
    body.pieces = this.pieces;
    body.length = this.length;
    return body;
  }

  // Nobody will read it.
  cancel(reason) {
    if (this.record !== undefined) {
      if (!this.record.isLocked) readables.cancel(this.record, reason).catch(() => {});
    } else {
      this.isUsed = true;
      this.node?.destroy();
    }
  }
}

// A stream as it is behind text() and its kin: read to the end and locked.
function usedStream() {
  const { createByteStream } = require('internal/webstreams/readablestream');
  const bytes = createByteStream();
  new readables.Reader(bytes, false);
  bytes.disturbed = true;
  bytes.controller.close();
  return bytes;
}

// Bytes of their own memory, one chunk after the other: a stream takes them over.
function* chunksOf(pieces) {
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      if (piece !== '') yield encodeUtf8(piece);
    } else if (isBlob(piece)) {
      for (const part of piecesOf(piece)) yield new Uint8Array(part);
    } else if (piece.byteLength > 0) {
      yield new Uint8Array(piece);
    }
  }
}

// --- extraction ----------------------------------------------------------------------------------------------------

// https://fetch.spec.whatwg.org/#concept-bodyinit-extract: { body, type }, type null for none.
function extractBody(init, keepalive = false) {
  if (typeof init === 'string') return textBody(init, 'text/plain;charset=UTF-8');
  if (init !== null && typeof init === 'object') {
    const found = extractObject(init, keepalive);
    if (found !== undefined) return found;
  }
  return textBody(toText(init, 'Response: body', 'DOMString'), 'text/plain;charset=UTF-8');
}

function textBody(text, type) {
  text = text.toWellFormed();
  return { body: Body.of([text], Buffer.byteLength(text)), type };
}

function extractObject(init, keepalive) {
  if (isAnyArrayBuffer(init)) {
    const bytes = new Uint8Array(init.slice(0));
    return { body: Body.of([bytes], bytes.byteLength), type: null };
  }
  if (ArrayBuffer.isView(init)) {
    const bytes = new Uint8Array(init.buffer.slice(init.byteOffset, init.byteOffset + init.byteLength));
    return { body: Body.of([bytes], bytes.byteLength), type: null };
  }
  if (isBlob(init)) return { body: Body.of([init], init.size), type: init.type === '' ? null : init.type };
  const { URLSearchParams } = require('internal/url');
  if (init instanceof URLSearchParams) {
    return textBody(init.toString(), 'application/x-www-form-urlencoded;charset=UTF-8');
  }
  const { isFormData } = require('internal/fetch/formdata');
  if (isFormData(init)) {
    const { pieces, length, boundary } = require('internal/fetch/multipart').encodeForm(init);
    return { body: Body.of(pieces, length), type: `multipart/form-data; boundary=${boundary}` };
  }
  const { isReadableStream, streamOf } = require('internal/webstreams/readablestream');
  if (isReadableStream(init)) {
    if (keepalive) throw new TypeError('keepalive');
    const record = streamOf(init);
    if (record.disturbed || record.isLocked) {
      throw new TypeError('Response body object should not be disturbed or locked');
    }
    return { body: Body.fromRecord(record), type: null };
  }
  if (typeof init[Symbol.asyncIterator] === 'function') {
    if (keepalive) throw new TypeError('keepalive');
    return { body: Body.fromRecord(iterableRecord(init)), type: null };
  }
  return undefined;
}

// An asynchronous iterable as a byte stream; text in it is encoded.
function iterableRecord(iterable) {
  const { createByteStream } = require('internal/webstreams/readablestream');
  let iterator;
  return createByteStream(async (controller) => {
    iterator ??= iterable[Symbol.asyncIterator]();
    for (;;) {
      const { value, done } = await iterator.next();
      if (done) {
        controller.close();
        if (controller.pendingPullIntos.length > 0) controller.respond(0);
        return;
      }
      const chunk = typeof value === 'string' ? encodeUtf8(value) : value;
      if (!ArrayBuffer.isView(chunk)) {
        if (isAnyArrayBuffer(chunk)) controller.enqueue(new Uint8Array(chunk.slice(0)));
        else throw new TypeError('Received non-Uint8Array chunk');
        return;
      }
      if (chunk.byteLength === 0) continue;
      controller.enqueue(new Uint8Array(chunk.buffer.slice(chunk.byteOffset, chunk.byteOffset + chunk.byteLength)));
      return;
    }
  }, async (reason) => {
    await iterator?.return?.(reason);
  });
}

// --- consumption ---------------------------------------------------------------------------------------------------

function joinBytes(chunks, length) {
  if (chunks.length === 1 && chunks[0].byteLength === chunks[0].buffer.byteLength) {
    return new Uint8Array(chunks[0].buffer);
  }
  const out = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    out.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return out;
}

// Collects the chunks of a Node stream.
function readNode(body) {
  body.isUsed = true;
  const { node, adapt } = body;
  return new Promise((resolve, reject) => {
    const chunks = [];
    let length = 0;
    const fail = (error) => reject(adapt(error ?? node.errored ?? new codes.ERR_STREAM_PREMATURE_CLOSE()));
    if (node.destroyed) {
      fail();
      return;
    }
    node.on('data', (chunk) => {
      chunks.push(chunk);
      length += chunk.byteLength;
    });
    node.on('end', () => resolve(joinBytes(chunks, length)));
    node.on('error', fail);
    node.on('close', fail); // after 'end' it is too late to matter
  });
}

// Collects the chunks of a stream through requests, which need no promise each.
function readRecord(record) {
  return new Promise((resolve, reject) => {
    const reader = new readables.Reader(record, false);
    const chunks = [];
    let length = 0;
    const request = {
      chunk(value) {
        if (!(value instanceof Uint8Array)) {
          const error = new TypeError('Received non-Uint8Array chunk');
          readables.cancel(record, error).catch(() => {});
          reject(error);
          return;
        }
        chunks.push(value);
        length += value.byteLength;
        pump();
      },
      close: () => resolve(joinBytes(chunks, length)),
      error: reject,
    };
    const pump = readables.makePump(reader, request);
    pump();
  });
}

function bytesOfPieces(body) {
  const chunks = [];
  let length = 0;
  for (const piece of body.pieces) {
    const parts = typeof piece === 'string' ? [encodeUtf8(piece)] : isBlob(piece) ? piecesOf(piece) : [piece];
    for (const part of parts) {
      chunks.push(part);
      length += part.byteLength;
    }
  }
  return chunks.length === 1 ? new Uint8Array(chunks[0]) : joinBytes(chunks, length);
}

// https://fetch.spec.whatwg.org/#concept-body-consume-body: a promise of bytes.
function consume(body) {
  if (body === null) return Promise.resolve(new Uint8Array(0));
  if (body.isUnusable) return Promise.reject(new TypeError('Body is unusable: Body has already been read'));
  if (body.record !== undefined) return readRecord(body.record);
  if (body.node !== undefined) return readNode(body);
  body.isUsed = true;
  return Promise.resolve(bytesOfPieces(body));
}

let utf8Decoder;
function decodeText(bytes) {
  utf8Decoder ??= new (require('internal/encoding').TextDecoder)();
  return utf8Decoder.decode(bytes);
}

// A promise of the text. FAST: text that was given as text is not encoded and decoded.
function consumeText(body) {
  if (body !== null && body.record === undefined && !body.isUsed && body.pieces?.length === 1 &&
      typeof body.pieces[0] === 'string') {
    body.isUsed = true;
    const [text] = body.pieces;
    return Promise.resolve(text.charCodeAt(0) === 0xFEFF ? text.slice(1) : text);
  }
  return consume(body).then(decodeText);
}

function parseFormBody(bytes, type) {
  const { MIMEType } = require('internal/mime');
  let mime;
  try {
    mime = new MIMEType(type);
  } catch {
    mime = undefined;
  }
  if (mime?.essence === 'multipart/form-data') {
    const boundary = mime.params.get('boundary');
    const { malformed, parseForm } = require('internal/fetch/multipart');
    if (boundary === null) throw malformed('missing boundary in content-type header');
    return parseForm(bytes, boundary);
  }
  if (mime?.essence === 'application/x-www-form-urlencoded') {
    const { FormData, entriesOf } = require('internal/fetch/formdata');
    const { URLSearchParams } = require('internal/url');
    const form = new FormData();
    for (const [name, value] of new URLSearchParams(decodeText(bytes))) entriesOf(form).push([name, value]);
    return form;
  }
  throw new TypeError('Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".');
}

function blobType(type) {
  if (type === null) return '';
  try {
    const { MIMEType } = require('internal/mime');
    return `${new MIMEType(type)}`;
  } catch {
    return '';
  }
}

// The members of the Body mixin. `stateOf(object)` checks the receiver and gives { body, headers: a header list }.
function mixBody(ctor, stateOf) {
  const { facadeOf } = require('internal/webstreams/readablestream');
  // What is wrong rejects.
  const attempt = (run) => {
    try {
      return run();
    } catch (error) {
      return Promise.reject(error);
    }
  };
  const members = {
    get body() {
      const { body } = stateOf(this);
      return body === null ? null : facadeOf(body.stream());
    },
    get bodyUsed() {
      const { body } = stateOf(this);
      return body !== null && body.isDisturbed;
    },
    blob() {
      return attempt(() => {
        const { body, headers } = stateOf(this);
        return consume(body).then((bytes) => new Blob([bytes], { type: blobType(headers.get('content-type')) }));
      });
    },
    arrayBuffer() {
      return attempt(() => consume(stateOf(this).body).then((bytes) => bytes.buffer));
    },
    text() {
      return attempt(() => consumeText(stateOf(this).body));
    },
    json() {
      return attempt(() => consumeText(stateOf(this).body).then((text) => JSON.parse(text)));
    },
    formData() {
      return attempt(() => {
        const { body, headers } = stateOf(this);
        return consume(body).then((bytes) => parseFormBody(bytes, headers.get('content-type') ?? ''));
      });
    },
    bytes() {
      return attempt(() => consume(stateOf(this).body));
    },
    textStream() {
      const { body } = stateOf(this);
      if (body !== null && body.isUnusable) throw new TypeError('Body is unusable: Body has already been read');
      const { TextDecoderStream } = require('internal/webstreams/encoding');
      return facadeOf((body ?? Body.of([], 0)).stream()).pipeThrough(new TextDecoderStream());
    },
  };
  Object.defineProperties(ctor.prototype, Object.getOwnPropertyDescriptors(members));
}

module.exports = { Body, chunksOf, consume, extractBody, mixBody };

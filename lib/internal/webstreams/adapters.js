// SPDX-License-Identifier: MIT
'use strict';

// Between Node's streams and web streams, both ways: Readable.toWeb, Readable.fromWeb and their kin.

const { Buffer } = require('buffer');
const { codes, AbortError } = require('internal/errors');
const { validateBoolean, validateObject } = require('internal/validators');
const { isAnyArrayBuffer, isSharedArrayBuffer } = internalBinding('types');
const { destroyer } = require('internal/streams/destroy');
const { eos } = require('internal/streams/end-of-stream');
const u = require('internal/streams/utils');
const readables = require('internal/webstreams/readable');
const writables = require('internal/webstreams/writable');
const { createByteStream, facadeOf, isReadableStream, streamOf } = require('internal/webstreams/readablestream');
const { isWritableStream, writableFacadeOf, writableOf } = require('internal/webstreams/writablestream');
const { invalidState } = require('internal/webstreams/util');

const sizeOf = (chunk) => chunk?.byteLength ?? chunk?.length ?? 1;

function isPremature(error) {
  return error?.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

// Bytes a program may do with as it likes: not a piece of memory that others use too.
function ownBytes(chunk) {
  return chunk.byteLength === chunk.buffer.byteLength ? new Uint8Array(chunk.buffer) : new Uint8Array(chunk);
}

// --- from Node's to the web's ------------------------------------------------------------------------------------------

// A record that gives what the Readable gives. `adapt` turns its errors into the web's.
function readableRecord(stream, { type, strategy, adapt = (error) => error }) {
  const isByteStream = type === 'bytes';
  const { readableObjectMode: objectMode, readableHighWaterMark: highWaterMark } = stream;
  const pull = () => {
    stream.resume();
  };
  const cancel = (reason) => {
    isCanceled = true;
    destroyer(stream, reason);
  };
  let isCanceled = false;
  let record;
  if (isByteStream) {
    record = createByteStream(pull, cancel, 0);
  } else {
    const { readHighWaterMark, readSize } = require('internal/webstreams/util');
    const most = readHighWaterMark(strategy, highWaterMark);
    const size = strategy === undefined ? (objectMode ? undefined : sizeOf) : readSize(strategy);
    record = readables.createReadable(undefined, pull, cancel, most, size);
  }
  if (u.isDestroyed(stream) || !u.isReadable(stream)) {
    if (u.isDestroyed(stream) && !u.isReadableEnded(stream)) {
      record.controller.error(adapt(u.isReadableErrored(stream) || new AbortError()));
    } else {
      record.controller.close();
    }
    return record;
  }
  stream.pause();
  const cleanup = eos(stream, { writable: false }, (error) => {
    cleanup();
    // An error after this is nobody's.
    stream.on('error', () => {});
    if (isPremature(error)) error = new AbortError(undefined, { cause: error });
    if (error) {
      record.controller.error(adapt(error));
    } else if (!isCanceled) {
      record.controller.close();
      if (isByteStream && record.controller.pendingPullIntos.length > 0) record.controller.respond(0);
    }
  });
  stream.on('data', (chunk) => {
    if (!record.controller.canCloseOrEnqueue) return;
    if (!objectMode && ArrayBuffer.isView(chunk)) chunk = ownBytes(chunk);
    else if (isByteStream) chunk = ownBytes(Buffer.from(chunk));
    record.controller.enqueue(chunk);
    if (record.controller.desiredSize <= 0) stream.pause();
  });
  return record;
}

function toWebReadable(streamReadable, options = { __proto__: null }) {
  if (typeof streamReadable?._readableState !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('streamReadable', 'stream.Readable', streamReadable);
  }
  validateObject(options, 'options');
  const { strategy, type } = options;
  if (type !== undefined && type !== 'bytes') {
    throw new codes.ERR_INVALID_ARG_VALUE('options.type', type, "must be one of: 'bytes', undefined");
  }
  return facadeOf(readableRecord(streamReadable, { type, strategy }));
}

// A record that writes into the Writable. `check` refuses chunks by throwing.
function writableRecord(stream, { check, adapt = (error) => error }) {
  if (u.isDestroyed(stream) || !u.isWritable(stream)) {
    const record = writables.createWritable();
    writables.close(record, Promise.withResolvers());
    return record;
  }
  const { writableObjectMode: objectMode } = stream;
  let drained; // while the stream wants no more
  let ended; // while the stream is ending
  const cleanup = eos(stream, { readable: false }, (error) => {
    cleanup();
    stream.on('error', () => {});
    if (isPremature(error)) error = new AbortError(undefined, { cause: error });
    if (error) {
      error = adapt(error);
      drained?.reject(error);
      ended?.reject(error);
      record.controller.errorIfNeeded(error);
    } else if (ended !== undefined) {
      ended.resolve();
    } else {
      record.controller.errorIfNeeded(new AbortError());
    }
    drained = ended = undefined;
  });
  stream.on('drain', () => {
    drained?.resolve();
    drained = undefined;
  });
  const record = writables.createWritable(undefined, (chunk) => {
    check?.(chunk);
    if (!objectMode && isAnyArrayBuffer(chunk)) chunk = Buffer.from(chunk);
    if (stream.writableNeedDrain || !stream.write(chunk)) {
      drained = Promise.withResolvers();
      return drained.promise;
    }
    return undefined;
  }, () => {
    ended = Promise.withResolvers();
    const { promise } = ended;
    if (!u.isWritableEnded(stream)) stream.end();
    return promise;
  }, (reason) => {
    destroyer(stream, reason);
  }, stream.writableHighWaterMark, objectMode ? undefined : sizeOf);
  return record;
}

function toWebWritable(streamWritable) {
  if (typeof streamWritable?._writableState !== 'object' && !u.isWritableNodeStream(streamWritable)) {
    throw new codes.ERR_INVALID_ARG_TYPE('streamWritable', 'stream.Writable', streamWritable);
  }
  return writableFacadeOf(writableRecord(streamWritable, {}));
}

function toWebPair(duplex, options = { __proto__: null }) {
  if (typeof duplex?._writableState !== 'object' || typeof duplex?._readableState !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('duplex', 'stream.Duplex', duplex);
  }
  validateObject(options, 'options');
  const type = options.readableType ?? options.type;
  const writable = writableFacadeOf(writableRecord(duplex, {}));
  return { writable, readable: facadeOf(readableRecord(duplex, { type })) };
}

// A transform over bytes (of zlib): it takes BufferSources, and fails with TypeErrors, as the standard has it.
function bufferSourceTransform(transform) {
  const adapt = (error) => {
    if (!(error instanceof Error) || error instanceof TypeError || error.name === 'AbortError') return error;
    const made = new TypeError(undefined, { cause: error });
    made.code = error.code;
    return made;
  };
  let failure;
  const adaptOnce = (error) => failure ??= adapt(error);
  const check = (chunk) => {
    if (typeof chunk === 'string') return;
    if (isSharedArrayBuffer(chunk) || (ArrayBuffer.isView(chunk) && isSharedArrayBuffer(chunk.buffer)) ||
        (!isAnyArrayBuffer(chunk) && !ArrayBuffer.isView(chunk))) {
      const error = chunk === null ? new codes.ERR_STREAM_NULL_VALUES() :
        new codes.ERR_INVALID_ARG_TYPE('chunk', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], chunk);
      destroyer(transform, error); // both sides fail
      throw error;
    }
  };
  const writable = writableFacadeOf(writableRecord(transform, { check, adapt: adaptOnce }));
  return { readable: facadeOf(readableRecord(transform, { adapt: adaptOnce })), writable };
}

// --- from the web's to Node's ------------------------------------------------------------------------------------------

// One reader's requests: each chunk goes to push().
class PushRequest {
  constructor(stream) {
    this.stream = stream;
  }

  chunk(value) {
    this.stream.push(value);
  }

  close() {
    this.stream.push(null);
  }

  error(reason) {
    destroyer(this.stream, reason);
  }
}

function readSide(record, getStream) {
  const reader = new readables.Reader(record, false);
  const side = { isClosed: false, request: undefined };
  reader.closed.get().then(() => {
    side.isClosed = true;
  }, (reason) => {
    side.isClosed = true;
    destroyer(getStream(), reason);
  });
  side.read = () => {
    side.request ??= new PushRequest(getStream());
    readables.read(reader, side.request);
  };
  side.cancel = (error) => (side.isClosed ? Promise.resolve() : readables.cancel(record, error));
  return side;
}

function writeSide(record, getStream) {
  const writer = new writables.Writer(record);
  const side = { isClosed: false };
  writer.closed.get().then(() => {
    side.isClosed = true;
    // Closed under our hands, by its own controller.
    const stream = getStream();
    if (!u.isWritableEnded(stream)) destroyer(stream, new codes.ERR_STREAM_PREMATURE_CLOSE());
  }, (reason) => {
    side.isClosed = true;
    destroyer(getStream(), reason);
  });
  const writeReady = (chunk, request) => {
    const refusal = writables.write(writer, chunk, request);
    if (refusal !== undefined) request.reject(refusal());
  };
  // A callback's exception is the program's, not the promise job's.
  const later = (callback, error) => process.nextTick(callback, error);
  side.write = (chunk, encoding, callback) => {
    const request = { resolve: () => later(callback), reject: (reason) => later(callback, reason ?? unknownReason()) };
    if (record.state === 'writable' && !record.backpressure) writeReady(chunk, request);
    else writer.ready.get().then(() => writeReady(chunk, request), request.reject);
  };
  side.writev = (chunks, callback) => {
    let open = chunks.length;
    let failure;
    const request = {
      resolve: () => {
        if (--open === 0) later(callback, failure);
      },
      reject: (reason) => {
        failure ??= reason ?? unknownReason();
        if (--open === 0) later(callback, failure);
      },
    };
    writer.ready.get().then(() => {
      for (const { chunk } of chunks) writeReady(chunk, request);
    }, (reason) => {
      open = 1;
      request.reject(reason);
    });
  };
  side.close = () => {
    if (side.isClosed || record.isClosing) return Promise.resolve();
    const request = Promise.withResolvers();
    if (!writables.close(record, request)) return Promise.reject(invalidState('Failure to close WritableStream'));
    return request.promise;
  };
  side.abort = (error) => (side.isClosed ? Promise.resolve() : writables.abort(record, error));
  return side;
}

function unknownReason() {
  return new codes.ERR_INVALID_STATE('WritableStream is errored');
}

function lockReadable(stream, name) {
  if (!isReadableStream(stream)) throw new codes.ERR_INVALID_ARG_TYPE(name, 'ReadableStream', stream);
  return streamOf(stream);
}

function lockWritable(stream, name) {
  if (!isWritableStream(stream)) throw new codes.ERR_INVALID_ARG_TYPE(name, 'WritableStream', stream);
  return writableOf(stream);
}

function fromWebReadable(readableStream, options = { __proto__: null }) {
  const record = lockReadable(readableStream, 'readableStream');
  validateObject(options, 'options');
  const { highWaterMark, encoding, objectMode = false, signal } = options;
  if (encoding !== undefined && !Buffer.isEncoding(encoding)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.encoding', encoding);
  }
  validateBoolean(objectMode, 'options.objectMode');
  if (record.isLocked) throw invalidState('ReadableStream is locked');
  const { Readable } = require('internal/streams/readable');
  const side = readSide(record, () => readable);
  const readable = new Readable({
    objectMode,
    highWaterMark,
    encoding,
    signal,
    read: side.read,
    destroy(error, callback) {
      const done = () => process.nextTick(callback, error);
      side.cancel(error).then(done, done);
    },
  });
  return readable;
}

function fromWebWritable(writableStream, options = { __proto__: null }) {
  const record = lockWritable(writableStream, 'writableStream');
  validateObject(options, 'options');
  const { highWaterMark, decodeStrings = true, objectMode = false, signal } = options;
  validateBoolean(objectMode, 'options.objectMode');
  validateBoolean(decodeStrings, 'options.decodeStrings');
  if (record.isLocked) throw invalidState('WritableStream is locked');
  const { Writable } = require('internal/streams/writable');
  const side = writeSide(record, () => writable);
  const writable = new Writable({
    highWaterMark,
    objectMode,
    decodeStrings,
    signal,
    write: side.write,
    writev: side.writev,
    destroy(error, callback) {
      const done = () => process.nextTick(callback, error);
      (error ? side.abort(error) : side.close()).then(done, done);
    },
    final: (callback) => finalOf(side, callback),
  });
  return writable;
}

function finalOf(side, callback) {
  side.close().then(() => process.nextTick(callback), (reason) => process.nextTick(callback, reason));
}

function fromWebPair(pair, options = { __proto__: null }) {
  validateObject(pair, 'pair');
  const source = lockReadable(pair.readable, 'pair.readable');
  const sink = lockWritable(pair.writable, 'pair.writable');
  validateObject(options, 'options');
  const { allowHalfOpen = false, objectMode = false, encoding, decodeStrings = true, highWaterMark, signal } = options;
  validateBoolean(objectMode, 'options.objectMode');
  if (encoding !== undefined && !Buffer.isEncoding(encoding)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.encoding', encoding);
  }
  if (sink.isLocked) throw invalidState('WritableStream is locked');
  if (source.isLocked) throw invalidState('ReadableStream is locked');
  const { Duplex } = require('internal/streams/duplex');
  const reading = readSide(source, () => duplex);
  const writing = writeSide(sink, () => duplex);
  const duplex = new Duplex({
    allowHalfOpen,
    highWaterMark,
    objectMode,
    encoding,
    decodeStrings,
    signal,
    read: reading.read,
    write: writing.write,
    writev: writing.writev,
    destroy(error, callback) {
      const done = () => process.nextTick(callback, error);
      Promise.all([error ? writing.abort(error) : writing.close(), reading.cancel(error)]).then(done, done);
    },
    final: (callback) => finalOf(writing, callback),
  });
  return duplex;
}

module.exports = {
  bufferSourceTransform,
  fromWebPair,
  fromWebReadable,
  fromWebWritable,
  readableRecord,
  toWebPair,
  toWebReadable,
  toWebWritable,
  writableRecord,
};

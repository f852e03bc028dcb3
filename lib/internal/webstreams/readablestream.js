// SPDX-License-Identifier: MIT
'use strict';

// ReadableStream and its readers, controllers and BYOB requests as programs see them
// https://streams.spec.whatwg.org/#rs. The work is in readable, readable_byte, tee, pipe and iterate.

const { codes } = require('internal/errors');
const { kTransfer } = require('internal/worker/clone');
const { validateObject, validateAbortSignal, kValidateObjectAllowObjects, kValidateObjectAllowObjectsAndNull } =
  require('internal/validators');
const { isDataView } = internalBinding('types');
const { LatePromise, customInspectSymbol, inspectAs, invalidState, invalidThis, markHandled, publish,
  readCallback, readHighWaterMark, readSize, readStart } = require('internal/webstreams/util');
const ops = require('internal/webstreams/readable');
const { Readable, Reader, DefaultController } = ops;
const { ByteController, readInto } = require('internal/webstreams/readable_byte');
const { kIsDisturbed, kIsErrored, kIsReadable, kIsClosedPromise, kControllerErrorFunction } =
  require('internal/streams/utils');

// Given to a constructor in place of its first argument: the second is the record to show.
const kRecord = Symbol('kRecord');
const kEmpty = Object.freeze({ __proto__: null });

let streamOf;
let isReadableStream;

class ReadableStream {
  #record;

  static {
    streamOf = (value) => value.#record;
    isReadableStream = (value) => typeof value === 'object' && value !== null && #record in value;
  }

  constructor(source = kEmpty, strategy = kEmpty) {
    if (source === kRecord) {
      this.#record = strategy;
      strategy.facade = this;
      return;
    }
    validateObject(source, 'source', kValidateObjectAllowObjects);
    validateObject(strategy, 'strategy', kValidateObjectAllowObjectsAndNull);
    const record = this.#record = new Readable();
    record.facade = this;
    // The standard reads both dictionaries before it looks at them, in this order.
    const highWaterMark = strategy?.highWaterMark;
    const size = strategy?.size;
    const type = source.type;
    if (`${type}` === 'bytes') {
      if (size !== undefined) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('strategy.size', size);
      setUpByteController(record, source, readHighWaterMark({ highWaterMark }, 0));
    } else {
      if (type !== undefined) throw new codes.ERR_INVALID_ARG_VALUE('source.type', type);
      setUpDefaultController(record, source, readHighWaterMark({ highWaterMark }, 1), readSize({ size }));
    }
  }

  static from(iterable) {
    return facadeOf(require('internal/webstreams/iterate').readableFromIterable(iterable));
  }

  get locked() {
    if (!isReadableStream(this)) throw invalidThis('ReadableStream');
    return this.#record.reader !== undefined;
  }

  cancel(reason = undefined) {
    if (!isReadableStream(this)) return Promise.reject(invalidThis('ReadableStream'));
    if (this.#record.reader !== undefined) return Promise.reject(invalidState('ReadableStream is locked'));
    return ops.cancel(this.#record, reason);
  }

  getReader(options = kEmpty) {
    if (!isReadableStream(this)) throw invalidThis('ReadableStream');
    validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
    const mode = options?.mode;
    if (mode === undefined) return new ReadableStreamDefaultReader(this);
    if (`${mode}` !== 'byob') throw new codes.ERR_INVALID_ARG_VALUE('options.mode', mode);
    return new ReadableStreamBYOBReader(this);
  }

  pipeThrough(transform, options = kEmpty) {
    if (!isReadableStream(this)) throw invalidThis('ReadableStream');
    const { isWritableStream, writableOf } = require('internal/webstreams/writablestream');
    const readable = transform?.readable;
    if (!isReadableStream(readable)) {
      throw new codes.ERR_INVALID_ARG_TYPE('transform.readable', 'ReadableStream', readable);
    }
    const writable = transform?.writable;
    if (!isWritableStream(writable)) {
      throw new codes.ERR_INVALID_ARG_TYPE('transform.writable', 'WritableStream', writable);
    }
    const settings = readPipeOptions(options);
    const to = writableOf(writable);
    if (this.#record.isLocked) throw invalidState('The ReadableStream is locked');
    if (to.isLocked) throw invalidState('The WritableStream is locked');
    markHandled(require('internal/webstreams/pipe').pipe(this.#record, to, settings));
    return readable;
  }

  pipeTo(destination, options = kEmpty) {
    try {
      if (!isReadableStream(this)) throw invalidThis('ReadableStream');
      const { isWritableStream, writableOf } = require('internal/webstreams/writablestream');
      if (!isWritableStream(destination)) {
        throw new codes.ERR_INVALID_ARG_TYPE('transform.writable', 'WritableStream', destination);
      }
      const settings = readPipeOptions(options);
      const to = writableOf(destination);
      if (this.#record.isLocked) throw invalidState('The ReadableStream is locked');
      if (to.isLocked) throw invalidState('The WritableStream is locked');
      return require('internal/webstreams/pipe').pipe(this.#record, to, settings);
    } catch (reason) {
      return Promise.reject(reason);
    }
  }

  tee() {
    if (!isReadableStream(this)) throw invalidThis('ReadableStream');
    if (this.#record.isLocked) throw invalidState('ReadableStream is locked');
    return require('internal/webstreams/tee').tee(this.#record, false).map(facadeOf);
  }

  values(options = kEmpty) {
    if (!isReadableStream(this)) throw invalidThis('ReadableStream');
    validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
    const preventCancel = Boolean(options?.preventCancel);
    if (this.#record.isLocked) throw invalidState('ReadableStream is locked');
    return require('internal/webstreams/iterate').iterate(this.#record, preventCancel);
  }

  get [kIsDisturbed]() {
    return this.#record.disturbed;
  }

  get [kIsErrored]() {
    return this.#record.state === 'errored';
  }

  get [kIsReadable]() {
    return this.#record.state === 'readable';
  }

  [kControllerErrorFunction](reason) {
    this.#record.controller.error(reason);
  }

  get [kIsClosedPromise]() {
    const record = this.#record;
    return { promise: whenClosed(record) };
  }

  [kTransfer]() {
    return require('internal/webstreams/transfer').transferReadable(this);
  }

  [customInspectSymbol](depth, options) {
    const { state, isLocked, controller } = this.#record;
    return inspectAs('ReadableStream', depth, options, { locked: isLocked, state, supportsBYOB: controller.isByte });
  }
}
Object.defineProperty(ReadableStream, 'from', { __proto__: null, enumerable: true });
Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, {
  __proto__: null, configurable: true, writable: true, value: ReadableStream.prototype.values,
});
publish(ReadableStream, ['locked', 'cancel', 'getReader', 'pipeThrough', 'pipeTo', 'tee', 'values']);

function facadeOf(record) {
  return record.facade ?? new ReadableStream(kRecord, record);
}

// A promise of the stream's end, for `finished`: handled, so that an error nobody waits for is no one's fault.
function whenClosed(record) {
  if (record.whenClosed === undefined) {
    record.whenClosed = new LatePromise();
    if (record.state === 'closed') record.whenClosed.resolve();
    else if (record.state === 'errored') record.whenClosed.reject(record.storedError);
  }
  return record.whenClosed.get();
}

function readPipeOptions(options) {
  validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
  const preventAbort = Boolean(options?.preventAbort);
  const preventCancel = Boolean(options?.preventCancel);
  const preventClose = Boolean(options?.preventClose);
  const signal = options?.signal;
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  return { preventAbort, preventCancel, preventClose, signal };
}

// SetUpReadableStreamDefaultControllerFromUnderlyingSource
function setUpDefaultController(record, source, highWaterMark, size) {
  const cancel = readCallback(source, 'cancel', 'source');
  const pull = readCallback(source, 'pull', 'source');
  const start = readStart(source);
  const controller = new DefaultController(record, pull, cancel, highWaterMark, size);
  new ReadableStreamDefaultController(kRecord, controller);
  controller.start(startResult(start, controller));
}

// SetUpReadableByteStreamControllerFromUnderlyingSource
function setUpByteController(record, source, highWaterMark) {
  const autoAllocateChunkSize = readChunkSize(source.autoAllocateChunkSize);
  const cancel = readCallback(source, 'cancel', 'source');
  const pull = readCallback(source, 'pull', 'source');
  const start = readStart(source);
  const controller = new ByteController(record, pull, cancel, highWaterMark, autoAllocateChunkSize);
  new ReadableByteStreamController(kRecord, controller);
  controller.start(startResult(start, controller));
}

// [EnforceRange] unsigned long long, and not 0
function readChunkSize(value) {
  if (value === undefined) return undefined;
  const number = Math.trunc(+value);
  if (!(number > 0) || number > Number.MAX_SAFE_INTEGER) {
    throw new codes.ERR_INVALID_ARG_VALUE('source.autoAllocateChunkSize', value);
  }
  return number;
}

// What a start algorithm answers: its exceptions are the constructor's.
function startResult(start, controller) {
  if (start === undefined) return undefined;
  const result = start(controller.facade);
  return result !== null && (typeof result === 'object' || typeof result === 'function') ?
    Promise.resolve(result) : undefined;
}

// --- readers -----------------------------------------------------------------------------------------------------

// The request behind a promise of { value, done }.
class PromiseRequest {
  constructor(settle) {
    this.settle = settle;
  }

  chunk(value) {
    this.settle.resolve({ done: false, value });
  }

  close(value = undefined) {
    this.settle.resolve({ done: true, value });
  }

  error(reason) {
    this.settle.reject(reason);
  }
}

const detachedReader = () => invalidState('The reader is not attached to a stream');

function lockFor(stream) {
  if (!isReadableStream(stream)) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'ReadableStream', stream);
  const record = streamOf(stream);
  if (record.isLocked) throw invalidState('ReadableStream is locked');
  return record;
}

function inspectReader(name, record, requests, depth, options) {
  return inspectAs(name, depth, options, {
    stream: record.stream === undefined ? undefined : facadeOf(record.stream),
    [requests]: record.requests.length,
    close: record.closed.get(),
  });
}

class ReadableStreamDefaultReader {
  #record;

  static is(value) {
    return typeof value === 'object' && value !== null && #record in value;
  }

  constructor(stream) {
    const record = lockFor(stream);
    this.#record = new Reader(record, false);
  }

  read() {
    if (!isDefaultReader(this)) return Promise.reject(invalidThis('ReadableStreamDefaultReader'));
    const reader = this.#record;
    const { stream } = reader;
    if (stream === undefined) return Promise.reject(detachedReader());
    // FAST: a chunk that waits in a default controller's queue needs no request.
    const { controller } = stream;
    if (stream.state === 'readable' && !controller.isByte && controller.queue.length > 0) {
      stream.disturbed = true;
      return Promise.resolve({ done: false, value: controller.takeChunk() });
    }
    const settle = Promise.withResolvers();
    ops.read(reader, new PromiseRequest(settle));
    return settle.promise;
  }

  releaseLock() {
    if (!isDefaultReader(this)) throw invalidThis('ReadableStreamDefaultReader');
    if (this.#record.stream !== undefined) ops.release(this.#record);
  }

  get closed() {
    if (!isDefaultReader(this)) return Promise.reject(invalidThis('ReadableStreamDefaultReader'));
    return this.#record.closed.get();
  }

  cancel(reason = undefined) {
    if (!isDefaultReader(this)) return Promise.reject(invalidThis('ReadableStreamDefaultReader'));
    const { stream } = this.#record;
    return stream === undefined ? Promise.reject(detachedReader()) : ops.cancel(stream, reason);
  }

  [customInspectSymbol](depth, options) {
    return inspectReader('ReadableStreamDefaultReader', this.#record, 'readRequests', depth, options);
  }
}
const { is: isDefaultReader } = ReadableStreamDefaultReader;
delete ReadableStreamDefaultReader.is;
publish(ReadableStreamDefaultReader, ['closed', 'read', 'releaseLock', 'cancel']);

class ReadableStreamBYOBReader {
  #record;

  static is(value) {
    return typeof value === 'object' && value !== null && #record in value;
  }

  constructor(stream) {
    if (isReadableStream(stream) && !streamOf(stream).controller.isByte) {
      throw new codes.ERR_INVALID_ARG_VALUE('stream', stream, 'must be a byte stream');
    }
    const record = lockFor(stream);
    this.#record = new Reader(record, true);
  }

  read(view, options = kEmpty) {
    try {
      if (!isByobReader(this)) throw invalidThis('ReadableStreamBYOBReader');
      if (!ArrayBuffer.isView(view)) {
        throw new codes.ERR_INVALID_ARG_TYPE('view', ['Buffer', 'TypedArray', 'DataView'], view);
      }
      validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
      checkView(view);
      const minimum = readMinimum(options?.min, view);
      const reader = this.#record;
      if (reader.stream === undefined) throw detachedReader();
      const settle = Promise.withResolvers();
      readInto(reader, view, minimum, new PromiseRequest(settle));
      return settle.promise;
    } catch (reason) {
      return Promise.reject(reason);
    }
  }

  releaseLock() {
    if (!isByobReader(this)) throw invalidThis('ReadableStreamBYOBReader');
    if (this.#record.stream !== undefined) ops.release(this.#record);
  }

  get closed() {
    if (!isByobReader(this)) return Promise.reject(invalidThis('ReadableStreamBYOBReader'));
    return this.#record.closed.get();
  }

  cancel(reason = undefined) {
    if (!isByobReader(this)) return Promise.reject(invalidThis('ReadableStreamBYOBReader'));
    const { stream } = this.#record;
    return stream === undefined ? Promise.reject(detachedReader()) : ops.cancel(stream, reason);
  }

  [customInspectSymbol](depth, options) {
    return inspectReader('ReadableStreamBYOBReader', this.#record, 'readIntoRequests', depth, options);
  }
}
const { is: isByobReader } = ReadableStreamBYOBReader;
delete ReadableStreamBYOBReader.is;
publish(ReadableStreamBYOBReader, ['closed', 'read', 'releaseLock', 'cancel']);

// A detached DataView throws when asked for its length.
function byteLengthOf(view) {
  return isDataView(view) && view.buffer.detached ? 0 : view.byteLength;
}

function checkView(view) {
  if (byteLengthOf(view) === 0 || view.buffer.byteLength === 0) {
    throw invalidState('View or Viewed ArrayBuffer is zero-length or detached');
  }
}

// [EnforceRange] unsigned long long min = 1
function readMinimum(value, view) {
  if (value === undefined) return 1;
  const number = Math.trunc(+value);
  if (!(number > 0)) throw new codes.ERR_INVALID_ARG_VALUE('options.min', value, 'must be greater than 0');
  const isData = isDataView(view);
  if (number > (isData ? view.byteLength : view.length)) {
    throw new codes.ERR_OUT_OF_RANGE('options.min', `<= view.${isData ? 'byteLength' : 'length'}`, value);
  }
  return number;
}

// --- controllers ---------------------------------------------------------------------------------------------------

class ReadableStreamDefaultController {
  #record;

  constructor(key = undefined, record = undefined) {
    if (key !== kRecord) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#record = record;
    record.facade = this;
  }

  static recordOf(value) {
    if (typeof value !== 'object' || value === null || !(#record in value)) {
      throw invalidThis('ReadableStreamDefaultController');
    }
    return value.#record;
  }

  get desiredSize() {
    return defaultControllerOf(this).desiredSize;
  }

  close() {
    const record = defaultControllerOf(this);
    if (!record.canCloseOrEnqueue) throw invalidState('Controller is already closed');
    record.close();
  }

  enqueue(chunk = undefined) {
    const record = defaultControllerOf(this);
    if (!record.canCloseOrEnqueue) throw invalidState('Controller is already closed');
    record.enqueue(chunk);
  }

  error(reason = undefined) {
    defaultControllerOf(this).error(reason);
  }

  [customInspectSymbol](depth, options) {
    return inspectAs('ReadableStreamDefaultController', depth, options, {});
  }
}
const { recordOf: defaultControllerOf } = ReadableStreamDefaultController;
delete ReadableStreamDefaultController.recordOf;
publish(ReadableStreamDefaultController, ['desiredSize', 'close', 'enqueue', 'error']);

class ReadableByteStreamController {
  #record;

  constructor(key = undefined, record = undefined) {
    if (key !== kRecord) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#record = record;
    record.facade = this;
  }

  static recordOf(value) {
    if (typeof value !== 'object' || value === null || !(#record in value)) {
      throw invalidThis('ReadableByteStreamController');
    }
    return value.#record;
  }

  get byobRequest() {
    const request = byteControllerOf(this).byobRequest();
    return request === null ? null : request.facade ?? new ReadableStreamBYOBRequest(kRecord, request);
  }

  get desiredSize() {
    return byteControllerOf(this).desiredSize;
  }

  close() {
    const record = byteControllerOf(this);
    if (!record.canCloseOrEnqueue) throw invalidState('ReadableStream is already closed');
    record.close();
  }

  enqueue(chunk) {
    const record = byteControllerOf(this);
    if (!ArrayBuffer.isView(chunk)) {
      throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['Buffer', 'TypedArray', 'DataView'], chunk);
    }
    if (byteLengthOf(chunk) === 0 || chunk.buffer.byteLength === 0) {
      throw invalidState('chunk ArrayBuffer is zero-length or detached');
    }
    if (!record.canCloseOrEnqueue) throw invalidState('ReadableStream is already closed');
    record.enqueue(chunk);
  }

  error(reason = undefined) {
    byteControllerOf(this).error(reason);
  }

  [customInspectSymbol](depth, options) {
    return inspectAs('ReadableByteStreamController', depth, options, {});
  }
}
const { recordOf: byteControllerOf } = ReadableByteStreamController;
delete ReadableByteStreamController.recordOf;
publish(ReadableByteStreamController, ['byobRequest', 'desiredSize', 'close', 'enqueue', 'error']);

class ReadableStreamBYOBRequest {
  #record;

  constructor(key = undefined, record = undefined) {
    if (key !== kRecord) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#record = record;
    record.facade = this;
  }

  get view() {
    if (typeof this !== 'object' || this === null || !(#record in this)) {
      throw invalidThis('ReadableStreamBYOBRequest');
    }
    return this.#record.view;
  }

  respond(bytesWritten) {
    if (typeof this !== 'object' || this === null || !(#record in this)) {
      throw invalidThis('ReadableStreamBYOBRequest');
    }
    const { controller, view } = this.#record;
    if (controller === undefined) throw invalidState('This BYOB request has been invalidated');
    if (view.buffer.detached) throw invalidState('Viewed ArrayBuffer is detached');
    // [EnforceRange] unsigned long long
    const count = Math.trunc(+bytesWritten);
    if (!(count >= 0) || count > Number.MAX_SAFE_INTEGER) {
      throw new codes.ERR_INVALID_ARG_VALUE('bytesWritten', bytesWritten);
    }
    controller.respond(count);
  }

  respondWithNewView(view) {
    if (typeof this !== 'object' || this === null || !(#record in this)) {
      throw invalidThis('ReadableStreamBYOBRequest');
    }
    const { controller } = this.#record;
    if (!ArrayBuffer.isView(view)) {
      throw new codes.ERR_INVALID_ARG_TYPE('view', ['Buffer', 'TypedArray', 'DataView'], view);
    }
    if (controller === undefined) throw invalidState('This BYOB request has been invalidated');
    if (view.buffer.detached) throw invalidState('Viewed ArrayBuffer is detached');
    controller.respondWithNewView(view);
  }

  [customInspectSymbol](depth, options) {
    const { view, controller } = this.#record;
    return inspectAs('ReadableStreamBYOBRequest', depth, options, { view, controller: controller?.facade });
  }
}
publish(ReadableStreamBYOBRequest, ['view', 'respond', 'respondWithNewView']);

// A byte stream for the library's own use: `pull(controller)` and `cancel(reason)` are algorithms over the record of
// the controller.
function createByteStream(pull, cancel, highWaterMark = 0, autoAllocateChunkSize = undefined) {
  const record = new Readable();
  const controller = new ByteController(record, undefined, cancel, highWaterMark, autoAllocateChunkSize);
  if (pull !== undefined) controller.pullAlgorithm = () => pull(controller);
  controller.start(undefined);
  return record;
}

module.exports = {
  ReadableByteStreamController,
  ReadableStream,
  ReadableStreamBYOBReader,
  ReadableStreamBYOBRequest,
  ReadableStreamDefaultController,
  ReadableStreamDefaultReader,
  ReadableStreamTee(stream, cloneForBranch2 = false) {
    if (!isReadableStream(stream)) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'ReadableStream', stream);
    if (streamOf(stream).isLocked) throw invalidState('ReadableStream is locked');
    return require('internal/webstreams/tee').tee(streamOf(stream), cloneForBranch2).map(facadeOf);
  },
  createByteStream,
  facadeOf,
  isReadableStream,
  streamOf,
  whenClosed,
};

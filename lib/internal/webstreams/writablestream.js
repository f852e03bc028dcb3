// SPDX-License-Identifier: MIT
'use strict';

// WritableStream, its writer and controller as programs see them  https://streams.spec.whatwg.org/#ws. The work is in
// internal/webstreams/writable.

const { codes } = require('internal/errors');
const { kTransfer } = require('internal/worker/clone');
const { validateObject, kValidateObjectAllowObjects, kValidateObjectAllowObjectsAndNull } =
  require('internal/validators');
const { LatePromise, customInspectSymbol, inspectAs, invalidState, invalidThis, publish, readCallback,
  readHighWaterMark, readSize, readStart } = require('internal/webstreams/util');
const ops = require('internal/webstreams/writable');
const { Writable, WritableController, Writer } = ops;
const { kIsErrored, kIsWritable, kIsClosedPromise, kControllerErrorFunction } = require('internal/streams/utils');

// Given to a constructor in place of its first argument: the second is the record to show.
const kRecord = Symbol('kRecord');
const kEmpty = Object.freeze({ __proto__: null });

let writableOf;
let isWritableStream;

class WritableStream {
  #record;

  static {
    writableOf = (value) => value.#record;
    isWritableStream = (value) => typeof value === 'object' && value !== null && #record in value;
  }

  constructor(sink = kEmpty, strategy = kEmpty) {
    if (sink === kRecord) {
      this.#record = strategy;
      strategy.facade = this;
      return;
    }
    validateObject(sink, 'sink', kValidateObjectAllowObjects);
    validateObject(strategy, 'strategy', kValidateObjectAllowObjectsAndNull);
    const type = sink.type;
    if (type !== undefined) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('type', type);
    const record = this.#record = new Writable();
    record.facade = this;
    const size = readSize(strategy);
    setUpController(record, sink, readHighWaterMark(strategy, 1), size);
  }

  get locked() {
    if (!isWritableStream(this)) throw invalidThis('WritableStream');
    return this.#record.isLocked;
  }

  abort(reason = undefined) {
    if (!isWritableStream(this)) return Promise.reject(invalidThis('WritableStream'));
    if (this.#record.isLocked) return Promise.reject(invalidState('WritableStream is locked'));
    return ops.abort(this.#record, reason);
  }

  close() {
    if (!isWritableStream(this)) return Promise.reject(invalidThis('WritableStream'));
    const record = this.#record;
    if (record.isLocked) return Promise.reject(invalidState('WritableStream is locked'));
    const request = Promise.withResolvers();
    if (record.isClosing || !ops.close(record, request)) {
      return Promise.reject(invalidState('Failure closing WritableStream'));
    }
    return request.promise;
  }

  getWriter() {
    if (!isWritableStream(this)) throw invalidThis('WritableStream');
    return new WritableStreamDefaultWriter(this);
  }

  get [kIsErrored]() {
    return this.#record.state === 'errored';
  }

  get [kIsWritable]() {
    return this.#record.state === 'writable';
  }

  [kControllerErrorFunction](reason) {
    this.#record.controller.errorIfNeeded(reason);
  }

  get [kIsClosedPromise]() {
    return { promise: whenClosed(this.#record) };
  }

  [kTransfer]() {
    return require('internal/webstreams/transfer').transferWritable(this);
  }

  [customInspectSymbol](depth, options) {
    const { state, isLocked } = this.#record;
    return inspectAs('WritableStream', depth, options, { locked: isLocked, state });
  }
}
publish(WritableStream, ['locked', 'abort', 'close', 'getWriter']);

function facadeOf(record) {
  return record.facade ?? new WritableStream(kRecord, record);
}

function whenClosed(record) {
  if (record.whenClosed === undefined) {
    record.whenClosed = new LatePromise();
    if (record.state === 'closed') record.whenClosed.resolve();
    else if (record.state === 'errored') record.whenClosed.reject(record.storedError);
  }
  return record.whenClosed.get();
}

// SetUpWritableStreamDefaultControllerFromUnderlyingSink
function setUpController(record, sink, highWaterMark, size) {
  const abort = readCallback(sink, 'abort', 'sink');
  const close = readCallback(sink, 'close', 'sink');
  const start = readStart(sink);
  const write = readCallback(sink, 'write', 'sink');
  const controller = new WritableController(record, write, close, abort, highWaterMark, size);
  new WritableStreamDefaultController(kRecord, controller);
  const result = start?.(controller.facade);
  controller.start(result !== null && (typeof result === 'object' || typeof result === 'function') ?
    Promise.resolve(result) : undefined);
}

const unbound = () => invalidState('Writer is not bound to a WritableStream');

class WritableStreamDefaultWriter {
  #record;

  static is(value) {
    return typeof value === 'object' && value !== null && #record in value;
  }

  constructor(stream) {
    if (!isWritableStream(stream)) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'WritableStream', stream);
    const record = writableOf(stream);
    if (record.isLocked) throw invalidState('WritableStream is locked');
    this.#record = new Writer(record);
  }

  get closed() {
    if (!isWriter(this)) return Promise.reject(invalidThis('WritableStreamDefaultWriter'));
    return this.#record.closed.get();
  }

  get desiredSize() {
    if (!isWriter(this)) throw invalidThis('WritableStreamDefaultWriter');
    const { stream } = this.#record;
    if (stream === undefined) throw unbound();
    return ops.desiredSize(stream);
  }

  get ready() {
    if (!isWriter(this)) return Promise.reject(invalidThis('WritableStreamDefaultWriter'));
    return this.#record.ready.get();
  }

  abort(reason = undefined) {
    if (!isWriter(this)) return Promise.reject(invalidThis('WritableStreamDefaultWriter'));
    const { stream } = this.#record;
    return stream === undefined ? Promise.reject(unbound()) : ops.abort(stream, reason);
  }

  close() {
    if (!isWriter(this)) return Promise.reject(invalidThis('WritableStreamDefaultWriter'));
    const { stream } = this.#record;
    if (stream === undefined) return Promise.reject(unbound());
    const request = Promise.withResolvers();
    if (stream.isClosing || !ops.close(stream, request)) {
      return Promise.reject(invalidState('Failure to close WritableStream'));
    }
    return request.promise;
  }

  releaseLock() {
    if (!isWriter(this)) throw invalidThis('WritableStreamDefaultWriter');
    if (this.#record.stream !== undefined) ops.release(this.#record);
  }

  write(chunk = undefined) {
    if (!isWriter(this)) return Promise.reject(invalidThis('WritableStreamDefaultWriter'));
    if (this.#record.stream === undefined) return Promise.reject(unbound());
    const request = Promise.withResolvers();
    const refusal = ops.write(this.#record, chunk, request);
    return refusal === undefined ? request.promise : Promise.reject(refusal());
  }

  [customInspectSymbol](depth, options) {
    const { stream, closed, ready } = this.#record;
    return inspectAs('WritableStreamDefaultWriter', depth, options, {
      stream: stream === undefined ? undefined : facadeOf(stream),
      close: closed.get(),
      ready: ready.get(),
      desiredSize: stream === undefined ? undefined : ops.desiredSize(stream),
    });
  }
}
const { is: isWriter } = WritableStreamDefaultWriter;
delete WritableStreamDefaultWriter.is;
publish(WritableStreamDefaultWriter, ['closed', 'desiredSize', 'ready', 'abort', 'close', 'releaseLock', 'write']);

class WritableStreamDefaultController {
  #record;

  constructor(key = undefined, record = undefined) {
    if (key !== kRecord) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#record = record;
    record.facade = this;
  }

  static recordOf(value) {
    if (typeof value !== 'object' || value === null || !(#record in value)) {
      throw invalidThis('WritableStreamDefaultController');
    }
    return value.#record;
  }

  get signal() {
    return controllerOf(this).signal;
  }

  error(reason = undefined) {
    controllerOf(this).errorIfNeeded(reason);
  }

  [customInspectSymbol](depth, options) {
    return inspectAs('WritableStreamDefaultController', depth, options, { stream: facadeOf(this.#record.stream) });
  }
}
const { recordOf: controllerOf } = WritableStreamDefaultController;
delete WritableStreamDefaultController.recordOf;
publish(WritableStreamDefaultController, ['signal', 'error']);

module.exports = {
  WritableStream,
  WritableStreamDefaultController,
  WritableStreamDefaultWriter,
  isWritableStream,
  whenClosed,
  writableFacadeOf: facadeOf,
  writableOf,
};

// SPDX-License-Identifier: MIT
'use strict';

// TransformStream and its controller as programs see them  https://streams.spec.whatwg.org/#ts. The work is in
// internal/webstreams/transform.

const { codes } = require('internal/errors');
const { kTransfer } = require('internal/worker/clone');
const { validateObject, kValidateObjectAllowObjects, kValidateObjectAllowObjectsAndNull } =
  require('internal/validators');
const { customInspectSymbol, inspectAs, invalidThis, publish, readCallback, readHighWaterMark, readSize, readStart } =
  require('internal/webstreams/util');
const { Transform, TransformController } = require('internal/webstreams/transform');
const { facadeOf } = require('internal/webstreams/readablestream');
const { writableFacadeOf } = require('internal/webstreams/writablestream');

const kRecord = Symbol('kRecord');
const kEmpty = Object.freeze({ __proto__: null });

let transformOf;
let isTransformStream;

class TransformStream {
  #record;

  static {
    transformOf = (value) => value.#record;
    isTransformStream = (value) => typeof value === 'object' && value !== null && #record in value;
  }

  constructor(transformer = kEmpty, writableStrategy = kEmpty, readableStrategy = kEmpty) {
    if (transformer === kRecord) {
      this.#record = writableStrategy;
      return;
    }
    validateObject(transformer, 'transformer', kValidateObjectAllowObjects);
    validateObject(writableStrategy, 'writableStrategy', kValidateObjectAllowObjectsAndNull);
    validateObject(readableStrategy, 'readableStrategy', kValidateObjectAllowObjectsAndNull);
    const readableType = transformer.readableType;
    const writableType = transformer.writableType;
    const cancel = readCallback(transformer, 'cancel', 'transformer');
    const flush = readCallback(transformer, 'flush', 'transformer');
    const start = readStart(transformer);
    const transform = readCallback(transformer, 'transform', 'transformer');
    if (readableType !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('transformer.readableType', readableType);
    }
    if (writableType !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('transformer.writableType', writableType);
    }
    const readableSize = readSize(readableStrategy);
    const readableHighWaterMark = readHighWaterMark(readableStrategy, 0);
    const writableSize = readSize(writableStrategy);
    const writableHighWaterMark = readHighWaterMark(writableStrategy, 1);
    const started = Promise.withResolvers();
    const record = this.#record = new Transform(started.promise, writableHighWaterMark, writableSize,
                                                readableHighWaterMark, readableSize);
    record.facade = this;
    const controller = new TransformController(record, transform, flush, cancel);
    new TransformStreamDefaultController(kRecord, controller);
    started.resolve(start?.(controller.facade));
  }

  get readable() {
    if (!isTransformStream(this)) throw invalidThis('TransformStream');
    return facadeOf(this.#record.readable);
  }

  get writable() {
    if (!isTransformStream(this)) throw invalidThis('TransformStream');
    return writableFacadeOf(this.#record.writable);
  }

  [kTransfer]() {
    return require('internal/webstreams/transfer').transferTransform(this);
  }

  [customInspectSymbol](depth, options) {
    return inspectAs('TransformStream', depth, options, {
      readable: this.readable, writable: this.writable, backpressure: this.#record.backpressure,
    });
  }
}
publish(TransformStream, ['readable', 'writable']);

class TransformStreamDefaultController {
  #record;

  constructor(key = undefined, record = undefined) {
    if (key !== kRecord) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#record = record;
    record.facade = this;
  }

  static recordOf(value) {
    if (typeof value !== 'object' || value === null || !(#record in value)) {
      throw invalidThis('TransformStreamDefaultController');
    }
    return value.#record;
  }

  get desiredSize() {
    return controllerOf(this).desiredSize;
  }

  enqueue(chunk = undefined) {
    controllerOf(this).enqueue(chunk);
  }

  error(reason = undefined) {
    controllerOf(this).error(reason);
  }

  terminate() {
    controllerOf(this).terminate();
  }

  [customInspectSymbol](depth, options) {
    return inspectAs('TransformStreamDefaultController', depth, options, { stream: this.#record.stream.facade });
  }
}
const { recordOf: controllerOf } = TransformStreamDefaultController;
delete TransformStreamDefaultController.recordOf;
publish(TransformStreamDefaultController, ['desiredSize', 'enqueue', 'error', 'terminate']);

// A transform for the library's own use, as a record: `transform(chunk, controller)` and `flush(controller)` over the
// record of the controller.
function createTransform(transform, flush, cancel = undefined) {
  const record = new Transform(undefined, 1, undefined, 0, undefined);
  const controller = new TransformController(record, undefined, undefined, cancel);
  controller.passesThrough = false;
  controller.transformAlgorithm = (chunk) => transform(chunk, controller);
  controller.flushAlgorithm = flush === undefined ? undefined : () => flush(controller);
  return record;
}

// A TransformStream whose two sides are made already.
function transformFrom(readable, writable) {
  return new TransformStream(kRecord, { readable, writable, backpressure: undefined });
}

module.exports = {
  TransformStream, TransformStreamDefaultController, createTransform, isTransformStream, transformFrom, transformOf,
};

// SPDX-License-Identifier: MIT
'use strict';

// Records of transform streams: a readable and a writable record, and the controller between them
// https://streams.spec.whatwg.org/#ts-all-abstract-ops.

const { invalidState, perform, whenDone } = require('internal/webstreams/util');
const { createReadable } = require('internal/webstreams/readable');
const { createWritable } = require('internal/webstreams/writable');

class Transform {
  // InitializeTransformStream; `start` is a promise of the start algorithm's end.
  constructor(start, writableHighWaterMark, writableSize, readableHighWaterMark, readableSize) {
    this.backpressure = undefined;
    this.backpressureChange = undefined;
    this.controller = undefined;
    this.facade = undefined;
    this.readable = undefined;
    this.writable = createWritable(start, (chunk) => this.sinkWrite(chunk), () => this.sinkClose(),
                                   (reason) => this.sinkAbort(reason), writableHighWaterMark, writableSize);
    this.readable = createReadable(start, () => this.sourcePull(), (reason) => this.sourceCancel(reason),
                                   readableHighWaterMark, readableSize);
    this.setBackpressure(true);
  }

  setBackpressure(backpressure) {
    this.backpressureChange?.resolve();
    this.backpressureChange = Promise.withResolvers();
    this.backpressure = backpressure;
  }

  // TransformStreamError
  error(reason) {
    this.readable.controller.error(reason);
    this.errorWritable(reason);
  }

  // TransformStreamErrorWritableAndUnblockWrite
  errorWritable(reason) {
    this.controller.clearAlgorithms();
    this.writable.controller.errorIfNeeded(reason);
    this.unblockWrite();
  }

  unblockWrite() {
    if (this.backpressure) this.setBackpressure(false);
  }

  // TransformStreamDefaultSinkWriteAlgorithm
  sinkWrite(chunk) {
    if (!this.backpressure) return this.controller.perform(chunk);
    return this.backpressureChange.promise.then(() => {
      if (this.writable.state === 'erroring') throw this.writable.storedError;
      return this.controller.perform(chunk);
    });
  }

  // TransformStreamDefaultSinkAbortAlgorithm
  sinkAbort(reason) {
    const { controller } = this;
    if (controller.finish !== undefined) return controller.finish.promise;
    const finish = controller.finish = Promise.withResolvers();
    whenDone(controller.cancelSteps(reason), () => {
      if (this.readable.state === 'errored') {
        finish.reject(this.readable.storedError);
      } else {
        this.readable.controller.error(reason);
        finish.resolve();
      }
    }, (failure) => {
      this.readable.controller.error(failure);
      finish.reject(failure);
    });
    return finish.promise;
  }

  // TransformStreamDefaultSinkCloseAlgorithm
  sinkClose() {
    const { controller } = this;
    if (controller.finish !== undefined) return controller.finish.promise;
    const finish = controller.finish = Promise.withResolvers();
    const { flushAlgorithm } = controller;
    const result = flushAlgorithm === undefined ? undefined : perform(flushAlgorithm, controller.facade);
    controller.clearAlgorithms();
    whenDone(result, () => {
      if (this.readable.state === 'errored') {
        finish.reject(this.readable.storedError);
      } else {
        this.readable.controller.close();
        finish.resolve();
      }
    }, (failure) => {
      this.readable.controller.error(failure);
      finish.reject(failure);
    });
    return finish.promise;
  }

  // TransformStreamDefaultSourcePullAlgorithm
  sourcePull() {
    this.setBackpressure(false);
    return this.backpressureChange.promise;
  }

  // TransformStreamDefaultSourceCancelAlgorithm
  sourceCancel(reason) {
    const { controller } = this;
    if (controller.finish !== undefined) return controller.finish.promise;
    const finish = controller.finish = Promise.withResolvers();
    whenDone(controller.cancelSteps(reason), () => {
      if (this.writable.state === 'errored') {
        finish.reject(this.writable.storedError);
      } else {
        this.writable.controller.errorIfNeeded(reason);
        this.unblockWrite();
        finish.resolve();
      }
    }, (failure) => {
      this.writable.controller.errorIfNeeded(failure);
      this.unblockWrite();
      finish.reject(failure);
    });
    return finish.promise;
  }
}

class TransformController {
  constructor(stream, transform, flush, cancel) {
    this.stream = stream;
    this.transformAlgorithm = transform;
    this.flushAlgorithm = flush;
    this.cancelAlgorithm = cancel;
    this.passesThrough = transform === undefined;
    this.finish = undefined;
    this.facade = undefined;
    stream.controller = this;
  }

  clearAlgorithms() {
    this.transformAlgorithm = undefined;
    this.flushAlgorithm = undefined;
    this.cancelAlgorithm = undefined;
  }

  cancelSteps(reason) {
    const { cancelAlgorithm } = this;
    const result = cancelAlgorithm === undefined ? undefined : perform(cancelAlgorithm, reason);
    this.clearAlgorithms();
    return result;
  }

  get desiredSize() {
    return this.stream.readable.controller.desiredSize;
  }

  // TransformStreamDefaultControllerEnqueue
  enqueue(chunk) {
    const { stream } = this;
    const { readable } = stream;
    const { controller } = readable;
    if (!controller.canCloseOrEnqueue) throw invalidState('Unable to enqueue');
    try {
      controller.enqueue(chunk);
    } catch (reason) {
      stream.errorWritable(reason);
      throw readable.storedError;
    }
    const backpressure = !controller.shouldCallPull;
    if (backpressure !== stream.backpressure) stream.setBackpressure(true);
  }

  error(reason) {
    this.stream.error(reason);
  }

  // TransformStreamDefaultControllerTerminate
  terminate() {
    this.stream.readable.controller.close();
    this.stream.errorWritable(invalidState('TransformStream has been terminated'));
  }

  // TransformStreamDefaultControllerPerformTransform
  perform(chunk) {
    if (this.transformAlgorithm === undefined) {
      if (this.passesThrough) {
        try {
          this.enqueue(chunk);
        } catch (reason) {
          this.error(reason);
          throw reason;
        }
      }
      return undefined;
    }
    const result = perform(this.transformAlgorithm, chunk, this.facade);
    return result === undefined ? undefined : result.then(undefined, (reason) => {
      this.error(reason);
      throw reason;
    });
  }
}

module.exports = { Transform, TransformController };

// SPDX-License-Identifier: MIT
'use strict';

// Records of writable streams, writers and their controller, with the abstract operations on them
// https://streams.spec.whatwg.org/#ws-all-abstract-ops.
//
// A write, close or abort request is any object with resolve() and reject(reason): what Promise.withResolvers() makes,
// or a pipe's own.

const { LatePromise, Queue, checkSize, invalidState, markHandled, perform, whenDone } =
  require('internal/webstreams/util');

const kCloseSentinel = Symbol('close');

class Writable {
  constructor() {
    this.state = 'writable';
    this.storedError = undefined;
    this.backpressure = false;
    this.writer = undefined;
    this.controller = undefined;
    this.writeRequests = new Queue();
    this.inFlightWrite = undefined;
    this.closeRequest = undefined;
    this.inFlightClose = undefined;
    this.pendingAbort = undefined; // { promise, resolve, reject, reason, wasErroring }
    this.whenClosed = undefined; // a LatePromise once somebody asked
    this.facade = undefined;
  }

  get isLocked() {
    return this.writer !== undefined;
  }

  get isClosing() {
    return this.closeRequest !== undefined || this.inFlightClose !== undefined;
  }

  get hasOperationInFlight() {
    return this.inFlightWrite !== undefined || this.inFlightClose !== undefined;
  }

  // WritableStreamUpdateBackpressure
  updateBackpressure(backpressure) {
    if (this.writer !== undefined && backpressure !== this.backpressure) {
      if (backpressure) this.writer.ready.renew();
      else this.writer.ready.resolve();
    }
    this.backpressure = backpressure;
  }
}

// WritableStreamAbort
function abort(stream, reason) {
  if (stream.state === 'closed' || stream.state === 'errored') return Promise.resolve();
  stream.controller.signalAbort(reason);
  if (stream.state === 'closed' || stream.state === 'errored') return Promise.resolve();
  if (stream.pendingAbort !== undefined) return stream.pendingAbort.promise;
  const wasErroring = stream.state === 'erroring';
  const request = stream.pendingAbort = Promise.withResolvers();
  request.reason = wasErroring ? undefined : reason;
  request.wasErroring = wasErroring;
  if (!wasErroring) startErroring(stream, reason);
  return request.promise;
}

// WritableStreamClose, with the request to settle; false when the stream cannot be closed any more.
function close(stream, request) {
  if (stream.state === 'closed' || stream.state === 'errored') return false;
  stream.closeRequest = request;
  if (stream.writer !== undefined && stream.backpressure && stream.state === 'writable') stream.writer.ready.resolve();
  stream.controller.close();
  return true;
}

// WritableStreamDealWithRejection
function dealWithRejection(stream, reason) {
  if (stream.state === 'writable') startErroring(stream, reason);
  else finishErroring(stream);
}

// WritableStreamStartErroring
function startErroring(stream, reason) {
  stream.state = 'erroring';
  stream.storedError = reason;
  stream.writer?.ready.ensureRejected(reason);
  if (!stream.hasOperationInFlight && stream.controller.started) finishErroring(stream);
}

// WritableStreamFinishErroring
function finishErroring(stream) {
  stream.state = 'errored';
  stream.controller.resetQueue();
  const { storedError } = stream;
  for (const request of stream.writeRequests.take()) request.reject(storedError);
  const abortRequest = stream.pendingAbort;
  if (abortRequest === undefined) {
    rejectCloseIfNeeded(stream);
    return;
  }
  stream.pendingAbort = undefined;
  if (abortRequest.wasErroring) {
    abortRequest.reject(storedError);
    rejectCloseIfNeeded(stream);
    return;
  }
  whenDone(stream.controller.abortSteps(abortRequest.reason), () => {
    abortRequest.resolve();
    rejectCloseIfNeeded(stream);
  }, (reason) => {
    abortRequest.reject(reason);
    rejectCloseIfNeeded(stream);
  });
}

// WritableStreamRejectCloseAndClosedPromiseIfNeeded
function rejectCloseIfNeeded(stream) {
  if (stream.closeRequest !== undefined) {
    stream.closeRequest.reject(stream.storedError);
    stream.closeRequest = undefined;
  }
  stream.whenClosed?.reject(stream.storedError);
  stream.writer?.closed.reject(stream.storedError);
}

// WritableStreamFinishInFlightClose
function finishInFlightClose(stream) {
  stream.inFlightClose.resolve();
  stream.inFlightClose = undefined;
  if (stream.state === 'erroring') {
    stream.storedError = undefined;
    stream.pendingAbort?.resolve();
    stream.pendingAbort = undefined;
  }
  stream.state = 'closed';
  stream.whenClosed?.resolve();
  stream.writer?.closed.resolve();
}

// WritableStreamFinishInFlightCloseWithError
function failInFlightClose(stream, reason) {
  stream.inFlightClose.reject(reason);
  stream.inFlightClose = undefined;
  stream.pendingAbort?.reject(reason);
  stream.pendingAbort = undefined;
  dealWithRejection(stream, reason);
}

// --- writers -----------------------------------------------------------------------------------------------------

class Writer {
  // SetUpWritableStreamDefaultWriter; the caller has seen that the stream is not locked.
  constructor(stream) {
    this.stream = stream;
    this.ready = new LatePromise();
    this.closed = new LatePromise();
    this.facade = undefined;
    stream.writer = this;
    const { state } = stream;
    if (state === 'writable') {
      if (stream.isClosing || !stream.backpressure) this.ready.resolve();
    } else if (state === 'erroring') {
      this.ready.reject(stream.storedError);
    } else if (state === 'closed') {
      this.ready.resolve();
      this.closed.resolve();
    } else {
      this.ready.reject(stream.storedError);
      this.closed.reject(stream.storedError);
    }
  }
}

// WritableStreamDefaultWriterWrite with the request to settle. Answers undefined, or a function that makes the reason
// for which nothing was written.
function write(writer, chunk, request) {
  const { stream } = writer;
  const { controller } = stream;
  const size = controller.sizeOf(chunk);
  if (stream !== writer.stream) return () => invalidState('Mismatched WritableStreams');
  const { state } = stream;
  if (state === 'errored') return () => stream.storedError;
  if (stream.isClosing || state === 'closed') return () => invalidState('WritableStream is closed');
  if (state === 'erroring') return () => stream.storedError;
  stream.writeRequests.push(request);
  controller.write(chunk, size);
  return undefined;
}

// WritableStreamDefaultWriterGetDesiredSize
function desiredSize(stream) {
  if (stream.state === 'errored' || stream.state === 'erroring') return null;
  return stream.state === 'closed' ? 0 : stream.controller.desiredSize;
}

const releasedReason = () => invalidState('Writer has been released');

// WritableStreamDefaultWriterRelease
function release(writer) {
  writer.ready.ensureRejected(undefined, releasedReason);
  writer.closed.ensureRejected(undefined, releasedReason);
  writer.stream.writer = undefined;
  writer.stream = undefined;
}

// --- the controller ------------------------------------------------------------------------------------------------

class WritableController {
  // Everything but the start algorithm's answer, which start() takes. Algorithms may be undefined.
  constructor(stream, write, closing, aborting, highWaterMark, size) {
    this.stream = stream;
    this.queue = new Queue();
    this.sizes = size === undefined ? undefined : new Queue();
    this.totalSize = 0;
    this.started = false;
    this.highWaterMark = highWaterMark;
    this.sizeAlgorithm = size;
    this.writeAlgorithm = write;
    this.closeAlgorithm = closing;
    this.abortAlgorithm = aborting;
    this.aborter = undefined;
    this.abortReason = undefined;
    this.facade = undefined;
    this.onWritten = () => this.finishWrite();
    this.onWriteFailed = (reason) => this.failWrite(reason);
    stream.controller = this;
    stream.updateBackpressure(this.backpressure);
  }

  start(result) {
    whenDone(result, () => {
      this.started = true;
      this.advance();
    }, (reason) => {
      this.started = true;
      dealWithRejection(this.stream, reason);
    });
  }

  get desiredSize() {
    return this.highWaterMark - this.totalSize;
  }

  get backpressure() {
    return this.highWaterMark <= this.totalSize;
  }

  // The controller's AbortController, made when the sink asks for the signal.
  get signal() {
    if (this.aborter === undefined) {
      const { AbortController } = require('internal/abort_controller');
      this.aborter = new AbortController();
      if (this.abortReason !== undefined) this.aborter.abort(this.abortReason.value);
    }
    return this.aborter.signal;
  }

  signalAbort(reason) {
    if (this.aborter !== undefined) this.aborter.abort(reason);
    else this.abortReason = { value: reason };
  }

  // WritableStreamDefaultControllerGetChunkSize
  sizeOf(chunk) {
    if (this.sizeAlgorithm === undefined) return 1;
    try {
      return this.sizeAlgorithm(chunk);
    } catch (reason) {
      this.errorIfNeeded(reason);
      return 1;
    }
  }

  // WritableStreamDefaultControllerWrite
  write(chunk, size) {
    if (this.sizes !== undefined) {
      try {
        size = checkSize(size);
      } catch (reason) {
        this.errorIfNeeded(reason);
        return;
      }
      this.sizes.push(size);
    }
    this.queue.push(chunk);
    this.totalSize += size;
    const { stream } = this;
    if (!stream.isClosing && stream.state === 'writable') stream.updateBackpressure(this.backpressure);
    this.advance();
  }

  close() {
    this.queue.push(kCloseSentinel);
    this.sizes?.push(0);
    this.advance();
  }

  errorIfNeeded(reason) {
    if (this.stream.state === 'writable') this.error(reason);
  }

  // WritableStreamDefaultControllerError
  error(reason) {
    this.clearAlgorithms();
    startErroring(this.stream, reason);
  }

  clearAlgorithms() {
    this.writeAlgorithm = undefined;
    this.closeAlgorithm = undefined;
    this.abortAlgorithm = undefined;
    this.sizeAlgorithm = undefined;
  }

  resetQueue() {
    this.queue.clear();
    this.sizes?.clear();
    this.totalSize = 0;
  }

  dequeue() {
    this.queue.shift();
    if (this.sizes === undefined) {
      this.totalSize--;
    } else {
      this.totalSize -= this.sizes.shift();
      if (this.totalSize < 0) this.totalSize = 0;
    }
  }

  // WritableStreamDefaultControllerAdvanceQueueIfNeeded
  advance() {
    const { stream } = this;
    if (!this.started || stream.inFlightWrite !== undefined) return;
    if (stream.state === 'erroring') {
      finishErroring(stream);
      return;
    }
    if (this.queue.length === 0) return;
    const chunk = this.queue.peek();
    if (chunk === kCloseSentinel) {
      this.processClose();
    } else {
      stream.inFlightWrite = stream.writeRequests.shift();
      const { writeAlgorithm } = this;
      whenDone(writeAlgorithm === undefined ? undefined : perform(writeAlgorithm, chunk, this.facade),
               this.onWritten, this.onWriteFailed);
    }
  }

  // WritableStreamDefaultControllerProcessWrite: what follows the write.
  finishWrite() {
    const { stream } = this;
    stream.inFlightWrite.resolve();
    stream.inFlightWrite = undefined;
    this.dequeue();
    if (!stream.isClosing && stream.state === 'writable') stream.updateBackpressure(this.backpressure);
    this.advance();
  }

  failWrite(reason) {
    const { stream } = this;
    if (stream.state === 'writable') this.clearAlgorithms();
    stream.inFlightWrite.reject(reason);
    stream.inFlightWrite = undefined;
    dealWithRejection(stream, reason);
  }

  // WritableStreamDefaultControllerProcessClose
  processClose() {
    const { stream, closeAlgorithm } = this;
    stream.inFlightClose = stream.closeRequest;
    stream.closeRequest = undefined;
    this.queue.shift();
    this.sizes?.shift();
    if (this.sizes !== undefined) this.totalSize = 0;
    const result = closeAlgorithm === undefined ? undefined : perform(closeAlgorithm);
    this.clearAlgorithms();
    whenDone(result, () => finishInFlightClose(stream), (reason) => failInFlightClose(stream, reason));
  }

  // [[AbortSteps]]
  abortSteps(reason) {
    const { abortAlgorithm } = this;
    const result = abortAlgorithm === undefined ? undefined : perform(abortAlgorithm, reason);
    this.clearAlgorithms();
    return result;
  }
}

// CreateWritableStream: a started record for the library's own use; `start` is the start algorithm's answer.
function createWritable(start, write, closing, aborting, highWaterMark = 1, size = undefined) {
  const stream = new Writable();
  const controller = new WritableController(stream, write, closing, aborting, highWaterMark, size);
  controller.start(start);
  return stream;
}

module.exports = {
  Writable, WritableController, Writer, abort, close, createWritable, desiredSize, markHandled, release, write,
};

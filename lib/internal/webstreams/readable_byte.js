// SPDX-License-Identifier: MIT
'use strict';

// The controller of readable byte streams  https://streams.spec.whatwg.org/#rbs-controller-abstract-ops, and reading
// into a caller's view. Every buffer that goes in or out is transferred, so nobody shares bytes with the stream.

const { invalidState, perform } = require('internal/webstreams/util');
const { codes } = require('internal/errors');
const { Controller, close, error } = require('internal/webstreams/readable');

// CanCopyDataBlockBytes and CopyDataBlockBytes
function copyBytes(to, toOffset, from, fromOffset, count) {
  new Uint8Array(to, toOffset, count).set(new Uint8Array(from, fromOffset, count));
}

// One entry of [[pendingPullIntos]]: a buffer that waits to be filled. `readerType` says for whom: 'default' (allocated
// on behalf of a default reader), 'byob', or 'none' once its reader has been released.
class PullInto {
  constructor(buffer, byteOffset, byteLength, minimumFill, elementSize, ctor, readerType) {
    this.buffer = buffer;
    this.bufferByteLength = buffer.byteLength;
    this.byteOffset = byteOffset;
    this.byteLength = byteLength;
    this.bytesFilled = 0;
    this.minimumFill = minimumFill;
    this.elementSize = elementSize;
    this.ctor = ctor;
    this.readerType = readerType;
  }

  // ReadableByteStreamControllerConvertPullIntoDescriptor
  toView() {
    return new this.ctor(this.buffer.transfer(), this.byteOffset, this.bytesFilled / this.elementSize);
  }
}

class ByobRequest {
  constructor(controller, view) {
    this.controller = controller;
    this.view = view;
    this.facade = undefined;
  }
}

// Its queue holds { buffer, byteOffset, byteLength }.
class ByteController extends Controller {
  constructor(stream, pull, cancel, highWaterMark, autoAllocateChunkSize) {
    super(stream, pull, cancel, highWaterMark);
    this.autoAllocateChunkSize = autoAllocateChunkSize;
    this.pendingPullIntos = [];
    this.currentRequest = null;
  }

  get isByte() {
    return true;
  }

  // ReadableByteStreamControllerGetBYOBRequest
  byobRequest() {
    if (this.currentRequest === null && this.pendingPullIntos.length > 0) {
      const first = this.pendingPullIntos[0];
      const view = new Uint8Array(first.buffer, first.byteOffset + first.bytesFilled,
                                  first.byteLength - first.bytesFilled);
      this.currentRequest = new ByobRequest(this, view);
    }
    return this.currentRequest;
  }

  invalidateByobRequest() {
    if (this.currentRequest === null) return;
    this.currentRequest.controller = undefined;
    this.currentRequest.view = null;
    this.currentRequest = null;
  }

  clearPendingPullIntos() {
    this.invalidateByobRequest();
    this.pendingPullIntos = [];
  }

  // ReadableByteStreamControllerClose
  close() {
    if (!this.canCloseOrEnqueue) return;
    if (this.totalSize > 0) {
      this.closeRequested = true;
      return;
    }
    if (this.pendingPullIntos.length > 0) {
      const first = this.pendingPullIntos[0];
      if (first.bytesFilled % first.elementSize !== 0) {
        const reason = invalidState('Partial read');
        this.error(reason);
        throw reason;
      }
    }
    this.clearAlgorithms();
    close(this.stream);
  }

  // ReadableByteStreamControllerError
  error(reason) {
    if (this.stream.state !== 'readable') return;
    this.clearPendingPullIntos();
    this.resetQueue();
    this.clearAlgorithms();
    error(this.stream, reason);
  }

  // ReadableByteStreamControllerEnqueue
  enqueue(chunk) {
    if (!this.canCloseOrEnqueue) return;
    const { byteOffset, byteLength } = chunk;
    const buffer = chunk.buffer.transfer();
    const { reader } = this.stream;
    if (this.pendingPullIntos.length > 0) {
      const first = this.pendingPullIntos[0];
      if (first.buffer.detached) throw invalidState('Destination ArrayBuffer is detached');
      this.invalidateByobRequest();
      first.buffer = first.buffer.transfer();
      if (first.readerType === 'none') this.enqueueDetachedPullInto(first);
    }
    if (reader !== undefined && !reader.isByob) {
      this.processReadRequests(reader);
      if (reader.requests.length === 0) {
        this.enqueueChunk(buffer, byteOffset, byteLength);
      } else {
        if (this.pendingPullIntos.length > 0) this.pendingPullIntos.shift();
        reader.requests.shift().chunk(new Uint8Array(buffer, byteOffset, byteLength));
      }
    } else {
      this.enqueueChunk(buffer, byteOffset, byteLength);
      if (reader !== undefined) this.commitAll(this.fillPullIntos());
    }
    this.callPullIfNeeded();
  }

  // ReadableByteStreamControllerEnqueueChunkToQueue
  enqueueChunk(buffer, byteOffset, byteLength) {
    this.queue.push({ buffer, byteOffset, byteLength });
    this.totalSize += byteLength;
  }

  // ReadableByteStreamControllerEnqueueClonedChunkToQueue
  enqueueClone(buffer, byteOffset, byteLength) {
    let copy;
    try {
      copy = buffer.slice(byteOffset, byteOffset + byteLength);
    } catch (reason) {
      this.error(reason);
      throw reason;
    }
    this.enqueueChunk(copy, 0, byteLength);
  }

  // ReadableByteStreamControllerEnqueueDetachedPullIntoToQueue
  enqueueDetachedPullInto(descriptor) {
    if (descriptor.bytesFilled > 0) {
      this.enqueueClone(descriptor.buffer, descriptor.byteOffset, descriptor.bytesFilled);
    }
    this.pendingPullIntos.shift();
  }

  // ReadableByteStreamControllerProcessReadRequestsUsingQueue
  processReadRequests(reader) {
    while (reader.requests.length > 0 && this.totalSize > 0) this.fillRequest(reader.requests.shift());
  }

  // ReadableByteStreamControllerFillReadRequestFromQueue
  fillRequest(request) {
    const entry = this.queue.shift();
    this.totalSize -= entry.byteLength;
    this.handleQueueDrain();
    request.chunk(new Uint8Array(entry.buffer, entry.byteOffset, entry.byteLength));
  }

  handleQueueDrain() {
    if (this.totalSize === 0 && this.closeRequested) {
      this.clearAlgorithms();
      close(this.stream);
    } else {
      this.callPullIfNeeded();
    }
  }

  // ReadableByteStreamControllerFillPullIntoDescriptorFromQueue
  fillFromQueue(descriptor) {
    const most = Math.min(this.totalSize, descriptor.byteLength - descriptor.bytesFilled);
    const mostFilled = descriptor.bytesFilled + most;
    const aligned = mostFilled - mostFilled % descriptor.elementSize;
    const isReady = aligned >= descriptor.minimumFill;
    let remaining = isReady ? aligned - descriptor.bytesFilled : most;
    while (remaining > 0) {
      const head = this.queue.peek();
      const count = Math.min(remaining, head.byteLength);
      copyBytes(descriptor.buffer, descriptor.byteOffset + descriptor.bytesFilled, head.buffer, head.byteOffset, count);
      if (head.byteLength === count) {
        this.queue.shift();
      } else {
        head.byteOffset += count;
        head.byteLength -= count;
      }
      this.totalSize -= count;
      descriptor.bytesFilled += count;
      remaining -= count;
    }
    return isReady;
  }

  // ReadableByteStreamControllerProcessPullIntoDescriptorsUsingQueue
  fillPullIntos() {
    const filled = [];
    while (this.pendingPullIntos.length > 0 && this.totalSize > 0) {
      if (!this.fillFromQueue(this.pendingPullIntos[0])) break;
      filled.push(this.pendingPullIntos.shift());
    }
    return filled;
  }

  // ReadableByteStreamControllerCommitPullIntoDescriptor
  commit(descriptor) {
    const isDone = this.stream.state === 'closed';
    const view = descriptor.toView();
    const request = this.stream.reader.requests.shift();
    if (!isDone) request.chunk(view);
    else if (descriptor.readerType === 'default') request.close();
    else request.close(view);
  }

  commitAll(descriptors) {
    for (const descriptor of descriptors) this.commit(descriptor);
  }

  // ReadableByteStreamControllerPullInto
  pullInto(view, minimum, request) {
    const { ctor, elementSize } = kindOfView(view);
    const { byteOffset, byteLength } = view;
    let buffer;
    try {
      buffer = view.buffer.transfer();
    } catch (reason) {
      request.error(reason);
      return;
    }
    const descriptor = new PullInto(buffer, byteOffset, byteLength, minimum * elementSize, elementSize, ctor, 'byob');
    const { stream } = this;
    if (this.pendingPullIntos.length > 0) {
      this.pendingPullIntos.push(descriptor);
      stream.reader.requests.push(request);
      return;
    }
    if (stream.state === 'closed') {
      request.close(new ctor(descriptor.buffer, byteOffset, 0));
      return;
    }
    if (this.totalSize > 0) {
      if (this.fillFromQueue(descriptor)) {
        const filled = descriptor.toView();
        this.handleQueueDrain();
        request.chunk(filled);
        return;
      }
      if (this.closeRequested) {
        const reason = invalidState('ReadableStream closed');
        this.error(reason);
        request.error(reason);
        return;
      }
    }
    this.pendingPullIntos.push(descriptor);
    stream.reader.requests.push(request);
    this.callPullIfNeeded();
  }

  // ReadableByteStreamControllerRespond
  respond(bytesWritten) {
    const first = this.pendingPullIntos[0];
    if (this.stream.state === 'closed') {
      if (bytesWritten !== 0) throw new codes.ERR_INVALID_ARG_VALUE('bytesWritten', bytesWritten);
    } else {
      if (!bytesWritten) throw new codes.ERR_INVALID_ARG_VALUE('bytesWritten', bytesWritten);
      if (first.bytesFilled + bytesWritten > first.byteLength) {
        throw new codes.ERR_INVALID_ARG_VALUE.RangeError('bytesWritten', bytesWritten);
      }
    }
    first.buffer = first.buffer.transfer();
    this.respondInternal(bytesWritten);
  }

  // ReadableByteStreamControllerRespondWithNewView
  respondWithNewView(view) {
    const first = this.pendingPullIntos[0];
    const { byteOffset, byteLength } = view;
    if (this.stream.state === 'closed') {
      if (byteLength !== 0) throw invalidState('View is not zero-length');
    } else if (byteLength === 0) {
      throw invalidState('View is zero-length');
    }
    if (first.byteOffset + first.bytesFilled !== byteOffset || first.bytesFilled + byteLength > first.byteLength ||
        first.bufferByteLength !== view.buffer.byteLength) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('view', view);
    }
    first.buffer = view.buffer.transfer();
    this.respondInternal(byteLength);
  }

  respondInternal(bytesWritten) {
    const first = this.pendingPullIntos[0];
    this.invalidateByobRequest();
    if (this.stream.state === 'closed') this.respondClosed(first);
    else this.respondReadable(bytesWritten, first);
    this.callPullIfNeeded();
  }

  // ReadableByteStreamControllerRespondInClosedState
  respondClosed(first) {
    if (first.readerType === 'none') this.pendingPullIntos.shift();
    const { reader } = this.stream;
    if (reader === undefined || !reader.isByob) return;
    const filled = [];
    while (filled.length < reader.requests.length) filled.push(this.pendingPullIntos.shift());
    this.commitAll(filled);
  }

  // ReadableByteStreamControllerRespondInReadableState
  respondReadable(bytesWritten, descriptor) {
    descriptor.bytesFilled += bytesWritten;
    if (descriptor.readerType === 'none') {
      this.enqueueDetachedPullInto(descriptor);
      this.commitAll(this.fillPullIntos());
      return;
    }
    if (descriptor.bytesFilled < descriptor.minimumFill) return;
    this.pendingPullIntos.shift();
    const remainder = descriptor.bytesFilled % descriptor.elementSize;
    if (remainder > 0) {
      const end = descriptor.byteOffset + descriptor.bytesFilled;
      this.enqueueClone(descriptor.buffer, end - remainder, remainder);
    }
    descriptor.bytesFilled -= remainder;
    const filled = this.fillPullIntos();
    this.commit(descriptor);
    this.commitAll(filled);
  }

  // [[PullSteps]]
  pullSteps(request) {
    if (this.totalSize > 0) {
      this.fillRequest(request);
      return;
    }
    const size = this.autoAllocateChunkSize;
    if (size !== undefined) {
      let buffer;
      try {
        buffer = new ArrayBuffer(size);
      } catch (reason) {
        request.error(reason);
        return;
      }
      this.pendingPullIntos.push(new PullInto(buffer, 0, size, 1, 1, Uint8Array, 'default'));
    }
    this.stream.reader.requests.push(request);
    this.callPullIfNeeded();
  }

  // [[CancelSteps]]
  cancelSteps(reason) {
    this.clearPendingPullIntos();
    this.resetQueue();
    const { cancelAlgorithm } = this;
    const result = cancelAlgorithm === undefined ? undefined : perform(cancelAlgorithm, reason);
    this.clearAlgorithms();
    return result;
  }

  // [[ReleaseSteps]]
  releaseSteps() {
    if (this.pendingPullIntos.length === 0) return;
    const first = this.pendingPullIntos[0];
    first.readerType = 'none';
    this.pendingPullIntos = [first];
  }
}

const viewConstructors = {
  __proto__: null,
  BigInt64Array, BigUint64Array, Float32Array, Float64Array, Int8Array, Int16Array, Int32Array, Uint8Array,
  Uint8ClampedArray, Uint16Array, Uint32Array, Float16Array: globalThis.Float16Array,
};

// The intrinsic that makes views of this view's kind: a Buffer is a Uint8Array.
function kindOfView(view) {
  const tag = primordials.TypedArrayPrototypeGetSymbolToStringTag(view);
  if (tag === undefined) return { ctor: DataView, elementSize: 1 };
  const ctor = viewConstructors[tag];
  return { ctor, elementSize: ctor.BYTES_PER_ELEMENT };
}

// ReadableStreamBYOBReaderRead
function readInto(reader, view, minimum, request) {
  const { stream } = reader;
  stream.disturbed = true;
  if (stream.state === 'errored') request.error(stream.storedError);
  else stream.controller.pullInto(view, minimum, request);
}

module.exports = { ByteController, kindOfView, readInto };

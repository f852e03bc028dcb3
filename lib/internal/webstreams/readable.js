// SPDX-License-Identifier: MIT
'use strict';

// Records of readable streams, of their readers and of the default controller, with the abstract operations on them
// https://streams.spec.whatwg.org/#rs-all-abstract-ops. The controller of byte streams is in readable_byte.
//
// A read request is any object with chunk(value), close() and error(reason); a read-into request likewise, its close()
// given a view or undefined.

const { LatePromise, Queue, checkSize, invalidState, perform, whenDone } = require('internal/webstreams/util');

class Readable {
  constructor() {
    this.state = 'readable';
    this.reader = undefined;
    this.storedError = undefined;
    this.disturbed = false;
    this.controller = undefined;
    this.whenClosed = undefined; // a LatePromise once somebody asked
    this.facade = undefined;
  }

  get isLocked() {
    return this.reader !== undefined;
  }
}

// ReadableStreamClose
function close(stream) {
  stream.state = 'closed';
  stream.whenClosed?.resolve();
  const { reader } = stream;
  if (reader === undefined) return;
  reader.closed.resolve();
  if (!reader.isByob && reader.requests.length > 0) {
    for (const request of reader.requests.take()) request.close();
  }
}

// ReadableStreamError
function error(stream, reason) {
  stream.state = 'errored';
  stream.storedError = reason;
  stream.whenClosed?.reject(reason);
  const { reader } = stream;
  if (reader === undefined) return;
  reader.closed.reject(reason);
  failRequests(reader, reason);
}

// ReadableStreamDefaultReaderErrorReadRequests, ReadableStreamBYOBReaderErrorReadIntoRequests
function failRequests(reader, reason) {
  if (reader.requests.length === 0) return;
  for (const request of reader.requests.take()) request.error(reason);
}

function returnUndefined() {}

// ReadableStreamCancel: a promise of undefined.
function cancel(stream, reason) {
  stream.disturbed = true;
  if (stream.state === 'closed') return Promise.resolve();
  if (stream.state === 'errored') return Promise.reject(stream.storedError);
  close(stream);
  const { reader } = stream;
  if (reader !== undefined && reader.isByob) {
    for (const request of reader.requests.take()) request.close(undefined);
  }
  const result = stream.controller.cancelSteps(reason);
  return result === undefined ? Promise.resolve().then(returnUndefined) : result.then(returnUndefined);
}

// --- readers -----------------------------------------------------------------------------------------------------

class Reader {
  // ReadableStreamReaderGenericInitialize; the caller has seen that the stream is not locked.
  constructor(stream, isByob) {
    this.stream = stream;
    this.isByob = isByob;
    this.requests = new Queue();
    this.closed = new LatePromise();
    this.facade = undefined;
    stream.reader = this;
    if (stream.state === 'closed') this.closed.resolve();
    else if (stream.state === 'errored') this.closed.reject(stream.storedError);
  }
}

// ReadableStreamDefaultReaderRead
function read(reader, request) {
  const { stream } = reader;
  stream.disturbed = true;
  if (stream.state === 'readable') stream.controller.pullSteps(request);
  else if (stream.state === 'closed') request.close();
  else request.error(stream.storedError);
}

// What reads with `request` again and again, when called from its chunk(): a source may answer at once, then it is a loop
// and no recursion.
function makePump(reader, request) {
  let isLooping = false;
  let goOn = false;
  return function pump() {
    goOn = true;
    if (isLooping) return;
    isLooping = true;
    while (goOn) {
      goOn = false;
      read(reader, request);
    }
    isLooping = false;
  };
}

const releasedReason = () => invalidState('Reader released');

// ReadableStreamDefaultReaderRelease, ReadableStreamBYOBReaderRelease
function release(reader) {
  const { stream } = reader;
  reader.closed.ensureRejected(undefined, releasedReason);
  stream.controller.releaseSteps();
  stream.reader = undefined;
  reader.stream = undefined;
  if (reader.requests.length > 0) failRequests(reader, invalidState('Releasing reader'));
}

// --- controllers ----------------------------------------------------------------------------------------------------

// What the controllers of default and of byte streams share; subclasses have isByte and error(reason).
class Controller {
  // Everything but the start algorithm's answer, which start() takes. Algorithms may be undefined.
  constructor(stream, pull, cancel, highWaterMark) {
    this.stream = stream;
    this.queue = new Queue();
    this.totalSize = 0;
    this.started = false;
    this.closeRequested = false;
    this.pullAgain = false;
    this.pulling = false;
    this.pullAlgorithm = pull;
    this.cancelAlgorithm = cancel;
    this.highWaterMark = highWaterMark;
    this.facade = undefined;
    this.onPulled = undefined;
    this.onPullFailed = undefined;
    stream.controller = this;
  }

  start(result) {
    whenDone(result, () => {
      this.started = true;
      this.callPullIfNeeded();
    }, (reason) => this.error(reason));
  }

  get desiredSize() {
    const { state } = this.stream;
    if (state === 'errored') return null;
    return state === 'closed' ? 0 : this.highWaterMark - this.totalSize;
  }

  get canCloseOrEnqueue() {
    return !this.closeRequested && this.stream.state === 'readable';
  }

  // ReadableStreamDefaultControllerShouldCallPull, ReadableByteStreamControllerShouldCallPull
  get shouldCallPull() {
    if (!this.started || this.closeRequested || this.stream.state !== 'readable') return false;
    const { reader } = this.stream;
    return (reader !== undefined && reader.requests.length > 0) || this.highWaterMark > this.totalSize;
  }

  // ReadableStreamDefaultControllerCallPullIfNeeded, ReadableByteStreamControllerCallPullIfNeeded. FAST: a stream without
  // a pull algorithm has nothing to call, and nobody sees the promise that would tell so.
  callPullIfNeeded() {
    if (this.pullAlgorithm === undefined || !this.shouldCallPull) return;
    if (this.pulling) {
      this.pullAgain = true;
      return;
    }
    this.pulling = true;
    if (this.onPulled === undefined) {
      this.onPulled = () => {
        this.pulling = false;
        if (this.pullAgain) {
          this.pullAgain = false;
          this.callPullIfNeeded();
        }
      };
      this.onPullFailed = (reason) => this.error(reason);
    }
    whenDone(perform(this.pullAlgorithm, this.facade), this.onPulled, this.onPullFailed);
  }

  clearAlgorithms() {
    this.pullAlgorithm = undefined;
    this.cancelAlgorithm = undefined;
  }

  resetQueue() {
    this.queue.clear();
    this.totalSize = 0;
  }
}

class DefaultController extends Controller {
  constructor(stream, pull, cancel, highWaterMark, size) {
    super(stream, pull, cancel, highWaterMark);
    this.sizes = size === undefined ? undefined : new Queue();
    this.sizeAlgorithm = size;
  }

  get isByte() {
    return false;
  }

  clearAlgorithms() {
    super.clearAlgorithms();
    this.sizeAlgorithm = undefined;
  }

  resetQueue() {
    super.resetQueue();
    this.sizes?.clear();
  }

  // ReadableStreamDefaultControllerClose
  close() {
    if (!this.canCloseOrEnqueue) return;
    this.closeRequested = true;
    if (this.queue.length === 0) {
      this.clearAlgorithms();
      close(this.stream);
    }
  }

  // ReadableStreamDefaultControllerEnqueue
  enqueue(chunk) {
    if (!this.canCloseOrEnqueue) return;
    const { reader } = this.stream;
    if (reader !== undefined && reader.requests.length > 0) {
      reader.requests.shift().chunk(chunk);
    } else {
      let size = 1;
      if (this.sizes !== undefined) {
        try {
          size = checkSize(this.sizeAlgorithm === undefined ? 1 : this.sizeAlgorithm(chunk));
        } catch (reason) {
          this.error(reason);
          throw reason;
        }
        this.sizes.push(size);
      }
      this.queue.push(chunk);
      this.totalSize += size;
    }
    this.callPullIfNeeded();
  }

  // ReadableStreamDefaultControllerError
  error(reason) {
    if (this.stream.state !== 'readable') return;
    this.resetQueue();
    this.clearAlgorithms();
    error(this.stream, reason);
  }

  // DequeueValue and what a chunk's departure brings about: the queue is not empty.
  takeChunk() {
    const chunk = this.queue.shift();
    if (this.sizes === undefined) {
      this.totalSize--;
    } else {
      this.totalSize -= this.sizes.shift();
      if (this.totalSize < 0) this.totalSize = 0;
    }
    if (this.closeRequested && this.queue.length === 0) {
      this.clearAlgorithms();
      close(this.stream);
    } else {
      this.callPullIfNeeded();
    }
    return chunk;
  }

  // [[PullSteps]]
  pullSteps(request) {
    if (this.queue.length > 0) {
      request.chunk(this.takeChunk());
    } else {
      this.stream.reader.requests.push(request);
      this.callPullIfNeeded();
    }
  }

  // [[CancelSteps]]
  cancelSteps(reason) {
    this.resetQueue();
    const { cancelAlgorithm } = this;
    const result = cancelAlgorithm === undefined ? undefined : perform(cancelAlgorithm, reason);
    this.clearAlgorithms();
    return result;
  }

  // [[ReleaseSteps]]
  releaseSteps() {}
}

// CreateReadableStream: a started record for the library's own use; `start` is the start algorithm's answer.
function createReadable(start, pull, cancel, highWaterMark = 1, size = undefined) {
  const stream = new Readable();
  const controller = new DefaultController(stream, pull, cancel, highWaterMark, size);
  controller.start(start);
  return stream;
}

module.exports = {
  Controller,
  DefaultController,
  Readable,
  Reader,
  cancel,
  close,
  createReadable,
  error,
  failRequests,
  makePump,
  read,
  release,
};

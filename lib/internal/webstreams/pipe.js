// SPDX-License-Identifier: MIT
'use strict';

// ReadableStreamPipeTo  https://streams.spec.whatwg.org/#readable-stream-pipe-to. Chunks go from one record to the other
// without a promise each: the pipe counts the writes that have not ended.

const { invalidState } = require('internal/webstreams/util');
const readables = require('internal/webstreams/readable');
const writables = require('internal/webstreams/writable');

class Pipe {
  constructor(source, destination, options) {
    this.source = source;
    this.destination = destination;
    this.options = options;
    this.reader = new readables.Reader(source, false);
    this.writer = new writables.Writer(destination);
    source.disturbed = true;
    this.result = Promise.withResolvers();
    this.isShuttingDown = false;
    this.isReading = false; // a read request is out
    this.unfinished = 0; // writes whose outcome is open
    this.onIdle = undefined;
    this.onAbort = undefined;
    this.waitsForReady = false;
    this.pump = this.pump.bind(this);
    this.onReady = () => {
      this.waitsForReady = false;
      this.pump();
    };
  }

  // A write's request.
  resolve() {
    if (--this.unfinished === 0) this.onIdle?.();
  }

  reject() {
    if (--this.unfinished === 0) this.onIdle?.();
  }

  // A read's request. A chunk's write takes a microtask's delay, so that it does not run inside the source's enqueue().
  chunk(value) {
    this.isReading = false;
    this.unfinished++;
    resolvedThen(() => {
      if (this.writer.stream === undefined || writables.write(this.writer, value, this) !== undefined) this.resolve();
      this.pump();
    });
  }

  close() {
    this.isReading = false;
  }

  error() {
    this.isReading = false;
  }

  start() {
    const { signal } = this.options;
    if (signal !== undefined) {
      this.onAbort = () => this.abort(signal.reason);
      if (signal.aborted) {
        this.onAbort();
        return;
      }
      const { kResistStopPropagation } = require('internal/event_target');
      signal.addEventListener('abort', this.onAbort, { once: true, [kResistStopPropagation]: true });
    }
    this.watch();
    this.pump();
  }

  // Errors and ends go forward and backward, in the standard's order where several hold at the start.
  watch() {
    const { source, destination, reader, writer } = this;
    if (source.state === 'errored') this.onSourceError(source.storedError);
    else if (destination.state === 'errored') this.onDestinationError(destination.storedError);
    else if (source.state === 'closed') this.onSourceClose();
    else if (destination.isClosing || destination.state === 'closed') this.onDestinationClosed();
    if (this.isShuttingDown) return;
    reader.closed.get().then(() => this.onSourceClose(), (reason) => this.onSourceError(reason));
    writer.closed.get().then(() => this.onDestinationClosed(), (reason) => this.onDestinationError(reason));
  }

  // Reads while the destination wants more. Chunks that wait in the source's queue go over at once.
  pump() {
    const { source, destination, writer } = this;
    while (!this.isShuttingDown && !this.isReading) {
      if (source.state !== 'readable' || destination.state !== 'writable' || destination.isClosing) return;
      if (destination.backpressure) {
        if (!this.waitsForReady) {
          this.waitsForReady = true;
          writer.ready.get().then(this.onReady, this.onReady);
        }
        return;
      }
      const { controller } = source;
      if (!controller.isByte && controller.queue.length > 0) {
        this.unfinished++;
        if (writables.write(writer, controller.takeChunk(), this) !== undefined) this.resolve();
      } else {
        this.isReading = true;
        readables.read(this.reader, this);
        return;
      }
    }
  }

  onSourceError(reason) {
    if (this.options.preventAbort) this.shutDown(undefined, { reason });
    else this.shutDown(() => writables.abort(this.destination, reason), { reason });
  }

  onDestinationError(reason) {
    if (this.options.preventCancel) this.shutDown(undefined, { reason });
    else this.shutDown(() => readables.cancel(this.source, reason), { reason });
  }

  onSourceClose() {
    this.shutDown(this.options.preventClose ? undefined : () => closeWithErrorPropagation(this.destination));
  }

  onDestinationClosed() {
    const reason = invalidState('Destination WritableStream is closed');
    if (this.options.preventCancel) this.shutDown(undefined, { reason });
    else this.shutDown(() => readables.cancel(this.source, reason), { reason });
  }

  abort(reason) {
    const { source, destination, options } = this;
    this.shutDown(() => {
      const actions = [];
      if (!options.preventAbort && destination.state === 'writable') {
        actions.push(writables.abort(destination, reason));
      }
      if (!options.preventCancel && source.state === 'readable') actions.push(readables.cancel(source, reason));
      return Promise.all(actions);
    }, { reason });
  }

  // "Shutdown with an action" and "Shutdown": what was read is written first.
  shutDown(action, failure = undefined) {
    if (this.isShuttingDown) return;
    this.isShuttingDown = true;
    const run = () => {
      this.onIdle = undefined;
      if (action === undefined) {
        this.finish(failure);
      } else {
        action().then(() => this.finish(failure), (reason) => this.finish({ reason }));
      }
    };
    const { destination } = this;
    if (this.unfinished > 0 && destination.state === 'writable' && !destination.isClosing) this.onIdle = run;
    else run();
  }

  finish(failure) {
    writables.release(this.writer);
    readables.release(this.reader);
    this.options.signal?.removeEventListener('abort', this.onAbort);
    if (failure === undefined) this.result.resolve();
    else this.result.reject(failure.reason);
  }
}

const resolved = Promise.resolve();

function resolvedThen(callback) {
  resolved.then(callback);
}

// WritableStreamDefaultWriterCloseWithErrorPropagation
function closeWithErrorPropagation(stream) {
  if (stream.isClosing || stream.state === 'closed') return Promise.resolve();
  if (stream.state === 'errored') return Promise.reject(stream.storedError);
  const request = Promise.withResolvers();
  writables.close(stream, request);
  return request.promise;
}

// A promise of the pipe's end; neither stream is locked.
function pipe(source, destination, options) {
  const made = new Pipe(source, destination, options);
  made.start();
  return made.result.promise;
}

module.exports = { pipe };

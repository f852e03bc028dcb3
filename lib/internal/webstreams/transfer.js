// SPDX-License-Identifier: MIT
'use strict';

// Streams that go to another thread, or through structuredClone()  https://streams.spec.whatwg.org/#transferrable-streams.
// What stays is piped to or from a stream over one port of a pair; the receiver makes its stream over the other. Messages are
// { type, value } with the types chunk, pull, close and error.

const { markHandled } = require('internal/webstreams/util');
const { ReadableStream, streamOf } = require('internal/webstreams/readablestream');
const { WritableStream, writableOf } = require('internal/webstreams/writablestream');
const { makeError } = require('internal/worker/clone');

function send(port, type, value) {
  port.postMessage({ type, value });
}

// An error that cannot be cloned is told of in its place.
function sendError(port, error) {
  try {
    send(port, 'error', error);
  } catch (cloneError) {
    send(port, 'error', cloneError);
  }
}

// The value goes over; what cannot be cloned is an error of both sides.
function sendOrTell(port, type, value) {
  try {
    send(port, type, value);
  } catch (error) {
    sendError(port, error);
    port.close();
    throw error;
  }
}

function listen(port, handlers, onBroken) {
  port.on('message', (message) => {
    const { type, value } = message;
    handlers[type]?.(value);
  });
  port.on('messageerror', () => {
    const error = makeError('A chunk could not be deserialized');
    sendError(port, error);
    onBroken(error);
    port.close();
  });
}

// SetUpCrossRealmTransformReadable
function readableOver(port) {
  return new ReadableStream({
    start(controller) {
      listen(port, {
        __proto__: null,
        chunk(value) {
          controller.enqueue(value);
        },
        close() {
          controller.close();
          port.close();
        },
        error(value) {
          controller.error(value);
          port.close();
        },
      }, (error) => controller.error(error));
    },
    pull() {
      send(port, 'pull', undefined);
    },
    cancel(reason) {
      sendOrTell(port, 'error', reason);
      port.close();
    },
  }, { highWaterMark: 0, size: () => 1 });
}

// SetUpCrossRealmTransformWritable
function writableOver(port) {
  let ready = Promise.withResolvers(); // undefined: the other side asked for a chunk
  const goOn = () => {
    ready?.resolve();
    ready = undefined;
  };
  return new WritableStream({
    start(controller) {
      const fail = (error) => {
        controller.error(error);
        goOn();
      };
      listen(port, { __proto__: null, pull: goOn, error: fail }, fail);
    },
    async write(chunk) {
      await ready?.promise;
      ready = Promise.withResolvers();
      sendOrTell(port, 'chunk', chunk);
    },
    close() {
      send(port, 'close', undefined);
      port.close();
    },
    abort(reason) {
      sendOrTell(port, 'error', reason);
      port.close();
    },
  }, { highWaterMark: 1, size: () => 1 });
}

function newChannel() {
  const { MessageChannel } = require('internal/worker/ports');
  return new MessageChannel();
}

function pipe(readable, writable) {
  markHandled(require('internal/webstreams/pipe').pipe(streamOf(readable), writableOf(writable), {}));
}

function refuseLocked(stream, name) {
  if (stream.locked) throw makeError(`Cannot transfer a locked ${name}`);
}

function sendReadable(readable) {
  refuseLocked(readable, 'ReadableStream');
  const { port1, port2 } = newChannel();
  pipe(readable, writableOver(port1));
  return port2;
}

function sendWritable(writable) {
  refuseLocked(writable, 'WritableStream');
  const { port1, port2 } = newChannel();
  pipe(readableOver(port1), writable);
  return port2;
}

function transferReadable(stream) {
  const port = sendReadable(stream);
  return ['ReadableStream', { port }, [port]];
}

function transferWritable(stream) {
  const port = sendWritable(stream);
  return ['WritableStream', { port }, [port]];
}

function transferTransform({ readable, writable }) {
  refuseLocked(readable, 'ReadableStream');
  refuseLocked(writable, 'WritableStream');
  const ports = [sendReadable(readable), sendWritable(writable)];
  return ['TransformStream', { readable: ports[0], writable: ports[1] }, ports];
}

const restoreReadable = ({ port }) => readableOver(port);
const restoreWritable = ({ port }) => writableOver(port);

function restoreTransform({ readable, writable }) {
  const { transformFrom } = require('internal/webstreams/transformstream');
  return transformFrom(streamOf(readableOver(readable)), writableOf(writableOver(writable)));
}

module.exports = { restoreReadable, restoreTransform, restoreWritable, transferReadable, transferTransform, transferWritable };

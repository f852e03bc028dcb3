// SPDX-License-Identifier: MIT
'use strict';

// FileHandle.prototype.readableWebStream(): a byte stream over an open file, which one such stream at a time may use.

const { validateBoolean, validateObject } = require('internal/validators');
const { invalidState } = require('internal/webstreams/util');

// Handles that a web stream has been made of.
const lockedHandles = new WeakSet();

const kChunkSize = 16384;

function readableWebStream(handle, options, kFd, kClosePromise) {
  if (handle[kFd] === -1 || handle[kClosePromise] !== null) throw invalidState('The FileHandle is closed');
  if (lockedHandles.has(handle)) throw invalidState('The FileHandle is locked');
  validateObject(options, 'options');
  const { autoClose = false } = options;
  validateBoolean(autoClose, 'options.autoClose');
  lockedHandles.add(handle);

  let isOver = false;
  const finish = async () => {
    isOver = true;
    handle.removeListener('close', onclose);
    if (autoClose) await handle.close();
  };
  const { ReadableStream } = require('internal/webstreams/readablestream');
  let controller;
  const stream = new ReadableStream({
    type: 'bytes',
    autoAllocateChunkSize: kChunkSize,
    start(given) {
      controller = given;
    },
    async pull() {
      const { byobRequest } = controller;
      const { view } = byobRequest;
      const { bytesRead } = await handle.read(view, 0, view.byteLength);
      if (isOver) return;
      if (bytesRead === 0) {
        controller.close();
        byobRequest.respond(0);
        await finish();
      } else {
        byobRequest.respond(bytesRead);
      }
    },
    cancel: finish,
  });

  // Closed under the stream's hands: nothing more comes.
  function onclose() {
    if (isOver) return;
    isOver = true;
    require('internal/webstreams/readable').cancel(require('internal/webstreams/readablestream').streamOf(stream))
      .catch(() => {});
  }
  handle.once('close', onclose);
  return stream;
}

module.exports = { readableWebStream };

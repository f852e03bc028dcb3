// SPDX-License-Identifier: MIT
'use strict';

// Messages from any thread to any other, by its id: postMessageToThread() and the process's 'workerMessage' event. The
// answer of the receiving thread comes back in a shared word.

const { codes } = require('internal/errors');
const { validateNumber } = require('internal/validators');
const { kHandle, transferListOf } = require('internal/worker/ports');
const binding = internalBinding('worker');

const kWaiting = 0;
const kReceived = 1;
const kFailed = 2;
const kErrored = 3;

let inbox;

// Opens this thread's mailbox; what arrives before is kept.
function listen() {
  if (inbox !== undefined) {
    return;
  }
  inbox = binding.takeInbox();
  inbox[kHandle].keepsUnref = true;
  inbox.on('message', receive);
  inbox.start();
  inbox.unref();
}

function receive({ source, status, value }) {
  let answer = kFailed;
  try {
    if (process.listenerCount('workerMessage') > 0) {
      answer = kErrored;
      process.emit('workerMessage', value, source);
      answer = kReceived;
    }
  } catch {
    // The sender is told.
  }
  Atomics.store(status, 0, answer);
  Atomics.notify(status, 0);
}

async function postMessageToThread(target, value, transferList, timeout) {
  if (typeof transferList === 'number' && timeout === undefined) {
    timeout = transferList;
    transferList = undefined;
  }
  if (timeout !== undefined) {
    validateNumber(timeout, 'timeout', 0);
  }
  if (target === binding.threadId) {
    throw new codes.ERR_WORKER_MESSAGING_SAME_THREAD();
  }
  const status = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  if (!binding.postToThread(target, { source: binding.threadId, status, value }, transferListOf(transferList))) {
    throw new codes.ERR_WORKER_MESSAGING_FAILED();
  }
  const waiting = Atomics.waitAsync(status, 0, kWaiting, timeout);
  if (await waiting.value === 'timed-out') {
    throw new codes.ERR_WORKER_MESSAGING_TIMEOUT();
  }
  if (status[0] === kFailed) {
    throw new codes.ERR_WORKER_MESSAGING_FAILED();
  }
  if (status[0] === kErrored) {
    throw new codes.ERR_WORKER_MESSAGING_ERRORED();
  }
}

module.exports = { listen, postMessageToThread };

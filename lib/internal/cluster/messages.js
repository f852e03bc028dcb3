// SPDX-License-Identifier: MIT
'use strict';

// Questions and answers between a cluster's primary and its workers, over their IPC channels: internal messages with a
// number each; an answer has the number of what it answers in `ack`.

const COMMAND = 'NODE_CLUSTER';

const waiting = new Map();
let last = 0;

// callback(reply, handle) when the other side answers. False: the channel is closed.
function send(target, message, handle, callback) {
  if (!target.connected) {
    return false;
  }
  const numbered = { cmd: COMMAND, ...message, seq: ++last };
  if (typeof callback === 'function') {
    waiting.set(last, callback);
  }
  return target.send(numbered, handle);
}

// A listener of 'internalMessage' that gives answers to who asked, and the rest to `take` (this: worker).
function receiver(worker, take) {
  return function onInternalMessage(message, handle) {
    if (message.cmd !== COMMAND) {
      return;
    }
    const answered = message.ack === undefined ? undefined : waiting.get(message.ack);
    if (answered !== undefined) {
      waiting.delete(message.ack);
    }
    (answered ?? take).call(worker, message, handle);
  };
}

module.exports = { receiver, send };

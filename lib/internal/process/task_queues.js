// SPDX-License-Identifier: MIT
'use strict';

// process.nextTick and the function that C calls after every callback from the event loop: it runs all ticks, then all
// promise jobs, again while either made more, and then looks at rejected promises nobody handled. C skips the call while
// tickInfo says there is nothing to do (it runs the promise jobs itself then).

const { validateFunction } = require('internal/validators');
const { currentFrame, frames, hooks, restoreFrame } = require('internal/async_context');
const { tickInfo, runMicrotasks, setTickCallback, enqueueMicrotask } = internalBinding('task_queue');
const {
  processPromiseRejections, listenForRejections,
} = require('internal/process/promises');

const HAS_TICKS = 0;

// The ticks that wait: a ring, which is never full. Its size is a power of two.
const MIN_RING = 256;
const MAX_IDLE_RING = 16384;
let ring = new Array(MIN_RING);
let first = 0;
let end = 0;

function growRing() {
  const { length } = ring;
  const larger = new Array(2 * length);
  for (let k = 0; k < length; k++) larger[k] = ring[(first + k) & (length - 1)];
  ring = larger;
  first = 0;
  end = length;
}

function processTicksAndRejections() {
  do {
    while (first !== end) {
      const { callback, args, frame } = ring[first];
      ring[first] = undefined;
      first = (first + 1) & (ring.length - 1);
      if (frames.areUsed) restoreFrame(frame);
      if (args === undefined) {
        callback();
      } else {
        switch (args.length) {
          case 1: callback(args[0]); break;
          case 2: callback(args[0], args[1]); break;
          case 3: callback(args[0], args[1], args[2]); break;
          default: callback(...args);
        }
      }
    }
    if (frames.areUsed) restoreFrame(undefined);
    runMicrotasks();
  } while (first !== end || processPromiseRejections());
  if (ring.length > MAX_IDLE_RING) {
    ring = new Array(MIN_RING);
    first = end = 0;
  }
  tickInfo[HAS_TICKS] = 0;
}

function nextTick(callback, ...args) {
  if (typeof callback !== 'function') validateFunction(callback, 'callback');
  if (process._exiting) {
    return;
  }
  if (hooks.areOn) {
    callback = hooks.module.hookTick(callback, args);
    args = [];
  }
  ring[end] = {
    callback, args: args.length > 0 ? args : undefined, frame: frames.areUsed ? currentFrame() : undefined,
  };
  end = (end + 1) & (ring.length - 1);
  if (end === first) growRing();
  tickInfo[HAS_TICKS] = 1;
}
Object.defineProperty(nextTick, 'length', { __proto__: null, value: 1, configurable: true });

function queueMicrotask(callback) {
  validateFunction(callback, 'callback');
  // An exception in it is an uncaught exception, which the engine reports through the job queue.
  if (hooks.areOn) callback = hooks.module.hookMicrotask(callback);
  const frame = currentFrame();
  if (frame === undefined) {
    enqueueMicrotask(callback);
    return;
  }
  enqueueMicrotask(() => {
    restoreFrame(frame);
    try {
      callback();
    } finally {
      restoreFrame(undefined);
    }
  });
}

function setupTaskQueue() {
  listenForRejections();
  setTickCallback(processTicksAndRejections);
}

module.exports = { nextTick, processTicksAndRejections, queueMicrotask, setupTaskQueue };

// SPDX-License-Identifier: MIT
'use strict';

// process.nextTick and the function that C calls after every callback from the event loop: it runs all ticks, then all
// promise jobs, again while either made more, and then looks at rejected promises nobody handled. C skips the call while
// tickInfo says there is nothing to do (it runs the promise jobs itself then).

const { validateFunction } = require('internal/validators');
const FixedQueue = require('internal/fixed_queue');
const { currentFrame, restoreFrame } = require('internal/async_context');
const { tickInfo, runMicrotasks, setTickCallback, enqueueMicrotask } = internalBinding('task_queue');
const {
  processPromiseRejections, listenForRejections,
} = require('internal/process/promises');

const HAS_TICKS = 0;

const queue = new FixedQueue();

function processTicksAndRejections() {
  do {
    let tick;
    while ((tick = queue.shift()) !== null) {
      const { callback, args } = tick;
      restoreFrame(tick.frame);
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
    restoreFrame(undefined);
    runMicrotasks();
  } while (!queue.isEmpty() || processPromiseRejections());
  tickInfo[HAS_TICKS] = 0;
}

function nextTick(callback, ...args) {
  validateFunction(callback, 'callback');
  if (process._exiting) {
    return;
  }
  queue.push({ callback, args: args.length > 0 ? args : undefined, frame: currentFrame() });
  tickInfo[HAS_TICKS] = 1;
}
Object.defineProperty(nextTick, 'length', { __proto__: null, value: 1, configurable: true });

function queueMicrotask(callback) {
  validateFunction(callback, 'callback');
  // An exception in it is an uncaught exception, which the engine reports through the job queue.
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

// SPDX-License-Identifier: MIT
'use strict';

// process.nextTick and the function that C calls after every callback from the event loop: it runs all ticks, then all
// promise jobs, again while either made more, and then looks at rejected promises nobody handled. C skips the call while
// tickInfo says there is nothing to do (it runs the promise jobs itself then).

const { validateFunction } = require('internal/validators');
const { frames, hooks, restoreFrame } = require('internal/async_context');
const { tickInfo, runMicrotasks, setTickCallback, makeQueue, enqueueMicrotask } = internalBinding('task_queue');
const {
  processPromiseRejections, listenForRejections,
} = require('internal/process/promises');

const HAS_TICKS = 0;
const HAS_REJECTIONS = 1;

// The queue is C's, and both functions are: these get what is out of the ordinary.
const { nextTick, enqueueTick, runTicks, queueMicrotask } = makeQueue(nextTickSlow, queueMicrotaskSlow);

function processTicksAndRejections() {
  do {
    if (tickInfo[HAS_TICKS] !== 0) runTicks();
    if (frames.areUsed) restoreFrame(undefined);
    runMicrotasks();
  } while (tickInfo[HAS_TICKS] !== 0 || (tickInfo[HAS_REJECTIONS] !== 0 && processPromiseRejections()));
}

// No function, async hooks, or the process is about to exit.
function nextTickSlow(callback, ...args) {
  validateFunction(callback, 'callback');
  if (process._exiting) return;
  enqueueTick(hooks.areOn ? hooks.module.hookTick(callback, args) : callback, ...args);
}

// An exception in it is an uncaught exception, which the engine reports through the job queue.
function queueMicrotaskSlow(callback) {
  validateFunction(callback, 'callback');
  enqueueMicrotask(hooks.areOn ? hooks.module.hookMicrotask(callback) : callback);
}

function setupTaskQueue() {
  listenForRejections();
  setTickCallback(processTicksAndRejections);
}

module.exports = { nextTick, processTicksAndRejections, queueMicrotask, setupTaskQueue };

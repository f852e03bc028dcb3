// SPDX-License-Identifier: MIT
'use strict';

// process.nextTick and the function that C calls after every callback from the event loop: it runs all ticks, then all
// promise jobs, again while either made more, and then looks at rejected promises nobody handled. C skips the call while
// tickInfo says there is nothing to do (it runs the promise jobs itself then).

const { validateFunction } = require('internal/validators');
const { hooks } = require('internal/async_context');
const { drain, setTickCallback, makeQueue, enqueueMicrotask } = internalBinding('task_queue');
const {
  processPromiseRejections, listenForRejections,
} = require('internal/process/promises');

// The queue is C's, and both functions are: these get what is out of the ordinary.
const { nextTick, enqueueTick, queueMicrotask } = makeQueue(nextTickSlow, queueMicrotaskSlow);

// Ticks and jobs are C's loop, which says whether there are rejections; looking at them may make more of both.
function processTicksAndRejections() {
  while (drain() && processPromiseRejections());
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

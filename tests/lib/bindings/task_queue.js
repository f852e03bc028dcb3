// SPDX-License-Identifier: MIT
'use strict';

// Stand-in for the task queue: the host drains its own ticks; ours are drained after every host callback the
// other stand-ins make, and in a host tick when something was scheduled outside of one.

// Only a host with --expose-internals lets us run its jobs at will.
let hostQueue;
try {
  hostQueue = require('./host').internalBinding('task_queue');
} catch {
  // Then jobs run when the host runs them.
}

const tickInfo = new Uint32Array(2);
let tickCallback = () => {};

module.exports = {
  tickInfo,
  runMicrotasks: () => hostQueue?.runMicrotasks(),
  setTickCallback(fn) {
    tickCallback = fn;
  },
  enqueueMicrotask: globalThis.queueMicrotask,
  setPromiseRejectCallback() {},
  promiseRejectEvents: {
    kPromiseRejectWithNoHandler: 0,
    kPromiseHandlerAddedAfterReject: 1,
    kPromiseResolveAfterResolved: 2,
    kPromiseRejectAfterResolved: 3,
  },
};

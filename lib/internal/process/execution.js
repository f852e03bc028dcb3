// SPDX-License-Identifier: MIT
'use strict';

// What happens to an exception nobody caught. C calls onUncaughtException; where it answers false, C prints the error
// and ends the process with the exit code (1, or process.exitCode where an 'exit' listener changed it).

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');

let captureCallback = null;
// Callbacks of internal users (the domain module, the REPL), tried first.
const auxiliaryCallbacks = [];

// Some turn of the loop must come, for ticks that were queued behind the exception to run after it.
function noop() {}

function onUncaughtException(error, fromPromise) {
  if (!reportUncaught(error, fromPromise)) {
    return false;
  }
  const { hooks, restoreFrame } = require('internal/async_context');
  restoreFrame(undefined);
  if (hooks.areOn) hooks.module.unwind();
  require('internal/timers').setImmediate(noop);
  return true;
}

function reportUncaught(error, fromPromise) {
  const origin = fromPromise ? 'unhandledRejection' : 'uncaughtException';
  process.emit('uncaughtExceptionMonitor', error, origin);
  for (let i = 0; i < auxiliaryCallbacks.length; i++) {
    if (auxiliaryCallbacks[i](error)) {
      return true;
    }
  }
  if (captureCallback !== null) {
    captureCallback(error);
    return true;
  }
  if (process.emit('uncaughtException', error, origin)) {
    return true;
  }
  try {
    if (!process._exiting) {
      process._exiting = true;
      process.exitCode = 1;
      process.emit('exit', 1);
    }
  } catch {
    // The first error is the one that is reported.
  }
  return false;
}

function setUncaughtExceptionCaptureCallback(fn) {
  if (fn === null) {
    captureCallback = null;
    return;
  }
  if (typeof fn !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('fn', ['Function', 'null'], fn);
  }
  if (captureCallback !== null) {
    throw new codes.ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET();
  }
  captureCallback = fn;
}

function addUncaughtExceptionCaptureCallback(fn) {
  validateFunction(fn, 'fn');
  auxiliaryCallbacks.push(fn);
}

function hasUncaughtExceptionCaptureCallback() {
  return captureCallback !== null;
}

module.exports = {
  addUncaughtExceptionCaptureCallback,
  hasUncaughtExceptionCaptureCallback,
  onUncaughtException,
  setUncaughtExceptionCaptureCallback,
};

// SPDX-License-Identifier: MIT
'use strict';

// Rejected promises: those without a handler once all ticks and jobs have run are reported in the way
// --unhandled-rejections chose; a handler added later takes the report back.

const { tickInfo, setPromiseRejectCallback, promiseRejectEvents } = internalBinding('task_queue');
const { currentFrame, hooks, restoreFrame } = require('internal/async_context');
const { kPromiseRejectWithNoHandler, kPromiseHandlerAddedAfterReject } = promiseRejectEvents;

const HAS_REJECTIONS = 1;

// Promises rejected without a handler that have not been reported yet, with { reason, id, warned, frame }.
let pending = new Map();
// The same objects for every promise rejected without a handler, reported or not.
const known = new WeakMap();
// Reported ones that found a handler.
let handledLate = [];
let lastId = 0;
let mode;

function onPromiseReject(type, promise, reason) {
  if (type === kPromiseRejectWithNoHandler) {
    const info = { reason, id: ++lastId, warned: false, frame: currentFrame() };
    known.set(promise, info);
    pending.set(promise, info);
    tickInfo[HAS_REJECTIONS] = 1;
    hooks.trace?.countRejection(1, 0);
  } else if (type === kPromiseHandlerAddedAfterReject) {
    hooks.trace?.countRejection(0, 1);
    const info = known.get(promise);
    if (info === undefined) {
      return;
    }
    known.delete(promise);
    if (pending.delete(promise) || !info.warned) {
      return;
    }
    handledLate.push({ promise, id: info.id });
    tickInfo[HAS_REJECTIONS] = 1;
  }
}

// Reports what there is to report. True when that may have made new ticks or jobs.
function processPromiseRejections() {
  let didWork = false;
  while (handledLate.length > 0) {
    const { promise, id } = handledLate.shift();
    didWork = true;
    if (!process.emit('rejectionHandled', promise)) {
      const warning = namedWarning('PromiseRejectionHandledWarning',
        `Promise rejection was handled asynchronously (rejection id: ${id})`);
      warning.id = id;
      process.emitWarning(warning);
    }
  }
  if (pending.size > 0) {
    mode ??= chooseMode();
    const batch = pending;
    pending = new Map();
    for (const { 0: promise, 1: info } of batch) {
      didWork = true;
      batch.delete(promise);
      info.warned = true;
      try {
        restoreFrame(info.frame);
        mode(promise, info);
        restoreFrame(undefined);
      } catch (error) {
        // Those after it are not forgotten.
        for (const { 0: restPromise, 1: restInfo } of batch) {
          pending.set(restPromise, restInfo);
        }
        throw error;
      }
    }
  }
  tickInfo[HAS_REJECTIONS] = pending.size > 0 ? 1 : 0;
  return didWork;
}

function chooseMode() {
  const { getOptionValue } = require('internal/options');
  switch (getOptionValue('--unhandled-rejections')) {
    case 'none': return noneMode;
    case 'warn': return warnMode;
    case 'strict': return strictMode;
    case 'warn-with-error-code': return warnWithErrorCodesMode;
    default: return throwMode;
  }
}

function emitUnhandled(promise, info) {
  return process.emit('unhandledRejection', info.reason, promise);
}

function toException(reason) {
  if (typeof reason === 'object' && reason !== null && Object.hasOwn(reason, 'stack')) {
    return reason;
  }
  if (require('internal/util/types').isNativeError(reason)) {
    return reason;
  }
  return new UnhandledPromiseRejection(reason);
}

function throwMode(promise, info) {
  if (!emitUnhandled(promise, info)) {
    internalBinding('errors').triggerUncaughtException(toException(info.reason), true);
  }
}

function strictMode(promise, info) {
  internalBinding('errors').triggerUncaughtException(toException(info.reason), true);
  if (!emitUnhandled(promise, info)) {
    warnUnhandled(info);
  }
}

function warnMode(promise, info) {
  emitUnhandled(promise, info);
  warnUnhandled(info);
}

function warnWithErrorCodesMode(promise, info) {
  if (!emitUnhandled(promise, info)) {
    warnUnhandled(info);
    process.exitCode = 1;
  }
}

function noneMode(promise, info) {
  emitUnhandled(promise, info);
}

function namedWarning(name, message) {
  const warning = new Error(message);
  warning.name = name;
  return warning;
}

// Text of any value, without running code of the value.
function describe(value) {
  try {
    return String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

function warnUnhandled({ reason, id }) {
  const kName = 'UnhandledPromiseRejectionWarning';
  const isError = require('internal/util/types').isNativeError(reason);
  try {
    process.emitWarning(isError && reason.stack ? reason.stack : describe(reason), kName);
  } catch {
    // A warning that is thrown (--throw-deprecation) must not hide the next one.
  }
  const warning = namedWarning(kName,
    'Unhandled promise rejection. This error originated either by throwing inside of an async function without a ' +
    'catch block, or by rejecting a promise which was not handled with .catch(). To terminate the node process on ' +
    'unhandled promise rejection, use the CLI flag `--unhandled-rejections=strict` (see ' +
    `https://nodejs.org/api/cli.html#cli_unhandled_rejections_mode). (rejection id: ${id})`);
  if (isError) {
    warning.stack = reason.stack;
  }
  process.emitWarning(warning);
}

class UnhandledPromiseRejection extends Error {
  constructor(reason) {
    super('This error originated either by throwing inside of an async function without a catch block, or by ' +
      'rejecting a promise which was not handled with .catch(). The promise rejected with the reason ' +
      `"${describe(reason)}".`);
    this.code = 'ERR_UNHANDLED_REJECTION';
  }
}
// The name belongs to the class, not to each error.
Object.defineProperty(UnhandledPromiseRejection.prototype, 'name', {
  __proto__: null, value: 'UnhandledPromiseRejection', writable: true, configurable: true,
});

function listenForRejections() {
  setPromiseRejectCallback(onPromiseReject);
}

module.exports = { listenForRejections, processPromiseRejections };

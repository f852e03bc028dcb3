// SPDX-License-Identifier: MIT
'use strict';

// Calling a test's or a hook's function: with a callback or for a promise, in the test's async context, against the clock.

const { AsyncLocalStorage } = require('async_hooks');
const { UnmadeFailure, testFailure } = require('internal/test_runner/failure');
const { setTimeout, clearTimeout } = require('timers');
const { isPromise } = internalBinding('types');

// The test that the running code belongs to.
const currentTest = new AsyncLocalStorage();
// And the hook, where it is one's.
const currentHook = new AsyncLocalStorage();

// A promise for what `fn` does. A function with two parameters is given a callback.
async function callBody(owner, fn, context, ...more) {
  if (fn.length !== 2) return currentTest.run(owner, () => Reflect.apply(fn, context, [context, ...more]));
  const { promise, resolve, reject } = Promise.withResolvers();
  let calls = 0;
  const done = (error) => {
    if (++calls > 1) {
      // An uncaught exception of this test, which ends it where it still runs.
      throw testFailure('callback invoked multiple times', 'multipleCallbackInvocations');
    }
    if (error) {
      reject(error);
    } else {
      resolve();
    }
  };
  const result = currentTest.run(owner, () => Reflect.apply(fn, context, [context, done]));
  if (isPromise(result)) {
    result.then(undefined, () => {});
    throw testFailure('passed a callback but also returned a Promise', 'callbackAndPromisePresent');
  }
  return promise;
}

// A promise that rejects when the time is over (with an UnmadeFailure) or a signal aborts. stop() makes it harmless.
function raceAgainst(timeout, signals, describe = (ms) => `test timed out after ${ms}ms`) {
  const { promise, reject } = Promise.withResolvers();
  promise.catch(() => {});
  let timer;
  if (timeout !== null && timeout !== Infinity) {
    timer = setTimeout(() => {
      reject(new UnmadeFailure(() => testFailure(describe(timeout), 'testTimeoutFailure')));
    }, timeout);
  }
  const listened = [];
  for (const signal of signals) {
    if (signal === undefined || signal === null) continue;
    const onAbort = () => reject(asAbortFailure(signal.reason));
    const { kResistStopPropagation } = require('internal/event_target');
    signal.addEventListener('abort', onAbort, { __proto__: null, once: true, [kResistStopPropagation]: true });
    listened.push([signal, onAbort]);
  }
  return {
    promise,
    stop() {
      clearTimeout(timer);
      for (const { 0: signal, 1: onAbort } of listened) signal.removeEventListener('abort', onAbort);
    },
  };
}

// The reason of an abort as the failure of a test: an error carries the failure's type itself.
function asAbortFailure(reason) {
  if (reason !== null && typeof reason === 'object' && !Object.isFrozen(reason)) {
    if (reason.failureType === undefined) reason.failureType = 'testAborted';
    return reason;
  }
  return testFailure(reason, 'testAborted');
}

module.exports = { asAbortFailure, callBody, currentHook, currentTest, raceAgainst };

// SPDX-License-Identifier: MIT
'use strict';

// Who watches promises: v8.promiseHooks, and internal/async_hooks. The engine tells one function of every event; here it
// is passed on to all.

const { validateObject, validatePlainFunction } = require('internal/validators');
const { setPromiseHook } = internalBinding('async_context');
const { triggerUncaughtException } = internalBinding('errors');

// By the engine's number of an event: init, before, after, resolve.
const kEvents = ['init', 'before', 'after', 'settled'];

// Replaced, never changed: a list may be walked while it is changed.
const listeners = [[], [], [], []];
let watcher; // async hooks'

function tell(event, promise, parent) {
  if (watcher !== undefined) watcher(event, promise, parent);
  for (const listener of listeners[event]) {
    try {
      if (event === 0) listener(promise, parent);
      else listener(promise);
    } catch (error) {
      triggerUncaughtException(error, false);
    }
  }
}

function update() {
  const isUsed = watcher !== undefined || listeners.some((list) => list.length > 0);
  setPromiseHook(isUsed ? tell : undefined);
}

function add(event, listener) {
  listeners[event] = [...listeners[event], listener];
  update();
  return () => {
    listeners[event] = listeners[event].filter((each) => each !== listener);
    update();
  };
}

function makeOn(event) {
  return (fn) => {
    validatePlainFunction(fn, `${kEvents[event]}Hook`);
    // A function may be given more than once.
    return add(event, event === 0 ? (promise, parent) => fn(promise, parent) : (promise) => fn(promise));
  };
}

const onInit = makeOn(0);
const onBefore = makeOn(1);
const onAfter = makeOn(2);
const onSettled = makeOn(3);
const adders = [onInit, onBefore, onAfter, onSettled];

function createHook(callbacks = {}) {
  validateObject(callbacks, 'callbacks');
  const stops = [];
  const { init, before, after, settled } = callbacks;
  [init, before, after, settled].forEach((callback, event) => {
    if (callback) stops.push(adders[event](callback));
  });
  return () => stops.forEach((stop) => stop());
}

// The function of async hooks, or undefined.
function watch(fn) {
  watcher = fn;
  update();
}

module.exports = { promiseHooks: { createHook, onInit, onBefore, onAfter, onSettled }, watch };

// SPDX-License-Identifier: MIT
'use strict';

// util.debounce(): calls come to one, when there were none for a while.

const { AbortError, codes } = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateFunction, validateInteger, validateObject } =
  require('internal/validators');
const timers = require('internal/timers');

const kLongestTimeout = 2 ** 31 - 1;

// The promise of what a function returns or throws.
function settle(fn, self, args) {
  return new Promise((resolve) => resolve(Reflect.apply(fn, self, args)));
}

function readSignal(signal) {
  if (signal === undefined) return;
  if (typeof signal !== 'object' || signal === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.signal', 'AbortSignal', signal);
  }
  validateAbortSignal(signal, 'options.signal');
  if (signal.aborted) throw new AbortError(undefined, { __proto__: null, cause: signal.reason });
}

// The members that both kinds of functions have.
function addMembers(target, methods, getters) {
  for (const name of Object.keys(methods)) target[name] = methods[name];
  for (const name of Object.keys(getters)) {
    Object.defineProperty(target, name, { __proto__: null, get: () => getters[name](), enumerable: false, configurable: false });
  }
}

function debounce(fn, wait, options = {}) {
  validateFunction(fn, 'fn');
  validateInteger(wait, 'wait', 0, kLongestTimeout);
  validateObject(options, 'options');
  const { leading = false, rejectOnCancel = false, signal } = options;
  validateBoolean(leading, 'options.leading');
  validateBoolean(rejectOnCancel, 'options.rejectOnCancel');
  readSignal(signal);

  let waiting = []; // { resolve, reject, promise } of the calls that the next one of fn answers
  let last; // the arguments of the latest of them
  let timer; // of the window, also when nothing waits in it
  let isRefed = true;

  function startWindow() {
    timers.clearTimeout(timer);
    timer = timers.setTimeout(closeWindow, wait);
    if (!isRefed) timer.unref();
  }

  function closeWindow() {
    timers.clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const answered = waiting;
    const args = last;
    waiting = [];
    last = undefined;
    settle(fn, debounced, args).then((value) => {
      for (const { resolve } of answered) resolve(value);
    }, (reason) => {
      for (const { reject } of answered) reject(reason);
    });
  }

  function rejectAll(error) {
    const rejected = waiting;
    waiting = [];
    last = undefined;
    for (const { reject } of rejected) reject(error);
  }

  function cancel(reason) {
    timers.clearTimeout(timer);
    timer = undefined;
    if (waiting.length > 0) rejectAll(new AbortError(undefined, { __proto__: null, cause: reason }));
  }

  function debounced(...args) {
    if (signal?.aborted) return Promise.reject(new AbortError(undefined, { __proto__: null, cause: signal.reason }));
    const isFirst = leading && timer === undefined;
    startWindow();
    if (isFirst) return settle(fn, debounced, args);
    if (rejectOnCancel && waiting.length > 0) rejectAll(new AbortError('The debounced call was superseded'));
    const call = Promise.withResolvers();
    waiting.push(call);
    last = args;
    return call.promise;
  }

  signal?.addEventListener('abort', () => cancel(signal.reason), { once: true });
  addMembers(debounced, {
    cancel,
    flush() {
      if (waiting.length > 0) closeWindow();
    },
    ref() {
      isRefed = true;
      timer?.ref();
      return debounced;
    },
    unref() {
      isRefed = false;
      timer?.unref();
      return debounced;
    },
  }, {
    pending: () => waiting.at(-1)?.promise ?? null,
    pendingCount: () => waiting.length,
  });
  require('internal/util').setLength(debounced, fn.length);
  Object.defineProperty(debounced, 'name', { __proto__: null, value: fn.name, configurable: true });
  return debounced;
}

module.exports = { addMembers, debounce, kLongestTimeout, readSignal, settle };

// SPDX-License-Identifier: MIT
'use strict';

// util.throttle(): so many calls in an interval; the others wait their turn, or are refused.

const { AbortError, codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateInteger, validateObject, validateOneOf } =
  require('internal/validators');
const timers = require('internal/timers');
const { addMembers, kLongestTimeout, readSignal, settle } = require('internal/util/debounce');

function validateCount(value, name, least) {
  if (value !== Infinity) validateInteger(value, name, least);
}

function throttle(fn, limit, interval, options = {}) {
  validateFunction(fn, 'fn');
  validateInteger(limit, 'limit', 1);
  validateInteger(interval, 'interval', 0, kLongestTimeout);
  validateObject(options, 'options');
  const { concurrency = Infinity, maxPending = Infinity, overflow = 'queue', signal, strict = false } = options;
  validateCount(concurrency, 'options.concurrency', 1);
  validateCount(maxPending, 'options.maxPending', 0);
  validateOneOf(overflow, 'options.overflow', ['queue', 'drop']);
  validateBoolean(strict, 'options.strict');
  readSignal(signal);

  let queue = []; // { args, resolve, reject, promise }
  let starts = []; // when the calls of this interval began, the oldest first
  let active = 0; // results that have not settled
  let timer;
  let isRefed = true;

  // An interval begins with its first call; `strict` counts back from now instead.
  function forgetOld(now) {
    if (strict) {
      while (starts.length > 0 && now - starts[0] >= interval) starts.shift();
    } else if (starts.length > 0 && now - starts[0] >= interval) {
      starts = [];
    }
  }

  function hasRoom() {
    forgetOld(performance.now());
    return starts.length < limit && active < concurrency;
  }

  function start(args) {
    starts.push(performance.now());
    active++;
    const result = settle(fn, throttled, args);
    const done = () => {
      active--;
      startWaiting();
    };
    result.then(done, done);
    return result;
  }

  function startWaiting() {
    while (queue.length > 0 && hasRoom()) {
      const { args, resolve } = queue.shift();
      resolve(start(args));
    }
    // Who waits for a result needs no timer.
    if (queue.length === 0 || timer !== undefined || starts.length < limit) return;
    timer = timers.setTimeout(() => {
      timer = undefined;
      startWaiting();
    }, Math.max(1, Math.ceil(starts[0] + interval - performance.now())));
    if (!isRefed) timer.unref();
  }

  function cancel(reason) {
    timers.clearTimeout(timer);
    timer = undefined;
    const cancelled = queue;
    queue = [];
    for (const { reject } of cancelled) reject(new AbortError(undefined, { __proto__: null, cause: reason }));
  }

  function throttled(...args) {
    if (signal?.aborted) return Promise.reject(new AbortError(undefined, { __proto__: null, cause: signal.reason }));
    if (queue.length === 0 && hasRoom()) return start(args);
    if (overflow === 'drop' || queue.length >= maxPending) return Promise.reject(new codes.ERR_THROTTLED());
    const call = { args, ...Promise.withResolvers() };
    queue.push(call);
    startWaiting();
    return call.promise;
  }

  const { performance } = require('internal/perf/performance');
  signal?.addEventListener('abort', () => cancel(signal.reason), { once: true });
  addMembers(throttled, {
    cancel,
    hasImmediateCapacity() {
      return !signal?.aborted && queue.length === 0 && hasRoom();
    },
    ref() {
      isRefed = true;
      timer?.ref();
      return throttled;
    },
    unref() {
      isRefed = false;
      timer?.unref();
      return throttled;
    },
  }, {
    pending: () => queue.at(-1)?.promise ?? null,
    pendingCount: () => queue.length,
    activeCount: () => active,
  });
  require('internal/util').setLength(throttled, fn.length);
  Object.defineProperty(throttled, 'name', { __proto__: null, value: fn.name, configurable: true });
  return throttled;
}

module.exports = { throttle };

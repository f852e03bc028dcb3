// SPDX-License-Identifier: MIT
'use strict';

// timers/promises: timers as promises and as an async iterator, with AbortSignal.

const { AbortError, codes } = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateNumber, validateObject } = require('internal/validators');
const timers = require('internal/timers');

// The checks of the options, as a rejected promise's reason or undefined.
function optionsError(options) {
  try {
    validateObject(options, 'options');
    if (options.signal !== undefined) {
      validateAbortSignal(options.signal, 'options.signal');
    }
    if (options.ref !== undefined) {
      validateBoolean(options.ref, 'options.ref');
    }
  } catch (error) {
    return error;
  }
  if (options.signal?.aborted) {
    return new AbortError(undefined, { cause: options.signal.reason });
  }
  return undefined;
}

function wait(begin, cancel, value, options) {
  const error = optionsError(options);
  if (error !== undefined) {
    return Promise.reject(error);
  }
  const { signal, ref = true } = options;
  return new Promise((resolve, reject) => {
    let onabort;
    const timer = begin(() => {
      if (onabort !== undefined) {
        signal.removeEventListener('abort', onabort);
      }
      resolve(value);
    });
    if (!ref) {
      timer.unref();
    }
    if (signal) {
      onabort = () => {
        cancel(timer);
        reject(new AbortError(undefined, { cause: signal.reason }));
      };
      signal.addEventListener('abort', onabort, { once: true });
    }
  });
}

function setTimeout(after, value, options = {}) {
  if (after !== undefined) {
    try {
      validateNumber(after, 'delay');
    } catch (error) {
      return Promise.reject(error);
    }
  }
  return wait((done) => timers.setTimeout(done, after), timers.clearTimeout, value, options);
}

function setImmediate(value, options = {}) {
  return wait((done) => timers.setImmediate(done), timers.clearImmediate, value, options);
}

async function* setInterval(after, value, options = {}) {
  validateObject(options, 'options');
  if (after !== undefined) {
    validateNumber(after, 'delay');
  }
  const { signal, ref = true } = options;
  validateAbortSignal(signal, 'options.signal');
  validateBoolean(ref, 'options.ref');
  if (signal?.aborted) {
    throw new AbortError(undefined, { cause: signal.reason });
  }
  let due = 0;
  let wake;
  const interval = timers.setInterval(() => {
    due++;
    if (wake !== undefined) {
      const resolve = wake;
      wake = undefined;
      resolve();
    }
  }, after);
  if (!ref) {
    interval.unref();
  }
  let onabort;
  if (signal) {
    onabort = () => {
      timers.clearInterval(interval);
      if (wake !== undefined) {
        const resolve = wake;
        wake = undefined;
        resolve(Promise.reject(new AbortError(undefined, { cause: signal.reason })));
      }
    };
    signal.addEventListener('abort', onabort, { once: true });
  }
  try {
    while (!signal?.aborted) {
      if (due === 0) {
        await new Promise((resolve) => {
          wake = resolve;
        });
      }
      for (; due > 0; due--) {
        yield value;
      }
    }
    throw new AbortError(undefined, { cause: signal?.reason });
  } finally {
    timers.clearInterval(interval);
    if (onabort !== undefined) {
      signal.removeEventListener('abort', onabort);
    }
  }
}

const kScheduler = Symbol('kScheduler');

class Scheduler {
  constructor(key) {
    if (key !== kScheduler) {
      throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    }
    Object.defineProperty(this, kScheduler, { __proto__: null, value: true });
  }

  yield() {
    check(this);
    return setImmediate();
  }

  wait(delay, options) {
    check(this);
    return setTimeout(delay, undefined, options);
  }
}

function check(scheduler) {
  if (!scheduler?.[kScheduler]) {
    throw new codes.ERR_INVALID_THIS('Scheduler');
  }
}

module.exports = { setTimeout, setImmediate, setInterval, scheduler: new Scheduler(kScheduler) };

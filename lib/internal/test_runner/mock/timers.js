// SPDX-License-Identifier: MIT
'use strict';

// mock.timers: timers and the clock that stand still until tick() moves them on.

const {
  AbortError, codes: { ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE },
} = require('internal/errors');
const {
  validateAbortSignal, validateFunction, validateNumber, validateObject, validateStringArray,
} = require('internal/validators');
const { isDate } = internalBinding('types');

const MAX_DELAY = 2 ** 31 - 1;
const known = ['setTimeout', 'setInterval', 'setImmediate', 'Date', 'scheduler.wait', 'AbortSignal.timeout'];
const RealDate = Date;

// One mocked timer, as setTimeout() and its kin return it.
class MockedTimer {
  #clock;

  constructor(clock, fields) {
    this.#clock = clock;
    Object.assign(this, fields);
  }

  hasRef() {
    return true;
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }

  refresh() {
    this.#clock.refresh(this);
    return this;
  }

  close() {
    this.#clock.remove(this);
    return this;
  }

  [Symbol.toPrimitive]() {
    return this.id;
  }

  [Symbol.dispose]() {
    this.#clock.remove(this);
  }
}

// The time and what is to happen when, in order of time and then of making.
class Clock {
  now = 0;
  #queue = [];
  #byId = new Map();
  #lastId = 0;
  #order = 0;

  add(callback, delay, args, { repeats = false, isImmediate = false } = {}) {
    const timer = new MockedTimer(this, { id: ++this.#lastId, callback, args, delay, repeats, isImmediate });
    timer.runAt = this.now + delay;
    this.#insert(timer);
    this.#byId.set(timer.id, timer);
    return timer;
  }

  #insert(timer) {
    timer.order = ++this.#order;
    const queue = this.#queue;
    const comesFirst = (other) => other.runAt < timer.runAt ||
      (other.runAt === timer.runAt && (other.isImmediate || !timer.isImmediate));
    let k = queue.length;
    while (k > 0 && !comesFirst(queue[k - 1])) k--;
    queue.splice(k, 0, timer);
  }

  remove(timer) {
    const found = timer instanceof MockedTimer ? timer : this.#byId.get(Number(timer));
    if (found === undefined) return;
    this.#byId.delete(found.id);
    const at = this.#queue.indexOf(found);
    if (at !== -1) this.#queue.splice(at, 1);
  }

  refresh(timer) {
    const at = this.#queue.indexOf(timer);
    if (at !== -1) this.#queue.splice(at, 1);
    timer.runAt = this.now + timer.delay;
    this.#byId.set(timer.id, timer);
    this.#insert(timer);
  }

  get next() {
    return this.#queue[0];
  }

  get last() {
    return this.#queue.at(-1);
  }

  // Runs what is due up to `until`; all of it sees that time.
  advance(until) {
    this.now = until;
    for (let timer = this.next; timer !== undefined && timer.runAt <= until; timer = this.next) {
      this.#queue.shift();
      if (timer.repeats) {
        timer.runAt += timer.delay;
        this.#insert(timer);
      } else {
        this.#byId.delete(timer.id);
      }
      Reflect.apply(timer.callback, undefined, timer.args);
    }
  }
}

function readDelay(delay) {
  delay = Number(delay);
  return delay >= 1 && delay <= MAX_DELAY ? Math.trunc(delay) : 1;
}

class MockTimers {
  #enabled = false;
  #clock;
  #undo = [];

  #needEnabled() {
    if (!this.#enabled) {
      throw new ERR_INVALID_STATE('You should enable MockTimers first by calling the .enable function');
    }
  }

  enable(options = { apis: known }) {
    validateObject(options, 'options');
    if (this.#enabled) throw new ERR_INVALID_STATE('MockTimers is already enabled!');
    const { apis = known, now = 0 } = options;
    const start = isDate(now) ? now.getTime() : now;
    if (Number.isNaN(start)) {
      throw new ERR_INVALID_ARG_VALUE('now', now, 'epoch must be a positive integer received');
    }
    validateNumber(start, 'options.now');
    if (start < 0) throw new ERR_INVALID_ARG_VALUE('time', 'positive integer', start);
    validateStringArray(apis, 'options.apis');
    for (const api of apis) {
      if (!known.includes(api)) {
        throw new ERR_INVALID_ARG_VALUE('options.apis', api, `option ${api} is not supported`);
      }
    }
    if (apis.includes('Date') && globalThis.Date !== RealDate && globalThis.Date.isMock) {
      throw new ERR_INVALID_STATE('Date is already being mocked!');
    }
    this.#clock = new Clock();
    this.#clock.now = start;
    this.#enabled = true;
    for (const api of apis.length === 0 ? known : apis) this.#mock(api);
  }

  // Replaces properties, each to be put back by reset().
  #replace(holder, properties) {
    for (const name of Object.keys(properties)) {
      const descriptor = Object.getOwnPropertyDescriptor(holder, name);
      if (descriptor === undefined) continue;
      Object.defineProperty(holder, name, {
        __proto__: null, configurable: true, enumerable: descriptor.enumerable, writable: true, value: properties[name],
      });
      this.#undo.push(() => Object.defineProperty(holder, name, descriptor));
    }
  }

  #mock(api) {
    const clock = this.#clock;
    const remove = (timer) => clock.remove(timer);
    const timers = require('timers');
    const promises = require('timers/promises');
    const everywhere = (properties) => {
      this.#replace(globalThis, properties);
      this.#replace(timers, properties);
    };
    switch (api) {
      case 'setTimeout':
        everywhere({
          setTimeout: (callback, delay, ...args) => {
            validateFunction(callback, 'callback');
            return clock.add(callback, readDelay(delay), args);
          },
          clearTimeout: remove,
        });
        this.#replace(promises, { setTimeout: (delay, value, options) => this.#promise(readDelay(delay), value, options) });
        break;
      case 'setInterval':
        everywhere({
          setInterval: (callback, delay, ...args) => {
            validateFunction(callback, 'callback');
            return clock.add(callback, readDelay(delay), args, { repeats: true });
          },
          clearInterval: remove,
        });
        this.#replace(promises, { setInterval: (delay, value, options) => this.#interval(readDelay(delay), value, options) });
        break;
      case 'setImmediate':
        everywhere({
          setImmediate: (callback, ...args) => {
            validateFunction(callback, 'callback');
            return clock.add(callback, 0, args, { isImmediate: true });
          },
          clearImmediate: remove,
        });
        this.#replace(promises, {
          setImmediate: (value, options) => this.#promise(0, value, options, { isImmediate: true }),
        });
        break;
      case 'scheduler.wait':
        this.#replace(promises.scheduler,
          { wait: (delay, options) => this.#promise(readDelay(delay), undefined, options) });
        if (!Object.hasOwn(promises.scheduler, 'wait')) {
          this.#replace(Object.getPrototypeOf(promises.scheduler),
            { wait: (delay, options) => this.#promise(readDelay(delay), undefined, options) });
        }
        break;
      case 'AbortSignal.timeout':
        this.#replace(AbortSignal, {
          timeout: (delay) => {
            validateNumber(delay, 'delay', 0, Number.MAX_SAFE_INTEGER);
            const controller = new AbortController();
            clock.add(() => controller.abort(), readDelay(delay), []);
            return controller.signal;
          },
        });
        break;
      case 'Date':
        this.#replace(globalThis, { Date: makeDate(clock) });
        break;
      default:
    }
  }

  #promise(delay, value, options, kind) {
    if (options?.signal !== undefined) {
      try {
        validateAbortSignal(options.signal, 'options.signal');
      } catch (error) {
        return Promise.reject(error);
      }
    }
    const signal = options?.signal;
    if (signal?.aborted) return Promise.reject(new AbortError(undefined, { __proto__: null, cause: signal.reason }));
    const { promise, resolve, reject } = Promise.withResolvers();
    let onAbort;
    const timer = this.#clock.add(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve(value);
    }, delay, [], kind);
    if (signal !== undefined) {
      onAbort = () => {
        this.#clock?.remove(timer);
        reject(new AbortError(undefined, { __proto__: null, cause: signal.reason }));
      };
      signal.addEventListener('abort', onAbort, { __proto__: null, once: true });
    }
    return promise;
  }

  async* #interval(delay, value, options) {
    const signal = options?.signal;
    if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
    if (signal?.aborted) throw new AbortError(undefined, { __proto__: null, cause: signal.reason });
    const clock = this.#clock;
    let due = 0;
    let wake;
    const timer = clock.add(() => {
      due++;
      wake?.();
    }, delay, [], { repeats: true });
    const onAbort = () => wake?.();
    signal?.addEventListener('abort', onAbort, { __proto__: null, once: true });
    try {
      for (;;) {
        if (due === 0 && !signal?.aborted) {
          await new Promise((resolve) => {
            wake = resolve;
          });
        }
        if (signal?.aborted) throw new AbortError(undefined, { __proto__: null, cause: signal.reason });
        for (; due > 0; due--) yield value;
      }
    } finally {
      clock.remove(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  tick(time = 1) {
    this.#needEnabled();
    if (time < 0) {
      throw new ERR_INVALID_ARG_VALUE('time', 'positive integer', time);
    }
    this.#clock.advance(this.#clock.now + time);
  }

  setTime(time = 0) {
    validateNumber(time, 'time');
    this.#needEnabled();
    if (time < 0) {
      throw new ERR_INVALID_ARG_VALUE('time', 'positive integer', time);
    }
    this.#clock.now = time;
  }

  runAll() {
    this.#needEnabled();
    const { last } = this.#clock;
    if (last === undefined) return;
    this.#clock.advance(Math.max(last.runAt, this.#clock.now));
  }

  reset() {
    if (!this.#enabled) return;
    for (const undo of this.#undo.reverse()) undo();
    this.#undo = [];
    this.#enabled = false;
    this.#clock = undefined;
  }

  [Symbol.dispose]() {
    this.reset();
  }
}

// A Date whose present is the clock's.
function makeDate(clock) {
  function MockDate(...args) {
    if (new.target === undefined) return new RealDate(clock.now).toString();
    return Reflect.construct(RealDate, args.length === 0 ? [clock.now] : args, new.target === MockDate ? RealDate : new.target);
  }
  Object.defineProperties(MockDate, {
    ...Object.getOwnPropertyDescriptors(RealDate),
    now: { __proto__: null, configurable: true, writable: true, value: function now() {
      return clock.now;
    } },
    isMock: { __proto__: null, configurable: true, value: true },
    toString: { __proto__: null, configurable: true, writable: true, value: () => Function.prototype.toString.call(RealDate) },
  });
  Object.setPrototypeOf(MockDate, Object.getPrototypeOf(RealDate));
  return MockDate;
}

module.exports = { MockTimers };

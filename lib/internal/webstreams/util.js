// SPDX-License-Identifier: MIT
'use strict';

// What the stream classes of the Streams standard share: a queue, promises that are made only when somebody asks for
// them, reading of strategies and of callbacks, and how the public classes dress.
//
// [DOC] Web streams. Each public object (ReadableStream, a reader, a controller ...) is a facade with one private field
// that holds its record; a record is a plain object with the slots of the standard, and the standard's abstract
// operations are functions and methods on records. Pipes, tees and fetch work on records alone, without readers,
// promises or controllers that nobody sees.

const { codes } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');

// --- queue -------------------------------------------------------------------------------------------------------

// First in, first out, in an array whose dead front is cut off now and then.
const kCompactAt = 64;

class Queue {
  constructor() {
    this.items = [];
    this.head = 0;
  }

  get length() {
    return this.items.length - this.head;
  }

  push(item) {
    this.items.push(item);
  }

  peek() {
    return this.items[this.head];
  }

  shift() {
    const { items } = this;
    const item = items[this.head];
    items[this.head++] = undefined;
    if (this.head === items.length) {
      items.length = 0;
      this.head = 0;
    } else if (this.head >= kCompactAt && this.head * 2 > items.length) {
      items.splice(0, this.head);
      this.head = 0;
    }
    return item;
  }

  clear() {
    this.items = [];
    this.head = 0;
  }

  // All items, leaving none.
  take() {
    const all = this.head === 0 ? this.items : this.items.slice(this.head);
    this.clear();
    return all;
  }
}

// --- promises ----------------------------------------------------------------------------------------------------

const kPending = 0;
const kFulfilled = 1;
const kRejected = 2;

const resolved = Promise.resolve();

function ignore() {}

function markHandled(promise) {
  promise.then(undefined, ignore);
  return promise;
}

// A promise like a reader's `closed`: most are never looked at, so it exists once get() was called. A rejected one
// counts as handled, as the standard has it for all of them.
class LatePromise {
  constructor() {
    this.status = kPending;
    this.reason = undefined;
    this.makeReason = undefined;
    this.promise = undefined;
    this.functions = undefined;
  }

  get() {
    if (this.promise === undefined) {
      if (this.status === kFulfilled) {
        this.promise = Promise.resolve();
      } else if (this.status === kRejected) {
        if (this.makeReason !== undefined) this.reason = this.makeReason();
        this.promise = markHandled(Promise.reject(this.reason));
      } else {
        this.functions = Promise.withResolvers();
        this.promise = this.functions.promise;
      }
    }
    return this.promise;
  }

  resolve() {
    if (this.status !== kPending) return;
    this.status = kFulfilled;
    this.functions?.resolve();
  }

  reject(reason) {
    if (this.status !== kPending) return;
    this.status = kRejected;
    this.reason = reason;
    if (this.promise !== undefined) {
      markHandled(this.promise);
      this.functions.reject(reason);
    }
  }

  // Rejected from now on: the pending promise, or a new one in place of a settled one.
  ensureRejected(reason, makeReason = undefined) {
    if (this.status === kPending) {
      if (makeReason !== undefined && this.promise !== undefined) reason = makeReason();
      else this.makeReason = makeReason;
      this.reject(reason);
    } else {
      this.promise = undefined;
      this.functions = undefined;
      this.status = kRejected;
      this.reason = reason;
      this.makeReason = makeReason;
    }
  }

  // Pending again.
  renew() {
    this.status = kPending;
    this.reason = this.makeReason = this.promise = this.functions = undefined;
  }
}

// An algorithm of a stream answers undefined (done, nothing to wait for) or a promise; an exception is a rejection.
function perform(fn, a, b) {
  let result;
  try {
    result = fn(a, b);
  } catch (error) {
    return Promise.reject(error);
  }
  if (result === undefined || ((typeof result !== 'object' || result === null) && typeof result !== 'function')) {
    return undefined;
  }
  return Promise.resolve(result);
}

// Reactions to such an answer. The reaction to undefined takes one microtask, like that to a settled promise.
function whenDone(result, onDone, onFailed) {
  if (result === undefined) resolved.then(onDone);
  else result.then(onDone, onFailed);
}

// --- arguments ---------------------------------------------------------------------------------------------------

// ExtractHighWaterMark  https://streams.spec.whatwg.org/#validate-and-normalize-high-water-mark
function readHighWaterMark(strategy, fallback) {
  const value = strategy?.highWaterMark;
  if (value === undefined) return fallback;
  const number = +value;
  if (typeof value === 'symbol' || Number.isNaN(number) || number < 0) {
    throw new codes.ERR_INVALID_ARG_VALUE.RangeError('strategy.highWaterMark', value);
  }
  return number;
}

// ExtractSizeAlgorithm; undefined counts every chunk as 1.
function readSize(strategy) {
  const size = strategy?.size;
  if (size === undefined) return undefined;
  if (typeof size !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('strategy.size', 'Function', size);
  return (chunk) => size(chunk);
}

// EnqueueValueWithSize's check of a size.
function checkSize(value) {
  const size = +value;
  if (!(size >= 0) || size === Infinity) {
    throw new codes.ERR_INVALID_ARG_VALUE.RangeError('size', value);
  }
  return size;
}

// A callback of an underlying source, sink or transformer as an algorithm; undefined when there is none.
function readCallback(owner, name, label) {
  const fn = owner?.[name];
  if (fn === undefined || fn === null) return undefined;
  if (typeof fn !== 'function') throw new codes.ERR_INVALID_ARG_TYPE(`${label}.${name}`, 'Function', fn);
  return (a, b) => Reflect.apply(fn, owner, [a, b]);
}

function readStart(owner) {
  const fn = owner?.start;
  if (fn === undefined || fn === null) return undefined;
  if (typeof fn !== 'function') throw new TypeError('Bind must be called on a function');
  return (controller) => Reflect.apply(fn, owner, [controller]);
}

// --- dress -------------------------------------------------------------------------------------------------------

const enumerable = { __proto__: null, enumerable: true };

// A public class as Web IDL has it: members are enumerable, and objects have its name as their tag.
function publish(ctor, names, tagged = true) {
  for (const name of names) Object.defineProperty(ctor.prototype, name, enumerable);
  if (tagged) {
    Object.defineProperty(ctor.prototype, Symbol.toStringTag, {
      __proto__: null, configurable: true, value: ctor.name,
    });
  }
}

function inspectAs(name, depth, options, shown) {
  if (depth < 0) return undefined;
  const { inspect } = require('internal/util/inspect');
  const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
  return `${name} ${inspect(shown, nested)}`;
}

function invalidThis(name) {
  return new codes.ERR_INVALID_THIS(name);
}

function invalidState(message) {
  return new codes.ERR_INVALID_STATE.TypeError(message);
}

module.exports = {
  LatePromise,
  Queue,
  checkSize,
  customInspectSymbol,
  ignore,
  inspectAs,
  invalidState,
  invalidThis,
  markHandled,
  perform,
  publish,
  readCallback,
  readHighWaterMark,
  readSize,
  readStart,
  resolved,
  whenDone,
};

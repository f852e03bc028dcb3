// SPDX-License-Identifier: MIT
'use strict';

// mock.fn(), method(), getter(), setter(), property() and what restores them.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE },
} = require('internal/errors');
const {
  validateBoolean, validateFunction, validateInteger, validateObject,
} = require('internal/validators');

// The library's side of a MockFunctionContext, set by the class itself: programs do not see it.
let nextImplementation;
let record;
let setImplementation;

// What a mock function remembers and what it does next.
class MockFunctionContext {
  #calls = [];
  #implementation;
  #onCall = new Map();
  #restore;
  #times;

  constructor(implementation, restore, times) {
    this.#implementation = implementation;
    this.#restore = restore;
    this.#times = times;
  }

  get calls() {
    return this.#calls.slice();
  }

  callCount() {
    return this.#calls.length;
  }

  mockImplementation(implementation) {
    validateFunction(implementation, 'implementation');
    this.#implementation = implementation;
  }

  mockImplementationOnce(implementation, onCall) {
    validateFunction(implementation, 'implementation');
    const next = this.#calls.length;
    const call = onCall ?? next;
    validateInteger(call, 'onCall', next);
    this.#onCall.set(call, implementation);
  }

  resetCalls() {
    this.#calls = [];
  }

  restore() {
    this.#restore?.(this);
  }

  static {
    nextImplementation = (context) => {
      const index = context.#calls.length;
      if (context.#times !== undefined && index + 1 === context.#times) {
        // The last call that is mocked.
        const implementation = context.#onCall.get(index) ?? context.#implementation;
        context.restore();
        return implementation;
      }
      const once = context.#onCall.get(index);
      if (once === undefined) return context.#implementation;
      context.#onCall.delete(index);
      return once;
    };
    record = (context, call) => {
      context.#calls.push(call);
    };
    setImplementation = (context, implementation) => {
      context.#implementation = implementation;
    };
  }
}

// Reads and writes of a mocked property.
class MockPropertyContext {
  #object;
  #name;
  #value;
  #original;
  #descriptor;
  #accesses = [];
  #once = new Map();

  constructor(object, name, value) {
    this.#object = object;
    this.#name = name;
    this.#original = object[name];
    this.#value = value;
    this.#descriptor = Object.getOwnPropertyDescriptor(object, name);
    if (this.#descriptor === undefined) {
      throw new ERR_INVALID_ARG_VALUE('propertyName', name, 'is not a property of the object');
    }
    const context = this;
    Object.defineProperty(object, name, {
      __proto__: null, configurable: this.#descriptor.configurable, enumerable: this.#descriptor.enumerable,
      get() {
        const next = context.#next(context.#value);
        context.#accesses.push({ type: 'get', value: next, stack: new Error() });
        return next;
      },
      set(to) {
        const next = context.#next(to);
        context.#accesses.push({ type: 'set', value: next, stack: new Error() });
        context.#value = next;
      },
    });
  }

  #next(value) {
    const index = this.#accesses.length;
    if (!this.#once.has(index)) return value;
    const once = this.#once.get(index);
    this.#once.delete(index);
    return once;
  }

  get accesses() {
    return this.#accesses.slice();
  }

  accessCount() {
    return this.#accesses.length;
  }

  mockImplementation(value) {
    if (!this.#descriptor.writable && this.#descriptor.set === undefined) {
      throw new ERR_INVALID_ARG_VALUE('propertyName', this.#name, 'cannot be set');
    }
    this.#value = value;
  }

  mockImplementationOnce(value, onAccess) {
    const next = this.#accesses.length;
    const access = onAccess ?? next;
    validateInteger(access, 'onAccess', next);
    this.#once.set(access, value);
  }

  resetAccesses() {
    this.#accesses = [];
  }

  restore() {
    Object.defineProperty(this.#object, this.#name, {
      __proto__: null, ...this.#descriptor,
      ...('value' in this.#descriptor ? { value: this.#original } : undefined),
    });
  }
}

function validateTimes(times) {
  if (times !== undefined) validateInteger(times, 'options.times', 1);
}

function findDescriptor(object, name) {
  for (let at = object; at !== null && at !== undefined; at = Object.getPrototypeOf(at)) {
    const descriptor = Object.getOwnPropertyDescriptor(at, name);
    if (descriptor !== undefined) return descriptor;
  }
  return undefined;
}

// A proxy over the original, so that its name, length and properties show through.
function makeMock(original, context) {
  return new Proxy(original, {
    __proto__: null,
    apply(target, thisArg, args) {
      return callThrough(context, (fn) => Reflect.apply(fn, thisArg, args), args, thisArg, undefined);
    },
    construct(target, args, newTarget) {
      return callThrough(context, (fn) => Reflect.construct(fn, args, newTarget), args, undefined, target);
    },
    get(target, name, receiver) {
      if (name === 'mock') return context;
      return Reflect.get(target, name, receiver);
    },
  });
}

function callThrough(context, call, args, thisArg, target) {
  const implementation = nextImplementation(context);
  let result;
  let error;
  try {
    result = call(implementation);
    return result;
  } catch (thrown) {
    error = thrown;
    throw thrown;
  } finally {
    record(context, {
      arguments: args, error, result, stack: new Error(), target,
      this: target === undefined ? thisArg : result,
    });
  }
}

class MockTracker {
  #mocks = [];
  #timers;

  get timers() {
    if (this.#timers === undefined) {
      const { MockTimers } = require('internal/test_runner/mock/timers');
      this.#timers = new MockTimers();
    }
    return this.#timers;
  }

  fn(original = function() {}, implementation = original, options = {}) {
    if (original !== null && typeof original === 'object') {
      options = original;
      original = function() {};
      implementation = original;
    } else if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = original;
    }
    validateFunction(original, 'original');
    validateFunction(implementation, 'implementation');
    validateObject(options, 'options');
    const { times } = options;
    validateTimes(times);
    const context = new MockFunctionContext(implementation, (own) => setImplementation(own, original), times);
    this.#mocks.push(context);
    return makeMock(original, context);
  }

  method(object, name, implementation, options = {}) {
    if (typeof object !== 'function') validateObject(object, 'object');
    if (typeof name !== 'string' && typeof name !== 'symbol') {
      throw new ERR_INVALID_ARG_TYPE('methodName', ['string', 'symbol'], name);
    }
    if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = undefined;
    }
    validateObject(options, 'options');
    const { getter = false, setter = false, times } = options;
    validateBoolean(getter, 'options.getter');
    validateBoolean(setter, 'options.setter');
    validateTimes(times);
    if (setter && getter) {
      throw new ERR_INVALID_ARG_VALUE('options.setter', setter, "cannot be used with 'options.getter'");
    }
    const descriptor = findDescriptor(object, name);
    let original;
    if (getter) original = descriptor?.get;
    else if (setter) original = descriptor?.set;
    else original = descriptor?.value;
    if (typeof original !== 'function') {
      throw new ERR_INVALID_ARG_VALUE('methodName', original, 'must be a method');
    }
    implementation ??= original;
    validateFunction(implementation, 'implementation');
    const isOwn = Object.hasOwn(object, name);
    const restore = (context) => {
      if (isOwn) {
        Object.defineProperty(object, name, descriptor);
      } else {
        delete object[name];
      }
      setImplementation(context, original);
    };
    const context = new MockFunctionContext(implementation, restore, times);
    const mock = makeMock(original, context);
    const mocked = { __proto__: null, configurable: descriptor.configurable, enumerable: descriptor.enumerable };
    if (getter) {
      mocked.get = mock;
      mocked.set = descriptor.set;
    } else if (setter) {
      mocked.get = descriptor.get;
      mocked.set = mock;
    } else {
      mocked.writable = descriptor.writable;
      mocked.value = mock;
    }
    Object.defineProperty(object, name, mocked);
    this.#mocks.push(context);
    return mock;
  }

  // kind: 'getter' or 'setter', which is an option of method().
  #accessor(kind, object, name, implementation, options) {
    if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = undefined;
    } else {
      validateObject(options, 'options');
    }
    const { [kind]: isOn = true } = options;
    if (isOn === false) {
      throw new ERR_INVALID_ARG_VALUE(`options.${kind}`, isOn, 'cannot be false');
    }
    return this.method(object, name, implementation, { ...options, [kind]: isOn });
  }

  getter(object, name, implementation = undefined, options = {}) {
    return this.#accessor('getter', object, name, implementation, options);
  }

  setter(object, name, implementation = undefined, options = {}) {
    return this.#accessor('setter', object, name, implementation, options);
  }

  property(object, name, value) {
    if (typeof object !== 'function') validateObject(object, 'object');
    if (typeof name !== 'string' && typeof name !== 'symbol') {
      throw new ERR_INVALID_ARG_TYPE('propertyName', ['string', 'symbol'], name);
    }
    const context = new MockPropertyContext(object, name, arguments.length > 2 ? value : object[name]);
    this.#mocks.push(context);
    return new Proxy(object, {
      __proto__: null,
      get(target, key, receiver) {
        return key === 'mock' ? context : Reflect.get(target, key, receiver);
      },
    });
  }

  // There with --experimental-test-module-mocks only.
  module(specifier, options = {}) {
    const { mockModule } = require('internal/test_runner/mock/module');
    const { callerLocation } = require('internal/test_runner/location');
    const mock = mockModule(specifier, options, callerLocation(this.module));
    this.#mocks.push(mock);
    return mock;
  }

  reset() {
    this.restoreAll();
    this.#timers?.reset();
    this.#mocks = [];
  }

  restoreAll() {
    for (const mock of this.#mocks) mock.restore();
  }
}

if (!require('internal/options').getOptionValue('--experimental-test-module-mocks')) {
  MockTracker.prototype.module = undefined;
}

module.exports = { MockTracker };

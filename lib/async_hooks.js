// SPDX-License-Identifier: MIT
'use strict';

// AsyncLocalStorage and AsyncResource over one thing: the current async context frame, an immutable map from storages
// to values that the runtime carries along with promises, timers and handles (internalBinding('async_context')).

const { codes } = require('internal/errors');
const { validateFunction, validateString, validateObject } = require('internal/validators');
const { currentFrame: getFrame, enterFrame: setFrame } = require('internal/async_context');

let lastAsyncId = 1;
const executionIds = [1];

// --- AsyncLocalStorage -----------------------------------------------------------------------------------------------

// A frame is a Map or undefined; it is never changed once it is current.
function withEntry(frame, key, value) {
  const next = new Map(frame);
  next.set(key, value);
  return next;
}

class AsyncLocalStorage {
  #default = undefined;
  #name = '';

  constructor(options = {}) {
    validateObject(options, 'options');
    this.#default = options.defaultValue;
    if (options.name !== undefined) this.#name = `${options.name}`;
  }

  static bind(fn) {
    return AsyncResource.bind(fn);
  }

  static snapshot() {
    const frame = getFrame();
    return function(fn, ...args) {
      const previous = getFrame();
      setFrame(frame);
      try {
        return Reflect.apply(fn, this, args);
      } finally {
        setFrame(previous);
      }
    };
  }

  get name() {
    return this.#name;
  }

  disable() {
    const frame = getFrame();
    if (frame?.has(this)) {
      const next = new Map(frame);
      next.delete(this);
      setFrame(next);
    }
  }

  enterWith(data) {
    setFrame(withEntry(getFrame(), this, data));
  }

  run(data, fn, ...args) {
    const previous = getFrame();
    if (previous?.has(this) && Object.is(previous.get(this), data)) return Reflect.apply(fn, null, args);
    setFrame(withEntry(previous, this, data));
    try {
      return Reflect.apply(fn, null, args);
    } finally {
      setFrame(previous);
    }
  }

  exit(fn, ...args) {
    return this.run(undefined, fn, ...args);
  }

  getStore() {
    const frame = getFrame();
    return frame !== undefined && frame.has(this) ? frame.get(this) : this.#default;
  }

  // `using scope = storage.withScope(value)`
  withScope(data) {
    const previous = getFrame();
    setFrame(withEntry(previous, this, data));
    let disposed = false;
    return {
      __proto__: null,
      [Symbol.dispose]() {
        if (disposed) return;
        disposed = true;
        setFrame(previous);
      },
    };
  }
}

// --- AsyncResource ---------------------------------------------------------------------------------------------------

class AsyncResource {
  #id;
  #trigger;
  #frame;

  constructor(type, options = {}) {
    validateString(type, 'type');
    let triggerAsyncId = options;
    if (typeof options !== 'number') {
      triggerAsyncId = options.triggerAsyncId === undefined ? executionAsyncId() : options.triggerAsyncId;
    }
    if (!Number.isSafeInteger(triggerAsyncId) || triggerAsyncId < -1) {
      throw new codes.ERR_INVALID_ASYNC_ID('triggerAsyncId', triggerAsyncId);
    }
    this.#id = ++lastAsyncId;
    this.#trigger = triggerAsyncId;
    this.#frame = getFrame();
  }

  runInAsyncScope(fn, thisArg, ...args) {
    const previous = getFrame();
    setFrame(this.#frame);
    executionIds.push(this.#id);
    try {
      return Reflect.apply(fn, thisArg, args);
    } finally {
      executionIds.pop();
      setFrame(previous);
    }
  }

  emitDestroy() {
    return this;
  }

  asyncId() {
    return this.#id;
  }

  triggerAsyncId() {
    return this.#trigger;
  }

  bind(fn, thisArg) {
    validateFunction(fn, 'fn');
    const resource = this;
    const bound = thisArg === undefined ? function(...args) {
      return resource.runInAsyncScope(fn, this, ...args);
    } : this.runInAsyncScope.bind(this, fn, thisArg);
    Object.defineProperties(bound, {
      length: { __proto__: null, configurable: true, enumerable: false, value: fn.length, writable: false },
    });
    return bound;
  }

  static bind(fn, type, thisArg) {
    type ||= fn.name;
    return new AsyncResource(type || 'bound-anonymous-fn').bind(fn, thisArg);
  }
}

// --- hooks -----------------------------------------------------------------------------------------------------------

function executionAsyncId() {
  return executionIds[executionIds.length - 1];
}

function triggerAsyncId() {
  return 0;
}

const topResource = {};
function executionAsyncResource() {
  return topResource;
}

// The lifecycle hooks of async_hooks are deprecated and not offered: asking for them is refused by name.
function createHook(callbacks) {
  validateObject(callbacks, 'callbacks');
  for (const name of ['init', 'before', 'after', 'destroy', 'promiseResolve']) {
    if (callbacks[name] !== undefined && typeof callbacks[name] !== 'function') {
      throw new codes.ERR_ASYNC_CALLBACK(`hook.${name}`);
    }
  }
  return {
    enable() {
      throw new codes.ERR_METHOD_NOT_IMPLEMENTED('async_hooks.createHook().enable()');
    },
    disable() {
      return this;
    },
  };
}

module.exports = {
  AsyncLocalStorage,
  createHook,
  executionAsyncId,
  triggerAsyncId,
  executionAsyncResource,
  asyncWrapProviders: Object.freeze({ __proto__: null }),
  AsyncResource,
};

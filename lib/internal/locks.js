// SPDX-License-Identifier: MIT
'use strict';

// Web Locks  https://w3c.github.io/web-locks/, among the code of one thread.

const { codes } = require('internal/errors');
const { kEnumerableProperty, lazyDOMException } = require('internal/util');
const { validateAbortSignal, validateFunction } = require('internal/validators');
const { currentFrame, restoreFrame } = require('internal/async_context');

const kMake = Symbol('kMake');
const kName = Symbol('kName');
const kMode = Symbol('kMode');

class Lock {
  constructor(key, name, mode) {
    if (key !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[kName] = name;
    this[kMode] = mode;
  }

  get name() {
    if (this[kName] === undefined) throw new codes.ERR_INVALID_THIS('Lock');
    return this[kName];
  }

  get mode() {
    if (this[kMode] === undefined) throw new codes.ERR_INVALID_THIS('Lock');
    return this[kMode];
  }
}

// One call of request().
class LockRequest {
  constructor(name, mode, callback) {
    this.name = name;
    this.mode = mode;
    this.callback = callback;
    this.frame = currentFrame();
    this.settle = Promise.withResolvers();
    this.signal = undefined;
    this.onAbort = undefined;
  }

  // Runs the callback with the lock, or with null, and settles as it does.
  run(lock) {
    this.signal?.removeEventListener('abort', this.onAbort);
    return Promise.resolve().then(() => {
      restoreFrame(this.frame);
      return this.callback(lock);
    });
  }
}

class LockManager {
  #held = new Map(); // name: requests that have the lock
  #queues = new Map(); // name: requests that wait, in order

  constructor(key) {
    if (key !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  static isManager(value) {
    return typeof value === 'object' && value !== null && #held in value;
  }

  async request(name, options, callback = undefined) {
    if (!isManager(this)) throw new codes.ERR_INVALID_THIS('LockManager');
    if (callback === undefined) {
      callback = options;
      options = undefined;
    }
    name = `${name}`;
    validateFunction(callback, 'callback');
    const { mode, ifAvailable, steal, signal } = readOptions(name, options);
    signal?.throwIfAborted();
    const request = new LockRequest(name, mode, callback);
    if (steal) {
      this.#process(name);
      this.#steal(request);
    } else if (ifAvailable && !this.#isGrantable(request)) {
      request.settle.resolve(request.run(null));
    } else {
      if (signal !== undefined) {
        request.signal = signal;
        request.onAbort = () => {
          this.#drop(request);
          request.settle.reject(signal.reason);
        };
        signal.addEventListener('abort', request.onAbort, { once: true });
      }
      listOf(this.#queues, name).push(request);
      // Granted later, even when the lock is free: who aborts at once does not get it.
      require('internal/process/task_queues').queueMicrotask(() => this.#process(name));
    }
    return request.settle.promise;
  }

  async query() {
    if (!isManager(this)) throw new codes.ERR_INVALID_THIS('LockManager');
    await undefined; // the requests made before are granted first
    const clientId = `node-${process.pid}-0`;
    const show = (lists) => [...lists.values()].flat().map(({ name, mode }) => ({ name, mode, clientId }));
    return { held: show(this.#held), pending: show(this.#queues) };
  }

  #isGrantable({ name, mode }) {
    const held = this.#held.get(name) ?? [];
    if ((this.#queues.get(name) ?? []).length > 0) return false;
    return held.length === 0 || (mode === 'shared' && held.every((other) => other.mode === 'shared'));
  }

  #process(name) {
    const queue = this.#queues.get(name);
    while (queue !== undefined && queue.length > 0) {
      const held = this.#held.get(name) ?? [];
      const [first] = queue;
      if (held.length > 0 && (first.mode === 'exclusive' || held[0].mode === 'exclusive')) return;
      queue.shift();
      this.#grant(first);
    }
    if (queue !== undefined) this.#queues.delete(name);
  }

  #grant(request) {
    listOf(this.#held, request.name).push(request);
    const release = () => this.#release(request);
    const result = request.run(new Lock(kMake, request.name, request.mode));
    result.then((value) => {
      release();
      request.settle.resolve(value);
    }, (reason) => {
      release();
      request.settle.reject(reason);
    });
  }

  #release(request) {
    const held = this.#held.get(request.name);
    const at = held === undefined ? -1 : held.indexOf(request);
    if (at < 0) return;
    held.splice(at, 1);
    if (held.length === 0) this.#held.delete(request.name);
    this.#process(request.name);
  }

  // Who held the lock does not any more, though its callback goes on.
  #steal(request) {
    const held = this.#held.get(request.name) ?? [];
    this.#held.delete(request.name);
    for (const loser of held) {
      loser.settle.reject(lazyDOMException('The operation was aborted', 'AbortError'));
    }
    this.#grant(request);
  }

  #drop(request) {
    const queue = this.#queues.get(request.name);
    const at = queue === undefined ? -1 : queue.indexOf(request);
    if (at < 0) return;
    queue.splice(at, 1);
    this.#process(request.name);
  }
}
const { isManager } = LockManager;
delete LockManager.isManager;
for (const [ctor, names] of [[Lock, ['name', 'mode']], [LockManager, ['request', 'query']]]) {
  for (const name of names) Object.defineProperty(ctor.prototype, name, kEnumerableProperty);
  Object.defineProperty(ctor.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: ctor.name });
  Object.defineProperty(ctor, 'length', { __proto__: null, value: 0, configurable: true });
}

function listOf(lists, name) {
  let list = lists.get(name);
  if (list === undefined) lists.set(name, list = []);
  return list;
}

function notSupported(message) {
  return lazyDOMException(message, 'NotSupportedError');
}

function readOptions(name, options) {
  const { mode = 'exclusive', ifAvailable = false, steal = false, signal } = options ?? {};
  if (mode !== 'exclusive' && mode !== 'shared') {
    const error = new TypeError(`mode '${mode}' is not a valid enum value of type LockMode.`);
    error.code = 'ERR_INVALID_ARG_VALUE';
    throw error;
  }
  if (signal !== undefined && (typeof signal !== 'object' || signal === null)) {
    const error = new TypeError('signal is not an object.');
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  }
  validateAbortSignal(signal, 'options.signal');
  if (name.startsWith('-')) throw notSupported('Lock name may not start with hyphen');
  if (ifAvailable && steal) throw notSupported('ifAvailable and steal are mutually exclusive');
  if (mode !== 'exclusive' && steal) throw notSupported(`mode: "${mode}" and steal are mutually exclusive`);
  if (signal !== undefined && (steal || ifAvailable)) {
    throw notSupported('signal cannot be used with steal or ifAvailable');
  }
  return { mode, ifAvailable: Boolean(ifAvailable), steal: Boolean(steal), signal };
}

module.exports = { Lock, LockManager, makeLockManager: () => new LockManager(kMake) };

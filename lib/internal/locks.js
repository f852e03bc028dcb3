// SPDX-License-Identifier: MIT
'use strict';

// Web Locks  https://w3c.github.io/web-locks/, among all threads of the process. Who has which lock C knows.

const { codes } = require('internal/errors');
const { kEnumerableProperty, lazyDOMException } = require('internal/util');
const { validateAbortSignal, validateFunction } = require('internal/validators');
const { currentFrame, restoreFrame } = require('internal/async_context');
const binding = internalBinding('locks');

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

const kShared = 1;
const kIfAvailable = 2;
const kSteal = 4;

const kGranted = 1;

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

  grant(id) {
    const release = () => {
      if (requests.delete(id)) binding.release(id);
    };
    this.run(new Lock(kMake, this.name, this.mode)).then((value) => {
      release();
      this.settle.resolve(value);
    }, (reason) => {
      release();
      this.settle.reject(reason);
    });
  }

  // Who held the lock does not any more, though its callback goes on.
  lose() {
    this.settle.reject(lazyDOMException('The operation was aborted', 'AbortError'));
  }
}

// This thread's requests that wait or hold a lock, by the ids that C gave them.
const requests = new Map();
let isStarted = false;

// What C noted: rows of an id and what became of the request.
function onEvents(rows) {
  for (let k = 0; k < rows.length; k += 2) {
    const request = requests.get(rows[k]);
    if (request === undefined) continue; // aborted meanwhile
    if (rows[k + 1] === kGranted) {
      request.grant(rows[k]);
    } else {
      requests.delete(rows[k]);
      request.lose();
    }
  }
}

function takeEvents() {
  onEvents(binding.take());
}

function ask(request, flags) {
  if (!isStarted) {
    isStarted = true;
    binding.start(onEvents);
  }
  const id = binding.request(request.name, flags | (request.mode === 'shared' ? kShared : 0));
  if (id !== 0) requests.set(id, request);
  return id;
}

class LockManager {
  #isOne = true;

  constructor(key) {
    if (key !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  static isManager(value) {
    return typeof value === 'object' && value !== null && #isOne in value;
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
      if (isStarted) takeEvents(); // what was granted before is stolen
      ask(request, kSteal);
      takeEvents();
    } else if (ifAvailable) {
      if (ask(request, kIfAvailable) === 0) request.settle.resolve(request.run(null));
      else takeEvents();
    } else {
      const id = ask(request, 0);
      if (signal !== undefined) {
        request.signal = signal;
        request.onAbort = () => {
          if (requests.delete(id)) binding.release(id);
          request.settle.reject(signal.reason);
        };
        signal.addEventListener('abort', request.onAbort, { once: true });
      }
      // Granted later, even when the lock is free: who aborts at once does not get it.
      require('internal/process/task_queues').queueMicrotask(takeEvents);
    }
    return request.settle.promise;
  }

  async query() {
    if (!isManager(this)) throw new codes.ERR_INVALID_THIS('LockManager');
    await undefined; // the requests made before are granted first
    const state = { held: [], pending: [] };
    const clientId = `node-${process.pid}-${internalBinding('worker').threadId}`;
    const rows = binding.query();
    for (let k = 0; k < rows.length; k += 3) {
      const lock = { name: rows[k], mode: rows[k + 1] ? 'shared' : 'exclusive', clientId };
      state[rows[k + 2] ? 'held' : 'pending'].push(lock);
    }
    return state;
  }
}
const { isManager } = LockManager;
delete LockManager.isManager;
for (const [ctor, names] of [[Lock, ['name', 'mode']], [LockManager, ['request', 'query']]]) {
  for (const name of names) Object.defineProperty(ctor.prototype, name, kEnumerableProperty);
  Object.defineProperty(ctor.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: ctor.name });
  Object.defineProperty(ctor, 'length', { __proto__: null, value: 0, configurable: true });
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

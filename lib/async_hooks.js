// SPDX-License-Identifier: MIT
'use strict';

// AsyncLocalStorage and AsyncResource over one thing: the current async context frame, a map from storages
// to values that the runtime carries along with promises, timers and handles (internalBinding('async_context')).

const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateString, validateObject } = require('internal/validators');
const { callInFrame, currentFrame: getFrame, enterFrame: setFrame } = require('internal/async_context');

// The bookkeeping behind ids and hooks, loaded when a program asks for either.
function hooks() {
  return require('internal/async_hooks');
}

// --- AsyncLocalStorage -----------------------------------------------------------------------------------------------

// A frame is a Map or undefined. Only disable() changes one that is current: whoever shares it loses the value too.
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
      return callInFrame(frame, fn, this, args);
    };
  }

  get name() {
    return this.#name;
  }

  disable() {
    // In place: what was begun in this frame loses the value too.
    getFrame()?.delete(this);
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

let destroyRegistry;

class AsyncResource {
  #id;
  #trigger;
  #frame;
  #destroyed;

  constructor(type, options = {}) {
    validateString(type, 'type');
    let triggerAsyncId = options;
    let requireManualDestroy = false;
    if (typeof options !== 'number') {
      triggerAsyncId = options.triggerAsyncId === undefined ? hooks().getDefaultTriggerAsyncId() : options.triggerAsyncId;
      requireManualDestroy = Boolean(options.requireManualDestroy);
    }
    if (!Number.isSafeInteger(triggerAsyncId) || triggerAsyncId < -1) {
      throw new codes.ERR_INVALID_ASYNC_ID('triggerAsyncId', triggerAsyncId);
    }
    this.#trigger = triggerAsyncId;
    this.#frame = getFrame();
    this.#destroyed = { destroyed: false };
    const { hooksExist, initProgramResource, wants, emitDestroy, newAsyncId } = hooks();
    if (!hooksExist()) {
      this.#id = newAsyncId();
      return;
    }
    if (type.length === 0) throw new codes.ERR_ASYNC_TYPE(type);
    this.#id = initProgramResource(type, triggerAsyncId, this);
    if (!requireManualDestroy && wants('destroy')) {
      destroyRegistry ??= new FinalizationRegistry(({ id, state }) => {
        if (!state.destroyed) emitDestroy(id);
      });
      destroyRegistry.register(this, { id: this.#id, state: this.#destroyed });
    }
  }

  runInAsyncScope(fn, thisArg, ...args) {
    const previous = getFrame();
    setFrame(this.#frame);
    const { enter, leave } = hooks();
    enter(this.#id, this.#trigger, this);
    try {
      return Reflect.apply(fn, thisArg, args);
    } finally {
      leave(this.#id);
      setFrame(previous);
    }
  }

  emitDestroy() {
    this.#destroyed.destroyed = true;
    hooks().emitDestroy(this.#id);
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
  return hooks().executionAsyncId();
}

function triggerAsyncId() {
  return hooks().triggerAsyncId();
}

function executionAsyncResource() {
  return hooks().executionAsyncResource();
}

const hookNames = ['init', 'before', 'after', 'destroy', 'promiseResolve'];

class AsyncHook {
  #callbacks;

  constructor(callbacks) {
    validateObject(callbacks, 'callbacks');
    const own = { trackPromises: true };
    for (const name of hookNames) {
      if (callbacks[name] !== undefined && typeof callbacks[name] !== 'function') {
        throw new codes.ERR_ASYNC_CALLBACK(`hook.${name}`);
      }
      own[name] = callbacks[name]?.bind(this);
    }
    const { trackPromises } = callbacks;
    if (trackPromises !== undefined) {
      validateBoolean(trackPromises, 'trackPromises');
      if (trackPromises === false && typeof callbacks.promiseResolve === 'function') {
        throw new codes.ERR_INVALID_ARG_VALUE('trackPromises', trackPromises, 'must not be false when promiseResolve is enabled');
      }
      own.trackPromises = trackPromises;
    }
    this.#callbacks = own;
  }

  enable() {
    if (!hooks().isEnabled(this.#callbacks)) hooks().switchHook(this.#callbacks, true);
    return this;
  }

  disable() {
    if (hooks().isEnabled(this.#callbacks)) hooks().switchHook(this.#callbacks, false);
    return this;
  }
}

function createHook(callbacks) {
  return new AsyncHook(callbacks);
}

// Node's names of the kinds of resources; a hook's `type` is one of them or a name of the program's or the library's.
const providerNames =
  'NONE DIRHANDLE DNSCHANNEL ELDHISTOGRAM FILEHANDLE FILEHANDLECLOSEREQ BLOBREADER FSEVENTWRAP FSREQCALLBACK ' +
  'FSREQPROMISE GETADDRINFOREQWRAP GETNAMEINFOREQWRAP HEAPSNAPSHOT HTTP2SESSION HTTP2STREAM HTTP2PING ' +
  'HTTP2SETTINGS HTTPINCOMINGMESSAGE HTTPCLIENTREQUEST LOCKS DTLS_ENDPOINT DTLS_SESSION JSSTREAM JSUDPWRAP ' +
  'MESSAGEPORT PIPECONNECTWRAP PIPESERVERWRAP PIPEWRAP PROCESSWRAP PROMISE QUERYWRAP QUIC_ENDPOINT QUIC_LOGSTREAM ' +
  'QUIC_SESSION QUIC_STREAM QUIC_UDP SHUTDOWNWRAP SIGNALWRAP STATWATCHER STREAMPIPE TCPCONNECTWRAP TCPSERVERWRAP ' +
  'TCPWRAP TTYWRAP UDPSENDWRAP UDPWRAP SIGINTWATCHDOG WORKER WORKERCPUPROFILE WORKERCPUUSAGE WORKERHEAPPROFILE ' +
  'WORKERHEAPSNAPSHOT WORKERHEAPSTATISTICS WRITEWRAP ZLIB CHECKPRIMEREQUEST PBKDF2REQUEST KEYPAIRGENREQUEST ' +
  'KEYGENREQUEST KEYEXPORTREQUEST ARGON2REQUEST CIPHERREQUEST DERIVEBITSREQUEST HASHREQUEST RANDOMBYTESREQUEST ' +
  'RANDOMPRIMEREQUEST SCRYPTREQUEST SIGNREQUEST TLSWRAP VERIFYREQUEST';
const asyncWrapProviders = { __proto__: null };
providerNames.split(' ').forEach((name, k) => {
  asyncWrapProviders[name] = k;
});
Object.freeze(asyncWrapProviders);

module.exports = {
  AsyncLocalStorage,
  createHook,
  executionAsyncId,
  triggerAsyncId,
  executionAsyncResource,
  asyncWrapProviders,
  AsyncResource,
};
require('internal/util').setAttributes(module.exports, ['AsyncLocalStorage'], { __proto__: null, writable: false });

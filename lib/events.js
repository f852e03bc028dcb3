// SPDX-License-Identifier: MIT
'use strict';

// EventEmitter and the functions around it. emit, on and removeListener are on every hot path: a single listener is
// stored bare, several as an array that is copied only while it is being called through, and nothing is allocated
// for an event nobody listens to.

const { codes } = require('internal/errors');
const { validateAbortSignal, validateObject, validateBoolean, validateNumber } =
  require('internal/validators');
const { ReflectApply, ReflectOwnKeys } = primordials;
const { makeEmit, makeEmitterMethods } = internalBinding('util');

const kCapture = Symbol('kCapture');
const kErrorMonitor = Symbol('events.errorMonitor');
const kRejection = Symbol.for('nodejs.rejection');
const kMaxEventTargetListeners = Symbol('events.maxEventTargetListeners');
const kMaxEventTargetListenersWarned = Symbol('events.maxEventTargetListenersWarned');
const kShapeMode = Symbol('shapeMode');
// Read by the reporter of uncaught exceptions: says where the event was emitted.
const kEnhanceStackBeforeInspector = Symbol.for('nodejs.kEnhanceStackBeforeInspector');

// C looks here too. The first element: how many listeners of one event are too many.
const limits = [10];

function EventEmitter(opts) {
  EventEmitter.init.call(this, opts);
}

EventEmitter.prototype._events = undefined;
EventEmitter.prototype._eventsCount = 0;
EventEmitter.prototype._maxListeners = undefined;

function checkListener(listener) {
  if (typeof listener !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('listener', 'Function', listener);
}

EventEmitter.init = function(opts) {
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = { __proto__: null };
    this._eventsCount = 0;
    this[kShapeMode] = false;
  } else {
    this[kShapeMode] = true;
  }
  this._maxListeners ||= undefined;
  if (opts?.captureRejections) {
    validateBoolean(opts.captureRejections, 'options.captureRejections');
    this[kCapture] = Boolean(opts.captureRejections);
  } else {
    this[kCapture] = EventEmitter.prototype[kCapture];
  }
};

EventEmitter.prototype.setMaxListeners = function setMaxListeners(n) {
  validateNumber(n, 'setMaxListeners', 0);
  this._maxListeners = n;
  return this;
};

function maxListenersOf(emitter) {
  return emitter._maxListeners === undefined ? limits[0] : emitter._maxListeners;
}

EventEmitter.prototype.getMaxListeners = function getMaxListeners() {
  return maxListenersOf(this);
};

// --- captured rejections ---------------------------------------------------------------------------------------

function addCatch(emitter, promise, type, args) {
  if (!emitter[kCapture]) return;
  // A thenable that throws on access is reported as a rejection would be.
  try {
    const { then } = promise;
    if (typeof then === 'function') {
      then.call(promise, undefined, (err) => {
        process.nextTick(emitUnhandledRejectionOrErr, emitter, err, type, args);
      });
    }
  } catch (err) {
    emitter.emit('error', err);
  }
}

function emitUnhandledRejectionOrErr(emitter, err, type, args) {
  if (typeof emitter[kRejection] === 'function') {
    emitter[kRejection](err, type, ...args);
    return;
  }
  // An 'error' listener that rejects must not come back here.
  const previous = emitter[kCapture];
  try {
    emitter[kCapture] = false;
    emitter.emit('error', err);
  } finally {
    emitter[kCapture] = previous;
  }
}

// --- emit ------------------------------------------------------------------------------------------------------

// "Emitted 'error' event on Foo instance at:", with the frames that the error's own stack does not have.
function enhanceStackTrace(err, own) {
  let instance = '';
  try {
    const { name } = this.constructor;
    if (name !== 'EventEmitter') instance = ` on ${name} instance`;
  } catch {
    // No constructor to name.
  }
  const separator = `\nEmitted 'error' event${instance} at:\n`;
  const errLines = err.stack.split('\n').slice(1);
  const ownLines = own.stack.split('\n').slice(1);
  for (let i = 0; i < ownLines.length - 3; i++) {
    const at = errLines.indexOf(ownLines[i]);
    if (at === -1 || errLines.length - at <= 3) continue;
    let length = 1;
    const most = Math.min(ownLines.length - i, errLines.length - at);
    while (length < most && ownLines[i + length] === errLines[at + length]) length++;
    if (length > 3) {
      ownLines.splice(i + 1, length - 2, '    [... lines matching original stack trace ...]');
      break;
    }
  }
  return err.stack + separator + ownLines.join('\n');
}

function emitErrorWithoutListener(emitter, args) {
  const er = args.length > 0 ? args[0] : undefined;
  if (er instanceof Error) {
    try {
      const capture = {};
      Error.captureStackTrace(capture, EventEmitter.prototype.emit);
      Object.defineProperty(er, kEnhanceStackBeforeInspector, {
        __proto__: null,
        value: enhanceStackTrace.bind(emitter, er, capture),
        configurable: true,
      });
    } catch {
      // A frozen error goes as it is.
    }
    throw er;
  }
  let text;
  try {
    text = require('internal/util/inspect').inspect(er);
  } catch {
    text = er;
  }
  const err = new codes.ERR_UNHANDLED_ERROR(text);
  err.context = er;
  throw err;
}

// What C leaves to JavaScript: the event 'error', captured rejections, tables of listeners of an unusual kind.
function emit(type, ...args) {
  const events = this._events;
  if (type === 'error') {
    if (events !== undefined) {
      if (events[kErrorMonitor] !== undefined) this.emit(kErrorMonitor, ...args);
      if (events.error === undefined) emitErrorWithoutListener(this, args);
    } else {
      emitErrorWithoutListener(this, args);
    }
  }
  if (events === undefined) return false;
  const handler = events[type];
  if (handler === undefined) return false;

  if (typeof handler === 'function') {
    const result = ReflectApply(handler, this, args);
    if (result !== undefined && result !== null) addCatch(this, result, type, args);
  } else {
    // A listener may add or remove listeners: this round goes through those of now.
    const listeners = handler.slice();
    for (let i = 0; i < listeners.length; i++) {
      const result = ReflectApply(listeners[i], this, args);
      if (result !== undefined && result !== null) addCatch(this, result, type, args);
    }
  }
  return true;
}

EventEmitter.prototype.emit = makeEmit(emit, kCapture);

// --- adding ----------------------------------------------------------------------------------------------------

function warnOfLeak(emitter, type, existing) {
  existing.warned = true;
  const { inspect } = require('internal/util/inspect');
  const warning = new Error(
    `Possible EventEmitter memory leak detected. ${existing.length} ${String(type)} listeners added to ${
      inspect(emitter, { depth: -1 })}. MaxListeners is ${maxListenersOf(emitter)}. ` +
    'Use emitter.setMaxListeners() to increase limit');
  warning.name = 'MaxListenersExceededWarning';
  warning.emitter = emitter;
  warning.type = type;
  warning.count = existing.length;
  process.emitWarning(warning);
}

function addListenerTo(target, type, listener, prepend) {
  checkListener(listener);
  let events = target._events;
  let existing;
  if (events === undefined) {
    events = target._events = { __proto__: null };
    target._eventsCount = 0;
  } else {
    // 'newListener' comes before the listener is there, and may itself replace _events.
    if (events.newListener !== undefined) {
      target.emit('newListener', type, listener.listener ?? listener);
      events = target._events;
    }
    existing = events[type];
  }
  if (existing === undefined) {
    events[type] = listener;
    ++target._eventsCount;
    return target;
  }
  if (typeof existing === 'function') {
    existing = events[type] = prepend ? [listener, existing] : [existing, listener];
  } else if (prepend) {
    existing.unshift(listener);
  } else {
    existing.push(listener);
  }
  const max = maxListenersOf(target);
  if (max > 0 && existing.length > max && !existing.warned) warnOfLeak(target, type, existing);
  return target;
}

// What C leaves to JavaScript (interp/emitter.c).
const slow = {
  addListener(type, listener) {
    return addListenerTo(this, type, listener, false);
  },
  prependListener(type, listener) {
    return addListenerTo(this, type, listener, true);
  },
  once(type, listener) {
    checkListener(listener);
    this.on(type, wrapOnce(this, type, listener));
    return this;
  },
  removeListener(type, listener) {
    checkListener(listener);
    const events = this._events;
    if (events === undefined) return this;
    const list = events[type];
    if (list === undefined) return this;

    if (list === listener || list.listener === listener) {
      this._eventsCount -= 1;
      if (this[kShapeMode]) {
        events[type] = undefined;
      } else if (this._eventsCount === 0) {
        this._events = { __proto__: null };
      } else {
        delete events[type];
      }
      if (events.removeListener !== undefined) this.emit('removeListener', type, list.listener || listener);
      return this;
    }
    if (typeof list === 'function') return this;

    let position = -1;
    for (let i = list.length - 1; i >= 0; i--) {
      if (list[i] === listener || list[i].listener === listener) {
        position = i;
        break;
      }
    }
    if (position < 0) return this;
    if (position === 0) list.shift();
    else list.splice(position, 1);
    if (list.length === 1) events[type] = list[0];
    if (events.removeListener !== undefined) this.emit('removeListener', type, listener);
    return this;
  },
  listenerCount(type, listener) {
    const found = this._events?.[type];
    if (found === undefined) return 0;
    if (typeof found === 'function') {
      if (listener == null) return 1;
      return listener === found || listener === found.listener ? 1 : 0;
    }
    if (listener == null) return found.length;
    let count = 0;
    for (let i = 0; i < found.length; i++) {
      if (found[i] === listener || found[i].listener === listener) count++;
    }
    return count;
  },
};

const fast = makeEmitterMethods(slow, kShapeMode, limits);
EventEmitter.prototype.addListener = fast.addListener;
EventEmitter.prototype.on = fast.addListener;
EventEmitter.prototype.prependListener = fast.prependListener;
EventEmitter.prototype.once = fast.once;

function wrapOnce(target, type, listener) {
  let fired = false;
  function wrapper(...args) {
    if (fired) return undefined;
    target.removeListener(type, wrapper);
    fired = true;
    return ReflectApply(listener, target, args);
  }
  wrapper.listener = listener;
  return wrapper;
}

EventEmitter.prototype.prependOnceListener = function prependOnceListener(type, listener) {
  checkListener(listener);
  this.prependListener(type, wrapOnce(this, type, listener));
  return this;
};

// --- removing --------------------------------------------------------------------------------------------------

EventEmitter.prototype.removeListener = fast.removeListener;
EventEmitter.prototype.off = fast.removeListener;

EventEmitter.prototype.removeAllListeners = function removeAllListeners(type) {
  const events = this._events;
  if (events === undefined) return this;

  // Nobody to tell: the table is dropped.
  if (events.removeListener === undefined) {
    if (arguments.length === 0) {
      this._events = { __proto__: null };
      this._eventsCount = 0;
    } else if (events[type] !== undefined) {
      if (--this._eventsCount === 0) this._events = { __proto__: null };
      else delete events[type];
    }
    this[kShapeMode] = false;
    return this;
  }

  if (arguments.length === 0) {
    for (const key of ReflectOwnKeys(events)) {
      if (key !== 'removeListener') this.removeAllListeners(key);
    }
    this.removeAllListeners('removeListener');
    this._events = { __proto__: null };
    this._eventsCount = 0;
    this[kShapeMode] = false;
    return this;
  }

  const listeners = events[type];
  if (typeof listeners === 'function') {
    this.removeListener(type, listeners);
  } else if (listeners !== undefined) {
    for (let i = listeners.length - 1; i >= 0; i--) this.removeListener(type, listeners[i]);
  }
  return this;
};

// --- asking ----------------------------------------------------------------------------------------------------

function listenersOf(emitter, type, unwrap) {
  const events = emitter._events;
  const found = events?.[type];
  if (found === undefined) return [];
  if (typeof found === 'function') return unwrap ? [found.listener || found] : [found];
  return unwrap ? found.map((listener) => listener.listener || listener) : found.slice();
}

EventEmitter.prototype.listeners = function listeners(type) {
  return listenersOf(this, type, true);
};

EventEmitter.prototype.rawListeners = function rawListeners(type) {
  return listenersOf(this, type, false);
};

EventEmitter.prototype.listenerCount = fast.listenerCount;

EventEmitter.prototype.eventNames = function eventNames() {
  if (this._eventsCount === 0) return [];
  const events = this._events;
  const names = ReflectOwnKeys(events);
  return this[kShapeMode] ? names.filter((name) => events[name] !== undefined) : names;
};

Object.defineProperty(EventEmitter.prototype, kCapture, {
  __proto__: null,
  value: false,
  writable: true,
  enumerable: false,
});

// --- statics ---------------------------------------------------------------------------------------------------

function isEventTarget(value) {
  return typeof value?.addEventListener === 'function' && typeof value.removeEventListener === 'function';
}

function addAbortListener(signal, listener) {
  return require('internal/events/abort_listener').addAbortListener(signal, listener);
}

function targetListen(emitter, name, listener, flags) {
  if (typeof emitter.on === 'function') {
    if (flags?.once) emitter.once(name, listener);
    else emitter.on(name, listener);
  } else if (typeof emitter.addEventListener === 'function') {
    emitter.addEventListener(name, listener, flags);
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', emitter);
  }
}

function targetUnlisten(emitter, name, listener, flags) {
  if (typeof emitter.removeListener === 'function') emitter.removeListener(name, listener);
  else if (typeof emitter.removeEventListener === 'function') emitter.removeEventListener(name, listener, flags);
  else throw new codes.ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', emitter);
}

function abortError(signal) {
  const { AbortError } = require('internal/errors');
  return new AbortError(undefined, { cause: signal.reason });
}

async function once(emitter, name, options = {}) {
  validateObject(options, 'options');
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw abortError(signal);
  return new Promise((resolve, reject) => {
    const errorListener = (err) => {
      emitter.removeListener(name, resolver);
      if (signal != null) targetUnlisten(signal, 'abort', onAbort);
      reject(err);
    };
    const resolver = (...args) => {
      if (typeof emitter.removeListener === 'function') emitter.removeListener('error', errorListener);
      if (signal != null) targetUnlisten(signal, 'abort', onAbort);
      resolve(args);
    };
    const onAbort = () => {
      targetUnlisten(emitter, name, resolver);
      if (typeof emitter.removeListener === 'function') emitter.removeListener('error', errorListener);
      reject(abortError(signal));
    };
    targetListen(emitter, name, resolver, { once: true });
    if (name !== 'error' && typeof emitter.once === 'function') emitter.once('error', errorListener);
    if (signal != null) {
      const { kResistStopPropagation } = require('internal/event_target');
      targetListen(signal, 'abort', onAbort, { __proto__: null, once: true, [kResistStopPropagation]: true });
    }
  });
}

function iterResult(value, done) {
  return { value, done };
}

// An async iterator over an event; what comes while nobody waits is queued.
function on(emitter, event, options = {}) {
  validateObject(options, 'options');
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw abortError(signal);
  const { validateInteger } = require('internal/validators');
  const highWaterMark = options.highWaterMark ?? options.highWatermark ?? Number.MAX_SAFE_INTEGER;
  validateInteger(highWaterMark, 'options.highWaterMark', 1);
  const lowWaterMark = options.lowWaterMark ?? options.lowWatermark ?? 1;
  validateInteger(lowWaterMark, 'options.lowWaterMark', 1);

  const events = [];
  const waiting = [];
  let paused = false;
  let error = null;
  let finished = false;
  const listening = [];
  let abortSubscription;

  function listen(target, name, handler) {
    targetListen(target, name, handler);
    listening.push([target, name, handler]);
  }

  function close() {
    abortSubscription?.[Symbol.dispose]();
    while (listening.length > 0) {
      const { 0: target, 1: name, 2: handler } = listening.pop();
      targetUnlisten(target, name, handler);
    }
    finished = true;
    const done = iterResult(undefined, true);
    for (const promise of waiting.splice(0)) promise.resolve(done);
    return Promise.resolve(done);
  }

  // Nameless in what 'newListener' tells.
  const onEvent = (0, (...args) => {
    if (waiting.length > 0) {
      waiting.shift().resolve(iterResult(args, false));
      return;
    }
    events.push(args);
    if (!paused && events.length > highWaterMark) {
      paused = true;
      emitter.pause();
    }
  });

  function errorHandler(err) {
    if (waiting.length > 0) waiting.shift().reject(err);
    else error = err;
    close();
  }

  const iterator = Object.setPrototypeOf({
    next() {
      if (events.length > 0) {
        const value = events.shift();
        if (paused && !finished && events.length < lowWaterMark) {
          emitter.resume();
          paused = false;
        }
        return Promise.resolve(iterResult(value, false));
      }
      if (error) {
        const rejected = Promise.reject(error);
        error = null;
        return rejected;
      }
      if (finished) return close();
      return new Promise((resolve, reject) => { waiting.push({ resolve, reject }); });
    },
    return() {
      return close();
    },
    throw(err) {
      if (!err || !(err instanceof Error)) {
        throw new codes.ERR_INVALID_ARG_TYPE('EventEmitter.AsyncIterator', 'Error', err);
      }
      errorHandler(err);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.for('nodejs.watermarkData')]: {
      get size() { return events.length; },
      get low() { return lowWaterMark; },
      get high() { return highWaterMark; },
      get isPaused() { return paused; },
    },
  }, asyncIteratorPrototype());

  listen(emitter, event, onEvent);
  if (event !== 'error' && typeof emitter.on === 'function') listen(emitter, 'error', errorHandler);
  const { close: closers } = options;
  if (closers?.length) {
    for (const name of closers) listen(emitter, name, close);
  }
  if (signal) abortSubscription = addAbortListener(signal, () => errorHandler(abortError(signal)));
  return iterator;
}

let asyncIteratorProto;
function asyncIteratorPrototype() {
  return asyncIteratorProto ??= Object.getPrototypeOf(Object.getPrototypeOf((async function* () {}).prototype));
}

function getEventListeners(emitterOrTarget, type) {
  if (typeof emitterOrTarget?.listeners === 'function') return emitterOrTarget.listeners(type);
  const { EventTarget, kEvents } = require('internal/event_target');
  if (emitterOrTarget instanceof EventTarget) {
    const found = [];
    let handler = emitterOrTarget[kEvents].get(type)?.next;
    while (handler?.listener !== undefined) {
      const listener = handler.listener?.deref ? handler.listener.deref() : handler.listener;
      if (listener !== undefined) found.push(listener);
      handler = handler.next;
    }
    return found;
  }
  throw new codes.ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], emitterOrTarget);
}

function getMaxListeners(emitterOrTarget) {
  if (typeof emitterOrTarget?.getMaxListeners === 'function') return maxListenersOf(emitterOrTarget);
  if (typeof emitterOrTarget?.[kMaxEventTargetListeners] === 'number') {
    return emitterOrTarget[kMaxEventTargetListeners];
  }
  throw new codes.ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], emitterOrTarget);
}

function listenerCount(emitter, type) {
  if (typeof emitter.listenerCount === 'function') return emitter.listenerCount(type);
  if (isEventTarget(emitter)) return getEventListeners(emitter, type).length;
  return EventEmitter.prototype.listenerCount.call(emitter, type);
}

Object.defineProperties(EventEmitter, {
  addAbortListener: { __proto__: null, value: addAbortListener, enumerable: true, writable: true, configurable: true },
  once: { __proto__: null, value: once, enumerable: true, writable: true, configurable: true },
  on: { __proto__: null, value: on, enumerable: true, writable: true, configurable: true },
});
EventEmitter.getEventListeners = getEventListeners;
EventEmitter.getMaxListeners = getMaxListeners;
EventEmitter.listenerCount = listenerCount;
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.usingDomains = false;
EventEmitter.captureRejectionSymbol = kRejection;

Object.defineProperties(EventEmitter, {
  captureRejections: {
    __proto__: null,
    get() { return EventEmitter.prototype[kCapture]; },
    set(value) {
      validateBoolean(value, 'EventEmitter.captureRejections');
      EventEmitter.prototype[kCapture] = value;
    },
    enumerable: true,
  },
  EventEmitterAsyncResource: {
    __proto__: null,
    get() { return require('internal/events/async_resource').EventEmitterAsyncResource; },
    set: undefined,
    enumerable: true,
    configurable: true,
  },
  errorMonitor: { __proto__: null, value: kErrorMonitor, enumerable: true, writable: true, configurable: true },
  defaultMaxListeners: {
    __proto__: null,
    enumerable: true,
    get() { return limits[0]; },
    set(n) {
      validateNumber(n, 'defaultMaxListeners', 0);
      limits[0] = n;
    },
  },
  kMaxEventTargetListeners: { __proto__: null, value: kMaxEventTargetListeners, enumerable: false },
  kMaxEventTargetListenersWarned: { __proto__: null, value: kMaxEventTargetListenersWarned, enumerable: false },
});

EventEmitter.setMaxListeners = function(n = limits[0], ...eventTargets) {
  validateNumber(n, 'setMaxListeners', 0);
  if (eventTargets.length === 0) {
    limits[0] = n;
    return;
  }
  for (const target of eventTargets) {
    if (typeof target?.[kMaxEventTargetListeners] === 'number') {
      target[kMaxEventTargetListeners] = n;
      target[kMaxEventTargetListenersWarned] = false;
    } else if (typeof target?.setMaxListeners === 'function') {
      target.setMaxListeners(n);
    } else {
      throw new codes.ERR_INVALID_ARG_TYPE('eventTargets', ['EventEmitter', 'EventTarget'], target);
    }
  }
};

module.exports = EventEmitter;

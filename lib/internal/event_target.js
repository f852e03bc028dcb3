// SPDX-License-Identifier: MIT
'use strict';

// Event, EventTarget and CustomEvent  https://dom.spec.whatwg.org/#events, without a tree: a target's only path is
// itself. NodeEventTarget adds the emitter-like names that some of Node's own targets have.

const { codes } = require('internal/errors');
const { customInspectSymbol, kEmptyObject, kEnumerableProperty } = require('internal/util');
const { validateObject, validateString, validateAbortSignal, kValidateObjectAllowObjectsAndNull } =
  require('internal/validators');
const { now } = require('internal/perf/clock');
const { kMaxEventTargetListeners, kMaxEventTargetListenersWarned, defaultMaxListeners } = require('events');

const kEvents = Symbol('kEvents');
const kIsEventTarget = Symbol.for('nodejs.event_target');
const kIsNodeEventTarget = Symbol('kIsNodeEventTarget');
const kResistStopPropagation = Symbol('kResistStopPropagation');
const kNewListener = Symbol('kNewListener');
const kRemoveListener = Symbol('kRemoveListener');
const kCreateEvent = Symbol('kCreateEvent');
const kHybridDispatch = Symbol.for('nodejs.internal.kHybridDispatch');
const kTrustEvent = Symbol('kTrustEvent');
const kWeakHandler = Symbol('kWeak');
const kTarget = Symbol('kTarget');
const kIsBeingDispatched = Symbol('kIsBeingDispatched');
const kStop = Symbol('kStop');
const kInPassiveListener = Symbol('kInPassiveListener');
const kHandlers = Symbol('kHandlers');
const kType = Symbol('type');

const trustedEvents = new WeakSet();

const isTrusted = Object.getOwnPropertyDescriptor({
  get isTrusted() {
    return trustedEvents.has(this);
  },
}, 'isTrusted').get;

function checkEvent(value) {
  if (typeof value !== 'object' || value === null || !(kType in value)) throw new codes.ERR_INVALID_THIS('Event');
}

class Event {
  #cancelable = false;
  #bubbles = false;
  #composed = false;
  #defaultPrevented = false;
  #timestamp = now();
  #propagationStopped = false;

  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    if (options != null) {
      validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
      this.#bubbles = Boolean(options.bubbles);
      this.#cancelable = Boolean(options.cancelable);
      this.#composed = Boolean(options.composed);
    }
    this[kType] = `${type}`;
    this[kTarget] = null;
    this[kIsBeingDispatched] = false;
    this[kInPassiveListener] = false;
    if (options?.[kTrustEvent]) trustedEvents.add(this);
  }

  initEvent(type, bubbles = false, cancelable = false) {
    checkEvent(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    if (this[kIsBeingDispatched]) return;
    this[kType] = `${type}`;
    this.#bubbles = Boolean(bubbles);
    this.#cancelable = Boolean(cancelable);
  }

  [customInspectSymbol](depth, options) {
    checkEvent(this);
    const name = this.constructor.name;
    if (depth < 0) return name;
    const { inspect } = require('internal/util/inspect');
    const nested = { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth };
    return `${name} ${inspect({
      type: this[kType],
      defaultPrevented: this.#defaultPrevented,
      cancelable: this.#cancelable,
      timeStamp: this.#timestamp,
    }, nested)}`;
  }

  stopImmediatePropagation() {
    checkEvent(this);
    this.stopPropagation();
    this[kStop] = true;
  }

  preventDefault() {
    checkEvent(this);
    if (this.#cancelable && !this[kInPassiveListener]) this.#defaultPrevented = true;
  }

  get target() {
    checkEvent(this);
    return this[kTarget];
  }

  get currentTarget() {
    checkEvent(this);
    return this[kIsBeingDispatched] ? this[kTarget] : null;
  }

  get srcElement() {
    checkEvent(this);
    return this[kTarget];
  }

  get type() {
    checkEvent(this);
    return this[kType];
  }

  get cancelable() {
    checkEvent(this);
    return this.#cancelable;
  }

  get defaultPrevented() {
    checkEvent(this);
    return this.#cancelable && this.#defaultPrevented;
  }

  get timeStamp() {
    checkEvent(this);
    return this.#timestamp;
  }

  composedPath() {
    checkEvent(this);
    return this[kIsBeingDispatched] ? [this[kTarget]] : [];
  }

  get returnValue() {
    checkEvent(this);
    return !this.#cancelable || !this.#defaultPrevented;
  }

  // Legacy of DOM: false is preventDefault(), and there is no way back.
  set returnValue(value) {
    checkEvent(this);
    if (!value) this.preventDefault();
  }

  get bubbles() {
    checkEvent(this);
    return this.#bubbles;
  }

  get composed() {
    checkEvent(this);
    return this.#composed;
  }

  get eventPhase() {
    checkEvent(this);
    return this[kIsBeingDispatched] ? Event.AT_TARGET : Event.NONE;
  }

  get cancelBubble() {
    checkEvent(this);
    return this.#propagationStopped;
  }

  set cancelBubble(value) {
    checkEvent(this);
    if (value) this.#propagationStopped = true;
  }

  stopPropagation() {
    checkEvent(this);
    this.#propagationStopped = true;
  }
}

{
  const props = {
    [Symbol.toStringTag]: { __proto__: null, writable: false, enumerable: false, configurable: true, value: 'Event' },
    isTrusted: { __proto__: null, get: isTrusted, enumerable: true },
    // Few events are stopped: those get one of their own.
    [kStop]: { __proto__: null, value: false, writable: true },
  };
  for (const name of ['initEvent', 'stopImmediatePropagation', 'preventDefault', 'target', 'currentTarget',
    'srcElement', 'type', 'cancelable', 'defaultPrevented', 'timeStamp', 'composedPath', 'returnValue', 'bubbles',
    'composed', 'eventPhase', 'cancelBubble', 'stopPropagation']) {
    props[name] = kEnumerableProperty;
  }
  Object.defineProperties(Event.prototype, props);
  const phases = ['NONE', 'CAPTURING_PHASE', 'AT_TARGET', 'BUBBLING_PHASE'];
  phases.forEach((name, value) => {
    Object.defineProperty(Event, name, { __proto__: null, value, enumerable: true });
  });
}

class CustomEvent extends Event {
  #detail;

  constructor(type, options = kEmptyObject) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    super(type, options);
    this.#detail = options?.detail ?? null;
  }

  get detail() {
    if (typeof this !== 'object' || this === null || !(#detail in this)) {
      throw new codes.ERR_INVALID_THIS('CustomEvent');
    }
    return this.#detail;
  }
}
Object.defineProperties(CustomEvent.prototype, {
  [Symbol.toStringTag]: { __proto__: null, writable: false, enumerable: false, configurable: true,
    value: 'CustomEvent' },
  detail: kEnumerableProperty,
});

// --- targets -------------------------------------------------------------------------------------------------------

// One listener in a target's list; the list is linked so that removal during dispatch is safe.
class Listener {
  constructor(previous, listener, { once, capture, passive, isNodeStyle, weak, resist }) {
    this.next = undefined;
    if (previous !== undefined) previous.next = this;
    this.previous = previous;
    this.listener = weak ? new WeakRef(listener) : listener;
    this.once = once;
    this.capture = capture;
    this.passive = passive;
    this.isNodeStyle = isNodeStyle;
    this.resist = resist;
    this.removed = false;
    this.weak = Boolean(weak);
    if (typeof listener === 'function') {
      this.callback = weak ? undefined : listener;
    } else {
      this.callback = (...args) => Reflect.apply(this.own().handleEvent, this.own(), args);
    }
  }

  own() {
    return this.weak ? this.listener.deref() : this.listener;
  }

  same(listener, capture) {
    return this.own() === listener && this.capture === capture;
  }

  remove() {
    if (this.previous !== undefined) this.previous.next = this.next;
    if (this.next !== undefined) this.next.previous = this.previous;
    this.removed = true;
    if (this.weak) this.listener = { deref() {} };
  }
}

function initEventTarget(self) {
  self[kEvents] = new Map();
  self[kMaxEventTargetListeners] = defaultMaxListeners;
  self[kMaxEventTargetListenersWarned] = false;
  self[kHandlers] = new Map();
}

function isEventTarget(value) {
  return Boolean(value?.constructor?.[kIsEventTarget]);
}

function checkTarget(value) {
  if (!isEventTarget(value)) throw new codes.ERR_INVALID_THIS('EventTarget');
}

function usableListener(listener) {
  if (typeof listener === 'function' || (typeof listener === 'object' && listener !== null)) return true;
  if (listener == null) return false;
  throw new codes.ERR_INVALID_ARG_TYPE('listener', 'EventListener', listener);
}

function readOptions(options) {
  if (typeof options === 'boolean') return { capture: options };
  if (options === null || options === undefined) return {};
  if (typeof options !== 'object' && typeof options !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  return {
    once: Boolean(options.once),
    capture: Boolean(options.capture),
    passive: Boolean(options.passive),
    signal: options.signal,
    isNodeStyle: Boolean(options[kIsNodeStyle]),
    weak: options[kWeakHandler],
    resist: options[kResistStopPropagation] ?? false,
  };
}
const kIsNodeStyle = Symbol('kIsNodeStyle');

class EventTarget {
  static [kIsEventTarget] = true;

  constructor() {
    initEventTarget(this);
  }

  [kNewListener](size, type, listener, once, capture, passive, weak) {
    const max = this[kMaxEventTargetListeners];
    if (max > 0 && size > max && !this[kMaxEventTargetListenersWarned]) {
      this[kMaxEventTargetListenersWarned] = true;
      const { inspect } = require('internal/util/inspect');
      const warning = new Error(`Possible EventTarget memory leak detected. ${size} ${type} listeners added to ${
        inspect(this, { depth: -1 })}. MaxListeners is ${max}. Use events.setMaxListeners() to increase limit`);
      warning.name = 'MaxListenersExceededWarning';
      warning.target = this;
      warning.type = type;
      warning.count = size;
      process.emitWarning(warning);
    }
  }

  [kRemoveListener](size, type, listener, capture) {}

  addEventListener(type, listener, options = kEmptyObject) {
    checkTarget(this);
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('type', 'listener');
    const opts = readOptions(options);
    const { signal } = opts;
    validateAbortSignal(signal, 'options.signal');
    if (!usableListener(listener)) {
      const warning = new Error(`addEventListener called with ${listener} which has no effect.`);
      warning.name = 'AddEventListenerArgumentTypeWarning';
      warning.target = this;
      warning.type = type;
      process.emitWarning(warning);
      return;
    }
    type = `${type}`;
    if (signal) {
      if (signal.aborted) return;
      signal.addEventListener('abort', () => this.removeEventListener(type, listener, options),
        { once: true, [kWeakHandler]: this, [kResistStopPropagation]: true });
    }
    const once = opts.once ?? false;
    const capture = opts.capture ?? false;
    const settings = { once, capture, passive: opts.passive ?? false, isNodeStyle: opts.isNodeStyle,
      weak: undefined, resist: opts.resist };
    let root = this[kEvents].get(type);
    if (root === undefined) {
      root = { size: 1, next: undefined, resisting: opts.resist };
      new Listener(root, listener, settings);
      this[kEvents].set(type, root);
      this[kNewListener](root.size, type, listener, once, capture, settings.passive, opts.weak);
      return;
    }
    let previous = root;
    let handler = root.next;
    while (handler !== undefined) {
      if (handler.same(listener, capture)) return;
      previous = handler;
      handler = handler.next;
    }
    new Listener(previous, listener, settings);
    root.size++;
    root.resisting ||= opts.resist;
    this[kNewListener](root.size, type, listener, once, capture, settings.passive, opts.weak);
  }

  removeEventListener(type, listener, options = kEmptyObject) {
    checkTarget(this);
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('type', 'listener');
    if (!usableListener(listener)) return;
    type = `${type}`;
    const capture = typeof options === 'boolean' ? options : Boolean(options?.capture);
    const root = this[kEvents].get(type);
    for (let handler = root?.next; handler !== undefined; handler = handler.next) {
      if (handler.same(listener, capture)) {
        handler.remove();
        root.size--;
        if (root.size === 0) this[kEvents].delete(type);
        this[kRemoveListener](root.size, type, listener, capture);
        break;
      }
    }
  }

  dispatchEvent(event) {
    checkTarget(this);
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('event');
    if (typeof event !== 'object' || event === null || !(kType in event)) {
      throw new codes.ERR_INVALID_ARG_TYPE('event', 'Event', event);
    }
    if (event[kIsBeingDispatched]) throw new codes.ERR_EVENT_RECURSION(event.type);
    this[kHybridDispatch](event, event.type, event);
    return event.defaultPrevented !== true;
  }

  [kHybridDispatch](nodeValue, type, event) {
    if (event !== undefined) {
      event[kTarget] = this;
      event[kIsBeingDispatched] = true;
    }
    const root = this[kEvents].get(type);
    if (root === undefined || root.next === undefined) {
      if (event !== undefined) event[kIsBeingDispatched] = false;
      return true;
    }
    let handler = root.next;
    while (handler !== undefined && (handler.passive || event?.[kStop] !== true || root.resisting)) {
      // What a listener adds or removes must not disturb this walk.
      const { next } = handler;
      if (handler.removed || (event?.[kStop] === true && !handler.resist)) {
        handler = next;
        continue;
      }
      if (handler.once) {
        handler.remove();
        root.size--;
        if (root.size === 0) this[kEvents].delete(type);
        const { listener, capture } = handler;
        this[kRemoveListener](root.size, type, listener, capture);
      }
      try {
        let arg = nodeValue;
        if (!handler.isNodeStyle) {
          if (event === undefined) {
            event = this[kCreateEvent](nodeValue, type);
            event[kTarget] = this;
            event[kIsBeingDispatched] = true;
          }
          arg = event;
        }
        const callback = handler.weak ? handler.listener.deref() : handler.callback;
        let result;
        if (callback) {
          if (handler.passive && !handler.isNodeStyle) arg[kInPassiveListener] = true;
          result = Reflect.apply(callback, this, [arg]);
          if (!handler.isNodeStyle) {
            arg[kIsBeingDispatched] = true;
            arg[kInPassiveListener] = false;
          }
        }
        if (result !== undefined && result !== null) addCatch(result);
      } catch (err) {
        process.nextTick(() => { throw err; });
      }
      handler = next;
    }
    if (event !== undefined) event[kIsBeingDispatched] = false;
    return true;
  }

  [kCreateEvent](nodeValue, type) {
    return nodeValue;
  }

  [customInspectSymbol](depth, options) {
    checkTarget(this);
    const name = this.constructor.name;
    if (depth < 0) return name;
    const { inspect } = require('internal/util/inspect');
    return `${name} ${inspect({}, options)}`;
  }
}

Object.defineProperties(EventTarget.prototype, {
  addEventListener: kEnumerableProperty,
  removeEventListener: kEnumerableProperty,
  dispatchEvent: kEnumerableProperty,
  [Symbol.toStringTag]: { __proto__: null, writable: false, enumerable: false, configurable: true,
    value: 'EventTarget' },
});

// A listener's promise that rejects is an uncaught error, as a throw is.
function addCatch(promise) {
  const { then } = promise;
  if (typeof then === 'function') {
    Reflect.apply(then, promise, [undefined, (err) => process.nextTick(() => { throw err; })]);
  }
}

class NodeEventTarget extends EventTarget {
  static [kIsNodeEventTarget] = true;
  static defaultMaxListeners = 10;

  setMaxListeners(n) {
    require('events').setMaxListeners(n, this);
  }

  getMaxListeners() {
    return this[kMaxEventTargetListeners];
  }

  eventNames() {
    return [...this[kEvents].keys()];
  }

  listenerCount(type) {
    return this[kEvents].get(`${type}`)?.size ?? 0;
  }

  off(type, listener, options) {
    this.removeEventListener(type, listener, options);
    return this;
  }

  removeListener(type, listener, options) {
    this.removeEventListener(type, listener, options);
    return this;
  }

  on(type, listener) {
    this.addEventListener(type, listener, { [kIsNodeStyle]: true });
    return this;
  }

  addListener(type, listener) {
    this.addEventListener(type, listener, { [kIsNodeStyle]: true });
    return this;
  }

  emit(type, arg) {
    validateString(type, 'type');
    const had = this.listenerCount(type) > 0;
    this[kHybridDispatch](arg, type);
    return had;
  }

  once(type, listener) {
    this.addEventListener(type, listener, { once: true, [kIsNodeStyle]: true });
    return this;
  }

  removeAllListeners(type) {
    if (type !== undefined) this[kEvents].delete(String(type));
    else this[kEvents].clear();
    return this;
  }
}
Object.defineProperties(NodeEventTarget.prototype, Object.fromEntries(
  ['setMaxListeners', 'getMaxListeners', 'eventNames', 'listenerCount', 'off', 'removeListener', 'on', 'addListener',
    'once', 'emit', 'removeAllListeners'].map((name) => [name, kEnumerableProperty])));

// `target.onfoo = f`: an attribute that is one listener.
function defineEventHandler(emitter, name, event = name) {
  const propName = `on${name}`;
  function get() {
    if (!(kHandlers in this)) throw new codes.ERR_INVALID_THIS('EventTarget');
    return this[kHandlers].get(event)?.handler ?? null;
  }
  function set(value) {
    if (!(kHandlers in this)) throw new codes.ERR_INVALID_THIS('EventTarget');
    let wrapped = this[kHandlers].get(event);
    const handler = typeof value === 'function' || (typeof value === 'object' && value !== null) ? value : null;
    if (wrapped !== undefined) {
      if (wrapped.handler === null && handler !== null) this.addEventListener(event, wrapped);
      else if (handler === null) this.removeEventListener(event, wrapped);
      wrapped.handler = handler;
      return;
    }
    if (handler === null) return;
    wrapped = (...args) => {
      if (typeof wrapped.handler !== 'function') return undefined;
      return Reflect.apply(wrapped.handler, this, args);
    };
    wrapped.handler = handler;
    this[kHandlers].set(event, wrapped);
    this.addEventListener(event, wrapped);
  }
  Object.defineProperty(get, 'name', { __proto__: null, value: `get ${propName}` });
  Object.defineProperty(set, 'name', { __proto__: null, value: `set ${propName}` });
  Object.defineProperty(emitter, propName, { __proto__: null, get, set, configurable: true, enumerable: true });
}

module.exports = {
  CustomEvent,
  Event,
  EventTarget,
  NodeEventTarget,
  defineEventHandler,
  initEventTarget,
  isEventTarget,
  kCreateEvent,
  kEvents,
  kNewListener,
  kRemoveListener,
  kResistStopPropagation,
  kTrustEvent,
  kWeakHandler,
  kHybridDispatch,
};

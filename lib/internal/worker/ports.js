// SPDX-License-Identifier: MIT
'use strict';

// MessagePort, MessageChannel and BroadcastChannel over the handles of internalBinding('messaging').

const { codes } = require('internal/errors');
const { customInspectSymbol, kEnumerableProperty } = require('internal/util');
const { Event, EventTarget, NodeEventTarget, defineEventHandler, kCreateEvent, kHybridDispatch, kNewListener,
        kRemoveListener } =
  require('internal/event_target');
const binding = internalBinding('messaging');
const clone = require('internal/worker/clone');

const kHandle = Symbol('kHandle');
const kDispatch = Symbol('dispatch');

class MessagePortCloseEvent extends Event {}

// The transfer list of postMessage()'s second argument: an iterable, or an object that has one. Undefined for none.
function transferListOf(options) {
  if (options === undefined || options === null) return undefined;
  if (typeof options !== 'object') throw notIterable('transferList');
  if (Array.isArray(options)) return options;
  if (typeof options[Symbol.iterator] === 'function') return listOf(options, 'transferList');
  const { transfer } = options;
  if (transfer === undefined) return undefined;
  if (transfer === null || typeof transfer !== 'object') throw notIterable('options.transfer');
  return listOf(transfer, 'options.transfer');
}

function notIterable(what) {
  const error = new TypeError(`Optional ${what} argument must be an iterable`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

// What next() throws is the program's own; an object that cannot be walked at all is a wrong argument.
function listOf(value, what) {
  const iterator = value[Symbol.iterator]?.();
  const next = iterator?.next;
  if (typeof next !== 'function') throw notIterable(what);
  const list = [];
  for (let step = Reflect.apply(next, iterator, []); !step.done; step = Reflect.apply(next, iterator, [])) {
    list.push(step.value);
  }
  return list;
}

function missing(text) {
  const error = new TypeError(text);
  error.code = 'ERR_MISSING_ARGS';
  return error;
}

// --- MessagePort -----------------------------------------------------------------------------------------------------

class Port extends NodeEventTarget {
  constructor(handle) {
    super();
    Object.defineProperty(this, kHandle, { __proto__: null, value: handle, writable: true, enumerable: false });
    handle.onmessage = (value, ports) => this[kDispatch](value, ports, 'message');
    handle.onmessageerror = (error) => this[kDispatch](error, [], 'messageerror');
    handle.onclose = () => {
      this[kHandle] = undefined;
      this.dispatchEvent(new MessagePortCloseEvent('close'));
    };
    handle.ondetach = () => {
      this[kHandle] = undefined;
    };
  }

  [kNewListener](size, type, ...rest) {
    if (type === 'message' && size === 1 && this[kHandle] !== undefined && !this[kHandle].keepsUnref) {
      this.ref();
      this.start();
    }
    return super[kNewListener](size, type, ...rest);
  }

  [kRemoveListener](size, type, ...rest) {
    if (type === 'message' && size === 0 && this[kHandle] !== undefined && !this[kHandle].keepsUnref) {
      this[kHandle].stop();
      this.unref();
    }
    return super[kRemoveListener](size, type, ...rest);
  }

  [kCreateEvent](value, type) {
    if (type !== 'message' && type !== 'messageerror') {
      const { CustomEvent } = require('internal/event_target');
      return new CustomEvent(type, { detail: value });
    }
    const { MessageEvent } = require('internal/web_events');
    return new MessageEvent(type, { data: value });
  }

  postMessage(...args) {
    if (args.length === 0) throw missing('Not enough arguments to MessagePort.postMessage');
    const handle = this[kHandle];
    const list = transferListOf(args[1]);
    if (handle === undefined) {
      // The value is looked at all the same.
      binding.structuredClone(args[0], list);
      return undefined;
    }
    if (handle.post(args[0], list) === null) {
      process.emitWarning('The target port was posted to itself, and the communication channel was lost');
      return true;
    }
    return true;
  }

  start() {
    this[kHandle]?.start();
  }

  close(callback) {
    if (typeof callback === 'function') this.once('close', callback);
    this[kHandle]?.close();
  }

  ref() {
    this[kHandle]?.ref();
  }

  unref() {
    this[kHandle]?.unref();
  }

  hasRef() {
    return this[kHandle]?.hasRef() ?? false;
  }

  [customInspectSymbol](depth, options) {
    const { inspect } = require('internal/util/inspect');
    const shown = this[kHandle] === undefined ? { active: false } :
      { active: true, refed: this.hasRef() };
    return `MessagePort [EventTarget] ${inspect(shown, options)}`;
  }
}

// A constructor that nobody may call; ports come from channels and messages.
function MessagePort() {
  throw new codes.ERR_CONSTRUCT_CALL_INVALID();
}
MessagePort.prototype = Port.prototype;
Object.defineProperty(MessagePort, 'prototype', { __proto__: null, writable: false });
Object.setPrototypeOf(MessagePort, NodeEventTarget);
Object.defineProperty(Port.prototype, 'constructor', {
  __proto__: null, value: MessagePort, writable: true, configurable: true, enumerable: false,
});

// Listeners by on() get the value, those by addEventListener() an event.
Object.defineProperty(MessagePort.prototype, kDispatch, {
  __proto__: null,
  value(value, ports, type) {
    if (this.listenerCount(type) === 0) return;
    let event;
    const make = () => {
      const { MessageEvent } = require('internal/web_events');
      return event ??= new MessageEvent(type, { data: value, ports });
    };
    Object.defineProperty(this, kCreateEvent, { __proto__: null, value: make, configurable: true });
    try {
      this[kHybridDispatch](value, type, undefined);
    } finally {
      delete this[kCreateEvent];
    }
  },
});

defineEventHandler(MessagePort.prototype, 'message');
defineEventHandler(MessagePort.prototype, 'messageerror');
Object.defineProperties(MessagePort.prototype, {
  postMessage: kEnumerableProperty, start: kEnumerableProperty, close: kEnumerableProperty, ref: kEnumerableProperty,
  unref: kEnumerableProperty, hasRef: kEnumerableProperty,
  [Symbol.toStringTag]: { __proto__: null, value: 'MessagePort', configurable: true },
});

function wrapPort(handle) {
  return new Port(handle);
}

function isMessagePort(value) {
  return value instanceof MessagePort;
}

binding.setCallbacks({ checkTransfer: clone.checkTransfer, clone: clone.clone, giveUp: clone.giveUp,
                       makeError: clone.makeError, restore: clone.restore, transfer: clone.transfer, wrapPort }, kHandle);

// --- MessageChannel --------------------------------------------------------------------------------------------------

function MessageChannel() {
  if (!new.target) throw new codes.ERR_CONSTRUCT_CALL_REQUIRED('MessageChannel');
  const { 0: one, 1: two } = binding.createChannel();
  this.port1 = wrapPort(one);
  this.port2 = wrapPort(two);
}

// Of another context.
function isForeignPort(value) {
  const { BuiltinModule } = require('internal/bootstrap/realm');
  return BuiltinModule.isLoaded('internal/worker/foreign_port') && require('internal/worker/foreign_port').foreignPorts.has(value);
}

function receiveMessageOnPort(port) {
  const handle = isMessagePort(port) || port instanceof BroadcastChannel || isForeignPort(port) ? port[kHandle] : null;
  if (handle === null) {
    const error = new TypeError('The "port" argument must be a MessagePort instance');
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  }
  if (handle === undefined) return undefined;
  const parts = binding.receive(handle);
  return parts === undefined ? undefined : { message: parts[0] };
}

// --- BroadcastChannel ------------------------------------------------------------------------------------------------

class BroadcastChannel extends EventTarget {
  #name;

  constructor(name) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    super();
    this.#name = `${name}`;
    const handle = binding.createBroadcast(this.#name);
    Object.defineProperty(this, kHandle, { __proto__: null, value: handle, writable: true, enumerable: false });
    const { MessageEvent } = require('internal/web_events');
    handle.onmessage = (data, ports) => this.dispatchEvent(new MessageEvent('message', { data, ports }));
    handle.onmessageerror = (data) => this.dispatchEvent(new MessageEvent('messageerror', { data }));
    handle.onclose = () => {
      this[kHandle] = undefined;
    };
    handle.start();
    handle.ref();
  }

  static #check(self) {
    if (self === null || typeof self !== 'object' || !(#name in self)) throw new codes.ERR_INVALID_THIS('BroadcastChannel');
  }

  get name() {
    BroadcastChannel.#check(this);
    return this.#name;
  }

  close() {
    BroadcastChannel.#check(this);
    const handle = this[kHandle];
    if (handle === undefined) return;
    this[kHandle] = undefined;
    // Unlike a MessagePort it gets nothing more, whatever waits.
    handle.onmessage = handle.onmessageerror = undefined;
    handle.close();
  }

  postMessage(message) {
    const args = arguments;
    BroadcastChannel.#check(this);
    if (args.length === 0) throw new codes.ERR_MISSING_ARGS('message');
    if (this[kHandle] === undefined) {
      const { DOMException } = require('internal/domexception');
      throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
    }
    this[kHandle].post(args[0], undefined);
  }

  // Not in the standard: whether it keeps the process running.
  ref() {
    BroadcastChannel.#check(this);
    this[kHandle]?.ref();
    return this;
  }

  unref() {
    BroadcastChannel.#check(this);
    this[kHandle]?.unref();
    return this;
  }

  [customInspectSymbol](depth, options) {
    BroadcastChannel.#check(this);
    if (depth < 0) return 'BroadcastChannel';
    const { inspect } = require('internal/util/inspect');
    const opts = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `BroadcastChannel ${inspect({ name: this.#name, active: this[kHandle] !== undefined }, opts)}`;
  }
}

defineEventHandler(BroadcastChannel.prototype, 'message');
defineEventHandler(BroadcastChannel.prototype, 'messageerror');
Object.defineProperties(BroadcastChannel.prototype, {
  name: kEnumerableProperty, close: kEnumerableProperty, postMessage: kEnumerableProperty,
  [Symbol.toStringTag]: { __proto__: null, value: 'BroadcastChannel', configurable: true },
});

module.exports = { BroadcastChannel, MessageChannel, MessagePort, isMessagePort, kHandle, receiveMessageOnPort,
                   transferListOf, wrapPort };

// SPDX-License-Identifier: MIT
'use strict';

// MessageEvent, CloseEvent and ErrorEvent  https://html.spec.whatwg.org/#messageevent, #errorevent,
// https://websockets.spec.whatwg.org/#the-closeevent-interface

const { Event } = require('internal/event_target');
const { illegalInvocation, publish, requireArguments, toDictionary, toText, toUSVString } =
  require('internal/fetch/webidl');

const kEmpty = Object.freeze({ __proto__: null });

// The `options` an Event takes must be an object or nothing.
function readInit(init) {
  return init === undefined || init === null ? kEmpty : toDictionary(init);
}

function toUnsigned(value, size) {
  const number = Math.trunc(+value) || 0;
  return ((number % size) + size) % size;
}

function checkPort(value, name) {
  if (!require('internal/worker/ports').isMessagePort(value)) {
    const { inspect } = require('internal/util/inspect');
    throw new TypeError(
      `MessageEvent constructor: Expected ${name} ("${inspect(value)}") to be an instance of MessagePort.`);
  }
  return value;
}

function checkPorts(value) {
  if (typeof value?.[Symbol.iterator] !== 'function') {
    const { inspect } = require('internal/util/inspect');
    throw new TypeError(`MessageEvent constructor: eventInitDict.ports (${inspect(value)}) is not iterable.`);
  }
  return [...value].map((port, k) => checkPort(port, `eventInitDict.ports[${k}]`));
}

class MessageEvent extends Event {
  #data = null;
  #origin = '';
  #lastEventId = '';
  #source = null;
  #ports = Object.freeze([]);

  constructor(type, init = undefined) {
    requireArguments(arguments, 1, 'MessageEvent constructor');
    super(toText(type, 'MessageEvent constructor: type', 'DOMString'), readInit(init));
    const { data, origin, lastEventId, source, ports } = readInit(init);
    if (data !== undefined) this.#data = data;
    if (origin !== undefined) this.#origin = toUSVString(origin, 'MessageEvent constructor: origin');
    if (lastEventId !== undefined) {
      this.#lastEventId = toText(lastEventId, 'MessageEvent constructor: lastEventId', 'DOMString');
    }
    if (source !== undefined && source !== null) this.#source = checkPort(source, 'eventInitDict.source');
    if (ports !== undefined) this.#ports = Object.freeze(checkPorts(ports));
  }

  static is(value) {
    return typeof value === 'object' && value !== null && #data in value;
  }

  get data() {
    if (!isMessageEvent(this)) throw illegalInvocation();
    return this.#data;
  }

  get origin() {
    if (!isMessageEvent(this)) throw illegalInvocation();
    return this.#origin;
  }

  get lastEventId() {
    if (!isMessageEvent(this)) throw illegalInvocation();
    return this.#lastEventId;
  }

  get source() {
    if (!isMessageEvent(this)) throw illegalInvocation();
    return this.#source;
  }

  get ports() {
    if (!isMessageEvent(this)) throw illegalInvocation();
    return this.#ports;
  }

  initMessageEvent(type, bubbles = false, cancelable = false, data = null, origin = '', lastEventId = '',
                   source = null, ports = []) {
    if (!isMessageEvent(this)) throw illegalInvocation();
    requireArguments(arguments, 1, 'MessageEvent.initMessageEvent');
    this.initEvent(type, bubbles, cancelable);
    this.#data = data;
    this.#origin = `${origin}`;
    this.#lastEventId = `${lastEventId}`;
    this.#source = source;
    this.#ports = Object.freeze([...ports]);
  }
}
const { is: isMessageEvent } = MessageEvent;
delete MessageEvent.is;
Object.defineProperty(MessageEvent.prototype.initMessageEvent, 'length', { __proto__: null, value: 1, configurable: true });
publish(MessageEvent, ['data', 'origin', 'lastEventId', 'source', 'ports', 'initMessageEvent']);

class CloseEvent extends Event {
  #init;

  constructor(type, init = undefined) {
    requireArguments(arguments, 1, 'CloseEvent constructor');
    super(toText(type, 'CloseEvent constructor: type', 'DOMString'), readInit(init));
    const { wasClean = false, code = 0, reason = '' } = readInit(init);
    this.#init = {
      wasClean: Boolean(wasClean), code: toUnsigned(code, 0x10000),
      reason: toUSVString(reason, 'CloseEvent constructor: reason'),
    };
  }

  static of(value) {
    if (typeof value !== 'object' || value === null || !(#init in value)) throw illegalInvocation();
    return value.#init;
  }

  get wasClean() { return closeInit(this).wasClean; }

  get code() { return closeInit(this).code; }

  get reason() { return closeInit(this).reason; }
}
const { of: closeInit } = CloseEvent;
delete CloseEvent.of;
publish(CloseEvent, ['wasClean', 'code', 'reason']);

class ErrorEvent extends Event {
  #init;

  constructor(type, init) {
    requireArguments(arguments, 1, 'ErrorEvent constructor');
    super(toText(type, 'ErrorEvent constructor: type', 'DOMString'), readInit(init));
    const { message = '', filename = '', lineno = 0, colno = 0, error = undefined } = readInit(init);
    this.#init = {
      message: toText(message, 'ErrorEvent constructor: message', 'DOMString'),
      filename: toUSVString(filename, 'ErrorEvent constructor: filename'),
      lineno: toUnsigned(lineno, 2 ** 32), colno: toUnsigned(colno, 2 ** 32), error,
    };
  }

  static of(value) {
    if (typeof value !== 'object' || value === null || !(#init in value)) throw illegalInvocation();
    return value.#init;
  }

  get message() { return errorInit(this).message; }

  get filename() { return errorInit(this).filename; }

  get lineno() { return errorInit(this).lineno; }

  get colno() { return errorInit(this).colno; }

  get error() { return errorInit(this).error; }
}
const { of: errorInit } = ErrorEvent;
delete ErrorEvent.of;
publish(ErrorEvent, ['message', 'filename', 'lineno', 'colno', 'error']);

module.exports = { CloseEvent, ErrorEvent, MessageEvent };

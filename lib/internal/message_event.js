// SPDX-License-Identifier: MIT
'use strict';

// MessageEvent  https://html.spec.whatwg.org/#the-messageevent-interface

const { Event } = require('internal/event_target');
const { codes } = require('internal/errors');

class MessageEvent extends Event {
  #data;
  #origin;
  #lastEventId;
  #source;
  #ports;

  constructor(type, init = undefined) {
    super(type, init);
    if (init !== undefined && init !== null && typeof init !== 'object' && typeof init !== 'function') {
      throw new codes.ERR_INVALID_ARG_TYPE('eventInitDict', 'Object', init);
    }
    this.#data = init?.data === undefined ? null : init.data;
    this.#origin = init?.origin === undefined ? '' : `${init.origin}`;
    this.#lastEventId = init?.lastEventId === undefined ? '' : `${init.lastEventId}`;
    this.#source = init?.source ?? null;
    this.#ports = Object.freeze(init?.ports === undefined ? [] : [...init.ports]);
    if (this.#source !== null && !require('internal/worker/ports').isMessagePort(this.#source)) {
      throw new codes.ERR_INVALID_ARG_TYPE('source', 'MessagePort', this.#source);
    }
    for (const port of this.#ports) {
      if (!require('internal/worker/ports').isMessagePort(port)) {
        throw new codes.ERR_INVALID_ARG_TYPE('ports', 'MessagePort', port);
      }
    }
  }

  get data() {
    return this.#data;
  }

  get origin() {
    return this.#origin;
  }

  get lastEventId() {
    return this.#lastEventId;
  }

  get source() {
    return this.#source;
  }

  get ports() {
    return this.#ports;
  }

  initMessageEvent(type, bubbles = false, cancelable = false, data = null, origin = '', lastEventId = '', source = null,
                   ports = []) {
    this.initEvent(type, bubbles, cancelable);
    this.#data = data;
    this.#origin = `${origin}`;
    this.#lastEventId = `${lastEventId}`;
    this.#source = source;
    this.#ports = Object.freeze([...ports]);
  }
}

for (const name of ['data', 'origin', 'lastEventId', 'source', 'ports', 'initMessageEvent']) {
  Object.defineProperty(MessageEvent.prototype, name, { __proto__: null, enumerable: true });
}
Object.defineProperty(MessageEvent.prototype, Symbol.toStringTag, {
  __proto__: null, value: 'MessageEvent', configurable: true,
});

module.exports = { MessageEvent };

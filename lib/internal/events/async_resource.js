// SPDX-License-Identifier: MIT
'use strict';

// EventEmitterAsyncResource: an emitter whose listeners run in the async context in which it was made.

const EventEmitter = require('events');
const { AsyncResource } = require('async_hooks');
const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');

class EventEmitterReferencingAsyncResource extends AsyncResource {
  #emitter;
  constructor(emitter, type, options) {
    super(type, options);
    this.#emitter = emitter;
  }

  get eventEmitter() {
    return this.#emitter;
  }
}

class EventEmitterAsyncResource extends EventEmitter {
  #resource;

  constructor(options = undefined) {
    let name;
    if (typeof options === 'string') {
      name = options;
      options = undefined;
    } else {
      if (new.target === EventEmitterAsyncResource) validateString(options?.name, 'options.name');
      name = options?.name || new.target.name;
    }
    super(options);
    this.#resource = new EventEmitterReferencingAsyncResource(this, name, options);
  }

  #check() {
    if (!(#resource in this)) throw new codes.ERR_INVALID_THIS('EventEmitterAsyncResource');
    return this.#resource;
  }

  emit(event, ...args) {
    const resource = this.#check();
    return resource.runInAsyncScope(super.emit, this, event, ...args);
  }

  emitDestroy() {
    this.#check().emitDestroy();
  }

  get asyncId() {
    return this.#check().asyncId();
  }

  get triggerAsyncId() {
    return this.#check().triggerAsyncId();
  }

  get asyncResource() {
    return this.#check();
  }
}

module.exports = { EventEmitterAsyncResource };

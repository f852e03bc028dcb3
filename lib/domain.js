// SPDX-License-Identifier: MIT
'use strict';

// domain (deprecated): errors of what a domain's run() starts, however late, go to the domain. Async hooks carry the
// domain from a resource's making to its callbacks.

const EventEmitter = require('events');
const { createHook } = require('async_hooks');
const { codes } = require('internal/errors');
const { addUncaughtExceptionCaptureCallback, hasUncaughtExceptionCaptureCallback } =
  require('internal/process/execution');

if (hasUncaughtExceptionCaptureCallback()) throw new codes.ERR_DOMAIN_CALLBACK_NOT_AVAILABLE();

let stack = [];

function hide(object, name, value) {
  Object.defineProperty(object, name, { __proto__: null, configurable: true, enumerable: false, writable: true, value });
}

// process.domain is the active one.
let hidden = null;

function setActive(domain) {
  exports.active = domain;
  hidden = domain;
}

Object.defineProperty(process, 'domain', {
  __proto__: null,
  enumerable: true,
  configurable: true,
  get() {
    return hidden;
  },
  set(value) {
    hidden = value;
  },
});

// --- from making to calling ------------------------------------------------------------------------------------------

const domainOf = new Map(); // async id -> WeakRef of its domain

const hook = createHook({
  init(asyncId, type, triggerAsyncId, resource) {
    if (hidden === null || hidden === undefined) return;
    domainOf.set(asyncId, new WeakRef(hidden));
    if (resource !== null && typeof resource === 'object') hide(resource, 'domain', hidden);
  },
  before(asyncId) {
    domainOf.get(asyncId)?.deref()?.enter();
  },
  after(asyncId) {
    domainOf.get(asyncId)?.deref()?.exit();
  },
  destroy(asyncId) {
    domainOf.delete(asyncId);
  },
});

// --- Domain ----------------------------------------------------------------------------------------------------------

class Domain extends EventEmitter {
  constructor() {
    super();
    this.members = [];
    hook.enable();
  }

  // An exception that nobody caught while this domain was active. Whether it is dealt with.
  _errorHandler(error) {
    let caught = false;
    if ((typeof error === 'object' && error !== null) || typeof error === 'function') {
      hide(error, 'domain', this);
      error.domainThrown = true;
    }
    while (exports.active === this) this.exit();
    if (stack.length === 0) {
      // What this handler throws is thrown by the program itself.
      if (this.listenerCount('error') > 0) {
        setActive(undefined);
        caught = this.emit('error', error);
      }
    } else {
      try {
        caught = this.emit('error', error);
      } catch (second) {
        // The domain around this one is next.
        if (stack.length === 0) throw second;
        setActive(stack[stack.length - 1]);
        caught = exports.active._errorHandler(second);
      }
    }
    stack.length = 0;
    setActive(null);
    return caught;
  }

  enter() {
    setActive(this);
    stack.push(this);
  }

  exit() {
    const at = stack.lastIndexOf(this);
    if (at === -1) return;
    // What was entered within it goes too.
    stack.length = at;
    setActive(stack[stack.length - 1]);
  }

  add(emitter) {
    if (emitter.domain === this) return;
    if (emitter.domain) emitter.domain.remove(emitter);
    // No circles of domains.
    if (this.domain && emitter instanceof Domain) {
      for (let each = this.domain; each; each = each.domain) {
        if (emitter === each) return;
      }
    }
    hide(emitter, 'domain', this);
    this.members.push(emitter);
  }

  remove(emitter) {
    emitter.domain = null;
    const at = this.members.indexOf(emitter);
    if (at !== -1) this.members.splice(at, 1);
  }

  run(fn, ...args) {
    this.enter();
    const result = Reflect.apply(fn, this, args);
    this.exit();
    return result;
  }

  // fn without the error that its first argument may be.
  intercept(callback) {
    const self = this;
    const run = function intercepted(error, ...args) {
      if (error && error instanceof Error) {
        hide(error, 'domainBound', callback);
        error.domainThrown = false;
        hide(error, 'domain', self);
        self.emit('error', error);
        return undefined;
      }
      self.enter();
      const result = Reflect.apply(callback, this, args);
      self.exit();
      return result;
    };
    hide(run, 'domain', this);
    return run;
  }

  bind(callback) {
    return bound(this, callback);
  }
}

function bound(domain, callback) {
  const run = function(...args) {
    domain.enter();
    const result = Reflect.apply(callback, this, args);
    domain.exit();
    return result;
  };
  hide(run, 'domain', domain);
  return run;
}

require('internal/util').exposeMethods(Domain.prototype);
Domain.prototype.members = undefined;

// --- emitters --------------------------------------------------------------------------------------------------------

EventEmitter.usingDomains = true;

const { init } = EventEmitter;
EventEmitter.init = function(opts) {
  hide(this, 'domain', null);
  if (exports.active && !(this instanceof Domain)) this.domain = exports.active;
  return Reflect.apply(init, this, [opts]);
};

const { emit } = EventEmitter.prototype;
EventEmitter.prototype.emit = function(...args) {
  const { domain } = this;
  const { 0: type } = args;
  if (domain === null || domain === undefined || this === process ||
      (type === 'error' && this.listenerCount(type) > 0)) {
    return Reflect.apply(emit, this, args);
  }
  if (type === 'error') {
    const error = args[1] ? args[1] : new codes.ERR_UNHANDLED_ERROR(args[1]);
    if (typeof error === 'object') {
      hide(error, 'domainEmitter', this);
      hide(error, 'domain', domain);
      error.domainThrown = false;
    }
    // Its handlers run outside of the domain.
    const outer = [...stack];
    const { active } = exports;
    while (exports.active === domain && stack.includes(domain)) domain.exit();
    if (stack.length === 0) setActive(null);
    domain.emit('error', error);
    exports._stack = stack = outer;
    setActive(active);
    return false;
  }
  domain.enter();
  const result = Reflect.apply(emit, this, args);
  domain.exit();
  return result;
};

addUncaughtExceptionCaptureCallback((error) => {
  const domain = exports.active;
  return domain ? domain._errorHandler(error) : false;
});

exports._stack = stack;
exports.Domain = Domain;
exports.create = exports.createDomain = function createDomain() {
  return new Domain();
};
exports.active = null;

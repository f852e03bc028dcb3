// SPDX-License-Identifier: MIT
'use strict';

// AbortController and AbortSignal  https://dom.spec.whatwg.org/#aborting-ongoing-activities

const { EventTarget, Event, kTrustEvent, kNewListener, kRemoveListener, kWeakHandler, kResistStopPropagation,
  defineEventHandler } = require('internal/event_target');
const { codes } = require('internal/errors');
const { customInspectSymbol, kEmptyObject, kEnumerableProperty } = require('internal/util');
const { validateObject, validateUint32, webTypeError,
  kValidateObjectAllowObjects } = require('internal/validators');

const kAborted = Symbol('kAborted');
const kReason = Symbol('kReason');
const kTimeout = Symbol('kTimeout');
const kTransferable = Symbol('kTransferable');
const kDependants = Symbol('kDependantSignals');
const kSources = Symbol('kSourceSignals');
const kTimeouts = Symbol('kTimeoutSignals');
const kComposite = Symbol('kComposite');
const kDontThrow = Symbol('kDontThrowSymbol');

// Signals that something listens to and that only a timer or other signals hold.
const heldSignals = new Set();

function abortedError() {
  return require('internal/util').lazyDOMException('This operation was aborted', 'AbortError');
}

function checkSignal(value) {
  if (typeof value !== 'object' || value === null || !(kAborted in value)) {
    throw new codes.ERR_INVALID_THIS('AbortSignal');
  }
}

class AbortSignal extends EventTarget {
  constructor(dontThrow = undefined, init = kEmptyObject) {
    if (dontThrow !== kDontThrow) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    super();
    const { aborted = false, reason = undefined, transferable = false, composite = false } = init;
    this[kAborted] = aborted;
    this[kReason] = reason;
    this[kComposite] = composite;
    if (transferable) this[kTransferable] = true;
  }

  get aborted() {
    checkSignal(this);
    return Boolean(this[kAborted]);
  }

  get reason() {
    checkSignal(this);
    return this[kReason];
  }

  throwIfAborted() {
    checkSignal(this);
    if (this[kAborted]) throw this[kReason];
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return 'AbortSignal';
    const { inspect } = require('internal/util/inspect');
    const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `AbortSignal ${inspect({ aborted: this.aborted }, nested)}`;
  }

  static abort(reason = abortedError()) {
    return new AbortSignal(kDontThrow, { aborted: true, reason });
  }

  static timeout(delay) {
    validateUint32(delay, 'delay', false);
    const signal = new AbortSignal(kDontThrow);
    signal[kTimeout] = true;
    const weak = new WeakRef(signal);
    const { setTimeout } = timers();
    setTimeout(() => {
      const target = weak.deref();
      if (target !== undefined) {
        heldSignals.delete(target);
        abortSignal(target, require('internal/util').lazyDOMException(
          'The operation was aborted due to timeout', 'TimeoutError'));
      }
    }, delay).unref();
    return signal;
  }

  static any(signals) {
    if (signals === null || typeof signals !== 'object' || typeof signals[Symbol.iterator] !== 'function') {
      throw webTypeError('signals cannot be converted to sequence.');
    }
    signals = [...signals];
    const other = signals.findIndex((signal) => !(signal instanceof AbortSignal));
    if (other >= 0) throw webTypeError(`signals[${other}] is not of type AbortSignal.`);
    const result = new AbortSignal(kDontThrow, { composite: true });
    if (signals.length === 0) return result;
    for (const signal of signals) {
      if (signal.aborted) {
        result[kAborted] = true;
        result[kReason] = signal.reason;
        return result;
      }
    }
    defineHidden(result, kSources, new Set());
    const weakResult = new WeakRef(result);
    const follow = (source) => {
      if (source[kDependants] === undefined) defineHidden(source, kDependants, new Set());
      result[kSources].add(new WeakRef(source));
      // Only its timer knows a timeout's signal, and that weakly.
      if (source[kTimeout]) {
        if (result[kTimeouts] === undefined) defineHidden(result, kTimeouts, []);
        result[kTimeouts].push(source);
      }
      source[kDependants].add(weakResult);
    };
    for (const signal of signals) {
      if (signal[kComposite] === true) {
        if (!signal[kSources]) continue;
        for (const weakSource of signal[kSources]) {
          const source = weakSource.deref();
          if (source === undefined) continue;
          if (source.aborted) {
            abortSignal(result, source.reason);
            return result;
          }
          follow(source);
        }
      } else {
        follow(signal);
      }
    }
    return result;
  }

  // A signal of which only its source knows must live while someone listens to it.
  [kNewListener](size, type, listener, once, capture, passive, weak) {
    super[kNewListener](size, type, listener, once, capture, passive, weak);
    if (type === 'abort' && !this.aborted && !weak && size === 1 && (this[kTimeout] || this[kComposite])) {
      heldSignals.add(this);
    }
  }

  [kRemoveListener](size, type, listener, capture) {
    super[kRemoveListener](size, type, listener, capture);
    if ((this[kTimeout] || this[kComposite]) && type === 'abort' && size === 0) heldSignals.delete(this);
  }
}

function timers() {
  return internalBinding('builtins').has('timers') ? require('timers') : globalThis;
}

function defineHidden(object, key, value) {
  Object.defineProperty(object, key, { __proto__: null, value, writable: true, configurable: true });
}

Object.defineProperties(AbortSignal.prototype, {
  aborted: kEnumerableProperty,
  [Symbol.toStringTag]: { __proto__: null, writable: false, enumerable: false, configurable: true,
    value: 'AbortSignal' },
});
defineEventHandler(AbortSignal.prototype, 'abort');

// signal abort  https://dom.spec.whatwg.org/#abortsignal-signal-abort
function abortSignal(signal, reason) {
  if (signal[kAborted]) return;
  signal[kAborted] = true;
  signal[kReason] = reason;
  const dependants = [];
  if (signal[kDependants]) {
    for (const weak of signal[kDependants]) {
      const dependant = weak.deref();
      if (dependant !== undefined && !dependant[kAborted]) {
        dependant[kAborted] = true;
        dependant[kReason] = reason;
        dependants.push(dependant);
      }
    }
  }
  runAbort(signal);
  for (const dependant of dependants) runAbort(dependant);
}

function runAbort(signal) {
  signal.dispatchEvent(new Event('abort', { [kTrustEvent]: true }));
  heldSignals.delete(signal);
}

class AbortController {
  #signal;

  get signal() {
    if (typeof this !== 'object' || this === null || !(#signal in this)) {
      throw new codes.ERR_INVALID_THIS('AbortController');
    }
    return this.#signal ??= new AbortSignal(kDontThrow);
  }

  abort(reason = abortedError()) {
    abortSignal(this.#signal ??= new AbortSignal(kDontThrow), reason);
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return 'AbortController';
    const { inspect } = require('internal/util/inspect');
    const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `AbortController ${inspect({ signal: this.signal }, nested)}`;
  }
}
Object.defineProperties(AbortController.prototype, {
  signal: kEnumerableProperty,
  abort: kEnumerableProperty,
  [Symbol.toStringTag]: { __proto__: null, writable: false, enumerable: false, configurable: true,
    value: 'AbortController' },
});

function transferableAbortSignal(signal) {
  if (signal?.[kAborted] === undefined) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  signal[kTransferable] = true;
  const { kTransfer } = require('internal/worker/clone');
  Object.defineProperty(signal, kTransfer, { __proto__: null, value: transferSignal, configurable: true });
  return signal;
}

// The receiver gets a signal of its own, which hears of this one's end through a port.
function transferSignal() {
  if (this.aborted) return ['AbortSignal', { aborted: true, reason: this.reason }];
  const { MessageChannel } = require('internal/worker/ports');
  const { port1, port2 } = new MessageChannel();
  port1.unref();
  this.addEventListener('abort', () => {
    port1.postMessage(this.reason);
    port1.close();
  }, { once: true });
  return ['AbortSignal', { aborted: false, port: port2 }, [port2]];
}

function restoreSignal({ aborted, reason, port }) {
  const signal = new AbortSignal(kDontThrow, { aborted, reason });
  if (!aborted) {
    port.onmessage = ({ data }) => {
      abortSignal(signal, data);
      port.close();
    };
    port.unref();
  }
  return signal;
}

function transferableAbortController() {
  const controller = new AbortController();
  transferableAbortSignal(controller.signal);
  return controller;
}

// Resolves when `signal` is aborted; never keeps `resource` alive.
async function aborted(signal, resource) {
  if (!(signal instanceof AbortSignal)) throw webTypeError('signal is not of type AbortSignal.');
  validateObject(resource, 'resource', kValidateObjectAllowObjects);
  if (signal.aborted) return Promise.resolve();
  const promise = Promise.withResolvers();
  signal.addEventListener('abort', (event) => { if (event.isTrusted) promise.resolve(event); },
    { __proto__: null, [kWeakHandler]: resource, once: true, [kResistStopPropagation]: true });
  return promise.promise;
}

module.exports = {
  AbortController, AbortSignal, aborted, restoreSignal, transferableAbortController, transferableAbortSignal,
};

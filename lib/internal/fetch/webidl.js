// SPDX-License-Identifier: MIT
'use strict';

// Web IDL's conversions and class furniture for fetch's interfaces, with Node's messages.

const { publish } = require('internal/webstreams/util');

function requireArguments(args, count, where) {
  if (args.length >= count) return;
  throw new TypeError(`${where}: ${count} argument${count === 1 ? '' : 's'} required, but${
    args.length > 0 ? ' only' : ''} ${args.length} found.`);
}

function illegalInvocation() {
  const error = new TypeError('Illegal invocation');
  error.code = 'ERR_INVALID_THIS';
  return error;
}

function toText(value, where, kind) {
  if (typeof value === 'symbol') throw new TypeError(`${where} is a symbol, which cannot be converted to a ${kind}.`);
  return String(value);
}

function toByteString(value, where) {
  const text = toText(value, where, 'ByteString');
  for (let k = 0; k < text.length; k++) {
    if (text.charCodeAt(k) > 255) {
      throw new TypeError(`Cannot convert argument to a ByteString because the character at index ${k} has a value of ${
        text.charCodeAt(k)} which is greater than 255.`);
    }
  }
  return text;
}

function toUSVString(value, where) {
  return toText(value, where, 'USVString').toWellFormed();
}

function toDictionary(value) {
  if (value === undefined || value === null) return { __proto__: null };
  if (typeof value !== 'object' && typeof value !== 'function') {
    const shown = typeof value === 'symbol' ? value.toString() : value;
    throw new TypeError(`undefined: Expected ${shown} to be one of: Null, Undefined, Object.`);
  }
  return value;
}

function toEnum(value, values) {
  const text = toText(value, 'undefined', 'DOMString');
  if (!values.includes(text)) {
    throw new TypeError(`undefined: ${text} is not an accepted type. Expected one of ${values.join(', ')}.`);
  }
  return text;
}

const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));

// keys(), values(), entries(), forEach() and @@iterator over pairs  https://webidl.spec.whatwg.org/#js-iterable.
// `pairsOf(object)` checks the receiver and gives its live list of [name, value].
function makePairIterable(ctor, pairsOf) {
  const { name } = ctor;
  class PairIterator {
    #target;
    #kind;
    #index = 0;

    constructor(target, kind) {
      this.#target = target;
      this.#kind = kind;
    }

    static step(iterator) {
      const pairs = pairsOf(iterator.#target);
      if (iterator.#index >= pairs.length) return { value: undefined, done: true };
      const pair = pairs[iterator.#index++];
      const kind = iterator.#kind;
      return { value: kind === 'key' ? pair[0] : kind === 'value' ? pair[1] : [pair[0], pair[1]], done: false };
    }

    static is(value) {
      return typeof value === 'object' && value !== null && #target in value;
    }
  }
  const { is, step } = PairIterator;
  const proto = {
    __proto__: IteratorPrototype,
    next() {
      if (!is(this)) {
        throw new TypeError(`'next' called on an object that does not implement interface ${name} Iterator.`);
      }
      return step(this);
    },
  };
  Object.defineProperty(proto, Symbol.toStringTag, {
    __proto__: null, value: `${name} Iterator`, configurable: true,
  });
  const make = (target, kind) => {
    pairsOf(target);
    const iterator = new PairIterator(target, kind);
    Object.setPrototypeOf(iterator, proto);
    return iterator;
  };
  const methods = {
    keys() { return make(this, 'key'); },
    values() { return make(this, 'value'); },
    entries() { return make(this, 'key+value'); },
    forEach(callback, thisArg = globalThis) {
      pairsOf(this);
      requireArguments(arguments, 1, `${name}.forEach`);
      if (typeof callback !== 'function') {
        throw new TypeError(`Failed to execute 'forEach' on '${name}': parameter 1 is not of type 'Function'.`);
      }
      for (let k = 0; k < pairsOf(this).length; k++) {
        const [key, value] = pairsOf(this)[k];
        Reflect.apply(callback, thisArg, [value, key, this]);
      }
    },
  };
  for (const key of Object.keys(methods)) {
    Object.defineProperty(ctor.prototype, key, {
      __proto__: null, value: methods[key], writable: true, enumerable: true, configurable: true,
    });
  }
  Object.defineProperty(ctor.prototype, Symbol.iterator, {
    __proto__: null, value: methods.entries, writable: true, configurable: true,
  });
}

module.exports = {
  illegalInvocation, makePairIterable, publish, requireArguments, toByteString, toDictionary, toEnum, toText, toUSVString,
};

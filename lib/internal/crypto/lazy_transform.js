// SPDX-License-Identifier: MIT
'use strict';

// Digests, ciphers and signers are Transforms (or Writables) that hardly anyone uses as such. What derives from these
// constructors gets the state of a stream when somebody first looks at it: it costs more than most digests.

const { Transform, Writable } = require('stream');

function makeLazy(Stream) {
  function Lazy() {}
  Object.setPrototypeOf(Lazy.prototype, Stream.prototype);
  Object.setPrototypeOf(Lazy, Stream);
  for (const name of ['_readableState', '_writableState']) {
    if (name === '_readableState' && Stream === Writable) continue;
    Object.defineProperty(Lazy.prototype, name, {
      __proto__: null,
      configurable: true,
      enumerable: true,
      get() {
        if (this instanceof Lazy) {
          Reflect.apply(Stream, this, [this._options]);
          if (this._writableState) this._writableState.decodeStrings = false;
          return Object.getOwnPropertyDescriptor(this, name)?.value;
        }
        return undefined;
      },
      set(value) {
        Object.defineProperty(this, name, {
          __proto__: null, value, configurable: true, enumerable: true, writable: true,
        });
      },
    });
  }
  return Lazy;
}

// Makes `Class` derive from a lazy stream.
function inheritLazily(Class, Lazy) {
  Object.setPrototypeOf(Class.prototype, Lazy.prototype);
  Object.setPrototypeOf(Class, Lazy);
}

module.exports = { LazyTransform: makeLazy(Transform), LazyWritable: makeLazy(Writable), inheritLazily };

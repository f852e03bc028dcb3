// SPDX-License-Identifier: MIT
'use strict';

// --frozen-intrinsics: everything that the language's global objects lead to becomes unchangeable, once what was preloaded
// has run. Freezing a prototype would also forbid objects that inherit from it to have a property of the same name by
// assignment, so the properties of prototypes become accessors that still allow this.

const { getOwnPropertyDescriptors, getPrototypeOf, freeze, defineProperty, getOwnPropertyDescriptor, hasOwn } = Object;
const { ownKeys } = Reflect;

const kGlobals = [
  'AggregateError', 'Array', 'ArrayBuffer', 'Atomics', 'BigInt', 'BigInt64Array', 'BigUint64Array', 'Boolean', 'DataView',
  'Date', 'Error', 'EvalError', 'FinalizationRegistry', 'Float16Array', 'Float32Array', 'Float64Array', 'Function',
  'Int16Array', 'Int32Array', 'Int8Array', 'Intl', 'Iterator', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Promise',
  'Proxy', 'RangeError', 'ReferenceError', 'Reflect', 'RegExp', 'Set', 'SharedArrayBuffer', 'String', 'Symbol',
  'SyntaxError', 'TypeError', 'URIError', 'Uint16Array', 'Uint32Array', 'Uint8Array', 'Uint8ClampedArray', 'WeakMap',
  'WeakRef', 'WeakSet', 'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'eval', 'isFinite',
  'isNaN', 'parseFloat', 'parseInt', 'unescape', 'clearImmediate', 'clearInterval', 'clearTimeout', 'setImmediate',
  'setInterval', 'setTimeout', 'WebAssembly',
];

// Intrinsics that no global object leads to.
function hidden() {
  const functions = [function* () {}, async function* () {}, async function() {}];
  const iterators = [[][Symbol.iterator](), ''[Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator](),
                     'x'.matchAll(/x/g), functions[0](), functions[1](), [].values().map((x) => x)];
  return [...functions, ...iterators].map((each) => getPrototypeOf(each));
}

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

// A frozen data property that objects which inherit it may still shadow by assignment.
function allowShadowing(object, key, descriptor) {
  const { value } = descriptor;
  const getter = defineProperty(() => value, 'value', { __proto__: null, value });
  defineProperty(object, key, {
    __proto__: null,
    configurable: false,
    enumerable: descriptor.enumerable,
    get: getter,
    set(given) {
      if (this === object) {
        throw new TypeError(`Cannot assign to read only property '${String(key)}' of object '${object}'`);
      }
      if (!isObject(this)) {
        throw new TypeError(`Cannot create property '${String(key)}' on ${typeof this} '${String(this)}'`);
      }
      if (hasOwn(this, key)) {
        this[key] = given;
      } else {
        defineProperty(this, key, { __proto__: null, value: given, writable: true, enumerable: true, configurable: true });
      }
    },
  });
}

function collect(roots) {
  const found = new Set();
  const prototypes = new Set();
  const open = [...roots];
  const see = (value) => {
    if (isObject(value) && value !== globalThis && !found.has(value)) open.push(value);
  };
  while (open.length > 0) {
    const object = open.pop();
    if (found.has(object)) continue;
    found.add(object);
    const proto = getPrototypeOf(object);
    if (proto !== null) prototypes.add(proto);
    see(proto);
    for (const key of ownKeys(object)) {
      const { value, get, set } = getOwnPropertyDescriptor(object, key);
      if (key === 'prototype' && isObject(value)) prototypes.add(value);
      see(value);
      see(get);
      see(set);
    }
  }
  return { found, prototypes };
}

function freezeIntrinsics() {
  require('internal/util').emitExperimentalWarning('Frozen intristics');
  const roots = kGlobals.map((name) => globalThis[name]).filter(isObject);
  const { found, prototypes } = collect([...roots, ...hidden()]);
  for (const object of prototypes) {
    if (typeof object === 'function') continue;
    const descriptors = getOwnPropertyDescriptors(object);
    for (const key of ownKeys(descriptors)) {
      const descriptor = descriptors[key];
      if ('value' in descriptor && descriptor.configurable) allowShadowing(object, key, descriptor);
    }
  }
  for (const object of found) {
    if (!ArrayBuffer.isView(object)) freeze(object);
  }
  freeze(console);
  defineProperty(globalThis, 'globalThis', { __proto__: null, configurable: false, writable: false, value: globalThis });
}

module.exports = { freezeIntrinsics };

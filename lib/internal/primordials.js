// SPDX-License-Identifier: MIT
'use strict';

// Intrinsics captured before any program runs, so that a program which rewrites a prototype cannot break (or
// watch) the core library where that would matter: property tests on foreign objects, brand checks, error making.
// Kept small on purpose: start-up pays for each entry. Where tampering can only hurt the tamperer, the library
// uses plain syntax, which the engine runs faster.
//
// Naming: `ArrayPrototypePush(array, x)` is Array.prototype.push uncurried; `ObjectKeys` is the static function;
// `SafeMap`, `SafeSet`, `SafeWeakMap` are null-prototype-proof collection classes.

const { bind, call, apply } = Function.prototype;
const uncurryThis = bind.bind(call);

primordials.uncurryThis = uncurryThis;
primordials.applyBind = bind.bind(apply);

// Statics that take no receiver are copied as they are.
const statics = {
  Array: ['isArray', 'from', 'of'],
  ArrayBuffer: ['isView'],
  BigInt: ['asIntN', 'asUintN'],
  Error: ['captureStackTrace'],
  JSON: ['parse', 'stringify'],
  Math: ['abs', 'ceil', 'floor', 'max', 'min', 'pow', 'round', 'sign', 'sqrt', 'trunc'],
  Number: ['isFinite', 'isInteger', 'isNaN', 'isSafeInteger', 'parseFloat', 'parseInt', 'MAX_SAFE_INTEGER',
    'MIN_SAFE_INTEGER'],
  Object: ['assign', 'create', 'defineProperties', 'defineProperty', 'entries', 'freeze', 'fromEntries',
    'getOwnPropertyDescriptor', 'getOwnPropertyDescriptors', 'getOwnPropertyNames', 'getOwnPropertySymbols',
    'getPrototypeOf', 'is', 'isExtensible', 'isFrozen', 'isSealed', 'keys', 'preventExtensions', 'seal',
    'setPrototypeOf', 'values'],
  Reflect: ['apply', 'construct', 'defineProperty', 'deleteProperty', 'get', 'getOwnPropertyDescriptor',
    'getPrototypeOf', 'has', 'ownKeys', 'set'],
  String: ['fromCharCode', 'fromCodePoint', 'raw'],
  Symbol: ['for', 'keyFor', 'asyncIterator', 'hasInstance', 'iterator', 'species', 'toPrimitive', 'toStringTag',
    'asyncDispose', 'dispose'],
};

const methods = {
  Array: ['concat', 'every', 'fill', 'filter', 'find', 'findIndex', 'forEach', 'includes', 'indexOf', 'join', 'map',
    'pop', 'push', 'reverse', 'shift', 'slice', 'some', 'sort', 'splice', 'unshift'],
  BigInt: ['toString', 'valueOf'],
  Boolean: ['valueOf'],
  Date: ['getTime', 'toISOString', 'toString'],
  Error: ['toString'],
  Function: ['call', 'toString'],
  Map: ['entries', 'forEach', 'get', 'has', 'set'],
  Number: ['toString', 'valueOf'],
  Object: ['hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable', 'toString'],
  Promise: ['catch', 'finally', 'then'],
  RegExp: ['exec', 'test', 'toString'],
  Set: ['add', 'forEach', 'has', 'values'],
  String: ['charCodeAt', 'endsWith', 'includes', 'indexOf', 'lastIndexOf', 'padEnd', 'padStart', 'repeat', 'replace',
    'replaceAll', 'slice', 'split', 'startsWith', 'toLowerCase', 'toUpperCase', 'trim', 'valueOf'],
  Symbol: ['toString', 'valueOf'],
  WeakMap: ['get', 'has', 'set'],
};

const constructors = ['AggregateError', 'Array', 'ArrayBuffer', 'BigInt', 'BigInt64Array', 'BigUint64Array', 'Boolean',
  'DataView', 'Date', 'Error', 'EvalError', 'FinalizationRegistry', 'Float32Array', 'Float64Array', 'Function',
  'Int16Array', 'Int32Array', 'Int8Array', 'Map', 'Number', 'Object', 'Promise', 'Proxy', 'RangeError',
  'ReferenceError', 'RegExp', 'Set', 'String', 'Symbol', 'SyntaxError', 'TypeError', 'URIError', 'Uint16Array',
  'Uint32Array', 'Uint8Array', 'Uint8ClampedArray', 'WeakMap', 'WeakRef', 'WeakSet'];

function capitalised(name) {
  return name[0].toUpperCase() + name.slice(1);
}

for (const name of constructors) {
  const intrinsic = globalThis[name];
  if (intrinsic !== undefined) primordials[name] = intrinsic;
}

for (const name in statics) {
  const holder = globalThis[name];
  if (holder === undefined) continue;
  for (const key of statics[name]) primordials[name + capitalised(key)] = holder[key];
}

// An uncurried method costs a bound function, so each is made when first read; what is captured now is only the
// holder's own descriptor value, kept in a closure.
for (const name in methods) {
  const holder = globalThis[name]?.prototype;
  if (holder === undefined) continue;
  for (const key of methods[name]) {
    const method = holder[key];
    const full = name + 'Prototype' + capitalised(key);
    let bound;
    Object.defineProperty(primordials, full, {
      __proto__: null,
      enumerable: true,
      get: () => bound ??= uncurryThis(method),
    });
  }
}

primordials.globalThis = globalThis;
primordials.TypedArray = Object.getPrototypeOf(Uint8Array);
primordials.TypedArrayPrototype = primordials.TypedArray.prototype;
const tagGetter = Object.getOwnPropertyDescriptor(primordials.TypedArrayPrototype, Symbol.toStringTag).get;
primordials.TypedArrayPrototypeGetSymbolToStringTag = uncurryThis(tagGetter);
primordials.ObjectPrototype = Object.prototype;
primordials.FunctionPrototype = Function.prototype;
primordials.ErrorPrototype = Error.prototype;

// Subclasses own their methods, so that a patched Map.prototype does not reach the library's tables.
function makeSafe(base, name) {
  const safe = { [name]: class extends base {} }[name];
  for (const key of Reflect.ownKeys(base.prototype)) {
    if (key === 'constructor') continue;
    Object.defineProperty(safe.prototype, key, Object.getOwnPropertyDescriptor(base.prototype, key));
  }
  Object.setPrototypeOf(safe.prototype, null);
  Object.freeze(safe.prototype);
  return safe;
}

for (const name of ['Map', 'Set', 'WeakMap', 'WeakSet']) {
  const base = globalThis[name];
  let safe;
  Object.defineProperty(primordials, 'Safe' + name, {
    __proto__: null,
    enumerable: true,
    get: () => safe ??= makeSafe(base, 'Safe' + name),
  });
}

Object.setPrototypeOf(primordials, null);
Object.freeze(primordials);

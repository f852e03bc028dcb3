// SPDX-License-Identifier: MIT
'use strict';

// util.types: brand checks. Those on internal slots are C; those on typed arrays read the brand through the captured
// %TypedArray%.prototype[@@toStringTag] getter.

const { TypedArrayPrototypeGetSymbolToStringTag: tagOf } = primordials;
const binding = internalBinding('types');

function isTypedArray(value) {
  return tagOf(value) !== undefined;
}
function isUint8Array(value) {
  return tagOf(value) === 'Uint8Array';
}
function isUint8ClampedArray(value) {
  return tagOf(value) === 'Uint8ClampedArray';
}
function isUint16Array(value) {
  return tagOf(value) === 'Uint16Array';
}
function isUint32Array(value) {
  return tagOf(value) === 'Uint32Array';
}
function isInt8Array(value) {
  return tagOf(value) === 'Int8Array';
}
function isInt16Array(value) {
  return tagOf(value) === 'Int16Array';
}
function isInt32Array(value) {
  return tagOf(value) === 'Int32Array';
}
function isFloat16Array(value) {
  return tagOf(value) === 'Float16Array';
}
function isFloat32Array(value) {
  return tagOf(value) === 'Float32Array';
}
function isFloat64Array(value) {
  return tagOf(value) === 'Float64Array';
}
function isBigInt64Array(value) {
  return tagOf(value) === 'BigInt64Array';
}
function isBigUint64Array(value) {
  return tagOf(value) === 'BigUint64Array';
}

const names = ['isArgumentsObject', 'isArrayBuffer', 'isAsyncFunction', 'isBigIntObject', 'isBooleanObject', 'isDate',
  'isExternal', 'isGeneratorFunction', 'isGeneratorObject', 'isMap', 'isMapIterator', 'isModuleNamespaceObject',
  'isNativeError', 'isNumberObject', 'isPromise', 'isProxy', 'isRegExp', 'isSet', 'isSetIterator', 'isSharedArrayBuffer',
  'isStringObject', 'isSymbolObject', 'isWeakMap', 'isWeakSet', 'isAnyArrayBuffer', 'isBoxedPrimitive'];
for (const name of names) {
  exports[name] = binding[name];
  Object.defineProperty(exports[name], 'length', { __proto__: null, value: 0 }); // as of functions that V8 is given
}

Object.assign(exports, {
  isArrayBufferView: ArrayBuffer.isView,
  isDataView(value) { return ArrayBuffer.isView(value) && tagOf(value) === undefined; },
  isTypedArray,
  isUint8Array,
  isUint8ClampedArray,
  isUint16Array,
  isUint32Array,
  isInt8Array,
  isInt16Array,
  isInt32Array,
  isFloat16Array,
  isFloat32Array,
  isFloat64Array,
  isBigInt64Array,
  isBigUint64Array,
});

// A key exists only where the file that makes it has been loaded: asking loads nothing.
function keyTest(id, name) {
  let test;
  return {
    __proto__: null,
    configurable: false,
    enumerable: true,
    value(value) {
      if (test === undefined) {
        const { BuiltinModule } = require('internal/bootstrap/realm');
        if (!BuiltinModule.isLoaded(id)) return false;
        test = require(id)[name];
      }
      return test(value);
    },
  };
}

Object.defineProperties(exports, {
  isKeyObject: keyTest('internal/crypto/keys', 'isKeyObject'),
  isCryptoKey: keyTest('internal/crypto/crypto_key', 'isCryptoKey'),
});

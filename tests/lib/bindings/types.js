// SPDX-License-Identifier: MIT
'use strict';

const { types } = require('util');

const kinds = {
  other: 0, array: 1, set: 2, map: 3, typedArray: 4, mapIterator: 5, setIterator: 6, arguments: 7, regExp: 8, date: 9,
  error: 10, arrayBuffer: 11, dataView: 12, promise: 13, weakSet: 14, weakMap: 15, moduleNamespace: 16, boxed: 17,
  function: 18, external: 19,
};

const tests = [
  ['array', Array.isArray], ['function', (v) => typeof v === 'function'], ['set', types.isSet], ['map', types.isMap],
  ['typedArray', types.isTypedArray], ['mapIterator', types.isMapIterator], ['setIterator', types.isSetIterator],
  ['arguments', types.isArgumentsObject], ['regExp', types.isRegExp], ['date', types.isDate],
  ['error', (v) => types.isNativeError(v) || v instanceof Error], ['arrayBuffer', types.isAnyArrayBuffer],
  ['dataView', types.isDataView],
  ['promise', types.isPromise], ['weakSet', types.isWeakSet], ['weakMap', types.isWeakMap],
  ['moduleNamespace', types.isModuleNamespaceObject], ['boxed', types.isBoxedPrimitive], ['external', types.isExternal],
];

function kindOf(value) {
  if (types.isProxy(value)) return kinds.other;
  for (const [name, test] of tests) {
    if (test(value)) return kinds[name];
  }
  return kinds.other;
}

module.exports = { ...types, kinds, kindOf };

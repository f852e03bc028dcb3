// SPDX-License-Identifier: MIT
'use strict';

// Errors between threads: with their own properties, which structured cloning would drop.

const { isNativeError } = require('internal/util/types');

const nativeNames = ['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];

// { native, name, message, stack, constructorName, properties } for an error; { value } for anything else.
function serializeError(error) {
  if (!isNativeError(error)) return { value: error };
  let type = 'Error';
  for (let proto = Object.getPrototypeOf(error); proto !== null; proto = Object.getPrototypeOf(proto)) {
    const name = proto.constructor?.name;
    if (nativeNames.includes(name)) {
      type = name;
      break;
    }
  }
  const properties = {};
  for (const key of Object.getOwnPropertyNames(error)) {
    if (key === 'stack' || key === 'message') continue;
    let value;
    try {
      value = error[key];
    } catch {
      continue;
    }
    if (typeof value === 'function' || typeof value === 'symbol') continue;
    properties[key] = isNativeError(value) ? serializeError(value) : { value };
  }
  return { type, name: `${error.name}`, message: `${error.message}`, stack: stackOf(error), properties };
}

// Undefined where a prepareStackTrace() of the program throws.
function stackOf(error) {
  try {
    return `${error.stack}`;
  } catch {
    return undefined;
  }
}

function deserializeError(data) {
  if (data.type === undefined) return data.value;
  const error = new globalThis[data.type](data.message);
  const define = (key, value, enumerable) => Object.defineProperty(error, key, {
    __proto__: null, value, writable: true, configurable: true, enumerable,
  });
  for (const key of Object.keys(data.properties)) define(key, deserializeError(data.properties[key]), key !== 'cause');
  if (error.name !== data.name) define('name', data.name, false);
  define('stack', data.stack, false);
  return error;
}

module.exports = { deserializeError, serializeError };

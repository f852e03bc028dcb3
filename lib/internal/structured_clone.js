// SPDX-License-Identifier: MIT
'use strict';

// structuredClone  https://html.spec.whatwg.org/#structured-cloning, within one realm: the copy is made straight from
// the value. Objects that are neither plain nor one of the known kinds lose their class, as the standard has it.

const { codes } = require('internal/errors');
const { lazyDOMException } = require('internal/util');
const types = internalBinding('types');
const { kindOf, kinds } = types;
const { getProxyDetails } = internalBinding('util');
const { TypedArrayPrototypeGetSymbolToStringTag: tagOf, DatePrototypeGetTime, NumberPrototypeValueOf,
  StringPrototypeValueOf, BooleanPrototypeValueOf, BigIntPrototypeValueOf } = primordials;

function refuse(value, why = 'could not be cloned.') {
  let shown;
  if (typeof value === 'symbol') shown = value.toString();
  else if (typeof value === 'function') shown = Function.prototype.toString.call(value);
  else shown = `#<${internalBinding('util').getConstructorName(value)}>`;
  throw lazyDOMException(`${shown} ${why}`, 'DataCloneError');
}

const errorNames = ['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];

function cloneError(value, memory) {
  // Only a name that an error type of the language has comes through.
  const name = errorNames.includes(`${value.name}`) ? `${value.name}` : 'Error';
  const proto = globalThis[name].prototype;
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  const copy = new Error();
  Error.stackTraceLimit = limit;
  Object.setPrototypeOf(copy, proto);
  memory.set(value, copy);
  const hidden = (key, item) => Object.defineProperty(copy, key, {
    __proto__: null, value: item, writable: true, enumerable: false, configurable: true,
  });
  const message = Object.getOwnPropertyDescriptor(value, 'message');
  if (message !== undefined && 'value' in message) hidden('message', `${message.value}`);
  const { stack } = value;
  if (typeof stack === 'string') hidden('stack', stack);
  if (Object.hasOwn(value, 'cause')) hidden('cause', clone(value.cause, memory));
  return copy;
}

function cloneView(value, memory) {
  const buffer = clone(value.buffer, memory);
  if (kindOf(value) === kinds.dataView) return new DataView(buffer, value.byteOffset, value.byteLength);
  return new globalThis[tagOf(value)](buffer, value.byteOffset, value.length);
}

function cloneProperties(from, to, memory) {
  for (const key of Object.keys(from)) {
    const item = clone(from[key], memory);
    if (key === '__proto__') {
      Object.defineProperty(to, key, { __proto__: null, value: item, writable: true, enumerable: true,
        configurable: true });
    } else {
      to[key] = item;
    }
  }
  return to;
}

function clone(value, memory) {
  if (typeof value !== 'object') {
    if (typeof value === 'function' || typeof value === 'symbol') refuse(value);
    return value;
  }
  if (value === null) return null;
  const known = memory.get(value);
  if (known !== undefined) return known;
  if (getProxyDetails(value) !== undefined) refuse(value);
  let copy;
  switch (kindOf(value)) {
    case kinds.array:
      copy = new Array(value.length);
      memory.set(value, copy);
      return cloneProperties(value, copy, memory);
    case kinds.map: {
      copy = new Map();
      memory.set(value, copy);
      for (const { 0: key, 1: item } of [...value]) copy.set(clone(key, memory), clone(item, memory));
      return copy;
    }
    case kinds.set:
      copy = new Set();
      memory.set(value, copy);
      for (const item of [...value]) copy.add(clone(item, memory));
      return copy;
    case kinds.date:
      copy = new Date(DatePrototypeGetTime(value));
      break;
    case kinds.regExp:
      copy = new RegExp(value.source, value.flags);
      break;
    case kinds.boxed:
      if (types.isSymbolObject(value)) refuse(value);
      if (types.isNumberObject(value)) copy = Object(NumberPrototypeValueOf(value));
      else if (types.isStringObject(value)) copy = Object(StringPrototypeValueOf(value));
      else if (types.isBooleanObject(value)) copy = Object(BooleanPrototypeValueOf(value));
      else copy = Object(BigIntPrototypeValueOf(value));
      break;
    case kinds.arrayBuffer:
      if (types.isSharedArrayBuffer(value)) {
        copy = value;
      } else {
        if (value.detached) refuse(value, 'is detached and could not be cloned.');
        copy = value.resizable ? new ArrayBuffer(value.byteLength, { maxByteLength: value.maxByteLength }) :
          new ArrayBuffer(value.byteLength);
        new Uint8Array(copy).set(new Uint8Array(value));
      }
      break;
    case kinds.typedArray:
    case kinds.dataView:
      copy = cloneView(value, memory);
      break;
    case kinds.error:
      return cloneError(value, memory);
    case kinds.other:
    case kinds.arguments: {
      const tag = Object.prototype.toString.call(value);
      if (types.isGeneratorObject(value) || tag === '[object WeakRef]') refuse(value);
      const { isBlob } = tag === '[object Blob]' || tag === '[object File]' ? require('internal/blob') : {};
      if (isBlob?.(value)) {
        copy = value.slice(0, value.size, value.type);
        break;
      }
      copy = {};
      memory.set(value, copy);
      return cloneProperties(value, copy, memory);
    }
    default:
      // Promises, weak collections, iterators, module namespaces.
      refuse(value);
  }
  memory.set(value, copy);
  return copy;
}

function structuredClone(value, options) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('The value argument');
  if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', ['Object', 'null', 'undefined'], options);
  }
  const memory = new Map();
  const transfer = options?.transfer;
  const moved = [];
  if (transfer !== undefined && transfer !== null) {
    for (const item of transfer) {
      if (!types.isArrayBuffer(item)) {
        throw lazyDOMException('Found invalid object in transferList', 'DataCloneError');
      }
      if (moved.includes(item)) {
        throw lazyDOMException('ArrayBuffer occurs in the transfer list more than once', 'DataCloneError');
      }
      if (item.detached) throw lazyDOMException('An ArrayBuffer is detached and could not be cloned.', 'DataCloneError');
      moved.push(item);
    }
  }
  // Nothing is detached unless everything could be cloned.
  const copy = clone(value, memory);
  for (const item of moved) {
    clone(item, memory);
    item.transfer();
  }
  return copy;
}

module.exports = { structuredClone };

// SPDX-License-Identifier: MIT
'use strict';

// printf-like formatting: util.format, util.formatWithOptions and thereby console.log.

const { inspect, formatNumber, formatBigInt, stylizeNoColor } = require('internal/util/inspect');
const { ObjectPrototypeHasOwnProperty } = primordials;

function format(...args) {
  return formatWithOptionsInternal(undefined, args);
}

function formatWithOptions(inspectOptions, ...args) {
  require('internal/validators').validateObject(inspectOptions, 'inspectOptions', 4);
  return formatWithOptionsInternal(inspectOptions, args);
}

function numberText(number, options) {
  return formatNumber(stylizeNoColor, number, options?.numericSeparator ?? inspect.defaultOptions.numericSeparator);
}

function bigIntText(bigint, options) {
  return formatBigInt(stylizeNoColor, bigint, options?.numericSeparator ?? inspect.defaultOptions.numericSeparator);
}

let circularMessage;
function toJson(value) {
  try {
    return JSON.stringify(value);
  } catch (err) {
    if (circularMessage === undefined) {
      try {
        const cycle = {};
        cycle.self = cycle;
        JSON.stringify(cycle);
      } catch (circular) {
        circularMessage = circular.message.split('\n')[0];
      }
    }
    if (err.name === 'TypeError' && String(err.message).split('\n')[0] === circularMessage) return '[Circular]';
    throw err;
  }
}

// Those of ECMAScript; Buffer and URL are classes like a program's.
const languageClasses = new Set(('AggregateError Array ArrayBuffer AsyncDisposableStack BigInt BigInt64Array BigUint64Array Boolean ' +
  'DataView Date DisposableStack Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Int16Array ' +
  'Int32Array Int8Array Iterator Map Number Object Promise Proxy RangeError ReferenceError RegExp Set SharedArrayBuffer String ' +
  'SuppressedError Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef ' +
  'WeakSet').split(' '));

// %s writes an object by its own toString only when a user's class gave it one.
function hasOwnText(value) {
  if (internalBinding('util').getProxyDetails(value) !== undefined) return false;
  const hasToString = typeof value.toString === 'function';
  const hasToPrimitive = typeof value[Symbol.toPrimitive] === 'function';
  if (!hasToString && !hasToPrimitive) return false;
  if ((hasToString && ObjectPrototypeHasOwnProperty(value, 'toString')) ||
      (hasToPrimitive && ObjectPrototypeHasOwnProperty(value, Symbol.toPrimitive))) {
    return true;
  }
  // Find the object that supplies it: a built-in's does not count.
  let holder = value;
  do {
    holder = Object.getPrototypeOf(holder);
    if (holder === null) return false;
  } while (!ObjectPrototypeHasOwnProperty(holder, 'toString') &&
      !ObjectPrototypeHasOwnProperty(holder, Symbol.toPrimitive));
  const desc = Object.getOwnPropertyDescriptor(holder, 'constructor');
  return desc === undefined || typeof desc.value !== 'function' || !languageClasses.has(desc.value.name) ||
    globalThis[desc.value.name] !== desc.value;
}

function stringSpecifier(value, options) {
  if (typeof value === 'number') return numberText(value, options);
  if (typeof value === 'bigint') return bigIntText(value, options);
  if (typeof value !== 'object' || value === null || hasOwnText(value)) return String(value);
  return inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
}

function formatWithOptionsInternal(options, args) {
  const first = args[0];
  let at = 0;
  let text = '';
  let join = '';
  if (typeof first === 'string') {
    if (args.length === 1) return first;
    let last = 0;
    const end = first.length - 1;
    for (let i = first.indexOf('%'); i !== -1 && i < end; i = first.indexOf('%', i + 1)) {
      const next = first.charCodeAt(++i);
      if (at + 1 !== args.length) {
        let piece;
        switch (next) {
          case 115: // s
            piece = stringSpecifier(args[++at], options);
            break;
          case 106: // j
            piece = toJson(args[++at]);
            break;
          case 100: { // d
            const value = args[++at];
            if (typeof value === 'bigint') piece = bigIntText(value, options);
            else if (typeof value === 'symbol') piece = numberText(NaN, options);
            else piece = numberText(Number(value), options);
            break;
          }
          case 79: // O
            piece = inspect(args[++at], options);
            break;
          case 111: // o
            piece = inspect(args[++at], { ...options, showHidden: true, showProxy: true, depth: 4 });
            break;
          case 105: { // i
            const value = args[++at];
            if (typeof value === 'bigint') piece = bigIntText(value, options);
            else if (typeof value === 'symbol') piece = numberText(NaN, options);
            else piece = numberText(Number.parseInt(value), options);
            break;
          }
          case 102: { // f
            const value = args[++at];
            piece = numberText(typeof value === 'symbol' ? NaN : Number.parseFloat(value), options);
            break;
          }
          case 99: // c: CSS, swallowed
            at++;
            piece = '';
            break;
          case 37: // %
            text += first.slice(last, i);
            last = i + 1;
            continue;
          default: // not a specifier
            continue;
        }
        if (last !== i - 1) text += first.slice(last, i - 1);
        text += piece;
        last = i + 1;
      } else if (next === 37) {
        text += first.slice(last, i);
        last = i + 1;
      }
    }
    if (last !== 0) {
      at++;
      join = ' ';
      if (last < first.length) text += first.slice(last);
    }
  }
  while (at < args.length) {
    const value = args[at];
    text += join;
    text += typeof value !== 'string' ? inspect(value, options) : value;
    join = ' ';
    at++;
  }
  return text;
}

module.exports = { format, formatWithOptions, formatWithOptionsInternal };

// SPDX-License-Identifier: MIT
'use strict';

// Deep equality: the loose kind of assert.deepEqual, the strict kind of assert.deepStrictEqual and
// util.isDeepStrictEqual, and the partial kind of assert.partialDeepStrictEqual, where `expected` may leave things out.

const { kindOf, kinds, isNumberObject, isStringObject, isBooleanObject, isBigIntObject, isSymbolObject,
  isAnyArrayBuffer, isSharedArrayBuffer } = internalBinding('types');
const { getOwnNonIndexProperties, kOnlyEnumerable } = internalBinding('util');
const { ObjectPrototypeHasOwnProperty: hasOwn, ObjectPrototypePropertyIsEnumerable: isEnumerable,
  TypedArrayPrototypeGetSymbolToStringTag: tagOf, DatePrototypeGetTime, NumberPrototypeValueOf, StringPrototypeValueOf,
  BooleanPrototypeValueOf, BigIntPrototypeValueOf, SymbolPrototypeValueOf } = primordials;

const kLoose = 0;
const kStrict = 1;
const kPartial = 2;
const kStrictWithoutPrototypes = 3;

function enumerableSymbols(object) {
  const symbols = Object.getOwnPropertySymbols(object);
  return symbols.length === 0 ? symbols : symbols.filter((symbol) => isEnumerable(object, symbol));
}

function sameBytes(a, b) {
  if (a.byteLength !== b.byteLength) return false;
  return internalBinding('buffer').compare(
    new Uint8Array(a.buffer ?? a, a.byteOffset ?? 0, a.byteLength),
    new Uint8Array(b.buffer ?? b, b.byteOffset ?? 0, b.byteLength)) === 0;
}

// Float arrays compare by value: loosely 0 and -0 are equal, and NaN is what it is.
function sameFloats(a, b, mode) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (mode === kLoose ? a[i] !== b[i] && !(Number.isNaN(a[i]) && Number.isNaN(b[i])) : !Object.is(a[i], b[i])) {
      return false;
    }
  }
  return true;
}

function sameBoxed(a, b) {
  if (isNumberObject(a)) return isNumberObject(b) && Object.is(NumberPrototypeValueOf(a), NumberPrototypeValueOf(b));
  if (isStringObject(a)) return isStringObject(b) && StringPrototypeValueOf(a) === StringPrototypeValueOf(b);
  if (isBooleanObject(a)) return isBooleanObject(b) && BooleanPrototypeValueOf(a) === BooleanPrototypeValueOf(b);
  if (isBigIntObject(a)) return isBigIntObject(b) && BigIntPrototypeValueOf(a) === BigIntPrototypeValueOf(b);
  return isSymbolObject(b) && SymbolPrototypeValueOf(a) === SymbolPrototypeValueOf(b);
}

function isErrorLike(kind, value) {
  return kind === kinds.error || value instanceof Error;
}

// One comparison's memory of the pairs it is inside of; made when the first nested object is met.
function newMemos() {
  return { a: new Map(), b: new Map(), depth: 0 };
}

// Objects are of one class when they have one prototype, or inherit one constructor.
function sameClass(a, b) {
  if (Object.getPrototypeOf(a) === Object.getPrototypeOf(b)) return true;
  if (Object.hasOwn(a, 'constructor') || Object.hasOwn(b, 'constructor')) return false;
  const { constructor } = a;
  return constructor !== undefined && constructor === b.constructor;
}

function compare(a, b, mode, memos) {
  if (a === b) return a !== 0 || mode === kLoose || Object.is(a, b);
  if (mode !== kLoose) {
    if (typeof a !== 'object') return typeof a === 'number' && Number.isNaN(a) && Number.isNaN(b);
    if (typeof b !== 'object' || a === null || b === null) return false;
    if (mode === kStrict && !sameClass(a, b)) return false;
  } else {
    if (a === null || typeof a !== 'object') {
      return (b === null || typeof b !== 'object') &&
        (a == b || (Number.isNaN(a) && Number.isNaN(b))); // eslint-disable-line eqeqeq
    }
    if (b === null || typeof b !== 'object') return false;
  }
  const kind = kindOf(a);
  const otherKind = kindOf(b);

  if (mode === kStrict || mode === kLoose) {
    const tagA = Object.prototype.toString.call(a);
    const tagB = Object.prototype.toString.call(b);
    if (tagA !== tagB) return false;
  }
  if (kind === kinds.array) {
    if (otherKind !== kinds.array) return false;
    if (mode === kPartial) return partialArray(a, b, memos);
    if (a.length !== b.length) return false;
    const keysA = getOwnNonIndexProperties(a, kOnlyEnumerable);
    const keysB = getOwnNonIndexProperties(b, kOnlyEnumerable);
    if (keysA.length !== keysB.length) return false;
    return keyCheck(a, b, mode, memos, kind, mode === kLoose ? keysA.filter((k) => typeof k === 'string') : keysA, true);
  }
  if (otherKind === kinds.array) return false;

  switch (kind) {
    case kinds.date: {
      if (otherKind !== kinds.date) return false;
      const timeA = DatePrototypeGetTime(a);
      const timeB = DatePrototypeGetTime(b);
      if (timeA !== timeB && !(Number.isNaN(timeA) && Number.isNaN(timeB))) return false;
      break;
    }
    case kinds.regExp:
      if (otherKind !== kinds.regExp || a.source !== b.source || a.flags !== b.flags || a.lastIndex !== b.lastIndex) {
        return false;
      }
      break;
    case kinds.error:
      if (!isErrorLike(otherKind, b) || !sameError(a, b, mode, memos)) return false;
      break;
    case kinds.typedArray:
      if (otherKind !== kinds.typedArray || (mode !== kLoose && tagOf(a) !== tagOf(b))) return false;
      if (mode === kPartial) {
        if (!partialTypedArray(a, b)) return false;
      } else if (/^Float/.test(tagOf(a))) {
        if (!sameFloats(a, b, mode)) return false;
      } else if (mode === kLoose && tagOf(a) !== tagOf(b)) {
        if (!sameFloats(a, b, mode)) return false;
      } else if (!sameBytes(a, b)) {
        return false;
      }
      return keyCheck(a, b, mode, memos, kind, getOwnNonIndexProperties(a, kOnlyEnumerable),
        undefined, getOwnNonIndexProperties(b, kOnlyEnumerable));
    case kinds.dataView:
      if (otherKind !== kinds.dataView || !sameBytes(a, b)) return false;
      break;
    case kinds.set:
      if (otherKind !== kinds.set || (mode === kPartial ? a.size < b.size : a.size !== b.size)) return false;
      return keyCheck(a, b, mode, memos, kind);
    case kinds.map:
      if (otherKind !== kinds.map || (mode === kPartial ? a.size < b.size : a.size !== b.size)) return false;
      return keyCheck(a, b, mode, memos, kind);
    case kinds.arrayBuffer:
      if (otherKind !== kinds.arrayBuffer || isSharedArrayBuffer(a) !== isSharedArrayBuffer(b)) return false;
      if (mode === kPartial ? !partialTypedArray(new Uint8Array(a), new Uint8Array(b)) : !sameBytes(a, b)) return false;
      break;
    case kinds.boxed:
      if (otherKind !== kinds.boxed || !sameBoxed(a, b)) return false;
      break;
    case kinds.weakMap:
    case kinds.weakSet:
    case kinds.promise:
      // Only identity tells about these; a !== b here.
      return mode === kLoose && kind === kinds.promise ? keyCheck(a, b, mode, memos, kind) : false;
    default:
      if (otherKind !== kinds.other && otherKind !== kind && otherKind !== kinds.function) return false;
      if (isAnyArrayBuffer(b)) return false;
      if (isUrl(a)) {
        if (!isUrl(b) || a.href !== b.href) return false;
      } else if (isUrl(b)) {
        return false;
      }
      if (isCryptoLike(a) && !sameKeys(a, b)) return false;
  }
  return keyCheck(a, b, mode, memos, kind);
}

// The tag says it might be one; only then is the module asked.
function isUrl(value) {
  return value[Symbol.toStringTag] === 'URL' && require('internal/url').isRealURL(value);
}

function isCryptoLike(value) {
  const types = require('internal/util/types');
  return types.isKeyObject(value) || types.isCryptoKey(value);
}

function sameKeys(a, b) {
  const types = require('internal/util/types');
  if (types.isKeyObject(a)) return types.isKeyObject(b) && a.equals(b);
  return types.isCryptoKey(b);
}

function sameError(a, b, mode, memos) {
  // Name and message count although they are not enumerable; so do cause and errors.
  const skip = mode === kPartial;
  if ((a.message !== b.message && !(skip && !hasOwn(b, 'message'))) || a.name !== b.name) return false;
  for (const name of ['cause', 'errors']) {
    if (skip && !hasOwn(b, name)) continue;
    if (hasOwn(a, name) !== hasOwn(b, name)) return false;
    if (hasOwn(a, name) && !isEnumerable(a, name) && !compare(a[name], b[name], mode, memos ?? newMemos())) return false;
  }
  return true;
}

function partialTypedArray(a, b) {
  if (a.length < b.length) return false;
  let found = 0;
  for (let i = 0; i < a.length && found < b.length; i++) {
    if (Object.is(a[i], b[found])) found++;
  }
  return found === b.length;
}

// b's elements must be found in a in order.
function partialArray(a, b, memos) {
  if (a.length < b.length) return false;
  memos ??= newMemos();
  let at = 0;
  for (let i = 0; i < b.length; i++) {
    const isHole = !hasOwn(b, i);
    for (;; at++) {
      if (a.length - at < b.length - i) return false;
      if (isHole ? !hasOwn(a, at) : compare(a[at], b[i], kPartial, memos)) break;
    }
    at++;
  }
  for (const key of getOwnNonIndexProperties(b, kOnlyEnumerable)) {
    if (!hasOwn(a, key) || !compare(a[key], b[key], kPartial, memos)) return false;
  }
  return true;
}

function keyCheck(a, b, mode, memos, kind, keysA, arrays, keysB) {
  if (mode === kPartial) {
    const keys = keysB ?? Object.keys(b);
    for (const key of keys) {
      if (!isEnumerable(a, key)) return false;
    }
    if (keysB === undefined) {
      for (const symbol of enumerableSymbols(b)) {
        if (!isEnumerable(a, symbol)) return false;
        keys.push(symbol);
      }
    }
    return withMemos(a, b, mode, memos, kind, keys);
  }
  let keys = keysA;
  if (keys === undefined) {
    keys = Object.keys(a);
    if (keys.length !== Object.keys(b).length) return false;
  } else if (keysB !== undefined && keys.length !== keysB.length) {
    return false;
  }
  for (let i = 0; i < keys.length; i++) {
    if (!isEnumerable(b, keys[i])) return false;
  }
  if (mode !== kLoose && keysA === undefined) {
    const symbolsA = enumerableSymbols(a);
    const symbolsB = enumerableSymbols(b);
    if (symbolsA.length !== symbolsB.length) return false;
    for (const symbol of symbolsA) {
      if (!isEnumerable(b, symbol)) return false;
      keys.push(symbol);
    }
  }
  return withMemos(a, b, mode, memos, kind, keys, arrays);
}

function withMemos(a, b, mode, memos, kind, keys, arrays) {
  // Nothing inside: nothing to remember.
  if (keys.length === 0 && (kind === kinds.other || (arrays && a.length === 0))) return true;
  memos ??= newMemos();
  const seenA = memos.a.get(a);
  if (seenA !== undefined) {
    // A cycle on one side must be the same cycle on the other.
    const seenB = memos.b.get(b);
    if (seenB !== undefined) return seenA === seenB;
  }
  memos.depth++;
  memos.a.set(a, memos.depth);
  memos.b.set(b, memos.depth);
  const equal = contents(a, b, mode, memos, kind, keys, arrays);
  if (seenA === undefined) memos.a.delete(a);
  else memos.a.set(a, seenA);
  memos.b.delete(b);
  memos.depth--;
  return equal;
}

function contents(a, b, mode, memos, kind, keys, arrays) {
  if (kind === kinds.set) {
    if (!sameSets(a, b, mode, memos)) return false;
  } else if (kind === kinds.map) {
    if (!sameMaps(a, b, mode, memos)) return false;
  } else if (arrays) {
    for (let i = 0; i < a.length; i++) {
      if (b[i] === undefined) {
        if (hasOwn(b, i) !== hasOwn(a, i) || (a[i] !== undefined && (mode !== kLoose || a[i] !== null))) {
          return false;
        }
      } else if (a[i] === undefined && !hasOwn(a, i)) {
        return false;
      } else if (!compare(a[i], b[i], mode, memos)) {
        return false;
      }
    }
  }
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (!compare(a[key], b[key], mode, memos)) return false;
  }
  return true;
}

// --- sets and maps: objects are matched against each other, primitives looked up ------------------------------------

function takeEqual(candidates, value, mode, memos, swapped) {
  for (const candidate of candidates) {
    if (swapped ? compare(candidate, value, mode, memos) : compare(value, candidate, mode, memos)) {
      candidates.delete(candidate);
      return true;
    }
  }
  return false;
}

// Loosely, what other primitives could equal this one? Undefined when any object or primitive must be tried.
function looselyUnique(value) {
  switch (typeof value) {
    case 'undefined':
      return null;
    case 'object':
      return value === null ? undefined : value;
    case 'symbol':
      return value;
    case 'string':
      value = +value;
    // fallthrough
    case 'number':
      return !Number.isNaN(value) ? undefined : value;
    default:
      return undefined;
  }
}

function sameSets(a, b, mode, memos) {
  const [small, large] = mode === kPartial ? [b, a] : [a, b];
  let unmatched;
  for (const value of small) {
    if (large.has(value)) continue;
    if (typeof value !== 'object' || value === null) {
      if (mode !== kLoose) return false;
      if (typeof value === 'symbol' || (typeof value === 'number' && Number.isNaN(value))) return false;
    }
    (unmatched ??= []).push(value);
  }
  if (unmatched === undefined) return true;
  const candidates = new Set();
  for (const value of large) {
    if (mode === kPartial ? typeof value === 'object' && value !== null :
      !small.has(value)) {
      if (mode !== kLoose && (typeof value !== 'object' || value === null)) return false;
      candidates.add(value);
    }
  }
  for (const value of unmatched) {
    if (!takeEqual(candidates, value, mode, memos, mode === kPartial)) return false;
  }
  return mode === kPartial || candidates.size === 0;
}

function sameMaps(a, b, mode, memos) {
  const [small, large] = mode === kPartial ? [b, a] : [a, b];
  const same = (fromSmall, fromLarge) => (mode === kPartial ? compare(fromLarge, fromSmall, mode, memos) :
    compare(fromSmall, fromLarge, mode, memos));
  let unmatched;
  for (const { 0: key, 1: value } of small) {
    if (typeof key === 'object' && key !== null) {
      (unmatched ??= []).push(key);
      continue;
    }
    const other = large.get(key);
    if ((other === undefined && !large.has(key)) || !same(value, other)) {
      if (mode !== kLoose) return false;
      if (looselyUnique(key) !== undefined && typeof key !== 'undefined') return false;
      (unmatched ??= []).push(key);
    }
  }
  if (unmatched === undefined) return true;
  const candidates = new Set();
  for (const { 0: key } of large) {
    if (typeof key === 'object' && key !== null) candidates.add(key);
    else if (mode === kLoose && (!small.has(key) || unmatched.includes(key))) candidates.add(key);
    else if (mode === kStrict && !small.has(key)) return false;
  }
  for (const key of unmatched) {
    let found = false;
    for (const candidate of candidates) {
      if (same(key, candidate) && same(small.get(key), large.get(candidate))) {
        candidates.delete(candidate);
        found = true;
        break;
      }
    }
    if (!found) return false;
  }
  return mode === kPartial || candidates.size === 0;
}

function isDeepEqual(a, b) {
  return compare(a, b, kLoose);
}

function isDeepStrictEqual(a, b, skipPrototype) {
  return compare(a, b, skipPrototype ? kStrictWithoutPrototypes : kStrict);
}

function isPartialStrictEqual(a, b) {
  return compare(a, b, kPartial);
}

module.exports = { isDeepEqual, isDeepStrictEqual, isPartialStrictEqual };

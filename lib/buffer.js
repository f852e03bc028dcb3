// SPDX-License-Identifier: MIT
'use strict';

// Buffer: a Uint8Array with Node's methods. Bytes and encodings are C's (internalBinding('buffer')); small buffers are
// cut from a shared pool. Numbers are in internal/buffer/numbers, Blob and File in internal/blob.

const binding = internalBinding('buffer');
const { byteLengthUtf8, compare: compareBytes, compareOffset, copy: copyBytes, fill: fillBytes, indexOfBuffer,
  indexOfNumber, indexOfString, swap16: swap16Bytes, swap32: swap32Bytes, swap64: swap64Bytes, kMaxLength,
  kStringMaxLength, createUnsafeArrayBuffer } = binding;
// Each answers usual arguments by one call of C, others with undefined.
const { allocate: allocateBytes, copyBytes: copyPlain, encode, fromList, join, order, setPrototype, zeroed } =
  internalBinding('buffer_make');
// Serves usual arguments by one call of C; others are the given function's.
const { method } = internalBinding('buffer_methods');
const { isAnyArrayBuffer } = internalBinding('types');
const { TypedArrayPrototypeGetSymbolToStringTag: tagOf } = primordials;
const { codes } = require('internal/errors');
const { validateArray, validateNumber, validateInteger, validateString } = require('internal/validators');
const { customInspectSymbol, normalizeEncoding, encodingsMap, kIsEncodingSymbol } =
  require('internal/util');

const isUint8Array = (value) => tagOf(value) === 'Uint8Array';
const viewLength = primordials.uncurryThis(
  Object.getOwnPropertyDescriptor(primordials.TypedArrayPrototype, 'length').get);

class FastBuffer extends Uint8Array {
  // Without it the arguments would go through an array.
  constructor(bufferOrLength, byteOffset, length) {
    super(bufferOrLength, byteOffset, length);
  }
}

function Buffer(arg, encodingOrOffset, length) {
  showDeprecation();
  if (typeof arg === 'number') {
    if (typeof encodingOrOffset === 'string') throw new codes.ERR_INVALID_ARG_TYPE('string', 'string', arg);
    return Buffer.alloc(arg);
  }
  return Buffer.from(arg, encodingOrOffset, length);
}

let warned = false;
function showDeprecation() {
  if (warned || process.noDeprecation) return;
  // Only the program's own code is warned, not what it installed.
  if (!require('internal/util').isPendingDeprecation() && require('internal/util').isInsideNodeModules()) return;
  warned = true;
  process.emitWarning('Buffer() is deprecated due to security and usability issues. Please use the Buffer.alloc(), ' +
    'Buffer.allocUnsafe(), or Buffer.from() methods instead.', 'DeprecationWarning', 'DEP0005', Buffer);
}

FastBuffer.prototype.constructor = Buffer;
Buffer.prototype = FastBuffer.prototype;
setPrototype(Buffer.prototype);
Object.defineProperty(Buffer.prototype, 'constructor', { __proto__: null, enumerable: false });
require('internal/buffer/numbers').addNumbers(Buffer.prototype);

Object.defineProperty(Buffer, Symbol.species, {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() { return FastBuffer; },
});

// --- allocation ----------------------------------------------------------------------------------------------------

Buffer.poolSize = 64 * 1024;
// Memory for whoever fills it: as it comes, unless --zero-fill-buffers was asked for.
let createStore = (size) => {
  createStore = require('internal/options').getOptionValue('--zero-fill-buffers') ? (length) => new ArrayBuffer(length) :
    createUnsafeArrayBuffer;
  return createStore(size);
};
function createUnsafeBuffer(size) {
  if (size <= 64) return new FastBuffer(size); // as cheap as not clearing it
  return new FastBuffer(createStore(size));
}

// Small ones are pieces of a pool that C cuts up.
const allocate = (size) => allocateBytes(size, Buffer.poolSize);

function validateSize(size) {
  validateNumber(size, 'size', 0, kMaxLength);
}

const valueOfObject = Object.prototype.valueOf;

Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') return fromString(value, encodingOrOffset);
  if (typeof value === 'object' && value !== null) {
    if (isAnyArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);
    if (value.valueOf === valueOfObject) {
      const made = fromList(value, Buffer.poolSize);
      if (made !== undefined) return made;
    }
    const primitive = value.valueOf && value.valueOf();
    if (primitive != null && primitive !== value && (typeof primitive === 'string' || typeof primitive === 'object')) {
      return from(primitive, encodingOrOffset, length);
    }
    const made = fromObject(value);
    if (made) return made;
    if (typeof value[Symbol.toPrimitive] === 'function') {
      const string = value[Symbol.toPrimitive]('string');
      if (typeof string === 'string') return fromString(string, encodingOrOffset);
    }
  }
  throw new codes.ERR_INVALID_ARG_TYPE('first argument',
    ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'], value);
};

Buffer.copyBytesFrom = function copyBytesFrom(view, offset, length) {
  const tag = tagOf(view);
  if (tag === undefined) throw new codes.ERR_INVALID_ARG_TYPE('view', ['TypedArray'], view);
  const viewLength = view.length;
  if (viewLength === 0) return Buffer.alloc(0);
  let end = viewLength;
  let start = 0;
  if (offset !== undefined) {
    validateInteger(offset, 'offset', 0);
    if (offset >= viewLength) return Buffer.alloc(0);
    start = offset;
  }
  if (length !== undefined) {
    validateInteger(length, 'length', 0);
    end = Math.min(start + length, viewLength);
  }
  const part = view.slice(start, end);
  return fromArrayLike(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
};

// The typed array statics create through the species; Buffer.of must not go through the deprecated constructor.
Buffer.of = function of(...items) {
  const made = createUnsafeBuffer(items.length);
  for (let i = 0; i < items.length; i++) made[i] = items[i];
  return made;
};

Buffer.alloc = function alloc(size, fill, encoding) {
  if (!(typeof size === 'number' && size >= 0 && size <= kMaxLength)) validateSize(size);
  const made = zeroed(size);
  if (fill !== undefined && fill !== 0 && size > 0) return fillBuffer(made, fill, 0, size, encoding);
  return made;
};

Buffer.allocUnsafe = function allocUnsafe(size) {
  if (!(typeof size === 'number' && size >= 0 && size <= kMaxLength)) validateSize(size);
  return allocateBytes(size, Buffer.poolSize);
};
Object.defineProperty(Buffer.allocUnsafe, 'length', { __proto__: null, value: 2, configurable: true });

Buffer.allocUnsafeSlow = function allocUnsafeSlow(size) {
  validateSize(size);
  return createUnsafeBuffer(size);
};
Object.defineProperty(Buffer.allocUnsafeSlow, 'length', { __proto__: null, value: 2, configurable: true });

function fromString(string, encoding) {
  if (encoding === undefined) return encode(string, encodingsMap.utf8, Buffer.poolSize);
  const ops = typeof encoding === 'string' && encoding.length !== 0 ? opsOf(encoding) : utf8Ops;
  if (ops === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  return encode(string, ops.number, Buffer.poolSize);
}

function fromArrayBuffer(buffer, byteOffset, length) {
  if (byteOffset === undefined) {
    byteOffset = 0;
  } else {
    byteOffset = +byteOffset;
    if (Number.isNaN(byteOffset)) byteOffset = 0;
  }
  const maxLength = buffer.byteLength - byteOffset;
  if (maxLength < 0) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('offset');
  if (length !== undefined) {
    length = +length;
    if (length > 0) {
      if (length > maxLength) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('length');
    } else {
      length = 0;
    }
  } else {
    length = maxLength;
  }
  return new FastBuffer(buffer, byteOffset, length);
}

function fromArrayLike(object) {
  const { length } = object;
  if (length <= 0) return new FastBuffer();
  const made = allocate(length);
  if (isUint8Array(object)) made.set(object, 0);
  else for (let i = 0; i < length; i++) made[i] = object[i];
  return made;
}

function fromObject(object) {
  if (object.length !== undefined || isAnyArrayBuffer(object.buffer)) {
    return typeof object.length !== 'number' ? new FastBuffer() : fromArrayLike(object);
  }
  if (object.type === 'Buffer' && Array.isArray(object.data)) return fromArrayLike(object.data);
  return undefined;
}

// --- statics -------------------------------------------------------------------------------------------------------

Buffer.isBuffer = function isBuffer(value) {
  return value instanceof Buffer;
};

Buffer.compare = function compare(buf1, buf2) {
  const answer = order(buf1, buf2);
  if (answer !== undefined) return answer;
  if (!isUint8Array(buf1)) throw new codes.ERR_INVALID_ARG_TYPE('buf1', ['Buffer', 'Uint8Array'], buf1);
  if (!isUint8Array(buf2)) throw new codes.ERR_INVALID_ARG_TYPE('buf2', ['Buffer', 'Uint8Array'], buf2);
  return buf1 === buf2 ? 0 : compareBytes(buf1, buf2);
};

Buffer.isEncoding = function isEncoding(encoding) {
  return typeof encoding === 'string' && encoding.length !== 0 && normalizeEncoding(encoding) !== undefined;
};
Object.defineProperty(Buffer, kIsEncodingSymbol, {
  __proto__: null, configurable: true, enumerable: false, value: Buffer.isEncoding, writable: true,
});

Buffer.concat = function concat(list, length) {
  if (length === undefined) {
    const joined = join(list, Buffer.poolSize);
    if (joined !== undefined) return joined;
  }
  validateArray(list, 'list');
  if (list.length === 0) return new FastBuffer();
  if (length === undefined) {
    length = 0;
    for (let i = 0; i < list.length; i++) {
      const part = list[i];
      // The length that the array has, whatever its `length` property says.
      length += isUint8Array(part) ? viewLength(part) : part?.length || 0;
    }
  } else {
    validateInteger(length, 'length', 0);
  }
  const made = Buffer.allocUnsafe(length);
  let position = 0;
  for (let i = 0; i < list.length; i++) {
    const part = list[i];
    if (!isUint8Array(part)) throw new codes.ERR_INVALID_ARG_TYPE(`list[${i}]`, ['Buffer', 'Uint8Array'], part);
    if (position < length) position += copyImpl(part, made, position, 0, viewLength(part));
  }
  if (position < length) made.fill(0, position, length);
  return made;
};

function byteLength(string, encoding) {
  if (typeof string !== 'string') {
    if (ArrayBuffer.isView(string) || isAnyArrayBuffer(string)) return string.byteLength;
    throw new codes.ERR_INVALID_ARG_TYPE('string', ['string', 'Buffer', 'ArrayBuffer'], string);
  }
  if (string.length === 0) return 0;
  if (!encoding) return byteLengthUtf8(string);
  return (opsOf(encoding) ?? utf8Ops).byteLength(string);
}
Buffer.byteLength = byteLength;

// --- encodings -----------------------------------------------------------------------------------------------------

// What one encoding can do: sizes, writing, reading and searching. `write` gets arguments that were checked.
function base64ByteLength(string) {
  let { length } = string;
  if (string.charCodeAt(length - 1) === 0x3d) length--;
  if (length > 1 && string.charCodeAt(length - 1) === 0x3d) length--;
  return (length * 3) >>> 2;
}

const utf8Ops = {
  encoding: 'utf8',
  number: encodingsMap.utf8,
  byteLength: byteLengthUtf8,
  write: binding.utf8Write,
  slice: binding.utf8Slice,
};
const opsByEncoding = {
  __proto__: null,
  utf8: utf8Ops,
  utf16le: {
    encoding: 'utf16le',
    number: encodingsMap.utf16le,
    byteLength: (string) => string.length * 2,
    write: binding.ucs2Write,
    slice: binding.ucs2Slice,
  },
  latin1: {
    encoding: 'latin1',
    number: encodingsMap.latin1,
    byteLength: (string) => string.length,
    write: binding.latin1Write,
    slice: binding.latin1Slice,
  },
  ascii: {
    encoding: 'ascii',
    number: encodingsMap.ascii,
    byteLength: (string) => string.length,
    write: binding.latin1Write,
    slice: binding.asciiSlice,
  },
  base64: {
    encoding: 'base64',
    number: encodingsMap.base64,
    byteLength: base64ByteLength,
    write: binding.base64Write,
    slice: binding.base64Slice,
  },
  base64url: {
    encoding: 'base64url',
    number: encodingsMap.base64url,
    byteLength: base64ByteLength,
    write: binding.base64urlWrite,
    slice: binding.base64urlSlice,
  },
  hex: {
    encoding: 'hex',
    number: encodingsMap.hex,
    byteLength: (string) => string.length >>> 1,
    write: binding.hexWrite,
    slice: binding.hexSlice,
  },
};

function opsOf(encoding) {
  const known = opsByEncoding[encoding];
  if (known !== undefined) return known;
  const name = encoding === undefined || encoding === null ? undefined : normalizeEncoding(`${encoding}`);
  return name === undefined || `${encoding}` === '' ? undefined : opsByEncoding[name];
}

function addCodecs(proto) {
  const slicers = { asciiSlice: 'asciiSlice', base64Slice: 'base64Slice', base64urlSlice: 'base64urlSlice',
    latin1Slice: 'latin1Slice', hexSlice: 'hexSlice', ucs2Slice: 'ucs2Slice', utf8Slice: 'utf8Slice' };
  for (const name in slicers) {
    const slice = binding[name];
    proto[name] = function(start, end) {
      const length = checkedThis(this).length;
      start = start === undefined ? 0 : toIndex(start, length);
      end = end === undefined ? length : toIndex(end, length);
      return end <= start ? '' : slice(this, start, end);
    };
  }
  const writers = { asciiWrite: 'latin1Write', base64Write: 'base64Write', base64urlWrite: 'base64urlWrite',
    latin1Write: 'latin1Write', hexWrite: 'hexWrite', ucs2Write: 'ucs2Write', utf8Write: 'utf8Write' };
  for (const name in writers) {
    const write = binding[writers[name]];
    const strict = name === 'asciiWrite' || name === 'latin1Write' || name === 'utf8Write';
    proto[name] = function(string, offset, length) {
      const size = checkedThis(this).length;
      validateString(string, 'argument');
      offset = offset === undefined ? 0 : +offset;
      if (!(offset >= 0 && offset <= size)) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('offset');
      length = length === undefined ? size - offset : Math.trunc(+length);
      if (!(length >= 0) || (strict && length > size - offset)) {
        throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('length');
      }
      return write(this, string, Math.trunc(offset), Math.min(length, size - offset));
    };
  }
}

function checkedThis(value) {
  if (!ArrayBuffer.isView(value)) throw new codes.ERR_INVALID_ARG_TYPE('argument', 'Buffer', value);
  return value;
}

function toIndex(value, length) {
  value = Math.trunc(+value) || 0;
  if (value < 0) throw new codes.ERR_OUT_OF_RANGE('index', `>= 0 && <= ${length}`, value);
  return value > length ? length : value;
}
addCodecs(Buffer.prototype);

// --- prototype -----------------------------------------------------------------------------------------------------

for (const [name, source] of [['parent', 'buffer'], ['offset', 'byteOffset']]) {
  Object.defineProperty(Buffer.prototype, name, {
    __proto__: null,
    enumerable: true,
    get() { return this instanceof Buffer ? this[source] : undefined; },
  });
}

function toInteger(n, fallback) {
  n = +n;
  if (!Number.isNaN(n) && n >= Number.MIN_SAFE_INTEGER && n <= Number.MAX_SAFE_INTEGER) {
    return n % 1 === 0 ? n : Math.floor(n);
  }
  return fallback;
}

function copyImpl(source, target, targetStart, sourceStart, sourceEnd) {
  if (!ArrayBuffer.isView(source)) throw new codes.ERR_INVALID_ARG_TYPE('source', ['Buffer', 'Uint8Array'], source);
  if (!ArrayBuffer.isView(target)) throw new codes.ERR_INVALID_ARG_TYPE('target', ['Buffer', 'Uint8Array'], target);
  if (targetStart === undefined) {
    targetStart = 0;
  } else {
    targetStart = Number.isInteger(targetStart) ? targetStart : toInteger(targetStart, 0);
    if (targetStart < 0) throw new codes.ERR_OUT_OF_RANGE('targetStart', '>= 0', targetStart);
  }
  if (sourceStart === undefined) {
    sourceStart = 0;
  } else {
    sourceStart = Number.isInteger(sourceStart) ? sourceStart : toInteger(sourceStart, 0);
    if (sourceStart < 0 || sourceStart > source.byteLength) {
      throw new codes.ERR_OUT_OF_RANGE('sourceStart', `>= 0 && <= ${source.byteLength}`, sourceStart);
    }
  }
  if (sourceEnd === undefined) {
    sourceEnd = source.byteLength;
  } else {
    sourceEnd = Number.isInteger(sourceEnd) ? sourceEnd : toInteger(sourceEnd, 0);
    if (sourceEnd < 0) throw new codes.ERR_OUT_OF_RANGE('sourceEnd', '>= 0', sourceEnd);
  }
  if (targetStart >= target.byteLength || sourceStart >= sourceEnd) return 0;
  const count = Math.min(sourceEnd - sourceStart, target.byteLength - targetStart, source.byteLength - sourceStart);
  if (count <= 0) return 0;
  copyBytes(source, target, targetStart, sourceStart, count);
  return count;
}

Buffer.prototype.copy = function copy(target, targetStart, sourceStart, sourceEnd) {
  return copyPlain(this, target, targetStart, sourceStart, sourceEnd) ??
    copyImpl(this, target, targetStart, sourceStart, sourceEnd);
};

Buffer.prototype.toString = method(function toString(encoding, start, end) {
  if (arguments.length === 0) return binding.utf8Slice(this, 0, this.length);
  const { length } = this;
  if (start <= 0) start = 0;
  else if (start >= length) return '';
  else start = Math.trunc(start) || 0;
  if (end === undefined || end > length) end = length;
  else end = Math.trunc(end) || 0;
  if (end <= start) return '';
  if (encoding === undefined) return binding.utf8Slice(this, start, end);
  const ops = opsOf(encoding);
  if (ops === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  return ops.slice(this, start, end);
});
Buffer.prototype.toLocaleString = Buffer.prototype.toString;

Buffer.prototype.equals = method(function equals(otherBuffer) {
  if (!isUint8Array(otherBuffer)) {
    throw new codes.ERR_INVALID_ARG_TYPE('otherBuffer', ['Buffer', 'Uint8Array'], otherBuffer);
  }
  if (this === otherBuffer) return true;
  if (this.byteLength !== otherBuffer.byteLength) return false;
  return this.byteLength === 0 || compareBytes(this, otherBuffer) === 0;
});

let INSPECT_MAX_BYTES = 50;

Buffer.prototype.inspect = function inspect(recurseTimes, ctx) {
  const shown = Math.min(INSPECT_MAX_BYTES, this.length);
  let text = binding.hexSlice(this, 0, shown).replace(/(.{2})/g, '$1 ').trim();
  const left = this.length - INSPECT_MAX_BYTES;
  if (left > 0) text += ` ... ${left} more byte${left > 1 ? 's' : ''}`;
  // Properties that the program added.
  if (ctx) {
    const { getOwnNonIndexProperties, kAllProperties, kOnlyEnumerable } = internalBinding('util');
    const extras = {};
    let found = false;
    for (const key of getOwnNonIndexProperties(this, ctx.showHidden ? kAllProperties : kOnlyEnumerable)) {
      found = true;
      extras[key] = this[key];
    }
    if (found) {
      if (this.length !== 0) text += ', ';
      const { inspect: show } = require('internal/util/inspect');
      text += show(extras, { ...ctx, breakLength: Infinity, compact: true }).slice(2, -2);
    }
  }
  let name = 'Buffer';
  try {
    name = this.constructor.name || name;
  } catch {
    // Shown as a Buffer.
  }
  return `<${name} ${text}>`;
};
Buffer.prototype[customInspectSymbol] = Buffer.prototype.inspect;

Buffer.prototype.compare = function compare(target, targetStart, targetEnd, sourceStart, sourceEnd) {
  if (arguments.length === 1) {
    const answer = order(this, target);
    if (answer !== undefined) return answer;
  }
  if (!isUint8Array(target)) throw new codes.ERR_INVALID_ARG_TYPE('target', ['Buffer', 'Uint8Array'], target);
  if (arguments.length === 1) return compareBytes(this, target);
  const check = (value, name, max, fallback) => {
    if (value === undefined) return fallback;
    validateInteger(value, name, 0, max);
    return value;
  };
  targetStart = check(targetStart, 'targetStart', Number.MAX_SAFE_INTEGER, 0);
  targetEnd = check(targetEnd, 'targetEnd', target.length, target.length);
  sourceStart = check(sourceStart, 'sourceStart', Number.MAX_SAFE_INTEGER, 0);
  sourceEnd = check(sourceEnd, 'sourceEnd', this.length, this.length);
  if (sourceStart >= sourceEnd) return targetStart >= targetEnd ? 0 : -1;
  if (targetStart >= targetEnd) return 1;
  return compareOffset(this, target, targetStart, sourceStart, targetEnd - targetStart, sourceEnd - sourceStart);
};

// One search for strings, bytes and buffers, in both directions.
function bidirectionalIndexOf(buffer, value, byteOffset, encoding, forwards) {
  checkedThis(buffer);
  if (typeof byteOffset === 'string') {
    encoding = byteOffset;
    byteOffset = undefined;
  } else if (byteOffset > 0x7fffffff) {
    byteOffset = 0x7fffffff;
  } else if (byteOffset < -0x80000000) {
    byteOffset = -0x80000000;
  }
  byteOffset = +byteOffset;
  if (Number.isNaN(byteOffset)) byteOffset = forwards ? 0 : buffer.length || buffer.byteLength;
  byteOffset = Math.trunc(byteOffset);
  if (typeof value === 'number') return indexOfNumber(buffer, value >>> 0, byteOffset, forwards);
  const ops = encoding === undefined ? utf8Ops : opsOf(encoding);
  if (typeof value === 'string') {
    if (ops === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    return indexOfString(buffer, value, byteOffset, ops.number, forwards);
  }
  if (isUint8Array(value)) {
    return indexOfBuffer(buffer, value, byteOffset, (ops ?? utf8Ops).number, forwards);
  }
  throw new codes.ERR_INVALID_ARG_TYPE('value', ['number', 'string', 'Buffer', 'Uint8Array'], value);
}

Buffer.prototype.indexOf = method(function indexOf(value, byteOffset, encoding, end) {
  return bidirectionalIndexOf(this, value, byteOffset, encoding, true);
});

Buffer.prototype.lastIndexOf = function lastIndexOf(value, byteOffset, encoding, end) {
  return bidirectionalIndexOf(this, value, byteOffset, encoding, false);
};

Buffer.prototype.includes = method(function includes(value, byteOffset, encoding, end) {
  return bidirectionalIndexOf(this, value, byteOffset, encoding, true) !== -1;
});

Buffer.prototype.fill = method(function fill(value, offset, end, encoding) {
  return fillBuffer(this, value, offset, end, encoding);
});

function fillBuffer(buf, value, offset, end, encoding) {
  if (typeof value === 'string') {
    if (offset === undefined || typeof offset === 'string') {
      encoding = offset;
      offset = 0;
      end = buf.length;
    } else if (typeof end === 'string') {
      encoding = end;
      end = buf.length;
    }
    const name = normalizeEncoding(encoding);
    if (name === undefined) {
      validateString(encoding, 'encoding');
      throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    }
    if (value.length === 0) {
      value = 0;
    } else if (value.length === 1) {
      const code = value.charCodeAt(0);
      if ((name === 'utf8' && code < 128) || name === 'latin1') value = code;
    }
    encoding = name;
  } else {
    encoding = undefined;
  }
  if (offset === undefined) {
    offset = 0;
    end = buf.length;
  } else {
    validateInteger(offset, 'offset', 0);
    if (end === undefined) end = buf.length;
    else validateInteger(end, 'end', 0, buf.length);
    if (offset >= end) return buf;
  }
  if (typeof value !== 'string' && !ArrayBuffer.isView(value)) {
    value = +value;
    const size = buf.byteLength;
    if (offset < 0 || end > size) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS();
    Uint8Array.prototype.fill.call(buf, value, offset, end);
    return buf;
  }
  const result = fillBytes(buf, value, offset, end, encoding === undefined ? -1 : encodingsMap[encoding]);
  if (result < 0) {
    if (result === -1) throw new codes.ERR_INVALID_ARG_VALUE('value', value);
    throw new codes.ERR_BUFFER_OUT_OF_BOUNDS();
  }
  return buf;
}

function writeText(ops, buf, string, offset, length) {
  if (typeof string !== 'string') {
    throw Object.assign(new TypeError('argument must be a string'), { code: 'ERR_INVALID_ARG_TYPE' });
  }
  return ops.write(buf, string, offset, length);
}

Buffer.prototype.write = method(function write(string, offset, length, encoding) {
  // write(string)
  if (offset === undefined) return writeText(utf8Ops, this, string, 0, this.length);
  // write(string, encoding)
  if (length === undefined && typeof offset === 'string') {
    encoding = offset;
    length = this.length;
    offset = 0;
  } else {
    validateInteger(offset, 'offset', 0, this.length);
    const remaining = this.length - offset;
    if (length === undefined) {
      length = remaining;
    } else if (typeof length === 'string') {
      encoding = length;
      length = remaining;
    } else {
      validateInteger(length, 'length', 0, this.length);
      if (length > remaining) length = remaining;
    }
  }
  if (!encoding || encoding === 'utf8') return writeText(utf8Ops, this, string, offset, length);
  const ops = opsOf(encoding);
  if (ops === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  return writeText(ops, this, string, offset, length);
});

Buffer.prototype.toJSON = function toJSON() {
  const data = new Array(this.length);
  for (let i = 0; i < data.length; i++) data[i] = this[i];
  return { type: 'Buffer', data };
};

function adjustOffset(offset, length) {
  offset = Math.trunc(offset);
  if (offset === 0 || Number.isNaN(offset)) return 0;
  if (offset < 0) {
    offset += length;
    return offset > 0 ? offset : 0;
  }
  return offset < length ? offset : length;
}

Buffer.prototype.subarray = method(function subarray(start, end) {
  const { length } = this;
  start = adjustOffset(start, length);
  end = end !== undefined ? adjustOffset(end, length) : length;
  return new FastBuffer(this.buffer, this.byteOffset + start, end > start ? end - start : 0);
});

Buffer.prototype.slice = function slice(start, end) {
  return this.subarray(start, end);
};

function swapPair(buf, i, j) {
  const byte = buf[i];
  buf[i] = buf[j];
  buf[j] = byte;
}

Buffer.prototype.swap16 = function swap16() {
  const { length } = this;
  if (length % 2 !== 0) throw new codes.ERR_INVALID_BUFFER_SIZE('16-bits');
  if (length < 128) {
    for (let i = 0; i < length; i += 2) swapPair(this, i, i + 1);
    return this;
  }
  swap16Bytes(this);
  return this;
};

Buffer.prototype.swap32 = function swap32() {
  if (this.length % 4 !== 0) throw new codes.ERR_INVALID_BUFFER_SIZE('32-bits');
  swap32Bytes(this);
  return this;
};

Buffer.prototype.swap64 = function swap64() {
  if (this.length % 8 !== 0) throw new codes.ERR_INVALID_BUFFER_SIZE('64-bits');
  swap64Bytes(this);
  return this;
};

// --- module functions ------------------------------------------------------------------------------------------------

function transcode(source, fromEncoding, toEncoding) {
  if (!isUint8Array(source)) throw new codes.ERR_INVALID_ARG_TYPE('source', ['Buffer', 'Uint8Array'], source);
  if (source.length === 0) return Buffer.alloc(0);
  const from = normalizeEncoding(fromEncoding);
  const to = normalizeEncoding(toEncoding);
  const supported = ['utf8', 'utf16le', 'latin1', 'ascii'];
  if (!supported.includes(from) || !supported.includes(to)) {
    const { genericNodeError } = require('internal/errors');
    throw genericNodeError('Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]',
      { code: 'U_ILLEGAL_ARGUMENT_ERROR', errno: 1 });
  }
  const text = opsByEncoding[from].slice(source, 0, source.length);
  if (to === 'utf8' || to === 'utf16le') return fromString(text, to);
  // What the target cannot hold becomes a question mark.
  const limit = to === 'ascii' ? 0x7f : 0xff;
  return fromString(text.replace(/[\ud800-\udbff][\udc00-\udfff]|[^]/g,
    (char) => (char.length > 1 || char.charCodeAt(0) > limit ? '?' : char)), 'latin1');
}

function isUtf8(input) {
  if (ArrayBuffer.isView(input) || isAnyArrayBuffer(input)) return binding.isUtf8(checkDetached(input));
  throw new codes.ERR_INVALID_ARG_TYPE('input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input);
}

function isAscii(input) {
  if (ArrayBuffer.isView(input) || isAnyArrayBuffer(input)) return binding.isAscii(checkDetached(input));
  throw new codes.ERR_INVALID_ARG_TYPE('input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input);
}

function checkDetached(input) {
  const buffer = ArrayBuffer.isView(input) ? input.buffer : input;
  if (buffer.detached) {
    throw new codes.ERR_INVALID_STATE('Cannot validate on a detached buffer');
  }
  return input;
}

function invalidCharacter(message) {
  return require('internal/util').lazyDOMException(message, 'InvalidCharacterError');
}

function btoa(input) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('input');
  const text = `${input}`;
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 255) throw invalidCharacter('Invalid character');
  }
  return fromString(text, 'latin1').toString('base64');
}

// forgiving-base64 decode  https://infra.spec.whatwg.org/#forgiving-base64-decode
function atob(input) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('input');
  let text = `${input}`.replace(/[\t\n\f\r ]/g, '');
  if (text.length % 4 === 0) text = text.replace(/==?$/, '');
  if (/[^A-Za-z0-9+/]/.test(text)) throw invalidCharacter('Invalid character');
  if (text.length % 4 === 1) throw invalidCharacter('The string to be decoded is not correctly encoded.');
  return fromString(text, 'base64').toString('latin1');
}

const constants = Object.defineProperties({}, {
  MAX_LENGTH: { __proto__: null, value: kMaxLength, writable: false, enumerable: true },
  MAX_STRING_LENGTH: { __proto__: null, value: kStringMaxLength, writable: false, enumerable: true },
});

module.exports = {
  Buffer,
  transcode,
  isUtf8,
  isAscii,
  kMaxLength,
  kStringMaxLength,
  btoa,
  atob,
};

Object.defineProperties(module.exports, {
  constants: { __proto__: null, configurable: false, enumerable: true, value: constants },
  INSPECT_MAX_BYTES: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return INSPECT_MAX_BYTES; },
    set(value) {
      validateNumber(value, 'INSPECT_MAX_BYTES', 0);
      INSPECT_MAX_BYTES = value;
    },
  },
});
require('internal/util').defineLazyProperties(module.exports, 'internal/blob', ['Blob', 'resolveObjectURL', 'File']);

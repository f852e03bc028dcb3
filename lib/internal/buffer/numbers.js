// SPDX-License-Identifier: MIT
'use strict';

// The numbers of Buffer.prototype: read and write of integers of 8 to 64 bits and of floats, in both byte orders.
// An access in bounds is a few loads and adds; what is wrong with one out of bounds is worked out afterwards.

const { codes } = require('internal/errors');
const { method } = internalBinding('buffer_numbers');
const { validateNumber } = require('internal/validators');

const float32 = new Float32Array(1);
const float32Bytes = new Uint8Array(float32.buffer);
const float64 = new Float64Array(1);
const float64Bytes = new Uint8Array(float64.buffer);

function boundsError(value, length, type) {
  if (Math.floor(value) !== value) {
    validateNumber(value, type);
    throw new codes.ERR_OUT_OF_RANGE(type || 'offset', 'an integer', value);
  }
  if (length < 0) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS();
  throw new codes.ERR_OUT_OF_RANGE(type || 'offset', `>= ${type ? 1 : 0} and <= ${length}`, value);
}

// Called when `offset` does not name `byteLength` bytes of `buf`.
function badOffset(buf, offset, byteLength) {
  validateNumber(offset, 'offset');
  boundsError(offset, buf.length - byteLength);
}

// `offset` when all its bytes exist.
function checkOffset(buf, offset, byteLength) {
  if (!(Number.isInteger(offset) && offset >= 0 && offset + byteLength <= buf.length)) {
    badOffset(buf, offset, byteLength);
  }
}

function checkInt(value, min, max, buf, offset, byteLength) {
  if (value > max || value < min) {
    const n = typeof min === 'bigint' ? 'n' : '';
    let range;
    if (byteLength > 4 || typeof min === 'bigint') {
      // Powers of two say more than their digits.
      const bits = byteLength * 8;
      range = min === 0 || min === 0n ? `>= 0${n} and < 2${n} ** ${bits}${n}` :
        `>= -(2${n} ** ${bits - 1}${n}) and < 2${n} ** ${bits - 1}${n}`;
    } else {
      range = `>= ${min}${n} and <= ${max}${n}`;
    }
    throw new codes.ERR_OUT_OF_RANGE('value', range, value);
  }
  checkOffset(buf, offset, byteLength);
}

const readers = {
  readUInt8(offset = 0) {
    checkOffset(this, offset, 1);
    return this[offset];
  },
  readUInt16LE(offset = 0) {
    checkOffset(this, offset, 2);
    return (this[offset + 1] << 8) | this[offset];
  },
  readUInt16BE(offset = 0) {
    checkOffset(this, offset, 2);
    return (this[offset] << 8) | this[offset + 1];
  },
  readUInt32LE(offset = 0) {
    checkOffset(this, offset, 4);
    return ((this[offset + 3] << 24) | (this[offset + 2] << 16) | (this[offset + 1] << 8) | this[offset]) >>> 0;
  },
  readUInt32BE(offset = 0) {
    checkOffset(this, offset, 4);
    return ((this[offset] << 24) | (this[offset + 1] << 16) | (this[offset + 2] << 8) | this[offset + 3]) >>> 0;
  },
  readInt8(offset = 0) {
    checkOffset(this, offset, 1);
    return this[offset] << 24 >> 24;
  },
  readInt16LE(offset = 0) {
    checkOffset(this, offset, 2);
    return ((this[offset + 1] << 8) | this[offset]) << 16 >> 16;
  },
  readInt16BE(offset = 0) {
    checkOffset(this, offset, 2);
    return ((this[offset] << 8) | this[offset + 1]) << 16 >> 16;
  },
  readInt32LE(offset = 0) {
    checkOffset(this, offset, 4);
    return (this[offset + 3] << 24) | (this[offset + 2] << 16) | (this[offset + 1] << 8) | this[offset];
  },
  readInt32BE(offset = 0) {
    checkOffset(this, offset, 4);
    return (this[offset] << 24) | (this[offset + 1] << 16) | (this[offset + 2] << 8) | this[offset + 3];
  },
};

const writers = {
  writeUInt8(value, offset = 0) {
    value = +value;
    checkInt(value, 0x0, 0xff, this, offset, 1);
    this[offset] = value;
    return offset + 1;
  },
  writeUInt16LE(value, offset = 0) {
    value = +value;
    checkInt(value, 0x0, 0xffff, this, offset, 2);
    this[offset] = value;
    this[offset + 1] = value >>> 8;
    return offset + 2;
  },
  writeUInt16BE(value, offset = 0) {
    value = +value;
    checkInt(value, 0x0, 0xffff, this, offset, 2);
    this[offset] = value >>> 8;
    this[offset + 1] = value;
    return offset + 2;
  },
  writeUInt32LE(value, offset = 0) {
    value = +value;
    checkInt(value, 0x0, 0xffffffff, this, offset, 4);
    this[offset] = value;
    this[offset + 1] = value >>> 8;
    this[offset + 2] = value >>> 16;
    this[offset + 3] = value >>> 24;
    return offset + 4;
  },
  writeUInt32BE(value, offset = 0) {
    value = +value;
    checkInt(value, 0x0, 0xffffffff, this, offset, 4);
    this[offset] = value >>> 24;
    this[offset + 1] = value >>> 16;
    this[offset + 2] = value >>> 8;
    this[offset + 3] = value;
    return offset + 4;
  },
  writeInt8(value, offset = 0) {
    value = +value;
    checkInt(value, -0x80, 0x7f, this, offset, 1);
    this[offset] = value;
    return offset + 1;
  },
  writeInt16LE(value, offset = 0) {
    value = +value;
    checkInt(value, -0x8000, 0x7fff, this, offset, 2);
    this[offset] = value;
    this[offset + 1] = value >>> 8;
    return offset + 2;
  },
  writeInt16BE(value, offset = 0) {
    value = +value;
    checkInt(value, -0x8000, 0x7fff, this, offset, 2);
    this[offset] = value >>> 8;
    this[offset + 1] = value;
    return offset + 2;
  },
  writeInt32LE(value, offset = 0) {
    value = +value;
    checkInt(value, -0x80000000, 0x7fffffff, this, offset, 4);
    this[offset] = value;
    this[offset + 1] = value >>> 8;
    this[offset + 2] = value >>> 16;
    this[offset + 3] = value >>> 24;
    return offset + 4;
  },
  writeInt32BE(value, offset = 0) {
    value = +value;
    checkInt(value, -0x80000000, 0x7fffffff, this, offset, 4);
    this[offset] = value >>> 24;
    this[offset + 1] = value >>> 16;
    this[offset + 2] = value >>> 8;
    this[offset + 3] = value;
    return offset + 4;
  },
};

// --- integers of a given number of bytes ---------------------------------------------------------------------------

function checkByteLength(byteLength) {
  if (byteLength === undefined) throw new codes.ERR_INVALID_ARG_TYPE('byteLength', 'number', byteLength);
  if (!(Number.isInteger(byteLength) && byteLength >= 1 && byteLength <= 6)) boundsError(byteLength, 6, 'byteLength');
}

function requireOffset(offset) {
  if (offset === undefined) throw new codes.ERR_INVALID_ARG_TYPE('offset', 'number', offset);
}

function readSized(buf, offset, byteLength, bigEndian, signed) {
  requireOffset(offset);
  checkByteLength(byteLength);
  checkOffset(buf, offset, byteLength);
  let value = 0;
  for (let i = 0; i < byteLength; i++) {
    value = value * 256 + buf[bigEndian ? offset + i : offset + byteLength - 1 - i];
  }
  const limit = 2 ** (8 * byteLength - 1);
  return signed && value >= limit ? value - 2 * limit : value;
}

function writeSized(buf, value, offset, byteLength, bigEndian, signed) {
  checkByteLength(byteLength);
  value = +value;
  if (byteLength <= 6) requireOffset(offset);
  const limit = 2 ** (8 * byteLength);
  checkInt(value, signed ? -(limit / 2) : 0, signed ? limit / 2 - 1 : limit - 1, buf, offset, byteLength);
  if (value < 0) value += limit;
  for (let i = 0; i < byteLength; i++) {
    buf[bigEndian ? offset + byteLength - 1 - i : offset + i] = value;
    value = Math.floor(value / 256);
  }
  return offset + byteLength;
}

const sized = {
  readUIntLE(offset, byteLength) { return readSized(this, offset, byteLength, false, false); },
  readUIntBE(offset, byteLength) { return readSized(this, offset, byteLength, true, false); },
  readIntLE(offset, byteLength) { return readSized(this, offset, byteLength, false, true); },
  readIntBE(offset, byteLength) { return readSized(this, offset, byteLength, true, true); },
  writeUIntLE(value, offset, byteLength) { return writeSized(this, value, offset, byteLength, false, false); },
  writeUIntBE(value, offset, byteLength) { return writeSized(this, value, offset, byteLength, true, false); },
  writeIntLE(value, offset, byteLength) { return writeSized(this, value, offset, byteLength, false, true); },
  writeIntBE(value, offset, byteLength) { return writeSized(this, value, offset, byteLength, true, true); },
};

// --- 64 bits -------------------------------------------------------------------------------------------------------

function readHalves(buf, offset, bigEndian) {
  checkOffset(buf, offset, 8);
  const read = bigEndian ? readers.readUInt32BE : readers.readUInt32LE;
  const first = read.call(buf, offset);
  const second = read.call(buf, offset + 4);
  return bigEndian ? [first, second] : [second, first];
}

function readBig(buf, offset, bigEndian, signed) {
  const { 0: high, 1: low } = readHalves(buf, offset, bigEndian);
  return (BigInt(signed ? high | 0 : high) << 32n) + BigInt(low);
}

function writeBig(buf, value, offset, bigEndian, min, max) {
  checkInt(value, min, max, buf, offset, 8);
  const write = bigEndian ? writers.writeUInt32BE : writers.writeUInt32LE;
  const low = Number(value & 0xffffffffn);
  const high = Number((value >> 32n) & 0xffffffffn);
  write.call(buf, bigEndian ? high : low, offset);
  write.call(buf, bigEndian ? low : high, offset + 4);
  return offset + 8;
}

const big = {
  readBigUInt64LE(offset = 0) { return readBig(this, offset, false, false); },
  readBigUInt64BE(offset = 0) { return readBig(this, offset, true, false); },
  readBigInt64LE(offset = 0) { return readBig(this, offset, false, true); },
  readBigInt64BE(offset = 0) { return readBig(this, offset, true, true); },
  writeBigUInt64LE(value, offset = 0) {
    return writeBig(this, value, offset, false, 0n, 0xffffffffffffffffn);
  },
  writeBigUInt64BE(value, offset = 0) {
    return writeBig(this, value, offset, true, 0n, 0xffffffffffffffffn);
  },
  writeBigInt64LE(value, offset = 0) {
    return writeBig(this, value, offset, false, -0x8000000000000000n, 0x7fffffffffffffffn);
  },
  writeBigInt64BE(value, offset = 0) {
    return writeBig(this, value, offset, true, -0x8000000000000000n, 0x7fffffffffffffffn);
  },
};

// --- floats: the machine is little-endian ------------------------------------------------------------------------------

function load(buf, offset, bytes, backwards) {
  const size = bytes.length;
  checkOffset(buf, offset, size);
  for (let i = 0; i < size; i++) bytes[backwards ? size - 1 - i : i] = buf[offset + i];
}

function store(buf, offset, bytes, backwards) {
  const size = bytes.length;
  checkOffset(buf, offset, size);
  for (let i = 0; i < size; i++) buf[offset + i] = bytes[backwards ? size - 1 - i : i];
  return offset + size;
}

const floats = {
  readFloatLE(offset = 0) {
    load(this, offset, float32Bytes, false);
    return float32[0];
  },
  readFloatBE(offset = 0) {
    load(this, offset, float32Bytes, true);
    return float32[0];
  },
  readDoubleLE(offset = 0) {
    load(this, offset, float64Bytes, false);
    return float64[0];
  },
  readDoubleBE(offset = 0) {
    load(this, offset, float64Bytes, true);
    return float64[0];
  },
  writeFloatLE(value, offset = 0) {
    float32[0] = value;
    return store(this, offset, float32Bytes, false);
  },
  writeFloatBE(value, offset = 0) {
    float32[0] = value;
    return store(this, offset, float32Bytes, true);
  },
  writeDoubleLE(value, offset = 0) {
    float64[0] = value;
    return store(this, offset, float64Bytes, false);
  },
  writeDoubleBE(value, offset = 0) {
    float64[0] = value;
    return store(this, offset, float64Bytes, true);
  },
};

// Puts all of them on Buffer.prototype, with the `Uint` spellings.
function addNumbers(proto) {
  // The common case is C; what is odd about a call comes back here.
  for (const group of [big, readers, writers, floats]) {
    for (const name in group) group[name] = method(name, group[name], group[name].length > 0 || group === readers ? 1 : 0);
  }
  Object.assign(proto, big, sized, readers, writers, floats);
  for (const group of [big, sized, readers, writers]) {
    for (const name in group) {
      if (name.includes('UInt')) proto[name.replace('UInt', 'Uint')] = group[name];
    }
  }
}

module.exports = { addNumbers };

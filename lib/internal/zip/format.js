// SPDX-License-Identifier: MIT
'use strict';

// The records of a ZIP archive (APPNOTE.TXT 6.3.10): local and central headers, the archive's end, extra fields, dates
// and names. Reading checks every length against what holds it before it is used; nothing here touches files.

const { Buffer, isUtf8 } = require('buffer');
const { codes: errors } = require('internal/errors');

const kStore = 0;
const kDeflate = 8;
const kZstd = 93;
const kLocalSignature = 0x04034b50;
const kCentralSignature = 0x02014b50;
const kEndSignature = 0x06054b50;
const kEnd64Signature = 0x06064b50;
const kLocator64Signature = 0x07064b50;
const kDescriptorSignature = 0x08074b50;
const kEncryptedFlag = 1;
const kDescriptorFlag = 8;
const kUtf8Flag = 0x800;
const kMax16 = 0xffff;
const kMax32 = 0xffffffff;
const kLocalSize = 30;
const kCentralSize = 46;
const kEndSize = 22;
const kEnd64Size = 56;
const kLocator64Size = 20;
// The longest tail that may hold the end of an archive: its records and a comment.
const kTailSize = kEndSize + kMax16 + kLocator64Size + kEnd64Size;
const kHostUnix = 3;
const kEmpty = Buffer.alloc(0);

const kExtraZip64 = 0x0001;
const kExtraNtfs = 0x000a;
const kExtraTimestamp = 0x5455;
const kExtraUnix = 0x5855;
const kExtraUnicodePath = 0x7075;

// The upper half of code page 437, the encoding of names that say nothing else (APPNOTE appendix D).
const kCodePage437 = 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
  'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

function invalid(reason) {
  return new errors.ERR_ZIP_INVALID_ARCHIVE(reason);
}

function multiDisk() {
  return new errors.ERR_ZIP_UNSUPPORTED_FEATURE('multi-disk archives are not supported');
}

function decodeText(bytes, saysUtf8) {
  if (saysUtf8 || isUtf8(bytes)) {
    return bytes.toString('utf8');
  }
  let text = '';
  for (const byte of bytes) {
    text += byte < 128 ? String.fromCharCode(byte) : kCodePage437[byte - 128];
  }
  return text;
}

function readUint64(bytes, offset) {
  const value = bytes.readUInt32LE(offset) + bytes.readUInt32LE(offset + 4) * 0x100000000;
  if (value > Number.MAX_SAFE_INTEGER) {
    throw invalid('64-bit field exceeds the safe integer range');
  }
  return value;
}

function writeUint64(bytes, value, offset) {
  bytes.writeUInt32LE(value % 0x100000000, offset);
  bytes.writeUInt32LE(Math.floor(value / 0x100000000), offset + 4);
}

// The body of the first extra field of a kind; a field that overruns the block ends the search.
function findExtra(extra, id) {
  for (let at = 0; at + 4 <= extra.length;) {
    const size = extra.readUInt16LE(at + 2);
    if (at + 4 + size > extra.length) {
      return undefined;
    }
    if (extra.readUInt16LE(at) === id) {
      return extra.subarray(at + 4, at + 4 + size);
    }
    at += 4 + size;
  }
  return undefined;
}

function withoutExtra(extra, id) {
  const kept = [];
  for (let at = 0; at < extra.length;) {
    const end = at + 4 <= extra.length ? at + 4 + extra.readUInt16LE(at + 2) : extra.length;
    if (at + 4 > extra.length || extra.readUInt16LE(at) !== id) {
      kept.push(extra.subarray(at, end));
    }
    at = end;
  }
  return Buffer.concat(kept);
}

// Zip64 fields stand in a fixed order, only those whose 32-bit field is full (4.5.3).
function readZip64(record, extra, names) {
  const wanted = names.filter((name) => record[name] === kMax32);
  const field = wanted.length === 0 ? undefined : findExtra(extra, kExtraZip64);
  if (wanted.length > 0 && field === undefined) {
    throw invalid('a field is 0xFFFFFFFF but the Zip64 extended information extra field is missing');
  }
  let at = 0;
  for (const name of wanted) {
    if (at + 8 > field.length) {
      throw invalid('the Zip64 extended information extra field is truncated');
    }
    record[name] = readUint64(field, at);
    at += 8;
  }
}

// MS-DOS date and time: local time, two seconds a step, 1980 to 2107.
function toDosTime(date) {
  const year = date.getFullYear();
  if (!(year >= 1980)) {
    return { time: 0, date: 0x21 };
  }
  if (year > 2107) {
    return { time: 0xbf7d, date: 0xff9f };
  }
  return {
    time: (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1),
    date: ((year - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate(),
  };
}

function fromDosTime(time, date) {
  return new Date(1980 + (date >> 9), Math.max(((date >> 5) & 15) - 1, 0), Math.max(date & 31, 1), time >> 11,
    (time >> 5) & 63, (time & 31) * 2);
}

function timestampExtra(date) {
  const milliseconds = date.getTime();
  if (milliseconds % 2000 === 0 || !(Math.abs(milliseconds) < 0x80000000 * 1000)) {
    return kEmpty;
  }
  const extra = Buffer.alloc(9);
  extra.writeUInt16LE(kExtraTimestamp, 0);
  extra.writeUInt16LE(5, 2);
  extra[4] = 1;
  extra.writeInt32LE(Math.floor(milliseconds / 1000), 5);
  return extra;
}

// The modification time an extra block holds: NTFS's, Info-ZIP's extended, or Info-ZIP's first Unix field.
function extraTime(extra) {
  const ntfs = findExtra(extra, kExtraNtfs);
  if (ntfs !== undefined && ntfs.length >= 4) {
    const times = findExtra(ntfs.subarray(4), 1);
    if (times !== undefined && times.length >= 8) {
      return new Date(Number(times.readBigUInt64LE(0) / 10000n) - 11644473600000);
    }
  }
  const timestamp = findExtra(extra, kExtraTimestamp);
  if (timestamp !== undefined && timestamp.length >= 5 && (timestamp[0] & 1) !== 0) {
    return new Date(timestamp.readInt32LE(1) * 1000);
  }
  const unix = findExtra(extra, kExtraUnix);
  return unix !== undefined && unix.length >= 8 ? new Date(unix.readInt32LE(4) * 1000) : undefined;
}

// --- reading -----------------------------------------------------------------------------------------------------

// Where the archive ends and its central directory stands. `tail` is the archive's last bytes, `base` where they begin.
function findEnd(tail, base) {
  let at = -1;
  for (let k = tail.length - kEndSize; k >= 0 && k >= tail.length - kEndSize - kMax16; k--) {
    if (tail.readUInt32LE(k) === kEndSignature) {
      const end = k + kEndSize + tail.readUInt16LE(k + 20);
      if (end === tail.length) {
        at = k;
        break;
      }
      if (end < tail.length && at < 0) {
        at = k;
      }
    }
  }
  if (at < 0) {
    throw invalid('no end of central directory record found');
  }
  let count = tail.readUInt16LE(at + 10);
  let size = tail.readUInt32LE(at + 12);
  let offset = tail.readUInt32LE(at + 16);
  const comment = tail.subarray(at + kEndSize, at + kEndSize + tail.readUInt16LE(at + 20));
  let end = at;
  const locator = at - kLocator64Size;
  if ((count === kMax16 || size === kMax32 || offset === kMax32) && locator >= 0 &&
      tail.readUInt32LE(locator) === kLocator64Signature) {
    if (tail.readUInt32LE(locator + 4) !== 0 || tail.readUInt32LE(locator + 16) > 1) {
      throw multiDisk();
    }
    // The record stands right before its locator; its declared place is wrong where something was put before the archive.
    let at64 = locator - kEnd64Size;
    if (at64 < 0 || tail.readUInt32LE(at64) !== kEnd64Signature) {
      at64 = readUint64(tail, locator + 8) - base;
    }
    if (at64 < 0 || at64 + kEnd64Size > locator || tail.readUInt32LE(at64) !== kEnd64Signature) {
      throw invalid('the Zip64 end of central directory record is missing');
    }
    if (tail.readUInt32LE(at64 + 16) !== 0 || tail.readUInt32LE(at64 + 20) !== 0) {
      throw multiDisk();
    }
    const total = readUint64(tail, at64 + 32);
    if (readUint64(tail, at64 + 24) !== total) {
      throw multiDisk();
    }
    count = count === kMax16 ? total : count;
    size = size === kMax32 ? readUint64(tail, at64 + 40) : size;
    offset = offset === kMax32 ? readUint64(tail, at64 + 48) : offset;
    end = at64;
  } else if (tail.readUInt16LE(at + 4) !== 0 || tail.readUInt16LE(at + 6) !== 0 || tail.readUInt16LE(at + 8) !== count) {
    throw multiDisk();
  }
  // What stands before the archive (a self-extracting program) shifts everything by as much.
  const start = base + end - size;
  if (start < 0 || start < offset) {
    throw invalid('central directory does not fit inside the archive');
  }
  return { count, size, start, shift: start - offset, comment };
}

function readCentral(directory, end) {
  if (end.count * kCentralSize > directory.length) {
    throw invalid('central directory record count is inconsistent with its size');
  }
  const records = [];
  let at = 0;
  for (let k = 0; k < end.count; k++) {
    if (at >= directory.length) {
      throw invalid('central directory record count is inconsistent with its size');
    }
    if (at + kCentralSize > directory.length) {
      throw invalid('central directory header is truncated');
    }
    if (directory.readUInt32LE(at) !== kCentralSignature) {
      throw invalid('central directory header signature is invalid');
    }
    const nameEnd = at + kCentralSize + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    const next = extraEnd + directory.readUInt16LE(at + 32);
    if (next > directory.length) {
      throw invalid('central directory header is truncated');
    }
    const disk = directory.readUInt16LE(at + 34);
    if (disk !== 0 && disk !== kMax16) {
      throw multiDisk();
    }
    const extra = directory.subarray(nameEnd, extraEnd);
    const record = {
      host: directory[at + 5],
      version: directory.readUInt16LE(at + 6),
      flags: directory.readUInt16LE(at + 8),
      method: directory.readUInt16LE(at + 10),
      time: directory.readUInt16LE(at + 12),
      date: directory.readUInt16LE(at + 14),
      crc: directory.readUInt32LE(at + 16),
      compressedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      internal: directory.readUInt16LE(at + 36),
      attributes: directory.readUInt32LE(at + 38),
      offset: directory.readUInt32LE(at + 42),
      name: directory.subarray(at + kCentralSize, nameEnd),
      comment: directory.subarray(extraEnd, next),
      extra: kEmpty,
      limit: 0,
    };
    readZip64(record, extra, ['size', 'compressedSize', 'offset']);
    record.extra = withoutExtra(extra, kExtraZip64);
    record.offset += end.shift;
    records.push(record);
    at = next;
  }
  if (at !== directory.length) {
    throw invalid('central directory record count is inconsistent with its size');
  }
  // An entry may reach as far as the next one: entries that share bytes are how small archives unpack to huge ones.
  const sorted = [...records].sort((a, b) => a.offset - b.offset);
  for (let k = 0; k < sorted.length; k++) {
    sorted[k].limit = k + 1 < sorted.length ? sorted[k + 1].offset : end.start;
  }
  return records;
}

function nameOf(record) {
  const field = findExtra(record.extra, kExtraUnicodePath);
  if (field !== undefined && field.length >= 5 && field[0] === 1 &&
      field.readUInt32LE(1) === require('zlib').crc32(record.name) && isUtf8(field.subarray(5))) {
    return field.toString('utf8', 5);
  }
  return decodeText(record.name, (record.flags & kUtf8Flag) !== 0);
}

function checkOverlap(record, dataEnd) {
  if (dataEnd > record.limit) {
    throw invalid(`entry "${nameOf(record)}" overlaps the next entry or the central directory (possible zip bomb)`);
  }
}

// A local header against the central one, which is the authority; `extra` is the local extra block where it is at hand.
function checkLocal(record, header, extra) {
  const local = { size: header.readUInt32LE(22), compressedSize: header.readUInt32LE(18) };
  const flags = header.readUInt16LE(6);
  if (header.readUInt16LE(8) !== record.method) {
    throw invalid('local and central compression methods disagree');
  }
  if (((flags ^ record.flags) & kEncryptedFlag) !== 0) {
    throw invalid('local and central encryption flags disagree');
  }
  if ((flags & kDescriptorFlag) !== 0) {
    return;
  }
  readZip64(local, extra, ['size', 'compressedSize']);
  if (header.readUInt32LE(14) !== record.crc || local.size !== record.size || local.compressedSize !== record.compressedSize) {
    throw invalid('local and central header crc-32 or sizes disagree');
  }
}

// --- writing -----------------------------------------------------------------------------------------------------

function zip64Extra(values) {
  const extra = Buffer.alloc(values.length === 0 ? 0 : 4 + values.length * 8);
  if (values.length > 0) {
    extra.writeUInt16LE(kExtraZip64, 0);
    extra.writeUInt16LE(values.length * 8, 2);
    values.forEach((value, k) => writeUint64(extra, value, 4 + k * 8));
  }
  return extra;
}

// 4.4.3: what a reader must know; `zip64` where the record has such fields.
function versionNeeded(record, zip64) {
  return Math.max(record.method === kZstd ? 63 : 20, zip64 ? 45 : 0);
}

function localHeader(record, streamed) {
  const zip64 = streamed || record.size >= kMax32 || record.compressedSize >= kMax32;
  const extra = Buffer.concat([
    zip64Extra(!zip64 ? [] : streamed ? [0, 0] : [record.size, record.compressedSize]), record.extra,
  ]);
  const header = Buffer.alloc(kLocalSize + record.name.length + extra.length);
  header.writeUInt32LE(kLocalSignature, 0);
  header.writeUInt16LE(versionNeeded(record, zip64), 4);
  header.writeUInt16LE(record.flags, 6);
  header.writeUInt16LE(record.method, 8);
  header.writeUInt16LE(record.time, 10);
  header.writeUInt16LE(record.date, 12);
  header.writeUInt32LE(streamed ? 0 : record.crc, 14);
  header.writeUInt32LE(zip64 ? kMax32 : record.compressedSize, 18);
  header.writeUInt32LE(zip64 ? kMax32 : record.size, 22);
  header.writeUInt16LE(record.name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  record.name.copy(header, kLocalSize);
  extra.copy(header, kLocalSize + record.name.length);
  return header;
}

// The descriptor after streamed data; its sizes have 64 bits, as its local header has a Zip64 field (4.3.9.2).
function dataDescriptor(record) {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt32LE(kDescriptorSignature, 0);
  bytes.writeUInt32LE(record.crc, 4);
  writeUint64(bytes, record.compressedSize, 8);
  writeUint64(bytes, record.size, 16);
  return bytes;
}

function centralHeader(record, offset) {
  const full = [record.size, record.compressedSize, offset].filter((value) => value >= kMax32);
  const extra = Buffer.concat([zip64Extra(full), record.extra]);
  const header = Buffer.alloc(kCentralSize + record.name.length + extra.length + record.comment.length);
  const version = versionNeeded(record, full.length > 0 || (record.flags & kDescriptorFlag) !== 0);
  header.writeUInt32LE(kCentralSignature, 0);
  header[4] = version;
  header[5] = record.host;
  header.writeUInt16LE(version, 6);
  header.writeUInt16LE(record.flags, 8);
  header.writeUInt16LE(record.method, 10);
  header.writeUInt16LE(record.time, 12);
  header.writeUInt16LE(record.date, 14);
  header.writeUInt32LE(record.crc, 16);
  header.writeUInt32LE(Math.min(record.compressedSize, kMax32), 20);
  header.writeUInt32LE(Math.min(record.size, kMax32), 24);
  header.writeUInt16LE(record.name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt16LE(record.comment.length, 32);
  header.writeUInt16LE(record.internal, 36);
  header.writeUInt32LE(record.attributes, 38);
  header.writeUInt32LE(Math.min(offset, kMax32), 42);
  const nameEnd = kCentralSize + record.name.length;
  record.name.copy(header, kCentralSize);
  extra.copy(header, nameEnd);
  record.comment.copy(header, nameEnd + extra.length);
  return header;
}

function endRecords(count, size, offset, comment) {
  const zip64 = count >= kMax16 || size >= kMax32 || offset >= kMax32;
  const at = zip64 ? kEnd64Size + kLocator64Size : 0;
  const bytes = Buffer.alloc(at + kEndSize + comment.length);
  if (zip64) {
    bytes.writeUInt32LE(kEnd64Signature, 0);
    writeUint64(bytes, kEnd64Size - 12, 4);
    bytes.writeUInt16LE((kHostUnix << 8) | 45, 12);
    bytes.writeUInt16LE(45, 14);
    writeUint64(bytes, count, 24);
    writeUint64(bytes, count, 32);
    writeUint64(bytes, size, 40);
    writeUint64(bytes, offset, 48);
    bytes.writeUInt32LE(kLocator64Signature, kEnd64Size);
    writeUint64(bytes, offset + size, kEnd64Size + 8);
    bytes.writeUInt32LE(1, kEnd64Size + 16);
  }
  bytes.writeUInt32LE(kEndSignature, at);
  bytes.writeUInt16LE(Math.min(count, kMax16), at + 8);
  bytes.writeUInt16LE(Math.min(count, kMax16), at + 10);
  bytes.writeUInt32LE(Math.min(size, kMax32), at + 12);
  bytes.writeUInt32LE(Math.min(offset, kMax32), at + 16);
  bytes.writeUInt16LE(comment.length, at + 20);
  comment.copy(bytes, at + kEndSize);
  return bytes;
}

module.exports = {
  kStore, kDeflate, kZstd, kEmpty, kLocalSignature, kLocalSize, kTailSize, kMax16, kHostUnix, kEncryptedFlag,
  kDescriptorFlag, kUtf8Flag, invalid, decodeText, toDosTime, fromDosTime, timestampExtra, extraTime, findEnd, readCentral,
  nameOf, checkOverlap, checkLocal, localHeader, dataDescriptor, centralHeader, endRecords,
};

// SPDX-License-Identifier: MIT
'use strict';

// ZipEntry: one member of an archive. Its record is what the headers say; its bytes are in memory, in an open ZipFile, or
// still to come from a source that is drained when the entry is written.

const { Buffer, kMaxLength } = require('buffer');
const { codes: errors } = require('internal/errors');
const { validateInteger, validateString, validateUint32 } = require('internal/validators');
const zlib = require('zlib');
const format = require('internal/zip/format');

const { kStore, kDeflate, kZstd, kDescriptorFlag } = format;
const kTypeMask = 0o170000;
const kRegular = 0o100000;
const kDirectory = 0o040000;
const kSymlink = 0o120000;
const kPermissions = 0o7777;
const kDosDirectory = 0x10;
const methods = { __proto__: null, store: kStore, deflate: kDeflate, zstd: kZstd };

let maxContentSize = 256 * 1024 * 1024;

function getMaxZipContentSize() {
  return maxContentSize;
}

function setMaxZipContentSize(size) {
  validateInteger(size, 'size', 0);
  maxContentSize = size;
}

function toBytes(value, name) {
  if (ArrayBuffer.isView(value)) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
  if (require('internal/util/types').isAnyArrayBuffer(value)) {
    return Buffer.from(value);
  }
  throw new errors.ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], value);
}

function textBytes(text, what) {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > format.kMax16) {
    throw new errors.ERR_ZIP_ENTRY_TOO_LARGE(`the entry ${what} must not exceed 65535 bytes when encoded as UTF-8`);
  }
  return bytes;
}

function makeRecord(filename, options, type) {
  validateString(filename, 'filename');
  if (filename === '') {
    throw new errors.ERR_INVALID_ARG_VALUE('filename', filename, 'must not be empty');
  }
  const name = textBytes(filename, 'name');
  let { comment = '', mode, modified = new Date(), method } = options ?? {};
  validateString(comment, 'options.comment');
  if (mode !== undefined) {
    validateUint32(mode, 'options.mode');
  }
  if (!require('internal/util/types').isDate(modified)) {
    throw new errors.ERR_INVALID_ARG_TYPE('options.modified', 'Date', modified);
  }
  if (method !== undefined && (typeof method !== 'string' || methods[method] === undefined)) {
    throw new errors.ERR_INVALID_ARG_VALUE('options.method', method, "must be 'deflate', 'store', or 'zstd'");
  }
  comment = textBytes(comment, 'comment');
  mode ??= type === kDirectory ? 0o755 : type === kSymlink ? 0o777 : 0o644;
  modified = new Date(modified.getTime());
  return {
    host: format.kHostUnix,
    flags: format.kUtf8Flag,
    method: methods[method ?? 'deflate'],
    ...format.toDosTime(modified),
    modified,
    crc: 0,
    compressedSize: 0,
    size: 0,
    internal: 0,
    attributes: (((type | (mode & kPermissions)) << 16) | (type === kDirectory ? kDosDirectory : 0)) >>> 0,
    offset: 0,
    name,
    comment,
    extra: format.timestampExtra(modified),
    limit: 0,
  };
}

// What create() and createSync() share: the checks before compression, and the choice after it.
function prepare(filename, data, options) {
  const isDirectory = typeof filename === 'string' && filename.endsWith('/');
  const record = makeRecord(filename, options, isDirectory ? kDirectory : kRegular);
  const bytes = toBytes(data, 'data');
  if (isDirectory && bytes.length > 0) {
    throw new errors.ERR_INVALID_ARG_VALUE('data', data, 'must be empty for a directory entry');
  }
  record.size = bytes.length;
  record.crc = zlib.crc32(bytes);
  if (bytes.length === 0) {
    record.method = kStore;
  }
  return { record, bytes };
}

function settle(record, bytes, compressed) {
  if (record.method !== kStore && compressed.length >= bytes.length) {
    record.method = kStore;
  }
  const data = record.method === kStore ? bytes : compressed;
  record.compressedSize = data.length;
  return new ZipEntry(record, data, null);
}

function promised(fn, ...args) {
  return new Promise((resolve, reject) => {
    fn(...args, (error, value) => error ? reject(error) : resolve(value));
  });
}

function corrupt(name, what) {
  return new errors.ERR_ZIP_ENTRY_CORRUPT(`entry "${name}" ${what}`);
}

function decompressFailure(record, name, error) {
  if (error.code === 'ERR_BUFFER_TOO_LARGE') {
    return corrupt(name, `inflates beyond its declared size of ${record.size} bytes`);
  }
  return corrupt(name, `failed to ${record.method === kZstd ? 'decompress' : 'inflate'}: ${error.message}`);
}

function checkLimit(record, name, maxSize) {
  if (record.size > maxSize) {
    throw new errors.ERR_ZIP_ENTRY_TOO_LARGE(
      `entry "${name}" declares ${record.size} bytes, exceeding the ${maxSize} byte limit`);
  }
}

function checkSupported(record, name) {
  if ((record.flags & format.kEncryptedFlag) !== 0) {
    throw new errors.ERR_ZIP_UNSUPPORTED_FEATURE(`entry "${name}" is encrypted`);
  }
  if (record.method !== kStore && record.method !== kDeflate && record.method !== kZstd) {
    throw new errors.ERR_ZIP_UNSUPPORTED_FEATURE(`entry "${name}" uses compression method ${record.method}`);
  }
}

function checkBuffered(record, name) {
  const largest = Math.max(record.size, record.compressedSize);
  if (largest >= kMaxLength) {
    throw new errors.ERR_ZIP_ENTRY_TOO_LARGE(`entry "${name}" declares ${largest} bytes, exceeding the ${kMaxLength} byte limit`);
  }
}

function checkContent(record, name, length, crc, verify) {
  if (length !== record.size) {
    throw corrupt(name, `produced ${length} bytes, expected ${record.size}`);
  }
  if (verify && crc() !== record.crc) {
    throw corrupt(name, 'failed CRC-32 verification');
  }
}

function invalidState(message) {
  return new errors.ERR_INVALID_STATE(message);
}

// One byte more than declared may come out, so that content that is too long is told from content that runs away.
function outputLimit(record) {
  return { maxOutputLength: record.size + 1 };
}

class ZipEntry {
  #record;
  #data;
  #place; // in a file: { readLocal(record), readLocalSync(record), ... }, the ZipFile's reader
  #source;
  #state = 'ready'; // of a streaming entry: pending, writing, spent, and ready again once it stands in a file

  constructor(record, data, place) {
    this.#record = record;
    this.#data = data;
    this.#place = place;
  }

  static* read(buffer) {
    const bytes = toBytes(buffer, 'buffer');
    for (const entry of readArchive(bytes).entries) {
      yield entry;
    }
  }

  static async create(filename, data, options) {
    const { record, bytes } = prepare(filename, data, options);
    let compressed = null;
    if (record.method !== kStore) {
      compressed = await promised(record.method === kZstd ? zlib.zstdCompress : zlib.deflateRaw, bytes, {});
    }
    return settle(record, bytes, compressed);
  }

  static createSync(filename, data, options) {
    const { record, bytes } = prepare(filename, data, options);
    let compressed = null;
    if (record.method !== kStore) {
      compressed = record.method === kZstd ? zlib.zstdCompressSync(bytes) : zlib.deflateRawSync(bytes);
    }
    return settle(record, bytes, compressed);
  }

  static createStream(filename, source, options) {
    const record = makeRecord(filename, options, kRegular);
    if (filename.endsWith('/')) {
      throw new errors.ERR_INVALID_ARG_VALUE('filename', filename, 'a directory entry cannot be streamed');
    }
    record.flags |= kDescriptorFlag;
    const entry = new ZipEntry(record, null, null);
    entry.#source = source;
    entry.#state = 'pending';
    return entry;
  }

  static createSymlink(filename, target, options) {
    const record = makeRecord(filename, options, kSymlink);
    validateString(target, 'target');
    const bytes = Buffer.from(target, 'utf8');
    record.method = kStore;
    record.size = bytes.length;
    record.crc = zlib.crc32(bytes);
    return settle(record, bytes, null);
  }

  // Of the archive's own files: a value is an entry; its record and state.
  static isEntry(value) {
    return typeof value === 'object' && value !== null && #record in value;
  }

  static recordOf(entry) {
    return entry.#record;
  }

  static isStreaming(entry) {
    return entry.#state !== 'ready';
  }

  // A streaming entry was written into a file: from now on it is read there.
  static promote(entry, record, place) {
    entry.#record = { ...record, flags: record.flags & ~kDescriptorFlag };
    entry.#place = place;
    entry.#state = 'ready';
  }

  get compressed() {
    return this.#record.method !== kStore;
  }

  get rawContent() {
    return this.#record && this.#data;
  }

  get method() {
    return this.#record.method;
  }

  get flags() {
    return this.#record.flags;
  }

  #known() {
    if (this.#state !== 'ready' && this.#state !== 'spent') {
      throw invalidState('this streaming entry has not finished serializing yet');
    }
    return this.#record;
  }

  get crc32() {
    return this.#known().crc;
  }

  get name() {
    return format.nameOf(this.#record);
  }

  get nameBuffer() {
    return this.#record.name;
  }

  get comment() {
    return format.decodeText(this.#record.comment, (this.#record.flags & format.kUtf8Flag) !== 0);
  }

  get size() {
    return this.#known().size;
  }

  get compressedSize() {
    return this.#known().compressedSize;
  }

  get modified() {
    const record = this.#record;
    if (record.modified === undefined) {
      record.modified = format.extraTime(record.extra);
      if (record.modified === undefined) {
        record.localExtra ??= this.#place?.localExtra(record);
        record.modified = (record.localExtra && format.extraTime(record.localExtra)) ||
          format.fromDosTime(record.time, record.date);
      }
    }
    return new Date(record.modified.getTime());
  }

  get #mode() {
    return this.#record.host === format.kHostUnix ? this.#record.attributes >>> 16 : 0;
  }

  get mode() {
    return this.#mode & kPermissions;
  }

  get isSymlink() {
    return (this.#mode & kTypeMask) === kSymlink;
  }

  get isFile() {
    return !this.isDirectory && !this.isSymlink;
  }

  get isDirectory() {
    return this.name.endsWith('/');
  }

  #beforeContent(options) {
    if (this.#state === 'spent') {
      throw invalidState('the content of a streaming entry is not available for reading');
    }
    const record = this.#known();
    const name = this.name;
    this.#place?.checkOpen();
    checkLimit(record, name, options?.maxSize ?? maxContentSize);
    checkBuffered(record, name);
    return name;
  }

  #afterContent(name, bytes, options) {
    checkContent(this.#record, name, bytes.length, () => zlib.crc32(bytes), options?.verify ?? true);
    return bytes;
  }

  async content(options) {
    const name = this.#beforeContent(options);
    const record = this.#record;
    const raw = this.#data ?? await this.#place.read(record);
    checkSupported(record, name);
    let bytes;
    try {
      bytes = record.method === kStore ? Buffer.from(raw) :
        await promised(record.method === kZstd ? zlib.zstdDecompress : zlib.inflateRaw, raw, outputLimit(record));
    } catch (error) {
      throw decompressFailure(record, name, error);
    }
    return this.#afterContent(name, bytes, options);
  }

  contentSync(options) {
    const name = this.#beforeContent(options);
    const record = this.#record;
    const raw = this.#data ?? this.#place.readSync(record);
    checkSupported(record, name);
    let bytes;
    try {
      bytes = record.method === kStore ? Buffer.from(raw) :
        record.method === kZstd ? zlib.zstdDecompressSync(raw, outputLimit(record)) :
          zlib.inflateRawSync(raw, outputLimit(record));
    } catch (error) {
      throw decompressFailure(record, name, error);
    }
    return this.#afterContent(name, bytes, options);
  }

  async* contentIterator(options) {
    if (this.#state !== 'ready') {
      throw invalidState('the content of a streaming entry is not available for reading');
    }
    const record = this.#record;
    const name = this.name;
    const verify = options?.verify ?? true;
    this.#place?.checkOpen();
    checkLimit(record, name, options?.maxSize ?? Infinity);
    await this.#place?.start(record);
    checkSupported(record, name);
    let length = 0;
    let crc = 0;
    for await (const chunk of record.method === kStore ? this.#rawChunks() : this.#decompressed(name)) {
      length += chunk.length;
      if (length > record.size) {
        throw corrupt(name, `inflates beyond its declared size of ${record.size} bytes`);
      }
      crc = verify ? zlib.crc32(chunk, crc) : 0;
      yield chunk;
    }
    checkContent(record, name, length, () => crc, verify);
  }

  async* #rawChunks() {
    if (this.#data === null) {
      yield* this.#place.chunks(this.#record);
    } else if (this.#data.length > 0) {
      yield Buffer.from(this.#data);
    }
  }

  async* #decompressed(name) {
    const { Readable, pipeline } = require('stream');
    const engine = this.#record.method === kZstd ? zlib.createZstdDecompress() : zlib.createInflateRaw();
    pipeline(Readable.from(this.#rawChunks(), { objectMode: false }), engine, () => {});
    try {
      yield* engine;
    } catch (error) {
      throw typeof error.errno === 'number' && !error.syscall ? decompressFailure(this.#record, name, error) : error;
    }
  }

  // The entry as it stands in an archive: local header, data, and a descriptor where the data was streamed.
  #header() {
    const record = this.#record;
    this.#place?.checkOpen();
    return format.localHeader(rewritten(this), false);
  }

  // The record of an entry written anew: no descriptor, and the MS-DOS time of what `modified` says.
  static rewritten(entry) {
    const record = entry.#record;
    return { ...record, ...format.toDosTime(entry.modified), flags: record.flags & ~kDescriptorFlag };
  }

  * [Symbol.iterator]() {
    if (this.#state !== 'ready') {
      throw invalidState('a streaming entry cannot be serialized synchronously');
    }
    yield this.#header();
    if (this.#data === null) {
      yield* this.#place.chunksSync(this.#record);
    } else if (this.#data.length > 0) {
      yield this.#data;
    }
  }

  async* [Symbol.asyncIterator]() {
    if (this.#state === 'ready') {
      yield this.#header();
      if (this.#data === null) {
        yield* this.#place.chunks(this.#record);
      } else if (this.#data.length > 0) {
        yield this.#data;
      }
      return;
    }
    if (this.#state !== 'pending') {
      throw invalidState(this.#state === 'disposed' ? 'this streaming entry has not finished serializing yet' :
        'a streaming entry can only be serialized once');
    }
    this.#state = 'writing';
    const record = this.#record;
    yield format.localHeader(record, true);
    const measured = this.#measure();
    if (record.method === kStore) {
      for await (const chunk of measured) {
        record.compressedSize += chunk.length;
        yield chunk;
      }
    } else {
      const { Readable, pipeline } = require('stream');
      const engine = record.method === kZstd ? zlib.createZstdCompress() : zlib.createDeflateRaw();
      pipeline(Readable.from(measured, { objectMode: false }), engine, () => {});
      for await (const chunk of engine) {
        record.compressedSize += chunk.length;
        yield chunk;
      }
    }
    this.#state = 'spent';
    this.#source = undefined;
    yield format.dataDescriptor(record);
  }

  async* #measure() {
    const record = this.#record;
    for await (const chunk of this.#source) {
      if (!require('internal/util/types').isUint8Array(chunk)) {
        throw new errors.ERR_INVALID_ARG_TYPE('chunk', 'Uint8Array', chunk);
      }
      record.size += chunk.length;
      record.crc = zlib.crc32(chunk, record.crc);
      if (chunk.length > 0) {
        yield chunk;
      }
    }
  }

  #release() {
    const source = this.#source;
    this.#source = undefined;
    if (this.#state === 'pending' || this.#state === 'writing') {
      this.#state = 'disposed';
    }
    if (typeof source?.destroy === 'function') {
      source.destroy();
      return undefined;
    }
    return typeof source?.return === 'function' ? source.return() : undefined;
  }

  [Symbol.dispose]() {
    const result = this.#release();
    if (typeof result?.then === 'function') {
      result.then(undefined, () => {});
    }
  }

  async [Symbol.asyncDispose]() {
    await this.#release();
  }
}

// Every entry of an archive in memory, each checked against its local header.
function readArchive(bytes) {
  const base = Math.max(bytes.length - format.kTailSize, 0);
  const end = format.findEnd(bytes.subarray(base), base);
  const records = format.readCentral(bytes.subarray(end.start, end.start + end.size), end);
  const entries = records.map((record) => {
    const at = record.offset;
    if (at + format.kLocalSize > bytes.length) {
      throw format.invalid('local file header is out of bounds');
    }
    if (bytes.readUInt32LE(at) !== format.kLocalSignature) {
      throw format.invalid('local file header signature is invalid');
    }
    const extraAt = at + format.kLocalSize + bytes.readUInt16LE(at + 26);
    const dataAt = extraAt + bytes.readUInt16LE(at + 28);
    if (dataAt > bytes.length) {
      throw format.invalid('local file header is truncated');
    }
    record.localExtra = bytes.subarray(extraAt, dataAt);
    format.checkLocal(record, bytes.subarray(at, at + format.kLocalSize), record.localExtra);
    if (dataAt + record.compressedSize > bytes.length) {
      throw format.invalid('entry data is out of bounds');
    }
    format.checkOverlap(record, dataAt + record.compressedSize);
    return new ZipEntry(record, bytes.subarray(dataAt, dataAt + record.compressedSize), null);
  });
  return { entries, comment: end.comment };
}

const { isEntry, recordOf, rewritten, isStreaming, promote } = ZipEntry;
for (const name of ['isEntry', 'recordOf', 'rewritten', 'isStreaming', 'promote']) {
  delete ZipEntry[name];
}

function validateEntry(entry) {
  if (!isEntry(entry)) {
    throw new errors.ERR_INVALID_ARG_TYPE('entry', 'ZipEntry', entry);
  }
}

module.exports = {
  ZipEntry, validateEntry, recordOf, rewritten, isStreaming, promote, readArchive, toBytes, promised,
  getMaxZipContentSize, setMaxZipContentSize,
};

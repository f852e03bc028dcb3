// SPDX-License-Identifier: MIT
'use strict';

// ZipFile: an archive on disk. Its central directory is read when it is opened, its members when they are asked for; a
// writable one puts new members where the directory stood and writes the directory anew behind them.

const { Buffer, constants: { MAX_LENGTH } } = require('buffer');
const fs = require('fs');
const { codes: errors } = require('internal/errors');
const { validateBoolean, validateFunction, validateString } = require('internal/validators');
const format = require('internal/zip/format');
const { ZipEntry, validateEntry, recordOf, rewritten, isStreaming, promote, promised } = require('internal/zip/entry');
const { archiveOptions, createZipArchive, createZipArchiveSync } = require('internal/zip/archive');

const kChunkSize = 64 * 1024;

async function readAt(fd, size, position) {
  const bytes = Buffer.allocUnsafeSlow(size);
  for (let at = 0; at < size;) {
    const count = await promised(fs.read, fd, bytes, at, size - at, position + at);
    if (count === 0) {
      throw format.invalid('unexpected end of file');
    }
    at += count;
  }
  return bytes;
}

function readAtSync(fd, size, position) {
  const bytes = Buffer.allocUnsafeSlow(size);
  for (let at = 0; at < size;) {
    const count = fs.readSync(fd, bytes, at, size - at, position + at);
    if (count === 0) {
      throw format.invalid('unexpected end of file');
    }
    at += count;
  }
  return bytes;
}

async function writeAt(fd, bytes, position) {
  for (let at = 0; at < bytes.length;) {
    at += await promised(fs.write, fd, bytes, at, bytes.length - at, position + at);
  }
}

function writeAtSync(fd, bytes, position) {
  for (let at = 0; at < bytes.length;) {
    at += fs.writeSync(fd, bytes, at, bytes.length - at, position + at);
  }
}

// Where a member's data starts, by its local header; what the header says must agree with the directory.
function locate(record, header, readExtra, fileSize) {
  const quoted = `entry "${format.nameOf(record)}"`;
  if (header.readUInt32LE(0) !== format.kLocalSignature) {
    throw format.invalid(`${quoted} has an invalid local file header`);
  }
  const extraAt = record.offset + format.kLocalSize + header.readUInt16LE(26);
  const extraSize = header.readUInt16LE(28);
  const start = extraAt + extraSize;
  if (start + record.compressedSize > fileSize) {
    throw format.invalid(`${quoted} data is out of bounds`);
  }
  format.checkOverlap(record, start + record.compressedSize);
  format.checkLocal(record, header, extraSize === 0 ? format.kEmpty : readExtra(extraSize, extraAt));
  return start;
}

// How entries read their bytes from the file, for as long as it is open.
class Place {
  constructor(fd) {
    this.fd = fd;
  }

  checkOpen() {
    if (this.fd < 0) {
      throw new errors.ERR_INVALID_STATE('cannot read a ZipEntry after its backing ZipFile has been closed');
    }
  }

  async start(record) {
    this.checkOpen();
    const { size } = await promised(fs.fstat, this.fd);
    const header = await readAt(this.fd, format.kLocalSize, record.offset);
    this.checkOpen();
    return locate(record, header, (length, at) => readAtSync(this.fd, length, at), size);
  }

  startSync(record) {
    this.checkOpen();
    const { size } = fs.fstatSync(this.fd);
    const header = readAtSync(this.fd, format.kLocalSize, record.offset);
    return locate(record, header, (length, at) => readAtSync(this.fd, length, at), size);
  }

  async read(record) {
    const start = await this.start(record);
    return readAt(this.fd, record.compressedSize, start);
  }

  readSync(record) {
    return readAtSync(this.fd, record.compressedSize, this.startSync(record));
  }

  async* chunks(record) {
    const start = await this.start(record);
    for (let at = 0; at < record.compressedSize; at += kChunkSize) {
      this.checkOpen();
      yield await readAt(this.fd, Math.min(kChunkSize, record.compressedSize - at), start + at);
    }
  }

  * chunksSync(record) {
    const start = this.startSync(record);
    for (let at = 0; at < record.compressedSize; at += kChunkSize) {
      this.checkOpen();
      yield readAtSync(this.fd, Math.min(kChunkSize, record.compressedSize - at), start + at);
    }
  }

  // For a timestamp that only the local header has; one that cannot be read is not there.
  localExtra(record) {
    try {
      const header = readAtSync(this.fd, format.kLocalSize, record.offset);
      return header.readUInt32LE(0) !== format.kLocalSignature ? undefined :
        readAtSync(this.fd, header.readUInt16LE(28), record.offset + format.kLocalSize + header.readUInt16LE(26));
    } catch {
      return undefined;
    }
  }
}

function openOptions(filename, options) {
  validateString(filename, 'filename');
  const writable = options?.writable ?? false;
  validateBoolean(writable, 'options.writable');
  return writable;
}

function checkDirectory(end) {
  if (end.size >= MAX_LENGTH) {
    throw new errors.ERR_ZIP_ARCHIVE_TOO_LARGE('the central directory is too large to buffer in memory');
  }
}

class ZipFile {
  #place;
  #writable;
  #end;
  #records = new Map();
  #pending = 0;
  #last = Promise.resolve();

  constructor(fd, writable, end, directory) {
    for (const record of format.readCentral(directory, end)) {
      this.#records.set(format.nameOf(record), record);
    }
    this.#place = new Place(fd);
    this.#writable = writable;
    this.#end = end;
  }

  static async open(filename, options) {
    const writable = openOptions(filename, options);
    const fd = await promised(fs.open, filename, writable ? 'r+' : 'r');
    try {
      const { size } = await promised(fs.fstat, fd);
      const base = Math.max(size - format.kTailSize, 0);
      const end = format.findEnd(await readAt(fd, size - base, base), base);
      checkDirectory(end);
      return new ZipFile(fd, writable, end, await readAt(fd, end.size, end.start));
    } catch (error) {
      fs.closeSync(fd);
      throw error;
    }
  }

  static openSync(filename, options) {
    const writable = openOptions(filename, options);
    const fd = fs.openSync(filename, writable ? 'r+' : 'r');
    try {
      const { size } = fs.fstatSync(fd);
      const base = Math.max(size - format.kTailSize, 0);
      const end = format.findEnd(readAtSync(fd, size - base, base), base);
      checkDirectory(end);
      return new ZipFile(fd, writable, end, readAtSync(fd, end.size, end.start));
    } catch (error) {
      fs.closeSync(fd);
      throw error;
    }
  }

  #open() {
    if (this.#place.fd < 0) {
      throw new errors.ERR_INVALID_STATE('the ZipFile has been closed');
    }
  }

  #idle() {
    if (this.#pending > 0) {
      throw new errors.ERR_INVALID_STATE('cannot call a synchronous ZipFile method while an asynchronous add(), addEntry(), ' +
        'delete(), or close() call has not settled yet');
    }
  }

  #mayWrite() {
    this.#open();
    if (!this.#writable) {
      throw new errors.ERR_ZIP_NOT_WRITABLE();
    }
  }

  // Writers take turns: each starts when the one before has settled.
  async #turn(work) {
    const before = this.#last;
    let done;
    this.#pending++;
    this.#last = new Promise((resolve) => {
      done = resolve;
    });
    try {
      await before;
      return await work();
    } finally {
      this.#pending--;
      done();
    }
  }

  get writable() {
    return this.#writable;
  }

  get comment() {
    return format.decodeText(this.#end.comment, false);
  }

  has(name) {
    this.#open();
    validateString(name, 'name');
    return this.#records.has(name);
  }

  #entry(name) {
    this.#open();
    validateString(name, 'name');
    const record = this.#records.get(name);
    if (record === undefined) {
      throw new errors.ERR_ZIP_ENTRY_NOT_FOUND(name);
    }
    return new ZipEntry(record, null, this.#place);
  }

  async get(name) {
    return this.#entry(name);
  }

  getSync(name) {
    this.#idle();
    return this.#entry(name);
  }

  async stream(name, options) {
    return require('stream').Readable.from(this.#entry(name).contentIterator(options), { objectMode: false });
  }

  // The directory for a set of records that begins at `start`, and what the file then looks like.
  #directory(records, start) {
    const { shift, comment } = this.#end;
    const headers = [...records.values()].map((record) => format.centralHeader(record, record.offset - shift));
    const directory = Buffer.concat(headers);
    return {
      bytes: Buffer.concat([directory, format.endRecords(records.size, directory.length, start - shift, comment)]),
      end: { ...this.#end, count: records.size, size: directory.length, start },
    };
  }

  #commit(records, end) {
    this.#records = records;
    this.#end = end;
    // A new neighbour may have come behind what was the last member.
    const sorted = [...records.values()].sort((a, b) => a.offset - b.offset);
    sorted.forEach((record, k) => {
      record.limit = k + 1 < sorted.length ? sorted[k + 1].offset : end.start;
    });
  }

  #withEntry(entry, offset, streamed) {
    const record = { ...(streamed ? recordOf(entry) : rewritten(entry)), offset };
    return new Map(this.#records).set(entry.name, record);
  }

  async addEntry(entry) {
    validateEntry(entry);
    this.#mayWrite();
    return this.#turn(async () => {
      this.#mayWrite();
      const { fd } = this.#place;
      const { start } = this.#end;
      const streamed = isStreaming(entry);
      let at = start;
      for await (const chunk of entry) {
        await writeAt(fd, chunk, at);
        at += chunk.length;
      }
      const records = this.#withEntry(entry, start, streamed);
      const { bytes, end } = this.#directory(records, at);
      await writeAt(fd, bytes, at);
      await promised(fs.ftruncate, fd, at + bytes.length);
      this.#commit(records, end);
      if (streamed) {
        const written = records.get(entry.name);
        promote(entry, written, this.#place);
      }
      return entry;
    });
  }

  async add(filename, data, options) {
    this.#mayWrite();
    // Counted from here on, so that no synchronous call comes between compressing and writing.
    this.#pending++;
    try {
      return await this.addEntry(await ZipEntry.create(filename, data, options));
    } finally {
      this.#pending--;
    }
  }

  addEntrySync(entry) {
    validateEntry(entry);
    this.#mayWrite();
    this.#idle();
    const { fd } = this.#place;
    const { start } = this.#end;
    let at = start;
    for (const chunk of entry) {
      writeAtSync(fd, chunk, at);
      at += chunk.length;
    }
    const records = this.#withEntry(entry, start, false);
    const { bytes, end } = this.#directory(records, at);
    writeAtSync(fd, bytes, at);
    fs.ftruncateSync(fd, at + bytes.length);
    this.#commit(records, end);
    return entry;
  }

  addSync(filename, data, options) {
    this.#mayWrite();
    this.#idle();
    return this.addEntrySync(ZipEntry.createSync(filename, data, options));
  }

  #without(name) {
    const records = new Map(this.#records);
    return records.delete(name) ? records : undefined;
  }

  async delete(name) {
    validateString(name, 'name');
    this.#mayWrite();
    return this.#turn(async () => {
      this.#mayWrite();
      const records = this.#without(name);
      if (records === undefined) {
        return false;
      }
      const { fd } = this.#place;
      const { bytes, end } = this.#directory(records, this.#end.start);
      await writeAt(fd, bytes, end.start);
      await promised(fs.ftruncate, fd, end.start + bytes.length);
      this.#commit(records, end);
      return true;
    });
  }

  deleteSync(name) {
    validateString(name, 'name');
    this.#mayWrite();
    this.#idle();
    const records = this.#without(name);
    if (records === undefined) {
      return false;
    }
    const { fd } = this.#place;
    const { bytes, end } = this.#directory(records, this.#end.start);
    writeAtSync(fd, bytes, end.start);
    fs.ftruncateSync(fd, end.start + bytes.length);
    this.#commit(records, end);
    return true;
  }

  compact(comment) {
    this.#open();
    comment ??= this.#end.comment;
    return createZipArchive([...this.#records.keys()].map((name) => this.#entry(name)), { comment });
  }

  compactSync(comment) {
    this.#idle();
    comment ??= this.#end.comment;
    return Buffer.concat([...createZipArchiveSync(this.valuesSync(), archiveOptions({ comment }))]);
  }

  keys() {
    this.#open();
    return this.#records.keys();
  }

  * values() {
    for (const name of this.keys()) {
      yield this.get(name);
    }
  }

  * valuesSync() {
    for (const name of this.keys()) {
      yield this.getSync(name);
    }
  }

  * entries() {
    for (const name of this.keys()) {
      yield [name, this.get(name)];
    }
  }

  * entriesSync() {
    for (const name of this.keys()) {
      yield [name, this.getSync(name)];
    }
  }

  get size() {
    this.#open();
    return this.#records.size;
  }

  forEach(callback, thisArg) {
    validateFunction(callback, 'callback');
    for (const [name, entry] of this.entries()) {
      callback.call(thisArg, entry, name, this);
    }
  }

  forEachSync(callback, thisArg) {
    validateFunction(callback, 'callback');
    for (const [name, entry] of this.entriesSync()) {
      callback.call(thisArg, entry, name, this);
    }
  }

  async close() {
    return this.#turn(async () => {
      const { fd } = this.#place;
      this.#place.fd = -1;
      if (fd >= 0) {
        await promised(fs.close, fd);
      }
    });
  }

  closeSync() {
    this.#idle();
    const { fd } = this.#place;
    this.#place.fd = -1;
    if (fd >= 0) {
      fs.closeSync(fd);
    }
  }

  async* [Symbol.asyncIterator]() {
    for (const name of this.keys()) {
      yield this.#entry(name);
    }
  }

  [Symbol.iterator]() {
    return this.entries();
  }

  get [Symbol.toStringTag]() {
    return 'ZipFile';
  }

  async [Symbol.asyncDispose]() {
    await this.close();
  }

  [Symbol.dispose]() {
    this.closeSync();
  }
}

module.exports = { ZipFile };

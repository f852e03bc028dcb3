// SPDX-License-Identifier: MIT
'use strict';

// Archives written from entries: createZipArchive() and its kin, zipFiles(), and ZipBuffer, an editable set of entries read
// from memory.

const { Buffer } = require('buffer');
const { codes: errors } = require('internal/errors');
const {
  validateBoolean, validateFunction, validateInteger, validateObject, validateString,
} = require('internal/validators');
const format = require('internal/zip/format');
const { ZipEntry, validateEntry, recordOf, rewritten, isStreaming, readArchive, toBytes } = require('internal/zip/entry');

function archiveOptions(options, comment = format.kEmpty) {
  let baseOffset = 0;
  if (typeof options === 'string') {
    options = { comment: options };
  }
  if (options !== undefined) {
    validateObject(options, 'options');
    if (options.comment !== undefined) {
      // ZipBuffer and ZipFile hand on their comment's bytes as they were read.
      if (!Buffer.isBuffer(options.comment)) {
        validateString(options.comment, 'options.comment');
      }
      comment = Buffer.from(options.comment);
      if (comment.length > format.kMax16) {
        throw new errors.ERR_ZIP_ARCHIVE_TOO_LARGE(
          'the archive comment must not exceed 65535 bytes when encoded as UTF-8');
      }
    }
    if (options.baseOffset !== undefined) {
      validateInteger(options.baseOffset, 'options.baseOffset', 0);
      ({ baseOffset } = options);
    }
  }
  return { comment, baseOffset };
}

// The central record of an entry just written: what was streamed keeps its descriptor, anything else has none.
function centralOf(entry, offset, streamed) {
  return format.centralHeader(streamed ? recordOf(entry) : rewritten(entry), offset);
}

function* finish(central, start, comment) {
  let size = 0;
  for (const header of central) {
    size += header.length;
    yield header;
  }
  yield format.endRecords(central.length, size, start, comment);
}

function* createZipArchiveSync(entries, options) {
  const { comment, baseOffset } = archiveOptions(options);
  const central = [];
  const iterator = entries[Symbol.iterator]();
  let offset = baseOffset;
  let current;
  let ended = false;
  try {
    for (let step = iterator.next(); !step.done; step = iterator.next()) {
      current = step.value;
      validateEntry(current);
      const start = offset;
      for (const chunk of current) {
        offset += chunk.length;
        yield chunk;
      }
      central.push(centralOf(current, start, false));
    }
    ended = true;
    yield* finish(central, offset, comment);
  } finally {
    if (!ended) {
      disposeRest(current, iterator);
    }
  }
}

// An archive given up: the entry being written and those behind it let go of their sources.
function disposeRest(current, iterator) {
  current?.[Symbol.dispose]?.();
  try {
    for (let step = iterator.next(); !step.done; step = iterator.next()) {
      step.value?.[Symbol.dispose]?.();
    }
  } catch {
    // What ended the archive is the error to report.
  }
}

async function* archiveChunks(entries, options) {
  const { comment, baseOffset } = archiveOptions(options);
  const central = [];
  const isAsync = typeof entries[Symbol.asyncIterator] === 'function';
  const iterator = isAsync ? entries[Symbol.asyncIterator]() : entries[Symbol.iterator]();
  let offset = baseOffset;
  let current;
  let ended = false;
  try {
    for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
      current = step.value;
      validateEntry(current);
      const start = offset;
      const streamed = isStreaming(current);
      for await (const chunk of current) {
        offset += chunk.length;
        yield chunk;
      }
      central.push(centralOf(current, start, streamed));
    }
    ended = true;
    yield* finish(central, offset, comment);
  } finally {
    if (!ended && !isAsync) {
      disposeRest(current, iterator);
    } else if (!ended) {
      current?.[Symbol.dispose]?.();
      await iterator.return?.();
    }
  }
}

function createZipArchive(entries, options) {
  return require('stream').Readable.from(archiveChunks(entries, options), { objectMode: false });
}

async function* fileEntries(files, options) {
  const fs = require('fs');
  let followSymlinks = true;
  if (typeof options === 'object' && options?.followSymlinks !== undefined) {
    validateBoolean(options.followSymlinks, 'options.followSymlinks');
    ({ followSymlinks } = options);
  }
  for (const [sourcePath, name] of files) {
    validateString(sourcePath, 'sourcePath');
    validateString(name, 'name');
    const stats = await (followSymlinks ? fs.promises.stat(sourcePath) : fs.promises.lstat(sourcePath));
    const about = { mode: stats.mode & 0o7777, modified: stats.mtime };
    if (stats.isDirectory()) {
      yield ZipEntry.createSync(name.endsWith('/') ? name : `${name}/`, format.kEmpty, about);
    } else if (stats.isSymbolicLink()) {
      yield ZipEntry.createSymlink(name, await fs.promises.readlink(sourcePath), about);
    } else {
      const source = fs.createReadStream(sourcePath);
      try {
        yield ZipEntry.createStream(name, source, about);
      } finally {
        source.destroy();
      }
    }
  }
}

function zipFiles(files, options) {
  return createZipArchive(fileEntries(files, options), options);
}

class ZipBuffer {
  #entries = new Map();
  #comment;

  constructor(buffer) {
    const { entries, comment } = readArchive(toBytes(buffer, 'buffer'));
    this.#comment = comment;
    for (const entry of entries) {
      this.#entries.set(entry.name, entry);
    }
  }

  get writable() {
    return true;
  }

  get comment() {
    return format.decodeText(this.#comment, false);
  }

  has(name) {
    validateString(name, 'name');
    return this.#entries.has(name);
  }

  get(name) {
    validateString(name, 'name');
    const entry = this.#entries.get(name);
    if (entry === undefined) {
      throw new errors.ERR_ZIP_ENTRY_NOT_FOUND(name);
    }
    return entry;
  }

  addEntry(entry) {
    validateEntry(entry);
    this.#entries.set(entry.name, entry);
    return entry;
  }

  async add(filename, data, options) {
    return this.addEntry(await ZipEntry.create(filename, data, options));
  }

  addSync(filename, data, options) {
    return this.addEntry(ZipEntry.createSync(filename, data, options));
  }

  delete(name) {
    validateString(name, 'name');
    return this.#entries.delete(name);
  }

  clear() {
    this.#entries.clear();
  }

  keys() {
    return this.#entries.keys();
  }

  * values() {
    yield* this.#entries.values();
  }

  * entries() {
    yield* this.#entries.entries();
  }

  get size() {
    return this.#entries.size;
  }

  forEach(callback, thisArg) {
    validateFunction(callback, 'callback');
    for (const [name, entry] of this.#entries) {
      callback.call(thisArg, entry, name, this);
    }
  }

  async toBuffer(options) {
    const chunks = [];
    for await (const chunk of archiveChunks(this.#entries.values(), archiveOptions(options, this.#comment))) {
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  toBufferSync(options) {
    return Buffer.concat([...createZipArchiveSync(this.#entries.values(), archiveOptions(options, this.#comment))]);
  }

  [Symbol.iterator]() {
    return this.entries();
  }

  get [Symbol.toStringTag]() {
    return 'ZipBuffer';
  }

  [Symbol.dispose]() {
    this.clear();
  }
}

module.exports = { ZipBuffer, archiveOptions, createZipArchive, createZipArchiveSync, zipFiles };

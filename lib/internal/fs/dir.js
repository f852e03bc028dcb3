// SPDX-License-Identifier: MIT
'use strict';

// Dir: a folder's entries one at a time. The listing is taken when the folder is opened.

const { codes } = require('internal/errors');
const { validateFunction, validateUint32 } = require('internal/validators');
const u = require('internal/fs/utils');
const { Request } = require('internal/fs/operations');
const binding = internalBinding('fs');

class Dir {
  #path;
  #entries;
  #index = 0;
  #closed = false;
  #busy = 0;
  #encoding;
  // Folders still to be opened, of a recursive Dir.
  #folders;

  constructor(handle, path, options) {
    if (handle === undefined || handle === null) {
      throw new codes.ERR_MISSING_ARGS('handle');
    }
    this.#path = path;
    this.#encoding = options?.encoding;
    this.#folders = options?.recursive ? [] : undefined;
    this.#add(path, handle);
  }

  #add(folder, listing) {
    const { 0: names, 1: types } = listing;
    this.#entries = [];
    this.#index = 0;
    for (let i = 0; i < names.length; i++) {
      const full = u.joinPath(folder, names[i]);
      const type = types[i] !== 0 ? types[i] : u.typeOfStats(u.toStats(binding.lstat(full, false)));
      this.#entries.push(new u.Dirent(u.decodeName(names[i], this.#encoding), folder, type));
      if (type === 2 && this.#folders !== undefined) {
        this.#folders.push(full);
      }
    }
  }

  get path() {
    if (!(#path in this)) {
      throw new codes.ERR_INVALID_THIS('Dir');
    }
    return this.#path;
  }

  #check() {
    if (this.#closed) {
      throw new codes.ERR_DIR_CLOSED();
    }
  }

  #take() {
    return this.#index < this.#entries.length ? this.#entries[this.#index++] : null;
  }

  readSync() {
    this.#check();
    if (this.#busy > 0) {
      throw new codes.ERR_DIR_CONCURRENT_OPERATION();
    }
    let entry = this.#take();
    while (entry === null && this.#folders?.length > 0) {
      const folder = this.#folders.shift();
      this.#add(folder, binding.opendir(folder, u.rawEncoding(this.#encoding)));
      entry = this.#take();
    }
    return entry;
  }

  read(callback) {
    if (callback === undefined) {
      return new Promise((resolve, reject) => {
        this.#next((error, entry) => (error ? reject(error) : resolve(entry)));
      });
    }
    validateFunction(callback, 'callback');
    this.#check();
    this.#next(callback);
  }

  #next(callback) {
    if (this.#closed) {
      process.nextTick(callback, new codes.ERR_DIR_CLOSED());
      return;
    }
    const entry = this.#take();
    this.#busy++;
    if (entry !== null || !(this.#folders?.length > 0)) {
      process.nextTick(() => {
        this.#busy--;
        callback(null, entry);
      });
      return;
    }
    const folder = this.#folders.shift();
    binding.opendir(folder, u.rawEncoding(this.#encoding), new Request((error, listing) => {
      this.#busy--;
      if (error) {
        callback(error);
        return;
      }
      this.#add(folder, listing);
      this.#next(callback);
    }, undefined));
  }

  closeSync() {
    this.#check();
    if (this.#busy > 0) {
      throw new codes.ERR_DIR_CONCURRENT_OPERATION();
    }
    this.#closed = true;
    this.#entries = [];
  }

  close(callback) {
    if (callback === undefined) {
      if (this.#closed) {
        return Promise.reject(new codes.ERR_DIR_CLOSED());
      }
      this.#closed = true;
      return Promise.resolve();
    }
    validateFunction(callback, 'callback');
    if (this.#closed) {
      process.nextTick(callback, new codes.ERR_DIR_CLOSED());
      return;
    }
    this.#closed = true;
    process.nextTick(callback, null);
  }

  async* entries() {
    try {
      for (;;) {
        const entry = await this.read();
        if (entry === null) {
          break;
        }
        yield entry;
      }
    } finally {
      await this.close();
    }
  }

  [Symbol.dispose]() {
    if (!this.#closed) {
      this.closeSync();
    }
  }

  async [Symbol.asyncDispose]() {
    if (!this.#closed) {
      await this.close();
    }
  }
}

Object.defineProperty(Dir.prototype, Symbol.asyncIterator, {
  __proto__: null, value: Dir.prototype.entries, writable: true, enumerable: false, configurable: true,
});

function getOptions(options) {
  options = u.getOptions(options, { encoding: 'utf8' });
  if (options.bufferSize !== undefined) {
    validateUint32(options.bufferSize, 'options.bufferSize', true);
  }
  return options;
}

function opendirSync(path, options) {
  path = u.getPath(path);
  options = getOptions(options);
  return new Dir(binding.opendir(path, u.rawEncoding(options.encoding)), path, options);
}

function opendir(path, options, callback) {
  path = u.getPath(path);
  options = getOptions(options);
  binding.opendir(path, u.rawEncoding(options.encoding), new Request(callback, (listing) => new Dir(listing, path, options)));
}

module.exports = { Dir, opendir, opendirSync };

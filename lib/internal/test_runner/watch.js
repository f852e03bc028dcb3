// SPDX-License-Identifier: MIT
'use strict';

// The runner's watch mode: which test files a change is about. A file's process tells what it loads; where no files are
// named, new ones are looked for as well.

const path = require('path');
const { FileSet } = require('internal/watch/files');

class TestWatcher {
  #files = new FileSet();
  #loaded = new Map(); // test file -> paths of what it loads
  #onChange;

  // onChange(paths): something of what is watched has changed.
  constructor(folder, onChange) {
    this.#onChange = onChange;
    if (folder !== undefined) this.#files.addPath(folder);
    this.#files.on('changed', (changed) => this.#onChange(changed));
  }

  addTest(file) {
    if (this.#loaded.has(file)) return;
    this.#loaded.set(file, new Set([file]));
    this.#files.addFile(file);
  }

  removeTest(file) {
    this.#loaded.delete(file);
  }

  // A message of the process that runs `file`.
  onMessage(file, message) {
    if (message === null || typeof message !== 'object') return;
    const { fileURLToPath } = require('internal/url');
    for (const name of message['watch:require'] ?? []) this.#add(file, name);
    for (const url of message['watch:import'] ?? []) this.#add(file, fileURLToPath(url));
  }

  #add(file, name) {
    if (!path.isAbsolute(name)) return; // the library's
    this.#loaded.get(file)?.add(name);
    this.#files.addFile(name);
  }

  // Does `file` load any of these?
  concerns(file, changed) {
    const loaded = this.#loaded.get(file);
    if (loaded === undefined) return false;
    for (const name of changed) {
      if (loaded.has(name)) return true;
    }
    return false;
  }

  close() {
    this.#files.close();
  }
}

module.exports = { TestWatcher };

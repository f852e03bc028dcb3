// SPDX-License-Identifier: MIT
'use strict';

// FileSet: files and folders under watch, for --watch. A file is watched through its folder, so that it may be replaced
// or appear later. What changes within the debounce is told together: 'changed' with a Set of paths.

const path = require('path');
const EventEmitter = require('events');
const fs = require('fs');

const kDebounce = 200; // milliseconds, as Node has it

class FileSet extends EventEmitter {
  #folders = new Map(); // folder -> { watcher, names }
  #trees = new Map(); // folder, watched with all below it -> watcher
  #changed = new Set();
  #timer;

  addFile(filename) {
    const folder = path.dirname(filename);
    const known = this.#folders.get(folder);
    if (known !== undefined) {
      known.names.add(path.basename(filename));
      return;
    }
    const names = new Set([path.basename(filename)]);
    let watcher;
    try {
      watcher = fs.watch(folder, (type, name) => {
        if (names.has(name)) this.#note(path.join(folder, name));
      });
    } catch {
      return; // no such folder: nothing in it changes
    }
    watcher.on('error', () => {});
    this.#folders.set(folder, { watcher, names });
  }

  // A file, or a folder with everything below it.
  addPath(target) {
    if (!fs.statSync(target).isDirectory()) {
      this.addFile(target);
      return;
    }
    if (this.#trees.has(target)) return;
    const watcher = fs.watch(target, { recursive: true }, (type, name) => this.#note(path.join(target, `${name ?? ''}`)));
    watcher.on('error', () => {});
    this.#trees.set(target, watcher);
  }

  #note(filename) {
    this.#changed.add(filename);
    this.#timer ??= setTimeout(() => {
      const files = this.#changed;
      this.#timer = undefined;
      this.#changed = new Set();
      this.emit('changed', files);
    }, kDebounce);
  }

  // Forgets the files that were added; folders given to addPath stay.
  clearFiles() {
    for (const { watcher } of this.#folders.values()) watcher.close();
    this.#folders.clear();
  }

  close() {
    this.clearFiles();
    for (const watcher of this.#trees.values()) watcher.close();
    this.#trees.clear();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

module.exports = { FileSet };

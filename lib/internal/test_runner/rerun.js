// SPDX-License-Identifier: MIT
'use strict';

// --test-rerun-failures: a file with one record for each attempt, of the tests that have passed by then. What passed is
// reported again without being run.

const path = require('path');

// Keys of tests by their place, with a number where several are declared at one.
class Places {
  #seen = new Map();

  constructor(cwd) {
    this.cwd = cwd;
  }

  key({ file, line, column }) {
    const place = `${path.relative(this.cwd, file)}:${line}:${column}`;
    const count = this.#seen.get(place) ?? 0;
    this.#seen.set(place, count + 1);
    return count === 0 ? place : `${place}:(${count})`;
  }
}

class RerunState {
  #places;

  // What is no list of records is refused; no file is none.
  constructor(file, cwd) {
    const fs = require('fs');
    this.file = file;
    this.cwd = cwd;
    this.#places = new Places(cwd);
    this.attempts = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : [];
    require('internal/validators').validateArray(this.attempts, 'the state file');
  }

  // 0 at first.
  get attempt() {
    return this.attempts.length;
  }

  // The record of a test that passed before; undefined if it has to run.
  recordOf(location) {
    if (location === undefined) return undefined;
    const key = this.#places.key(location);
    const last = this.attempts.at(-1);
    return last !== undefined && Object.hasOwn(last, key) ? last[key] : undefined;
  }

  // Follows a run; write() then adds its attempt to the file.
  follow(stream) {
    const places = new Places(this.cwd);
    const open = new Map(); // by file and id: what has begun
    const passed = {};
    const id = (data, number) => `${data.entryFile ?? ''}:${number}`;
    stream.on('test:start', (data) => {
      if (data.file === undefined) return;
      open.set(id(data, data.testId), { key: places.key(data), children: [] });
      open.get(id(data, data.parentId))?.children.push({ ...data });
    });
    stream.on('test:pass', (data) => {
      const known = open.get(id(data, data.testId));
      if (known === undefined || data.skip !== undefined) return;
      const { passed_on_attempt: before, duration_ms: duration } = data.details;
      passed[known.key] = {
        name: data.name, children: known.children, passed_on_attempt: before ?? this.attempt, duration_ms: duration,
      };
    });
    this.write = () => {
      this.attempts.push(passed);
      require('fs').writeFileSync(this.file, JSON.stringify(this.attempts, null, 2));
    };
  }
}

module.exports = { RerunState };

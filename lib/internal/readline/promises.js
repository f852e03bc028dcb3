// SPDX-License-Identifier: MIT
'use strict';

// The Readline class of readline/promises: terminal actions are gathered and sent by commit(), or at once with
// autoCommit.

const { codes } = require('internal/errors');
const { validateBoolean, validateInteger } = require('internal/validators');
const { CLEAR_SCREEN_DOWN, clearLineSequence, cursorToSequence, moveCursorSequence } =
  require('internal/readline/callbacks');

class Readline {
  #autoCommit = false;
  #stream;
  #pending = [];

  constructor(stream, options = undefined) {
    if (!require('stream').isWritable(stream)) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'Writable', stream);
    this.#stream = stream;
    if (options?.autoCommit != null) {
      validateBoolean(options.autoCommit, 'options.autoCommit');
      this.#autoCommit = options.autoCommit;
    }
  }

  #add(data) {
    if (this.#autoCommit) process.nextTick(() => this.#stream.write(data));
    else this.#pending.push(data);
    return this;
  }

  cursorTo(x, y = undefined) {
    validateInteger(x, 'x');
    if (y != null) validateInteger(y, 'y');
    return this.#add(cursorToSequence(x, y ?? undefined));
  }

  moveCursor(dx, dy) {
    if (dx || dy) {
      validateInteger(dx, 'dx');
      validateInteger(dy, 'dy');
      return this.#add(moveCursorSequence(dx, dy));
    }
    return this;
  }

  clearLine(dir) {
    validateInteger(dir, 'dir', -1, 1);
    return this.#add(clearLineSequence(dir));
  }

  clearScreenDown() {
    return this.#add(CLEAR_SCREEN_DOWN);
  }

  commit() {
    return new Promise((resolve) => {
      const data = this.#pending.join('');
      this.#pending = [];
      this.#stream.write(data, resolve);
    });
  }

  rollback() {
    this.#pending = [];
    return this;
  }
}

module.exports = { Readline };

// SPDX-License-Identifier: MIT
'use strict';

// The stream of a run's events: objects { type, data } for reporters, and the same as events for listeners.

const { Readable } = require('stream');

class TestsStream extends Readable {
  #waiting = [];
  #mayPush = true;

  constructor() {
    super({ objectMode: true, highWaterMark: Number.MAX_SAFE_INTEGER });
  }

  _read() {
    this.#mayPush = true;
    while (this.#waiting.length > 0) {
      if (!this.#send(this.#waiting.shift())) return;
    }
  }

  #send(message) {
    this.#mayPush = this.push(message);
    return this.#mayPush;
  }

  // One event; `data` is what listeners get.
  report(type, data) {
    const message = { type, data };
    if (this.#mayPush && this.#waiting.length === 0) {
      this.#send(message);
    } else {
      this.#waiting.push(message);
    }
    this.emit(type, data);
  }

  finish() {
    if (this.#mayPush && this.#waiting.length === 0) {
      this.push(null);
    } else {
      this.#waiting.push(null);
    }
  }
}

module.exports = { TestsStream };

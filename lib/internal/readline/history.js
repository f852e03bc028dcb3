// SPDX-License-Identifier: MIT
'use strict';

// The lines an interface remembers, newest first, and the walk through them. While a walk started with text before
// the cursor, only lines that start with it are shown.

const { codes } = require('internal/errors');
const { validateArray, validateNumber } = require('internal/validators');

const DEFAULT_SIZE = 30;

class History {
  constructor(options) {
    const { history, historySize, removeHistoryDuplicates } = options;
    if (history !== undefined) validateArray(history, 'history');
    if (historySize !== undefined) validateNumber(historySize, 'size', 0);
    if (Number.isNaN(historySize)) throw new codes.ERR_OUT_OF_RANGE('size', '>= 0', historySize);
    this.lines = history ?? [];
    this.size = historySize ?? DEFAULT_SIZE;
    this.unique = removeHistoryDuplicates ?? false;
    this.index = -1;
  }

  // The line as remembered; emits nothing.
  add(line) {
    const { lines } = this;
    if (lines.length !== 0 && lines[0] === line) {
      this.index = -1;
      return false;
    }
    if (this.unique) {
      const at = lines.indexOf(line);
      if (at !== -1) lines.splice(at, 1);
    }
    lines.unshift(line);
    if (lines.length > this.size) lines.pop();
    this.index = -1;
    return true;
  }

  // The next older line that starts with prefix and is not the current one; the prefix itself past the oldest.
  older(prefix, current) {
    const { lines } = this;
    if (this.index >= lines.length || lines.length === 0) return undefined;
    let at = this.index + 1;
    while (at < lines.length && (!lines[at].startsWith(prefix) || lines[at] === current)) at++;
    this.index = at;
    return at === lines.length ? prefix : lines[at];
  }

  newer(prefix, current) {
    if (this.index < 0) return undefined;
    const { lines } = this;
    let at = this.index - 1;
    while (at >= 0 && (!lines[at].startsWith(prefix) || lines[at] === current)) at--;
    this.index = at;
    return at === -1 ? prefix : lines[at];
  }
}

module.exports = { History };

// SPDX-License-Identifier: MIT
'use strict';

// Line editing for Interface on a terminal: what each key does to the line and to the screen. The bindings are the
// emacs ones the documentation of readline lists.

const { Interface, abortQuestion, kClosed, kHistory, kKillRing, kKillRingCursor, kPreviousKey, kPrompt, kRedo,
        kSawReturnAt, kSearch, kUndo } = require('internal/readline/interface');
const { clearScreenDown, cursorTo, moveCursor } = require('internal/readline/callbacks');
const { getStringWidth } = require('internal/util/string_width');

const KILL_RING_SIZE = 32;
const UNDO_SIZE = 2048;

// UTF-16 units of the character left of at, and of the one at at.
function unitsBefore(text, at) {
  if (at <= 0) return 0;
  return at > 1 && text.codePointAt(at - 2) > 0xffff ? 2 : 1;
}

function unitsAt(text, at) {
  if (at >= text.length) return 0;
  return text.codePointAt(at) > 0xffff ? 2 : 1;
}

function commonPrefix(words) {
  let prefix = words[0];
  for (const word of words) {
    let k = 0;
    while (k < prefix.length && k < word.length && prefix[k] === word[k]) k++;
    prefix = prefix.slice(0, k);
  }
  return prefix ?? '';
}

// Where a move by a word lands: blanks, then a run of word characters or of others.
function wordLeftFrom(text, cursor) {
  const reversed = Array.from(text.slice(0, cursor)).reverse().join('');
  return cursor - /^\s*(?:[^\w\s]+|\w+)?/.exec(reversed)[0].length;
}

function wordRightFrom(text, cursor) {
  return cursor + /^(?:\s+|[^\w\s]+|\w+)\s*/.exec(text.slice(cursor))[0].length;
}

const editing = {
  _beforeEdit(text, cursor) {
    this[kUndo].push({ text, cursor });
    if (this[kUndo].length > UNDO_SIZE) this[kUndo].shift();
  },

  _undo() {
    step(this, kUndo, kRedo);
  },

  _redo() {
    step(this, kRedo, kUndo);
  },

  // The screen position of the end of text, from the column the prompt starts in.
  _getDisplayPos(text) {
    let offset = 0;
    let rows = 0;
    const columns = this.columns;
    for (const ch of require('internal/util/string_width').stripVTControlCharacters(text)) {
      if (ch === '\n') {
        rows += Math.ceil(offset / columns) || 1;
        offset = 0;
      } else if (ch === '\t') {
        offset += this.tabSize - (offset % this.tabSize);
      } else {
        const width = getStringWidth(ch, false);
        // A wide character does not fit in the last column.
        if (width === 2 && (offset + 1) % columns === 0) offset++;
        offset += width;
      }
    }
    const cols = offset % columns;
    return { cols, rows: rows + (offset - cols) / columns };
  },

  _refreshLine() {
    const text = this[kPrompt] + this.line;
    const end = this._getDisplayPos(text);
    const cursor = this.getCursorPos();
    if (this.prevRows > 0) moveCursor(this.output, 0, -this.prevRows);
    cursorTo(this.output, 0);
    clearScreenDown(this.output);
    this._writeToOutput(text);
    // A terminal wraps only when the next character comes.
    if (end.cols === 0) this._writeToOutput(' ');
    cursorTo(this.output, cursor.cols);
    if (end.rows > cursor.rows) moveCursor(this.output, 0, cursor.rows - end.rows);
    this.prevRows = cursor.rows;
  },

  _insertString(text) {
    this._beforeEdit(this.line, this.cursor);
    const atEnd = this.cursor === this.line.length;
    // In the middle of pasted text each character is only echoed: its last one draws the line.
    const pasting = !this.isCompletionEnabled;
    const before = atEnd && !pasting ? this.getCursorPos() : null;
    this.line = atEnd ? this.line + text : this.line.slice(0, this.cursor) + text + this.line.slice(this.cursor);
    this.cursor += text.length;
    if (pasting || (atEnd && this.getCursorPos().rows <= before.rows)) this._writeToOutput(text);
    else this._refreshLine();
  },

  async _tabComplete(lastKeypressWasTab) {
    this.pause();
    let value;
    try {
      value = await this.completer(this.line.slice(0, this.cursor));
    } catch (error) {
      if (!this[kClosed]) this._completionError(error);
      return;
    } finally {
      if (!this[kClosed]) this.resume();
    }
    if (!this[kClosed]) this._showCompletions(lastKeypressWasTab, value);
  },

  _completionError(error) {
    this._writeToOutput(`Tab completion error: ${require('internal/util/inspect').inspect(error)}`);
  },

  // value: [completions, the part of the line they complete].
  _showCompletions(lastKeypressWasTab, value) {
    const [completions, completeOn] = value;
    if (!completions || completions.length === 0) return;
    const prefix = commonPrefix(completions.filter((word) => word !== ''));
    if (prefix.startsWith(completeOn) && prefix.length > completeOn.length) {
      this._insertString(prefix.slice(completeOn.length));
      return;
    }
    if (!completeOn.startsWith(prefix)) {
      const start = this.cursor - completeOn.length;
      this.line = this.line.slice(0, start) + prefix + this.line.slice(this.cursor);
      this.cursor = start + prefix.length;
      this._refreshLine();
      return;
    }
    if (!lastKeypressWasTab) return;
    this._beforeEdit(this.line, this.cursor);
    this._writeToOutput(completionTable(completions, this.columns));
    this._refreshLine();
  },

  _wordLeft() {
    if (this.cursor > 0) this._moveCursor(wordLeftFrom(this.line, this.cursor) - this.cursor);
  },

  _wordRight() {
    if (this.cursor < this.line.length) this._moveCursor(wordRightFrom(this.line, this.cursor) - this.cursor);
  },

  _deleteLeft() {
    cut(this, this.cursor - unitsBefore(this.line, this.cursor), this.cursor);
  },

  _deleteRight() {
    cut(this, this.cursor, this.cursor + unitsAt(this.line, this.cursor));
  },

  _deleteWordLeft() {
    if (this.cursor > 0) cut(this, wordLeftFrom(this.line, this.cursor), this.cursor);
  },

  _deleteWordRight() {
    if (this.cursor < this.line.length) cut(this, this.cursor, wordRightFrom(this.line, this.cursor));
  },

  _deleteLineLeft() {
    kill(this, 0, this.cursor);
  },

  _deleteLineRight() {
    kill(this, this.cursor, this.line.length);
  },

  _yank() {
    if (this[kKillRing].length === 0) return;
    this[kKillRingCursor] = 0;
    this._insertString(this[kKillRing][0]);
  },

  // Directly after a yank: the killed text before that one instead.
  _yankPop() {
    const ring = this[kKillRing];
    if (ring.length < 2) return;
    const last = ring[this[kKillRingCursor]];
    if (!this.line.slice(0, this.cursor).endsWith(last)) return;
    this[kKillRingCursor] = (this[kKillRingCursor] + 1) % ring.length;
    const start = this.cursor - last.length;
    const next = ring[this[kKillRingCursor]];
    this._beforeEdit(this.line, this.cursor);
    this.line = this.line.slice(0, start) + next + this.line.slice(this.cursor);
    this.cursor = start + next.length;
    this._refreshLine();
  },

  clearLine() {
    this._moveCursor(+Infinity);
    this._writeToOutput('\r\n');
    this.line = '';
    this.cursor = 0;
    this.prevRows = 0;
  },

  _line() {
    const line = this._addHistory();
    this[kUndo] = [];
    this[kRedo] = [];
    this.clearLine();
    this._onLine(line);
  },

  _historyNext() {
    show(this, this[kHistory].newer(this[kSearch] ?? '', this.line));
  },

  _historyPrev() {
    show(this, this[kHistory].older(this[kSearch] ?? '', this.line));
  },

  getCursorPos() {
    return this._getDisplayPos(this[kPrompt] + this.line.slice(0, this.cursor));
  },

  _getCursorPos() {
    return this.getCursorPos();
  },

  _moveCursor(dx) {
    if (dx === 0) return;
    const before = this.getCursorPos();
    this.cursor = Math.min(Math.max(this.cursor + dx, 0), this.line.length);
    const after = this.getCursorPos();
    if (before.rows === after.rows) moveCursor(this.output, after.cols - before.cols, 0);
    else this._refreshLine();
  },

  _ttyWrite(s, key) {
    const previous = this[kPreviousKey];
    key ??= {};
    this[kPreviousKey] = key;
    trackSearch(this, key);
    if (key.sequence === '\x1f') this._undo();
    else if (key.sequence === '\x1e') this._redo();
    else if (key.name === 'escape') return;
    else if (key.ctrl && key.shift) withCtrlShift(this, key);
    else if (key.ctrl) withCtrl(this, key);
    else if (key.meta) withMeta(this, key, previous);
    else plainKey(this, s, key, previous);
  },
};

function step(self, from, to) {
  const state = self[from].pop();
  if (state === undefined) return;
  self[to].push({ text: self.line, cursor: self.cursor });
  self.line = state.text;
  self.cursor = state.cursor;
  self._refreshLine();
}

function cut(self, start, end) {
  if (start >= end) return '';
  self._beforeEdit(self.line, self.cursor);
  const text = self.line.slice(start, end);
  self.line = self.line.slice(0, start) + self.line.slice(end);
  self.cursor = start;
  self._refreshLine();
  return text;
}

function kill(self, start, end) {
  const text = cut(self, start, end);
  const ring = self[kKillRing];
  if (text === '' || text === ring[0]) return;
  ring.unshift(text);
  self[kKillRingCursor] = 0;
  if (ring.length > KILL_RING_SIZE) ring.pop();
}

function show(self, line) {
  if (line === undefined) return;
  self._beforeEdit(self.line, self.cursor);
  self.line = line;
  self.cursor = line.length;
  self._refreshLine();
}

function completionTable(completions, columns) {
  const widths = completions.map((word) => getStringWidth(word));
  const cell = Math.max(...widths) + 2;
  // A terminal that does not say how wide it is gets one word a row.
  const perRow = Number.isFinite(columns) ? Math.floor(columns / cell) || 1 : 1;
  let text = '\r\n';
  let inRow = 0;
  let padding = 0;
  completions.forEach((word, k) => {
    if (word === '' || inRow === perRow) {
      text += '\r\n';
      inRow = 0;
      padding = 0;
    } else {
      text += ' '.repeat(padding);
    }
    if (word === '') {
      text += '\r\n';
    } else {
      text += word;
      padding = cell - widths[k];
      inRow++;
    }
  });
  return inRow === 0 ? text : `${text}\r\n\r\n`;
}

// Up and down search for lines that start with what was before the cursor when the walk began.
function trackSearch(self, key) {
  if ((key.name === 'up' || key.name === 'down') && !key.ctrl && !key.meta && !key.shift) {
    self[kSearch] ??= self.line.slice(0, self.cursor);
  } else if (self[kSearch] !== null) {
    self[kSearch] = null;
    const history = self[kHistory];
    if (history.index === history.lines.length) history.index = -1;
  }
}

function withCtrlShift(self, key) {
  if (key.name === 'backspace') self._deleteLineLeft();
  else if (key.name === 'delete') self._deleteLineRight();
}

function withCtrl(self, key) {
  switch (key.name) {
    case 'c':
      if (self.listenerCount('SIGINT') > 0) {
        self.emit('SIGINT');
      } else {
        self.close();
        abortQuestion(self, 'C');
      }
      break;
    case 'd':
      if (self.cursor === 0 && self.line.length === 0) {
        self.close();
        abortQuestion(self, 'D');
      } else if (self.cursor < self.line.length) {
        self._deleteRight();
      }
      break;
    case 'h': self._deleteLeft(); break;
    case 'u': self._deleteLineLeft(); break;
    case 'k': self._deleteLineRight(); break;
    case 'a': self._moveCursor(-Infinity); break;
    case 'e': self._moveCursor(+Infinity); break;
    case 'b': self._moveCursor(-unitsBefore(self.line, self.cursor)); break;
    case 'f': self._moveCursor(unitsAt(self.line, self.cursor)); break;
    case 'l':
      cursorTo(self.output, 0, 0);
      clearScreenDown(self.output);
      self._refreshLine();
      break;
    case 'n': self._historyNext(); break;
    case 'p': self._historyPrev(); break;
    case 'y': self._yank(); break;
    case 'z': suspend(self); break;
    case 'w':
    case 'backspace': self._deleteWordLeft(); break;
    case 'delete': self._deleteWordRight(); break;
    case 'left': self._wordLeft(); break;
    case 'right': self._wordRight(); break;
  }
}

// ^Z: the terminal goes back to its own mode while the process is stopped.
function suspend(self) {
  if (process.platform === 'win32') return;
  if (self.listenerCount('SIGTSTP') > 0) {
    self.emit('SIGTSTP');
    return;
  }
  process.once('SIGCONT', () => {
    if (self.paused) return;
    self.pause();
    self.emit('SIGCONT');
    self._setRawMode(true);
    self._refreshLine();
  });
  self._setRawMode(false);
  process.kill(process.pid, 'SIGTSTP');
}

function withMeta(self, key, previous) {
  switch (key.name) {
    case 'b': self._wordLeft(); break;
    case 'f': self._wordRight(); break;
    case 'd':
    case 'delete': self._deleteWordRight(); break;
    case 'backspace': self._deleteWordLeft(); break;
    case 'y':
      if ((previous?.ctrl || previous?.meta) && previous.name === 'y') self._yankPop();
      break;
  }
}

function plainKey(self, s, key, previous) {
  // A \r\n that came as two keys is one line end.
  if (self[kSawReturnAt] && key.name !== 'enter') self[kSawReturnAt] = 0;
  switch (key.name) {
    case 'return':
      self[kSawReturnAt] = Date.now();
      self._line();
      break;
    case 'enter':
      if (self[kSawReturnAt] === 0 || Date.now() - self[kSawReturnAt] > self.crlfDelay) self._line();
      self[kSawReturnAt] = 0;
      break;
    case 'backspace': self._deleteLeft(); break;
    case 'delete': self._deleteRight(); break;
    case 'left': self._moveCursor(-unitsBefore(self.line, self.cursor)); break;
    case 'right': self._moveCursor(unitsAt(self.line, self.cursor)); break;
    case 'home': self._moveCursor(-Infinity); break;
    case 'end': self._moveCursor(+Infinity); break;
    case 'up': self._historyPrev(); break;
    case 'down': self._historyNext(); break;
    case 'tab':
      if (typeof self.completer === 'function' && self.isCompletionEnabled) {
        self._tabComplete(previous?.name === 'tab');
        break;
      }
      insertText(self, s);
      break;
    default:
      insertText(self, s);
  }
}

// Text may hold line ends: write() takes any string.
function insertText(self, s) {
  if (typeof s !== 'string' || s.length === 0) return;
  const lines = s.split(/\r\n|\n|\r|\u2028|\u2029/);
  lines.forEach((line, k) => {
    if (k > 0) self._line();
    if (line !== '') self._insertString(line);
  });
}

for (const name of Object.keys(editing)) {
  Object.defineProperty(Interface.prototype, name, {
    __proto__: null, configurable: true, writable: true, enumerable: name[0] === '_', value: editing[name],
  });
}

// SPDX-License-Identifier: MIT
'use strict';

// The Interface that readline and readline/promises share: lines from a stream, and, when the input is a terminal,
// the dispatch of key presses. The editing commands are in internal/readline/editing, put on the same prototype.

const EventEmitter = require('events');
const { AbortError, codes } = require('internal/errors');
const { validateAbortSignal, validateString, validateUint32 } = require('internal/validators');
const { kSawKeyPress, emitKeypressEvents } = require('internal/readline/keys');
const { History } = require('internal/readline/history');
const { StringDecoder } = require('string_decoder');

const DEFAULT_CRLF_DELAY = 100;
const LINE_ENDING = /\r?\n|\r|\u2028|\u2029/g;
// Lines an asynchronous iterator may hold before the input is paused.
const ITERATOR_HIGH_WATER_MARK = 1024;

const kClosed = Symbol('closed');
const kDecoder = Symbol('_decoder');
const kHistory = Symbol('_history');
const kIterator = Symbol('_lineIterator');
const kLineBuffer = Symbol('_line_buffer');
const kOldPrompt = Symbol('_oldPrompt');
const kPaused = Symbol('paused');
const kPreviousKey = Symbol('_previousKey');
const kPrompt = Symbol('_prompt');
const kQuestion = Symbol('kQuestion');
const kQuestionCancel = Symbol('kQuestionCancel');
const kQuestionCallback = Symbol('_questionCallback');
const kQuestionReject = Symbol('kQuestionReject');
const kSawReturnAt = Symbol('_sawReturnAt');
const kUndo = Symbol('_undoStack');
const kRedo = Symbol('_redoStack');
const kKillRing = Symbol('_killRing');
const kKillRingCursor = Symbol('_killRingCursor');
const kSearch = Symbol('kSubstringSearch');

function isOptions(input, count) {
  return count === 1 && input?.input !== undefined && input.input !== null || Boolean(input?.input);
}

function InterfaceConstructor(input, output, completer, terminal) {
  this[kSawReturnAt] = 0;
  this.isCompletionEnabled = true;
  this[kSawKeyPress] = false;
  this[kPreviousKey] = null;
  this.escapeCodeTimeout = 500;
  this.tabSize = 8;
  EventEmitter.call(this);

  let crlfDelay;
  let prompt = '> ';
  let signal;
  let historyOptions = {};
  if (isOptions(input, arguments.length)) {
    const options = input;
    ({ output, completer, terminal, signal, crlfDelay } = options);
    historyOptions = options;
    if (options.tabSize !== undefined) {
      validateUint32(options.tabSize, 'tabSize', true);
      this.tabSize = options.tabSize;
    }
    if (options.prompt !== undefined) prompt = options.prompt;
    if (options.escapeCodeTimeout !== undefined) {
      if (!Number.isFinite(options.escapeCodeTimeout)) {
        throw new codes.ERR_INVALID_ARG_VALUE('input.escapeCodeTimeout', this.escapeCodeTimeout);
      }
      this.escapeCodeTimeout = options.escapeCodeTimeout;
    }
    if (signal) validateAbortSignal(signal, 'options.signal');
    input = options.input;
  }
  if (completer !== undefined && typeof completer !== 'function') {
    throw new codes.ERR_INVALID_ARG_VALUE('completer', completer);
  }
  this[kHistory] = new History(historyOptions);
  if (terminal === undefined && !(output === null || output === undefined)) terminal = Boolean(output.isTTY);

  this.line = '';
  this[kSearch] = null;
  this.output = output;
  this.input = input;
  this[kUndo] = [];
  this[kRedo] = [];
  this[kKillRing] = [];
  this[kKillRingCursor] = 0;
  this.crlfDelay = crlfDelay ? Math.max(DEFAULT_CRLF_DELAY, crlfDelay) : DEFAULT_CRLF_DELAY;
  this.completer = completer;
  this[kPrompt] = String(prompt);
  this.terminal = Boolean(terminal);
  this[kIterator] = undefined;
  this[kClosed] = false;
  this[kPaused] = false;

  const onError = (error) => this.emit('error', error);
  input.on('error', onError);
  if (this.terminal) startTerminal(this, input, output, onError);
  else startLines(this, input, onError);
  if (signal) startSignal(this, signal);
  this.line = '';
  input.resume();
}
Object.setPrototypeOf(InterfaceConstructor.prototype, EventEmitter.prototype);
Object.setPrototypeOf(InterfaceConstructor, EventEmitter);

function startLines(self, input, onError) {
  const onData = (data) => self._normalWrite(data);
  const onEnd = () => {
    const rest = (self[kLineBuffer] ?? '') + self[kDecoder].end();
    if (rest.length > 0) {
      self[kLineBuffer] = undefined;
      self._onLine(rest);
    }
    self.close();
  };
  self[kDecoder] = new StringDecoder('utf8');
  input.on('data', onData);
  input.on('end', onEnd);
  self.once('close', () => {
    input.removeListener('error', onError);
    input.removeListener('data', onData);
    input.removeListener('end', onEnd);
  });
}

function startTerminal(self, input, output, onError) {
  const onKeypress = (s, key) => {
    self._ttyWrite(s, key);
  };
  const onEnd = () => {
    if (typeof self.line === 'string' && self.line.length > 0) self.emit('line', self.line);
    self.close();
  };
  const onResize = () => self._refreshLine();
  emitKeypressEvents(input, self);
  input.on('keypress', onKeypress);
  input.on('end', onEnd);
  self._setRawMode(true);
  self.cursor = 0;
  self.prevRows = 0;
  if (output !== null && output !== undefined) output.on('resize', onResize);
  self.once('close', () => {
    input.removeListener('error', onError);
    input.removeListener('keypress', onKeypress);
    input.removeListener('end', onEnd);
    if (output !== null && output !== undefined) output.removeListener('resize', onResize);
  });
}

function startSignal(self, signal) {
  const abort = () => self.close();
  if (signal.aborted) {
    process.nextTick(abort);
    return;
  }
  const { addAbortListener } = require('internal/events/abort_listener');
  const listener = addAbortListener(signal, abort);
  self.once('close', () => listener[Symbol.dispose]());
}

class Interface extends InterfaceConstructor {
  get columns() {
    return this.output?.columns || Infinity;
  }

  get history() {
    return this[kHistory].lines;
  }

  set history(lines) {
    this[kHistory].lines = lines;
  }

  get historyIndex() {
    return this[kHistory].index;
  }

  set historyIndex(index) {
    this[kHistory].index = index;
  }

  get historySize() {
    return this[kHistory].size;
  }

  get closed() {
    return this[kClosed];
  }

  get paused() {
    return this[kPaused];
  }

  setPrompt(prompt) {
    this[kPrompt] = prompt;
  }

  getPrompt() {
    return this[kPrompt];
  }

  _setRawMode(mode) {
    const was = this.input.isRaw;
    if (typeof this.input.setRawMode === 'function') this.input.setRawMode(mode);
    return was;
  }

  prompt(preserveCursor) {
    if (this[kClosed]) throw new codes.ERR_USE_AFTER_CLOSE('readline');
    if (this[kPaused]) this.resume();
    if (this.terminal && process.env.TERM !== 'dumb') {
      if (!preserveCursor) this.cursor = 0;
      this._refreshLine();
    } else {
      this._writeToOutput(this[kPrompt]);
    }
  }

  [kQuestion](query, callback) {
    if (this[kClosed]) throw new codes.ERR_USE_AFTER_CLOSE('readline');
    if (this[kQuestionCallback]) {
      this.prompt();
      return;
    }
    this[kOldPrompt] = this[kPrompt];
    this.setPrompt(query);
    this[kQuestionCallback] = callback;
    this.prompt();
  }

  [kQuestionCancel]() {
    if (!this[kQuestionCallback]) return;
    this[kQuestionCallback] = null;
    this.setPrompt(this[kOldPrompt]);
    this.clearLine();
  }

  _onLine(line) {
    const callback = this[kQuestionCallback];
    if (callback) {
      this[kQuestionCallback] = null;
      this.setPrompt(this[kOldPrompt]);
      callback(line);
    } else {
      this.emit('line', line);
    }
  }

  _writeToOutput(text) {
    validateString(text, 'stringToWrite');
    if (this.output !== null && this.output !== undefined) this.output.write(text);
  }

  _addHistory() {
    const history = this[kHistory];
    const { line } = this;
    if (line.length === 0) return '';
    if (history.size === 0 || line.trim().length === 0) return line;
    history.add(line);
    const stored = history.lines[0];
    // Listeners may edit the list, to keep a password out of it.
    this.emit('history', history.lines);
    return stored;
  }

  close() {
    if (this[kClosed]) return;
    this.pause();
    if (this.terminal) this._setRawMode(false);
    this[kClosed] = true;
    this.emit('close');
  }

  pause() {
    if (this[kClosed]) throw new codes.ERR_USE_AFTER_CLOSE('readline');
    if (this[kPaused]) return this;
    this.input.pause();
    this[kPaused] = true;
    this.emit('pause');
    return this;
  }

  resume() {
    if (this[kClosed]) throw new codes.ERR_USE_AFTER_CLOSE('readline');
    if (!this[kPaused]) return this;
    this.input.resume();
    this[kPaused] = false;
    this.emit('resume');
    return this;
  }

  write(data, key) {
    if (this[kClosed]) throw new codes.ERR_USE_AFTER_CLOSE('readline');
    if (this[kPaused]) this.resume();
    if (this.terminal) this._ttyWrite(data, key);
    else this._normalWrite(data);
  }

  _normalWrite(data) {
    if (data === undefined) return;
    let text = this[kDecoder].write(data);
    if (this[kSawReturnAt] && Date.now() - this[kSawReturnAt] <= this.crlfDelay && text.length > 0) {
      if (text.charCodeAt(0) === 10) text = text.slice(1);
      this[kSawReturnAt] = 0;
    }
    if (text === '') return;
    const held = this[kLineBuffer];
    // Line feeds only is nearly all input there is: no regular expression then.
    const plain = text.indexOf('\r') < 0 && text.indexOf('\u2028') < 0 && text.indexOf('\u2029') < 0;
    if (!plain && text.charCodeAt(text.length - 1) === 13) this[kSawReturnAt] = Date.now();
    const lines = plain ? text.split('\n') : text.split(LINE_ENDING);
    if (held !== undefined) lines[0] = held + lines[0];
    const rest = lines.pop();
    this[kLineBuffer] = rest === '' ? undefined : rest;
    for (let k = 0; k < lines.length; k++) this._onLine(lines[k]);
  }

  // One iterator for the interface: asking twice reads the same queue.
  [Symbol.asyncIterator]() {
    if (this[kIterator] === undefined) {
      const events = EventEmitter.on(this, 'line', { close: ['close'], highWaterMark: ITERATOR_HIGH_WATER_MARK });
      const first = ({ done, value }) => ({ done, value: done ? undefined : value[0] });
      this[kIterator] = {
        __proto__: Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype)),
        next: () => events.next().then(first),
        return: () => events.return(),
        throw: (error) => events.throw(error),
      };
    }
    return this[kIterator];
  }

  [Symbol.dispose]() {
    this.close();
  }
}
Object.defineProperty(Interface.prototype, Symbol.dispose, { enumerable: true });

// ^C and ^D end a question that waits as a promise.
function abortQuestion(self, key) {
  const reject = self[kQuestionReject];
  if (reject) {
    self[kQuestionReject] = null;
    reject(new AbortError(`Aborted with Ctrl+${key}`));
  }
}

module.exports = {
  Interface,
  InterfaceConstructor,
  abortQuestion,
  kClosed,
  kDecoder,
  kHistory,
  kKillRing,
  kKillRingCursor,
  kLineBuffer,
  kOldPrompt,
  kPreviousKey,
  kPrompt,
  kQuestion,
  kQuestionCallback,
  kQuestionCancel,
  kQuestionReject,
  kRedo,
  kSawReturnAt,
  kSearch,
  kUndo,
};

// SPDX-License-Identifier: MIT
'use strict';

// readline with callbacks: Interface over the shared one, question with a callback, completers that call back.

const { AbortError } = require('internal/errors');
const { validateAbortSignal, validateFunction } = require('internal/validators');
const { clearLine, clearScreenDown, cursorTo, moveCursor } = require('internal/readline/callbacks');
const { emitKeypressEvents, kSawKeyPress } = require('internal/readline/keys');
const shared = require('internal/readline/interface');
require('internal/readline/editing');
const { InterfaceConstructor, kClosed, kQuestion, kQuestionCancel } = shared;

function Interface(input, output, completer, terminal) {
  if (!(this instanceof Interface)) return Reflect.construct(Interface, arguments);
  const options = input?.input && typeof input === 'object' ? input : undefined;
  const complete = options ? options.completer : completer;
  let args = arguments;
  if (typeof complete === 'function' && complete.length !== 2) {
    const calling = (line, callback) => callback(null, complete(line));
    args = options ? [{ __proto__: options, completer: calling }] : [input, output, calling, terminal];
  }
  Reflect.apply(InterfaceConstructor, this, args);
}
Object.setPrototypeOf(Interface.prototype, shared.Interface.prototype);
Object.setPrototypeOf(Interface, shared.Interface);

Interface.prototype.question = function question(query, options, cb) {
  cb = typeof options === 'function' ? options : cb;
  if (options === null || typeof options !== 'object') options = {};
  const { signal } = options;
  if (signal) {
    validateAbortSignal(signal, 'options.signal');
    if (signal.aborted) return;
    const { addAbortListener } = require('internal/events/abort_listener');
    const listener = addAbortListener(signal, () => this[kQuestionCancel]());
    const answered = cb;
    cb = typeof answered === 'function' ?
      (answer) => {
        listener[Symbol.dispose]();
        return answered(answer);
      } :
      answered;
  }
  if (typeof cb === 'function') this[kQuestion](query, cb);
};

Interface.prototype.question[Symbol.for('nodejs.util.promisify.custom')] = function question(query, options) {
  const signal = options?.signal;
  if (signal?.aborted) return Promise.reject(new AbortError(undefined, { cause: signal.reason }));
  return new Promise((resolve, reject) => {
    let cb = resolve;
    if (signal) {
      const { addAbortListener } = require('internal/events/abort_listener');
      const listener = addAbortListener(signal, () => reject(new AbortError(undefined, { cause: signal.reason })));
      cb = (answer) => {
        listener[Symbol.dispose]();
        resolve(answer);
      };
    }
    this.question(query, options, cb);
  });
};

Interface.prototype._tabComplete = function(lastKeypressWasTab) {
  this.pause();
  const text = this.line.slice(0, this.cursor);
  this.completer(text, (error, value) => {
    if (this[kClosed]) return;
    this.resume();
    if (error) this._completionError(error);
    else this._showCompletions(lastKeypressWasTab, value);
  });
};

// Methods of old that packages replace here.
for (const name of ['_addHistory', '_deleteLeft', '_deleteLineLeft', '_deleteLineRight', '_deleteRight', '_deleteWordLeft', '_deleteWordRight',
  '_getCursorPos', '_getDisplayPos', '_historyNext', '_historyPrev', '_insertString', '_line', '_moveCursor', '_normalWrite', '_onLine',
  '_refreshLine', '_setRawMode', '_ttyWrite', '_wordLeft', '_wordRight', '_writeToOutput']) {
  Interface.prototype[name] = shared.Interface.prototype[name];
}

// Names of old by which packages reach into an interface.
const LEGACY = {
  _decoder: shared.kDecoder,
  _line_buffer: shared.kLineBuffer,
  _oldPrompt: shared.kOldPrompt,
  _previousKey: shared.kPreviousKey,
  _prompt: shared.kPrompt,
  _questionCallback: shared.kQuestionCallback,
  _sawKeyPress: kSawKeyPress,
  _sawReturnAt: shared.kSawReturnAt,
};
for (const name of Object.keys(LEGACY)) {
  const key = LEGACY[name];
  Object.defineProperty(Interface.prototype, name, {
    __proto__: null,
    get() { return this[key]; },
    set(value) { this[key] = value; },
  });
}

function createInterface(input, output, completer, terminal) {
  return Reflect.construct(Interface, arguments);
}

const { setOwnProperty } = require('internal/util');

module.exports = {
  Interface,
  clearLine,
  clearScreenDown,
  createInterface,
  cursorTo,
  emitKeypressEvents,
  moveCursor,
};
Object.defineProperty(module.exports, 'promises', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return require('readline/promises'); },
  set(value) {
    setOwnProperty(module.exports, 'promises', value);
  },
});

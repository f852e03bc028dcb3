// SPDX-License-Identifier: MIT
'use strict';

// readline with promises: question resolves with the answer, the completer may be asynchronous.

const { AbortError } = require('internal/errors');
const { validateAbortSignal } = require('internal/validators');
const { Readline } = require('internal/readline/promises');
const shared = require('internal/readline/interface');
require('internal/readline/editing');
const { kQuestion, kQuestionCancel, kQuestionReject } = shared;

class Interface extends shared.Interface {

  constructor(input, output, completer, terminal) {
    super(...arguments);
  }

  question(query, options = {}) {
    return new Promise((resolve, reject) => {
      let cb = resolve;
      const signal = options?.signal;
      if (signal) {
        validateAbortSignal(signal, 'options.signal');
        if (signal.aborted) {
          reject(new AbortError(undefined, { cause: signal.reason }));
          return;
        }
        const { addAbortListener } = require('internal/events/abort_listener');
        const listener = addAbortListener(signal, () => {
          this[kQuestionCancel]();
          reject(new AbortError(undefined, { cause: signal.reason }));
        });
        cb = (answer) => {
          listener[Symbol.dispose]();
          resolve(answer);
        };
      }
      this[kQuestionReject] = reject;
      this[kQuestion](query, cb);
    });
  }
}

require('internal/util').setLength(Interface, 0);

function createInterface(input, output, completer, terminal) {
  return Reflect.construct(Interface, arguments);
}

module.exports = { Interface, Readline, createInterface };

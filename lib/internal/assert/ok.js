// SPDX-License-Identifier: MIT
'use strict';

// How a failed ok() throws: `fn` is the function that the program called, `count` with how many arguments.

const { inspect } = require('internal/util/inspect');

function failOk(fn, count, value, message, diff) {
  let generated = false;
  let [text] = message;
  if (count === 0) {
    generated = true;
    text = 'No value argument passed to `assert.ok()`';
  } else if (text == null) {
    generated = true;
    const source = require('internal/assert/call_source').getCallSource(fn);
    text = `The expression evaluated to a falsy value:\n\n  ${source ?? `assert.ok(${inspect(value)})`}\n`;
  } else if (text instanceof Error) {
    throw text;
  } else if (typeof text === 'function') {
    text = text(value, true);
  } else if (message.length > 1) {
    text = require('internal/util/format').format(...message);
  }
  const { AssertionError } = require('internal/assert/assertion_error');
  const err = new AssertionError({
    actual: value, expected: true, message: text, operator: '==', stackStartFn: fn,
    diff,
  });
  err.generatedMessage = generated;
  throw err;
}

module.exports = { failOk };

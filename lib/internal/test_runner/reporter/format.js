// SPDX-License-Identifier: MIT
'use strict';

// What the spec and dot reporters share: a line for each test, an error under it, colours.

const { inspect } = require('internal/util/inspect');
const colors = require('internal/util/colors');
const { inspectAnything } = require('internal/test_runner/failure');

// Colours by name when they are wanted on what reporters write to.
function palette() {
  const on = colors.shouldColorize(process.stdout);
  const code = (name, side) => (on ? `\u001b[${inspect.colors[name][side]}m` : '');
  return {
    on, blue: code('blue', 0), green: code('green', 0), yellow: code('yellow', 0), red: code('red', 0),
    gray: code('gray', 0), plain: code('white', 1), reset: code('reset', 0),
  };
}

const marks = {
  'test:fail': '✖ ', 'test:pass': '✔ ', 'test:diagnostic': 'ℹ ', skipped: '﹣ ', todo: '⚠ ', arrow: '▶ ',
};

function indentLines(text, by) {
  return text.replace(/\n/g, `\n${by}`);
}

// The error of a failed test, indented.
function formatError(error, by, withColors) {
  const shown = error?.code === 'ERR_TEST_FAILURE' && 'cause' in error ? error.cause : error;
  const text = inspectAnything(shown, { colors: withColors, breakLength: Infinity });
  return `${by}${indentLines(text, by)}\n`;
}

// The line of a test that has ended. With children that were printed, the arrow line came before them.
function formatResult(type, data, by, tint, withError) {
  const { details, name, skip, todo, expectFailure } = data;
  let color = type === 'test:pass' ? tint.green : tint.red;
  let mark = marks[type];
  let suffix = '';
  if (skip !== undefined) {
    color = tint.gray;
    mark = marks.skipped;
    suffix = ` # ${typeof skip === 'string' && skip.length > 0 ? skip : 'SKIP'}`;
  } else if (todo !== undefined) {
    if (type === 'test:fail') {
      color = tint.yellow;
      mark = marks.todo;
    }
    suffix = ` # ${typeof todo === 'string' && todo.length > 0 ? todo : 'todo'.toUpperCase()}`;
  } else if (expectFailure !== undefined) {
    suffix = ' # EXPECTED FAILURE';
  }
  const duration = details.duration_ms ? ` ${tint.gray}(${details.duration_ms}ms)${tint.plain}` : '';
  const { passed_on_attempt: attempt } = details;
  const earlier = attempt === undefined ? '' : ` ${tint.gray}(passed on attempt ${attempt})${tint.plain}`;
  const line = `${by}${color}${mark}${name}${duration}${earlier}${suffix}${tint.plain}\n`;
  if (!withError || details.error === undefined) return line;
  return line + formatError(details.error, '  ', tint.on);
}

module.exports = { formatError, formatResult, indentLines, marks, palette };

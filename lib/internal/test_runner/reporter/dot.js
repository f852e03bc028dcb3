// SPDX-License-Identifier: MIT
'use strict';

// A dot for each test that passed, an X for each that failed.

const { formatResult, palette } = require('internal/test_runner/reporter/format');

module.exports = async function* dot(source) {
  const tint = palette();
  const failed = [];
  let count = 0;
  let columns = lineLength();
  for await (const { type, data } of source) {
    if (type === 'test:pass') {
      yield `${tint.green}.${tint.reset}`;
    } else if (type === 'test:fail') {
      yield `${tint.red}X${tint.reset}`;
      failed.push(data);
    } else {
      continue;
    }
    if (++count === columns) {
      yield '\n';
      columns = lineLength();
      count = 0;
    }
  }
  yield '\n';
  if (failed.length > 0) {
    yield `\n${tint.red}Failed tests:${tint.plain}\n\n`;
    for (const data of failed) yield formatResult('test:fail', data, '', tint, true);
  }
};

function lineLength() {
  return Math.max(process.stdout.columns ?? 20, 20);
}

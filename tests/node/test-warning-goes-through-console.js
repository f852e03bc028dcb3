// SPDX-License-Identifier: MIT
'use strict';
// Warnings are written by console.error: a replaced process.stderr.write sees them, and its failure harms nobody.
const { write } = process.stderr;
const seen = [];
process.stderr.write = (text) => {
  seen.push(text.replace(/\d+/, 'PID'));
  throw new Error('not shown');
};
process.emitWarning('first');
process.emitWarning('second', 'CustomWarning', 'CODE');
setImmediate(() => {
  process.stderr.write = write;
  console.log(seen);
  console.log(console._times.size);
});

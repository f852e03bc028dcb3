// SPDX-License-Identifier: MIT
// While Error.prepareStackTrace runs, stacks that it looks at are made without it; what it gives is what stays.
'use strict';

const firstLine = (text) => (typeof text === 'string' ? text.split('\n')[0] : text);
let inner;

function show(what, prepare) {
  const before = Error.prepareStackTrace;
  const error = new Error(what);
  Error.prepareStackTrace = prepare;
  try {
    console.log(what, '-', firstLine(error.stack));
  } catch (err) {
    console.log(what, 'threw', err.message);
  }
  Error.prepareStackTrace = before;
  if (inner !== undefined)
    console.log('inner', firstLine(inner.stack));
  inner = undefined;
  console.log('again', firstLine(error.stack));
}

show('its own stack', (err) => err.stack);
show('twice', (err) => `made of ${firstLine(err.stack)}, ${firstLine(err.stack)}`);
show('set', (err) => {
  err.stack = 'set';
  return 'given';
});
show('read and set', (err) => {
  err.stack = err.stack.length > 0 ? 'set' : '';
  return 'given';
});
show('another error', () => {
  inner = new Error('inside');
  return firstLine(inner.stack);
});
show('another error, not touched', () => {
  inner = new Error('inside');
  return 'given';
});
show('thrown', () => {
  throw new TypeError('no stack');
});
show('afterwards', () => 'given');

const holder = {};
Error.prepareStackTrace = (object) => typeof object.stack;
Error.captureStackTrace(holder);
console.log(holder.stack);

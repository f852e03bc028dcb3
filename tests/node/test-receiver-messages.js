// What is said of receivers and operands of the wrong kind, and of JSON's words that go on otherwise.
'use strict';
const attempt = (run) => {
  try {
    console.log(run());
  } catch (error) {
    console.log(`${error.name}: ${error.message}`);
  }
};
for (const name of ['getTime', 'getYear', 'setTime', 'setUTCHours', 'toISOString', 'toUTCString', 'valueOf', 'toLocaleString']) attempt(() => Date.prototype[name].call({}));
for (const key of [[1, 2], { toString() { throw new Error('not run'); } }, Object.create(null), 'x', Symbol('s'), 5]) attempt(() => key in 1);
attempt(() => new (class { #x; has(o) { return #x in o; } })().has(1));
for (const text of ['tr1', 'nul-', 't"', 'fals{', 'nu', '[t 1]']) attempt(() => JSON.parse(text));
const { get } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Int8Array.prototype), 'buffer');
attempt(() => get.call([]));

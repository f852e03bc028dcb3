// SPDX-License-Identifier: MIT
'use strict';
// gc(): at once or by promise; what a WeakRef kept for the rest of a turn goes in a later one without any promise job.
const { spawnSync } = require('child_process');

const program = `
let held = { big: new Array(1000).fill(0.5) };
const weak = new WeakRef(held);
console.log(typeof gc, gc.length, weak.deref() === held);
setTimeout(() => {
  held = null;
  setTimeout(() => {
    gc();
    console.log(weak.deref());
    const pending = gc({ execution: 'async' });
    console.log(pending instanceof Promise);
    pending.then(() => console.log('done'));
  }, 2);
}, 2);
`;
const { stdout, status } = spawnSync(process.execPath, ['--expose-gc', '-e', program], { encoding: 'utf8' });
console.log(stdout, status);

// SPDX-License-Identifier: MIT
// A thread whose heap is full ends although an immediate waits and keeps its loop alive.
'use strict';
const { Worker } = require('worker_threads');

const text = `
const kept = [];
function grow() {
  setImmediate(grow);
  for (let k = 0; k < 200; k++) kept.push('x'.repeat(1000) + kept.length);
}
setImmediate(grow);
`;
const worker = new Worker(text, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 30 } });
worker.on('error', (error) => console.log(error.code));
worker.on('exit', (code) => console.log('exit', code));

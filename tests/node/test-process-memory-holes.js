// SPDX-License-Identifier: MIT
// What dies between survivors is used again: a heap in which a few objects of each burst live on stays near their size,
// instead of every burst taking memory of its own.
'use strict';

const kept = [];
for (let k = 1; k <= 4e6; k++) {
  const item = { k, text: null };
  if (k % 400 === 0) kept.push(item);
}
const megabytes = process.memoryUsage().heapTotal / 2 ** 20;
console.log(kept.length, megabytes < 30 ? 'small' : `${megabytes.toFixed(1)} MB`);

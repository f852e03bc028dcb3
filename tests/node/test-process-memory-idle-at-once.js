// SPDX-License-Identifier: MIT
'use strict';
// A program that makes its garbage before the loop's first turn and then waits, without another turn, gives the memory back.
const assert = require('assert');
const megabytes = () => process.memoryUsage().rss / 1048576;
let list = [];
for (let k = 0; k < 300000; k++) list.push({ k, text: 'x' + k, more: [k] });
const full = megabytes();
assert(full > 40);
list = null;
let waits = 0;
(function look() {
  if (process.versions.culm === undefined || (waits && megabytes() < full / 2)) return console.log('given back');
  // Each wait is longer than what counts as rest, so that the first could do; more are for a busy machine.
  assert(waits++ < 6);
  setTimeout(look, 1500);
})();

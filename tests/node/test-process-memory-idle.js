// SPDX-License-Identifier: MIT
'use strict';
// A program that waits gives the memory of its garbage back to the system.
const assert = require('assert');
const megabytes = () => process.memoryUsage().rss / 1048576;
let list = [];
for (let k = 0; k < 300000; k++) list.push({ k, text: 'x' + k, more: [k] });
const full = megabytes();
assert(full > 40);
list = null;
let waited = 0;
(function look() {
  if (process.versions.culm === undefined || megabytes() < full / 2) return console.log('given back');
  assert((waited += 100) < 20000);
  setTimeout(look, 100);
})();

// SPDX-License-Identifier: MIT
// process.memoryUsage() counts the bytes of every kind of buffer, and forgets them when they are detached.
'use strict';
const assert = require('assert');
const before = process.memoryUsage();
assert(before.external >= before.arrayBuffers);
const mega = 1 << 20, kept = [];
function grows(make, bytes, fields = ['arrayBuffers', 'external']) {
  const from = process.memoryUsage();
  kept.push(make());
  const to = process.memoryUsage();
  for (const field of fields) {
    const grown = to[field] - from[field];
    assert(Math.abs(grown - bytes) < mega, `${field} grew by ${grown}, not ${bytes}: ${make}`);
  }
}
grows(() => new ArrayBuffer(64 * mega), 64 * mega);
grows(() => new SharedArrayBuffer(48 * mega), 48 * mega, ['arrayBuffers']);
grows(() => Buffer.alloc(32 * mega), 32 * mega);
grows(() => new Float64Array(4 * mega), 32 * mega);
grows(() => new ArrayBuffer(16 * mega, { maxByteLength: 16 * mega }), 16 * mega);
grows(() => kept[0].transfer(), 0);
const last = process.memoryUsage().arrayBuffers;
kept.length = 0;
new ArrayBuffer(32 * mega).transfer(0);
assert(process.memoryUsage().arrayBuffers < last + mega);
console.log('ok');

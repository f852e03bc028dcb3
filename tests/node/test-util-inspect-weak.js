// SPDX-License-Identifier: MIT
// util.inspect looks into WeakMap and WeakSet with showHidden only.
'use strict';
const util = require('util');
const keys = [{ a: 1 }, { b: 2 }, Symbol('s')];
const map = new WeakMap([[keys[0], 'one'], [keys[1], { deep: [2] }], [keys[2], 3]]);
const set = new WeakSet(keys);
console.log(map, set);
console.log(util.inspect(map, { showHidden: true }));
console.log(util.inspect(set, { showHidden: true }));
map.delete(keys[0]);
set.delete(keys[2]);
console.log(util.inspect(map, { showHidden: true }));
console.log(util.inspect(set, { showHidden: true }));
console.log(util.inspect(new WeakSet(), { showHidden: true }), util.inspect(new WeakMap(), { showHidden: true }));
const many = Array.from({ length: 150 }, (_, k) => [k]);
console.log(util.inspect(new WeakSet(many), { showHidden: true, breakLength: Infinity }).match(/\d+ more items?/)[0]);

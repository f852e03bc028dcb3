// SPDX-License-Identifier: MIT
// Additions are visited, deletions skipped, compaction and clearing survived by an iterator in progress.
const map = new Map([[1, 'a'], [2, 'b'], [3, 'c']]);
const seen = [];
for (const [key] of map) {
  seen.push(key);
  if (key === 1) {
    map.delete(2);
    for (let k = 10; k < 40; k++) map.set(k, k);
    for (let k = 10; k < 38; k++) map.delete(k);
  }
}
print(seen.join());
const it = map.keys();
it.next();
map.clear();
map.set('after', 1);
print(it.next().value, it.next().done, it.next().done);
map.set('late', 2);
print(it.next().done);
const order = new Map();
order.set('b', 1).set('a', 2).set('b', 3);
order.delete('a');
order.set('a', 4);
print([...order].join(';'));
// expect: 1,3,38,39
// expect: after true true
// expect: true
// expect: b,3;a,4

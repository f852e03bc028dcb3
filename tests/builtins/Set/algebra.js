// SPDX-License-Identifier: MIT
const a = new Set([1, 2, 3, 4]), b = new Set([3, 4, 5]);
const show = (s) => [...s].join();
print(show(a.union(b)), show(a.intersection(b)), show(a.difference(b)), show(a.symmetricDifference(b)));
print(show(b.intersection(a)), a.isSubsetOf(b), new Set([3]).isSubsetOf(b), b.isSupersetOf(new Set([5])), a.isDisjointFrom(new Set([9])));
print(show(a.union(new Map([[7, 'x']]))));
const log = [];
const record = { get size() { log.push('size'); return 2; }, get has() { log.push('has'); return () => true; }, get keys() { log.push('keys'); return () => [].values(); } };
a.union(record);
print(log.join());
for (const bad of [1, {}, { size: 1 }, { size: -1, has() {}, keys() {} }]) {
  try { a.union(bad); } catch (e) { print(e.name); }
}
print(new Set('hello').size, [...new Set([1, 2]).entries()].join(';'));
print(Set.prototype.keys === Set.prototype.values, Set.prototype[Symbol.iterator] === Set.prototype.values);
// expect: 1,2,3,4,5 3,4 1,2 1,2,5
// expect: 3,4 false true true true
// expect: 1,2,3,4,7
// expect: size,has,keys
// expect: TypeError
// expect: TypeError
// expect: TypeError
// expect: RangeError
// expect: 4 1,1;2,2
// expect: true true

// SPDX-License-Identifier: MIT
const wm = new WeakMap(), key = {}, sym = Symbol('s');
wm.set(key, 1).set(sym, 2).set(Symbol.iterator, 3);
print(wm.get(key), wm.get(sym), wm.has({}), wm.get(1), wm.get(Symbol.iterator), wm.delete(key), wm.has(key));
for (const bad of [1, 'x', null, Symbol.for('r')]) {
  try { wm.set(bad, 1); } catch (e) { print(e.name + ': ' + e.message); }
}
const keys = [];
for (let k = 0; k < 2000; k++) { const o = { k }; if (k % 100 === 0) keys.push(o); wm.set(o, { of: o, k }); }
print(keys.every((o) => wm.get(o).k === o.k && wm.get(o).of === o));
const ws = new WeakSet([key]);
print(ws.has(key), ws.delete(key), ws.has(key));
print(new WeakMap([[key, 5]]).getOrInsert(key, 6));
// expect: 1 2 false undefined 3 true false
// expect: TypeError: Invalid value used as weak map key
// expect: TypeError: Invalid value used as weak map key
// expect: TypeError: Invalid value used as weak map key
// expect: TypeError: Invalid value used as weak map key
// expect: true
// expect: true true false
// expect: 5
// The message names a built-in constructor that the program has not touched.
try { wm.get.call((async () => {})()); } catch (e) { print(e.message); }
// expect: Method WeakMap.prototype.get called on incompatible receiver #<Promise>

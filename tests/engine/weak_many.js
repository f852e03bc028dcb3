// SPDX-License-Identifier: MIT
// flags: --verify-heap
// Weak tables with entries that are old, new, changed and gone, through many collections of both kinds.
const map = new WeakMap(), set = new WeakSet(), keys = [], chain = new WeakMap();
let seed = 7;
const random = n => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) % n;
for (let i = 0; i < 3000; i++) {
  const key = { i };
  keys.push(key);
  map.set(key, { value: i });
  set.add(key);
}
let wrong = 0;
const check = key => {
  const value = map.get(key);
  wrong += !value || value.value !== key.i || !set.has(key);
};
for (let round = 0; round < 20000; round++) {
  const at = random(keys.length), old = keys[at];
  switch (random(4)) {
    case 0: keys[at] = { i: round }; map.set(keys[at], { value: round }); set.add(keys[at]); break;
    case 1: old.i = -round; map.set(old, { value: -round }); break;
    case 2: map.delete(old); map.set(old, { value: old.i }); break;
    default: new WeakRef({ round }); check(old);
  }
  const garbage = { a: [round], b: { c: round } };
  if (round % 5000 === 4999)
    keys.forEach(check);
}
keys.forEach(check);
print(wrong); // expect: 0
// A value that is the key of the next: reached from one end only.
let first = {}, at = first;
for (let i = 0; i < 500; i++) {
  const next = { i };
  chain.set(at, next);
  at = next;
}
at = null;
for (let i = 0; i < 60000; i++)
  new Array(20).fill(i);
let length = 0;
for (at = first; (at = chain.get(at)) !== undefined;)
  wrong += at.i !== length++;
print(length, wrong); // expect: 500 0
// Names that come and go.
const names = {};
for (let i = 0; i < 40000; i++) {
  names['name' + i] = i;
  if (i >= 100)
    delete names['name' + (i - 100)];
}
print(Object.keys(names).length, names.name39950); // expect: 100 39950

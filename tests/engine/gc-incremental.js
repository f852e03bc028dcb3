// SPDX-License-Identifier: MIT
// flags: --gc-stress=211 --verify-heap
// References moved about while a major collection marks in slices are not lost: between old objects, out of arrays that
// are marked in parts, through maps, closures, weak references and values that only the stack holds.
let seed = 9;
const next = (n) => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 1) % n;
const N = 3000;
const make = (id) => ({ id, text: 'n' + id, link: null, list: [id] });
const nodes = Array.from({ length: N }, (_, k) => make(k)), other = new Array(N).fill(null);
const map = new Map(), weak = new WeakMap(), queue = [], refs = [];
let closure = () => -1;
for (let step = 0; step < 12000; step++) {
  const a = next(N), b = next(N);
  const moved = nodes[a]; // out of one old array into another, by way of the stack
  nodes[a] = other[b] || make(step);
  other[b] = null;
  const fresh = make(step);
  fresh.link = moved;
  other[b] = fresh;
  moved.link = null;
  if (step % 3 === 0) { map.set(fresh.text, moved); weak.set(moved, fresh.list); }
  if (step % 5 === 0) { queue.push(moved); if (queue.length > 900) queue.shift(); }
  if (step % 7 === 0) { const old = closure; closure = () => fresh.id + (step % 70 ? old() : 0); }
  if (step % 11 === 0) refs.push(new WeakRef(moved));
  if (map.size > 700) map.delete(map.keys().next().value);
  if (step % 13 === 0) queue.splice(next(queue.length + 1), 1, make(step), moved);
}
const good = (o) => o && o.text === 'n' + o.id && o.list.length === 1 && o.list[0] === o.id;
print(nodes.every(good)); // expect: true
print(other.every((o) => o === null || (good(o) && (o.link === null || good(o.link))))); // expect: true
print(queue.every(good), [...map].every(([k, v]) => k.startsWith('n') && good(v))); // expect: true true
print([...map.values()].every((v) => { const l = weak.get(v); return l.length === 1 && typeof l[0] === 'number'; })); // expect: true
print(refs.every((r) => { const o = r.deref(); return o === undefined || good(o); })); // expect: true
print(typeof closure() === 'number'); // expect: true
// Cards: single words of a large old array.
const big = new Array(200000).fill(null);
for (let round = 0; round < 6; round++) {
  for (let k = round; k < big.length; k += 997) big[k] = make(k);
  const gone = [];
  for (let k = 0; k < 3000; k++) gone.push(make(k));
}
let count = 0;
for (const o of big) if (o) { if (!good(o)) throw new Error('lost'); count++; }
print(count); // expect: 1206

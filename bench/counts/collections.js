// Map, Set, WeakMap.
const m = new Map(), set = new Set(), w = new WeakMap(), objects = Array.from({ length: 300 }, (_, i) => ({ i }));
let s = 0;
for (let r = 0; r < 5; r++) for (const o of objects) { m.set(o, (m.get(o) || 0) + o.i); set.add('k' + o.i); w.set(o, r); s += w.get(o) + (set.has('k5') ? 1 : 0); }
for (const [k, v] of m) s += v + k.i;
set.forEach((k) => { s += k.length; });
console.log(s + m.size + set.size);

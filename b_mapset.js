// Map and Set with integer, string and object keys.
function bench(S) {
  let sum = 0;
  const objs = []; for (let i = 0; i < 5000; i++) objs.push({ i });
  for (let r = 0; r < 4 * S; r++) {
    const m = new Map();
    for (let i = 0; i < 200000; i++) m.set((i * 7919) % 100003, i);
    for (let i = 0; i < 200000; i++) { const v = m.get(i); if (v !== undefined) sum = (sum + v) % 1000007; }
    const sm = new Map();
    for (let i = 0; i < 100000; i++) { const k = 'k' + (i % 20011); sm.set(k, (sm.get(k) || 0) + i); }
    for (const [k, v] of sm) sum = (sum + k.length + v) % 1000007;
    const set = new Set();
    for (let i = 0; i < 200000; i++) set.add((i * i) % 65537);
    for (let i = 0; i < 65537; i += 3) set.delete(i);
    for (const v of set) sum = (sum + v) % 1000007;
    const om = new Map(), ws = new WeakMap();
    for (let k = 0; k < 10; k++) for (const o of objs) { om.set(o, (om.get(o) || 0) + o.i); if (!ws.has(o)) ws.set(o, k); }
    om.forEach((v, k) => { sum = (sum + v + k.i + ws.get(k)) % 1000007; });
    sum += set.size + m.size + sm.size;
  }
  return sum;
}
var t0=Date.now(); var r=bench(1); if (r && r.then) r.then(v=>print("mapset", Date.now()-t0, v)); else print("mapset", Date.now()-t0, r);

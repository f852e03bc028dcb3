// Map, Set, WeakMap: integer, string, object keys; iteration; deletion.
function bench(S) {
  let sum = 0; const objs = []; for (let i = 0; i < 20000; i++) objs.push({ i });
  const keys = []; for (let i = 0; i < 20000; i++) keys.push('key' + i);
  for (let r = 0; r < 12 * S; r++) {
    const m = new Map(objs.map(o => [o, o.i])), sm = new Map(), im = new Map(), set = new Set(keys), ws = new WeakMap();
    for (const k of keys) sm.set(k, k.length);
    for (let i = 0; i < 50000; i++) im.set(i * 3, i);
    for (let i = 0; i < 150000; i++) sum = (sum + (im.get(i) || 0)) % 1000007;
    for (const o of objs) { ws.set(o, r); sum = (sum + m.get(o) + ws.get(o)) % 1000007; }
    for (const k of keys) sum = (sum + sm.get(k) + (set.has(k) ? 1 : 0)) % 1000007;
    for (const [k, v] of sm) sum = (sum + k.length + v) % 1000007;
    for (let i = 0; i < 20000; i += 2) set.delete(keys[i]);
    m.forEach((v, k) => { sum = (sum + v + k.i) % 1000007; });
    sum += set.size + new Set([...set, 1, 2]).union(new Set([2, 3])).size;
  }
  return sum;
}

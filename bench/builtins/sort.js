// Array sort: numbers with a comparator, strings by default order, records by a field, typed array; localeless.
function bench(S) {
  let seed = 42, h = 0; const rnd = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff);
  for (let r = 0; r < 6 * S; r++) {
    const a = Array.from({ length: 60000 }, rnd), s = a.slice(0, 30000).map(x => 'k' + x), o = a.slice(0, 30000).map(x => ({ k: x % 1000, x }));
    const t = Float64Array.from(a), d = a.slice(0, 20000);
    a.sort((x, y) => x - y); s.sort(); o.sort((x, y) => x.k - y.k); t.sort(); d.sort();
    h = (h * 31 + a[777] + s[99].length + o[5].x + t[4444] + d[33]) | 0;
  }
  return h;
}

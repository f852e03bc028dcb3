// Object churn: records, arrays, closures and strings that die young, beside a window of the last thousands that lives on.
function record(i) { return { id: i, tag: 't' + (i & 255), at: { x: i, y: i * 0.5 }, list: [i, i + 1, i + 2] }; }
function bench(S) {
  const n = Math.floor(1500000 * S), ring = new Array(20000).fill(null);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const o = record(i), old = ring[i % 20000];
    if (old !== null) sum = (sum + old.at.x + old.list.length + old.tag.length) | 0;
    const f = () => o.id + i;
    ring[i % 20000] = { ...o, next: f() };
    sum = (sum + [o, old, f].map(x => x ? 1 : 0).length + o.list.slice(1).length) | 0;
  }
  return sum;
}

// Generator functions, delegation, and iterator protocol.
function* range(n) { for (let i = 0; i < n; i++) yield i; }
function* mapG(it, f) { for (const x of it) yield f(x); }
function* filterG(it, f) { for (const x of it) if (f(x)) yield x; }
function* walk(t) { if (t) { yield* walk(t.l); yield t.v; yield* walk(t.r); } }
function build(lo, hi) { if (lo > hi) return null; const m = (lo + hi) >> 1; return { v: m, l: build(lo, m - 1), r: build(m + 1, hi) }; }
class It { constructor(n) { this.n = n; } [Symbol.iterator]() { let i = 0; const n = this.n; return { next: () => i < n ? { value: i++, done: false } : { value: undefined, done: true } }; } }
function bench(S) {
  let s = 0;
  for (let r = 0; r < 6 * S; r++) {
    for (const x of filterG(mapG(range(200000), x => x * 3), x => (x & 1) === 0)) s = (s + x) % 1000000007;
    for (const v of walk(build(0, 8191))) s = (s + v) % 1000000007;
    for (const v of new It(300000)) s = (s + v) % 1000000007;
    const g = (function* () { let v = 0; for (;;) v = (yield v + 1) | 0; })(); g.next();
    for (let i = 0; i < 200000; i++) s = (s + g.next(i).value) % 1000000007;
    s += [...range(50000)].length;
  }
  return s;
}
var t0=Date.now(); var r=bench(1); if (r && r.then) r.then(v=>print("generators", Date.now()-t0, v)); else print("generators", Date.now()-t0, r);

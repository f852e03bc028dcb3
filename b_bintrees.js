// Allocation and GC: many short-lived trees beside one long-lived tree.
class Node { constructor(l, r) { this.l = l; this.r = r; } }
function make(d) { return d === 0 ? new Node(null, null) : new Node(make(d - 1), make(d - 1)); }
function check(n) { return n.l === null ? 1 : 1 + check(n.l) + check(n.r); }
function bench(S) {
  const max = 16, keep = make(max);
  let out = check(make(max + 1));
  for (let d = 4; d <= max; d += 4) {
    const iters = Math.ceil((1 << (max - d + 4)) * S);
    let c = 0;
    for (let i = 0; i < iters; i++) c += check(make(d));
    out = out * 31 % 1000003 + c;
  }
  return out + ' ' + check(keep);
}
var t0=Date.now(); var r=bench(1); if (r && r.then) r.then(v=>print("bintrees", Date.now()-t0, v)); else print("bintrees", Date.now()-t0, r);

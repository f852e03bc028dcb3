// try/catch/finally on the hot path, and throwing Errors.
class MyErr extends Error { constructor(c) { super('code ' + c); this.code = c; } }
function risky(i) { if (i % 7 === 0) throw new MyErr(i % 100); return i & 15; }
function plain(i) { try { return risky(i | 1); } catch (e) { return e.code; } finally { cnt++; } }
let cnt = 0;
function bench(S) {
  let s = 0;
  for (let i = 0; i < 250000 * S; i++) {
    try { s += risky(i); } catch (e) { if (e instanceof MyErr) s += e.code; else throw e; }
    s += plain(i);
  }
  for (let i = 0; i < 900000 * S; i++) { try { if (i % 5 === 0) throw i; s += 1; } catch (v) { s = (s + v) % 1000003; } }
  for (let i = 0; i < 20000 * S; i++) { try { null.x; } catch (e) { s += e.constructor === TypeError ? 1 : 0; } }
  return s + ' ' + cnt;
}
var t0=Date.now(); var r=bench(1); if (r && r.then) r.then(v=>print("trycatch", Date.now()-t0, v)); else print("trycatch", Date.now()-t0, r);

// Float64Array matrix-free power method.
function a(i, j) { return 1 / ((i + j) * (i + j + 1) / 2 + i + 1); }
function mulAv(v, out, n) { for (let i = 0; i < n; i++) { let s = 0; for (let j = 0; j < n; j++) s += a(i, j) * v[j]; out[i] = s; } }
function mulAtv(v, out, n) { for (let i = 0; i < n; i++) { let s = 0; for (let j = 0; j < n; j++) s += a(j, i) * v[j]; out[i] = s; } }
function bench(S) {
  const n = Math.floor(1000 * Math.sqrt(S));
  const u = new Float64Array(n).fill(1), v = new Float64Array(n), w = new Float64Array(n);
  for (let i = 0; i < 10; i++) { mulAv(u, w, n); mulAtv(w, v, n); mulAv(v, w, n); mulAtv(w, u, n); }
  let vbv = 0, vv = 0;
  for (let i = 0; i < n; i++) { vbv += u[i] * v[i]; vv += v[i] * v[i]; }
  return Math.sqrt(vbv / vv).toFixed(9);
}
var t0=Date.now(); var r=bench(1); if (r && r.then) r.then(v=>print("spectral", Date.now()-t0, v)); else print("spectral", Date.now()-t0, r);

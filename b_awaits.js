// About a million awaits: plain values, resolved promises, nested async calls, Promise.all, async generators.
async function leaf(x) { return x + 1; }
async function mid(x) { return (await leaf(x)) + 1; }
async function* gen(n) { for (let i = 0; i < n; i++) yield i; }
async function bench(S) {
  let s = 0;
  const n = Math.floor(300000 * S);
  for (let i = 0; i < n; i++) s = (s + await i) % 1000003;
  for (let i = 0; i < n; i++) s = (s + await leaf(i)) % 1000003;
  for (let i = 0; i < n / 2; i++) s = (s + await mid(i)) % 1000003;
  for (let i = 0; i < n / 100; i++) { const a = []; for (let k = 0; k < 30; k++) a.push(leaf(k + i)); for (const v of await Promise.all(a)) s = (s + v) % 1000003; }
  for await (const v of gen(Math.floor(n / 3))) s = (s + v) % 1000003;
  await new Promise(res => { let k = 0; const f = () => { if (++k < n) Promise.resolve().then(f); else res(); }; f(); });
  return s;
}
var t0=Date.now(); var r=bench(1); if (r && r.then) r.then(v=>print("awaits", Date.now()-t0, v)); else print("awaits", Date.now()-t0, r);

// map/filter/reduce/flatMap/find chains and closures kept alive.
function bench(S) {
  const base = Array.from({ length: 20000 }, (_, i) => i);
  const compose = (...fs) => x => fs.reduce((v, f) => f(v), x);
  let h = 0;
  for (let r = 0; r < 110 * S; r++) {
    const f = compose(x => x + r, x => x * 3, x => x ^ 0x55, x => x & 0xffff);
    h = (h + base.map(f).filter(x => x % 3 !== 0).map(x => ({ x, y: x * 2 })).filter(o => (o.y + r) % 5 !== 1).map(o => o.x + o.y).reduce((a, b) => (a + b) | 0, 0)) | 0;
    h = (h + base.slice(0, 2000).flatMap(x => [x, x + r]).length + base.findIndex(x => x > 15000 + r) + (base.some(x => x === 19999) ? 1 : 0)) | 0;
    let acc = 0; base.forEach((x, i) => { acc = (acc + x * i) | 0; }); h = (h + acc) | 0;
    const adders = []; for (let i = 0; i < 500; i++) adders.push(x => x + i + r);
    h = (h + adders.reduce((v, g) => g(v) & 0xffffff, 1)) | 0;
  }
  return h;
}
var t0=Date.now(); var r=bench(1); if (r && r.then) r.then(v=>print("closures", Date.now()-t0, v)); else print("closures", Date.now()-t0, r);

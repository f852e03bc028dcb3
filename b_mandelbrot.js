// Tight double loop with an escape test.
function bench(S) {
  let sum = 0;
  const w = 640, h = Math.floor(240 * S), max = 200;
  for (let y = 0; y < h; y++) {
    const ci = (y / h) * 2.4 - 1.2;
    for (let x = 0; x < w; x++) {
      const cr = (x / w) * 3 - 2.1;
      let zr = 0, zi = 0, i = 0;
      while (i < max) {
        const r2 = zr * zr, i2 = zi * zi;
        if (r2 + i2 > 4) break;
        zi = 2 * zr * zi + ci; zr = r2 - i2 + cr; i++;
      }
      sum += i;
    }
  }
  for (let k = 0; k < 3; k++) {
    for (let y = 0; y < h; y++) {
      const ci = (y / h) * 0.02 + 0.1;
      for (let x = 0; x < w; x++) {
        const cr = (x / w) * 0.02 - 0.75 + k * 0.001;
        let zr = 0, zi = 0, i = 0;
        while (i < max) {
          const r2 = zr * zr, i2 = zi * zi;
          if (r2 + i2 > 4) break;
          zi = 2 * zr * zi + ci; zr = r2 - i2 + cr; i++;
        }
        sum += i;
      }
    }
  }
  return sum;
}
var t0=Date.now(); var r=bench(1); if (r && r.then) r.then(v=>print("mandelbrot", Date.now()-t0, v)); else print("mandelbrot", Date.now()-t0, r);

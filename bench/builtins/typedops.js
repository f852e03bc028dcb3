// Typed arrays: the methods that are loops in C, DataView, copies between element types.
function bench(S) {
  const n = 1 << 20, a = new Uint8Array(n), f = new Float64Array(n), i32 = new Int32Array(n); let h = 0;
  for (let i = 0; i < n; i += 1024) { a[i] = i >> 10; f[i] = i / 3; i32[i] = i * 7; }
  for (let r = 0; r < 40 * S; r++) {
    a.fill(r & 255, 1000, 200000); h = (h + a.indexOf(255, 300000) + (a.includes(254) ? 1 : 0) + a.lastIndexOf(r & 255)) | 0;
    f.set(i32); i32.set(a); h = (h + new Float32Array(f).length + Uint8Array.from(i32.subarray(0, 20000)).length) | 0;
    h = (h + a.slice(5, n - 5).length + a.subarray(9).reverse()[3] + f.indexOf(12345) + i32.join(',').length % 997) | 0;
    a.copyWithin(10, 5000, 400000); f.subarray(0, 20000).sort();
    h = (h + new Uint8Array(a.buffer.slice(0)).length + new Uint8Array(a)[7]) | 0;
  }
  return h;
}

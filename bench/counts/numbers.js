// Arithmetic: small integers, doubles, typed arrays, BigInt.
const u8 = new Uint8Array(256), f64 = new Float64Array(256);
let s = 0, b = 1n;
for (let i = 0; i < 5000; i++) { u8[i & 255] += i; f64[i & 255] = Math.sqrt(i) + u8[(i * 7) & 255]; s = (s + (i ^ 0x55) * 3 + (f64[i & 255] | 0)) | 0; }
for (let i = 0; i < 500; i++) b = (b * 48271n + 11n) % 2305843009213693951n;
console.log(s, b);

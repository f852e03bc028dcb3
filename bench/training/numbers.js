// SPDX-License-Identifier: MIT
// Arithmetic: integers, doubles, typed arrays, Math, sorting, BigInt.
function sieve(limit) {
  const composite = new Uint8Array(limit + 1);
  let count = 0;
  for (let i = 2; i <= limit; i++) {
    if (composite[i]) continue;
    count++;
    for (let k = i * i; k <= limit; k += i) composite[k] = 1;
  }
  return count;
}
function checksum(bytes) {
  let a = 1, b = 0, crc = -1;
  for (let i = 0; i < bytes.length; i++) {
    a = (a + bytes[i]) % 65521;
    b = (b + a) % 65521;
    crc ^= bytes[i];
    for (let k = 0; k < 8; k++) crc = crc & 1 ? crc >>> 1 ^ 0xedb88320 : crc >>> 1;
  }
  return ((b << 16 | a) ^ crc) >>> 0;
}
function integrate(f, from, to, steps) {
  const h = (to - from) / steps;
  let sum = 0;
  for (let i = 0; i < steps; i++) sum += f(from + (i + 0.5) * h);
  return sum * h;
}
function solve(n) { // Gauss
  const rows = [];
  for (let i = 0; i < n; i++) rows.push(Array.from({ length: n + 1 }, (_, j) => i === j ? n + 2 : 1 / (1 + i + j)));
  for (let i = 0; i < n; i++)
    for (let k = i + 1; k < n; k++) {
      const factor = rows[k][i] / rows[i][i];
      for (let j = i; j <= n; j++) rows[k][j] -= factor * rows[i][j];
    }
  const x = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    let sum = rows[i][n];
    for (let j = i + 1; j < n; j++) sum -= rows[i][j] * x[j];
    x[i] = sum / rows[i][i];
  }
  return x[0];
}
const ackermann = (m, n) => m === 0 ? n + 1 : n === 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
function random(seed) { return () => (seed = Math.imul(seed, 1664525) + 1013904223 >>> 0) / 4294967296; }

const next = random(7);
let total = sieve(150000) + checksum(Uint8Array.from({ length: 20000 }, () => next() * 256)) + ackermann(2, 60);
total += integrate((x) => Math.sin(x) * Math.sqrt(x) + Math.abs(Math.floor(x)) - Math.min(x, 1), 0, 10, 60000) + solve(60);
const doubles = Array.from({ length: 20000 }, next);
doubles.sort((a, b) => a - b);
total += doubles[100] + new Float32Array(doubles).sort()[7] + Math.max(...doubles.slice(0, 100)) + Math.hypot(3, 4) + 2 ** 0.5 % 1;
const ints = new Int32Array(5000).map((_, i) => i * 31 % 977), view = new DataView(ints.buffer);
ints.subarray(10, 400).fill(3).set([1, 2, 3], 5);
for (let i = 0; i < 4000; i += 4) total += view.getInt16(i, true) + view.getFloat32(i) * 0 || 0;
total += ints.indexOf(976) + ints.reduce((a, b) => a + b) + ints.slice(5, 50).join().length + new Uint8ClampedArray(ints)[3];
let big = 1n;
for (let i = 1n; i < 200n; i++) big = big * i + (big >> 3n);
console.log(Math.round(total) + Number(big % 1000003n));

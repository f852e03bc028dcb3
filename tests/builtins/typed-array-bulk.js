// SPDX-License-Identifier: MIT
// Whole-array loops of typed arrays agree with element-by-element ones: conversion, search, order, text.
const types = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float16Array, Float32Array, Float64Array];
const odd = [0, -0, 1, -1, 0.5, 1.5, 2.5, 254.5, 255.5, 256, -129, 65535, 65536, 2147483648, 4294967296, -4294967297, 1e10, 9.3e18, 1e300, -1e300, 3.4e38, NaN, Infinity, -Infinity];
let bad = 0;
for (const S of types) {
  for (const T of types) {
    const from = new S(300 + odd.length), to = new T(from.length), one = new T(from.length);
    for (let k = 0; k < from.length; k++) from[k] = k < odd.length ? odd[k] : (k * 7919) % 70000 - 30000.25;
    to.set(from);
    for (let k = 0; k < from.length; k++) one[k] = from[k];
    for (let k = 0; k < from.length; k++) if (!Object.is(to[k], one[k])) bad++;
    const made = new T(from);
    for (let k = 0; k < from.length; k++) if (!Object.is(made[k], one[k])) bad++;
  }
  for (const n of [0, 1, 2, 63, 64, 65, 300]) {
    const a = new S(n);
    for (let k = 0; k < n; k++) a[k] = k < odd.length ? odd[odd.length - 1 - k] : (k * 7919) % 70000 - 30000;
    const model = Array.from(a).sort((x, y) => x !== x ? (y !== y ? 0 : 1) : y !== y ? -1 : x - y || (Object.is(x, -0) ? (Object.is(y, -0) ? 0 : -1) : Object.is(y, -0) ? 1 : 0));
    const list = Array.from(a);
    for (const v of [...odd, undefined, null, '1', 77n, 100.5, 1e20]) {
      for (const start of [undefined, 0, 3, -5, 1e9, -1e9]) {
        const args = start === undefined ? [v] : [v, start];
        if (a.indexOf(...args) !== list.indexOf(...args)) bad++;
        if (a.lastIndexOf(...args) !== list.lastIndexOf(...args)) bad++;
        if (a.includes(...args) !== list.includes(...args)) bad++;
      }
    }
    if (a.join() !== list.join()) bad++;
    a.sort();
    for (let k = 0; k < n; k++) if (!Object.is(a[k], model[k])) bad++;
  }
}
print(bad); // expect: 0
const big = BigInt64Array.from([5n, -3n, 0n, -9223372036854775808n, 9223372036854775807n]).sort();
print(big.join()); // expect: -9223372036854775808,-3,0,5,9223372036854775807
const huge = BigUint64Array.from({ length: 100 }, (_, k) => BigInt(k * 37 % 101) << 57n).sort();
print(huge.every((v, k) => k === 0 || huge[k - 1] <= v)); // expect: true
const shared = new Float64Array(600);
for (let k = 0; k < 600; k++) shared[k] = k;
new Uint8Array(shared.buffer).set(shared); // overlapping, through a copy
print(new Uint8Array(shared.buffer).subarray(0, 600).every((v, k) => v === (k & 255))); // expect: true

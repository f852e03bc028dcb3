// SPDX-License-Identifier: MIT
const a = new Int32Array(new SharedArrayBuffer(16)), b = new Uint8Array(4), c = new BigInt64Array(2);
print(Atomics.add(a, 0, 5), Atomics.sub(a, 0, 2), Atomics.or(a, 0, 12), Atomics.and(a, 0, 6), Atomics.xor(a, 0, 3), Atomics.load(a, 0));
print(Atomics.store(b, 1, 300), Atomics.exchange(b, 1, 7), Atomics.compareExchange(b, 1, 7, 9), Atomics.compareExchange(b, 1, 7, 1), b[1]);
print(Atomics.add(c, 0, 2n ** 63n), Atomics.load(c, 0), Atomics.isLockFree(4), Atomics.isLockFree(3));
print(Atomics.wait(a, 0, 99), Atomics.wait(a, 0, a[0], 1), Atomics.notify(a, 0), Atomics.pause());
for (const f of [() => Atomics.add(a, 4, 1), () => Atomics.wait(new Int32Array(1), 0, 0), () => Atomics.pause(1.5)]) {
  try { f(); } catch (e) { print(e.name); }
}
// expect: 0 5 3 15 6 5
// expect: 300 44 7 9 9
// expect: 0 -9223372036854775808 true false
// expect: not-equal timed-out 0 undefined
// expect: RangeError
// expect: TypeError
// expect: TypeError

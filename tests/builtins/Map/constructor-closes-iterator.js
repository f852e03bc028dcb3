// SPDX-License-Identifier: MIT
let closed = 0;
const iterable = { [Symbol.iterator]() { return { next() { return { value: 5, done: false }; }, return() { closed++; return {}; } }; } };
try { new Map(iterable); } catch (e) { print(e.message, closed); }
class Sub extends Map { set(k, v) { return super.set(k, v * 2); } }
print([...new Sub([['a', 1]])].join());
const big = new Map();
for (let k = 0; k < 100000; k++) big.set('k' + k, k);
let sum = 0;
big.forEach((v) => { sum += v; });
print(big.size, sum);
for (let k = 0; k < 100000; k += 2) big.delete('k' + k);
print(big.size, big.get('k1'), big.get('k2'), [...big.keys()][1]);
// expect: Iterator value 5 is not an entry object 1
// expect: a,2
// expect: 100000 4999950000
// expect: 50000 1 undefined k3

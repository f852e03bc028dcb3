// SPDX-License-Identifier: MIT
print('start'); // expect: start
const value = await Promise.resolve(42);
print(value); // expect: 42
const ns = await import('./lib/counter.mjs');
print(ns.count, (await import('./lib/counter.mjs')) === ns); // expect: 1 true
try {
  await import('./lib/absent.mjs');
} catch (error) {
  print(error.message); // expect: The requested module './lib/absent.mjs' was not loaded
}
for await (const x of [1, Promise.resolve(2)])
  print(x);
// expect: 1
// expect: 2

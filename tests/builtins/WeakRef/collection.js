// SPDX-License-Identifier: MIT
// What only weak references hold dies; what an ephemeron's live key holds does not. `gc` is the engine's own.
const registry = new FinalizationRegistry((held) => cleaned.push(held));
const cleaned = [];
const weakMap = new WeakMap(), kept = { name: 'kept' };
let refs = [];
(function fill() {
  for (let k = 0; k < 100; k++) {
    const target = { k };
    refs.push(new WeakRef(target));
    registry.register(target, k);
  }
  weakMap.set(kept, { chain: {} });
  weakMap.set(weakMap.get(kept).chain, 'end of chain');
})();
const token = {};
(function () { registry.register({}, 'never', token); })();
print(registry.unregister(token), registry.unregister(token));
Promise.resolve().then(() => {}).then(() => {
  // Stale stack words may keep a few alive: most must be gone.
  $262.gc();
  print(refs.filter((ref) => ref.deref() === undefined).length > 80);
  print(weakMap.get(weakMap.get(kept).chain));
}).then(() => {}).then(() => print(cleaned.length > 80, cleaned.includes('never')));
// expect: true false
// expect: true
// expect: end of chain
// expect: true false

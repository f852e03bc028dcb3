// SPDX-License-Identifier: MIT
for (const [name, run] of Object.entries({
  freeze: () => Object.freeze(new Uint8Array(1)), // expect: freeze TypeError: Cannot freeze array buffer views with elements
  seal: () => Object.seal(new Float64Array(2)), // expect: seal TypeError: Cannot seal array buffer views with elements
  empty: () => Object.isFrozen(Object.freeze(new Uint8Array())), // expect: empty true
  view: () => Object.isFrozen(Object.freeze(new DataView(new ArrayBuffer(4)))), // expect: view true
  atomics: () => Atomics.add(new Float32Array(1), 0, 0), // expect: atomics TypeError: [object Float32Array] is not an integer typed array.
})) {
  let said;
  try {
    said = run();
  } catch (error) {
    said = error;
  }
  print(name, String(said));
}

// SPDX-License-Identifier: MIT
// Blocks without bindings lie between the scopes of a function: they are no hops.
function outer() {
  var lib = (x) => x;
  var other = 5;
  return function f(o) {
    const c = o;
    const g = (p) => p === c;
    let acc;
    if (g) {
      for (const p of o) {
        if (!lib(p.name)) { continue; }
        const q = lib(p);
        acc = lib(q);
      }
    }
    if (acc) { return lib(acc); }
    return other;
  };
}
print(outer()([{ name: 1 }, { name: 0 }]).name); // expect: 1
print(outer()([])); // expect: 5

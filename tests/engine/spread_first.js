// SPDX-License-Identifier: MIT
// Literals that begin with a spread: copies that share the source's shape, and sources whose copies do not.
const show = o => JSON.stringify(o) + Object.getOwnPropertySymbols(o).length;
const copy = o => ({ ...o });
const more = o => ({ ...o, extra: 1, a: 'over' });
const sym = Symbol('s');
class Secret { #hidden = 1; shown = 2; static has(o) { return #hidden in o; } }
class Plain extends Object {}
const frozen = Object.freeze({ a: 1, b: 2 });
const accessor = { get a() { return 'got'; }, b: 2 };
const hidden = Object.defineProperty({ a: 1, b: 2 }, 'b', { enumerable: false });
const readonly = Object.defineProperty({ a: 1, b: 2 }, 'b', { writable: false });
const deleted = { a: 1, b: 2, c: 3 };
delete deleted.b;
const many = {};
for (let i = 0; i < 30; i++)
  many['k' + i] = i;
const used = { a: 1 };
Object.create(used);
const sources = [
  { a: 1, b: 2 }, { a: 1, b: 2, [sym]: 3 }, { a: 1, 0: 'zero' }, frozen, accessor, hidden, readonly, deleted,
  Object.create({ inherited: 1 }, { own: { value: 1, enumerable: true } }), Object.create(null), new Secret(), new Plain(),
  [1, 2], 'str', 5, null, undefined, true, many, used, () => 1, new Proxy({ a: 1 }, {}), new Map(),
];
for (const source of sources) {
  copy(source), more(source);
  const one = copy(source), two = more(source);
  print(show(one), Object.keys(two).length, two.a, Object.getPrototypeOf(one) === Object.prototype, one !== source);
}
// expect: {"a":1,"b":2}0 3 over true true
// expect: {"a":1,"b":2}1 3 over true true
// expect: {"0":"zero","a":1}0 3 over true true
// expect: {"a":1,"b":2}0 3 over true true
// expect: {"a":"got","b":2}0 3 over true true
// expect: {"a":1}0 2 over true true
// expect: {"a":1,"b":2}0 3 over true true
// expect: {"a":1,"c":3}0 3 over true true
// expect: {"own":1}0 3 over true true
// expect: {}0 2 over true true
// expect: {"shown":2}0 3 over true true
// expect: {}0 2 over true true
// expect: {"0":1,"1":2}0 4 over true true
// expect: {"0":"s","1":"t","2":"r"}0 5 over true true
// expect: {}0 2 over true true
// expect: {}0 2 over true true
// expect: {}0 2 over true true
// expect: {}0 2 over true true
// expect: {"k0":0,"k1":1,"k2":2,"k3":3,"k4":4,"k5":5,"k6":6,"k7":7,"k8":8,"k9":9,"k10":10,"k11":11,"k12":12,"k13":13,"k14":14,"k15":15,"k16":16,"k17":17,"k18":18,"k19":19,"k20":20,"k21":21,"k22":22,"k23":23,"k24":24,"k25":25,"k26":26,"k27":27,"k28":28,"k29":29}0 32 over true true
// expect: {"a":1}0 2 over true true
// expect: {}0 2 over true true
// expect: {"a":1}0 2 over true true
// expect: {}0 2 over true true
print(Secret.has(copy(new Secret()))); // expect: false
// The copies are writable, extensible, and nothing of the source's.
const written = copy(frozen);
written.a = 5;
written.c = 6;
print(show(written), show(frozen)); // expect: {"a":5,"b":2,"c":6}0 {"a":1,"b":2}0
const wide = copy(many);
wide.k29 = 'changed';
print(many.k29, wide.k29); // expect: 29 changed
// Order, later spreads, and names that the copy has already.
print(show({ ...{ b: 1, a: 2 }, ...{ c: 3, b: 4 }, a: 5 })); // expect: {"b":4,"a":5,"c":3}0
const withGetter = { a: 1, b: 2 };
const first = o => ({ ...o });
first(withGetter), first(withGetter);
Object.defineProperty(withGetter, 'b', { get() { return 'getter'; } });
print(show(first(withGetter))); // expect: {"a":1,"b":"getter"}0
let thrown = '';
try {
  first({ get a() { throw new Error('thrown'); } });
} catch (error) {
  thrown = error.message;
}
print(thrown); // expect: thrown
let x = { n: 1 };
for (let i = 0; i < 5; i++)
  x = { ...x, n: x.n * 2, ['p' + i]: i };
print(show(x)); // expect: {"n":32,"p0":0,"p1":1,"p2":2,"p3":3,"p4":4}0

// SPDX-License-Identifier: MIT
// A derived class without a constructor passes on what it was given, as it was given.
class A { constructor(...args) { this.args = args; this.target = new.target.name; } }
class B extends A { field = this.args.length; }
class C extends B {}
for (const list of [[], [1], [1, undefined], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]) {
  const c = new C(...list);
  print(c.args.length, String(c.args), c.field, c.target, c instanceof B);
}
// expect: 0  0 C true
// expect: 1 1 1 C true
// expect: 2 1, 2 C true
// expect: 10 1,2,3,4,5,6,7,8,9,10 10 C true
class L extends Array {}
print(new L(3).length, new L(1, 2).join(), Reflect.construct(C, [7], class D {}).target); // expect: 3 1,2 D
const original = Array.prototype[Symbol.iterator];
Array.prototype[Symbol.iterator] = () => { throw new Error('not asked'); }; // no iteration is involved
print(new C('x', 'y').args.length); // expect: 2
Array.prototype[Symbol.iterator] = original;
class Null extends null {}
for (const f of [() => C(), () => new Null(), () => { Object.setPrototypeOf(C, {}); new C(); }]) try { f(); print('no'); } catch (e) { print(e.name); }
// expect: TypeError
// expect: TypeError
// expect: TypeError
class Deep extends (class extends (class extends A {}) {}) {}
print(new Deep(1, 2).args.join()); // expect: 1,2

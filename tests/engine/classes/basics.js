// SPDX-License-Identifier: MIT
class A {
  #p = 1; static #count = 0; x = this.#p + 1; static s = 'static'; ['c' + 1] = 'computed';
  constructor(y) { this.y = y; A.#count++; }
  get p() { return this.#p; } set p(v) { this.#p = v; }
  #secret() { return 'secret' + this.#p; } reveal() { return this.#secret(); }
  static get count() { return A.#count; }
  static { this.block = this.s + '!'; }
  has(o) { return #p in o; }
  get #acc() { return this.y; } set #acc(v) { this.y = v * 2; }
  bump() { this.#acc = this.#acc + 1; return this.y; }
}
var a = new A(5);
print(a.x, a.y, a.p, a.c1, a.reveal(), A.count, A.block, a.has(a), a.has({}), a.bump());
a.p = 7; print(a.p, a.reveal());
class B extends A {
  z = super.p;
  constructor() { super(10); this.w = new.target === B; }
  get p() { return 'B' + super.p; } reveal() { return super.reveal() + '?'; }
  static make() { return new this(); }
}
var b = B.make();
print(b.z, b.w, b.p, b.reveal(), b instanceof A, B.s, Object.getPrototypeOf(B) === A);
class C extends B {}
print(new C().y, C.name, new C().constructor === C);
class D extends Array { get last() { return this[this.length - 1]; } }
var d = new D(); d.push(1, 2, 3); print(d.length, d.last, d instanceof D, Array.isArray(d), d.map((x) => x * 2) instanceof D);
class E extends Error { constructor(m) { super(m); this.name = 'E'; } }
try { throw new E('boom'); } catch (e) { print(e.name, e.message, e instanceof E, e instanceof Error, String(e)); }
try { Object.getOwnPropertyDescriptor(A.prototype, 'p').get.call({}); } catch (e) { print(e.name + ': ' + e.message); }
print(typeof A, Object.getOwnPropertyNames(A.prototype).join(), Object.keys(a).join());
var K = class Named { static n() { return Named.name; } }; print(K.name, K.n());
var An = class {}; print(An.name);
print(new (class { constructor() { return { r: 1 }; } })().r);
function F() { if (!new.target) return new F(); this.v = 1; } F.prototype.m = function () { return this.v; };
print(F().m(), new F().v);
class G { static async *gen() {} static async am() {} *g() { yield 1; } }
print([...new G().g()].join(), G.am() instanceof Promise);
// expect: 2 5 1 computed secret1 1 static! true false 12
// expect: 7 secret7
// expect: 1 true B1 secret1? true static true
// expect: 10 C true
// expect: 3 3 true true true
// expect: E boom true true E: boom
// expect: TypeError: Cannot read private member #p from an object whose class did not declare it
// expect: function constructor,p,reveal,has,bump x,c1,y
// expect: Named Named
// expect: An
// expect: 1
// expect: 1 1
// expect: 1 true

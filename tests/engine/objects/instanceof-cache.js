// SPDX-License-Identifier: MIT
// A site of instanceof that has seen its target sees what changes about it.
function F() {}
class A {}
class B extends A {}
const test = (value, target) => value instanceof target;
const f = new F(), b = new B();
print(test(f, F), test(f, F), test({}, F), test(1, F), test(b, A), test(b, A), test(b, B), test(Object.create(b), B));
F.prototype = { changed: true };
print(test(f, F), test(new F(), F), test(new F(), F));
Object.setPrototypeOf(B.prototype, null);
print(test(b, A), test(b, A), test(b, B));
for (let k = 0; k < 3; k++)
  print(test(b, B), test(new Proxy(b, { getPrototypeOf: () => A.prototype }), A));
Object.defineProperty(B, Symbol.hasInstance, { value: (x) => x === 'yes' });
print(test('yes', B), test(b, B));
class C {}
print(test(new C(), C), test(new C(), C));
Object.setPrototypeOf(C, { [Symbol.hasInstance]: () => 0 });
print(test(new C(), C));
C.prototype.x = 1;
function G() {}
print(test(f, G), test(new G(), G));
G.prototype = 3;
for (let k = 0; k < 2; k++) {
  try {
    print(test(1, G));
    test({}, G);
  } catch (e) {
    print(e.message);
  }
}
const arrow = () => 1;
try {
  test({}, arrow);
} catch (e) {
  print(e.message);
}
class D { static get [Symbol.hasInstance]() { print('got'); return undefined; } }
print(test(new D(), D), test({}, D));
const bound = F.bind(null);
print(test(new F(), bound), test({}, bound));
class P {}
class Q extends P {}
print(test(new Q(), P), test(new Q(), P));
Object.defineProperty(P, Symbol.hasInstance, { value: () => false });
print(test(new Q(), P), test(new Q(), Q));
// expect: true true false false true true true true
// expect: false true true
// expect: false false true
// expect: true true
// expect: true true
// expect: true true
// expect: true false
// expect: true true
// expect: false
// expect: false true
// expect: false
// expect: Function has non-object prototype '3' in instanceof check
// expect: false
// expect: Function has non-object prototype '3' in instanceof check
// expect: Function has non-object prototype 'undefined' in instanceof check
// expect: got
// expect: got
// expect: true false
// expect: true false
// expect: true true
// expect: false false

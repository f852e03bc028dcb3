// SPDX-License-Identifier: MIT
var o = { a: {}, n: null };
function t(f) { try { f(); print('no error'); } catch (e) { print(e.name + ': ' + e.message); } }
t(() => o.b());
t(() => o.a.b());
t(() => undef());
t(() => o.n.x);
t(() => { o.n.x = 1; });
t(() => o.u.x);
t(() => new o.a());
t(() => new o.b());
t(() => { let x = 1; x(); });
t(() => { const c = 1; c = 2; });
t(() => { x; let x; });
t(() => null[Symbol.iterator]);
t(() => { class A {} A(); });
t(() => { class A extends null {} new A(); });
t(() => { class A extends 5 {} });
t(() => { class B extends Object { constructor() { } } new B(); });
t(() => { var [a] = null; });
t(() => { var { a } = undefined; });
t(() => { for (var x of 5); });
t(() => { 'x' in 'abc'; });
t(() => { ({}) instanceof 5; });
t(() => { Symbol() + ''; });
t(() => { 1n + 1; });
// expect: TypeError: o.b is not a function
// expect: TypeError: o.a.b is not a function
// expect: ReferenceError: undef is not defined
// expect: TypeError: Cannot read properties of null (reading 'x')
// expect: TypeError: Cannot set properties of null (setting 'x')
// expect: TypeError: Cannot read properties of undefined (reading 'x')
// expect: TypeError: o.a is not a constructor
// expect: TypeError: o.b is not a constructor
// expect: TypeError: x is not a function
// expect: TypeError: Assignment to constant variable.
// expect: ReferenceError: Cannot access 'x' before initialization
// expect: TypeError: object null is not iterable (cannot read property Symbol(Symbol.iterator))
// expect: TypeError: Class constructor A cannot be invoked without 'new'
// expect: TypeError: Super constructor null of A is not a constructor
// expect: TypeError: Class extends value 5 is not a constructor or null
// expect: ReferenceError: Must call super constructor in derived class before accessing 'this' or returning from derived constructor
// expect: TypeError: null is not iterable
// expect: TypeError: Cannot destructure property 'a' of 'undefined' as it is undefined.
// expect: TypeError: 5 is not iterable
// expect: TypeError: Cannot use 'in' operator to search for 'x' in abc
// expect: TypeError: Right-hand side of 'instanceof' is not an object
// expect: TypeError: Cannot convert a Symbol value to a string
// expect: TypeError: Cannot mix BigInt and other types, use explicit conversions

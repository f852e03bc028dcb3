// SPDX-License-Identifier: MIT
var fs = [];
for (let i = 0; i < 3; i++) fs.push(() => i);
print(fs.map((f) => f()).join());
var gs = [];
for (var j = 0; j < 3; j++) gs.push(() => j);
print(gs.map((f) => f()).join());
function counter() { let n = 0; return { inc: () => ++n, get value() { return n; } }; }
var c = counter(), d = counter();
c.inc(); c.inc(); d.inc();
print(c.value, d.value);
for (const k of ['a', 'b']) fs.push(() => k);
print(fs[3](), fs[4]());
for (let i = 0, n = 2; i < n; i++) { fs.push(() => { i += 10; return i; }); }
print(fs[5](), fs[5](), fs[6]());
function outer(a) { return function mid(b) { return function inner(c) { return a + b + c; }; }; }
print(outer(1)(2)(3));
{ function hoisted() { return 'h'; } }
print(hoisted());
try { throw 1; } catch (e) { var g = () => e; }
print(g());
(function () { print(typeof later, later()); function later() { return 'later'; } })();
try { switch (1) { case 0: let z; case 1: z = 5; print(z); } } catch (err) { print(err.message); }
// expect: 0,1,2
// expect: 3,3,3
// expect: 2 1
// expect: a b
// expect: 10 20 11
// expect: 6
// expect: h
// expect: 1
// expect: function later
// expect: Cannot access 'z' before initialization

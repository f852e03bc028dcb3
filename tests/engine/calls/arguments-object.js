// SPDX-License-Identifier: MIT
// What an arguments object has, in which order, and how it is tied to parameters.
function sloppy(a, b) { return arguments; }
function strict(a, b) { 'use strict'; return arguments; }
const describe = (o) => Reflect.ownKeys(o).map((k) => {
  const d = Object.getOwnPropertyDescriptor(o, k);
  return String(k) + ':' + ('value' in d ? (d.writable ? 'w' : '-') : 'a') + (d.enumerable ? 'e' : '-') + (d.configurable ? 'c' : '-');
}).join(' ');
console.log(describe(sloppy(1, 2, 3)));
// expect: 0:wec 1:wec 2:wec length:w-c callee:w-c Symbol(Symbol.iterator):w-c
console.log(describe(strict(1)));
// expect: 0:wec length:w-c callee:a-- Symbol(Symbol.iterator):w-c
console.log(describe(sloppy()), sloppy().callee === sloppy, [...sloppy(1, 2)].join(), Object.prototype.toString.call(strict()));
// expect: length:w-c callee:w-c Symbol(Symbol.iterator):w-c true 1,2 [object Arguments]
try { strict().callee; } catch (e) { console.log(e.name); }
// expect: TypeError
function tied(a, b) { a = 'A'; arguments[1] = 'B'; arguments[2] = 'C'; arguments.length = 3; return [a, b, ...arguments].join(); }
console.log(tied(1, 2), tied(1));
// expect: A,B,A,B,C A,,A,B,C
const o = sloppy(1, 2); o.extra = 1; delete o.callee; o[7] = 7; Object.freeze(o); o[0] = 5; o[9] = 1; o.length = 9;
console.log(describe(o), o[0]);
// expect: 0:-e- 1:-e- 7:-e- length:--- extra:-e- Symbol(Symbol.iterator):--- 1

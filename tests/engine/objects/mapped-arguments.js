// SPDX-License-Identifier: MIT
// A mapped arguments property stays mapped when it loses attributes other than writable.
function f(a) {
  Object.defineProperty(arguments, '0', { configurable: false });
  a = 2;
  print(arguments[0], Object.getOwnPropertyDescriptor(arguments, '0').configurable); // expect: 2 false
  try { (() => { 'use strict'; delete arguments[0]; })(); } catch (e) { print(e.name); } // expect: TypeError
  Object.defineProperty(arguments, '0', { writable: false });
  a = 3;
  print(arguments[0]); // expect: 2
}
f(1);
function g(a, b) {
  arguments[1] = 'x';
  delete arguments[0];
  a = 5;
  print(b, arguments[0], arguments.length, Object.keys(arguments).join()); // expect: x undefined 2 1
}
g(1, 2);

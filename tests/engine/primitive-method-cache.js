// SPDX-License-Identifier: MIT
// Cached methods of primitives notice what happens to their prototypes.
function call(v) { return v.probe(); }
function at(v, k) { return v.charCodeAt(k); }
String.prototype.probe = function () { 'use strict'; return typeof this + ':' + this; };
Number.prototype.probe = String.prototype.probe;
for (let k = 0; k < 20; k++) { call('a'); call(1); at('abc', 1); }
print(call('a'), call(1)); // expect: string:a number:1
String.prototype.probe = () => 'changed';
print(call('a'), call(2)); // expect: changed number:2
delete String.prototype.probe;
Object.prototype.probe = () => 'inherited';
print(call('a')); // expect: inherited
const original = String.prototype.charCodeAt;
String.prototype.charCodeAt = () => -1;
print(at('abc', 1)); // expect: -1
String.prototype.charCodeAt = original;
print(at('abc', 1)); // expect: 98
Object.defineProperty(String.prototype, 'probe', { get() { return () => 'got'; }, configurable: true });
print(call('a'), call('b')); // expect: got got
String.prototype[0] = 'zero';
print('abc'[0], ''[0], [, 1][0]); // expect: a zero undefined
delete String.prototype[0];
Object.setPrototypeOf(Number.prototype, { probe: () => 'other' });
delete Number.prototype.probe;
print(call(1)); // expect: other

// SPDX-License-Identifier: MIT
function sum() { var s = 0; for (var i = 0; i < arguments.length; i++) s += arguments[i]; return s; }
print(sum(), sum(1), sum(1, 2, 3, 4));
function few(a, b, c) { return [a, b, c].join(); }
print(few(1), few(1, 2, 3, 4, 5));
function rest(a, ...r) { return a + ':' + r.join() + ':' + r.length; }
print(rest(), rest(1), rest(1, 2, 3));
function defaults(a, b = a + 1, c = b * 2) { return a + b + c; }
print(defaults(1), defaults(1, 5), defaults(1, undefined, 0));
function mapped(a, b) { arguments[0] = 9; b = 7; return a + ',' + arguments[1] + ',' + arguments.length; }
print(mapped(1, 2), mapped(1));
function unmapped(a) { 'use strict'; arguments[0] = 9; return a; }
print(unmapped(1));
print(((a, b) => a - b)(5, 3), (function () { return typeof this; })(), (function () { 'use strict'; return typeof this; })());
print(sum(...[1, 2], 3, ...[4]), Math.max(...[3, 9, 2]));
function callee() { return arguments.callee === callee; }
print(callee(), few.length, rest.length, defaults.length, few.name, (() => {}).name === '');
print(sum.call(null, 1, 2), sum.apply(null, [1, 2, 3]), sum.bind(null, 10)(1));
// expect: 0 1 10
// expect: 1,, 1,2,3
// expect: undefined::0 1::0 1:2,3:2
// expect: 7 16 3
// expect: 9,7,2 9,undefined,1
// expect: 1
// expect: 2 object undefined
// expect: 10 9
// expect: true 3 1 1 few true
// expect: 3 6 11

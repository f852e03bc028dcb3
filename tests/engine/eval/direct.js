// SPDX-License-Identifier: MIT
var g = 'global';
function f(a) { var l = 'local'; eval('var added = a + 1; l = "changed"'); return [added, l, eval('a * 2'), eval('g'), (0, eval)('typeof l')].join(); }
print(f(5));
function strict() { 'use strict'; eval('var x = 1'); return typeof x; } print(strict());
print(eval('1; if (true) { 2 }'), eval('var q = 3; q'), q, eval('({a: 1})').a, eval('function ev() { return 7 } ev()'));
print(typeof ev, (function () { return eval('this') === this; }).call({}), eval('let z = 4; z'), typeof z);
function inner() { var x = 1; return eval('(() => { x++; return x; })'); } var h = inner(); print(h(), h());
function args() { return eval('arguments.length'); } print(args(1, 2, 3));
class A { m() { return eval('super.toString === Object.prototype.toString'); } n() { return eval('new.target'); } } print(new A().m(), new A().n());
try { eval('var 1x'); } catch (e) { print(e.name); }
with ({ g: 'with', w: 1 }) { print(g, w); w = 2; var wv = 'wv'; }
print(wv, typeof w);
var uns = { a: 1, [Symbol.unscopables]: { a: true } }; var a = 'outer'; with (uns) { print(a); }
var fn = new Function('a', 'b', 'return a + b'); print(fn(1, 2), fn.name, String(fn).replace(/\n/g, '|'));
(function () { var v = 1; eval('var v = 2; function v2() { return v; }'); print(v, v2()); })();
print(typeof eval('(class {})'), eval(''), eval(5), eval('"use strict"; var s1 = 1; s1'), typeof s1);
var globalLet; { let block = 'b'; eval('globalLet = block'); } print(globalLet);
print(delete globalThis.q, typeof q, delete globalThis.g, typeof g);
(function (x = eval('1 + 1')) { print(x); })();
// expect: 6,changed,10,global,undefined
// expect: undefined
// expect: 2 3 3 1 7
// expect: function true 4 undefined
// expect: 2 3
// expect: 3
// expect: true undefined
// expect: SyntaxError
// expect: with 1
// expect: wv undefined
// expect: outer
// expect: 3 anonymous function anonymous(a,b|) {|return a + b|}
// expect: 2 2
// expect: function undefined 5 1 undefined
// expect: b
// expect: true undefined false string
// expect: 2

// SPDX-License-Identifier: MIT
// arguments.length alone needs no arguments object; whatever else is done with `arguments` does.
const show = (...list) => console.log(list.join(' '));

function count() { return arguments.length; }
show(count(), count(1), count(1, 2, 3), count.apply(null, new Array(7)), count(...[1, 2]));
// expect: 0 1 3 7 2

function strict(a, b) { 'use strict'; a = 9; return arguments.length + ':' + (arguments.length > 1 ? b : 'none'); }
show(strict(), strict(1), strict(1, 2), strict(1, 2, 3));
// expect: 0:none 1:none 2:2 3:2

function changed() { arguments.length = 5; return arguments.length; }
function updated() { arguments.length++; ++arguments.length; return arguments.length; }
function removed() { delete arguments.length; return arguments.length; }
function aliased() { const list = arguments; list.length = 'x'; return arguments.length; }
function patterned() { [arguments.length] = [8]; return arguments.length; }
function inParens() { (arguments.length) = 4; return arguments.length; }
function looped() { for (arguments.length of [1, 2, 3]); return arguments.length; }
function keyed() { ({ a: arguments.length, ...arguments.rest } = { a: 6, b: 7 }); return arguments.length + arguments.rest.b; }
function called() { arguments.length = function() { return this === arguments[0]; }; return typeof arguments.length(); }
show(changed(1), updated(1), removed(1), aliased(1), patterned(1), inParens(1), looped(1), keyed(1), called(1));
// expect: 5 3  x 8 4 3 13 boolean

function inArrow(a) { return (() => arguments.length)(1, 2, 3) + ((b = arguments.length) => b)(); }
function mixed() { return (() => arguments.length)() * 10 + arguments.length; }
show(inArrow(1), mixed(1, 2));
// expect: 2 22

function parameter(arguments) { return arguments.length; }
function variable() { var arguments = 'four'; return arguments.length; }
function undefinedVariable() { var arguments; return arguments.length; }
function inner() { function arguments() {} return arguments.length; }
function block() { { let arguments = 'abc'; return arguments.length; } }
function byDefault(a = arguments.length, b = () => arguments.length) { return a + b() + arguments.length; }
function bodyVariable(a = 1) { var arguments; return arguments.length; }
show(parameter('abc'), variable(), undefinedVariable(1), inner(1), block(), byDefault(), byDefault(undefined, undefined, 3), bodyVariable(1, 2));
// expect: 3 4 1 0 3 0 9 2

function evaluated(code) { return eval(code); }
function evaluatedInArrow(code) { return (() => eval(code))(); }
function evaluatedBeside(code) { eval(code); return arguments.length; }
const indirect = (0, eval)('(function() { return arguments.length; })');
show(evaluated('arguments.length'), evaluatedInArrow('arguments.length', 2), evaluatedBeside('arguments.length = 3'), evaluatedBeside('var arguments = [1, 2]'), indirect(1, 2));
// expect: 1 2 3 2 2

const within = new Function('o', 'with (o) { return arguments.length; }');
show(within({}), within({ arguments: 'abcd' }));
// expect: 1 4

function* generated(a) { yield arguments.length; yield arguments.length + 1; }
async function waited() { await 0; return arguments.length; }
class C { constructor() { this.n = arguments.length; } static s() { return arguments.length; } get g() { return arguments.length; } }
class D extends C { constructor() { super(1, ...arguments, arguments.length); } }
class E extends C { constructor() { const n = arguments.length; super(n); this.m = n; } }
show([...generated(1, 2)], new C(1, 2).n, C.s(1), new C().g, new D(1).n, new E(1, 2, 3).m, Reflect.construct(C, [1, 2]).n);
// expect: 2,3 2 1 0 3 3 2

const optional = function() { return arguments?.length + arguments.length; };
const object = { method() { return arguments.length; }, set prop(v) { this.n = arguments.length; } };
object.prop = 1;
show(optional(1), object.method(1), object.n, new (function() { this.n = arguments.length; })(1, 2).n, [5, 6].map(count));
// expect: 2 1 1 2 3,3

function longer(first) {
  // A function of some length is parsed again at its first call.
  const text = 'abcdefghijklmnopqrstuvwxyz'.split('').map((letter) => letter.toUpperCase()).join('-').slice(0, 3);
  if (arguments.length === 0) return text + ' none';
  if (arguments.length === 1) return text + ' one ' + first;
  return text + ' many ' + arguments.length;
}
show(longer(), longer('x'), longer(1, 2, 3));
// expect: A-B none A-B one x A-B many 3
waited(1, 2).then((n) => show(n));
// expect: 2

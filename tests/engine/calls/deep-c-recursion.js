// SPDX-License-Identifier: MIT
// modes: interp
// Recursion through C code is caught like any other.
function caught(name, f) { try { f(); print(name, 'no error'); } catch (e) { print(name, e instanceof RangeError); } }
caught('getter', function f() { ({ get x() { return f(); } }).x; }); // expect: getter true
caught('proxy', function f() { new Proxy({}, { get() { return f(); } }).x; }); // expect: proxy true
caught('toString', function f() { '' + { toString() { return f(); } }; }); // expect: toString true
caught('sort', function f() { [1, 2].sort(f); }); // expect: sort true
caught('replace', function f() { 'a'.replace(/a/, f); }); // expect: replace true
caught('apply', function f() { f.apply(null, [1]); }); // expect: apply true
caught('bind', function f() { f.bind(null)(); }); // expect: bind true
caught('construct', function f() { Reflect.construct(f, []); }); // expect: construct true
caught('generator', function f() { for (var x of (function* () { f(); })()); }); // expect: generator true
caught('json', function f() { JSON.stringify({ toJSON: f }); }); // expect: json true
caught('eval', function f() { eval('f()'); }); // expect: eval true
caught('class', function () { class A { constructor() { new (class extends A {})(); } } new A(); }); // expect: class true
caught('spread', function f() { f(...[1, 2, 3]); }); // expect: spread true
caught('arguments', function f() { return f(...arguments, 1); }); // expect: arguments true
var nested = []; for (var i = 0; i < 100000; i++) nested = [nested];
caught('json deep', () => JSON.stringify(nested)); // expect: json deep true
caught('flat', () => nested.flat(Infinity)); // expect: flat true
caught('source', () => eval('('.repeat(100000))); // expect: source true
caught('bound chain', () => { var b = () => 1; for (var i = 0; i < 1000000; i++) b = b.bind(null); b(); }); // expect: bound chain true

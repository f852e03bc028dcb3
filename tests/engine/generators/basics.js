// SPDX-License-Identifier: MIT
function* g(a) { var x = yield a; print('got', x); try { var y = yield x * 2; print('y', y); } finally { print('fin'); } return 'r'; }
var it = g(1);
print(JSON.stringify(it.next('ignored')), JSON.stringify(it.next(5)), JSON.stringify(it.next(6)), JSON.stringify(it.next()));
it = g(2); it.next(); it.next(1); print(JSON.stringify(it.return('early')), JSON.stringify(it.next()));
it = g(3); it.next(); it.next(1); try { it.throw(new Error('t')); } catch (e) { print(e.message); }
function* inner() { var r = yield 'i1'; print('inner got', r); yield 'i2'; return 'ret'; }
function* outer() { var r = yield* inner(); print('r', r); yield* [10, 20]; yield* 'ab'; }
it = outer(); print(it.next().value, it.next('v').value, it.next().value, it.next().value, it.next().value, it.next().value, it.next().done);
function* fibs() { var [a, b] = [0, 1]; for (;;) { yield a; [a, b] = [b, a + b]; } }
var out = []; for (var f of fibs()) { if (f > 50) break; out.push(f); } print(out.join());
print([...(function* () { yield 1; yield* [2, 3]; return 4; })()].join());
var o = { *m() { yield this.v; }, v: 'this' }; print(o.m().next().value);
function* cleanup() { try { yield 1; yield 2; } finally { print('closed'); } }
for (var v of cleanup()) { print(v); break; }
var [p] = cleanup(); print(p);
var run = (function* () { try { it2.next(); } catch (e) { print(e.message); } yield; }); var it2 = run(); it2.next();
print(Object.prototype.toString.call(g()), g.constructor.name, typeof g.prototype);
function* del() { try { yield* { [Symbol.iterator]() { return { next() { return { value: 1, done: false }; }, return(v) { print('ret', v); return { value: 'x', done: true }; } }; } }; } finally { print('f'); } }
it = del(); it.next(); print(JSON.stringify(it.return(7)));
function* args() { yield arguments.length; yield arguments[1]; } print([...args(1, 'two')].join());
function* def(a = print('param')) { print('body'); } it = def(); print('made'); it.next();
print([...(function* () { for (let i = 0; i < 3; i++) { yield () => i; } })()].map((f) => f()).join());
// expect: got 5
// expect: y 6
// expect: fin
// expect: {"value":1,"done":false} {"value":10,"done":false} {"value":"r","done":true} {"done":true}
// expect: got 1
// expect: fin
// expect: {"value":"early","done":true} {"done":true}
// expect: got 1
// expect: fin
// expect: t
// expect: inner got v
// expect: r ret
// expect: i1 i2 10 20 a b true
// expect: 0,1,1,2,3,5,8,13,21,34
// expect: 1,2,3
// expect: this
// expect: 1
// expect: closed
// expect: closed
// expect: 1
// expect: Generator is already running
// expect: [object Generator] GeneratorFunction object
// expect: ret 7
// expect: f
// expect: {"value":"x","done":true}
// expect: 2,two
// expect: param
// expect: made
// expect: body
// expect: 0,1,2

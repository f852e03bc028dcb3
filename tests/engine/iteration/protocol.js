// SPDX-License-Identifier: MIT
function make(log, n) { return { [Symbol.iterator]() { let i = 0; return { next() { log.push('n'); return { value: i, done: i++ >= n }; }, return() { log.push('r'); return {}; } }; } }; }
var log = []; for (var x of make(log, 3)); print(log.join(''));
log = []; for (var x of make(log, 3)) if (x === 1) break; print(log.join(''));
log = []; try { for (var x of make(log, 3)) throw 1; } catch (e) { } print(log.join(''));
log = []; var [a, b] = make(log, 5); print(a, b, log.join(''));
log = []; var [a, ...r] = make(log, 3); print(a, r.join(), log.join(''));
log = []; var [] = make(log, 3); print(log.join(''));
log = []; outer: for (var i of [1, 2]) for (var x of make(log, 3)) continue outer; print(log.join(''));
log = []; (function () { for (var x of make(log, 3)) return; })(); print(log.join(''));
print([...make([], 3)].join(), Math.max(...make([], 4)));
var o = { a: 1, b: 2, __proto__: { c: 3, b: 4 } }; var ks = []; for (var k in o) { ks.push(k); } print(ks.join());
ks = []; for (var k in [5, 6]) ks.push(typeof k + k); print(ks.join());
ks = []; for (var k in 'ab') ks.push(k); print(ks.join());
var d = { a: 1, b: 2, c: 3 }; ks = []; for (var k in d) { ks.push(k); delete d.b; } print(ks.join());
for (var k in null) print('never'); for (var k in undefined) print('never');
var arr = [1, 2]; ks = []; for (var v of arr) { ks.push(v); if (arr.length < 4) arr.push(v * 10); } print(ks.join());
ks = []; for (var v of 'a\u{1F600}b') ks.push(v.length); print(ks.join());
for (const [k, v] of Object.entries({ p: 1, q: 2 })) print(k, v);
ks = []; for (var v of [1, , 3]) ks.push(String(v)); print(ks.join());
var { a: x1, b: { c: x2 = 5 } = {}, ...others } = { a: 1, d: 4, e: 5 }; print(x1, x2, JSON.stringify(others));
var [p = 1, [q] = [2], , s = 4] = [undefined, undefined, 0]; print(p, q, s);
[a, b] = [b, a]; ({ x: arr[0], y: arr[1] } = { x: 'X', y: 'Y' }); print(arr.join());
function f({ a, b = 2 } = {}, [c] = [3]) { return [a, b, c].join(); } print(f(), f({ a: 1 }, [9]));
// expect: nnnn
// expect: nnr
// expect: nr
// expect: 0 1 nnr
// expect: 0 1,2 nnnn
// expect: r
// expect: nrnr
// expect: nr
// expect: 0,1,2 3
// expect: a,b,c
// expect: string0,string1
// expect: 0,1
// expect: a,c
// expect: 1,2,10,20
// expect: 1,2,1
// expect: p 1
// expect: q 2
// expect: 1,undefined,3
// expect: 1 5 {"d":4,"e":5}
// expect: 1 2 4
// expect: X,Y,10,20
// expect: ,2,3 1,2,9

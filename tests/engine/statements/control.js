// SPDX-License-Identifier: MIT
outer: for (var i = 0; i < 3; i++) { for (var j = 0; j < 3; j++) { if (j === 1) continue outer; if (i === 2) break outer; print(i, j); } }
function sw(x) { switch (x) { case 1: return 'one'; case 'a': return 'str'; case 2: case 3: return 'two-three'; default: return 'def'; case null: return 'null'; } }
print([1, 'a', 2, 3, null, undefined, '1', 4].map(sw).join());
function dense(x) { switch (x) { case 0: return 'a'; case 1: return 'b'; case 2: return 'c'; case 3: return 'd'; case 4: return 'e'; case 5: return 'f'; } return '-'; } print([0, 1, 2, 3, 4, 5, 6, -1, 1.5, '1'].map(dense).join(''));
var n = 0; do { n++; if (n === 2) continue; } while (n < 4); print(n);
while (true) { if (n-- < 0) break; } print(n);
for (;;) { break; } for (var a = 0, b = 10; a < b; a++, b--); print(a, b);
blk: { print('in'); if (true) break blk; print('not'); } print('out');
if (0) print('no'); else if ('') print('no'); else print('else');
for (var x in { a: 1 }) label: for (;;) { break label; } print(x);
var k = 0; for (const v of [1, 2, 3]) { switch (v) { case 2: continue; default: k += v; } } print(k);
let tdz = 'x'; { try { tdz; let tdz2 = tdz3; let tdz3; } catch (e) { print(e.message); } }
print(typeof hoistedVar, typeof hoistedFn); var hoistedVar = 1; function hoistedFn() {}
if (true) { function annexB() { return 'B'; } } print(annexB());
var y = 1; { let y = 2; { let y = 3; print(y); } print(y); } print(y);
for (let i = 0, f = () => i; i < 1; i++) { i = i; print(f()); }
{ using r = { [Symbol.dispose]() { print('disposed'); } }; print('using'); }
(async () => { await using r = { async [Symbol.asyncDispose]() { print('async disposed'); } }; print('await using'); })();
try { using a1 = { [Symbol.dispose]() { throw new Error('d1'); } }; using a2 = { [Symbol.dispose]() { throw new Error('d2'); } }; throw new Error('body'); } catch (e) { print(e.name, e.error.message, e.suppressed.name, e.suppressed.error.message, e.suppressed.suppressed.message); }
debugger; ;;; print(eval('1;;;'), eval('if(1){}'), eval('do { 5; break; } while(0)'));
// expect: 0 0
// expect: 1 0
// expect: one,str,two-three,two-three,null,def,def,def
// expect: abcdef----
// expect: 4
// expect: -2
// expect: 5 5
// expect: in
// expect: out
// expect: else
// expect: a
// expect: 4
// expect: Cannot access 'tdz3' before initialization
// expect: undefined function
// expect: B
// expect: 3
// expect: 2
// expect: 1
// expect: 0
// expect: using
// expect: disposed
// expect: await using
// expect: async disposed
// expect: SuppressedError d1 SuppressedError d2 body
// expect: 1 undefined 5

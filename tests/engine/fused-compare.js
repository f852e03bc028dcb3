// SPDX-License-Identifier: MIT
// Comparisons with small integers, tests that stand at a loop's end too, typeof in conditions, call and apply.
function rel(v) {
  return [v < 5, v <= 5, v > 5, v >= 5].map((b) => +b).join('') + [
    (() => { if (v < 5) return 1; return 0; })(), (() => { if (v <= 5) return 1; return 0; })(),
    (() => { if (v > 5) return 1; return 0; })(), (() => { if (v >= 5) return 1; return 0; })(),
    (() => { if (!(v < 5)) return 1; return 0; })(), (() => { if (!(v >= 5)) return 1; return 0; })(),
    (() => { if (v === 5) return 1; return 0; })(), (() => { if (v !== 5) return 1; return 0; })(),
  ].join('');
}
print(rel(4), rel(5), rel(6)); // expect: 110011000101 010101011010 001100111001
print(rel(4.5), rel(5.0), rel(NaN)); // expect: 110011000101 010101011010 000000001101
print(rel('4'), rel('x'), rel(5n), rel({ valueOf: () => 6 })); // expect: 110011000101 000000001101 010101011001 001100111001
print([0, -0, 1, '0', null].map((x) => { if (x === 0) return 'z'; return '-'; }).join('')); // expect: zz---
let log = [];
for (let i = 0; i < 6; i++) { if (i % 2) continue; log.push(i); }
for (let i = 5; i >= 0; i--) { if (i === 3) continue; if (i === 1) break; log.push(i); }
let w = 0;
while (w < 4) { w++; if (w === 2) continue; log.push('w' + w); }
do { w--; if (w === 2) continue; log.push('d' + w); } while (w > 0);
print(log.join()); // expect: 0,2,4,5,4,2,w1,w3,w4,d3,d1,d0
const shrinking = [1, 2, 3, 4, 5, 6];
let seen = 0;
for (let k = 0; k < shrinking.length; k++) { seen++; shrinking.pop(); }
print(seen, shrinking.length); // expect: 3 3
let limit = { n: 0, valueOf() { this.n++; return 3; } }, turns = 0;
for (let k = 0; k < limit; k++) turns++;
print(turns, limit.n); // expect: 3 4
const caught = (() => { let bad = { get length() { throw new RangeError('at the end'); } }, k = 0; try { while (k < bad.length) k++; } catch (e) { return e.message; } })();
print(caught); // expect: at the end
function kind(v) {
  const a = typeof v === 'function' ? 'f' : typeof v === 'object' ? 'o' : 'string' === typeof v ? 's' : typeof v == 'number' ? 'n' : '?';
  return a + (typeof v !== 'undefined' ? '' : 'u') + (typeof v != 'boolean' ? '' : 'b') + (typeof v === 'symbol' ? 'y' : '') + (typeof v === 'bigint' ? 'i' : '') + (typeof v === 'nonsense' ? '!' : '');
}
print([kind, null, {}, 'a', 1, 1.5, undefined, true, Symbol(), 1n].map(kind).join()); // expect: f,o,o,s,n,n,?u,?b,?y,?i
print(typeof nowhere === 'undefined', (() => { try { return typeof later === 'undefined'; } catch (e) { return e.name; } let later; })()); // expect: true ReferenceError
const show = (() => { 'use strict'; return function show(...args) { return String(this) + ':' + args.join() + ':' + arguments.length; }; })();
function two(a, b) { return [this === globalThis, a, b]; }
print(show.call(), show.call(1), show.call(1, 2, 3), show.apply(4), show.apply(4, null)); // expect: undefined::0 1::0 1:2,3:2 4::0 4::0
print(show.apply(5, [6, 7, 8]), show.apply(5, [, 9]), show.apply(5, { length: 2, 0: 'x' }), Reflect.apply(show, 6, [7])); // expect: 5:6,7,8:3 5:,9:2 5:x,:2 6:7:1
print(two.call(null, 1).join(), two.apply(undefined, [1, 2, 3]).join(), Reflect.apply(two, null, []).join()); // expect: true,1, true,1,2 true,,
for (const bad of [() => show.apply(1, 2), () => Reflect.apply(show, 1), () => Reflect.apply(1, 1, []), () => (class {}).call({})])
  try { bad(); print('no error'); } catch (e) { print(e.name); }
// expect: TypeError
// expect: TypeError
// expect: TypeError
// expect: TypeError
const o = { get a() { return 'A'; } }, key = Symbol('k');
o[key] = 'K';
const read = (k) => o[k];
print([0, 1, 2].map(() => read(key)).join() + read('a') + read('b') + read(undefined)); // expect: K,K,KAundefinedundefined
const write = (k, v) => { o[k] = v; };
for (let k = 0; k < 3; k++) write(key, k);
print(o[key]); // expect: 2

// SPDX-License-Identifier: MIT
function get(o) { return o.x; } function set(o, v) { o.x = v; }
var shapes = [{ x: 1 }, { y: 0, x: 2 }, { z: 0, x: 3 }, { w: 0, x: 4 }, { v: 0, x: 5 }, { u: 0, x: 6 }];
for (var r = 0; r < 3; r++) print(shapes.map(get).join());
shapes.forEach((o, i) => set(o, i)); print(shapes.map(get).join());
function P() {} P.prototype.x = 'proto'; var p = new P(), q = new P();
print(get(p), get(p)); q.x = 'own'; print(get(p), get(q)); P.prototype.x = 'changed'; print(get(p)); delete P.prototype.x; print(get(p)); Object.prototype.x = 'top'; print(get(p)); delete Object.prototype.x; print(get(p));
var acc = { get x() { return 'getter' + this.n; }, set x(v) { this.n = v; }, n: 0 };
for (var i = 0; i < 4; i++) { set(acc, i); print(get(acc)); }
Object.defineProperty(acc, 'x', { value: 'data', writable: false, configurable: true }); set(acc, 1); print(get(acc));
function len(o) { return o.length; } print(len([1, 2]), len('abc'), len({ length: 5 }), len(function (a, b) {}), len(new String('xy')));
function idx(o, k) { return o[k]; } print(idx([1, 2], 1), idx({ a: 1 }, 'a'), idx('abc', 1), idx([1], 5), idx({ 1: 'one' }, 1), idx([1, 2, 3], 'length'), idx({ '-1': 'neg' }, -1), idx([0.5], 0));
var s1 = Symbol('s'); print(idx({ [s1]: 'sym' }, s1));
function add(o) { o.a = 1; o.b = 2; o.c = 3; o.d = 4; o.e = 5; o.f = 6; return o; } for (var i = 0; i < 3; i++) print(JSON.stringify(add({})));
var frozen = Object.freeze({ x: 1 }); set(frozen, 2); print(get(frozen)); (function () { 'use strict'; try { frozen.x = 3; } catch (e) { print(e.message); } try { frozen.n = 3; } catch (e) { print(e.message); } })();
function setter(o) { o.val = 1; } class S { set val(v) { this.got = v; } } for (var i = 0; i < 3; i++) { var si = new S(); setter(si); print(si.got, 'val' in si, Object.keys(si).join()); }
var holder = {}; setter(holder); print(holder.val); Object.defineProperty(Object.prototype, 'val', { set(v) { this.trapped = v; }, configurable: true }); var h2 = {}; setter(h2); print(h2.trapped, Object.keys(h2).join()); delete Object.prototype.val;
var big = {}; for (var i = 0; i < 300; i++) big['k' + i] = i; print(big.k0, big.k299, Object.keys(big).length); delete big.k5; print('k5' in big, big.k6);
function glob() { return globalName; } globalThis.globalName = 1; print(glob()); globalName = 2; print(glob()); delete globalThis.globalName; try { glob(); } catch (e) { print(e.message); } globalThis.globalName = 3; print(glob());
var arr = []; for (var i = 0; i < 10; i++) arr[i] = i * i; arr[20] = 'x'; print(arr.length, arr.join('')); arr.length = 2; print(arr.join()); arr['1'] = 'one'; print(arr[1]);
print((5).constructor.name, 'x'.toUpperCase(), true.toString(), Symbol('d').description, 10n.toString());
var o1 = { a: 1, get b() { return 2; }, ['c' + 'd']: 3, 7: 'seven', e() { return 5; }, async f() {}, __proto__: { inherited: 'yes' } }; print(o1.a, o1.b, o1.cd, o1[7], o1.e(), o1.inherited, Object.keys(o1).join());
print(delete o1.a, 'a' in o1, delete o1.nope, o1?.x?.y.z, o1.e?.(), o1.nope?.(), null?.[1]);
print(JSON.stringify({ ...{ a: 1, b: 2 }, b: 3, ...null, ...'hi' }));
// expect: 1,2,3,4,5,6
// expect: 1,2,3,4,5,6
// expect: 1,2,3,4,5,6
// expect: 0,1,2,3,4,5
// expect: proto proto
// expect: proto own
// expect: changed
// expect: undefined
// expect: top
// expect: undefined
// expect: getter0
// expect: getter1
// expect: getter2
// expect: getter3
// expect: data
// expect: 2 3 5 2 2
// expect: 2 1 b undefined one 3 neg 0.5
// expect: sym
// expect: {"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}
// expect: {"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}
// expect: {"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}
// expect: 1
// expect: Cannot assign to read only property 'x' of object '#<Object>'
// expect: Cannot add property n, object is not extensible
// expect: 1 true got
// expect: 1 true got
// expect: 1 true got
// expect: 1
// expect: 1 trapped
// expect: 0 299 300
// expect: false 6
// expect: 1
// expect: 2
// expect: globalName is not defined
// expect: 3
// expect: 21 0149162536496481x
// expect: 0,1
// expect: one
// expect: Number X true d 10
// expect: 1 2 3 seven 5 yes 7,a,b,cd,e,f
// expect: true false true undefined 5 undefined undefined
// expect: {"0":"h","1":"i","a":1,"b":3}

// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print(/a/.test('cat') + ' ' + /z/.test('cat')); // expect: true false
print((() => { const r = /a/g; return [r.test('aa'), r.test('aa'), r.test('aa'), r.lastIndex].join(); })()); // expect: true,true,false,0
print((() => { const r = /a/; r.exec = () => ({}); return r.test('z'); })()); // expect: true
print(caught(() => { const r = /a/; r.exec = () => 1; r.test('z'); })); // expect: TypeError: RegExp exec method returned something other than an Object or null
print(caught(() => RegExp.prototype.test.call(1))); // expect: TypeError: Method RegExp.prototype.test called on incompatible receiver 1

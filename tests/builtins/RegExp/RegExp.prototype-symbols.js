// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print(/b/[Symbol.replace]('abc', 'x')); // expect: axc
print(/b/[Symbol.match]('abc').index); // expect: 1
print(/b/[Symbol.search]('abc')); // expect: 1
print(/b/[Symbol.split]('abc').join()); // expect: a,c
print([.../b/g[Symbol.matchAll]('abcb')].length); // expect: 2
print(RegExp.prototype[Symbol.match].name + RegExp.prototype[Symbol.split].length); // expect: [Symbol.match]2
print(caught(() => RegExp.prototype[Symbol.replace].call(1))); // expect: TypeError: Method RegExp.prototype.@@replace called on incompatible receiver 1
print((() => { class R extends RegExp { exec(s) { const m = super.exec(s); if (m) m[0] = m[0].toUpperCase(); return m; } } return 'abcb'.replace(new R('b', 'g'), '<$&>'); })()); // expect: a<B>c<B>
print((() => { class R extends RegExp { static get [Symbol.species]() { return class extends RegExp { exec(s) { globalThis.seen = 1; return super.exec(s); } }; } } return 'a-b'.split(new R('-')).join('+') + globalThis.seen; })()); // expect: a+b1
print((() => { const r = /a/g; let n = 0; r.exec = function (s) { return n++ < 2 ? { index: n, 0: 'q', length: 1 } : null; }; return 'zzzz'.replace(r, '<$&>'); })()); // expect: z<q><q>z
print((() => { const saved = RegExp.prototype.exec; RegExp.prototype.exec = function (s) { return null; }; const out = 'aaa'.replace(/a/g, 'b') + /a/.test('a') + 'aa'.match(/a/g); RegExp.prototype.exec = saved; return out; })()); // expect: aaafalsenull
print('aaa'.replace(/a/g, 'b') + /a/.test('a')); // expect: bbbtrue
print((() => { const flags = Object.getOwnPropertyDescriptor(RegExp.prototype, 'flags'); Object.defineProperty(RegExp.prototype, 'flags', { get() { return ''; }, configurable: true }); const out = 'aaa'.replace(/a/g, 'b'); Object.defineProperty(RegExp.prototype, 'flags', flags); return out; })()); // expect: baa
print((() => { let calls = 0; const r = /a/g; const out = 'aaa'.replace(r, () => { r.lastIndex = 99; return ++calls; }); return out + r.lastIndex; })()); // expect: 12399

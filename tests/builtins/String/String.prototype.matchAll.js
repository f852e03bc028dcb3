// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print([...'a1b2'.matchAll(/[a-z](\d)/g)].map(m => m[0] + m[1] + m.index).join()); // expect: a110,b222
print(caught(() => 'a'.matchAll(/a/))); // expect: TypeError: String.prototype.matchAll called with a non-global RegExp argument
print([...'aa'.matchAll('a')].length); // expect: 2
print(Object.prototype.toString.call(''.matchAll(/a/g))); // expect: [object RegExp String Iterator]
print([...'😀😀'.matchAll(/(?:)/gu)].map(m => m.index).join()); // expect: 0,2,4
print((() => { const r = /a/g; r.lastIndex = 1; return [...'aaa'.matchAll(r)].length + ' ' + r.lastIndex; })()); // expect: 2 1

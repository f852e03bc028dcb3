// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print('abc'.includes('b') + ' ' + 'abc'.includes('d')); // expect: true false
print('abc'.includes('a', 1)); // expect: false
print('abc'.includes('')); // expect: true
print(caught(() => 'a'.includes(/a/))); // expect: TypeError: First argument to String.prototype.includes must not be a regular expression
print((() => { const r = /a/; r[Symbol.match] = false; return '/a/'.includes(r); })()); // expect: true
print('日本語'.includes('本')); // expect: true
print('abc'.includes('日')); // expect: false

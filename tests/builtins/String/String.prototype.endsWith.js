// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print('abc'.endsWith('bc') + ' ' + 'abc'.endsWith('b', 2)); // expect: true true
print('abc'.endsWith('', 0)); // expect: true
print(caught(() => 'a'.endsWith(/a/))); // expect: TypeError: First argument to String.prototype.endsWith must not be a regular expression
print('日本'.endsWith('本')); // expect: true

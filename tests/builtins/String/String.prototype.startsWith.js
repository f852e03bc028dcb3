// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print('abc'.startsWith('ab') + ' ' + 'abc'.startsWith('b', 1)); // expect: true true
print('abc'.startsWith('')); // expect: true
print('abc'.startsWith('abcd')); // expect: false
print(caught(() => 'a'.startsWith(/a/))); // expect: TypeError: First argument to String.prototype.startsWith must not be a regular expression
print('abc'.startsWith('c', Infinity)); // expect: false

// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print('5'.padStart(3, '0') + '|' + 'abc'.padEnd(5) + '|' + 'abc'.padEnd(8, 'xy')); // expect: 005|abc  |abcxyxyx
print('abc'.padStart(2)); // expect: abc
print('abc'.padStart(6, '')); // expect: abc
print('a'.padStart(4, '日本')); // expect: 日本日a
print(caught(() => 'a'.padEnd(2 ** 30))); // expect: RangeError: Invalid string length

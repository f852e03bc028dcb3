// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print('ab'.repeat(3) + '|' + 'ab'.repeat(0) + '|' + ''.repeat(5)); // expect: ababab||
print(caught(() => 'a'.repeat(-1))); // expect: RangeError: Invalid count value: -1
print(caught(() => 'a'.repeat(Infinity))); // expect: RangeError: Invalid count value: Infinity
print(caught(() => 'aa'.repeat(2 ** 29))); // expect: RangeError: Invalid string length
print('日'.repeat(3)); // expect: 日日日
print('a'.repeat(1e6).length); // expect: 1000000

// SPDX-License-Identifier: MIT
print('abcabc'.indexOf('c', 3)); // expect: 5
print('abc'.indexOf('')); // expect: 0
print('abc'.indexOf('', 9)); // expect: 3
print('abc'.indexOf('z')); // expect: -1
print('a日b日'.indexOf('日', 2)); // expect: 3
print('aaa'.indexOf('aa', -5)); // expect: 0
print('abc'.indexOf()); // expect: -1

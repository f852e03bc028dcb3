// SPDX-License-Identifier: MIT
print('abcabc'.lastIndexOf('c')); // expect: 5
print('abcabc'.lastIndexOf('c', 4)); // expect: 2
print('abc'.lastIndexOf('')); // expect: 3
print('abc'.lastIndexOf('a', -1)); // expect: 0
print('abc'.lastIndexOf('abcd')); // expect: -1
print('canal'.lastIndexOf('a', NaN)); // expect: 3
print('日a日'.lastIndexOf('日', 1)); // expect: 0

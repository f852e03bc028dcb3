// SPDX-License-Identifier: MIT
print('a'.concat(1, null, undefined, 'é')); // expect: a1nullundefinedé
print('a'.concat()); // expect: a
print(('x'.repeat(100).concat('日').length)); // expect: 101

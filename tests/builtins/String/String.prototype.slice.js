// SPDX-License-Identifier: MIT
print('abcdef'.slice(1, 3) + '|' + 'abcdef'.slice(-2) + '|' + 'abcdef'.slice(3, 1)); // expect: bc|ef|
print('abc'.slice()); // expect: abc
print('abcdef'.slice(-4, -1)); // expect: cde
print('abc'.slice(undefined, NaN) === ''); // expect: true
print('abcdef'.substring(4, 1) + '|' + 'abcdef'.substring(-1, 2) + '|' + 'abcdef'.substring(3)); // expect: bcd|ab|def
print('abcdef'.substr(-3, 2) + '|' + 'abcdef'.substr(2) + '|' + 'abcdef'.substr(1, -1)); // expect: de|cdef|
print('x'.repeat(100).slice(10, 90).slice(5).length); // expect: 75
print('a'.slice(Infinity) === ''); // expect: true

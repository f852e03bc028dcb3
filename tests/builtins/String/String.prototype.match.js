// SPDX-License-Identifier: MIT
print('abcabc'.match(/b/g).join()); // expect: b,b
print('abc'.match(/z/g)); // expect: null
print('abc'.match(/(b)(c)/).index); // expect: 1
print('a.c'.match('.').join()); // expect: a
print('abc'.match()[0] === ''); // expect: true
print('x'.match({ [Symbol.match](s) { return 'custom ' + s; } })); // expect: custom x
print('aBc'.match(/b/i).input); // expect: aBc
print('😀'.match(/./gu).length); // expect: 1
print(''.match(/(?:)/g).length); // expect: 1

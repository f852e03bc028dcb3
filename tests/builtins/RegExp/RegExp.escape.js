// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print(RegExp.escape('foo.bar-1\n\u2028 ,é😀\ud800_$/')); // expect: \x66oo\.bar\x2d1\n\u2028\x20\x2cé😀\ud800_\$\/
print(RegExp.escape('1a') + RegExp.escape('') + RegExp.escape('_a')); // expect: \x31a_a
print(RegExp.escape('ab\t\v\f\r\u00a0\ufeff')); // expect: \x61b\t\v\f\r\xa0\ufeff
print(caught(() => RegExp.escape(1))); // expect: TypeError: input argument must be a string
print(new RegExp(RegExp.escape('a.b*c')).test('a.b*c')); // expect: true

// SPDX-License-Identifier: MIT
print('abc'.replace('b', '[$&$`$\'$$$1]')); // expect: a[bac$$1]c
print('abc'.replace(/(b)(c)?/, '$2-$1-$3-$10-$01')); // expect: ac-b-$3-b0-b
print('aaa'.replace('a', 'b') + 'aaa'.replace(/a/g, 'b')); // expect: baabbb
print('abc'.replace(/(?<x>b)/, '[$<x>$<y>]')); // expect: a[b]c
print('abc'.replace('b', '$<x>')); // expect: a$<x>c
print('abc'.replace(/b/g, (m, i, s) => m + i + s)); // expect: ab1abcc
print('abc'.replace(/(?<x>b)/, (...a) => JSON.stringify(a))); // expect: a["b","b",1,"abc",{"x":"b"}]c
print('x'.replace('x', () => '$&')); // expect: $&
print('abc'.replace('z', 'y')); // expect: abc
print('abc'.replace({ [Symbol.replace](s, r) { return s + r; } }, 1)); // expect: abc1
print('aXbX'.replace(/x/gi, (m, i) => i)); // expect: a1b3
print('日本'.replace(/本/, 'x')); // expect: 日x
print('a😀b'.replace(/(?:)/gu, '-')); // expect: -a-😀-b-
print('abc'.replace(/(z)?b/, '[$1]')); // expect: a[]c
print('aa'.replace(/a/y, 'b')); // expect: ba
print((() => { const r = /a/y; r.lastIndex = 1; return 'aab'.replace(r, 'x') + r.lastIndex; })()); // expect: axb2

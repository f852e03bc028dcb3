// SPDX-License-Identifier: MIT
print('abc'.search(/c/) + ' ' + 'abc'.search(/z/)); // expect: 2 -1
print('abc'.search('b')); // expect: 1
print((() => { const r = /b/g; r.lastIndex = 2; return 'abc'.search(r) + ' ' + r.lastIndex; })()); // expect: 1 2
print('a.b'.search('.')); // expect: 0

// SPDX-License-Identifier: MIT
print('😀'.codePointAt(0) + ' ' + '😀'.codePointAt(1)); // expect: 128512 56832
print('a'.codePointAt(1)); // expect: undefined
print('\ud83d'.codePointAt(0)); // expect: 55357

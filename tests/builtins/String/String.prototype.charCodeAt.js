// SPDX-License-Identifier: MIT
print('é'.charCodeAt(0)); // expect: 233
print('a'.charCodeAt(5)); // expect: NaN
print('日'.charCodeAt()); // expect: 26085

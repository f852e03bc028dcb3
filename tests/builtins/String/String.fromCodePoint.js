// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print(String.fromCodePoint(0x1F600, 65)); // expect: 😀A
print(caught(() => String.fromCodePoint(-1))); // expect: RangeError: Invalid code point -1
print(caught(() => String.fromCodePoint(1.5))); // expect: RangeError: Invalid code point 1.5
print(caught(() => String.fromCodePoint(0x110000))); // expect: RangeError: Invalid code point 1114112
print(caught(() => String.fromCodePoint('x'))); // expect: RangeError: Invalid code point NaN
print(String.fromCodePoint('65')); // expect: A

// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print('e\u0301'.normalize() === '\u00e9'); // expect: true
print('\u00e9'.normalize('NFD').length); // expect: 2
print('\ufb03'.normalize('NFKC')); // expect: ffi
print(caught(() => 'a'.normalize('x'))); // expect: RangeError: The normalization form should be one of NFC, NFD, NFKC, NFKD.
print('abc'.normalize('NFKD')); // expect: abc
print('\u1e9b\u0323'.normalize('NFKD').length); // expect: 3

// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print('ABCÉÀ×'.toLowerCase()); // expect: abcéà×
print('ΑΣ ΑΣΑ Σ'.toLowerCase()); // expect: ας ασα σ
print('İ'.toLowerCase().length); // expect: 2
print('straße µÿ'.toUpperCase()); // expect: STRASSE ΜŸ
print('ﬃ ŉ ΐ'.toUpperCase()); // expect: FFI ʼN Ϊ́
print('𐐨'.toUpperCase() === '𐐀'); // expect: true
print('abc'.toUpperCase() + 'ABC'.toLowerCase()); // expect: ABCabc
print('i'.toLocaleUpperCase('tr') + 'I'.toLocaleLowerCase('tr') + 'i'.toLocaleUpperCase()); // expect: İıI
print(caught(() => 'i'.toLocaleUpperCase('xx-zzzzzzzzzzzzzz'))); // expect: RangeError: Invalid language tag: xx-zzzzzzzzzzzzzz
print('÷ß'.toLowerCase()); // expect: ÷ß

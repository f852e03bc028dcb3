// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print('a'.localeCompare('b') + ' ' + 'b'.localeCompare('a') + ' ' + 'a'.localeCompare('a')); // expect: -1 1 0
print('a'.localeCompare('B') + ' ' + 'a'.localeCompare('A')); // expect: -1 -1
print(['b', 'a', 'C', 'B', 'ä', 'z', '_', '1', 'A', 'Z', 'résumé', 'resume', 'Résumé'].sort((x, y) => x.localeCompare(y)).join()); // expect: _,1,a,A,ä,b,B,C,resume,résumé,Résumé,z,Z
print('a'.localeCompare('ab')); // expect: -1
print('item 10'.localeCompare('item 9', undefined, { numeric: true })); // expect: 1
print('a'.localeCompare('Á', 'en', { sensitivity: 'base' })); // expect: 0
print('a'.localeCompare('A', undefined, { caseFirst: 'upper' })); // expect: 1
print(caught(() => 'a'.localeCompare('b', 'xx-invalid-locale-zzzzzzzzzzzz'))); // expect: RangeError: Invalid language tag: xx-invalid-locale-zzzzzzzzzzzz
print('z'.localeCompare('ä', 'sv')); // expect: -1
print('a b'.localeCompare('a-b')); // expect: -1

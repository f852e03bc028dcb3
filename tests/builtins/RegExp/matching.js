// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print(/(z)((a+)?(b+)?(c))*/.exec('zaacbbbcac').join('|')); // expect: zaacbbbcac|z|ac|a||c
print(/(?<=\$)\d+(\.\d*)?/.exec('$10.53')[0]); // expect: 10.53
print(/(?<=(\d+)(\d+))$/.exec('1053').join()); // expect: ,1,053
print(/\p{Lu}/u.exec('aÉ')[0]); // expect: É
print(/[\p{L}--[a-z]]/v.exec('aB')[0]); // expect: B
print(/^\p{RGI_Emoji}$/v.test('👨‍👩‍👧‍👦')); // expect: true
print(/(?i:a)b/.test('Ab') + ' ' + /(?i:a)b/.test('AB')); // expect: true false
print(/\u{1F600}/u.test('😀') + ' ' + /^.$/u.test('😀') + ' ' + /^.$/.test('😀')); // expect: true true false
print(/[^\x00-\xff]/i.test('µ') + ' ' + /k/iu.test('\u212a') + ' ' + /k/i.test('\u212a')); // expect: false true false
print('aBcD'.replace(/[a-z]/gi, c => c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())); // expect: AbCd
print(/(?:a|ab)(?:c|bcd)(?:d*)/.exec('abcd')[0]); // expect: abcd
print(/a.c/s.test('a\nc') + ' ' + /a.c/.test('a\nc')); // expect: true false
print('one\ntwo'.match(/^\w+$/gm).join()); // expect: one,two
print(caught(() => /(?:x+x+)+y/.test('x'.repeat(22)))); // expect: false

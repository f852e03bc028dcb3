// SPDX-License-Identifier: MIT
// \p{...} follows Unicode 17, whatever ICU is installed.
console.log(/^\p{Script=Beria_Erfe}$/u.test('\u{16EA0}')); // expect: true
console.log(/^\p{scx=Adlm}$/u.test('\u204F')); // expect: true
console.log(/^\p{RGI_Emoji}$/v.test('\u{1F1E8}\u{1F1F6}')); // expect: true
console.log(/\p{Cn}/u.test('\u{1138B}'), /\p{Assigned}/u.test('\u{1138B}')); // expect: false true
console.log(/^\p{L}+$/u.test('aÉб中'), /\P{L}/u.test('a')); // expect: true false
try { new RegExp('\\p{Script=Klingon}', 'u'); } catch (e) { console.log(e.message); } // expect: Invalid regular expression: /\p{Script=Klingon}/u: Invalid property name

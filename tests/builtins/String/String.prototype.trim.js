// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print(JSON.stringify(' \t\n\u00a0\ufeff\u2028a b \u3000'.trim())); // expect: "a b"
print(JSON.stringify(' a '.trimStart() + '|' + ' a '.trimEnd())); // expect: "a | a"
print(String.prototype.trimLeft === String.prototype.trimStart); // expect: true
print(JSON.stringify('   '.trim())); // expect: ""
print(caught(() => String.prototype.trimStart.call(null))); // expect: TypeError: String.prototype.trimLeft called on null or undefined
print('\u200ba'.trim().length); // expect: 2

// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print('abc'.at(0) + 'abc'.at(-1)); // expect: ac
print('abc'.at(3)); // expect: undefined
print('abc'.at(-4)); // expect: undefined
print('abc'.at('1')); // expect: b
print('abc'.at()); // expect: a
print(caught(() => String.prototype.at.call(null))); // expect: TypeError: String.prototype.at called on null or undefined

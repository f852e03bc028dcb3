// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print(new String('a').toString() + new String('b').valueOf()); // expect: ab
print(caught(() => String.prototype.toString.call({}))); // expect: TypeError: String.prototype.toString requires that 'this' be a String
print(caught(() => String.prototype.valueOf.call(1))); // expect: TypeError: String.prototype.valueOf requires that 'this' be a String

// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print(String.raw`a\n${1}b`); // expect: a\n1b
print(String.raw({ raw: 'abc' }, 1, 2, 3)); // expect: a1b2c
print(caught(() => String.raw())); // expect: TypeError: Cannot convert undefined or null to object
print(caught(() => String.raw({}))); // expect: TypeError: Cannot convert undefined or null to object
print(String.raw({ raw: { length: 2, 0: 'x', 1: 'y' } }, '-')); // expect: x-y

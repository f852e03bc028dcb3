// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print(String.fromCharCode(65, 66, 0x1F600, 233).split('').map(c => c.charCodeAt(0)).join()); // expect: 65,66,62976,233
print(String.fromCharCode()); // expect: 
print(String.fromCharCode(65.9, '66', NaN, -1).length); // expect: 4
print(String.fromCharCode(0xD83D, 0xDE00)); // expect: 😀
print(caught(() => String.fromCharCode(1n))); // expect: TypeError: Cannot convert a BigInt value to a number

// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print('aXbX'.replaceAll('X', '-$&-')); // expect: a-X-b-X-
print('abc'.replaceAll('', '_')); // expect: _a_b_c_
print('aa'.replaceAll(/a/g, 'b')); // expect: bb
print(caught(() => 'a'.replaceAll(/a/, 'b'))); // expect: TypeError: String.prototype.replaceAll called with a non-global RegExp argument
print('aaa'.replaceAll('aa', 'b')); // expect: ba
print('abab'.replaceAll('b', (m, i) => i)); // expect: a1a3
print('x'.replaceAll('y', 'z')); // expect: x

// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print(RegExp('a/b', 'gi') + ' ' + new RegExp('') + ' ' + new RegExp('[/]\n')); // expect: /a\/b/gi /(?:)/ /[/]\n/
print(caught(() => RegExp('['))); // expect: SyntaxError: Invalid regular expression: /[/: Unterminated character class
print(caught(() => RegExp('a', 'gg'))); // expect: SyntaxError: Invalid flags supplied to RegExp constructor 'gg'
print(caught(() => RegExp('a', 'uv'))); // expect: SyntaxError: Invalid flags supplied to RegExp constructor 'uv'
print((() => { const r = /a/g; return (RegExp(r) === r) + ' ' + (new RegExp(r) === r) + ' ' + new RegExp(r, 'i'); })()); // expect: true false /a/i
print(new (class extends RegExp {})('a', 'y').flags); // expect: y
print(RegExp.prototype.toString()); // expect: /(?:)/
print(RegExp.length + RegExp.name); // expect: 2RegExp
print(Object.getOwnPropertyNames(/a/).join()); // expect: lastIndex
print(JSON.stringify(Object.getOwnPropertyDescriptor(/a/, 'lastIndex'))); // expect: {"value":0,"writable":true,"enumerable":false,"configurable":false}
print(RegExp[Symbol.species] === RegExp); // expect: true
print(caught(() => /a/.compile('(', 'g'))); // expect: SyntaxError: Invalid regular expression: /(/g: Unterminated group
print(String(/a/.compile('b', 'g'))); // expect: /b/g
print(caught(() => new RegExp('(?<n>a)(?<n>b)'))); // expect: SyntaxError: Invalid regular expression: /(?<n>a)(?<n>b)/: Duplicate capture group name
print(caught(() => new RegExp('a', { toString() { throw new Error('flags'); } }))); // expect: Error: flags

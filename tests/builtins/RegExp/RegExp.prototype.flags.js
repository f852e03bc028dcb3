// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print(/a/dgimsuy.flags + ' ' + /a/v.flags + ' ' + /a/.flags); // expect: dgimsuy v 
print(['hasIndices', 'global', 'ignoreCase', 'multiline', 'dotAll', 'unicode', 'unicodeSets', 'sticky'].map(f => /a/gimy[f]).join()); // expect: false,true,true,true,false,false,false,true
print(RegExp.prototype.global + ' ' + RegExp.prototype.source + ' ' + RegExp.prototype.flags); // expect: undefined (?:) 
print(caught(() => Object.getOwnPropertyDescriptor(RegExp.prototype, 'global').get.call({}))); // expect: TypeError: RegExp.prototype.global getter called on non-RegExp object
print(caught(() => Object.getOwnPropertyDescriptor(RegExp.prototype, 'flags').get.call(1))); // expect: TypeError: RegExp.prototype.flags getter called on non-object 1
print(caught(() => Object.getOwnPropertyDescriptor(RegExp.prototype, 'source').get.call({}))); // expect: TypeError: RegExp.prototype.source getter called on non-RegExp object
print(Object.getOwnPropertyDescriptor(RegExp.prototype, 'flags').get.call({ global: 1, sticky: 'x' })); // expect: gy
print(Object.getOwnPropertyDescriptor(RegExp.prototype, 'sticky').get.name); // expect: get sticky

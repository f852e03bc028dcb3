// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print(JSON.stringify(/(a)(b)?/.exec('xac'))); // expect: ["a","a",null]
print(Object.keys(/a/.exec('a')).join()); // expect: 0,index,input,groups
print(/a/.exec('b')); // expect: null
print((() => { const r = /a/g; const o = []; let m; while ((m = r.exec('aXa'))) o.push(m.index, r.lastIndex); return o + ' ' + r.lastIndex; })()); // expect: 0,1,2,3 0
print((() => { const r = /a/y; return r.exec('ba') + ' ' + r.lastIndex; })()); // expect: null 0
print(JSON.stringify(/(?<y>\d{4})-(?<m>\d\d)/.exec('2026-11').groups)); // expect: {"y":"2026","m":"11"}
print(JSON.stringify(/(?<a>x)|(?<a>y)/.exec('y').groups)); // expect: {"a":"y"}
print(JSON.stringify(/a(b)?(?<n>c)/d.exec('xac').indices)); // expect: [[1,3],null,[2,3]]
print(JSON.stringify(/a(b)?(?<n>c)/d.exec('xac').indices.groups)); // expect: {"n":[2,3]}
print((() => { const r = /a/g; r.lastIndex = { valueOf() { return 1; } }; return r.exec('aba').index; })()); // expect: 2
print((() => { const r = /a/g; r.lastIndex = 9; return r.exec('aba') + ' ' + r.lastIndex; })()); // expect: null 0
print(caught(() => { const r = Object.freeze(/a/g); r.exec('a'); })); // expect: TypeError: Cannot assign to read only property 'lastIndex' of object '[object RegExp]'
print(caught(() => RegExp.prototype.exec.call({}))); // expect: TypeError: Method RegExp.prototype.exec called on incompatible receiver #<Object>
print(/undefined/.exec()[0]); // expect: undefined
print((() => { const r = /a/; r.lastIndex = 5; r.exec('a'); return r.lastIndex; })()); // expect: 5
print(Object.getPrototypeOf(/(?<a>.)/.exec('x').groups)); // expect: null
print((() => { const r = /a/g; r.lastIndex = -1; return r.exec('ba').index; })()); // expect: 1

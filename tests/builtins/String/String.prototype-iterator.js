// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print([...'a😀\ud83dé'].map(c => c.length).join()); // expect: 1,2,1,1
print(caught(() => ''[Symbol.iterator]().next.call({}))); // expect: TypeError: Method String Iterator.prototype.next called on incompatible receiver #<Object>
print(Object.prototype.toString.call(''[Symbol.iterator]())); // expect: [object String Iterator]
print((() => { const i = 'a'[Symbol.iterator](); i.next(); i.next(); return JSON.stringify(i.next()); })()); // expect: {"done":true}

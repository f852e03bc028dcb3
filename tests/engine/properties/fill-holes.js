// SPDX-License-Identifier: MIT
// Index properties that an object does not have yet, stored one by one.
function fill(list, n) { for (let i = 0; i < n; i++) list[i] = i; return list; }
console.log(fill(new Array(3), 3).join(), fill([], 3).join(), JSON.stringify(fill({}, 2)), fill([, , 9], 2).join());
// expect: 0,1,2 0,1,2 {"0":0,"1":1} 0,1,9
const far = []; far[3] = 1; far[40000] = 2; far[1] = 3;
console.log(far.length, Object.keys(far).join());
// expect: 40001 1,3,40000
const frozen = Object.freeze(new Array(2)), fixed = Object.preventExtensions([1]), sealed = Object.seal([, 1]);
for (const list of [frozen, fixed, sealed]) { fill(list, 3); console.log(list.length, Object.keys(list).join()); }
// expect: 2 
// expect: 1 0
// expect: 2 1
const readOnly = Object.defineProperty(new Array(2), 'length', { writable: false });
fill(readOnly, 4);
console.log(readOnly.length, Object.keys(readOnly).join());
// expect: 2 0,1
try { (function() { 'use strict'; readOnly[2] = 1; })(); } catch (e) { console.log(e.name); }
// expect: TypeError
class Stack extends Array {}
console.log(fill(new Stack(2), 3).join(), fill(new Stack(), 1).length);
// expect: 0,1,2 1
const seen = [];
const parent = new Proxy([], { set(target, key, value, receiver) { seen.push(key); return Reflect.set(target, key, value, receiver); } });
const child = Object.setPrototypeOf([], parent); fill(child, 2);
console.log(seen.join(), child.length);
// expect: 0,1 2
Object.defineProperty(Array.prototype, 1, { set(v) { seen.push('setter ' + v); }, configurable: true });
const behind = fill(new Array(3), 3);
console.log(seen.join(), Object.keys(behind).join());
// expect: 0,1,setter 1 0,2
delete Array.prototype[1];

// SPDX-License-Identifier: MIT
'use strict';
// Spread, rest and Object.assign copy in order, and whatever has a say in it has it.
const s = Symbol('s');
const show = (o) => console.log(Reflect.ownKeys(o).map((k) => `${String(k)}=${String(o[k])}`).join(' '));
show({ ...{ b: 1, [s]: 2, a: 3 }, a: 4, ...{ c: 5, b: 6 } });
const { b, ...rest } = { a: 1, b: 2, [s]: 3, c: 4 };
show(rest);
let seen = '';
const source = { x: 1, get y() { seen += 'y'; source.z = 9; delete source.w; return 2; }, z: 3, w: 4 };
show({ ...source });
show(Object.assign({}, source));
console.log(seen);
class WithSetter { set a(v) { seen += `set${v}`; } }
show(Object.assign(new WithSetter(), { b: 1, a: 2, c: 3 }));
console.log(seen);
show({ ...Object.defineProperty({ a: 1 }, 'hidden', { value: 2 }), ...'hi', ...[7], ...null });
for (const target of [Object.freeze({ a: 1 }), Object.preventExtensions({}), Object.create(Object.freeze({ a: 1 }))]) {
  try { show(Object.assign(target, { a: 2 })); } catch (error) { console.log(error.name); }
}
show(Object.assign({}, { __proto__: null, ['__proto__']: 5, q: 1 }));
const deleted = { a: 1, b: 2, c: 3, d: 4 };
delete deleted.b;
show({ ...deleted });
console.log(Object.keys(deleted), Object.values(deleted), Object.entries({ k: 1, [s]: 2, get g() { return 3; } }));
class Private { #p = 1; q = 2; static has(o) { return #p in o; } }
console.log(Private.has({ ...new Private() }), Object.keys(new Private()));
class List extends Array {}
console.log([1, 2, 3].map((x) => x * 2), List.from([1, 2]).map((x) => x) instanceof List, [1, , 3].map((x) => x).length, [1, , 3].filter(() => true));
const own = [1, 2]; own.constructor = { [Symbol.species]: List };
console.log(own.slice(1) instanceof List, [5].concat([6]).slice(0) instanceof List);
Object.defineProperty(Array, Symbol.species, { configurable: true, get() { return List; } });
console.log([1].map((x) => x) instanceof List, [1, 2].slice(1) instanceof List);

// SPDX-License-Identifier: MIT
// Sealed and frozen objects that were made alike behave alike, and stay apart from those that were not.
'use strict';
class Def {
  #private = 1;
  constructor(name, fix) {
    this.name = name;
    this.count = 0;
    this[Symbol.for('s')] = 2;
    if (fix)
      Object[fix](this);
  }
  bump() {
    this.#private++;
    return this.#private;
  }
  add() {
    this.count++;
    return this.count;
  }
}
const attempt = (f) => {
  try {
    return f();
  } catch (e) {
    return e.name + ': ' + e.message;
  }
};
for (const fix of ['seal', 'freeze', 'preventExtensions', null, 'seal', 'freeze']) {
  const a = new Def('a', fix), b = new Def('b', fix);
  a.bump();
  print(fix, Object.isExtensible(b), Object.isSealed(b), Object.isFrozen(b), a.bump(), b.bump(), attempt(() => a.add()), attempt(() => a.add()), b.count);
  print(attempt(() => (a.extra = 1)), attempt(() => delete a.name), attempt(() => delete b.count), JSON.stringify([a, b]),
    JSON.stringify(Object.getOwnPropertyDescriptors(a)), Object.getOwnPropertyDescriptor(a, Symbol.for('s')).writable);
}
const sealed = Object.seal({ x: 1, get y() { return 2; }, set y(v) { print('set', v); } });
sealed.x = 5;
sealed.y = 6;
print(JSON.stringify(sealed), attempt(() => Object.defineProperty(sealed, 'y', { get() { return 3; } })));
Object.freeze(sealed);
print(attempt(() => { sealed.x = 6; }), Object.isFrozen(sealed));
sealed.y = 7;
print(attempt(() => Object.setPrototypeOf(sealed, null)), Object.isFrozen(Object.freeze({})), Object.isFrozen(Object.preventExtensions({})));
const indexed = Object.freeze({ 0: 'zero', a: 1 });
print(attempt(() => { indexed[0] = 1; }), attempt(() => { indexed.a = 2; }), Object.isFrozen(indexed));
function fn() {}
fn.prop = 1;
Object.freeze(fn);
print(Object.isFrozen(fn), attempt(() => { fn.prop = 2; }), attempt(() => { fn.prototype = null; }), Object.isFrozen(fn.prototype));
print(Object.isFrozen(Object.freeze(Object.assign(Object.create({ inherited: 1 }), { q: 1 }))));
// expect: seal false true false 3 2 1 2 0
// expect: TypeError: Cannot add property extra, object is not extensible TypeError: Cannot delete property 'name' of #<Def> TypeError: Cannot delete property 'count' of #<Def> [{"name":"a","count":2},{"name":"b","count":0}] {"name":{"value":"a","writable":true,"enumerable":true,"configurable":false},"count":{"value":2,"writable":true,"enumerable":true,"configurable":false}} true
// expect: freeze false true true 3 2 TypeError: Cannot assign to read only property 'count' of object '#<Def>' TypeError: Cannot assign to read only property 'count' of object '#<Def>' 0
// expect: TypeError: Cannot add property extra, object is not extensible TypeError: Cannot delete property 'name' of #<Def> TypeError: Cannot delete property 'count' of #<Def> [{"name":"a","count":0},{"name":"b","count":0}] {"name":{"value":"a","writable":false,"enumerable":true,"configurable":false},"count":{"value":0,"writable":false,"enumerable":true,"configurable":false}} false
// expect: preventExtensions false false false 3 2 1 2 0
// expect: TypeError: Cannot add property extra, object is not extensible true true [{"count":2},{"name":"b"}] {"count":{"value":2,"writable":true,"enumerable":true,"configurable":true}} true
// expect: null true false false 3 2 1 2 0
// expect: 1 true true [{"count":2,"extra":1},{"name":"b"}] {"count":{"value":2,"writable":true,"enumerable":true,"configurable":true},"extra":{"value":1,"writable":true,"enumerable":true,"configurable":true}} true
// expect: seal false true false 3 2 1 2 0
// expect: TypeError: Cannot add property extra, object is not extensible TypeError: Cannot delete property 'name' of #<Def> TypeError: Cannot delete property 'count' of #<Def> [{"name":"a","count":2},{"name":"b","count":0}] {"name":{"value":"a","writable":true,"enumerable":true,"configurable":false},"count":{"value":2,"writable":true,"enumerable":true,"configurable":false}} true
// expect: freeze false true true 3 2 TypeError: Cannot assign to read only property 'count' of object '#<Def>' TypeError: Cannot assign to read only property 'count' of object '#<Def>' 0
// expect: TypeError: Cannot add property extra, object is not extensible TypeError: Cannot delete property 'name' of #<Def> TypeError: Cannot delete property 'count' of #<Def> [{"name":"a","count":0},{"name":"b","count":0}] {"name":{"value":"a","writable":false,"enumerable":true,"configurable":false},"count":{"value":0,"writable":false,"enumerable":true,"configurable":false}} false
// expect: set 6
// expect: {"x":5,"y":2} TypeError: Cannot redefine property: y
// expect: TypeError: Cannot assign to read only property 'x' of object '#<Object>' true
// expect: set 7
// expect: TypeError: #<Object> is not extensible true true
// expect: TypeError: Cannot assign to read only property '0' of object '#<Object>' TypeError: Cannot assign to read only property 'a' of object '#<Object>' true
// expect: true TypeError: Cannot assign to read only property 'prop' of function 'function fn() {}' TypeError: Cannot assign to read only property 'prototype' of function 'function fn() {}' false
// expect: true

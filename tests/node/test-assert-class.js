'use strict';
// Deep strict equality asks for one class: the same prototype, or the same inherited constructor.
const assert = require('assert');

class A { constructor() { this.a = 1; } }
class B { constructor() { this.a = 1; } }
const pairs = [
  [{ a: 1 }, { __proto__: {}, a: 1 }], [{ a: 1 }, { __proto__: null, a: 1 }], [new A(), new B()], [{ a: 1 }, new B()],
  [[1], Object.setPrototypeOf([1], { __proto__: Array.prototype })], [new A(), { __proto__: new A(), a: 1 }],
  [{ a: 1 }, { __proto__: { constructor: A }, a: 1 }], [{ a: 1 }, { __proto__: { constructor: undefined }, a: 1 }],
  [{ __proto__: null, a: 1 }, { __proto__: Object.create(null), a: 1 }], [{ constructor: 1 }, { __proto__: {}, constructor: 1 }],
  [new Map(), Object.setPrototypeOf(new Map(), { __proto__: Map.prototype })], [[{ a: 1 }], [{ __proto__: {}, a: 1 }]],
];
for (const [a, b] of pairs) {
  let result = 'equal';
  try {
    assert.deepStrictEqual(a, b);
  } catch (error) {
    result = error.code;
  }
  console.log(result, require('util').isDeepStrictEqual(a, b));
}

// Memory that is shared is no other memory's equal, partly or wholly.
for (const name of ['deepEqual', 'deepStrictEqual', 'partialDeepStrictEqual']) {
  console.log(name, [[ArrayBuffer, SharedArrayBuffer], [SharedArrayBuffer, ArrayBuffer], [SharedArrayBuffer, SharedArrayBuffer]]
    .map(([A, B]) => {
      try {
        assert[name](new A(3), new B(3));
        return true;
      } catch {
        return false;
      }
    }));
}

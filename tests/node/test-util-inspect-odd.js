// util.inspect() and util.format() where a comparison of random values with Node 26 found differences.
'use strict';
const util = require('util');

const show = (value, options) => console.log(JSON.stringify(util.inspect(value, options)));
class Tagged {
  constructor() {
    this.own = 1;
  }

  get [Symbol.toStringTag]() {
    return 'tag';
  }

  get accessor() {
    return 2;
  }
}

show(new DataView(new ArrayBuffer(2)), { colors: true });
show(new Uint8Array(1), { colors: true, showHidden: true });
show({ a: { b: new Uint8Array(1) } }, { depth: 2, showHidden: true });
show(new Tagged(), { colors: true, showHidden: true });
show([new Tagged(), new Map([[1, 2]]).entries(), Object.assign((function*() {})(), { p: 1 })], { depth: 0 });
show({ [Symbol('a\'\n"b\\')]: 1 });
for (const value of [() => {}, class A {}, { x: 1 }, null, Symbol('x'), 5]) {
  show({ get a() { return value; }, set a(v) {} }, { getters: true });
}
for (const value of [Buffer.from('hi'), new URL('http://a/'), new Uint8Array(2), new Date(0), new Map(), new Tagged()]) {
  console.log(util.format('%s|%x', value, value));
}
console.log(require('path').posix.parse('/..'), require('path').posix.parse('/../x'));

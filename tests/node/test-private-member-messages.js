// What is said of private members that the receiver does not have.
'use strict';
const attempt = (run) => {
  try {
    console.log(run());
  } catch (error) {
    console.log(error.message);
  }
};
class A {
  #field = 1;
  #method() {}
  get #getter() { return 1; }
  static #staticField = 1;
  static #staticMethod() {}
  static check(o) {
    attempt(() => o.#field);
    attempt(() => { o.#field = 1; });
    attempt(() => o.#field());
    attempt(() => o.#method());
    attempt(() => { o.#method = 1; });
    attempt(() => o.#getter);
    attempt(() => { o.#getter = 1; });
    attempt(() => o.#staticField);
    attempt(() => o.#staticMethod());
  }
}
for (const receiver of [{}, null, undefined, 1, new A(), A]) A.check(receiver);
attempt(() => (class { #m() {} static check(o) { o.#m(); } }).check({}));
class Given {
  constructor(o) {
    return o;
  }
}
class Stamp extends Given {
  #field = 1;
  #method() { return this.#field; }
  static read(o) { return o.#method(); }
}
const frozen = Object.freeze({ a: 1 });
new Stamp(frozen);
console.log(Stamp.read(frozen), Object.isFrozen(frozen), Reflect.ownKeys(frozen));
attempt(() => new Stamp(frozen));
attempt(() => { class X { static #p() {} static t() { this.#p(); } } class Y extends X {} Y.t(); });

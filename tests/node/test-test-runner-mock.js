'use strict';
// mock.fn, method, getter, setter, property.
const { mock } = require('node:test');

const add = mock.fn((a, b) => a + b);
console.log(add(1, 2), add.mock.callCount(), add.mock.calls[0].arguments, add.mock.calls[0].result);
console.log(Object.keys(add.mock.calls[0]), add.mock.calls[0].stack instanceof Error);
add.mock.mockImplementation(() => 'other');
add.mock.mockImplementationOnce(() => 'once', 2);
console.log(add(), add(), add());
add.mock.resetCalls();
console.log(add.mock.callCount());
add.mock.restore();
console.log(add(3, 4));

const twice = mock.fn(() => 'real', () => 'mocked', { times: 2 });
console.log(twice(), twice(), twice());

class Account {
  #balance = 5;
  get balance() {
    return this.#balance;
  }
  set balance(to) {
    this.#balance = to;
  }
  add(n) {
    return this.#balance += n;
  }
  static make() {
    return new this();
  }
}
const account = Account.make();
mock.method(account, 'add', function(n) {
  return `${this === account} ${n}`;
});
console.log(account.add(1), Object.keys(account));
const getter = mock.getter(account, 'balance', () => 99);
console.log(account.balance, getter.mock.callCount());
mock.restoreAll();
console.log(account.add(1), account.balance, Object.keys(account));

const Made = mock.fn(Account);
const made = new Made();
console.log(made instanceof Account, Made.mock.calls[0].target === Account, Made.mock.calls[0].this === made);
const thrower = mock.fn(() => {
  throw new Error('boom');
});
try {
  thrower();
} catch (error) {
  console.log(thrower.mock.calls[0].error === error);
}

const settings = { a: 1 };
const property = mock.property(settings, 'a', 2);
console.log(settings.a, settings.a = 3, settings.a, property.mock.accessCount());
console.log(property.mock.accesses.map(({ type, value }) => `${type} ${value}`));
mock.reset();
console.log(settings);

for (const fn of [() => mock.fn(1), () => mock.fn(() => {}, { times: 0 }), () => mock.method({}, 'x'),
  () => mock.method(null, 'x'), () => mock.method({ x() {} }, 'x', { getter: true, setter: true }),
  () => mock.getter({ get x() {
    return 1;
  } }, 'x', { getter: false })]) {
  try {
    fn();
    console.log('no error');
  } catch (error) {
    console.log(error.code, error.message);
  }
}

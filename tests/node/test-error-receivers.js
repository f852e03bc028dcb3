// How the messages of failed assignments name their receiver.
'use strict';
const tagged = (object) => Object.freeze(Object.assign(object, { [Symbol.toStringTag]: 'Tagged' }));
const attempts = [
  () => { Object.freeze(function foo() {}).name = 1; },
  () => { Object.freeze(new (class Q extends Error {})('text')).message = 1; },
  () => { tagged({ __proto__: null, x: 1 }).x = 1; },
  () => { tagged({ x: 1 }).x = 1; },
  () => { Object.freeze(new (class { x = 1; })()).x = 1; },
  () => { Object.freeze(new Proxy({ x: 1 }, {})).x = 1; },
  () => { new Proxy({}, { set: () => false }).x = 1; },
  () => { Object.freeze(Object.create({ constructor: 5 }, { x: { value: 1 } })).x = 1; },
  () => { Object.freeze(Symbol.prototype).constructor = 1; },
  () => { 'text'.length = 1; },
];
for (const attempt of attempts) {
  try {
    attempt();
  } catch (error) {
    console.log(error.message);
  }
}

// `stack` is an own accessor of errors, one for the realm; its value stays with the object that captured it.
'use strict';
const descriptor = (object) => Object.getOwnPropertyDescriptor(object, 'stack');
const error = new Error('x');
console.log(Reflect.ownKeys(error), descriptor(error));
const { get, set } = descriptor(error);
console.log(get.name, get.length, set.name, set.length, get === descriptor(new TypeError()).get);
console.log(get.call({}), get.call(1), typeof get.call(Object.create(error)), set.call({}, 1), set.call(1, 2));
const plain = {};
Error.captureStackTrace(plain);
console.log(Reflect.ownKeys(plain), descriptor(plain).get === get, plain.stack.split('\n')[0]);
error.stack = 'mine';
console.log(error.stack, typeof descriptor(error).get);
const frozen = Object.freeze(new Error('frozen'));
frozen.stack = 1;
console.log(frozen.stack);
const heir = Object.create(error);
heir.stack = 5;
console.log(Object.getOwnPropertyNames(heir), error.stack, heir.stack);
delete error.stack;
console.log('stack' in error, error.stack, get.call(error));
Error.captureStackTrace(error);
console.log(error.stack.split('\n')[0], Reflect.ownKeys(error));
const named = new Error('q');
named.name = 'N';
named.message = 'M';
console.log(named.stack.split('\n')[0]);
Object.defineProperty(named, 'stack', { value: 1 });
console.log(named.stack, descriptor(named));
class Derived extends Error {}
console.log(Reflect.ownKeys(new Derived('a', { cause: 1 })), Reflect.ownKeys(new AggregateError([1], 'm')));
console.log(Reflect.ownKeys(new SuppressedError(1, 2, 'm')), Reflect.ownKeys(new DOMException('x')));
try {
  Error.captureStackTrace(Object.preventExtensions({}));
} catch (wrong) {
  console.log(wrong.message);
}
Error.prepareStackTrace = (object, sites) => `${object.message} ${sites.length > 0}`;
console.log(new Error('prepared').stack);

// SPDX-License-Identifier: MIT
const log = (n) => (v) => print(n, JSON.stringify(v));
const err = (n) => (e) => print(n, e.name, e.message, e.errors ? JSON.stringify(e.errors) : '');
Promise.all([1, Promise.resolve(2), { then(r) { r(3); } }]).then(log('all'));
Promise.all([]).then(log('all empty'));
Promise.all([1, Promise.reject(new TypeError('x'))]).catch(err('all rej'));
Promise.allSettled([1, Promise.reject('no')]).then(log('allSettled'));
Promise.any([Promise.reject(1), Promise.resolve(2)]).then(log('any'));
Promise.any([Promise.reject(1), Promise.reject(2)]).catch(err('any rej'));
Promise.race([new Promise(() => {}), Promise.resolve('r')]).then(log('race'));
Promise.try((a, b) => a + b, 1, 2).then(log('try'));
Promise.try(() => { throw new Error('t'); }).catch(err('try rej'));
const w = Promise.withResolvers(); w.promise.then(log('with')); w.resolve('W');
Promise.resolve(1).finally(() => 2).then(log('finally'));
Promise.reject(new Error('f')).finally(() => {}).catch(err('finally rej'));
Promise.reject(new Error('g')).finally(() => { throw new Error('h'); }).catch(err('finally throw'));
class P extends Promise {} print(new P(() => {}).then() instanceof P, P.resolve(1) instanceof P);
try { Promise(); } catch (e) { print(e.message); }
try { new Promise(1); } catch (e) { print(e.message); }
const self = new Promise((r) => setTimeoutLike(() => r(self))); function setTimeoutLike(f) { Promise.resolve().then(f); } self.catch(err('self'));
Promise.all(5).catch(err('not iterable'));
print(Promise.resolve.length, Promise.all.name, Object.prototype.toString.call(Promise.resolve()), Promise[Symbol.species] === Promise);
// expect: true true
// expect: Promise constructor cannot be invoked without 'new'
// expect: Promise resolver 1 is not a function
// expect: 1 all [object Promise] true
// expect: all empty []
// expect: try 3
// expect: try rej Error t 
// expect: with "W"
// expect: not iterable TypeError number 5 is not iterable (cannot read property Symbol(Symbol.iterator)) 
// expect: all rej TypeError x 
// expect: allSettled [{"status":"fulfilled","value":1},{"status":"rejected","reason":"no"}]
// expect: any 2
// expect: any rej AggregateError All promises were rejected [1,2]
// expect: race "r"
// expect: finally throw Error h 
// expect: self TypeError Chaining cycle detected for promise #<Promise> 
// expect: all [1,2,3]
// expect: finally 1
// expect: finally rej Error f 

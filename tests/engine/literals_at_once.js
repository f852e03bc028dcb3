// SPDX-License-Identifier: MIT
// Object literals' leading properties and short arrays are made of values that were evaluated before.
let log = [];
const say = (name, value) => (log.push(name), value);
function make(i) {
  return { a: say('a', i), b: say('b', i + 0.5), 'c d': say('c', null), [say('k', 'e')]: say('e', 1), f() { return super.toString; } };
}
for (let i = 0; i < 3; i++) {
  log = [];
  const made = make(i);
  print(log.join(), Object.keys(made).join()); // expect: a,b,c,k,e a,b,c d,e,f
  // expect: a,b,c,k,e a,b,c d,e,f
  // expect: a,b,c,k,e a,b,c d,e,f
}
// Names of functions and classes, shorthands, own names of anonymous ones.
const short = 5;
const named = () => ({ short, fn: function () {}, arrow: () => 1, Class: class {}, given: function other() {} });
const made = named();
print(made.short, made.fn.name, made.arrow.name, made.Class.name, made.given.name); // expect: 5 fn arrow Class other
// A name that comes twice: the place of the first, the value of the last; also where the site is hot.
const twice = i => ({ x: i, y: 2, x: i + 1 });
for (let i = 0; i < 3; i++)
  print(JSON.stringify(twice(i)));
// expect: {"x":1,"y":2}
// expect: {"x":2,"y":2}
// expect: {"x":3,"y":2}
// __proto__, indices, accessors and spreads behind plain ones.
const proto = { inherited: 1 };
const mixed = () => ({ a: 1, __proto__: proto, b: 2, 0: 'zero', get c() { return this.a + this.b; }, ...{ d: 4, a: 7 } });
mixed();
print(mixed().inherited, JSON.stringify(mixed())); // expect: 1 {"0":"zero","a":7,"b":2,"c":9,"d":4}
print(Object.hasOwn({ a: 1, '__proto__': null }, '__proto__')); // expect: false
const __proto__ = 3;
print(JSON.stringify(Object.entries({ a: 1, __proto__ }))); // expect: [["a",1],["__proto__",3]]
// More properties than are made at once, added to and deleted from afterwards.
const many = i => ({
  a: i, b: 1, c: 2, d: 3, e: 4, f: 5, g: 6, h: 7, i: 8, j: 9, k: 10, l: 11, m: 12, n: 13, o: 14, p: 15, q: 16, r: 17, s: i,
});
for (let i = 0; i < 3; i++) {
  const one = many(i);
  one.more = i;
  delete one.c;
  print(Object.keys(one).length, one.a + one.s + one.more + one.q); // expect: 19 16
  // expect: 19 19
  // expect: 19 22
}
// A value that throws leaves nothing behind, one that yields waits.
try {
  ({ a: 1, b: (() => { throw new Error('in b'); })(), c: say('never') });
} catch (error) {
  print(error.message, log.includes('never')); // expect: in b false
}
function* gen() {
  return { a: yield 1, b: [yield 2, yield 3], c: [] };
}
const g = gen();
g.next();
g.next('A');
g.next('B');
print(JSON.stringify(g.next('C').value)); // expect: {"a":"A","b":["B","C"],"c":[]}
// The object under construction is not seen through the values, and literals of one site are different objects.
let old = null;
const linked = () => (old = { value: 1, next: old });
linked();
linked();
print(linked().next.next.next === null, linked() !== linked()); // expect: true true
// Objects of a site after Object.prototype got a setter of that name: own properties all the same.
Object.defineProperty(Object.prototype, 'sly', { set() { print('setter'); }, configurable: true });
const sly = i => ({ sly: i, other: 1 });
sly(1);
print(sly(2).sly); // expect: 2
delete Object.prototype.sly;
// Short arrays.
const arr = i => [i, [i + 1, 'x'], { i }, , ...[i]];
print(JSON.stringify(arr(1))); // expect: [1,[2,"x"],{"i":1},null,1]
const triple = i => [i, i * 0.5, `s${i}`];
const t = triple(3);
t.push(4, 5);
t.length = 4;
print(t.join(), triple(1).length, triple.length); // expect: 3,1.5,s3,4 3 1

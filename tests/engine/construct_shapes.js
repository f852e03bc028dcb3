// SPDX-License-Identifier: MIT
// Instances of a constructor get their final shape's room from the first ones; what changes meanwhile is noticed.
function Point(x, y) {
  this.x = x;
  this.y = y;
}
Point.prototype.sum = function () {
  return this.x + this.y;
};
let total = 0;
for (let i = 0; i < 30; i++)
  total += new Point(i, 1).sum();
print(total); // expect: 465

// Another prototype from the twentieth instance on.
const other = { sum() { return -1; } };
let sums = [];
for (let i = 0; i < 30; i++) {
  if (i === 20)
    Point.prototype = other;
  sums.push(new Point(i, 1).sum());
}
print(sums.slice(18, 22).join()); // expect: 19,20,-1,-1
// No object: %Object.prototype%.
Point.prototype = 1;
print(Object.getPrototypeOf(new Point(1, 2)) === Object.prototype); // expect: true

// One site, many classes of one base: each has its own shapes and room for its fields.
class Base {
  constructor(x) { this.x = x; }
}
class Two extends Base {
  constructor(x) { super(x); this.a = 1; this.b = 2; this.c = 3; this.d = 4; this.e = 5; this.f = 6; }
}
class Three extends Base {}
class Other extends Base {
  constructor(x) { return super(x), { x: -x }; }
}
const found = [];
for (let i = 0; i < 80; i++) {
  const Class = [Base, Two, Three, Other][i % 4], made = new Class(i);
  if (i > 75)
    found.push(made.x, Object.keys(made).length, made instanceof Class);
}
print(found.join()); // expect: 76,1,true,77,7,true,78,1,true,-79,1,false

// Classes of one piece of code, whose instances differ by their prototype only.
const mixed = [1, 2, 3].map(n => class { get n() { return n; } constructor() { this.own = n; } });
let seen = '';
for (let i = 0; i < 45; i++) {
  const made = new mixed[i % 3]();
  if (i > 41)
    seen += made.n + made.own;
}
print(seen); // expect: 246

// A constructor that returns an object, one that throws.
function Returns(i) {
  this.i = i;
  if (i > 25)
    return { i: 'returned' };
}
let last;
for (let i = 0; i < 30; i++)
  last = new Returns(i);
print(last.i); // expect: returned
function Throws(i) {
  this.i = i;
  if (i > 15)
    throw new RangeError('at ' + i);
}
try {
  for (let i = 0; i < 30; i++)
    new Throws(i);
} catch (error) {
  print(error.message); // expect: at 16
}
class Late extends Base {}
for (let i = 0; i < 20; i++)
  last = Reflect.construct(Base, [i], i > 15 ? Late : Base);
print(last instanceof Late, last.x); // expect: true 19
// A static property added, and the prototype frozen, after many instances.
for (let i = 0; i < 20; i++)
  last = new Base(i);
Base.extra = 1;
Object.freeze(Base.prototype);
print(new Base(7).x, Object.getPrototypeOf(new Base(8)) === Base.prototype); // expect: 7 true

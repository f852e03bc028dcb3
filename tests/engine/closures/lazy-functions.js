// SPDX-License-Identifier: MIT
// Functions long enough to be compiled only when they first run see what they saw where they were written.
const pad = '........................................................................................................';
let counter = 0;
{
  const inner = 'block';
  function declared(a, b = a + 1, ...rest) {
    // enough text that it is worth coming back to this function when it is first called, and not before that, as said above
    counter++;
    return [inner, a, b, rest.length, arguments.length, typeof later].join();
  }
  let later = 1;
  print(declared(1, undefined, 3, 4), declared.length, declared.name);
}
const named = function fact(n) {
  // a named function expression refers to itself by a name of its own, which cannot be assigned to: that is silent here
  fact = null;
  return n < 2 ? 1 : n * fact(n - 1);
};
print(named(5), named.toString().startsWith('function fact(n) {'), named.toString().endsWith('(n - 1);\n}'));

class Base {
  greet() { return 'base'; }
}
class Derived extends Base {
  #secret = 42;
  static #count = 0;
  #hidden() { return 'hidden' + this.#secret; }
  greet(x) {
    // a method with super, private names and arrows that see the method's own this, arguments and new.target
    const arrow = (y) => {
      Derived.#count++;
      const again = () => super.greet() + ':' + this.#hidden() + ':' + arguments.length + ':' + y + ':' + new.target + ':' + Derived.#count;
      return again() + (#secret in this) + '                                                                    '.trim();
    };
    return arrow('y');
  }
  get value() {
    /* ................................................................................................................ */
    return (() => this.#secret)();
  }
  set value(v) {
    /* ................................................................................................................ */
    this.#secret = v;
  }
}
const d = new Derived();
print(d.greet(1, 2, 3));
d.value = 7;
print(d.value, d.greet());

function* numbers(from) {
  // a generator that is suspended at its start before any of its text was compiled, as its parameters may not be
  for (let k = from; k < from + 3; k++)
    yield () => k * 10 + pad.length;
}
print([...numbers(1)].map((f) => f()).join());

const wait = async (x, { y, z = () => x } = {}) => {
  // an arrow with patterns and defaults: its parameters are parsed as an expression first ..............................
  await null;
  return [x, y, z(), await new Promise((resolve) => resolve(counter))].join();
};
wait(1, { y: 2 }).then(print, print);

function early() {
  /* ...................................................................................................................... */
  return tdz;
}
try {
  early();
} catch (e) {
  print(e.name, e.message);
}
const tdz = 'initialised';
print(early());
function assigns() {
  /* ...................................................................................................................... */
  tdz = 1;
}
try {
  assigns();
} catch (e) {
  print(e.name, e.message);
}

function around(code) {
  function reader() {
    /* .................................................................................................................... */
    return typeof made + ',' + typeof around + ',' + pad.length;
  }
  eval(code);
  return reader();
}
print(around('var made = 1'), around(''));
with ({ pad: 'with' }) {
  var inWith = function () {
    /* .................................................................................................................... */
    return pad;
  };
}
print(inWith());

function mapped(a) {
  'sloppy';
  const change = function () {
    /* .................................................................................................................... */
    a = 'changed' + pad.length;
  };
  change();
  return arguments[0];
}
print(mapped('x'));

function deep(n) {
  /* more registers than the stub, at the end of the stack .................................................................. */
  const a = n + 1, b = a + 1, c = b + 1, e = c + 1;
  return [a, b, c, e, deep.caller === undefined].length;
}
function recurse(n) {
  try {
    return recurse(n + 1);
  } catch (e) {
    return e instanceof RangeError;
  }
}
print(recurse(0), deep(1));
try {
  new Function('function f() { /* ' + pad + pad + ' */ return #x in this; }');
} catch (e) {
  print(e.name);
}
try {
  (0, eval)('function f() { /* ' + pad + pad + ' */ class A { m() { return this.#nope; } } }');
} catch (e) {
  print(e.name, e.message);
}
const counterOf = () => {
  let own = 0;
  return {
    next() {
      /* .................................................................................................................. */
      return ++own;
    },
    get [pad.slice(0, 1)]() {
      /* .................................................................................................................. */
      return own;
    },
  };
};
const c1 = counterOf(), c2 = counterOf();
print(c1.next(), c1.next(), c2.next(), c1['.'], c2['.']);
// expect: block,1,2,2,4,number 1 declared
// expect: 120 true true
// expect: base:hidden42:3:y:undefined:1true
// expect: 7 base:hidden7:0:y:undefined:2true
// expect: 114,124,134
// expect: ReferenceError Cannot access 'tdz' before initialization
// expect: initialised
// expect: TypeError Assignment to constant variable.
// expect: number,function,104 undefined,function,104
// expect: with
// expect: changed104
// expect: true 5
// expect: SyntaxError
// expect: SyntaxError Private field '#nope' must be declared in an enclosing class
// expect: 1 2 1 2 1
// expect: 1,2,1,1

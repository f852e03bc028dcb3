// SPDX-License-Identifier: MIT
// The language: classes, closures, iteration, generators, async functions, destructuring, exceptions, collections, proxies.
'use strict';
class Shape {
  #id;
  static made = 0;
  constructor(id) { this.#id = id; this.scale = 1; Shape.made++; }
  get id() { return this.#id; }
  set size(value) { this.scale = value; }
  area() { return 0; }
  toString() { return `${this.constructor.name} ${this.#id}: ${this.area()}`; }
}
class Rectangle extends Shape {
  constructor(id, width, height) { super(id); this.width = width; this.height = height; }
  area() { return this.width * this.height * this.scale; }
}
class Circle extends Shape {
  constructor(id, radius) { super(id); this.radius = radius; }
  area() { return Math.round(3 * this.radius ** 2) * this.scale; }
}

function classes(rounds) {
  let total = 0;
  const shapes = [];
  for (let i = 0; i < rounds; i++) shapes.push(i % 3 ? new Rectangle(i, i % 7, 2) : new Circle(i, i % 5));
  for (const shape of shapes) {
    shape.size = shape.id % 2 + 1;
    total += shape.area() + shape.toString().length + (shape instanceof Circle ? 1 : 0);
  }
  return total + Shape.made;
}

function callbacks(rounds) {
  const numbers = Array.from({ length: rounds }, (_, i) => i);
  const compose = (...steps) => (value) => steps.reduce((sum, step) => step(sum), value);
  const step = compose((x) => x + 1, (x) => x * 2, (x) => x % 1000);
  let total = numbers.map(step).filter((x) => x % 3 === 0).reduce((a, b) => a + b, 0);
  numbers.forEach((x) => { total += x & 3; });
  total += numbers.some((x) => x === rounds - 1) + numbers.findIndex((x) => x > rounds / 2) + numbers.flatMap((x) => [x, x]).length;
  return total + numbers.slice().sort((a, b) => (a * 7919) % 997 - (b * 7919) % 997)[5];
}

function* pairs(limit) {
  for (let a = 0; a < limit; a++) {
    try {
      if (a % 5 === 4) throw new RangeError(`no ${a}`);
      yield [a, { square: a * a, half: a / 2 }];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      yield* [[a, { square: -1, half: -1 }]];
    }
  }
}

function patterns(rounds) {
  let total = 0;
  for (const [a, { square, half = 0, ...rest }] of pairs(rounds)) {
    const [first, , third = 3, ...others] = [a, square, undefined, half, rest];
    const copy = { ...rest, first, third, ['key' + (a % 4)]: others.length };
    for (const key in copy) total += key.length;
    for (const [key, value] of Object.entries(copy)) total += key.length + Number(value);
    switch (a % 6) {
      case 0: total += 1; break;
      case 1: total += arguments.length;
      case 2: total += copy?.missing?.deeper ?? 2; break;
      default: total -= 1;
    }
    switch (typeof square) { case 'string': total++; break; case 'number': total += 2; }
  }
  return total;
}

function collections(rounds) {
  const map = new Map(), set = new Set(), weak = new WeakMap(), plain = Object.create(null);
  for (let i = 0; i < rounds; i++) {
    const key = `key${i % 97}`, object = { i };
    map.set(key, (map.get(key) || 0) + i);
    set.add(i % 211).delete(i % 13);
    weak.set(object, key);
    plain[key] = weak.get(object).length + (key in plain ? 1 : 0);
    if (i % 50 === 0) delete plain[key];
  }
  let total = 0;
  for (const [key, value] of map) total += key.length + value;
  for (const value of set) total += value;
  return total + Object.keys(plain).length;
}

function unusual(rounds) {
  const log = [];
  const proxy = new Proxy({ a: 1 }, { get: (target, key, receiver) => { log.push(key); return Reflect.get(target, key, receiver); } });
  const tag = (strings, ...values) => strings.raw.join('|') + values.join();
  let total = 0n, text = 0;
  outer: for (let i = 0; i < rounds; i++) {
    for (let j = 0; j < 3; j++) {
      if (j === 2) continue outer;
      total += BigInt(i) * 3n ** BigInt(j + 1);
      text += proxy.a + tag`x${i}y${j}`.length;
    }
  }
  function old() { let sum = this.base; for (let i = 0; i < arguments.length; i++) sum += arguments[i]; return sum; }
  for (let i = 0; i < rounds; i++) text += old.call({ base: i }, 1, 2) + old.apply({ base: 1 }, [i, 2, 3]) + old.bind({ base: 2 }, i)(4);
  return text + Number(total % 1000007n) + log.length + eval('1 + 1') + new Function('a', 'return a + 1')(1);
}

async function awaits(rounds) {
  const later = (value) => new Promise((resolve) => { queueMicrotask(() => resolve(value)); });
  async function* numbers() { for (let i = 0; i < rounds; i++) yield i; }
  let total = 0;
  for await (const n of numbers()) total += await n;
  for (let i = 0; i < rounds; i++) {
    total += (await Promise.all([i, later(i), Promise.resolve(i).then((x) => x + 1)])).length;
    try { await Promise.reject(new Error('no')); } catch (error) { total += error.message.length; } finally { total++; }
  }
  return total;
}

(async () => {
  let total = 0;
  for (let i = 0; i < 20; i++) total += classes(1500) + callbacks(1500) + patterns(800) + collections(2000) + unusual(250) + await awaits(400);
  console.log(total);
})();

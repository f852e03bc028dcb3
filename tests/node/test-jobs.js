// SPDX-License-Identifier: MIT
'use strict';
// Promise jobs, microtasks and ticks: their order, what exceptions leave behind, what stack traces show, and that species and
// hooks are noticed whatever ran before.
const { AsyncLocalStorage } = require('node:async_hooks');
const log = [];
const say = (x) => log.push(x);

async function order() {
  const out = [];
  process.nextTick((a, b, c, d) => out.push('tick', a, b, c, d), 1, 2, 3, 4);
  queueMicrotask(() => out.push('micro'));
  Promise.resolve(5).then((v) => { out.push('then', v); return Promise.resolve(6); }).then((v) => out.push('adopted', v));
  Promise.reject(new Error('x')).then(say, (e) => { out.push('rejected', e.message); throw new Error('y'); })
    .catch((e) => out.push('caught', e.message)).finally(() => out.push('finally'));
  (async () => { out.push(await null, await { then(f) { f('thenable'); } }, await Promise.resolve('awaited')); })();
  Promise.resolve(1).then(Math.abs).then(String).then((v) => out.push(typeof v));
  Promise.resolve(1).then(class {}).catch((e) => out.push(e.constructor.name));
  Promise.resolve(1).then(function* () { yield 1; }).then((g) => out.push(String(g)));
  Promise.resolve([3]).then(function () { return arguments.length + arguments[0][0]; }).then((v) => out.push(v));
  Promise.resolve('bound').then(((p, v) => out.push(p + v)).bind(null, 'is '));
  await new Promise((resolve) => setTimeout(resolve, 5));
  console.log(out.join(' '));
}

async function nested() {
  const out = [];
  queueMicrotask(() => {
    queueMicrotask(() => out.push('inner'));
    process._tickCallback();
    out.push('outer');
  });
  await new Promise((resolve) => setImmediate(resolve));
  console.log(out.join(' '));
}

async function exceptions() {
  const out = [];
  const context = new AsyncLocalStorage();
  process.on('uncaughtException', (e) => out.push(e.message, context.getStore()));
  context.run('A', () => {
    process.nextTick(() => { queueMicrotask(() => out.push('after tick')); throw new Error('tick'); });
    process.nextTick(() => out.push('tick 2', context.getStore()));
    queueMicrotask(() => { throw new Error('micro'); });
    queueMicrotask(() => out.push('micro 2', context.getStore()));
    Promise.resolve().then(() => out.push('then', context.getStore()));
  });
  Promise.resolve().then(() => out.push('then', context.getStore()));
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.removeAllListeners('uncaughtException');
  console.log(out.join(' '));
  const deep = () => deep();
  await Promise.resolve().then(deep).catch((e) => console.log(e.name));
}

async function traces() {
  const lines = (e) => e.stack.split('\n').slice(1).map((l) => l.trim().replace(/\(?(node:)?[^( ]*[\\/]/, '(').replace(/:\d+:\d+/, '').replace('process.', '')).join('; ');
  await new Promise((resolve) => process.nextTick(function ticked() { console.log(lines(new Error())); resolve(); }));
  async function inner() { await 1; return lines(new Error()); }
  async function outer() { return await inner(); }
  console.log(await outer());
  console.log(await Promise.resolve().then(function handler() { return lines(new Error()); }));
}

async function species() {
  const p = Promise.resolve(1);
  p.then(say).then(say); // warm
  p.constructor = { [Symbol.species]: class Mine extends Promise {} };
  console.log(p.then(say).constructor.name, p.then(say) instanceof Promise);
  const original = Object.getOwnPropertyDescriptor(Promise, Symbol.species);
  Object.defineProperty(Promise, Symbol.species, { configurable: true, get() { return class Other extends Promise {}; } });
  console.log(Promise.resolve(2).then(say).constructor.name);
  Object.defineProperty(Promise, Symbol.species, original);
  console.log(Promise.resolve(2).then(say).constructor.name);
  const { constructor } = Promise.prototype;
  Promise.prototype.constructor = class Third extends Promise {};
  console.log(Promise.resolve(2).then(say).constructor.name);
  Promise.prototype.constructor = constructor;
  console.log(Promise.resolve(2).then(say).constructor === Promise);
  class Sub extends Promise {}
  console.log(Sub.resolve(1).then(say) instanceof Sub, Promise.resolve.call(Sub, 1) instanceof Sub);
  const derived = Promise.resolve(1).then(() => derived);
  await derived.catch((e) => console.log(e.message));
}

function globals() {
  const described = Object.getOwnPropertyDescriptor(globalThis, 'process');
  console.log(described.enumerable, described.configurable, described.get.name, described.set.name, described.set.length);
  const read = () => process;
  const { process: before } = globalThis;
  console.log(read() === before, described.get() === before);
  globalThis.process = 17;
  console.log(read(), globalThis.process);
  globalThis.process = before;
  console.log(read() === before, typeof Buffer, Buffer === require('node:buffer').Buffer);
}

(async () => {
  await order();
  await nested();
  await exceptions();
  await traces();
  await species();
  globals();
})();

// SPDX-License-Identifier: MIT
'use strict';
// Timers in their lists: links that programs can see, timers that were changed, cleared, started again and taken apart, order
// of many durations, ids, and async hooks that come and go.
const { inspect } = require('node:util');
const { createHook } = require('node:async_hooks');
const shown = (timer) => inspect(timer).replace(/_idleStart: \d+/, '_idleStart: N').replace(/asyncId\): \d+/, 'asyncId): N')
  .replace(/triggerId\): \d+/, 'triggerId): N').replace(/\s+/g, ' ');
const noop = () => {};
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function links() {
  const a = setTimeout(noop, 77_000);
  const b = setTimeout(noop, 77_000.9);
  const c = setTimeout(noop, 77_000);
  const list = a._idleNext._idleNext._idleNext._idleNext === a ? [a, b, c].map((t) => t._idlePrev).find((t) => t.msecs) : undefined;
  console.log(a._idlePrev === b, b._idleNext === a, b._idlePrev === c, c._idlePrev === list, list._idleNext === c, list._idlePrev === a);
  console.log(list.constructor.name, list.msecs, b._idleTimeout, list.expiry - a._idleStart);
  clearTimeout(b);
  console.log(a._idlePrev === c, c._idleNext === a, b._idleNext, b._idlePrev, b._destroyed, b._idleTimeout);
  console.log(a.refresh() === a, c._idlePrev === a, list._idlePrev === c, list._idleNext === a);
  clearTimeout(a);
  clearTimeout(c);
  console.log(list._idleNext === list, list._idlePrev === list);
  console.log(shown(setTimeout(noop, 5, 'x').unref().close()));
  console.log(setTimeout(noop, 1).constructor === a.constructor, setTimeout.length, setTimeout.name, setImmediate.length, clearInterval.name);
}

async function odd() {
  const log = [];
  const say = (...x) => log.push(x.join(' '));
  const many = setTimeout(say, 3, 'with properties');
  for (let i = 0; i < 30; i++) many[`p${i}`] = i;
  const few = setTimeout(say, 3, 'with one');
  few.extra = 1;
  const bare = setTimeout(say, 3, 'without');
  delete bare._repeat;
  const after = setTimeout(say, 3, 'after');
  const frozen = setTimeout(noop, 3000);
  frozen.note = 1;
  clearTimeout(frozen);
  const cleared = [setTimeout(say, 3, 'never'), setTimeout(say, 3, 'never')];
  for (let i = 0; i < 30; i++) cleared[0][`p${i}`] = i;
  for (const each of cleared) clearTimeout(each);
  const accessor = setTimeout(say, 3, 'never');
  Object.defineProperty(accessor, '_onTimeout', { configurable: true, get() { return () => say('through an accessor'); }, set() {} });
  clearTimeout({ _onTimeout: null });
  clearTimeout({});
  clearTimeout(undefined);
  clearTimeout(null);
  clearTimeout(Symbol.iterator);
  await sleep(12);
  console.log(log.join(', '));
  few.refresh();
  after.refresh();
  await sleep(8);
  console.log(log.slice(5).join(', '));
}

async function order() {
  const log = [];
  for (const ms of [45, 15, 35, 5, 25, 15, 45, 0, 10.5, 20]) setTimeout(() => log.push(ms), ms);
  const timers = Array.from({ length: 50 }, (_, i) => setTimeout(() => log.push('x'), 2 + i % 7));
  for (const timer of timers) clearTimeout(timer);
  const self = setTimeout(() => { clearTimeout(self); log.push('self'); }, 30);
  const other = setTimeout(() => log.push('other'), 48);
  setTimeout(() => clearTimeout(other), 40);
  let count = 0;
  const interval = setInterval((a) => { log.push(a + ++count); if (count === 2) clearInterval(interval); }, 55, 'i');
  const once = setTimeout(() => { if (++count < 6) once.refresh(); else log.push('refreshed ' + count); }, 50);
  await sleep(300);
  console.log(log.join(' '));
}

async function ids() {
  const log = [];
  const timer = setTimeout(() => log.push('never'), 2);
  const id = +timer;
  console.log(typeof id, id === Number(timer), `${timer}` === String(id));
  clearTimeout(String(id));
  const second = setTimeout(() => log.push('second'), 2);
  clearTimeout(+second + 1);
  const third = setTimeout(() => log.push('never'), 2);
  void +third;
  clearTimeout(third);
  await sleep(6);
  console.log(log.join(), third._destroyed);
}

async function hooked() {
  const log = [];
  const before = setTimeout(() => log.push('before'), 4);
  const late = setTimeout(() => log.push('never'), 4);
  const hook = createHook({
    init(id, type) { if (type === 'Timeout' || type === 'Immediate') log.push('init ' + type); },
  }).enable();
  const during = setTimeout(() => log.push('during'), 4);
  setImmediate(() => log.push('immediate'));
  clearTimeout(late);
  during.refresh();
  hook.disable();
  setImmediate(() => log.push('immediate 2'));
  const after = setTimeout(() => log.push('after'), 4);
  before.refresh();
  clearTimeout(after);
  await sleep(10);
  console.log(log.join(', '));
}

async function immediates() {
  const log = [];
  const first = setImmediate((...args) => { log.push(args.join('')); clearImmediate(third); setImmediate(() => log.push('next turn')); }, 'a', 'b');
  const second = setImmediate(() => log.push('second'));
  second.note = 1;
  for (let i = 0; i < 20; i++) second[`p${i}`] = i;
  const third = setImmediate(() => log.push('never'));
  setImmediate(function fourth() { log.push('fourth', this === fourth.self, this?.constructor.name); });
  console.log(first._idleNext === second, third._idlePrev === second, first.hasRef(), first.unref().hasRef(), first.ref().hasRef());
  clearImmediate(setImmediate(() => log.push('never')));
  await sleep(5);
  console.log(log.join(', '), inspect(first).includes('_destroyed: true'));
}

for (const wrong of [() => setTimeout(), () => setInterval('x'), () => setImmediate({})]) {
  try { wrong(); } catch (error) { console.log(error.code, error.message); }
}
links();
(async () => {
  await odd();
  await order();
  await ids();
  await hooked();
  await immediates();
})();

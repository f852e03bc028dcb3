// flags: --no-warnings
// sessionStorage as an object and through its methods, navigator and its locks, QuotaExceededError.
'use strict';
const log = (...args) => console.log(...args);
const attempt = async (name, run) => {
  try {
    log(name, await run());
  } catch (error) {
    log(name, error.name, error.code, error.message);
  }
};

(async () => {
  const s = sessionStorage;
  s.a = 1;
  s.setItem('b', { toString: () => 'two' });
  s.length = 9;
  log(s, s.length, s.key(0), s.key(7), s.a, s.getItem('none'), s.none, Object.keys(s), 'a' in s, JSON.stringify(s));
  s.setItem('getItem', 'x');
  log(typeof s.getItem, s.getItem('getItem'), Object.getOwnPropertyDescriptor(s, 'a'));
  log(delete s.a, s.removeItem('zz'), s.getItem('a'), { ...s });
  for (const wrong of [() => s.setItem('a'), () => s.getItem(), () => s.key(), () => s.removeItem(), () => new Storage(),
    () => Storage.prototype.getItem.call({}, 'a'), () => s.setItem('big', 'x'.repeat(11 * 1024 * 1024))]) await attempt('', wrong);
  s.clear();
  log(s.length, `${s}`);
  const q = new QuotaExceededError('full', { quota: 1, requested: 2 });
  log(q.name, q.code, q.quota, q.requested, q instanceof DOMException);
  await attempt('quota', () => new QuotaExceededError('', { quota: -1 }));

  log(navigator, navigator.userAgent === `Node.js/${process.versions.node.split('.')[0]}`, navigator.platform.startsWith('Linux'),
    navigator.languages[0] === navigator.language, Object.isFrozen(navigator.languages), navigator.hardwareConcurrency > 0);
  await attempt('ctor', () => new Navigator());
  for (const name of ['navigator', 'localStorage']) {
    const { get, set, enumerable, configurable } = Object.getOwnPropertyDescriptor(globalThis, name);
    log(name, typeof get, typeof set, enumerable, configurable);
  }

  const { locks } = navigator;
  for (const [name, ...args] of [['none'], ['notfn', 'a', 1], ['dash', '-a', () => {}], ['mode', 'a', { mode: 'x' }, () => {}],
    ['both', 'a', { steal: true, ifAvailable: true }, () => {}], ['shared', 'a', { steal: true, mode: 'shared' }, () => {}],
    ['signal', 'a', { signal: 1 }, () => {}], ['aborted', 'a', { signal: AbortSignal.abort() }, () => {}]]) {
    await attempt(name, () => locks.request(...args));
  }
  await attempt('held', () => locks.request('r', async (lock) => {
    const order = [];
    const waiting = [
      locks.request('r', { mode: 'shared' }, async () => { order.push('s1'); await null; }),
      locks.request('r', { mode: 'shared' }, () => order.push('s2')),
      locks.request('r', () => order.push('x')),
    ];
    const { held, pending } = await locks.query();
    log(held.map(({ name, mode }) => name + mode), pending.map(({ name, mode }) => name + mode), lock.name, lock.mode);
    log(await locks.request('r', { ifAvailable: true }, (none) => none), await locks.request('other', { ifAvailable: true }, (l) => l.name));
    const ac = new AbortController();
    const given = locks.request('r', { signal: ac.signal }, () => order.push('never')).catch((e) => e.name);
    ac.abort();
    log(await given);
    setImmediate(async () => { await Promise.all(waiting); log(order); });
    return 'done';
  }));
  await new Promise((resolve) => setTimeout(resolve, 10));
  let finish;
  const robbed = locks.request('s', () => new Promise((resolve) => { finish = resolve; })).catch((e) => `${e.name}: ${e.message}`);
  await new Promise(setImmediate);
  log(await locks.request('s', { steal: true }, (lock) => lock.mode), await robbed);
  finish();
})();

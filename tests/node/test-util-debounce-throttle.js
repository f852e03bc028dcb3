// util.debounce() and util.throttle(): which calls run, with which arguments, what the promises come to.
'use strict';
const { debounce, throttle } = require('util');

const failed = (error) => [error.name, error.code, error.message, error.cause];
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
function attempt(...args) {
  try {
    const fn = args.shift();
    fn(...args);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}

async function main() {
  console.log('-- debounce');
  const f = debounce((...args) => {
    console.log('call', args);
    return args[0] * 2;
  }, 5);
  console.log(f.pending, f.pendingCount, f.length);
  const first = f(1);
  const second = f(2, 3);
  console.log(first === second, f.pendingCount, await first, await second, f.pendingCount);
  const flushed = f(5);
  console.log(f.flush(), f.pendingCount, await flushed);
  const cancelled = f(6).catch(failed);
  f.cancel('why');
  console.log(await cancelled);
  const leading = debounce((x) => {
    console.log('call', x);
    return x;
  }, 5, { leading: true });
  console.log(await leading(1), await Promise.all([leading(2), leading(3)]));
  const strict = debounce((x) => x, 1, { rejectOnCancel: true });
  console.log(await Promise.all([strict(1).catch(failed), strict(2)]));
  const controller = new AbortController();
  const signalled = debounce(() => 1, 5, { signal: controller.signal });
  const aborted = signalled().catch(failed);
  controller.abort('done');
  console.log(await aborted, await signalled().catch(failed));
  console.log(await debounce(() => { throw new Error('thrown'); }, 1)().catch(failed));

  console.log('-- throttle');
  const order = [];
  const t = throttle((x) => {
    order.push(x);
    return x;
  }, 2, 20);
  const all = [1, 2, 3, 4, 5].map((x) => t(x));
  console.log(order, t.pendingCount, t.activeCount, t.hasImmediateCapacity());
  console.log(await Promise.all(all), order, t.pendingCount);
  for (const options of [{ overflow: 'drop' }, { maxPending: 1 }]) {
    const limited = throttle((x) => x, 1, 5, options);
    console.log(await Promise.all([limited(1), limited(2).catch(failed), limited(3).catch(failed)]));
  }
  const one = throttle(async (x) => {
    console.log('begins', x);
    await sleep(2);
    console.log('ends', x);
  }, 5, 100, { concurrency: 1 });
  await Promise.all([one('a'), one('b')]);
  const stopped = throttle((x) => x, 1, 5);
  const results = [stopped(1), stopped(2).catch(failed)];
  stopped.cancel('no more');
  console.log(await Promise.all(results));

  console.log('-- use');
  attempt(debounce);
  attempt(debounce, () => {}, -1);
  attempt(debounce, () => {}, 1, { leading: 1 });
  attempt(debounce, () => {}, 1, { signal: AbortSignal.abort('early') });
  attempt(throttle, () => {}, 0, 1);
  attempt(throttle, () => {}, 1);
  attempt(throttle, () => {}, 1, 1, { overflow: 'x' });
  attempt(throttle, () => {}, 1, 1, { concurrency: 0 });
}
main();

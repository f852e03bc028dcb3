'use strict';
// mock.timers.
const { mock } = require('node:test');
const timersPromises = require('timers/promises');
const timers = require('timers');

const { timers: clock } = mock;
const check = (fn) => {
  try {
    console.log('no error', fn());
  } catch (error) {
    console.log(error.code, error.message);
  }
};
check(() => clock.tick(1));
clock.enable();
check(() => clock.enable());
check(() => clock.tick(-1));
console.log(Date.now(), new Date().getTime(), new Date(5).getTime(), typeof Date(), new Date() instanceof Date);
setTimeout((a, b) => console.log('timeout 30', a, b, Date.now()), 30, 1, 2);
timers.setTimeout(() => console.log('timeout 10', Date.now()), 10);
const stopped = setTimeout(() => console.log('never'), 5);
clearTimeout(stopped);
const interval = setInterval(() => console.log('interval', Date.now()), 7);
setImmediate(() => console.log('immediate', Date.now()));
clock.tick(0);
console.log('--');
clock.tick(15);
clearInterval(interval);
clock.runAll();
console.log(Date.now());
clock.setTime(1000);
console.log(Date.now());
const { signal } = { signal: AbortSignal.timeout(50) };
clock.tick(49);
console.log(signal.aborted);
clock.tick(1);
console.log(signal.aborted, signal.reason.name);
(async () => {
  const promise = timersPromises.setTimeout(20, 'value');
  clock.tick(20);
  console.log(await promise);
  const controller = new AbortController();
  const aborted = timersPromises.setTimeout(20, 'value', { signal: controller.signal });
  controller.abort();
  console.log(await aborted.catch((error) => error.name));
  const wait = timersPromises.scheduler.wait(20);
  clock.tick(20);
  console.log(await wait);
  const times = [];
  const every = timersPromises.setInterval(10, 'x');
  const first = every.next();
  clock.tick(10);
  times.push((await first).value);
  await every.return();
  console.log(times);
  mock.reset();
  console.log(Date.now() > 1e12, Date.name);
  clock.enable({ apis: ['Date'], now: 42 });
  console.log(Date.now(), setTimeout === timers.setTimeout);
  clock.reset();
  check(() => clock.enable({ apis: ['x'] }));
  check(() => clock.enable({ apis: 'x' }));
  check(() => clock.enable({ now: -1 }));
})();

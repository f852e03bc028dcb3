// The order of one turn: synchronous code, ticks, promise jobs, timers, immediates; ticks before jobs after every callback.
console.log('sync 1');
setTimeout(() => {
  console.log('timeout 1');
  process.nextTick(() => console.log('tick in timeout'));
  Promise.resolve().then(() => console.log('promise in timeout'));
}, 0);
setTimeout(() => console.log('timeout 2'), 0);
setTimeout(() => setImmediate(() => {
  console.log('immediate');
  process.nextTick(() => console.log('tick in immediate'));
}), 5);
process.nextTick(() => console.log('tick 1'));
Promise.resolve().then(() => {
  console.log('promise 1');
  process.nextTick(() => console.log('tick in promise'));
}).then(() => console.log('promise 2'));
queueMicrotask(() => console.log('microtask'));
process.nextTick((a, b) => console.log('tick 2', a, b), 'x', 'y');
(async () => {
  console.log('async start');
  await null;
  console.log('async resumed');
})();
process.on('beforeExit', () => console.log('beforeExit'));
process.on('exit', (code) => console.log('exit', code));
console.log('sync 2');

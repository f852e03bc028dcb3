// Web Locks hold among threads: who waits, who is told null, who loses a lock; query() tells of the own thread.
// (Node 26 aborts where a lock of another thread is stolen: that part is by the standard.)
'use strict';
const { Worker, isMainThread, locks, parentPort } = require('worker_threads');

const names = (list) => list.map(({ name, mode }) => `${name} ${mode}`);

if (isMainThread) {
  main();
} else {
  parentPort.on('message', async (message) => {
    if (message === 'try') {
      locks.request('taken', { ifAvailable: true }, (lock) => parentPort.postMessage(['available', lock]));
      locks.request('taken', (lock) => {
        parentPort.postMessage(['granted', lock.name]);
        return new Promise((resolve) => parentPort.once('message', resolve));
      });
      locks.request('stolen', () => {
        parentPort.postMessage(['has', 'stolen']);
        return new Promise(() => {});
      }).catch((error) => parentPort.postMessage(['lost', error.name]));
      const { held, pending } = await locks.query();
      parentPort.postMessage(['query', names(held), names(pending)]);
    }
  });
}

async function main() {
  const worker = new Worker(__filename);
  const waiting = new Map();
  const seen = new Map();
  worker.on('message', ([what, ...rest]) => {
    if (waiting.has(what)) waiting.get(what)(rest);
    else seen.set(what, rest);
  });
  const next = (what) => new Promise((resolve) => {
    if (seen.has(what)) resolve(seen.get(what));
    else waiting.set(what, resolve);
  });
  await locks.request('taken', async () => {
    worker.postMessage('try');
    console.log('worker asks at once:', await next('available'));
    console.log('worker has', await next('has'), 'and', await next('query'));
    const { held, pending } = await locks.query();
    console.log('main has', names(held), names(pending));
    await locks.request('stolen', { steal: true }, () => console.log('main steals'));
    console.log('worker lost:', await next('lost'));
  });
  console.log('worker was granted:', await next('granted'));
  await locks.request('taken', { ifAvailable: true }, (lock) => console.log('main asks at once:', lock));
  const later = locks.request('taken', () => console.log('main has it after the worker'));
  worker.postMessage('release');
  await later;
  await worker.terminate();
  console.log('ended');
}

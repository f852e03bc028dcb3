// SPDX-License-Identifier: MIT
// What event-loop delay, utilisation and gc entries show is what happened.
'use strict';

const { execFileSync } = require('node:child_process');
const { PerformanceObserver, constants, eventLoopUtilization, monitorEventLoopDelay, performance } = require('node:perf_hooks');
const { setTimeout: sleep } = require('node:timers/promises');
const { Worker } = require('node:worker_threads');

function block(ms) {
  for (const end = performance.now() + ms; performance.now() < end;);
}

async function delay() {
  const histogram = monitorEventLoopDelay({ resolution: 5 });
  console.log('before', histogram.count, histogram.max, Number.isNaN(histogram.mean));
  console.log('enable', histogram.enable(), histogram.enable());
  await sleep(30);
  const calm = histogram.count;
  block(80);
  await sleep(20);
  console.log('sampled', calm > 0, histogram.count > calm);
  console.log('the block is seen', histogram.max >= 50e6, histogram.percentile(100) >= 50e6, histogram.max < 30e9, histogram.min > 0, histogram.min <= histogram.percentile(50));
  console.log('disable', histogram.disable(), histogram.disable());
  const { count } = histogram;
  block(30);
  await sleep(30);
  console.log('off', histogram.count === count);
  histogram.reset();
  console.log('reset', histogram.count, histogram.max);
}

async function utilisation() {
  const start = eventLoopUtilization();
  await sleep(100);
  const idle = eventLoopUtilization(start);
  console.log('waiting is idle', idle.idle >= 80, idle.utilization < 0.9, Object.keys(idle).join());
  const before = eventLoopUtilization();
  await new Promise((resolve) => setImmediate(() => {
    block(100);
    resolve();
  }));
  const busy = eventLoopUtilization(before);
  console.log('computing is active', busy.active >= 100, busy.idle < 50, busy.utilization > 0.6);
  const two = eventLoopUtilization(before), three = eventLoopUtilization(two, before);
  console.log('of two', three.active === two.active - before.active, three.active <= two.active);
  const worker = new Worker('const { parentPort } = require("worker_threads"); parentPort.on("message", () => { for (const end = performance.now() + 80; performance.now() < end;); parentPort.postMessage(0); });', { eval: true });
  await new Promise((resolve) => worker.once('online', resolve));
  const first = worker.performance.eventLoopUtilization();
  worker.postMessage(0);
  await new Promise((resolve) => worker.once('message', resolve));
  const seen = worker.performance.eventLoopUtilization(first);
  console.log('of a thread', Object.keys(seen).join(), seen.active >= 70);
  await worker.terminate();
}

function collections() {
  const source = `
    const { PerformanceObserver, constants } = require('node:perf_hooks');
    const names = Object.fromEntries(Object.entries(constants).filter(([name]) => /GC_(MAJOR|MINOR|INCREMENTAL|WEAKCB)$/.test(name)).map(([name, value]) => [value, name]));
    const seen = [];
    const observer = new PerformanceObserver((list) => seen.push(...list.getEntries()));
    observer.observe({ entryTypes: ['gc'] });
    gc();
    setTimeout(() => {
      const forced = seen.filter((entry) => entry.detail.flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED);
      console.log('forced', forced.length > 0, forced[0]?.name, forced[0]?.entryType, names[forced[0]?.detail.kind], forced[0]?.duration > 0, forced[0]?.startTime > 0);
      seen.length = 0;
      const kept = [];
      for (let k = 0; k < 3e6; k++) kept[k % 1000] = { k, kept: null };
      setTimeout(() => {
        console.log('by allocation', seen.length > 0, seen.every((entry) => entry.detail.kind in names), seen.some((entry) => names[entry.detail.kind] === 'NODE_PERFORMANCE_GC_MINOR'), seen.every((entry) => !(entry.detail.flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED)));
        console.log('in order', seen.every((entry, k) => k === 0 || entry.startTime >= seen[k - 1].startTime));
        observer.disconnect();
        seen.length = 0;
        gc();
        setTimeout(() => console.log('disconnected', seen.length), 20);
      }, 20);
    }, 20);`;
  process.stdout.write(execFileSync(process.execPath, ['--expose-gc', '-e', source]));
}

(async () => {
  await delay();
  await utilisation();
  collections();
  console.log(typeof PerformanceObserver, constants.NODE_PERFORMANCE_GC_MAJOR);
})();

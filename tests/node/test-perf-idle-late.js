// SPDX-License-Identifier: MIT
// The loop's idle time counts from its start, also for a program that looks at it late.
'use strict';
const { performance } = require('perf_hooks');

setTimeout(() => {
  const first = performance.eventLoopUtilization();
  console.log('waited before the first look', first.idle >= 80, first.utilization < 0.8);
  console.log('timing agrees', Math.abs(performance.nodeTiming.idleTime - first.idle) < 20);
  const end = Date.now() + 60;
  while (Date.now() < end);
  const busy = performance.eventLoopUtilization(first);
  console.log('computing is no idleness', busy.idle < 30, busy.active >= 50);
  setTimeout(() => {
    const waited = performance.eventLoopUtilization(performance.eventLoopUtilization(), first);
    console.log('waiting goes on being idle', waited.idle >= 80);
  }, 100);
}, 100);

// SPDX-License-Identifier: MIT
'use strict';

// How much of its time the event loop was busy.

const { loopIdleTime, milestones, now } = require('internal/perf/clock');

function between(idle, active) {
  return { idle, active, utilization: active / (idle + active) };
}

// times: [idle, active] of a loop, undefined of one that does not turn (yet, or any more).
function utilizationOf(times, one, two) {
  if (times === undefined) return { idle: 0, active: 0, utilization: 0 };
  if (two !== undefined) return between(one.idle - two.idle, one.active - two.active);
  const [idle, active] = times;
  return one === undefined ? between(idle, active) : between(idle - one.idle, active - one.active);
}

function eventLoopUtilization(one, two) {
  const start = milestones.loopStart();
  if (start <= 0) return utilizationOf(undefined);
  const idle = loopIdleTime();
  return utilizationOf([idle, now() - start - idle], one, two);
}

module.exports = { eventLoopUtilization, utilizationOf };

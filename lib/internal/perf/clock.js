// SPDX-License-Identifier: MIT
'use strict';

// The clock of High Resolution Time, and the points in the life of the process that have names.

const { uptime } = internalBinding('process');
const { loopIdleTime, milestone, timeOrigin } = internalBinding('performance');

// Milliseconds since the process began, in threads too.
function now() {
  return uptime() * 1000;
}

// Of nodeTiming and as names for measures; -1 for what is still to come.
const names = ['nodeStart', 'v8Start', 'environment', 'bootstrapComplete', 'loopStart', 'loopExit'];
const milestones = { __proto__: null, timeOrigin: () => 0 };
names.forEach((name, k) => {
  milestones[name] = () => milestone(k);
});

module.exports = { loopIdleTime, milestones, now, timeOrigin };

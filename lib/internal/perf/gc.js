// SPDX-License-Identifier: MIT
'use strict';

// 'gc' entries: what C noted of each collection since the last time, told of in a turn of the loop.

const { drainCollections, watchCollections } = internalBinding('performance');
const { enqueue, nodeEntry } = require('internal/perf/entries');

const kMajor = 4;
const kMinor = 1;
const kForced = 4;

const listeners = new Set();
const kColumns = 8;

// listener({ major, forced, start, duration, usedBefore, totalBefore, usedAfter, totalAfter })
function listen(listener) {
  listeners.add(listener);
  if (listeners.size === 1) watchCollections(deliver);
}

function unlisten(listener) {
  drainCollections();
  listeners.delete(listener);
  if (listeners.size === 0) watchCollections(undefined);
}

function deliver(rows) {
  for (let k = 0; k < rows.length; k += kColumns) {
    const event = { major: rows[k] !== 0, forced: rows[k + 1] !== 0, start: rows[k + 2], duration: rows[k + 3],
                    usedBefore: rows[k + 4], totalBefore: rows[k + 5], usedAfter: rows[k + 6], totalAfter: rows[k + 7] };
    for (const listener of listeners) listener(event);
  }
}

// For PerformanceObserver.
function makeEntry({ major, forced, start, duration }) {
  const detail = { kind: major ? kMajor : kMinor, flags: forced ? kForced : 0 };
  enqueue(nodeEntry('gc', 'gc', start, duration, detail));
}

function watch(on) {
  if (on) listen(makeEntry);
  else unlisten(makeEntry);
}

module.exports = { listen, unlisten, watch };

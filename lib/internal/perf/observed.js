// SPDX-License-Identifier: MIT
'use strict';

// Which kinds of entries somebody observes, for the parts of the library that make such entries: as long as nobody does, none
// of the machinery of PerformanceObserver is loaded.

const wanted = { __proto__: null }; // type -> observers that asked for it

function isObserved(type) {
  return wanted[type] > 0;
}

// The time at which something began, for tell().
function begin() {
  return require('internal/perf/clock').now();
}

// What began at `start` is over now.
function tell(name, type, start, detail) {
  if (!isObserved(type)) return;
  const { enqueue, nodeEntry } = require('internal/perf/entries');
  enqueue(nodeEntry(name, type, start, begin() - start, detail));
}

module.exports = { begin, isObserved, tell, wanted };

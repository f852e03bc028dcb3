// SPDX-License-Identifier: MIT
'use strict';

// Stand-in for the one loop timer and the check phase.

const { performance } = require('perf_hooks');
// The globals of these names may be the library's by now.
const { setTimeout, clearTimeout, setImmediate } = require('timers');

const timerInfo = new Int32Array(1);
const immediateInfo = new Uint32Array(3);
let processTimers;
let processImmediate;
let timer;
let refed = true;
let check;

function now() {
  return Math.floor(performance.now());
}

function schedule(msecs) {
  clearTimeout(timer);
  timer = setTimeout(onTimer, Math.max(1, msecs));
  if (!refed) timer.unref();
}

// Again after an exception, as C does.
function guarded(fn) {
  for (;;) {
    try {
      return fn();
    } catch (error) {
      require('./errors').triggerUncaughtException(error, false);
    }
  }
}

function onTimer() {
  const next = guarded(() => processTimers(now()));
  if (next !== 0) {
    refed = next > 0;
    schedule(Math.abs(next) - now());
  }
}

function onCheck() {
  check = undefined;
  do guarded(() => processImmediate()); while (immediateInfo[2]);
  if (immediateInfo[1] > 0) check = setImmediate(onCheck);
}

module.exports = {
  timerInfo,
  immediateInfo,
  setupTimers(immediate, timers) {
    processImmediate = immediate;
    processTimers = timers;
  },
  scheduleTimer: schedule,
  toggleTimerRef(value) {
    refed = value;
    if (timer) value ? timer.ref() : timer.unref();
  },
  toggleImmediateRef(value) {
    if (value && check === undefined) check = setImmediate(onCheck);
  },
  getLibuvNow: now,
};

// SPDX-License-Identifier: MIT
'use strict';

// Timers and immediates. Timers of one duration form a list in the order they were started, which is the order they
// expire; the lists stand in a heap by the expiry of their first timer. Starting and clearing them is C's
// (makeTimers), and so is the heap; here they are run, and what is out of the ordinary is done. C has one timer for all of it
// and calls processTimers when the earliest is due.

const { validateFunction } = require('internal/validators');
const binding = internalBinding('timers');
const { tickInfo, runMicrotasks } = internalBinding('task_queue');
const { immediateInfo, timerInfo, scheduleTimer, toggleTimerRef, toggleImmediateRef, getLibuvNow } = binding;

const TIMEOUT_MAX = 2 ** 31 - 1;

// immediateInfo: how many wait, how many of those keep the loop alive, whether an exception left some undone.
const COUNT = 0;
const REF_COUNT = 1;
const HAS_OUTSTANDING = 2;

const { currentFrame, frames, hooks, restoreFrame } = require('internal/async_context');

const kFrame = Symbol('kAsyncContextFrame');
const kRefed = Symbol('refed');
const kHasPrimitive = Symbol('kHasPrimitive');
const kAsyncId = Symbol('asyncId');
const kTriggerId = Symbol('triggerId');

// Ids handed out by Symbol.toPrimitive, which clearTimeout accepts.
const byId = { __proto__: null };

class TimersList {
  constructor(expiry, msecs) {
    this._idleNext = this;
    this._idlePrev = this;
    this.expiry = expiry;
    this.msecs = msecs;
    this.priorityQueuePosition = null;
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    return inspect(this, { ...options, depth: 0, customInspect: false });
  }
}

// The list's _idlePrev is its first, as in Node, and so on by _idlePrev.
function append(list, item) {
  unlink(item);
  const last = list._idleNext;
  item._idleNext = last;
  item._idlePrev = list;
  last._idlePrev = item;
  list._idleNext = item;
}

function unlink(item) {
  if (item._idleNext) {
    item._idleNext._idlePrev = item._idlePrev;
  }
  if (item._idlePrev) {
    item._idlePrev._idleNext = item._idleNext;
  }
  item._idleNext = null;
  item._idlePrev = null;
}

// Once in the life of the process.
const hasWarned = { negative: false, notANumber: false };

function toDuration(after) {
  if (after === undefined) {
    return 1;
  }
  const given = after;
  after *= 1;
  if (after >= 1 && after <= TIMEOUT_MAX) {
    return after;
  }
  if (after > TIMEOUT_MAX) {
    process.emitWarning(`${after} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`,
                        'TimeoutOverflowWarning');
  } else if (after < 0) {
    if (hasWarned.negative) return 1;
    hasWarned.negative = true;
    process.emitWarning(`${after} is a negative number.\nTimeout duration was set to 1.`, 'TimeoutNegativeWarning');
  } else if (after !== after) {
    if (hasWarned.notANumber) return 1;
    hasWarned.notANumber = true;
    process.emitWarning(`${given} is not a number.\nTimeout duration was set to 1.`, 'TimeoutNaNWarning');
  }
  return 1;
}

class Timeout {
  constructor(callback, after, args, isRepeat, isRefed) {
    after = toDuration(after);
    this._idleTimeout = after;
    this._idlePrev = this;
    this._idleNext = this;
    this._idleStart = null;
    // A property of this name hides what is called from stack traces less than a local would.
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = isRepeat ? after : null;
    this._destroyed = false;
    if (isRefed) {
      incRef();
    }
    this[kRefed] = isRefed;
    this[kHasPrimitive] = false;
    this[kAsyncId] = nextId();
    this[kTriggerId] = 0;
    this[kFrame] = currentFrame();
    if (hooks.areOn) hooks.module.initResource(this, 'Timeout');
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    return inspect(this, { ...options, depth: 0, customInspect: false });
  }

  unref() {
    if (this[kRefed]) {
      this[kRefed] = false;
      if (!this._destroyed) {
        decRef();
      }
    }
    return this;
  }

  ref() {
    if (this[kRefed] === false) {
      this[kRefed] = true;
      if (!this._destroyed) {
        incRef();
      }
    }
    return this;
  }

  hasRef() {
    return this[kRefed];
  }

  close() {
    clearTimeout(this);
    return this;
  }

  [Symbol.dispose]() {
    clearTimeout(this);
  }

  [Symbol.toPrimitive]() {
    const id = this[kAsyncId];
    if (!this[kHasPrimitive]) {
      this[kHasPrimitive] = true;
      byId[id] = this;
    }
    return id;
  }
}

// timerInfo[0] counts the timers that keep the loop alive.
function incRef() {
  if (timerInfo[0]++ === 0) {
    toggleTimerRef(true);
  }
}

function decRef() {
  if (--timerInfo[0] === 0) {
    toggleTimerRef(false);
  }
}

// What C could not do with these objects.
function insertSlow(item, list, start) {
  // What was cleared and is started again counts again.
  if (item._destroyed) {
    item._destroyed = false;
    if (item[kRefed]) {
      incRef();
    }
  }
  item._idleStart = start;
  append(list, item);
}

// What C is to make, and the names of the properties it looks at, in the order of its lists.
function describe() {
  const { areOn } = hooks;
  hooks.areOn = false; // these are no program's
  let timer;
  let immediate;
  // The engine learns from the first how much room they need.
  for (let i = 0; i < 3; i++) {
    timer = new Timeout(null, 1, undefined, false, false);
    immediate = new Immediate(null, undefined, null);
  }
  immediate[kRefed] = true;
  hooks.areOn = areOn;
  return [
    timer, ['_onTimeout', '_idleTimeout', '_timerArgs', '_repeat', kRefed, '_idleNext', '_idlePrev', '_idleStart', kAsyncId, kFrame,
            '_destroyed', kHasPrimitive],
    new TimersList(0, 0), ['_idlePrev', '_idleNext', 'expiry', 'msecs', 'priorityQueuePosition'],
    immediate, ['_onImmediate', '_argv', kFrame, '_idleNext', '_idlePrev'],
    immediateQueue, ['head', 'tail'],
  ];
}

// Async hooks are on, or the duration needs a word.
function startSlow(callback, after, args, isRepeat, isRefed) {
  validateFunction(callback, 'callback');
  const timer = new Timeout(callback, after, args, isRepeat, isRefed);
  insert(timer, timer._idleTimeout, getLibuvNow());
  return timer;
}

// Takes a timer out of its list; it will not fire.
function unenroll(item) {
  if (item._destroyed) {
    return;
  }
  item._destroyed = true;
  if (hooks.areOn) hooks.module.destroyResource(item);
  if (item[kHasPrimitive]) {
    delete byId[item[kAsyncId]];
  }
  const { _idleNext: next, _idlePrev: previous } = item;
  if (next) {
    next._idlePrev = previous;
    previous._idleNext = next;
    item._idleNext = item._idlePrev = null;
  }
  if (item[kRefed]) {
    // An emptied list of a live timer goes at once, so that the loop is not woken for nothing. One that is running goes in the end.
    if (next && next === previous) endList(next, Math.trunc(item._idleTimeout), true);
    decRef();
  }
  item._idleTimeout = -1;
}

function clearTimeoutSlow(timer) {
  if (timer !== undefined && timer !== null && timer._onTimeout) {
    timer._onTimeout = timer._timerArgs = undefined;
    unenroll(timer);
    return;
  }
  if (typeof timer === 'number' || typeof timer === 'string') {
    const found = byId[timer];
    if (found !== undefined) {
      found._onTimeout = found._timerArgs = undefined;
      unenroll(found);
    }
  }
}

const {
  setTimeout, setInterval, setUnrefTimeout, clearTimeout, clearInterval, setImmediate,
  refresh, insert, nextId, firstList, allLists, postponeList, endList, setNextExpiry,
} = binding.makeTimers({
  setTimeout(callback, after, ...args) {
    return startSlow(callback, after, args.length > 0 ? args : undefined, false, this);
  },
  setInterval(callback, repeat, ...args) {
    return startSlow(callback, repeat, args.length > 0 ? args : undefined, true, this);
  },
  clearTimeout: clearTimeoutSlow,
  insert: insertSlow,
  setImmediate(callback, ...args) {
    validateFunction(callback, 'callback');
    return new Immediate(callback, args.length > 0 ? args : undefined, immediateQueue);
  },
  describe,
});
Object.defineProperty(Timeout.prototype, 'refresh', { __proto__: null, value: refresh, writable: true, configurable: true });

// Runs what a callback left: ticks and promise jobs come before the next timer or immediate.
function runNextTicks() {
  if (tickInfo[0] === 0 && tickInfo[1] === 0) {
    runMicrotasks();
  }
  if (tickInfo[0] === 0 && tickInfo[1] === 0) {
    return;
  }
  require('internal/process/task_queues').processTicksAndRejections();
}

// Called by C when the timer is due; has it called again when the next list is. When a callback throws, C reports it and
// calls again.
let ranBefore = false;

function processTimers(now) {
  const begun = now;
  setNextExpiry(Infinity);
  try {
    let list;
    // After an exception the ticks of the callback that threw are still to run.
    if (ranBefore) {
      ranBefore = false;
      runNextTicks();
      now = getLibuvNow();
    }
    while ((list = firstList()) !== undefined) {
      // What is due since then waits for the loop's next turn: timers that take longer than their time leave room for others.
      if (list.expiry > begun) {
        // Here, not when C has its answer: the last callback's promise jobs run before that, and may set a nearer one.
        setNextExpiry(list.expiry);
        scheduleTimer(Math.max(1, list.expiry - getLibuvNow()));
        toggleTimerRef(timerInfo[0] > 0);
        return;
      }
      if (ranBefore) {
        ranBefore = false;
        runNextTicks();
        now = getLibuvNow();
      } else {
        ranBefore = true;
      }
      runList(list, now);
    }
  } finally {
    ranBefore = false;
  }
}

// Fires the timers of one list that are due at `now`.
function runList(list, now) {
  const { msecs } = list;
  let ran = false;
  let timer;
  while ((timer = list._idlePrev) !== list) {
    const elapsed = now - timer._idleStart;
    if (elapsed < msecs) {
      postponeList(list, msecs, Math.max(timer._idleStart + msecs, now + 1));
      return;
    }
    if (ran) {
      runNextTicks();
      // The ticks may have cleared or refreshed it.
      if (list._idlePrev !== timer) {
        ran = false;
        continue;
      }
    }
    ran = true;
    unlink(timer);
    if (!timer._onTimeout) {
      if (!timer._destroyed) {
        timer._destroyed = true;
        if (timer[kRefed]) {
          decRef();
        }
      }
      continue;
    }
    let startedAt;
    if (timer._repeat) {
      startedAt = getLibuvNow();
    }
    try {
      const args = timer._timerArgs;
      if (frames.areUsed) restoreFrame(timer[kFrame]);
      if (hooks.areOn) {
        hooks.module.callInScope(timer._onTimeout, timer, ...args ?? []);
      } else if (args === undefined) {
        timer._onTimeout();
      } else {
        timer._onTimeout(...args);
      }
      if (frames.areUsed) restoreFrame(undefined); // an exception is reported in the frame of its callback
    } finally {
      if (timer._repeat && timer._idleTimeout !== -1) {
        timer._idleTimeout = timer._repeat;
        insert(timer, timer._idleTimeout, startedAt);
      } else if (!timer._idleNext && !timer._idlePrev && !timer._destroyed) {
        if (timer[kHasPrimitive]) {
          delete byId[timer[kAsyncId]];
        }
        timer._destroyed = true;
        if (hooks.areOn) hooks.module.destroyResource(timer);
        if (timer[kRefed]) {
          decRef();
        }
      }
    }
  }
  // Empty. A callback may have cleared the list and made a new one of the same duration.
  endList(list, msecs, false);
}

// Immediates: two lists, the one being filled and, after an exception, the rest of the one being run.
class ImmediateList {
  constructor() {
    this.head = null;
    this.tail = null;
  }

  append(item) {
    if (this.tail !== null) {
      this.tail._idleNext = item;
      item._idlePrev = this.tail;
    } else {
      this.head = item;
    }
    this.tail = item;
  }

  remove(item) {
    if (item._idleNext) {
      item._idleNext._idlePrev = item._idlePrev;
    }
    if (item._idlePrev) {
      item._idlePrev._idleNext = item._idleNext;
    }
    if (item === this.head) {
      this.head = item._idleNext;
    }
    if (item === this.tail) {
      this.tail = item._idlePrev;
    }
    item._idleNext = null;
    item._idlePrev = null;
  }
}

const immediateQueue = new ImmediateList();
const outstandingQueue = new ImmediateList();

class Immediate {
  constructor(callback, args, queue) {
    this._idleNext = null;
    this._idlePrev = null;
    this._onImmediate = callback;
    this._argv = args;
    this._destroyed = false;
    this[kRefed] = false;
    this[kFrame] = currentFrame();
    if (queue === null) return; // a model
    this.ref();
    if (hooks.areOn) hooks.module.initResource(this, 'Immediate');
    immediateInfo[COUNT]++;
    queue.append(this);
  }

  ref() {
    if (this[kRefed] === false) {
      this[kRefed] = true;
      if (immediateInfo[REF_COUNT]++ === 0) {
        toggleImmediateRef(true);
      }
    }
    return this;
  }

  unref() {
    if (this[kRefed] === true) {
      this[kRefed] = false;
      if (--immediateInfo[REF_COUNT] === 0) {
        toggleImmediateRef(false);
      }
    }
    return this;
  }

  hasRef() {
    return !!this[kRefed];
  }

  [Symbol.dispose]() {
    clearImmediate(this);
  }
}

function retire(immediate) {
  immediateInfo[COUNT]--;
  if (immediate[kRefed] && --immediateInfo[REF_COUNT] === 0) {
    toggleImmediateRef(false);
  }
  immediate[kRefed] = null;
  immediate._destroyed = true;
}

function clearImmediate(immediate) {
  if (!immediate?._onImmediate || immediate._destroyed) {
    return;
  }
  retire(immediate);
  if (hooks.areOn) hooks.module.destroyResource(immediate);
  immediate._onImmediate = null;
  // It may stand in either list; only the ends are the list's business.
  if (immediate === outstandingQueue.head || immediate === outstandingQueue.tail) {
    outstandingQueue.remove(immediate);
  } else {
    immediateQueue.remove(immediate);
  }
}

// Called by C in the check phase. Immediates made meanwhile wait for the next turn of the loop.
function processImmediate() {
  if (hooks.beforeImmediates !== undefined) hooks.beforeImmediates();
  const queue = outstandingQueue.head !== null ? outstandingQueue : immediateQueue;
  let immediate = queue.head;
  if (queue !== outstandingQueue) {
    queue.head = queue.tail = null;
    immediateInfo[HAS_OUTSTANDING] = 1;
  }
  let previous;
  let ran = false;
  while (immediate !== null) {
    if (ran) {
      runNextTicks();
      ran = false;
    }
    // Cleared by one before it: its links are gone, the one before it still leads on.
    if (immediate._destroyed) {
      outstandingQueue.head = immediate = previous._idleNext;
      continue;
    }
    ran = true;
    retire(immediate);
    previous = immediate;
    try {
      const args = immediate._argv;
      if (frames.areUsed) restoreFrame(immediate[kFrame]);
      if (hooks.areOn) {
        hooks.module.callInScope(immediate._onImmediate, immediate, ...args ?? []);
        hooks.module.destroyResource(immediate);
      } else if (args === undefined) {
        immediate._onImmediate();
      } else {
        immediate._onImmediate(...args);
      }
      if (frames.areUsed) restoreFrame(undefined);
    } finally {
      immediate._onImmediate = null;
      outstandingQueue.head = immediate = immediate._idleNext;
    }
  }
  if (queue === outstandingQueue) {
    outstandingQueue.head = null;
  }
  outstandingQueue.tail = null;
  immediateInfo[HAS_OUTSTANDING] = 0;
}

// For process.getActiveResourcesInfo(). A timer that is part of something else is called after it.
const kResourceName = Symbol('resourceName');

function getTimerResources() {
  const names = [];
  for (const list of allLists()) {
    for (let timer = list._idlePrev; timer !== list; timer = timer._idlePrev) {
      if (timer[kRefed]) {
        names.push(timer[kResourceName] ?? 'Timeout');
      }
    }
  }
  for (let i = 0; i < immediateInfo[REF_COUNT]; i++) {
    names.push('Immediate');
  }
  return names;
}

// A duration given by a program to another module (socket.setTimeout).
function getTimerDuration(msecs, name) {
  const { validateNumber } = require('internal/validators');
  validateNumber(msecs, name);
  if (msecs < 0 || !Number.isFinite(msecs)) {
    const { ERR_OUT_OF_RANGE } = require('internal/errors').codes;
    throw new ERR_OUT_OF_RANGE(name, 'a non-negative finite number', msecs);
  }
  if (msecs > TIMEOUT_MAX) {
    process.emitWarning(`${msecs} does not fit into a 32-bit signed integer.` +
      `\nTimer duration was truncated to ${TIMEOUT_MAX}.`, 'TimeoutOverflowWarning');
    return TIMEOUT_MAX;
  }
  return msecs;
}

binding.setupTimers(processImmediate, processTimers);

module.exports = {
  kResourceName,
  Immediate,
  TIMEOUT_MAX,
  Timeout,
  clearImmediate,
  clearInterval,
  clearTimeout,
  getTimerDuration,
  getTimerResources,
  kTimeout: Symbol('timeout'),
  kRefed,
  runNextTicks,
  setImmediate,
  setInterval,
  setTimeout,
  setUnrefTimeout,
  unenroll,
};

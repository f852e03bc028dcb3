// SPDX-License-Identifier: MIT
'use strict';

// Timers and immediates. Timers of one duration form a list in the order they were started, which is the order they
// expire; the lists stand in a heap by the expiry of their first timer. C has one timer for all of it and calls
// processTimers when the earliest is due. Starting and clearing a timer costs no heap work in the usual case.

const { validateFunction } = require('internal/validators');
const PriorityQueue = require('internal/priority_queue');
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

let lastId = 1;
// Ids handed out by Symbol.toPrimitive, which clearTimeout accepts.
const byId = { __proto__: null };

const lists = new Map();
const heap = new PriorityQueue();
let nextExpiry = Infinity;

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

function append(list, item) {
  unlink(item);
  const last = list._idlePrev;
  item._idlePrev = last;
  item._idleNext = list;
  last._idleNext = item;
  list._idlePrev = item;
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
    this[kAsyncId] = ++lastId;
    this[kTriggerId] = 0;
    this[kFrame] = currentFrame();
    if (hooks.areOn) hooks.module.initResource(this, 'Timeout');
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    return inspect(this, { ...options, depth: 0, customInspect: false });
  }

  refresh() {
    if (this[kRefed]) {
      active(this);
    } else {
      activeUnref(this);
    }
    return this;
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

// Starts a timer that counts as alive (again), for objects of other modules too (socket timeouts).
function active(item) {
  if (item[kRefed] === undefined) {
    item[kRefed] = true;
    incRef();
  }
  insert(item, item._idleTimeout, getLibuvNow());
}

function activeUnref(item) {
  insert(item, item._idleTimeout, getLibuvNow());
}

function insert(item, msecs, start) {
  // What was cleared and is started again counts again.
  if (item._destroyed) {
    item._destroyed = false;
    if (item[kRefed]) {
      incRef();
    }
  }
  msecs = Math.trunc(msecs);
  item._idleStart = start;
  append(lists.get(msecs) ?? newList(msecs, start), item);
}

function newList(msecs, start) {
  const expiry = start + msecs;
  const list = new TimersList(expiry, msecs);
  lists.set(msecs, list);
  heap.insert(list);
  if (nextExpiry > expiry) {
    scheduleTimer(msecs);
    nextExpiry = expiry;
  }
  return list;
}

// Timers are copies of one that the constructor made.
let stampTimer = null;

function makeStamp() {
  const { areOn } = hooks;
  hooks.areOn = false; // these are no program's
  let timer;
  // The engine learns from the first how much room they need.
  for (let i = 0; i < 3; i++) timer = new Timeout(null, 1, undefined, false, false);
  hooks.areOn = areOn;
  stampTimer = internalBinding('util').makeStamp(timer, [
    '_onTimeout', '_idleTimeout', '_timerArgs', '_repeat', kRefed, '_idlePrev', '_idleNext', '_idleStart', kAsyncId, kFrame,
  ]);
}

// Programs use few durations, most often the one they used before.
let recentList = null;

function start(callback, after, args, isRepeat, isRefed) {
  if (!(after >= 1 && after <= TIMEOUT_MAX && typeof after === 'number')) after = toDuration(after);
  if (stampTimer === null) makeStamp();
  if (isRefed && timerInfo[0]++ === 0) toggleTimerRef(true);
  const now = getLibuvNow();
  const msecs = after | 0; // it is no more than TIMEOUT_MAX
  let list = recentList;
  if (list === null || list.msecs !== msecs || list.priorityQueuePosition === null) {
    list = recentList = lists.get(msecs) ?? newList(msecs, now);
  }
  const last = list._idlePrev;
  const timer = stampTimer(callback, after, args, isRepeat ? after : null, isRefed, last, list, now, ++lastId,
    frames.areUsed ? currentFrame() : undefined);
  last._idleNext = list._idlePrev = timer;
  if (hooks.areOn) hooks.module.initResource(timer, 'Timeout');
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
    if (next && next === previous && next.priorityQueuePosition != null) dropList(next);
    if (--timerInfo[0] === 0) toggleTimerRef(false);
  }
  item._idleTimeout = -1;
}

function dropList(list) {
  lists.delete(list.msecs);
  heap.removeAt(list.priorityQueuePosition);
  list.priorityQueuePosition = null;
  const first = heap.peek();
  if (first === undefined) {
    nextExpiry = Infinity;
  } else if (first.expiry > nextExpiry) {
    nextExpiry = first.expiry;
    scheduleTimer(Math.max(1, nextExpiry - getLibuvNow()));
  }
}

function setTimeout(callback, after, ...args) {
  if (typeof callback !== 'function') validateFunction(callback, 'callback');
  return start(callback, after, args.length > 0 ? args : undefined, false, true);
}
Object.defineProperty(setTimeout, 'length', { __proto__: null, value: 2, configurable: true });

function setInterval(callback, repeat, ...args) {
  if (typeof callback !== 'function') validateFunction(callback, 'callback');
  return start(callback, repeat, args.length > 0 ? args : undefined, true, true);
}
Object.defineProperty(setInterval, 'length', { __proto__: null, value: 2, configurable: true });

function clearTimeout(timer) {
  if (timer !== undefined && timer !== null && timer._onTimeout) {
    timer._onTimeout = null;
    unenroll(timer);
    return;
  }
  if (typeof timer === 'number' || typeof timer === 'string') {
    const found = byId[timer];
    if (found !== undefined) {
      found._onTimeout = null;
      unenroll(found);
    }
  }
}

function clearInterval(timer) {
  clearTimeout(timer);
}

// A one-shot timer of the library itself, not keeping the loop alive.
function setUnrefTimeout(callback, after) {
  return start(callback, after, undefined, false, false);
}

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
  nextExpiry = Infinity;
  try {
    let list;
    // After an exception the ticks of the callback that threw are still to run.
    if (ranBefore) {
      ranBefore = false;
      runNextTicks();
      now = getLibuvNow();
    }
    while ((list = heap.peek()) !== undefined) {
      // What is due since then waits for the loop's next turn: timers that take longer than their time leave room for others.
      if (list.expiry > begun) {
        // Here, not when C has its answer: the last callback's promise jobs run before that, and may set a nearer one.
        nextExpiry = list.expiry;
        scheduleTimer(Math.max(1, nextExpiry - getLibuvNow()));
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
  while ((timer = list._idleNext) !== list) {
    const elapsed = now - timer._idleStart;
    if (elapsed < msecs) {
      list.expiry = Math.max(timer._idleStart + msecs, now + 1);
      heap.siftDown(list.priorityQueuePosition);
      return;
    }
    if (ran) {
      runNextTicks();
      // The ticks may have cleared or refreshed it.
      if (list._idleNext !== timer) {
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
  if (lists.get(msecs) === list) {
    lists.delete(msecs);
    heap.removeAt(list.priorityQueuePosition);
    list.priorityQueuePosition = null;
  }
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
  constructor(callback, args) {
    this._idleNext = null;
    this._idlePrev = null;
    this._onImmediate = callback;
    this._argv = args;
    this._destroyed = false;
    this[kRefed] = false;
    this.ref();
    this[kFrame] = currentFrame();
    if (hooks.areOn) hooks.module.initResource(this, 'Immediate');
    immediateInfo[COUNT]++;
    immediateQueue.append(this);
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

function setImmediate(callback, ...args) {
  validateFunction(callback, 'callback');
  return new Immediate(callback, args.length > 0 ? args : undefined);
}
Object.defineProperty(setImmediate, 'length', { __proto__: null, value: 1, configurable: true });

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
      restoreFrame(immediate[kFrame]);
      if (hooks.areOn) {
        hooks.module.callInScope(immediate._onImmediate, immediate, ...args ?? []);
        hooks.module.destroyResource(immediate);
      } else if (args === undefined) {
        immediate._onImmediate();
      } else {
        immediate._onImmediate(...args);
      }
      restoreFrame(undefined);
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
  for (const list of lists.values()) {
    for (let timer = list._idleNext; timer !== list; timer = timer._idleNext) {
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
  active,
  activeUnref,
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

// SPDX-License-Identifier: MIT
'use strict';

// Async hooks: which asynchronous resource runs, and telling a program of each one's life. Loaded, and anything tracked,
// only once a program asks; what was made before has no id until it is met.

const { codes } = require('internal/errors');
const { hooks: switches } = require('internal/async_context');
const { setHooks, isInMain } = internalBinding('async_context');

// --- what runs -------------------------------------------------------------------------------------------------------

let lastId = 1;
const mainResource = {};

// What is entered, innermost last: { id, trigger, resource }.
const stack = [];
const records = new WeakMap(); // resource -> { id, trigger, destroyed }

function newAsyncId() {
  return ++lastId;
}

function executionAsyncId() {
  track();
  const top = stack[stack.length - 1];
  return top !== undefined ? top.id : isInMain() ? 1 : 0;
}

function triggerAsyncId() {
  track();
  return stack[stack.length - 1]?.trigger ?? 0;
}

function executionAsyncResource() {
  track();
  return stack[stack.length - 1]?.resource ?? mainResource;
}

// The id that begins things now: what a resource made here is triggered by.
let defaultTrigger;

function getDefaultTriggerAsyncId() {
  return defaultTrigger ?? executionAsyncId();
}

function withDefaultTrigger(id, fn) {
  const before = defaultTrigger;
  defaultTrigger = id;
  try {
    return fn();
  } finally {
    defaultTrigger = before;
  }
}

// --- the program's hooks ---------------------------------------------------------------------------------------------

// Replaced, never changed. A hook that is switched while hooks are being called takes part once the outermost call ends.
let active = [];
let depth = 0;
let next; // what `active` will be then

// An error in a hook ends the process: the program's state is not to be trusted.
function fatal(error) {
  if (typeof error?.stack === 'string') process._rawDebug(error.stack);
  else process._rawDebug(require('internal/util/inspect').inspect(error));
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--abort-on-uncaught-exception')) process.abort();
  process.exit(1);
}

function emit(name, a, b, c, d) {
  depth++;
  try {
    for (const hook of active) {
      const callback = hook[name];
      if (callback !== undefined) callback(a, b, c, d);
    }
  } catch (error) {
    fatal(error);
  }
  if (--depth === 0 && next !== undefined) {
    active = next;
    next = undefined;
    update();
  }
}

function wants(name) {
  for (const hook of active) {
    if (hook[name] !== undefined) return true;
  }
  return false;
}

function emitInit(id, type, trigger, resource) {
  if (active.length > 0) emit('init', id, type, trigger, resource);
}

function enter(id, trigger, resource) {
  stack.push({ id, trigger, resource });
  if (active.length > 0) emit('before', id);
}

function leave(id) {
  if (active.length > 0) emit('after', id);
  // What was left behind by an exception goes too.
  let top;
  while ((top = stack.pop()) !== undefined && top.id !== id);
}

// Destruction is told of later: nothing of it is to run in the middle of something else.
let destroyQueue = [];

function emitDestroy(id) {
  if (!wants('destroy')) return;
  if (destroyQueue.push(id) > 1) return;
  const { setImmediate } = require('internal/timers');
  const wasOn = switches.areOn;
  switches.areOn = false;
  setImmediate(runDestroys).unref();
  switches.areOn = wasOn;
  switches.beforeImmediates = runDestroys;
}

// Comes before the immediates of the program, and before 'beforeExit'.
function runDestroys() {
  switches.beforeImmediates = undefined;
  while (destroyQueue.length > 0) {
    const ids = destroyQueue;
    destroyQueue = [];
    for (const id of ids) emit('destroy', id);
  }
}

// --- resources of the library ------------------------------------------------------------------------------------------

// owner: the resource that triggers this one, where that is not what runs. An object may be used for one request after
// the other.
function initResource(resource, type, owner) {
  const trigger = records.get(owner)?.id ?? getDefaultTriggerAsyncId();
  const record = { id: newAsyncId(), trigger, destroyed: false };
  records.set(resource, record);
  emitInit(record.id, type, trigger, resource);
  return record;
}

function callInScope(fn, self, ...args) {
  const record = records.get(self);
  if (record === undefined) return Reflect.apply(fn, self, args);
  // An exception leaves it to unwind() to leave the scope: who handles it still is in there.
  enter(record.id, record.trigger, self);
  const result = Reflect.apply(fn, self, args);
  leave(record.id);
  return result;
}

// Leaves all scopes: an exception that nobody caught has been handled.
function unwind() {
  while (stack.length > 0) leave(stack[stack.length - 1].id);
}

function destroyResource(resource) {
  const record = records.get(resource);
  if (record === undefined || record.destroyed) return;
  record.destroyed = true;
  emitDestroy(record.id);
}

function hookTick(callback, args) {
  const tick = { callback, args };
  const record = initResource(tick, 'TickObject');
  return () => {
    enter(record.id, record.trigger, tick);
    try {
      callback(...args);
      leave(record.id);
    } finally {
      destroyResource(tick);
    }
  };
}

function hookMicrotask(callback) {
  const microtask = { callback };
  const record = initResource(microtask, 'Microtask');
  return () => {
    enter(record.id, record.trigger, microtask);
    try {
      callback();
      leave(record.id);
    } finally {
      destroyResource(microtask);
    }
  };
}

// --- promises --------------------------------------------------------------------------------------------------------

const kInit = 0;
const kBefore = 1;
const kAfter = 2;

let registry;

function promiseRecord(promise, parent) {
  let record = records.get(promise);
  if (record === undefined) {
    const trigger = parent === undefined ? getDefaultTriggerAsyncId() : promiseId(parent);
    record = { id: newAsyncId(), trigger, destroyed: false };
    records.set(promise, record);
    emitInit(record.id, 'PROMISE', trigger, promise);
    if (wants('destroy')) {
      registry ??= new FinalizationRegistry(emitDestroy);
      registry.register(promise, record.id);
    }
  }
  return record;
}

// The id of a promise; one that was made before promises were watched gets its id silently.
function promiseId(promise) {
  let record = records.get(promise);
  if (record === undefined) {
    record = { id: newAsyncId(), trigger: 0, destroyed: false };
    records.set(promise, record);
  }
  return record.id;
}

function onPromise(event, promise, parent) {
  switch (event) {
    case kInit:
      promiseRecord(promise, parent);
      break;
    case kBefore: {
      const { id, trigger } = promiseRecord(promise, undefined);
      enter(id, trigger, promise);
      break;
    }
    case kAfter: {
      const record = records.get(promise);
      if (record !== undefined && stack.some((each) => each.id === record.id)) leave(record.id);
      break;
    }
    default: {
      const { id } = promiseRecord(promise, undefined);
      if (wants('promiseResolve')) emit('promiseResolve', id);
    }
  }
}

// --- switching -------------------------------------------------------------------------------------------------------

let isTracking = false;
let watchesPromises = false;

// Ids are kept from now on, hooks or not.
function track() {
  if (isTracking) return;
  isTracking = true;
  update();
}

function update() {
  const on = isTracking;
  switches.module = module.exports;
  switches.areOn = on;
  if (on) setHooks(initResource, callInScope, destroyResource);
  else setHooks();
  const watches = active.some((hook) => hook.trackPromises);
  if (watches !== watchesPromises) {
    watchesPromises = watches;
    require('internal/promise_hooks').watch(watches ? onPromise : undefined);
  }
}

function switchHook(hook, on) {
  const others = (next ?? active).filter((each) => each !== hook);
  const list = on ? [...others, hook] : others;
  isTracking = true;
  if (depth > 0) {
    next = list;
    return;
  }
  active = list;
  update();
}

function isEnabled(hook) {
  return (next ?? active).includes(hook);
}

function hooksExist() {
  return active.length > 0;
}

// An async resource of the program (AsyncResource): its id.
function initProgramResource(type, trigger, resource) {
  const id = newAsyncId();
  emitInit(id, type, trigger, resource);
  return id;
}

function checkTrigger(triggerAsyncId) {
  if (!Number.isSafeInteger(triggerAsyncId) || triggerAsyncId < -1) {
    throw new codes.ERR_INVALID_ASYNC_ID('triggerAsyncId', triggerAsyncId);
  }
}

module.exports = {
  callInScope, checkTrigger, destroyResource, emitDestroy, enter, executionAsyncId, executionAsyncResource,
  getDefaultTriggerAsyncId, hookMicrotask, hookTick, hooksExist, initProgramResource, initResource, isEnabled, leave,
  newAsyncId, records, stack, switchHook, triggerAsyncId, unwind, wants, withDefaultTrigger,
};

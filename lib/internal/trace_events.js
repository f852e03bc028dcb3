// SPDX-License-Identifier: MIT
'use strict';

// Trace events of the library's JavaScript, and which categories are enabled. Loaded when the first one is; the rest of the
// library finds it in internal/async_context's hooks.trace while something of it is on.

const { categories: kinds, emit, enable, isOn } = internalBinding('trace_events');
const { hooks: switches } = require('internal/async_context');

const kDefaultCategories = 'v8,node,node.async_hooks';

// --- enabled categories: who wants what --------------------------------------------------------------------------------

const wanted = new Map(); // name -> how many want it

function change(names, by) {
  for (const name of names) {
    const count = (wanted.get(name) ?? 0) + by;
    if (count > 0) wanted.set(name, count);
    else wanted.delete(name);
  }
  const isFirst = !isStarted;
  isStarted = true;
  enable(wanted.keys().toArray().join(','));
  if (isFirst) writeMetadata();
  update();
}

// In the order of the alphabet; undefined for none.
function enabledCategories() {
  return wanted.size === 0 ? undefined : wanted.keys().toArray().sort().join(',');
}

let isStarted = false;

function writeMetadata() {
  const { versions, arch, platform, release } = process;
  const tell = (name, args) => emit(kinds.METADATA, 'M', name, undefined, JSON.stringify(args));
  tell('process_name', { name: process.title });
  tell('version', { node: versions.node });
  tell('thread_name', { name: 'JavaScriptMainThread' });
  tell('node', { process: { versions, arch, platform, release: { name: release.name } } });
}

function startFromOptions() {
  const { getOptionValue } = require('internal/options');
  const { isMainThread, threadId, threadName } = internalBinding('worker');
  if (isMainThread) {
    const given = getOptionValue('--trace-event-categories') ?? kDefaultCategories;
    change(new Set(given.split(',').filter((name) => name !== '')), 1);
  } else {
    emit(kinds.METADATA, 'M', 'thread_name', undefined, JSON.stringify({ name: `[worker ${threadId}] ${threadName || 'WorkerThread'}` }));
    update();
  }
  tellOfStart();
}

// --- events about the start ----------------------------------------------------------------------------------------------

function tellOfStart() {
  const { milestones } = require('internal/perf/clock');
  if (isOn(kinds.ENVIRONMENT)) {
    const args = { args: { args: [process.execPath, ...process.argv.slice(1)], exec_args: process.execArgv } };
    emit(kinds.ENVIRONMENT, 'b', 'Environment', 1, JSON.stringify(args), milestones.environment());
  }
  if (isOn(kinds.BOOTSTRAP)) {
    for (const name of ['environment', 'nodeStart', 'v8Start', 'bootstrapComplete']) {
      const at = milestones[name]();
      if (at >= 0) emit(kinds.BOOTSTRAP, 'I', name, undefined, undefined, at);
    }
  }
  if (isOn(kinds.V8)) {
    const begin = milestones.v8Start();
    emit(kinds.V8, 'X', 'V8.NewContext', undefined, undefined, begin, milestones.environment() - begin);
  }
}

// --- async_hooks -----------------------------------------------------------------------------------------------------------

let asyncHook;

function makeAsyncHook() {
  const { executionAsyncId } = require('internal/async_hooks');
  const types = new Map(); // id -> type, until it is destroyed
  const tell = (phase, name, id, args) => emit(kinds.ASYNC_HOOKS, phase, name, id, args);
  return {
    trackPromises: true,
    init(id, type, triggerAsyncId) {
      types.set(id, type);
      tell('b', type, id, `{"data":{"executionAsyncId":${executionAsyncId()},"triggerAsyncId":${triggerAsyncId}}}`);
    },
    before(id) {
      const type = types.get(id);
      if (type !== undefined) tell('B', `${type}_CALLBACK`, id);
    },
    after(id) {
      const type = types.get(id);
      if (type !== undefined) tell('E', `${type}_CALLBACK`, id);
    },
    destroy(id) {
      const type = types.get(id);
      if (type === undefined) return;
      types.delete(id);
      tell('e', type, id);
    },
  };
}

// --- what diagnostics channels tell of -------------------------------------------------------------------------------------

const requests = new WeakMap(); // a request of http -> its id
let lastRequest = 0;

function begin(name, request) {
  const id = ++lastRequest;
  requests.set(request, id);
  emit(kinds.HTTP, 'b', name, id);
}

function end(name, request, data) {
  const id = requests.get(request);
  if (id === undefined) return;
  requests.delete(request);
  emit(kinds.HTTP, 'e', name, id, JSON.stringify({ data }));
}

const httpListeners = {
  'http.client.request.start': ({ request }) => begin('http.client.request', request),
  'http.client.response.finish': ({ request, response }) => {
    end('http.client.request', request, { path: request.path, statusCode: response.statusCode });
  },
  'http.server.request.start': ({ request }) => begin('http.server.request', request),
  'http.server.response.finish': ({ request, response }) => {
    end('http.server.request', request, { url: request.url, statusCode: response.statusCode });
  },
};

function listenToHttp(on) {
  const channels = require('diagnostics_channel');
  for (const name of Object.keys(httpListeners)) {
    if (on) channels.subscribe(name, httpListeners[name]);
    else channels.unsubscribe(name, httpListeners[name]);
  }
}

// --- collections -----------------------------------------------------------------------------------------------------------

function onCollection({ major, start, duration }) {
  emit(kinds.V8, 'X', major ? 'V8.GCFinalizeMC' : 'V8.GCScavenger', undefined, undefined, start, duration);
}

// --- modules ---------------------------------------------------------------------------------------------------------------

function timeLoad(id, load) {
  const name = `require('${id}')`;
  emit(kinds.MODULE_TIMER, 'b', name, 0);
  try {
    return load();
  } finally {
    emit(kinds.MODULE_TIMER, 'e', name, 0);
  }
}

// --- called by the library while hooks.trace is set --------------------------------------------------------------------------

function consoleTime(phase, label) {
  if (isOn(kinds.CONSOLE)) emit(kinds.CONSOLE, phase, `time::${label}`, 0);
}

function consoleCount(label, count) {
  if (isOn(kinds.CONSOLE)) emit(kinds.CONSOLE, 'C', `count::${label}`, 0, `{"data":${count}}`);
}

const rejections = { unhandled: 0, handledAfter: 0 };

function countRejection(unhandled, handledAfter) {
  rejections.unhandled += unhandled;
  rejections.handledAfter += handledAfter;
  if (isOn(kinds.REJECTIONS)) emit(kinds.REJECTIONS, 'C', 'rejections', undefined, JSON.stringify(rejections));
}

// --- switching -------------------------------------------------------------------------------------------------------------

// category -> what is done when it goes on or off
const switchers = [
  [kinds.ASYNC_HOOKS, (on) => {
    asyncHook ??= makeAsyncHook();
    require('internal/async_hooks').switchHook(asyncHook, on);
  }],
  [kinds.HTTP, listenToHttp],
  [kinds.MODULE_TIMER, (on) => {
    require('internal/modules/cjs/loader').tracing.timer = on ? timeLoad : undefined;
  }],
  [kinds.V8, (on) => {
    const { listen, unlisten } = require('internal/perf/gc');
    if (on) listen(onCollection);
    else unlisten(onCollection);
  }],
];
const isSwitchedOn = new Set();

function update() {
  for (const { 0: kind, 1: turn } of switchers) {
    const on = isOn(kind);
    if (on === isSwitchedOn.has(kind)) continue;
    if (on) isSwitchedOn.add(kind);
    else isSwitchedOn.delete(kind);
    turn(on);
  }
  switches.trace = isOn(kinds.CONSOLE) || isOn(kinds.REJECTIONS) ? module.exports : undefined;
}

module.exports = { change, consoleCount, consoleTime, countRejection, enabledCategories, startFromOptions };

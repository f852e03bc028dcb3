// SPDX-License-Identifier: MIT
'use strict';

// Fills in `process` and the globals, after internal/bootstrap/realm and before a main script of internal/main/. What a
// small program does not use is behind a getter that loads it and then replaces itself.

const { BuiltinModule } = require('internal/bootstrap/realm');
const EventEmitter = require('events');
const binding = internalBinding('process');
const { setupTaskQueue, nextTick, processTicksAndRejections, queueMicrotask } =
  require('internal/process/task_queues');
const perThread = require('internal/process/per_thread');
const timers = require('timers');

const { info } = binding;

// Helpers

function define(target, name, value, enumerable = true, writable = true, configurable = true) {
  Object.defineProperty(target, name, { __proto__: null, value, enumerable, writable, configurable });
}

// A data property whose value is made at the first look at it.
const kWritable = 1;
const kEnumerable = 2;
const kConfigurable = 4;
function defineLazy(target, name, make, enumerable = false, writable = true) {
  internalBinding('util').defineLazy(target, name, make,
                                     (writable ? kWritable : 0) | (enumerable ? kEnumerable : 0) | kConfigurable);
}

// A function that stands for one in a module not loaded yet.
function lazyMethod(name, length, id, exportName = name) {
  const fn = { [name](...args) {
    return Reflect.apply(require(id)[exportName], this, args);
  } }[name];
  Object.defineProperty(fn, 'length', { __proto__: null, value: length, configurable: true });
  return fn;
}

// process

function ProcessConstructor() {
  throw new TypeError('Illegal constructor');
}
Object.defineProperty(ProcessConstructor, 'name', { __proto__: null, value: 'process' });
{
  const proto = { __proto__: EventEmitter.prototype };
  define(proto, 'constructor', ProcessConstructor, false);
  ProcessConstructor.prototype = proto;
  Object.setPrototypeOf(process, proto);
  EventEmitter.call(process);
}

define(process, Symbol.toStringTag, 'process', false, true, false);

for (const name of ['version', 'versions', 'arch', 'platform', 'release']) {
  define(process, name, info[name], true, false);
}
for (const name of ['versions', 'release']) {
  for (const key of Object.keys(process[name])) {
    define(process[name], key, process[name][key], true, false, false);
  }
}
// Asking loads ICU, so nobody does before the program.
for (const key of ['cldr', 'icu', 'tz']) {
  Object.defineProperty(process.versions, key, {
    __proto__: null, enumerable: true, get: () => binding.icuVersions()[key],
  });
}
define(process, '_rawDebug', function _rawDebug(...args) {
  binding.rawDebug(args.length === 1 && typeof args[0] === 'string' ? args[0] :
    require('internal/util/inspect').format(...args));
});
define(process, 'moduleLoadList', [], true, false);
define(process, 'binding', function binding(name) {
  return perThread.legacyBinding(name);
});
define(process, '_linkedBinding', function _linkedBinding(name) {
  return perThread.legacyBinding(name);
});
process.domain = null;

{
  let exiting = false;
  Object.defineProperty(process, '_exiting', {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return exiting;
    },
    set(value) {
      exiting = !!value;
      internalBinding('task_queue').setExiting(exiting);
    },
  });
}
Object.defineProperty(process, 'exitCode', perThread.exitCodeDescriptor);

defineLazy(process, 'config', () => Object.freeze({
  variables: Object.freeze({ napi_build_version: '10', node_module_version: Number(process.versions.modules),
                             node_shared: false, node_use_amaro: true, v8_enable_i18n_support: 1 }),
  target_defaults: Object.freeze({ cflags: [], default_configuration: 'Release', defines: [], include_dirs: [],
                                   libraries: [] }),
}), true, false);
// V8's profiler has no notion of idleness any more: they do nothing in Node either.
process._startProfilerIdleNotifier = () => {};
process._stopProfilerIdleNotifier = () => {};
process.dlopen = perThread.dlopen;
process.uptime = perThread.uptime;
process._getActiveRequests = function _getActiveRequests() {
  return binding.getActiveRequests();
};
process._getActiveHandles = function _getActiveHandles() {
  return binding.getActiveHandles();
};
process.getActiveResourcesInfo = function getActiveResourcesInfo() {
  return [...binding.getActiveResources(), ...require('internal/timers').getTimerResources()];
};
for (const name of ['reallyExit', '_kill', 'loadEnvFile', 'cpuUsage', 'threadCpuUsage', 'resourceUsage',
  'memoryUsage']) {
  process[name] = perThread[name];
}
process.constrainedMemory = function constrainedMemory() {
  return binding.constrainedMemory();
};
process.availableMemory = function availableMemory() {
  return binding.availableMemory();
};
process.kill = perThread.kill;
process.execve = perThread.execve;
process.exit = perThread.exit;
process.ref = perThread.ref;
process.unref = perThread.unref;
process.hrtime = perThread.hrtime;
process.openStdin = perThread.openStdin;

for (const name of ['getuid', 'geteuid', 'getgid', 'getegid', 'getgroups']) {
  process[name] = { [name]() {
    return binding[name]();
  } }[name];
}
defineLazy(process, 'allowedNodeEnvironmentFlags',
           () => Object.freeze(new Set(internalBinding('options').allowedEnvironmentFlags)), true);

define(process, 'features', Object.defineProperties({}, featureDescriptors({
  inspector: false, debug: false, uv: true, ipv6: true, tls_alpn: true, tls_sni: true, tls_ocsp: true, tls: true,
  openssl_is_boringssl: false, cached_builtins: true, require_module: true, dtls: false, quic: false,
  typescript: undefined,
})), true, false, false);

function typescript() {
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--no-strip-types') || getOptionValue('--no-experimental-strip-types')) {
    return false;
  }
  return getOptionValue('--experimental-transform-types') ? 'transform' : 'strip';
}

function featureDescriptors(values) {
  const result = {};
  for (const name of Object.keys(values)) {
    const value = values[name];
    result[name] = name === 'cached_builtins' || name === 'require_module' || name === 'dtls' || name === 'quic' ||
      name === 'typescript' ?
      { __proto__: null, enumerable: true, configurable: true, get: name === 'typescript' ? typescript : () => value } :
      { __proto__: null, enumerable: true, configurable: false, writable: false, value };
  }
  return result;
}

process._fatalException = function _fatalException(error, fromPromise) {
  return require('internal/process/execution').onUncaughtException(error, fromPromise);
};
for (const [name, length] of [['setUncaughtExceptionCaptureCallback', 1], ['addUncaughtExceptionCaptureCallback', 1],
  ['hasUncaughtExceptionCaptureCallback', 0]]) {
  process[name] = lazyMethod(name, length, 'internal/process/execution');
}
process.emitWarning = lazyMethod('emitWarning', 4, 'internal/process/warning');
process.nextTick = nextTick;
process._tickCallback = function _tickCallback() {
  processTicksAndRejections();
};
Object.defineProperty(process, 'sourceMapsEnabled', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: () => BuiltinModule.isLoaded('internal/source_map/cache') &&
    require('internal/source_map/cache').getSourceMapsSupport().enabled,
});
process.setSourceMapsEnabled = function setSourceMapsEnabled(enabled) {
  const { setSourceMapsSupport } = require('internal/source_map/cache');
  setSourceMapsSupport(enabled, { __proto__: null, nodeModules: !!enabled, generatedCode: !!enabled });
};
process.getBuiltinModule = perThread.getBuiltinModule;
require('internal/process/stdio').defineStdio(process);
process.abort = perThread.abort;
process.umask = perThread.umask;
process.chdir = perThread.chdir;
process.cwd = perThread.cwd;
process.initgroups = perThread.initgroups;
process.setgroups = perThread.setgroups;
for (const [name, kind] of [['setegid', 'Group'], ['seteuid', 'User'], ['setgid', 'Group'], ['setuid', 'User']]) {
  const set = perThread.makeSetter(binding[name], kind, name);
  process[name] = { [name](id) {
    return set(id);
  } }[name];
}

process.env = require('internal/process/env').makeEnv(info.env);
Object.defineProperty(process, 'title', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return binding.getTitle();
  },
  set(value) {
    binding.setTitle(`${value}`);
  },
});
process.argv = info.argv;
// The end of the options is none.
process.execArgv = info.execArgv.at(-1) === '--' ? info.execArgv.slice(0, -1) : info.execArgv;
defineLazy(process, 'finalization', () => require('internal/process/finalization').finalization, true);
Object.defineProperty(process, 'report', {
  __proto__: null, configurable: true, enumerable: true, get: () => require('internal/process/report').report,
});
define(process, 'pid', info.pid, true, false);
Object.defineProperty(process, 'ppid', {
  __proto__: null, configurable: true, enumerable: true, get: () => binding.getppid(),
});
process.execPath = info.execPath;
process.debugPort = 9229;
define(process, 'argv0', info.argv0, true, false, false);
define(process, '_preload_modules', [], true, false);

// Signals become events while somebody listens; the first listener of any kind of event loads nothing else.
process.on('newListener', (name) => {
  if (typeof name === 'string' && name.startsWith('SIG')) {
    require('internal/process/signal').startListeningIfSignal(name);
  }
});
process.on('removeListener', (name) => {
  if (typeof name === 'string' && name.startsWith('SIG')) {
    require('internal/process/signal').stopListeningIfSignal(name);
  }
});

{
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--no-deprecation')) {
    process.noDeprecation = true;
  }
  if (getOptionValue('--throw-deprecation')) {
    process.throwDeprecation = true;
  }
  if (getOptionValue('--trace-deprecation')) {
    process.traceDeprecation = true;
  }
  if (getOptionValue('--trace-warnings')) {
    process.traceProcessWarnings = true;
  }
  if (!getOptionValue('--no-warnings') && info.env.NODE_NO_WARNINGS !== '1') {
    process.on('warning', (warning) => require('internal/process/warning').onWarning(warning));
  }
}

setupTaskQueue();
internalBinding('errors').setUncaughtExceptionCallback((error, fromPromise) => {
  if (typeof process._fatalException !== 'function') {
    binding.setExitCode(6);
    return false;
  }
  return process._fatalException(error, fromPromise);
}, (error, fromPromise) => require('internal/process/describe').describeUncaught(error, fromPromise));

// What C calls when the loop has nothing left: 'beforeExit' may give it new work; then 'exit'.
binding.setLifeCallbacks({
  emitBeforeExit() {
    const { hooks } = require('internal/async_context');
    if (hooks.beforeImmediates !== undefined) hooks.beforeImmediates();
    process.emit('beforeExit', process.exitCode || 0);
  },
  emitExit() {
    if (!process._exiting) {
      process._exiting = true;
      require('internal/async_context').hooks.beforeExit?.();
      process.emit('exit', process.exitCode || 0);
    }
    return Number(process.exitCode || 0) | 0;
  },
});

// Globals

define(globalThis, Symbol.toStringTag, 'global', false, false);
define(globalThis, 'global', globalThis);

// Accessors as they are in Node: what is assigned takes the place of what was there.
const { defineHeld } = internalBinding('util');
defineHeld(globalThis, 'process', () => process);

function lazyGlobal(name, id, exportName = name, enumerable = false) {
  defineLazy(globalThis, name, () => require(id)[exportName], enumerable);
}

// An accessor for good, as Web IDL's attributes of the global are.
function lazyGetter(name, id, enumerable, isSettable) {
  const descriptor = Object.getOwnPropertyDescriptor({
    get [name]() {
      return require(id)[name];
    },
    set [name](value) {
      Object.defineProperty(globalThis, name, { __proto__: null, value, writable: true, enumerable, configurable: true });
    },
  }, name);
  Object.defineProperty(globalThis, name, {
    __proto__: null, get: descriptor.get, set: isSettable ? descriptor.set : undefined, enumerable, configurable: true,
  });
}

defineLazy(globalThis, 'console', () => require('console'));
defineHeld(globalThis, 'Buffer', () => require('buffer').Buffer);
for (const name of ['clearImmediate', 'setImmediate']) {
  define(globalThis, name, timers[name]);
}
lazyGlobal('URL', 'internal/url');
lazyGlobal('URLSearchParams', 'internal/url');
lazyGlobal('DOMException', 'internal/domexception', 'DOMException');
lazyGlobal('AbortController', 'internal/abort_controller');
lazyGlobal('AbortSignal', 'internal/abort_controller');
for (const name of ['Event', 'EventTarget', 'CustomEvent']) {
  lazyGlobal(name, 'internal/event_target');
}
for (const name of ['MessageChannel', 'MessagePort', 'BroadcastChannel']) {
  lazyGlobal(name, 'internal/worker/ports');
}
lazyGlobal('TextEncoder', 'util');
lazyGlobal('TextDecoder', 'util');
for (const name of ['clearInterval', 'clearTimeout', 'setInterval', 'setTimeout']) {
  define(globalThis, name, timers[name]);
}
define(globalThis, 'queueMicrotask', queueMicrotask);
define(globalThis, 'structuredClone', function structuredClone(value, options) {
  if (arguments.length === 0) {
    const { ERR_MISSING_ARGS } = require('internal/errors').codes;
    throw new ERR_MISSING_ARGS('The value argument must be specified');
  }
  return require('internal/structured_clone').structuredClone(value, options);
});
Object.defineProperty(globalThis.structuredClone, 'length', { __proto__: null, value: 2, configurable: true });
lazyGlobal('atob', 'buffer', 'atob', true);
lazyGlobal('btoa', 'buffer', 'btoa', true);
lazyGlobal('Blob', 'buffer');
lazyGlobal('File', 'buffer');
for (const [id, names] of [
  ['internal/webstreams/readablestream', ['ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamBYOBReader',
    'ReadableStreamBYOBRequest', 'ReadableByteStreamController', 'ReadableStreamDefaultController']],
  ['internal/webstreams/writablestream', ['WritableStream', 'WritableStreamDefaultWriter',
    'WritableStreamDefaultController']],
  ['internal/webstreams/transformstream', ['TransformStream', 'TransformStreamDefaultController']],
  ['internal/webstreams/queuingstrategies', ['ByteLengthQueuingStrategy', 'CountQueuingStrategy']],
  ['internal/webstreams/encoding', ['TextEncoderStream', 'TextDecoderStream']],
  ['internal/webstreams/compression', ['CompressionStream', 'DecompressionStream']],
]) {
  for (const name of names) lazyGlobal(name, id);
}
define(globalThis, 'fetch', function fetch(input, init = undefined) {
  return Reflect.apply(require('internal/fetch/fetch').fetch, this, arguments);
});
lazyGlobal('URLPattern', 'internal/urlpattern/urlpattern');
lazyGlobal('QuotaExceededError', 'internal/quota_error');
for (const name of ['ErrorEvent', 'MessageEvent']) lazyGlobal(name, 'internal/web_events');
{
  const { getOptionValue } = require('internal/options');
  if (!getOptionValue('--no-experimental-websocket')) {
    lazyGlobal('WebSocket', 'internal/websocket/websocket');
    lazyGlobal('CloseEvent', 'internal/web_events');
  }
  if (getOptionValue('--experimental-eventsource')) lazyGlobal('EventSource', 'internal/eventsource/eventsource');
  if (!getOptionValue('--no-experimental-global-navigator')) {
    lazyGlobal('Navigator', 'internal/navigator');
    lazyGetter('navigator', 'internal/navigator', true, false);
  }
  if (!getOptionValue('--no-experimental-webstorage')) {
    lazyGlobal('Storage', 'internal/web_storage');
    lazyGetter('localStorage', 'internal/web_storage', false, true);
    // Programs that list the globals know this one where they see SQLite, on which Node's storage rests.
    lazyGetter('sessionStorage', 'internal/web_storage', process.versions.sqlite !== undefined, true);
  }
}
lazyGlobal('FormData', 'internal/fetch/formdata');
lazyGlobal('Headers', 'internal/fetch/headers');
lazyGlobal('Request', 'internal/fetch/request');
lazyGlobal('Response', 'internal/fetch/response');
lazyGlobal('Crypto', 'internal/crypto/webcrypto');
lazyGlobal('CryptoKey', 'internal/crypto/crypto_key');
lazyGlobal('SubtleCrypto', 'internal/crypto/webcrypto');
Object.defineProperty(globalThis, 'crypto', {
  __proto__: null, configurable: true, enumerable: true, set: undefined,
  get: Object.getOwnPropertyDescriptor({
    get crypto() {
      return require('internal/crypto/webcrypto').crypto;
    },
  }, 'crypto').get,
});
lazyGetter('performance', 'internal/perf/performance', true, true);
for (const name of ['Performance', 'PerformanceResourceTiming']) lazyGlobal(name, 'internal/perf/performance');
for (const name of ['PerformanceEntry', 'PerformanceMark', 'PerformanceMeasure', 'PerformanceObserver',
  'PerformanceObserverEntryList']) {
  lazyGlobal(name, 'internal/perf/entries');
}
{
  const limit = require('internal/options').getOptionValue('--stack-trace-limit');
  if (limit !== undefined) {
    Error.stackTraceLimit = limit;
  }
}
if (require('internal/options').getOptionValue('--expose-gc')) {
  define(globalThis, 'gc', function gc(...args) {
    if (args[0]?.execution === 'async') {
      return new Promise((resolve) => {
        timers.setImmediate(() => {
          binding.gc();
          resolve();
        });
      });
    }
    binding.gc();
    return undefined;
  });
}

module.exports = {};

// SPDX-License-Identifier: MIT
'use strict';

// Main script of a thread: waits for the message that says what to run.

const binding = internalBinding('worker');
const { kHandle } = require('internal/worker/ports');
const { assignEnvironmentData, kinds } = require('internal/worker');
const { defineStdio, restrictProcess } = require('internal/worker/thread');
const threads = require('worker_threads');

if (binding.sharesEnv) require('internal/process/env').shareEnv();
restrictProcess();
if (process.execArgv.length > 0 || process.env.NODE_OPTIONS) {
  require('internal/process/given_options').applyGivenOptions();
}
if (internalBinding('trace_events').isOn()) require('internal/trace_events').startFromOptions();
if (internalBinding('permission').isEnabled) require('internal/process/permission').preparePermissions();

const port = binding.takePort();
port[kHandle].keepsUnref = true;
let stdio;

function loadScript(message) {
  const { source, isModule, filename, argv, workerData, environmentData, hasStdin, publicPort, reportsLoads, hooks } = message;
  stdio = defineStdio(port, hasStdin);
  require('internal/worker/messaging').listen();
  const { setUpCompileCache, setUpCoverage, setUpSourceMaps } = require('internal/process/pre_execution');
  if (hooks === undefined) setUpCoverage();
  setUpCompileCache();
  setUpSourceMaps();
  assignEnvironmentData(environmentData);
  if (hooks === undefined) {
    threads.parentPort = publicPort;
    threads.workerData = workerData;
  } else {
    threads.isInternalThread = true;
    publicPort.unref();
  }
  if (reportsLoads) {
    require('internal/watch/report').reportDependencies((loads) => port.postMessage({ kind: kinds.loads, message: loads }));
  }
  port.postMessage({ kind: kinds.online });
  port.unref();
  const { Module } = require('internal/modules/cjs/loader');
  const { installImport, executeUserEntryPoint, afterImports, startLoaders } = require('internal/modules/run_main');
  if (hooks !== undefined) {
    Module._initPaths();
    installImport();
    const thread = require('internal/modules/esm/hooks_thread');
    thread.prepare();
    Module._preloadModules(require('internal/options').getOptionValue('--require'));
    thread.start(hooks);
    return;
  }
  startLoaders();
  if (source !== undefined) {
    process.argv.push('[worker eval]', ...argv);
    require('internal/process/eval').evalProgram(source, '[worker eval]', false, isModule);
    return;
  }
  Module._initPaths();
  installImport();
  process.argv[1] = filename;
  process.argv.push(...argv);
  Module._preloadModules(require('internal/options').getOptionValue('--require'));
  afterImports(() => executeUserEntryPoint(filename));
}

// An exception that nobody caught: the thread that started this one is told.
internalBinding('errors').setUncaughtExceptionCallback((error, fromPromise) => (
  process._fatalException(error, fromPromise)
), (error) => {
  const { serializeError } = require('internal/worker/errors');
  try {
    port.postMessage({ kind: kinds.error, error: serializeError(error) });
  } catch {
    try {
      const { inspect } = require('internal/util/inspect');
      port.postMessage({ kind: kinds.error, error: { value: inspect(error) } });
    } catch {
      port.postMessage({ kind: kinds.unserializable });
    }
  }
  return '';
});

port.on('message', (message) => {
  switch (message.kind) {
    case kinds.loadScript:
      loadScript(message);
      break;
    case kinds.input:
      stdio.receive(message.chunks);
      break;
    case kinds.wanted:
      stdio.release(message.stream);
      break;
    case kinds.question:
      require('internal/worker/questions').answer(port, message);
      break;
    default:
  }
});
port.ref();
port.start();

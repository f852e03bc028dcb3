// SPDX-License-Identifier: MIT
'use strict';

// The tests of the running file: the root they hang under, made with the first of them, and how the process ends
// with it.

const { testFailure } = require('internal/test_runner/failure');
const { currentHook, currentTest } = require('internal/test_runner/body');
const { configOfProcess } = require('internal/test_runner/config');
const { EventReporter } = require('internal/test_runner/events');
const { callerLocation } = require('internal/test_runner/location');
const { TestsStream } = require('internal/test_runner/stream');
const { Suite, Test, now } = require('internal/test_runner/test');

let globalRoot;

function makeRoot(config, filePath) {
  const root = new Test(null, '<root>', {
    concurrency: config.concurrency, timeout: config.timeout, signal: config.signal,
  }, () => {}, filePath === undefined ? undefined : { line: 1, column: 1, file: filePath });
  root.config = config;
  root.filePath = filePath;
  root.onOnly = () => {
    if (!config.underTest) config.only = true;
  };
  root.stream = new TestsStream();
  root.reporter = new EventReporter(root.stream);
  root.startTime = now();
  if (config.seed !== undefined) {
    const { SeededRandom } = require('internal/test_runner/random');
    root.random = new SeededRandom(config.seed);
  }
  if (config.rerunFile !== undefined) {
    const { RerunState } = require('internal/test_runner/rerun');
    root.rerun = new RerunState(config.rerunFile, process.cwd());
    root.attempt = root.rerun.attempt;
    if (!config.inChild) root.rerun.follow(root.stream);
  }
  return root;
}

// The hooks after all tests of the file: they run when no test is left, each once.
function runLastHooks(root) {
  return root.lastHooks = Promise.resolve(root.lastHooks).then(async () => {
    for (const hook of root.hooks.after) {
      const start = now();
      const error = await hook.run(root.getContext());
      if (error === undefined || hook.isReported) continue;
      hook.isReported = true;
      const count = root.subtests.filter((test) => !test.leftOut).length;
      root.reporter.rootFailure(root.filePath, count + 1, testFailure(error.cause, 'hookFailed'),
        (now() - start) / 1e6, hook.location);
    }
  });
}

// The end of a run: what is left is cancelled, the last hooks run, and the summary is told.
async function finishRoot(root, pendingError) {
  if (root.finishing) return;
  root.finishing = true;
  for (const test of root.subtests) {
    if (!test.finished && !test.leftOut) {
      test.cancel(pendingError);
      test.postRun(pendingError);
    }
  }
  await runLastHooks(root);
  root.postRun(pendingError);
  const { reporter, location, filePath, config } = root;
  const count = root.subtests.filter((test) => !test.leftOut).length;
  await config.globalTeardown?.();
  reporter.plan(0, count, location);
  for (const message of root.diagnostics) reporter.diagnostic(0, message, 'info', location);
  summarise(root);
}

function summarise(root) {
  const { reporter, location, filePath, config } = root;
  const duration = (now() - root.startTime) / 1e6;
  if (config.seed !== undefined && !config.underTest) {
    reporter.diagnostic(0, `Randomized test order seed: ${config.seed}`, 'info', location);
  }
  const coverage = config.coverage === undefined ? undefined : require('internal/test_runner/coverage').ofProcess();
  coverage?.collect(reporter);
  reporter.countsAsDiagnostics(duration, location);
  coverage?.report(reporter);
  reporter.summary(duration, filePath);
  if (!config.inChild) root.rerun?.write();
  root.stream.finish();
}

// An error nobody caught: of the test whose code threw it, when that still runs.
function onUncaught(root, type, error) {
  const test = currentTest.getStore();
  const hook = currentHook.getStore();
  if (test !== root && test?.failLate(testFailure(error, type))) return;
  let message;
  if (hook !== undefined && hook.owner === test && hook.location !== undefined) {
    const { file, line, column } = hook.location;
    const at = `${require('path').relative(process.cwd(), file)}:${line}:${column}`;
    message = `Error: Test hook "${hook.kind}" at ${at} generated asynchronous activity after the test ended. ` +
      `This activity created the error "${error}" and would have caused the test to fail, but instead triggered an ` +
      `${type} event.`;
  } else if (test !== undefined && test !== root) {
    const { location } = test;
    const path = require('path');
    const at = location === undefined ? '' :
      ` at ${path.relative(process.cwd(), location.file)}:${location.line}:${location.column}`;
    message = `Error: Test "${test.name}"${at} generated asynchronous activity after the test ended. ` +
      `This activity created the error "${error}" and would have caused the test to fail, but instead triggered an ` +
      `${type} event.`;
  } else {
    message = 'Error: A resource generated asynchronous activity after the test ended. ' +
      `This activity created the error "${error}" which triggered an ${type} event, caught by the test runner.`;
  }
  if (root.finishing) {
    root.reporter.diagnostic(0, message, 'info', root.location);
  } else {
    root.diagnostics.push(message);
  }
  process.exitCode = 1;
}

function stillPending() {
  return testFailure('Promise resolution is still pending but the event loop has already resolved',
    'cancelledByParent');
}

// Ties a root to the process: uncaught errors, signals, the empty loop, the exit code.
function watchProcess(root) {
  const { config } = root;
  const onException = (error) => onUncaught(root, 'uncaughtException', error);
  const onRejection = (error) => onUncaught(root, 'unhandledRejection', error);
  process.on('uncaughtException', onException);
  process.on('unhandledRejection', onRejection);
  const end = async (pendingError) => {
    if (root.finishing) return;
    process.removeListener('beforeExit', onEmpty);
    await finishRoot(root, pendingError);
    process.removeListener('uncaughtException', onException);
    process.removeListener('unhandledRejection', onRejection);
    process.removeListener('SIGINT', onSignal);
    process.removeListener('SIGTERM', onSignal);
    if (!root.reporter.success && config.setsExitCode !== false) process.exitCode = 1;
  };
  const onEmpty = () => end(stillPending());
  const onSignal = async () => {
    const running = [...root.innermostRunning()];
    if (running.length > 0) root.reporter.interrupted(running);
    await end(stillPending());
    await config.reportersDone;
    process.exit(1);
  };
  process.on('beforeExit', onEmpty);
  if (config.catchSignals) {
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  }
  root.endNow = end;
  // What runs keeps the process alive, even where it waits for something that does not.
  const { setInterval, clearInterval } = require('timers');
  let alive;
  root.onBusy = () => {
    alive ??= setInterval(() => {}, 2 ** 30);
  };
  root.onIdle = () => {
    clearInterval(alive);
    alive = undefined;
    runLastHooks(root);
  };
}

function getGlobalRoot() {
  if (globalRoot !== undefined) return globalRoot;
  const config = configOfProcess();
  const entry = process.argv[1];
  globalRoot = makeRoot(config, entry === undefined ? undefined : require('path').resolve(entry));
  const { setUpReporters } = require('internal/test_runner/reporters');
  watchProcess(globalRoot);
  globalRoot.ready = setUpReporters(globalRoot);
  if (config.forceExit) exitWhenDone(globalRoot);
  return globalRoot;
}

// The root for files that are loaded into this process: nothing of theirs runs before all of them are there.
function makeRunRoot(settings) {
  if (settings === undefined) {
    const root = getGlobalRoot();
    root.filePath = undefined;
    root.location = undefined;
    return withFiles(root);
  }
  const config = { ...configOfProcess(), ...settings, underTest: true, setsExitCode: false };
  if (globalRoot !== undefined) return withFiles(globalRoot);
  globalRoot = makeRoot(config, undefined);
  watchProcess(globalRoot);
  return withFiles(globalRoot);
}

function withFiles(root) {
  const starting = [];
  root.holdUntil = (loaded) => {
    const before = root.ready;
    root.ready = Promise.all([before, loaded]);
  };
  root.allStarted = () => Promise.resolve(root.ready).then(() => Promise.all(starting));
  // name: as the run was told of the file.
  root.fileFailed = (name, file, error) => {
    const test = root.createSubtest(Test, name, {}, undefined, { line: 1, column: 1, file });
    test.startFailure = error;
    starting.push(startWhenReady(root, test));
  };
  return root;
}

async function exitWhenDone(root) {
  await root.ready;
  const { setImmediate } = require('timers');
  const look = async () => {
    await root.subtestsEnded;
    await root.endNow(stillPending());
    await root.config.reportersDone;
    process.exit();
  };
  setImmediate(look);
}

// Where a declaration belongs: to the suite that is being built or the test that runs, or to the file.
function currentParent() {
  const root = getGlobalRoot();
  const test = currentTest.getStore();
  return test !== undefined && test.root.isForeign !== true && test.parent !== null ? test : root;
}

async function startWhenReady(root, test) {
  await root.ready;
  await test.start();
}

function declarer(Class, overrides) {
  return function test(name, options, fn) {
    const location = callerLocation(test);
    const parent = currentParent();
    const made = parent.createSubtest(Class, name, options, fn, location, overrides);
    if (parent.isSuite) return Promise.resolve();
    return parent === made.root || made.parent === made.root ? startWhenReady(made.root, made) : made.start();
  };
}

const variants = ['expectFailure', 'skip', 'todo', 'only'];

function makeDeclarer(Class) {
  const main = declarer(Class, undefined);
  for (const name of variants) {
    const variant = declarer(Class, { [name]: true });
    Object.defineProperty(variant, 'name', { __proto__: null, value: '', configurable: true });
    main[name] = variant;
  }
  return main;
}

function makeHookDeclarer(kind) {
  const declare = (fn, options) => {
    const location = callerLocation(declare);
    const parent = currentParent();
    parent.createHook(kind, fn, options, location);
  };
  Object.defineProperty(declare, 'name', { __proto__: null, value: '', configurable: true });
  return declare;
}

function getTestContext() {
  const test = currentTest.getStore();
  return test === undefined || test.parent === null ? undefined : test.testContext;
}

module.exports = {
  Suite, Test, finishRoot, getGlobalRoot, getTestContext, makeDeclarer, makeHookDeclarer, makeRunRoot,
};

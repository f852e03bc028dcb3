// SPDX-License-Identifier: MIT
'use strict';

// run() and `--test`: test files, each in a process of its own, several at once; their events in the order of the
// files.

const path = require('path');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_FEATURE_UNAVAILABLE_ON_PLATFORM },
} = require('internal/errors');
const { EventReporter } = require('internal/test_runner/events');
const { testFailure } = require('internal/test_runner/failure');
const { readTimeout, readSignal } = require('internal/test_runner/options');
const { TestsStream } = require('internal/test_runner/stream');
const { now } = require('internal/test_runner/test');
const {
  validateArray, validateBoolean, validateFunction, validateInteger, validateObject, validateOneOf, validateString,
  validateStringArray,
} = require('internal/validators');
const { isRegExp } = internalBinding('types');

// Options of this process that are not for the files' processes; those with a value say so.
const ownOptions = new Map([
  ['--test', false], ['--test-concurrency', true], ['--test-isolation', true], ['--experimental-test-isolation', true],
  ['--test-shard', true], ['--test-reporter', true], ['--test-reporter-destination', true], ['--test-global-setup', true],
]);

const summaryLine = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.e-]+$/;

function inheritedOptions() {
  const kept = [];
  const { execArgv } = process;
  for (let k = 0; k < execArgv.length; k++) {
    const name = execArgv[k].split('=', 1)[0];
    const takesValue = ownOptions.get(name);
    if (takesValue === undefined) kept.push(execArgv[k]);
    else if (takesValue && !execArgv[k].includes('=')) k++;
  }
  return kept;
}

// A file, with the face of a test for EventReporter.
class FileRun {
  constructor(run, file, id) {
    this.run = run;
    this.file = file;
    this.name = path.relative(run.cwd, file);
    this.id = id;
    this.parent = { id: 0 };
    this.nesting = 0;
    this.tags = [];
    this.location = { line: 1, column: 1, file };
    this.reportedType = 'test';
    this.namePath = [this.name];
    this.isSuite = false;
    this.skipped = false;
    this.isTodo = false;
    this.expectFailure = null;
    this.attempt = 0;
    this.passed = false;
    this.cancelled = false;
    this.error = null;
    this.number = id;
    this.held = [];
    this.isTurn = false;
    this.done = false;
    this.hasTests = false;
    this.hasFailures = false;
  }

  get duration() {
    return (this.endTime - this.startTime) / 1e6;
  }

  // In the order of the files: what comes early waits.
  emit(fn) {
    if (this.isTurn) fn();
    else this.held.push(fn);
  }

  #onEvent({ type, data }) {
    const { reporter } = this.run;
    if (type === 'test:plan' && data.nesting === 0) return;
    if (type === 'test:diagnostic' && data.nesting === 0 && summaryLine.test(data.message)) return;
    data.entryFile = this.file;
    if ((type === 'test:fail' || type === 'test:pass') && data.nesting === 0) this.hasTests = true;
    if (type === 'test:fail' && data.todo === undefined) this.hasFailures = true;
    this.emit(() => {
      if (type === 'test:fail' || type === 'test:pass') {
        if (data.nesting === 0) data.testNumber = reporter.counts.topLevel + 1;
        reporter.countEvent(type, data);
      }
      reporter.stream.report(type, data);
    });
  }

  #onText(type, text) {
    for (const message of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
      this.emit(() => {
        this.run.reporter.stream.report(type, { __proto__: null, message, entryFile: this.file });
      });
    }
  }

  // Runs the file to its end.
  async start() {
    const { run } = this;
    this.emit(() => run.reporter.dequeue(this));
    this.startTime = now();
    const { spawn } = require('child_process');
    const { EventParser } = require('internal/test_runner/serialise');
    const { StringDecoder } = require('string_decoder');
    const child = spawn(process.execPath, [...run.childOptions, this.file, ...run.childArguments], {
      __proto__: null, cwd: run.cwd, stdio: ['pipe', 'pipe', 'pipe'], encoding: 'utf8',
      env: { ...run.env, NODE_TEST_CONTEXT: 'child-v8', NODE_TEST_WORKER_ID: String(run.takeWorker(this)) },
    });
    run.children.add(child);
    child.stdin.end();
    const decoder = new StringDecoder('utf8');
    const parser = new EventParser((event) => this.#onEvent(event), (bytes) => this.#onText('test:stdout', decoder.write(bytes)));
    child.stdout.on('data', (chunk) => parser.push(chunk));
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (chunk) => this.#onText('test:stderr', chunk));
    let spawnError;
    let stopError;
    const stop = (error) => {
      stopError ??= error;
      child.kill();
    };
    const { setTimeout, clearTimeout } = require('timers');
    const { timeout, signal } = run;
    const timer = timeout === Infinity ? undefined :
      setTimeout(() => stop(testFailure(`test timed out after ${timeout}ms`, 'testTimeoutFailure')), timeout);
    const onAbort = () => {
      const { asAbortFailure } = require('internal/test_runner/body');
      stop(asAbortFailure(signal.reason));
    };
    signal?.addEventListener('abort', onAbort, { __proto__: null, once: true });
    const { 0: code, 1: killedBy } = await new Promise((resolve) => {
      child.on('error', (error) => {
        spawnError = error;
        resolve([null, null]);
      });
      child.on('close', (status, name) => resolve([status, name]));
    });
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    parser.end();
    run.children.delete(child);
    run.freeWorker(this);
    this.endTime = now();
    this.#settle(code, killedBy, spawnError, stopError);
  }

  #settle(exitCode, signal, spawnError, stopError) {
    if (stopError !== undefined) {
      this.cancelled = true;
      this.error = stopError;
    } else if (spawnError !== undefined) {
      this.error = testFailure(spawnError, 'testCodeFailure');
    } else if (exitCode !== 0 || signal !== null) {
      this.error = testFailure('test failed', this.hasFailures ? 'subtestsFailed' : 'testCodeFailure');
      this.error.exitCode = exitCode;
      this.error.signal = signal;
    }
    this.passed = this.error === null;
    this.done = true;
    this.emit(() => {
      const { reporter } = this.run;
      reporter.complete(this);
      // Where tests speak for the file it says nothing itself.
      if (!this.passed) reporter.success = false;
      if (this.passed ? this.hasTests : this.error.failureType === 'subtestsFailed') return;
      reporter.start(this);
      reporter.result(this);
    });
  }
}

class Run {
  #files = [];
  #workers = [];

  constructor(options) {
    this.stream = new TestsStream();
    this.reporter = new EventReporter(this.stream);
    this.children = new Set();
    Object.assign(this, options);
  }

  takeWorker(file) {
    let id = this.#workers.indexOf(undefined);
    if (id === -1) id = this.#workers.length;
    this.#workers[id] = file;
    return id + 1;
  }

  freeWorker(file) {
    this.#workers[this.#workers.indexOf(file)] = undefined;
  }

  async start() {
    const begin = now();
    await this.setup?.(this.stream);
    const teardown = await this.#globalSetup();
    this.#files = this.files.map((file, k) => new FileRun(this, file, k + 1));
    for (const file of this.#files) this.reporter.enqueue(file);
    let next = 0;
    const worker = async () => {
      while (next < this.#files.length && !this.signal?.aborted) {
        await this.#files[next++].start();
        this.#flush();
      }
    };
    this.#flush();
    await Promise.all(Array.from({ length: Math.min(this.concurrency, this.#files.length) }, worker));
    this.#flush();
    await teardown?.();
    this.finish((now() - begin) / 1e6);
  }

  // Lets the files speak whose turn has come.
  #flush() {
    for (const file of this.#files) {
      file.isTurn = true;
      for (const fn of file.held.splice(0)) fn();
      if (!file.done) return;
    }
  }

  async #globalSetup() {
    if (!this.globalSetupPath) return undefined;
    const { importDynamically } = require('internal/modules/esm/loader');
    const { pathToFileURL } = require('internal/url');
    const hooks = await importDynamically(pathToFileURL(path.resolve(this.cwd, this.globalSetupPath)).href, {}, undefined);
    const { globalSetup, globalTeardown } = { ...hooks.default, ...hooks };
    await globalSetup?.();
    return globalTeardown;
  }

  finish(duration) {
    const { reporter } = this;
    const { counts } = reporter;
    reporter.plan(0, counts.topLevel, undefined);
    for (const { 0: label, 1: key } of [['tests', 'tests'], ['suites', 'suites'], ['pass', 'passed'],
      ['fail', 'failed'], ['cancelled', 'cancelled'], ['skipped', 'skipped'], ['todo', 'todo']]) {
      reporter.diagnostic(0, `${label} ${counts[key]}`, 'info', undefined);
    }
    reporter.diagnostic(0, `duration_ms ${duration}`, 'info', undefined);
    reporter.summary(duration, undefined);
    this.stream.finish();
  }
}

// Name patterns of run(): strings and regular expressions, one or several.
function readPatterns(value, name) {
  if (value === undefined || value === null) return null;
  const { asPattern } = require('internal/test_runner/config');
  return (Array.isArray(value) ? value : [value]).map((one, k) => {
    if (isRegExp(one)) return one;
    if (typeof one !== 'string') {
      throw new ERR_INVALID_ARG_TYPE(Array.isArray(value) ? `${name}[${k}]` : name, ['string', 'RegExp'], one);
    }
    return asPattern(one, name);
  });
}

function readConcurrency(concurrency) {
  const available = Math.max(require('os').availableParallelism() - 1, 1);
  switch (typeof concurrency) {
    case 'undefined': return 1;
    case 'boolean': return concurrency ? available : 1;
    case 'number': {
      const { validateUint32 } = require('internal/validators');
      validateUint32(concurrency, 'options.concurrency', true);
      return concurrency;
    }
    default:
      if (concurrency === null) return 1;
      throw new ERR_INVALID_ARG_TYPE('options.concurrency', ['boolean', 'number'], concurrency);
  }
}

function pickShard(files, shard) {
  return shard === undefined ? files : files.filter((_, k) => k % shard.total === shard.index - 1);
}

function readShard(shard) {
  if (shard === undefined || shard === null) return undefined;
  validateObject(shard, 'options.shard');
  // Copies, for accessors to be asked once.
  const { index, total } = shard;
  validateInteger(total, 'options.shard.total', 1);
  validateInteger(index, 'options.shard.index', 1, total);
  return { index, total };
}

// Options that ask for what is not there.
const refused = ['coverage', 'rerunFailuresFilePath', 'randomize', 'randomSeed', 'watch'];

function run(options = {}) {
  validateObject(options, 'options');
  const {
    files, globPatterns, cwd = process.cwd(), isolation = 'process', only, forceExit, setup, argv = [], execArgv = [],
    testNamePatterns, testSkipPatterns, globalSetupPath, env,
  } = options;
  for (const name of refused) {
    if (options[name]) throw new ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`run() with options.${name}`);
  }
  if (files !== undefined && files !== null) validateArray(files, 'options.files');
  if (forceExit !== undefined && forceExit !== null) validateBoolean(forceExit, 'options.forceExit');
  if (only !== undefined && only !== null) validateBoolean(only, 'options.only');
  if (globPatterns !== undefined && globPatterns !== null) {
    validateArray(globPatterns, 'options.globPatterns');
    if (globPatterns.length > 0 && files?.length > 0) {
      throw new ERR_INVALID_ARG_VALUE('options.globPatterns', globPatterns, 'is not supported when specifying \'options.files\'');
    }
  }
  validateString(cwd, 'options.cwd');
  if (setup !== undefined && setup !== null) validateFunction(setup, 'options.setup');
  validateOneOf(isolation, 'options.isolation', ['process', 'none']);
  validateStringArray(argv, 'options.argv');
  validateStringArray(execArgv, 'options.execArgv');
  if (env !== undefined) validateObject(env, 'options.env');
  if (globalSetupPath !== undefined) validateString(globalSetupPath, 'options.globalSetupPath');
  const shard = readShard(options.shard);
  const signal = readSignal(options.signal);
  const timeout = readTimeout(options.timeout, Infinity);
  const concurrency = readConcurrency(options.concurrency);
  const namePatterns = readPatterns(testNamePatterns, 'options.testNamePatterns');
  const skipPatterns = readPatterns(testSkipPatterns, 'options.testSkipPatterns');

  if (process.env.NODE_TEST_CONTEXT !== undefined) {
    process.emitWarning('node:test run() is being called recursively within a test file. skipping running files.');
    const stream = new TestsStream();
    stream.finish();
    return stream;
  }
  const found = pickShard(files !== undefined && files !== null ? files.map((file) => path.resolve(cwd, file)) :
    require('internal/test_runner/files').findFiles(globPatterns, cwd), shard);
  if (isolation === 'none') {
    const { runHere } = require('internal/test_runner/in_process');
    return runHere({ files: found, namePatterns, skipPatterns, only: Boolean(only), timeout, signal, setup, cwd });
  }
  const patterns = (list, name) => (list ?? []).map((pattern) => `${name}=${pattern}`);
  const made = new Run({
    files: found, cwd, concurrency, timeout, signal, setup, globalSetupPath, env: env ?? process.env,
    childOptions: [...inheritedOptions(), ...execArgv, ...patterns(namePatterns, '--test-name-pattern'),
      ...patterns(skipPatterns, '--test-skip-pattern'), ...(only ? ['--test-only'] : []),
      ...(forceExit ? ['--test-force-exit'] : [])],
    childArguments: argv,
  });
  made.start().catch((error) => made.stream.destroy(error));
  return made.stream;
}

// `--test`: patterns from the command line, reporters as asked for.
async function runFromCommandLine(patterns) {
  const { getOptionValue } = require('internal/options');
  const { configOfProcess, parseShard } = require('internal/test_runner/config');
  const { findFiles } = require('internal/test_runner/files');
  const cwd = process.cwd();
  const files = findFiles(patterns, cwd);
  // A pattern may match nothing; a file that is named must be there.
  if (files.length === 0 && patterns.length > 0 && !patterns.some((text) => /[*?[{(]/.test(text))) {
    process.stderr.write(`Could not find '${patterns.join(', ')}'\n`);
    process.exit(1);
  }
  const config = configOfProcess();
  const shard = parseShard(getOptionValue('--test-shard'));
  const isolation = getOptionValue('--test-isolation') ?? 'process';
  validateOneOf(isolation, '--test-isolation', ['process', 'none']);
  const globalSetupPath = getOptionValue('--test-global-setup');
  const chosen = pickShard(files, shard);
  if (isolation === 'none') {
    const { runHere } = require('internal/test_runner/in_process');
    runHere({ files: chosen, fromCommandLine: true, globalSetupPath, cwd });
    return;
  }
  const asked = getOptionValue('--test-concurrency');
  const made = new Run({
    files: chosen, cwd, globalSetupPath, signal: undefined, timeout: config.timeout, env: process.env,
    concurrency: asked ? Math.max(1, Number(asked)) : readConcurrency(true), childOptions: inheritedOptions(),
    childArguments: [],
  });
  made.config = config;
  made.stream.on('test:summary', (data) => {
    if (data.file === undefined && data.entryFile === undefined && !data.success) process.exitCode = 1;
  });
  const stop = () => {
    for (const child of made.children) child.kill();
    process.exit(1);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const { setUpReporters } = require('internal/test_runner/reporters');
  await setUpReporters(made);
  await made.start();
  await config.reportersDone;
  if (config.forceExit) process.exit();
}

module.exports = { run, runFromCommandLine };

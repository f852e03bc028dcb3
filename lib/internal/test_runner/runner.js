// SPDX-License-Identifier: MIT
'use strict';

// run() and `--test`: test files, each in a process of its own, several at once, once or whenever what they are made of
// changes.

const path = require('path');
const { EventReporter } = require('internal/test_runner/events');
const { testFailure } = require('internal/test_runner/failure');
const { FileRun } = require('internal/test_runner/file_run');
const { TestsStream } = require('internal/test_runner/stream');
const { now } = require('internal/test_runner/test');

// Options of this process that are not for the files' processes; those with a value say so.
const ownOptions = new Map([
  ['--test', false], ['--test-concurrency', true], ['--test-isolation', true], ['--experimental-test-isolation', true],
  ['--test-shard', true], ['--test-reporter', true], ['--test-reporter-destination', true], ['--test-global-setup', true],
  ['--watch', false], ['--watch-preserve-output', false], ['--watch-kill-signal', true], ['--test-randomize', false],
  ['--test-random-seed', true], ['--experimental-test-coverage', false], ['--test-coverage-lines', true],
  ['--test-coverage-branches', true], ['--test-coverage-functions', true], ['--test-coverage-include', true],
  ['--test-coverage-exclude', true], ['--test-coverage-include-all', false],
]);

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

function interruptedFailure() {
  return testFailure('Promise resolution is still pending but the event loop has already resolved', 'cancelledByParent');
}

class Run {
  #round = []; // the files that run or have run
  #workers = [];
  #changed = new Set();
  #changeEnds; // waiting for a change: ends the wait
  #lastId = 0;
  #stopped = false;

  // settings: files (names) or globPatterns, and what readRunOptions() makes.
  constructor(settings) {
    this.stream = new TestsStream();
    this.reporter = new EventReporter(this.stream);
    Object.assign(this, settings);
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

  // The files that there are now.
  findFiles() {
    const { files, globPatterns, cwd, shard } = this;
    const found = files ?? require('internal/test_runner/files').findFiles(globPatterns, cwd);
    return shard === undefined ? found : found.filter((_, k) => k % shard.total === shard.index - 1);
  }

  async start() {
    const begin = now();
    await this.setup?.(this.stream);
    const teardown = await this.#globalSetup();
    if (this.rerunFile !== undefined) {
      const { RerunState } = require('internal/test_runner/rerun');
      this.rerun = new RerunState(this.rerunFile, this.cwd);
      this.rerun.follow(this.stream);
    }
    if (this.coverage !== undefined) {
      const { CoverageFolder } = require('internal/test_runner/coverage');
      this.coverageFolder = new CoverageFolder(this.coverage, this.cwd);
      this.env = { ...this.env, NODE_V8_COVERAGE: this.coverageFolder.path };
    }
    if (this.watch) await this.#watchFiles(begin);
    else await this.#runFiles(this.#inOrder(this.findFiles()), begin);
    await teardown?.();
    this.rerun?.write();
    this.stream.finish();
  }

  #inOrder(files) {
    if (this.seed === undefined) return files;
    const { SeededRandom } = require('internal/test_runner/random');
    return new SeededRandom(this.seed).shuffle(files);
  }

  // One round, and what it comes to.
  async #runFiles(names, begin) {
    this.#round = names.map((name) => new FileRun(this, name, ++this.#lastId));
    for (const file of this.#round) {
      this.watcher?.addTest(file.file);
      this.reporter.enqueue(file);
    }
    let next = 0;
    const worker = async () => {
      while (next < this.#round.length && !this.signal?.aborted && !this.#stopped) {
        await this.#round[next++].start();
        this.#flush();
      }
    };
    this.#flush();
    await Promise.all(Array.from({ length: Math.min(this.concurrency, this.#round.length) }, worker));
    this.#flush();
    if (this.watch) this.stream.report('test:watch:drained');
    this.#summarise((now() - begin) / 1e6);
  }

  // Lets the files speak whose turn has come.
  #flush() {
    for (const file of this.#round) {
      file.isTurn = true;
      for (const fn of file.held.splice(0)) fn();
      if (!file.done) return;
    }
  }

  // Everything, and then again and again what a change is about, until the signal or stop() ends it.
  async #watchFiles(begin) {
    const { TestWatcher } = require('internal/test_runner/watch');
    this.watcher = new TestWatcher(this.files === undefined ? this.cwd : undefined, (changed) => this.#onChange(changed));
    const stop = () => this.stop();
    if (this.signal?.aborted) this.#stopped = true;
    this.signal?.addEventListener('abort', stop, { __proto__: null, once: true });
    let known = new Set();
    let names = this.findFiles();
    while (!this.#stopped) {
      for (const name of names) known.add(name);
      await this.#runFiles(names, begin);
      do {
        const changed = await this.#change();
        const found = this.findFiles();
        for (const name of known) {
          if (!found.includes(name)) this.watcher.removeTest(path.resolve(this.cwd, name));
        }
        names = found.filter((name) => (
          !known.has(name) || this.watcher.concerns(path.resolve(this.cwd, name), changed)));
        known = new Set(found);
      } while (names.length === 0 && !this.#stopped);
      if (this.#stopped) break;
      begin = now();
      this.reporter = new EventReporter(this.stream);
      this.stream.report('test:watch:restarted');
    }
    this.signal?.removeEventListener('abort', stop);
    this.watcher.close();
    this.reporter = new EventReporter(this.stream);
    this.#summarise((now() - begin) / 1e6); // the end, of nothing more
  }

  // What has changed since the last time, as soon as it is something. In a test file that still runs it ends the process.
  #onChange(changed) {
    for (const name of changed) this.#changed.add(name);
    for (const file of this.#round) {
      if (file.isRunning && this.watcher.concerns(file.file, changed)) file.kill(interruptedFailure());
    }
    this.#changeEnds?.();
  }

  async #change() {
    if (this.#changed.size === 0 && !this.#stopped) {
      await new Promise((resolve) => {
        this.#changeEnds = resolve;
      });
    }
    const changed = this.#changed;
    this.#changed = new Set();
    return changed;
  }

  // Ends the run: processes are ended, what has not begun does not begin.
  stop() {
    this.#stopped = true;
    for (const file of this.#round) {
      if (file.isRunning) file.kill(interruptedFailure());
    }
    this.#changeEnds?.();
  }

  // A signal to the runner: what runs is told.
  interrupt() {
    const running = this.#round.filter((file) => file.isRunning);
    if (running.length > 0) {
      this.reporter.interrupted(running);
      for (const file of running) file.interrupt();
      this.reporter.success = false;
    }
    this.stop();
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

  #summarise(duration) {
    const { reporter } = this;
    reporter.plan(0, reporter.counts.topLevel, undefined);
    if (this.seed !== undefined) reporter.diagnostic(0, `Randomized test order seed: ${this.seed}`, 'info', undefined);
    this.coverageFolder?.collect(reporter);
    reporter.countsAsDiagnostics(duration, undefined);
    this.coverageFolder?.report(reporter);
    reporter.summary(duration, undefined);
  }
}

// What the processes of the files are started with.
function childSettings({ execArgv, argv, only, forceExit, seed, rerunFile, tagTexts, ...settings }) {
  const list = (name, values) => (values ?? []).map((value) => `${name}=${value}`);
  return {
    ...settings, seed, rerunFile, childArguments: argv,
    childOptions: [
      ...inheritedOptions(), ...execArgv, ...list('--test-name-pattern', settings.namePatterns),
      ...list('--test-skip-pattern', settings.skipPatterns), ...list('--experimental-test-tag-filter', tagTexts),
      ...(only ? ['--test-only'] : []), ...(forceExit ? ['--test-force-exit'] : []),
      ...(seed === undefined ? [] : ['--test-randomize', `--test-random-seed=${seed}`]),
      ...(rerunFile === undefined ? [] : [`--test-rerun-failures=${rerunFile}`]),
    ],
  };
}

function run(options = {}) {
  const settings = require('internal/test_runner/run_options').readRunOptions(options);
  if (process.env.NODE_TEST_CONTEXT !== undefined) {
    process.emitWarning('node:test run() is being called recursively within a test file. skipping running files.');
    const stream = new TestsStream();
    stream.finish();
    return stream;
  }
  // Files that change are loaded anew, which only another process can.
  if (settings.isolation === 'none' && !settings.watch) {
    const { runHere } = require('internal/test_runner/in_process');
    return runHere({ ...settings, files: new Run(settings).findFiles() });
  }
  const made = new Run(childSettings(settings));
  made.start().catch((error) => made.stream.destroy(error));
  return made.stream;
}

// The settings of `--test`.
function commandLineSettings(patterns, config) {
  const { getOptionValue } = require('internal/options');
  const { parseShard } = require('internal/test_runner/config');
  const { readConcurrency } = require('internal/test_runner/run_options');
  const isolation = getOptionValue('--test-isolation') ?? 'process';
  const { validateOneOf } = require('internal/validators');
  validateOneOf(isolation, '--test-isolation', ['process', 'none']);
  const asked = getOptionValue('--test-concurrency');
  const globalSetupPath = getOptionValue('--test-global-setup');
  return {
    globPatterns: patterns, cwd: process.cwd(), isolation, globalSetupPath, timeout: config.timeout, env: process.env,
    watch: getOptionValue('--watch') === true, shard: parseShard(getOptionValue('--test-shard')), seed: config.seed,
    rerunFile: config.rerunFile, coverage: config.coverage, config,
    concurrency: asked ? Math.max(1, Number(asked)) : readConcurrency(true), execArgv: [], argv: [],
  };
}

// A pattern may match nothing; a file that is named must be there.
function demandFiles(files, patterns) {
  if (files.length > 0 || patterns.length === 0 || patterns.some((text) => /[*?[{(]/.test(text))) return;
  process.stderr.write(`Could not find '${patterns.join(', ')}'\n`);
  process.exit(1);
}

// `--test`: patterns from the command line, reporters as asked for.
async function runFromCommandLine(patterns) {
  const { configOfProcess } = require('internal/test_runner/config');
  const config = configOfProcess();
  const settings = commandLineSettings(patterns, config);
  const { shard, watch, seed, rerunFile } = settings;
  require('internal/test_runner/config').refuseCombinations({ shard, watch, seed, rerunFile });
  const { childSettings: forChildren, ...plain } = { childSettings: childSettings(settings), ...settings };
  const made = new Run(forChildren);
  const files = made.findFiles();
  demandFiles(files, patterns);
  if (settings.isolation === 'none' && !watch) {
    const { runHere } = require('internal/test_runner/in_process');
    runHere({ ...plain, files, fromCommandLine: true });
    return;
  }
  // A list of names is watched for itself, patterns for what they may find.
  if (watch && patterns.length > 0 && files.every((file) => patterns.includes(file))) made.files = files;
  if (!watch) made.files = shard === undefined ? files : undefined;
  made.stream.on('test:summary', (data) => {
    if (data.file === undefined && data.entryFile === undefined) process.exitCode = data.success || watch ? 0 : 1;
  });
  const onSignal = () => {
    if (!watch) process.exitCode = 1;
    made.interrupt();
  };
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  const { setUpReporters } = require('internal/test_runner/reporters');
  await setUpReporters(made);
  await made.start();
  await config.reportersDone;
  process.removeListener('SIGINT', onSignal);
  process.removeListener('SIGTERM', onSignal);
  if (config.forceExit) process.exit();
}

module.exports = { run, runFromCommandLine };

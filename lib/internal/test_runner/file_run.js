// SPDX-License-Identifier: MIT
'use strict';

// A test file of a run: its process, and its events in the order of the files.

const path = require('path');
const { testFailure } = require('internal/test_runner/failure');
const { now } = require('internal/test_runner/test');

const summaryLine = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.e-]+$/;

// A file, with the face of a test for EventReporter.
class FileRun {
  #child;
  #isInterrupted = false;
  #stopError;

  // name: the file as the run was told of it.
  constructor(run, name, id) {
    const file = path.resolve(run.cwd, name);
    this.run = run;
    this.file = file;
    this.name = name;
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

  get isRunning() {
    return this.#child !== undefined;
  }

  // Ends the process. The run has been told of it: nothing more of this file is.
  interrupt() {
    this.#isInterrupted = true;
    this.#child?.kill();
  }

  // Ends the process; the file has then been cancelled.
  kill(error) {
    this.#stopError ??= error;
    this.#child?.kill();
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
    if (this.#isInterrupted) return;
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
    const { watcher } = run;
    const child = spawn(process.execPath, [...run.childOptions, this.file, ...run.childArguments], {
      __proto__: null, cwd: run.cwd, encoding: 'utf8',
      stdio: watcher === undefined ? ['pipe', 'pipe', 'pipe'] : ['pipe', 'pipe', 'pipe', 'ipc'],
      env: {
        ...run.env, NODE_TEST_CONTEXT: 'child-v8', NODE_TEST_WORKER_ID: String(run.takeWorker(this)),
        ...(watcher === undefined ? undefined : { WATCH_REPORT_DEPENDENCIES: '1' }),
      },
    });
    this.#child = child;
    if (watcher !== undefined) child.on('message', (message) => watcher.onMessage(this.file, message));
    child.stdin.end();
    const decoder = new StringDecoder('utf8');
    const parser = new EventParser((event) => this.#onEvent(event), (bytes) => this.#onText('test:stdout', decoder.write(bytes)));
    child.stdout.on('data', (chunk) => parser.push(chunk));
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (chunk) => this.#onText('test:stderr', chunk));
    let spawnError;
    const { setTimeout, clearTimeout } = require('timers');
    const { timeout, signal } = run;
    const timer = timeout === Infinity ? undefined :
      setTimeout(() => this.kill(testFailure(`test timed out after ${timeout}ms`, 'testTimeoutFailure')), timeout);
    const onAbort = () => {
      const { asAbortFailure } = require('internal/test_runner/body');
      this.kill(asAbortFailure(signal.reason));
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
    this.#child = undefined;
    run.freeWorker(this);
    this.endTime = now();
    this.#settle(code, killedBy, spawnError);
  }

  #settle(exitCode, signal, spawnError) {
    if (this.#isInterrupted) {
      this.done = true;
      this.run.reporter.counts.cancelled++;
      this.run.reporter.counts.tests++;
      return;
    }
    const stopError = this.#stopError;
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

module.exports = { FileRun };

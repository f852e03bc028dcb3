// SPDX-License-Identifier: MIT
'use strict';

// One test or suite: its place in the tree, its life from enqueued to reported, its hooks.
//
// A test that is done says so at once (test:complete); what reporters print (test:start, test:pass, test:fail) comes in
// the order of declaration. A parent holds the report of a child back until all before it are out and the parent's own
// turn has come.

const { asAbortFailure, callBody, currentTest, raceAgainst } = require('internal/test_runner/body');
const { UnmadeFailure, madeFailure, testFailure } = require('internal/test_runner/failure');
const { SuiteContext, TestContext } = require('internal/test_runner/context');
const { isLeftOutByName, isLeftOutByOnly, suiteMatches } = require('internal/test_runner/filter');
const { Hook } = require('internal/test_runner/hook');
const {
  readConcurrency, readExpectFailure, readSignal, readTags, readTimeout,
} = require('internal/test_runner/options');
const { validateUint32 } = require('internal/validators');

const cancelledByParent = 'test did not finish before its parent and was cancelled';
const onlyNeedsOption = "'only' and 'runOnly' require the --test-only command-line option.";

const { hrtime } = process;
const clockStart = hrtime.bigint();

// Nanoseconds, as a number.
function now() {
  return Number(hrtime.bigint() - clockStart);
}

function noop() {}

function isSet(value) {
  return value !== undefined && value !== false;
}

// The error of a failed hook: with its kind in the message, and what was thrown as its cause.
function hookFailure(kind, error) {
  const failure = testFailure(`failed running ${kind} hook`, 'hookFailed');
  failure.cause = error.cause;
  return failure;
}

class Test {
  #context;
  #controller;
  #reportedStart = false;
  #number = 0;
  #pending = [];
  #running = 0;
  #isRunning = false;
  #nextToReport = 0;
  #begun = []; // in the order of their begin, where that is not the order of their declaration
  #mayReport = false;
  #subtestsDone = null;
  #unfinished = 0;
  #ended = Promise.withResolvers();
  #mock;
  #knownDuration;

  constructor(parent, name, options, fn, location) {
    this.parent = parent;
    this.root = parent === null ? this : parent.root;
    this.name = name;
    this.nesting = parent === null ? -1 : parent.nesting + 1;
    this.fn = fn;
    this.location = location;
    this.isSuite = false;
    this.reportedType = 'test';
    this.concurrency = readConcurrency(options.concurrency, parent?.isSuite ? parent.concurrency : 1);
    this.timeout = readTimeout(options.timeout, parent === null ? null : parent.timeout);
    this.outerSignal = readSignal(options.signal);
    this.tags = readTags(options.tags, parent === null ? [] : parent.tags);
    this.expectFailure = readExpectFailure(options.expectFailure) ??
      (parent?.isSuite ? parent.expectFailure : null);
    this.only = Boolean(options.only);
    this.onlyOption = options.only;
    const skip = isSet(options.skip) ? options.skip : undefined;
    const todo = isSet(options.todo) ? options.todo : parent === null || !isSet(parent.todoReason) ? undefined : true;
    this.skipReason = skip;
    this.todoReason = todo;
    if (options.plan !== undefined && options.plan !== null) {
      validateUint32(options.plan, 'options.plan');
      const { TestPlan } = require('internal/test_runner/plan');
      this.plan = new TestPlan(options.plan);
    } else {
      this.plan = null;
    }
    if (skip !== undefined) this.fn = noop;
    this.hooks = { before: [], after: [], beforeEach: [], afterEach: [] };
    this.subtests = [];
    this.diagnostics = [];
    this.error = null;
    this.passed = false;
    this.cancelled = false;
    this.startTime = null;
    this.endTime = null;
    this.runOnlySubtests = false;
    this.leftOut = false;
    this.attempt = parent === null ? 0 : this.root.attempt;
    this.passedOnAttempt = undefined;
    if (parent !== null) {
      this.id = ++this.root.lastId;
      if (this.only) this.root.onOnly();
      const { config, rerun } = this.root;
      const record = rerun?.recordOf(location);
      if (record !== undefined) this.#repeat(record);
      if ((this.only || parent.runOnlySubtests) && config.underTest && !config.only) {
        this.diagnostics.push(onlyNeedsOption);
      }
    } else {
      this.id = 0;
      this.lastId = 0;
      this.#mayReport = true;
    }
  }

  // What runs and has nothing under it that does.
  *innermostRunning() {
    for (const test of this.subtests) {
      if (test.startTime === null || test.finished) continue;
      const inner = [...test.innermostRunning()];
      if (inner.length > 0) yield* inner;
      else yield test;
    }
  }

  // A test that passed in an earlier attempt is not run: it is what it was, with the subtests that it had. (In a suite
  // each is asked for itself.)
  #repeat({ children = [], passed_on_attempt: attempt, duration_ms: duration }) {
    this.passedOnAttempt = attempt;
    if (this instanceof Suite) return;
    this.#knownDuration = duration;
    this.fn = () => {
      for (const { name, line, column, file } of children) {
        this.createSubtest(Test, name, {}, noop, { line, column, file }).start();
      }
    };
  }

  get namePath() {
    const path = [];
    for (let at = this; at.parent !== null; at = at.parent) path.unshift(at.name);
    return path;
  }

  get fullName() {
    return this.namePath.join(' > ');
  }

  get skipped() {
    return this.skipReason !== undefined;
  }

  get isTodo() {
    return this.todoReason !== undefined;
  }

  get finished() {
    return this.endTime !== null;
  }

  get signal() {
    return this.#abortController().signal;
  }

  #abortController() {
    return this.#controller ??= new AbortController();
  }

  get mock() {
    if (this.#mock === undefined) {
      const { MockTracker } = require('internal/test_runner/mock/tracker');
      this.#mock = new MockTracker();
    }
    return this.#mock;
  }

  getContext() {
    return this.testContext;
  }

  // What getTestContext() gives, for suites too.
  get testContext() {
    return this.#context ??= new TestContext(this);
  }

  // ---- The tree ----

  createSubtest(Class, name, options, fn, location, overrides) {
    if (typeof name === 'function') {
      fn = name;
    } else if (name !== null && typeof name === 'object') {
      fn = options;
      options = name;
    } else if (typeof options === 'function') {
      fn = options;
    }
    if (options === null || typeof options !== 'object') options = {};
    if (overrides !== undefined) options = { ...options, ...overrides };
    if (typeof fn !== 'function') fn = noop;
    if (typeof name !== 'string' || name === '') name = options.name || (fn === noop ? '' : fn.name) || '<anonymous>';
    const { root } = this;
    let parent = this;
    if (this.finished) {
      // Nothing more fits under a test that is over: the test is of the root and fails.
      parent = root;
    }
    const test = new Class(parent, String(name), options, fn, location);
    parent.subtests.push(test);
    if (test.isSuite) test.build();
    if (parent !== this) {
      test.startFailure = testFailure('test could not be started because its parent finished', 'parentAlreadyFinished');
    }
    if (!parent.isSuite) parent.#expect(test);
    return test;
  }

  // A test's function is over only when the subtests it has begun are.
  #expect() {
    if (this.#unfinished++ === 0) this.onBusy?.();
    this.#subtestsDone ??= Promise.withResolvers();
  }

  // Decides whether the filters leave this test out. Suites are asked when all they hold is known.
  decideLeftOut() {
    const { parent, root } = this;
    if (parent.isSuite || parent === root) {
      this.leftOut = isLeftOutByName(this) || isLeftOutByOnly(this);
    } else {
      const { only, skipPatterns, underTest } = root.config;
      this.leftOut = (skipPatterns !== null && isLeftOutByName(this)) || (!this.only &&
        ((parent.runOnlySubtests && (only || !underTest)) || (only && this.onlyOption === false)));
    }
  }

  // Starts the test, or leaves it in its parent's queue. The promise is that of test().
  start() {
    const { parent } = this;
    if (parent.startedSuite !== true) this.decideLeftOut();
    if (this.leftOut) {
      this.endTime = this.startTime = now();
      this.passed = true;
      parent.#settle(this);
      parent.#flush();
      return Promise.resolve();
    }
    this.root.reporter.enqueue(this);
    if (parent.#running >= parent.concurrency || parent.#pending.length > 0) {
      parent.#pending.push(this);
      return this.#ended.promise;
    }
    return parent.#begin(this);
  }

  #begin(test) {
    this.#running++;
    if (this.root.random !== undefined) this.#begun.push(test);
    test.#isRunning = true;
    this.root.reporter.dequeue(test);
    return test.run();
  }

  #startPending() {
    while (this.#running < this.concurrency && this.#pending.length > 0) {
      const { random } = this.root;
      const next = this.#pending.splice(random === undefined ? 0 : random.below(this.#pending.length), 1)[0];
      if (next.finished) continue;
      this.#begin(next);
    }
  }

  // ---- Hooks ----

  createHook(kind, fn, options, location) {
    const { validateFunction } = require('internal/validators');
    if (fn === undefined) fn = noop;
    validateFunction(fn, 'fn');
    const hook = new Hook(this, kind, fn, options, location);
    if (kind === 'before' && this.startTime !== null && !this.isSuite) {
      // Too late to come before everything: now.
      hook.run(this.getContext()).then((error) => {
        if (error !== undefined) this.fail(error);
      });
    }
    this.hooks[kind].push(hook);
    return hook;
  }

  // Runs the hooks of one kind; those around each test come from the outside in, or back.
  async runHooks(kind, context) {
    for (const hook of this.hooks[kind]) {
      const error = await hook.run(context);
      if (error !== undefined) throw new UnmadeFailure(() => hookFailure(kind, error));
    }
  }

  async #runEachHooks(kind, context) {
    const holders = [];
    for (let at = this.parent; at !== null; at = at.parent) {
      if (at.hooks[kind].length > 0) holders.push(at);
    }
    if (kind === 'beforeEach') holders.reverse();
    for (const holder of holders) await holder.runHooks(kind, context);
  }

  #hasEachHooks(kind) {
    for (let at = this.parent; at !== null; at = at.parent) {
      if (at.hooks[kind].length > 0) return true;
    }
    return false;
  }

  // ---- The life ----

  // The signals that end this test from outside.
  get stopSignals() {
    return [this.outerSignal, this.signal];
  }

  #abortedBeforeStart() {
    for (let at = this; at !== null; at = at.parent) {
      if (at.outerSignal?.aborted) return at.outerSignal.reason;
    }
    return this.#controller?.signal.aborted ? this.#controller.signal.reason : undefined;
  }

  async run() {
    this.startTime = now();
    const { parent } = this;
    if (this.startFailure !== undefined) {
      this.fail(this.startFailure);
      this.postRun();
      return;
    }
    const reason = this.#abortedBeforeStart();
    if (reason !== undefined) {
      this.cancel(asAbortFailure(reason));
      this.postRun();
      return;
    }
    const context = this.getContext();
    const limit = raceAgainst(this.timeout, this.stopSignals);
    const isSkipped = this.skipped; // t.skip() comes later, and leaves the hooks as they are
    let beganEach = false;
    try {
      if (parent.hooks.before.length > 0) await parent.runHooks('before', parent.getContext());
      if (!isSkipped && this.#hasEachHooks('beforeEach')) {
        beganEach = true;
        await Promise.race([this.#runEachHooks('beforeEach', context), limit.promise]);
      }
      beganEach = true;
      await Promise.race([callBody(this, this.fn, context), limit.promise]);
      if (this.#subtestsDone !== null) await Promise.race([this.#subtestsDone.promise, limit.promise]);
      const planned = this.plan?.check();
      if (planned !== undefined) await Promise.race([planned, limit.promise]);
      this.pass();
    } catch (error) {
      this.failOrCancel(error);
    }
    if (!isSkipped) {
      if (beganEach && this.#hasEachHooks('afterEach')) {
        await this.#tryHooks(this.#runEachHooks('afterEach', context));
      }
      if (this.hooks.after.length > 0) await this.#tryHooks(this.runHooks('after', context));
    }
    limit.stop();
    this.postRun();
  }

  async #tryHooks(promise) {
    try {
      await promise;
    } catch (error) {
      this.fail(madeFailure(error));
    }
  }

  failOrCancel(thrown) {
    const error = madeFailure(thrown);
    const type = error?.failureType;
    if (this.error !== null) return; // an uncaught exception ended it
    if (type === 'testTimeoutFailure' || type === 'testAborted') {
      this.cancel(error);
    } else if (error?.code === 'ERR_TEST_FAILURE' && type !== undefined) {
      this.fail(error);
    } else {
      this.fail(testFailure(error, 'testCodeFailure'));
    }
  }

  // An expected failure passes, where the error is the right one.
  #meetsExpectation(error) {
    const { match } = this.expectFailure;
    if (match === undefined) return undefined;
    const { throws } = require('assert');
    const cause = error.failureType === 'testCodeFailure' ? error.cause : error;
    try {
      throws(() => {
        throw cause;
      }, match);
      return undefined;
    } catch (mismatch) {
      const failure = testFailure(
        'The test failed, but the error did not match the expected validation', 'testCodeFailure');
      failure.cause = mismatch;
      return failure;
    }
  }

  fail(error) {
    if (this.error !== null || this.finished) return;
    this.passed = false;
    if (this.expectFailure !== null && !this.cancelled) {
      const mismatch = this.#meetsExpectation(error);
      if (mismatch === undefined) {
        this.passed = true;
        this.metExpectation = true;
        return;
      }
      error = mismatch;
    }
    this.error = error;
  }

  pass() {
    if (this.error !== null) return;
    if (this.expectFailure !== null && !this.skipped && !this.metExpectation && !this.isSuite) {
      this.error = testFailure('test was expected to fail but passed', 'expectedFailure');
      this.passed = false;
      return;
    }
    this.passed = true;
  }

  // An uncaught error of this test's code: ends it, unless it is over. True when it took the error.
  failLate(error) {
    if (this.finished || this.startTime === null) return false;
    this.fail(error);
    this.#abortController().abort();
    return true;
  }

  cancel(error) {
    if (this.finished) return;
    this.cancelled = true;
    this.fail(error ?? testFailure(cancelledByParent, 'cancelledByParent'));
    this.#abortController().abort();
  }

  // The test is over: what is left under it is cancelled, the rest counted.
  postRun(pendingError) {
    if (this.finished) return;
    this.endTime = now();
    // What never began took no time.
    this.startTime ??= this.endTime;
    let failed = 0;
    this.#pending = [];
    for (const test of this.subtests) {
      if (!test.finished) {
        if (test.leftOut) continue;
        if (this.root.random !== undefined && !test.#isRunning) this.#begun.push(test);
        const { outerSignal } = test;
        const error = outerSignal?.aborted ? asAbortFailure(outerSignal.reason) : pendingError;
        test.cancel(error);
        test.postRun(error);
      }
      if (!test.passed && !test.isTodo && !test.leftOut) failed++;
    }
    if (failed > 0 && (this.passed || this.error === null)) {
      this.passed = false;
      const text = `${failed} subtest${failed > 1 ? 's' : ''} failed`;
      const error = testFailure(text, 'subtestsFailed');
      if (this.expectFailure === null || this.isSuite) this.error = error;
    }
    if (this.outerSignal !== undefined || this.#controller !== undefined) this.#controller?.abort();
    this.#mock?.reset();
    const { parent } = this;
    if (parent === null) return;
    this.root.reporter.complete(this);
    if (this.#isRunning) parent.#running--;
    parent.#settle(this);
    parent.#flush();
    this.#ended.resolve();
    parent.#startPending();
  }

  #settle(test) {
    if (this.isSuite) {
      this.onSettled?.(test);
      return;
    }
    if (this.#unfinished > 0 && --this.#unfinished === 0) {
      this.#subtestsDone.resolve();
      this.onIdle?.();
    }
  }

  // Resolves when no subtest is under way (for the root).
  get subtestsEnded() {
    return this.#subtestsDone?.promise;
  }

  // ---- The report ----

  // 1, 2, ... among the siblings that are not left out.
  get number() {
    if (this.#number === 0) {
      let number = 1;
      for (const test of this.parent.subtests) {
        if (test === this) break;
        if (!test.leftOut) number++;
      }
      this.#number = number;
    }
    return this.#number;
  }

  // Reports the children that are done, as far as the order lets it.
  #flush() {
    if (!this.#mayReport) return;
    const order = this.root.random === undefined ? this.subtests : this.#begun;
    while (this.#nextToReport < order.length) {
      const next = order[this.#nextToReport];
      if (!next.leftOut) {
        next.#mayReport = true;
        next.#flush();
      }
      if (!next.finished) return;
      this.#nextToReport++;
      if (!next.leftOut) next.#report();
    }
  }

  #reportStart() {
    if (this.#reportedStart || this.parent === null) return;
    this.parent.#reportStart();
    this.#reportedStart = true;
    this.root.reporter.start(this);
  }

  #report() {
    const { reporter } = this.root;
    this.#reportStart();
    const count = this.subtests.filter((test) => !test.leftOut).length;
    if (count > 0) reporter.plan(this.nesting + 1, count, this.location);
    reporter.result(this);
    for (const message of this.diagnostics) reporter.diagnostic(this.nesting, message, 'info', this.location);
  }

  get duration() {
    return this.#knownDuration ?? (this.endTime - this.startTime) / 1e6;
  }
}

class Suite extends Test {
  #suiteContext;
  #built;
  #buildError;
  #waiting = Promise.withResolvers();
  #left = 0;

  constructor(parent, name, options, fn, location) {
    super(parent, name, options, fn, location);
    this.isSuite = true;
    this.reportedType = 'suite';
    this.startedSuite = true;
    // What a suite is given by others it hands on: it is not for all of its tests together.
    this.ownTimeout = readTimeout(options.timeout, Infinity);
    if (options.concurrency === undefined) this.concurrency = parent.isSuite ? parent.concurrency : 1;
  }

  getContext() {
    return this.#suiteContext ??= new SuiteContext(this);
  }

  // Runs the body at once, for it to declare the tests.
  build() {
    const failed = (error) => {
      this.#buildError = testFailure(error, 'testCodeFailure');
    };
    try {
      const context = this.getContext();
      const result = currentTest.run(this, () => Reflect.apply(this.fn, context, [context]));
      if (result !== null && typeof result?.then === 'function') {
        this.#built = Promise.resolve(result).then(noop, failed).then(() => this.#buildOfSubtests());
        return;
      }
    } catch (error) {
      failed(error);
    }
    this.#built = this.#buildOfSubtests();
  }

  // A promise when a suite inside is still being built.
  #buildOfSubtests() {
    const open = this.subtests.filter((test) => test.isSuite && test.#built !== undefined);
    return open.length === 0 ? undefined : Promise.all(open.map((suite) => suite.#built));
  }

  decideLeftOut() {
    // Only once the suite is built is it known what is in it.
    const { root } = this;
    let kept = 0;
    for (const test of this.subtests) {
      test.decideLeftOut();
      if (!test.leftOut) kept++;
    }
    const byName = isLeftOutByName(this);
    this.leftOut = isLeftOutByOnly(this) || (kept === 0 && this.#buildError === undefined &&
      (byName || (this.subtests.length > 0 && !suiteMatches(this) && !this.skipped))) ||
      (root.config.skipPatterns !== null && byName && root.config.namePatterns === null && kept === 0);
  }

  start() {
    if (this.#built !== undefined) return this.#startWhenBuilt();
    return super.start();
  }

  async #startWhenBuilt() {
    await this.#built;
    this.#built = undefined;
    await super.start();
  }

  onSettled() {
    if (--this.#left <= 0) this.#waiting.resolve();
  }

  async run() {
    this.startTime = now();
    const aborted = this.outerSignal?.aborted;
    if (aborted) this.#discardSubtests();
    const limit = raceAgainst(this.ownTimeout, this.stopSignals);
    const context = this.getContext();
    let ran = false;
    try {
      if (aborted) throw asAbortFailure(this.outerSignal.reason);
      if (this.parent.hooks.before.length > 0) await this.parent.runHooks('before', this.parent.getContext());
      if (this.#buildError !== undefined) throw this.#buildError;
      ran = true;
      if (!this.skipped) {
        await Promise.race([this.runHooks('before', context), limit.promise]);
      }
      this.#left = this.subtests.length;
      if (this.#left > 0) {
        const started = [];
        const { random } = this.root;
        for (const test of random === undefined ? [...this.subtests] : random.shuffle(this.subtests)) started.push(test.start());
        const ended = Promise.all(started);
        await Promise.race([ended.then(() => this.#waiting.promise), limit.promise]);
      }
      this.pass();
    } catch (error) {
      this.failOrCancel(error);
    }
    if (ran && !this.skipped && this.hooks.after.length > 0) {
      try {
        await this.runHooks('after', context);
      } catch (error) {
        this.fail(madeFailure(error));
      }
    }
    limit.stop();
    this.postRun();
  }

  // Of a suite that was aborted before its turn nothing is reported but itself.
  #discardSubtests() {
    for (const test of this.subtests) {
      test.leftOut = true;
      test.endTime = test.startTime = now();
    }
  }
}

module.exports = { Suite, Test, now };

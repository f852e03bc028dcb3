// SPDX-License-Identifier: MIT
'use strict';

// From tests to the events of a TestsStream, and the counts of a run.

function place(data, location) {
  if (location !== undefined) {
    data.line = location.line;
    data.column = location.column;
    data.file = location.file;
  }
  return data;
}

function classname(test) {
  const path = test.namePath;
  return path.length > 1 ? path.slice(0, -1).join('.') : undefined;
}

function isCancelled(failureType) {
  return failureType === 'cancelledByParent' || failureType === 'testAborted' || failureType === 'testTimeoutFailure';
}

class EventReporter {
  constructor(stream) {
    this.stream = stream;
    this.counts = {
      __proto__: null, tests: 0, failed: 0, passed: 0, cancelled: 0, skipped: 0, todo: 0, topLevel: 0, suites: 0,
    };
    this.success = true;
  }

  #identity(test, withType) {
    const data = { __proto__: null, nesting: test.nesting, name: test.name };
    if (withType) data.type = test.reportedType;
    data.testId = test.id;
    data.parentId = test.parent.id;
    data.tags = test.tags;
    return place(data, test.location);
  }

  enqueue(test) {
    this.stream.report('test:enqueue', this.#identity(test, true));
  }

  dequeue(test) {
    this.stream.report('test:dequeue', this.#identity(test, true));
  }

  start(test) {
    this.stream.report('test:start', this.#identity(test, false));
  }

  #outcome(test, details) {
    const data = {
      __proto__: null, name: test.name, nesting: test.nesting, testNumber: test.number, testId: test.id,
      parentId: test.parent.id, details, tags: test.tags,
    };
    const path = details.passed === undefined ? classname(test) : undefined;
    if (path !== undefined) {
      details.classname = path;
      data.classname = path;
    }
    place(data, test.location);
    if (test.skipped) {
      data.skip = test.skipReason;
    } else if (test.isTodo) {
      data.todo = test.todoReason;
    } else if (test.expectFailure !== null) {
      data.expectFailure = test.expectFailure.label ?? true;
    }
    return data;
  }

  #details(test) {
    const details = { __proto__: null, duration_ms: test.duration, type: test.reportedType };
    if (test.error !== null && !test.passed) details.error = test.error;
    if (test.attempt > 0) details.attempt = test.attempt;
    if (test.passedOnAttempt !== undefined) details.passed_on_attempt = test.passedOnAttempt;
    return details;
  }

  complete(test) {
    const details = this.#details(test);
    details.passed = test.passed;
    this.stream.report('test:complete', this.#outcome(test, details));
  }

  // A todo suite passes whatever happened in it.
  result(test) {
    this.#count(test);
    const passes = test.passed;
    this.stream.report(passes ? 'test:pass' : 'test:fail', this.#outcome(test, this.#details(test)));
  }

  #count(test) {
    const { counts } = this;
    if (test.nesting === 0) counts.topLevel++;
    if (!test.passed && !test.isTodo) this.success = false;
    if (test.isSuite) {
      counts.suites++;
      return;
    }
    counts.tests++;
    if (test.skipped) {
      counts.skipped++;
    } else if (test.isTodo) {
      counts.todo++;
    } else if (test.cancelled) {
      counts.cancelled++;
    } else if (test.passed) {
      counts.passed++;
    } else {
      counts.failed++;
    }
  }

  // The result of a test in another process, from its event.
  countEvent(type, { nesting, details, skip, todo }) {
    const { counts } = this;
    if (nesting === 0) counts.topLevel++;
    if (type === 'test:fail' && todo === undefined) this.success = false;
    if (details.type === 'suite') {
      counts.suites++;
      return;
    }
    counts.tests++;
    const failure = details.error?.failureType;
    if (skip !== undefined) counts.skipped++;
    else if (todo !== undefined) counts.todo++;
    else if (type === 'test:pass') counts.passed++;
    else if (isCancelled(failure)) counts.cancelled++;
    else counts.failed++;
  }

  plan(nesting, count, location) {
    this.stream.report('test:plan', place({ __proto__: null, nesting, count }, location));
  }

  diagnostic(nesting, message, level, location) {
    this.stream.report('test:diagnostic', place({ __proto__: null, nesting, message, level }, location));
  }

  // The counts of the run, for people.
  countsAsDiagnostics(duration, location) {
    for (const { 0: label, 1: key } of [['tests', 'tests'], ['suites', 'suites'], ['pass', 'passed'],
      ['fail', 'failed'], ['cancelled', 'cancelled'], ['skipped', 'skipped'], ['todo', 'todo']]) {
      this.diagnostic(0, `${label} ${this.counts[key]}`, 'info', location);
    }
    this.diagnostic(0, `duration_ms ${duration}`, 'info', location);
  }

  coverage(summary) {
    this.stream.report('test:coverage', { __proto__: null, nesting: 0, summary });
  }

  // What ran when a signal ended the run.
  interrupted(tests) {
    const list = tests.map((test) => place({ __proto__: null, name: test.name, nesting: test.nesting }, test.location));
    this.stream.report('test:interrupted', { __proto__: null, tests: list });
  }

  log(test, message, data) {
    const event = {
      __proto__: null, name: test.name, nesting: test.nesting, testId: test.id, parentId: test.parent.id, message,
    };
    if (data !== undefined) event.data = data;
    this.stream.report('test:log', place(event, test.location));
  }

  // The failure of the file itself.
  rootFailure(name, number, error, duration, location) {
    this.success = false;
    const details = { __proto__: null, duration_ms: duration, error };
    this.stream.report('test:fail',
      place({ __proto__: null, name, nesting: 0, testNumber: number, details }, location));
  }

  summary(duration, file) {
    const data = { __proto__: null, success: this.success, counts: { ...this.counts, __proto__: null },
      duration_ms: duration };
    if (file !== undefined) data.file = file;
    this.stream.report('test:summary', data);
  }
}

module.exports = { EventReporter, place };

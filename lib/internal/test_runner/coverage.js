// SPDX-License-Identifier: MIT
'use strict';

// The coverage of a run: a folder that all its processes write to, and what is told of it in the end.

const fs = require('fs');
const path = require('path');

const kinds = [['line', 'lines', 'coveredLinePercent'], ['branch', 'branches', 'coveredBranchPercent'],
  ['function', 'functions', 'coveredFunctionPercent']];

class CoverageFolder {
  #given;
  #summary;

  // settings: { lines, branches, functions: least percentages; includeGlobs, excludeGlobs, includeAll }.
  constructor(settings, cwd) {
    this.settings = settings;
    this.cwd = cwd;
    this.#given = process.env.NODE_V8_COVERAGE;
    this.path = fs.mkdtempSync(path.join(require('os').tmpdir(), 'culm-coverage-'));
  }

  // This process is one of those that are measured: from here on.
  measureHere() {
    require('internal/coverage/profile').startFromEnvironment(this.path);
    this.isHere = true;
  }

  // What the processes wrote, read and removed. Where that fails the run does.
  collect(reporter) {
    if (this.isHere) {
      const { take, stop } = require('internal/coverage/profile');
      take();
      stop();
    }
    try {
      this.#summary = require('internal/coverage/report').summarise(this.path, this.settings, this.cwd);
    } catch (error) {
      reporter.diagnostic(0, `Warning: Could not report code coverage. ${error}`, 'warn', undefined);
      reporter.success = false;
      process.exitCode = 1;
    }
    this.#remove();
  }

  // The event, and a failure for each percentage that is too low.
  report(reporter) {
    const summary = this.#summary;
    if (summary === undefined) return;
    for (const { 0: kind, 1: setting, 2: percentage } of kinds) {
      const least = this.settings[setting];
      const actual = summary.totals[percentage];
      if (actual >= least) continue;
      reporter.success = false;
      process.exitCode = 1;
      reporter.diagnostic(0, `Error: ${actual.toFixed(2)}% ${kind} coverage does not meet threshold of ${least}%.`, 'error',
        undefined);
    }
    reporter.coverage(summary);
  }

  // Whoever asked for the JSON files themselves gets them.
  #remove() {
    if (this.#given) {
      fs.mkdirSync(this.#given, { __proto__: null, recursive: true });
      for (const name of fs.readdirSync(this.path)) fs.copyFileSync(path.join(this.path, name), path.join(this.#given, name));
    }
    fs.rmSync(this.path, { __proto__: null, recursive: true, force: true });
  }
}

// A process that runs tests itself: measured from its start (internal/process/pre_execution).
let ofProcess;

function measureProcess() {
  const { configOfProcess } = require('internal/test_runner/config');
  const { coverage } = configOfProcess();
  if (coverage === undefined) return;
  ofProcess = new CoverageFolder(coverage, process.cwd());
  ofProcess.measureHere();
}

module.exports = { CoverageFolder, measureProcess, ofProcess: () => ofProcess };

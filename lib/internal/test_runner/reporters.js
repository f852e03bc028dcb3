// SPDX-License-Identifier: MIT
'use strict';

// Ties reporters to a run: those of --test-reporter, each with its destination, or, in a process that `--test`
// started, the channel to the parent.

const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');

const builtins = ['spec', 'tap', 'dot', 'junit', 'lcov'];

function openDestination(name) {
  switch (name) {
    case 'stdout': return process.stdout;
    case 'stderr': return process.stderr;
    default: return require('fs').createWriteStream(name);
  }
}

// Builtins by name, everything else as a module, from the current folder.
async function loadReporter(name) {
  if (builtins.includes(name)) return require('test/reporters')[name];
  const { importDynamically } = require('internal/modules/esm/loader');
  const { pathToFileURL } = require('internal/url');
  const path = require('path');
  const from = pathToFileURL(`${process.cwd()}/`).href;
  let specifier = name;
  if (path.isAbsolute(name)) specifier = pathToFileURL(name).href;
  const loaded = await importDynamically(specifier, {}, from);
  let reporter = loaded.default ?? loaded;
  if (reporter?.__esModule && reporter.default !== undefined) reporter = reporter.default;
  if (reporter === undefined || reporter === null) {
    const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
    throw new ERR_INVALID_ARG_TYPE('Reporter', ['function', 'Stream'], reporter);
  }
  return reporter;
}

function isClass(reporter) {
  return Boolean(reporter.prototype && Object.getOwnPropertyDescriptor(reporter.prototype, 'constructor'));
}

function connect(stream, reporter, destination) {
  const { compose, finished } = require('stream');
  // Classes, and the builtin ones among them, are constructed.
  if (typeof reporter === 'function' && isClass(reporter)) reporter = new reporter();
  const { promise, resolve } = Promise.withResolvers();
  const composed = compose(stream, reporter);
  composed.pipe(destination, { end: destination !== process.stdout && destination !== process.stderr });
  if (destination === process.stdout || destination === process.stderr) {
    finished(composed, { writable: false }, () => resolve());
  } else {
    finished(destination, () => resolve());
  }
  return promise;
}

// Checked pairs of names.
function reporterPairs(config) {
  const names = config.reporters ?? [];
  const destinations = config.destinations ?? [];
  if (names.length === 0 && destinations.length === 0) return [['spec', 'stdout']];
  if (names.length === 1 && destinations.length === 0) return [[names[0], 'stdout']];
  if (names.length !== destinations.length) {
    throw new ERR_INVALID_ARG_VALUE('--test-reporter', names,
      'must match the number of specified \'--test-reporter-destination\'');
  }
  return names.map((name, k) => [name, destinations[k]]);
}

// A promise when something must be loaded first.
function setUpReporters(root) {
  const { config, stream } = root;
  if (process.env.NODE_TEST_CONTEXT === 'child-v8') {
    const { SerialisedReporter } = require('internal/test_runner/serialise');
    config.reportersDone = connect(stream, new SerialisedReporter(), process.stdout);
    return undefined;
  }
  if (process.env.NODE_TEST_CONTEXT !== undefined) {
    config.reportersDone = connect(stream, require('test/reporters').tap, process.stdout);
    return undefined;
  }
  const pairs = reporterPairs(config);
  if (pairs.every(({ 0: name }) => builtins.includes(name))) {
    config.reportersDone = Promise.all(pairs.map(({ 0: name, 1: destination }) => (
      connect(stream, require('test/reporters')[name], openDestination(destination)))));
    return undefined;
  }
  return (async () => {
    const loaded = await Promise.all(pairs.map(({ 0: name }) => loadReporter(name)));
    config.reportersDone = Promise.all(pairs.map(({ 1: destination }, k) => (
      connect(stream, loaded[k], openDestination(destination)))));
  })();
}

module.exports = { setUpReporters };

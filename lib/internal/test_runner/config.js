// SPDX-License-Identifier: MIT
'use strict';

// What the command line says of tests, as the settings of a run.

const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { getOptionValue } = require('internal/options');

// '/text/flags' or just the text of a pattern.
function asPattern(text, name) {
  const match = /^\/(.*)\/([a-z]*)$/s.exec(text);
  try {
    return match === null ? new RegExp(text) : new RegExp(match[1], match[2]);
  } catch (error) {
    throw new ERR_INVALID_ARG_VALUE(name, text, `is an invalid regular expression.\n  ${error.message}`);
  }
}

function asPatterns(texts, name) {
  return texts === undefined || texts.length === 0 ? null : texts.map((text) => asPattern(text, name));
}

// 'n/total' of --test-shard.
function parseShard(text) {
  if (!text) return undefined;
  const match = /^(\d+)\/(\d+)$/.exec(text);
  if (match === null) throw new ERR_INVALID_ARG_VALUE('--test-shard', text, 'must be in the form of <index>/<total>');
  const shard = { index: Number(match[1]), total: Number(match[2]) };
  const { validateInteger } = require('internal/validators');
  validateInteger(shard.total, '--test-shard.total', 1);
  validateInteger(shard.index, '--test-shard.index', 1, shard.total);
  return shard;
}

function seedOfProcess() {
  const seed = getOptionValue('--test-random-seed');
  if (seed === undefined) {
    return getOptionValue('--test-randomize') ? require('internal/test_runner/random').pickSeed() : undefined;
  }
  const { SEED_MAX } = require('internal/test_runner/random');
  const { validateInteger } = require('internal/validators');
  const value = Math.trunc(Number(seed));
  validateInteger(value, '--test-random-seed', 0, SEED_MAX);
  return value;
}

function coverageOfProcess() {
  if (!getOptionValue('--experimental-test-coverage')) return undefined;
  const { validateNumber } = require('internal/validators');
  const least = (name) => {
    const value = Math.trunc(Number(getOptionValue(name) ?? 0));
    validateNumber(value, name, 0, 100);
    return value;
  };
  const globs = (name) => {
    const list = getOptionValue(name);
    return list === undefined || list.length === 0 ? undefined : list;
  };
  return {
    lines: least('--test-coverage-lines'),
    branches: least('--test-coverage-branches'),
    functions: least('--test-coverage-functions'),
    includeGlobs: globs('--test-coverage-include'),
    excludeGlobs: globs('--test-coverage-exclude'),
    includeAll: getOptionValue('--test-coverage-include-all') === true,
  };
}

// What cannot be asked for at once.
function refuseCombinations({ shard, watch, seed, rerunFile }) {
  if (watch && shard !== undefined) throw new ERR_INVALID_ARG_VALUE('--test-shard', watch, 'shards not supported with watch mode');
  const refuseRandom = (what) => {
    throw new ERR_INVALID_ARG_VALUE('options.randomize', true, `is not supported with ${what}`);
  };
  if (seed !== undefined && watch) refuseRandom('watch mode');
  if (seed !== undefined && rerunFile !== undefined) refuseRandom('rerun failures mode');
}

// One that runs a file by itself, or inside a process that `--test` started.
function configOfProcess() {
  const inChild = process.env.NODE_TEST_CONTEXT !== undefined;
  return {
    underTest: inChild,
    inChild,
    only: getOptionValue('--test-only') === true,
    namePatterns: asPatterns(getOptionValue('--test-name-pattern'), '--test-name-pattern'),
    skipPatterns: asPatterns(getOptionValue('--test-skip-pattern'), '--test-skip-pattern'),
    tagFilters: require('internal/test_runner/tag_filter').readTagFilters(
      getOptionValue('--experimental-test-tag-filter'), '--experimental-test-tag-filter'),
    seed: seedOfProcess(),
    rerunFile: getOptionValue('--test-rerun-failures') || undefined,
    coverage: inChild ? undefined : coverageOfProcess(),
    timeout: getOptionValue('--test-timeout') || Infinity,
    concurrency: 1,
    signal: undefined,
    forceExit: getOptionValue('--test-force-exit') === true,
    updateSnapshots: getOptionValue('--test-update-snapshots') === true,
    catchSignals: true,
    reporters: getOptionValue('--test-reporter'),
    destinations: getOptionValue('--test-reporter-destination'),
    reportersDone: undefined,
  };
}

module.exports = { asPattern, asPatterns, configOfProcess, parseShard, refuseCombinations };

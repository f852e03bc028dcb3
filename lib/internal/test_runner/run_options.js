// SPDX-License-Identifier: MIT
'use strict';

// The options of run(), checked, as the settings of a run.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { readSignal, readTimeout } = require('internal/test_runner/options');
const {
  validateArray, validateBoolean, validateFunction, validateInteger, validateNumber, validateObject, validateOneOf,
  validateString, validateStringArray,
} = require('internal/validators');
const { isRegExp } = internalBinding('types');

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


// A list of strings, where one may stand for itself.
function readStrings(value, name) {
  if (value === undefined || value === null) return undefined;
  const list = Array.isArray(value) ? value : [value];
  list.forEach((one, k) => validateString(one, `${name}[${k}]`));
  return list;
}

function readPercentage(value, name) {
  if (value === undefined) return 0;
  validateNumber(value, name, 0, 100);
  return value;
}

// What coverage is asked for; undefined for none.
function readCoverage(options) {
  const { coverage, coverageIncludeAll = false } = options;
  const settings = {
    lines: readPercentage(options.lineCoverage, 'options.lineCoverage'),
    branches: readPercentage(options.branchCoverage, 'options.branchCoverage'),
    functions: readPercentage(options.functionCoverage, 'options.functionCoverage'),
    includeGlobs: readStrings(options.coverageIncludeGlobs, 'options.coverageIncludeGlobs'),
    excludeGlobs: readStrings(options.coverageExcludeGlobs, 'options.coverageExcludeGlobs'),
    includeAll: coverageIncludeAll,
  };
  validateBoolean(coverageIncludeAll, 'options.coverageIncludeAll');
  if (coverage === undefined) return undefined;
  validateBoolean(coverage, 'options.coverage');
  return coverage ? settings : undefined;
}

function unsupported(name, value, what) {
  throw new ERR_INVALID_ARG_VALUE(`options.${name}`, value, `is not supported with ${what}`);
}

// { randomSeed }, undefined where the order is the usual one.
function readRandom({ randomize, randomSeed, watch, rerunFailuresFilePath }) {
  const { SEED_MAX, pickSeed } = require('internal/test_runner/random');
  if (randomize !== undefined && randomize !== null) validateBoolean(randomize, 'options.randomize');
  if (randomSeed !== undefined && randomSeed !== null) {
    validateNumber(randomSeed, 'options.randomSeed');
    validateInteger(randomSeed, 'options.randomSeed', 0, SEED_MAX);
  } else if (!randomize) {
    return undefined;
  }
  if (watch) unsupported('randomize', randomize ?? true, 'watch mode');
  if (rerunFailuresFilePath) unsupported('randomize', randomize ?? true, 'rerun failures mode');
  return randomSeed ?? pickSeed();
}

function readRunOptions(options) {
  validateObject(options, 'options');
  const {
    files, globPatterns, cwd = process.cwd(), isolation = 'process', only, forceExit, setup, argv = [], execArgv = [],
    testNamePatterns, testSkipPatterns, globalSetupPath, env, watch, rerunFailuresFilePath, testTagFilters,
  } = options;
  if (files !== undefined && files !== null) validateArray(files, 'options.files');
  if (watch !== undefined && watch !== null) validateBoolean(watch, 'options.watch');
  if (forceExit !== undefined && forceExit !== null) {
    validateBoolean(forceExit, 'options.forceExit');
    if (forceExit && watch) unsupported('forceExit', forceExit, 'watch mode');
  }
  if (only !== undefined && only !== null) validateBoolean(only, 'options.only');
  if (globPatterns !== undefined && globPatterns !== null) {
    validateArray(globPatterns, 'options.globPatterns');
    if (globPatterns.length > 0 && files?.length > 0) {
      throw new ERR_INVALID_ARG_VALUE('options.globPatterns', globPatterns, 'is not supported when specifying \'options.files\'');
    }
  }
  const seed = readRandom(options);
  const shard = readShard(options.shard);
  if (shard !== undefined && watch) {
    throw new ERR_INVALID_ARG_VALUE('options.shard', watch, 'shards not supported with watch mode');
  }
  if (rerunFailuresFilePath !== undefined && rerunFailuresFilePath !== null) {
    require('internal/fs/utils').getPath(rerunFailuresFilePath, 'options.rerunFailuresFilePath');
  }
  validateString(cwd, 'options.cwd');
  if (setup !== undefined && setup !== null) validateFunction(setup, 'options.setup');
  validateOneOf(isolation, 'options.isolation', ['process', 'none']);
  validateStringArray(argv, 'options.argv');
  validateStringArray(execArgv, 'options.execArgv');
  if (env !== undefined) {
    validateObject(env, 'options.env');
    if (isolation === 'none') {
      throw new ERR_INVALID_ARG_VALUE('options.env', env, 'is not supported with isolation=\'none\'');
    }
  }
  if (globalSetupPath !== undefined) validateString(globalSetupPath, 'options.globalSetupPath');
  const tagFilters = readStrings(testTagFilters, 'options.testTagFilters') ?? [];
  const coverage = readCoverage(options);
  return {
    files: files ?? undefined, globPatterns, cwd, isolation, only: Boolean(only), forceExit: Boolean(forceExit), setup,
    argv, execArgv, env: env ?? process.env, globalSetupPath, seed, shard, coverage, watch: Boolean(watch),
    rerunFile: rerunFailuresFilePath ?? undefined, tagTexts: tagFilters,
    tagFilters: require('internal/test_runner/tag_filter').readTagFilters(tagFilters, 'options.testTagFilters'),
    signal: readSignal(options.signal), timeout: readTimeout(options.timeout, Infinity),
    concurrency: readConcurrency(options.concurrency),
    namePatterns: readPatterns(testNamePatterns, 'options.testNamePatterns'),
    skipPatterns: readPatterns(testSkipPatterns, 'options.testSkipPatterns'),
  };
}

module.exports = { readConcurrency, readRunOptions };

// SPDX-License-Identifier: MIT
'use strict';

// Main script: the REPL, for nobody's program: culm without arguments at a terminal, or culm -i.

const { getOptionValue } = require('internal/options');

require('internal/process/pre_execution').prepareMainThread();
const { Module } = require('internal/modules/cjs/loader');
const { afterImports, installImport, startLoaders } = require('internal/modules/run_main');

Module._initPaths();
installImport();
Module._preloadModules(getOptionValue('--require'));
startLoaders();
afterImports(() => {
  if (getOptionValue('--input-type')) {
    process._rawDebug('Cannot specify --input-type for REPL');
    process.exit(1);
  }
  const { start, kStandalone, REPL_MODE_SLOPPY, REPL_MODE_STRICT } = require('repl');
  process.stdout.write(`Welcome to Node.js ${process.version}.\nType ".help" for more information.\n`);
  const { env } = process;
  const options = {
    [kStandalone]: true,
    ignoreUndefined: false,
    useGlobal: true,
    breakEvalOnSigint: true,
    replMode: { strict: REPL_MODE_STRICT, sloppy: REPL_MODE_SLOPPY }[env.NODE_REPL_MODE?.toLowerCase().trim()],
    historySize: Number(env.NODE_REPL_HISTORY_SIZE) > 0 ? Number(env.NODE_REPL_HISTORY_SIZE) : 1000,
  };
  if (Number(env.NODE_NO_READLINE)) {
    options.terminal = false;
  }
  const source = getOptionValue('--eval');
  if (source !== undefined && source !== '') {
    require('internal/process/eval').evalProgram(source, '[eval]', getOptionValue('--print'));
  }
  const repl = start(options);
  Object.defineProperty(require('repl'), 'repl', { __proto__: null, configurable: true, enumerable: true, writable: true, value: repl });
  repl.setupHistory({
    filePath: env.NODE_REPL_HISTORY,
    size: options.historySize,
    onHistoryFileLoaded(error) {
      if (error) {
        throw error;
      }
    },
  });
  repl.on('exit', () => {
    if (repl.historyIsFlushing) {
      repl.once('flushHistory', () => process.exit());
      return;
    }
    process.exit();
  });
});

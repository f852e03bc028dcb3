// SPDX-License-Identifier: MIT
'use strict';

// Main script: culm FILE [args].

const { Module } = require('internal/modules/cjs/loader');
const { afterImports, executeUserEntryPoint, installImport, startLoaders } = require('internal/modules/run_main');
const { getOptionValue } = require('internal/options');

require('internal/process/pre_execution').prepareMainThread();
Module._initPaths();
installImport();
if (process.argv[1] !== undefined && !getOptionValue('--entry-url')) {
  process.argv[1] = require('path').resolve(process.argv[1]);
}
Module._preloadModules(getOptionValue('--require'));
startLoaders();
afterImports(() => {
  // A preloaded module may have put something else there.
  if (getOptionValue('--require').length > 0) {
    require('module').runMain(process.argv[1]);
  } else {
    executeUserEntryPoint(process.argv[1]);
  }
});

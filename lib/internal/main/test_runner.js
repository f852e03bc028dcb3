// SPDX-License-Identifier: MIT
'use strict';

// Main script: culm --test [patterns].

const { Module } = require('internal/modules/cjs/loader');
const { afterImports, installImport } = require('internal/modules/run_main');
const { getOptionValue } = require('internal/options');

require('internal/process/pre_execution').prepareMainThread();
Module._initPaths();
installImport();
const inProcess = getOptionValue('--test-isolation') === 'none';
if (inProcess) Module._preloadModules(getOptionValue('--require'));
const start = () => require('internal/test_runner/runner').runFromCommandLine(process.argv.slice(1));
if (inProcess) afterImports(start);
else start();

// SPDX-License-Identifier: MIT
'use strict';

// Runs a program through Culm's own module loaders on the stand-in:
//   node --experimental-vm-modules tests/lib/run_main.js FILE [args]

const path = require('path');
const { requireBuiltin } = require('./standin');

process.argv.splice(1, 1);
process.argv[1] = path.resolve(process.argv[1]);
const { Module } = requireBuiltin('internal/modules/cjs/loader');
const { executeUserEntryPoint, installImport } = requireBuiltin('internal/modules/run_main');
Module._initPaths();
installImport();
executeUserEntryPoint(process.argv[1]);

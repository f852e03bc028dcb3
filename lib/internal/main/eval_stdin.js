// SPDX-License-Identifier: MIT
'use strict';

// Main script: the program comes from standard input.

const { getOptionValue } = require('internal/options');

const source = internalBinding('fs').readFileUtf8(0, 0);
require('internal/process/pre_execution').prepareMainThread();
require('internal/process/eval').evalProgram(source, '[stdin]', getOptionValue('--print'));

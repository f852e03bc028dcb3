// SPDX-License-Identifier: MIT
'use strict';

// Main script: culm -e SOURCE, culm -p SOURCE.

const { getOptionValue } = require('internal/options');

require('internal/process/pre_execution').prepareMainThread();
require('internal/process/eval').evalProgram(getOptionValue('--eval'), '[eval]', getOptionValue('--print'));

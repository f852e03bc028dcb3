// SPDX-License-Identifier: MIT
'use strict';

// Main script: culm -e SOURCE, culm -p SOURCE.

const { getOptionValue } = require('internal/options');
const print = getOptionValue('--print');

require('internal/process/eval').evalProgram(print ?? getOptionValue('--eval'), '[eval]', print !== undefined);

// SPDX-License-Identifier: MIT
'use strict';

// Main script: culm -e SOURCE, culm -p SOURCE.

require('internal/process/eval').evalProgram(
  require('internal/options').getOptionValue('--eval'), '[eval]', require('internal/options').getOptionValue('--print'));

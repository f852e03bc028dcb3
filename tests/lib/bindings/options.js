// SPDX-License-Identifier: MIT
'use strict';

// Stand-in for the parsed command line: nothing was given.

const values = {
  '--conditions': [],
  '--require': [],
  '--unhandled-rejections': 'throw',
};

module.exports = {
  getOptionValue: (name) => values[name],
  allowedEnvironmentFlags: [],
};

// SPDX-License-Identifier: MIT
'use strict';

// The command line's options as C has parsed them.

const { getOptionValue } = internalBinding('options');

module.exports = { getOptionValue };

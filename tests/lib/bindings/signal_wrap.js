// SPDX-License-Identifier: MIT
'use strict';

// Stand-in: the host's own binding, whose functions ours share.

module.exports = require('./host').internalBinding('signal_wrap');

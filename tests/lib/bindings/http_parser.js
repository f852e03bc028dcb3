// SPDX-License-Identifier: MIT
'use strict';

// Stand-in: the host's own parser, whose shape ours has.

module.exports = require('./host').internalBinding('http_parser');

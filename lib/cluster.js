// SPDX-License-Identifier: MIT
'use strict';

// The cluster module: what it is depends on whether a primary forked this process.

module.exports = require(process.env.NODE_UNIQUE_ID === undefined ? 'internal/cluster/primary' : 'internal/cluster/child');

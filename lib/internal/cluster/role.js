// SPDX-License-Identifier: MIT
'use strict';

// Whether this process is a cluster's worker: what net and dgram ask before they bind.

module.exports = { isWorker: false };

// SPDX-License-Identifier: MIT
'use strict';

// What the IPC channel and cluster must see of datagram sockets.

module.exports = { kState: Symbol('state symbol') };

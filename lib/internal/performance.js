// SPDX-License-Identifier: MIT
'use strict';

// The global `performance`: the clock of High Resolution Time. Marks, measures and observers are not part of this version.

const { uptime } = internalBinding('process');

const timeOrigin = Date.now() - uptime() * 1000;

class Performance {
  // Milliseconds since the process began.
  now() {
    return uptime() * 1000;
  }

  get timeOrigin() {
    return timeOrigin;
  }

  toJSON() {
    return { timeOrigin };
  }
}

module.exports = { performance: new Performance() };

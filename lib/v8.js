// SPDX-License-Identifier: MIT
'use strict';

// v8: what Node says of its engine, said of this one.

module.exports = { cachedDataVersionTag() { return 1; } };

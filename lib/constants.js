// SPDX-License-Identifier: MIT
'use strict';

// The deprecated module `constants`: os, fs and crypto constants in one object.

const { os, fs } = internalBinding('constants');
const { constants: crypto } = require('internal/crypto/constants');

for (const [name, value] of Object.entries({ ...os.dlopen, ...os.errno, ...os.priority, ...os.signals, ...fs, ...crypto })) {
  Object.defineProperty(exports, name, { __proto__: null, value, enumerable: true });
}

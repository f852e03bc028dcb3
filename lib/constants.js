// SPDX-License-Identifier: MIT
'use strict';

// The deprecated module `constants`: os, fs and crypto constants in one object.

const { os, fs } = internalBinding('constants');
const { constants: crypto } = require('internal/crypto/constants');

Object.assign(exports, os.dlopen, os.errno, os.priority, os.signals, fs, crypto);

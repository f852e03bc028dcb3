// SPDX-License-Identifier: MIT
'use strict';

// The deprecated module `constants`: os, fs and crypto constants in one object.

const { os, fs, crypto } = internalBinding('constants');

Object.assign(exports, os.dlopen, os.errno, os.priority, os.signals, fs, crypto);

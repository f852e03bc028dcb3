// SPDX-License-Identifier: MIT
'use strict';

// fs/promises.

module.exports = require('internal/fs/promises').exports;

// SPDX-License-Identifier: MIT
'use strict';

module.exports = require('dns').promises;

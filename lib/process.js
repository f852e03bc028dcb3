// SPDX-License-Identifier: MIT
'use strict';

module.exports = process;

// SPDX-License-Identifier: MIT
'use strict';

const os = require('os');
const { UV_UDP_REUSEADDR, dlopen, errno, signals, priority } = os.constants;
const zlib = require('zlib');

module.exports = {
  os: { UV_UDP_REUSEADDR, dlopen, errno, signals, priority },
  fs: { ...require('fs').constants },
  zlib: { ...zlib.constants },
  crypto: { ...require('crypto').constants },
  trace: {},
};

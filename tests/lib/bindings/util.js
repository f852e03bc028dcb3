// SPDX-License-Identifier: MIT
'use strict';

const host = require('./host').internalBinding('util');
const util = require('util');

module.exports = {
  kPending: host.constants.kPending,
  kFulfilled: host.constants.kFulfilled,
  kRejected: host.constants.kRejected,
  kAllProperties: host.constants.ALL_PROPERTIES,
  kOnlyEnumerable: host.constants.ONLY_ENUMERABLE | host.constants.SKIP_SYMBOLS * 0,
  getOwnNonIndexProperties: host.getOwnNonIndexProperties,
  getPromiseDetails: host.getPromiseDetails,
  getProxyDetails: (value) => host.getProxyDetails(value, true),
  previewEntries: host.previewEntries,
  getConstructorName: host.getConstructorName,
  getExternalValue: host.getExternalValue,
  getCallSites: (count) => util.getCallSites(Math.min(count + 1, 200)).slice(1),
  guessHandleType: (fd) => ['TCP', 'TTY', 'UDP', 'FILE', 'PIPE', 'UNKNOWN', 'INVALID'][host.guessHandleType(fd)] ??
    host.guessHandleType(fd),
  parseEnv: util.parseEnv,
  toUSVString: (string) => string.toWellFormed(),
  sleep: (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms),
  isInsideNodeModules: () => false,
};

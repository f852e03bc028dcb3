// SPDX-License-Identifier: MIT
'use strict';

// worker_threads as the main thread sees it. Threads themselves are refused by name: docs/status.md.

const { codes } = require('internal/errors');

const environmentData = new Map();

class Worker extends require('events') {
  constructor(filename) {
    super();
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('worker_threads.Worker');
  }
}

function setEnvironmentData(key, value) {
  if (value === undefined) {
    environmentData.delete(key);
  } else {
    environmentData.set(key, value);
  }
}

function getEnvironmentData(key) {
  return environmentData.get(key);
}

module.exports = {
  isInternalThread: false,
  isMainThread: true,
  resourceLimits: {},
  threadId: 0,
  threadName: '',
  SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
  Worker,
  parentPort: null,
  workerData: null,
  setEnvironmentData,
  getEnvironmentData,
};

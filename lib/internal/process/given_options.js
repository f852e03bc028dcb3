// SPDX-License-Identifier: MIT
'use strict';

// Options that change the realm or switch something on before the program runs. Loaded only when options were given.

const { getOptionValue } = require('internal/options');

// --disable-proto
function disableProto(mode, prototype) {
  if (mode === 'delete') {
    delete prototype.__proto__; // eslint-disable-line no-proto
    return;
  }
  const refuse = () => {
    const { ERR_PROTO_ACCESS } = require('internal/errors').codes;
    throw new ERR_PROTO_ACCESS();
  };
  Object.defineProperty(prototype, '__proto__', {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() {
      refuse();
    },
    set(value) {
      refuse();
    },
  });
}

// A global object of a new context gets the same.
function applyToContext(global) {
  const mode = getOptionValue('--disable-proto');
  if (mode !== undefined) {
    disableProto(mode, global.Object.prototype);
  }
}

const reportOptions = {
  '--report-directory': 'directory',
  '--report-filename': 'filename',
  '--report-compact': 'compact',
  '--report-exclude-network': 'excludeNetwork',
  '--report-exclude-env': 'excludeEnv',
  '--report-signal': 'signal',
  '--report-on-signal': 'reportOnSignal',
  '--report-uncaught-exception': 'reportOnUncaughtException',
};

function traceEnvironment() {
  const isDeep = getOptionValue('--trace-env-js-stack');
  if (isDeep || getOptionValue('--trace-env')) {
    require('internal/process/env').traceEnv(isDeep);
  }
}

function applyGivenOptions() {
  for (const name of ['--experimental-config-file', '--experimental-default-config-file']) {
    if (getOptionValue(name)) require('internal/util').emitExperimentalWarning(name);
  }
  applyToContext(globalThis);
  for (const name of Object.keys(reportOptions)) {
    const value = getOptionValue(name);
    if (value !== undefined && value !== false) {
      process.report[reportOptions[name]] = value;
    }
  }
  if ((getOptionValue('--trace-event-categories') !== undefined || getOptionValue('--trace-events-enabled')) &&
      internalBinding('worker').isMainThread) {
    require('internal/trace_events').startFromOptions();
  }
  const signal = getOptionValue('--heapsnapshot-signal');
  if (signal !== undefined) require('internal/heap_snapshot').snapshotOnSignal(signal);
}

module.exports = { applyGivenOptions, traceEnvironment, applyToContext };

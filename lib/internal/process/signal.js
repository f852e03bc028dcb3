// SPDX-License-Identifier: MIT
'use strict';

// Signals as events of process: a signal is watched while it has a listener. The watchers do not keep the loop alive.

const watchers = new Map();

function signalNumbers() {
  return internalBinding('constants').os.signals;
}

function isSignal(name) {
  return typeof name === 'string' && name.startsWith('SIG') && Object.hasOwn(signalNumbers(), name);
}

function startListeningIfSignal(name) {
  if (!isSignal(name) || watchers.has(name)) {
    return;
  }
  const { Signal } = internalBinding('signal_wrap');
  const watcher = new Signal();
  watcher.unref();
  watcher.onsignal = (number) => {
    process.emit(name, name, number);
  };
  const error = watcher.start(signalNumbers()[name]);
  if (error) {
    watcher.close();
    const { ErrnoException } = require('internal/errors');
    throw new ErrnoException(error, 'uv_signal_start');
  }
  watchers.set(name, watcher);
}

function stopListeningIfSignal(name) {
  const watcher = watchers.get(name);
  if (watcher !== undefined && process.listenerCount(name) === 0) {
    watcher.close();
    watchers.delete(name);
  }
}

module.exports = { isSignal, startListeningIfSignal, stopListeningIfSignal };

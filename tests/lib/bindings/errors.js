// SPDX-License-Identifier: MIT
'use strict';

// Stand-in for the path of uncaught exceptions. What C prints is left to the host: the error's text goes out plainly.

const { inspect } = require('util');
const host = process;
let callback = () => false;

function triggerUncaughtException(error, fromPromise) {
  let handled;
  let code = 1;
  try {
    handled = callback(error, fromPromise);
  } catch (again) {
    error = again;
    handled = false;
    code = 7;
  }
  if (!handled) {
    host._rawDebug(`Uncaught:\n${error instanceof Error ? `${error.name}: ${error.message}` : inspect(error)}`);
    const told = require('./process').exitCode;
    host.reallyExit(code === 7 ? 7 : told === -1 ? 1 : told);
  }
}

module.exports = {
  setUncaughtExceptionCallback(fn) {
    callback = fn;
  },
  triggerUncaughtException,
};

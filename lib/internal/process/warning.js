// SPDX-License-Identifier: MIT
'use strict';

// process.emitWarning and the listener that prints warnings.

const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');
const { getOptionValue } = require('internal/options');

let hinted = false;

function write(text) {
  const path = getOptionValue('--redirect-warnings') ?? (process.env.NODE_REDIRECT_WARNINGS || undefined);
  if (path !== undefined) {
    try {
      require('fs').appendFileSync(path, `${text}\n`);
      return;
    } catch {
      // What cannot be written there is shown after all.
    }
  }
  require('console').error(text); // as Node: whoever replaces it or process.stderr.write sees warnings
}

// process.on('warning')'s first listener, unless --no-warnings.
function onWarning(warning) {
  if (!(warning instanceof Error)) {
    return;
  }
  const isDeprecation = warning.name === 'DeprecationWarning';
  if (isDeprecation && process.noDeprecation) {
    return;
  }
  const disabled = getOptionValue('--disable-warning');
  if (disabled && disabled.length > 0 &&
      ((warning.code && disabled.includes(warning.code)) || disabled.includes(warning.name))) {
    return;
  }
  const trace = process.traceProcessWarnings || (isDeprecation && process.traceDeprecation);
  let text = `(${process.release.name}:${process.pid}) `;
  if (warning.code) {
    text += `[${warning.code}] `;
  }
  if (trace && warning.stack) {
    text += `${warning.stack}`;
  } else {
    text += typeof warning.toString === 'function' ? `${warning.toString()}` : Error.prototype.toString.call(warning);
  }
  if (typeof warning.detail === 'string') {
    text += `\n${warning.detail}`;
  }
  if (!trace && !hinted) {
    const flag = isDeprecation ? '--trace-deprecation' : '--trace-warnings';
    const command = process.release.name;
    text += `\n(Use \`${command} ${flag} ...\` to show where the warning was created)`;
    hinted = true;
  }
  write(text);
}

function createWarning(warning, type, code, below, detail) {
  const limit = Error.stackTraceLimit;
  const canSet = limit !== 0 && typeof limit === 'number';
  if (canSet) {
    Error.stackTraceLimit = 0;
  }
  const made = new Error(warning);
  if (canSet) {
    Error.stackTraceLimit = limit;
  }
  made.name = String(type || 'Warning');
  if (code !== undefined) {
    made.code = code;
  }
  if (detail !== undefined) {
    made.detail = detail;
  }
  Error.captureStackTrace(made, below || emitWarning);
  return made;
}

function emitWarning(warning, type, code, below) {
  // --no-deprecation, checked before anything is made.
  let detail;
  if (type !== null && typeof type === 'object' && !Array.isArray(type)) {
    below = type.ctor;
    code = type.code;
    if (typeof type.detail === 'string') {
      detail = type.detail;
    }
    type = type.type || 'Warning';
  } else if (typeof type === 'function') {
    below = type;
    code = '';
    type = 'Warning';
  }
  if (type !== undefined) {
    validateString(type, 'type');
  }
  if (typeof code === 'function') {
    below = code;
    code = '';
  } else if (code !== undefined) {
    validateString(code, 'code');
  }
  if (typeof warning === 'string') {
    warning = createWarning(warning, type, code, below, detail);
  } else if (!(warning instanceof Error)) {
    throw new codes.ERR_INVALID_ARG_TYPE('warning', ['Error', 'string'], warning);
  }
  if (warning.name === 'DeprecationWarning') {
    if (process.noDeprecation) {
      return;
    }
    if (process.throwDeprecation) {
      process.nextTick(() => {
        throw warning;
      });
      return;
    }
  }
  process.nextTick(deliver, warning);
}

function deliver(warning) {
  process.emit('warning', warning);
}

// A warning made synchronously visible even when the process is about to die.
function emitWarningSync(warning, type, code, below) {
  process.emit('warning', createWarning(warning, type, code, below));
}

module.exports = { emitWarning, emitWarningSync, onWarning };

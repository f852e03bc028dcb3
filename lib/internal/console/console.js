// SPDX-License-Identifier: MIT
'use strict';

// The Console class and the methods of the global console. A line goes out as one write to its stream.

const { codes, isStackOverflowError } = require('internal/errors');
const { validateArray, validateInteger, validateObject, validateOneOf } = require('internal/validators');
const { hooks } = require('internal/async_context');
const stdio = require('internal/process/stdio');

// A program that prints strings needs neither.
const inspect = (value, options) => require('internal/util/inspect').inspect(value, options);
const formatWithOptions = (options, args) =>
  require('internal/util/format').formatWithOptionsInternal(options, args);

const fs = internalBinding('fs');

const kColorInspectOptions = { colors: true };
const kNoColorInspectOptions = {};
const kMaxGroupIndentation = 1000;

const kGroupIndent = Symbol('kGroupIndent');
const kGroupIndentationWidth = Symbol('kGroupIndentWidth');
const kColorMode = Symbol('kColorMode');
const kInspectOptions = Symbol('kInspectOptions');
const kIsConsole = Symbol('kIsConsole');
const kStdioGetters = Symbol('kStdioGetters');
const kCounts = Symbol('counts');
const kTimers = '_times'; // as Node calls it: programs look in there
const kUseStdout = 0;
const kUseStderr = 1;

function noop() {}

function hidden(value) {
  return { __proto__: null, writable: true, enumerable: false, configurable: true, value };
}

function Console(options /* or stdout, stderr, ignoreErrors */) {
  if (new.target === undefined) return Reflect.construct(Console, arguments);
  if (!options || typeof options.write === 'function') {
    options = { stdout: options, stderr: arguments[1], ignoreErrors: arguments[2] };
  }
  const { stdout, stderr = stdout, ignoreErrors = true, colorMode = 'auto', inspectOptions, groupIndentation } =
    options;
  if (!stdout || typeof stdout.write !== 'function') throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stdout');
  if (!stderr || typeof stderr.write !== 'function') throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stderr');
  validateOneOf(colorMode, 'colorMode', ['auto', true, false]);
  if (groupIndentation !== undefined) {
    validateInteger(groupIndentation, 'groupIndentation', 0, kMaxGroupIndentation);
  }
  let perStream;
  if (inspectOptions !== undefined) {
    validateObject(inspectOptions, 'options.inspectOptions');
    if (inspectOptions.colors !== undefined && options.colorMode !== undefined) {
      throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('options.inspectOptions.color', 'colorMode');
    }
    perStream = inspectOptions;
  }

  // The methods are own properties, bound, so that they can be passed about.
  for (const key of Reflect.ownKeys(Console.prototype)) {
    if (key === 'constructor' || typeof key === 'symbol') continue;
    const desc = Object.getOwnPropertyDescriptor(Console.prototype, key);
    if (typeof desc.value === 'function') desc.value = bindMethod(this[key], this, key);
    Object.defineProperty(this, key, desc);
  }
  initState(this, () => stdout, () => stderr, { ignoreErrors, colorMode, inspectOptions: perStream, groupIndentation });
}

function bindMethod(method, self, name) {
  const bound = method.bind(self);
  Object.defineProperty(bound, 'name', { __proto__: null, value: name, configurable: true });
  return bound;
}

// isStdio: the two functions give process.stdout and process.stderr.
function initState(self, stdout, stderr, { ignoreErrors, colorMode, inspectOptions, groupIndentation = 2, isStdio }) {
  Object.defineProperties(self, {
    _stdout: { __proto__: null, enumerable: false, configurable: true, get: stdout,
      set(value) { Object.defineProperty(self, '_stdout', hidden(value)); } },
    _stderr: { __proto__: null, enumerable: false, configurable: true, get: stderr,
      set(value) { Object.defineProperty(self, '_stderr', hidden(value)); } },
    _stdoutErrorHandler: hidden((error) => {}),
    _stderrErrorHandler: hidden((error) => {}),
    _ignoreErrors: hidden(Boolean(ignoreErrors)),
    [kCounts]: hidden(new Map()),
    [kTimers]: hidden(new Map()),
    [kColorMode]: hidden(colorMode),
    [kInspectOptions]: hidden(inspectOptions),
    [kIsConsole]: hidden(true),
    [kStdioGetters]: hidden(isStdio ? [stdout, stderr] : undefined),
    [kGroupIndent]: hidden(''),
    [kGroupIndentationWidth]: hidden(groupIndentation),
    [Symbol.toStringTag]: { __proto__: null, writable: false, enumerable: false, configurable: true,
      value: 'console' },
  });
}

// The descriptor that a write goes to while its stream need not be there (internal/process/stdio); 0: none.
function bareDescriptor(self, which) {
  const getters = self[kStdioGetters];
  if (getters === undefined) return 0;
  const name = which === kUseStdout ? '_stdout' : '_stderr';
  if (Object.getOwnPropertyDescriptor(self, name)?.get !== getters[which]) return 0;
  const fd = which === kUseStdout ? 1 : 2;
  return stdio.isBare(fd) ? fd : 0;
}

function optionsFor(self, which) {
  if (bareDescriptor(self, which) !== 0) return kNoColorInspectOptions;
  const stream = which === kUseStdout ? self._stdout : self._stderr;
  let color = self[kColorMode];
  if (color === 'auto') color = Boolean(stream.isTTY) && require('internal/util/colors').shouldColorize(stream);
  const options = self[kInspectOptions] instanceof Map ? self[kInspectOptions].get(stream) : self[kInspectOptions];
  if (options !== undefined) {
    if (options.colors === undefined) options.colors = color;
    return options;
  }
  return color ? kColorInspectOptions : kNoColorInspectOptions;
}

function writeTo(self, which, string, color) {
  const ignoreErrors = self._ignoreErrors;
  const indent = self[kGroupIndent];
  if (indent.length !== 0) {
    if (string.includes('\n')) string = string.replace(/\n/g, `\n${indent}`);
    string = indent + string;
  }
  string += '\n';
  const fd = bareDescriptor(self, which);
  if (fd !== 0) {
    try {
      fs.writeAllString(fd, string, 'utf8');
      return;
    } catch { /* the stream meets the error again and takes it as streams do */ }
  }
  const stream = which === kUseStdout ? self._stdout : self._stderr;
  if (ignoreErrors === false) {
    stream.write(string);
    return;
  }
  // A stream that errs must not take the program down: one listener while the write goes on, unless others listen.
  if (stream.destroyed) return;
  const watch = typeof stream.listenerCount === 'function' && stream.listenerCount('error') === 0;
  if (watch) stream.once('error', noop);
  try {
    stream.write(string, errorHandlerOf(stream));
  } catch (err) {
    if (isStackOverflowError(err)) throw err;
  } finally {
    if (watch) stream.removeListener('error', noop);
  }
}

// An asynchronous failure arrives after the listener above has gone.
function errorHandlerOf(stream) {
  return (err) => {
    if (err !== null && err !== undefined && !stream._writableState?.errorEmitted) {
      if (typeof stream.listenerCount === 'function' && stream.listenerCount('error') === 0) {
        stream.once('error', noop);
      }
    }
  };
}

function formatFor(self, which, args) {
  if (args.length === 1) {
    const first = args[0];
    if (typeof first === 'string') return first;
  }
  return formatWithOptions(optionsFor(self, which), args);
}

function timeLogImpl(self, label, formatted, args) {
  const line = args === undefined || args.length === 0 ? `${label}: ${formatted}` :
    formatWithOptions(optionsFor(self, kUseStdout), ['%s: %s', label, formatted, ...args]);
  writeTo(self, kUseStdout, line);
}

// 1500 → 1.500s; under a second milliseconds.
function formatTime(ms) {
  let hours = 0;
  let minutes = 0;
  let seconds = 0;
  if (ms >= 1000) {
    if (ms >= 60000) {
      if (ms >= 3600000) {
        hours = Math.floor(ms / 3600000);
        ms %= 3600000;
      }
      minutes = Math.floor(ms / 60000);
      ms %= 60000;
    }
    seconds = ms / 1000;
  }
  const pad = (value) => `${value}`.padStart(2, '0');
  if (hours !== 0 || minutes !== 0) {
    const [whole, fraction] = seconds.toFixed(3).split('.');
    const rest = hours !== 0 ? `${hours}:${pad(minutes)}` : `${minutes}`;
    return `${rest}:${pad(whole)}.${fraction} (${hours !== 0 ? 'h:m' : ''}m:ss.mmm)`;
  }
  if (seconds !== 0) return `${seconds.toFixed(3)}s`;
  return `${Number(ms.toFixed(3))}ms`;
}

function warnLabel(method, label, text) {
  process.emitWarning(`${text.replace('%s', `'${label}'`)} for console.${method}()`);
}

function elapsed(self, method, label) {
  label = `${label}`;
  const start = self[kTimers].get(label);
  if (start === undefined) {
    process.emitWarning(`No such label '${label}' for console.${method}()`);
    return undefined;
  }
  const [seconds, nanos] = process.hrtime(start);
  return formatTime(seconds * 1000 + nanos / 1e6);
}

const consoleMethods = {
  log(...args) {
    writeTo(this, kUseStdout, formatFor(this, kUseStdout, args));
  },

  warn(...args) {
    writeTo(this, kUseStderr, formatFor(this, kUseStderr, args));
  },

  error(...args) {
    writeTo(this, kUseStderr, formatFor(this, kUseStderr, args));
  },

  dir(object, options) {
    writeTo(this, kUseStdout, inspect(object, {
      customInspect: false, ...optionsFor(this, kUseStdout), ...options,
    }));
  },

  time(label = 'default') {
    label = `${label}`;
    if (this[kTimers].has(label)) {
      warnLabel('time', label, 'Label %s already exists');
      return;
    }
    hooks.trace?.consoleTime('b', label);
    this[kTimers].set(label, process.hrtime());
  },

  timeEnd(label = 'default') {
    const time = elapsed(this, 'timeEnd', label);
    if (time === undefined) return;
    hooks.trace?.consoleTime('e', `${label}`);
    timeLogImpl(this, `${label}`, time);
    this[kTimers].delete(`${label}`);
  },

  timeLog(label = 'default', ...data) {
    const time = elapsed(this, 'timeLog', label);
    if (time === undefined) return;
    hooks.trace?.consoleTime('n', `${label}`);
    timeLogImpl(this, `${label}`, time, data);
  },

  trace: function trace(...args) {
    const err = { name: 'Trace', message: formatFor(this, kUseStderr, args) };
    Error.captureStackTrace(err, trace);
    // An engine that captures the header early shows what the object was then; either way it is the same text.
    this.error(err.stack);
  },

  assert(expression, ...args) {
    if (expression) return;
    if (typeof args[0] === 'string') {
      args[0] = `Assertion failed: ${args[0]}`;
    } else {
      args.unshift('Assertion failed');
    }
    Reflect.apply(this.warn, this, args);
  },

  clear() {
    // Only a terminal can be cleared.
    if (this._stdout.isTTY && process.env.TERM !== 'dumb') {
      this._stdout.write('\u001b[1;1H\u001b[0J');
    }
  },

  count(label = 'default') {
    label = `${label}`;
    const count = (this[kCounts].get(label) ?? 0) + 1;
    this[kCounts].set(label, count);
    hooks.trace?.consoleCount(label, count);
    this.log(`${label}: ${count}`);
  },

  countReset(label = 'default') {
    if (!this[kCounts].has(`${label}`)) {
      process.emitWarning(`Count for '${label}' does not exist`);
      return;
    }
    this[kCounts].delete(`${label}`);
    hooks.trace?.consoleCount(`${label}`, 0);
  },

  group(...data) {
    if (data.length > 0) Reflect.apply(this.log, this, data);
    this[kGroupIndent] += ' '.repeat(this[kGroupIndentationWidth]);
  },

  groupEnd() {
    this[kGroupIndent] = this[kGroupIndent].slice(0, this[kGroupIndent].length - this[kGroupIndentationWidth]);
  },

  table(tabularData, properties) {
    if (tabularData === null || typeof tabularData !== 'object') {
      this.log(tabularData);
      return;
    }
    if (properties !== undefined) validateArray(properties, 'properties');
    const text = require('internal/console/table').tableOf(tabularData, properties, {
      ...optionsFor(this, kUseStdout),
      maxArrayLength: 3,
      breakLength: Infinity,
    });
    this.log(text);
  },
};

const aliases = { info: 'log', debug: 'log', dirxml: 'log', groupCollapsed: 'group' };
const methodNames = ['log', 'info', 'debug', 'warn', 'error', 'dir', 'time', 'timeEnd', 'timeLog', 'trace', 'assert',
  'clear', 'count', 'countReset', 'group', 'groupEnd', 'table', 'dirxml', 'groupCollapsed'];
for (const name of methodNames) Console.prototype[name] = consoleMethods[aliases[name] ?? name];

Object.defineProperty(Console, Symbol.hasInstance, {
  __proto__: null,
  value(instance) {
    return instance !== null && instance !== undefined && instance[kIsConsole] === true;
  },
});

module.exports = {
  Console,
  initState,
  bindMethod,
  methodNames,
  formatTime,
};

// SPDX-License-Identifier: MIT
'use strict';

// The methods of process that ask the operating system: clocks, usage, ids, signals, directories, exit.

const { codes, ErrnoException, UVException } = require('internal/errors');
const { validateArray, validateNumber, validateObject, validateString, validateUint32, validateInteger } =
  require('internal/validators');
const binding = internalBinding('process');

// Clocks. C writes the monotonic time as seconds (two words) and nanoseconds, or as one 64-bit count.
const clockWords = new Uint32Array(binding.hrtimeBuffer, 0, 3);
const clockCount = new BigInt64Array(binding.hrtimeBuffer, 0, 1);

function hrtime(time) {
  binding.hrtime();
  const seconds = clockWords[0] * 0x100000000 + clockWords[1];
  if (time === undefined) {
    return [seconds, clockWords[2]];
  }
  validateArray(time, 'time');
  if (time.length !== 2) {
    throw new codes.ERR_OUT_OF_RANGE('time', 2, time.length);
  }
  const wholes = seconds - time[0];
  const nanos = clockWords[2] - time[1];
  return nanos < 0 ? [wholes - 1, nanos + 1e9] : [wholes, nanos];
}

function bigint() {
  binding.hrtimeBigInt();
  return clockCount[0];
}
hrtime.bigint = bigint;

function uptime() {
  return binding.uptime();
}

// Usage

const memoryFields = new Float64Array(5);

function memoryUsage() {
  binding.memoryUsage(memoryFields);
  return {
    rss: memoryFields[0],
    heapTotal: memoryFields[1],
    heapUsed: memoryFields[2],
    external: memoryFields[3],
    arrayBuffers: memoryFields[4],
  };
}
memoryUsage.rss = function rss() {
  return binding.rss();
};

const cpuFields = new Float64Array(2);

function makeCpuUsage(read, syscall) {
  return function(previous) {
    if (previous) {
      validateObject(previous, 'prevValue');
      for (const key of ['user', 'system']) {
        const value = previous[key];
        validateNumber(value, `prevValue.${key}`);
        if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) {
          throw new codes.ERR_INVALID_ARG_VALUE.RangeError(`prevValue.${key}`, value);
        }
      }
    }
    const error = read(cpuFields);
    if (error) {
      throw new ErrnoException(error, syscall);
    }
    return previous ?
      { user: cpuFields[0] - previous.user, system: cpuFields[1] - previous.system } :
      { user: cpuFields[0], system: cpuFields[1] };
  };
}

const cpuUsage = makeCpuUsage(binding.cpuUsage, 'uv_getrusage');
const threadCpuUsage = makeCpuUsage(binding.threadCpuUsage, 'uv_getrusage_thread');
Object.defineProperty(cpuUsage, 'name', { __proto__: null, value: 'cpuUsage', configurable: true });
Object.defineProperty(threadCpuUsage, 'name', { __proto__: null, value: 'threadCpuUsage', configurable: true });

function resourceUsage() {
  const f = new Float64Array(16);
  const error = binding.resourceUsage(f);
  if (error) {
    throw new ErrnoException(error, 'uv_getrusage');
  }
  return {
    userCPUTime: f[0],
    systemCPUTime: f[1],
    maxRSS: f[2],
    sharedMemorySize: f[3],
    unsharedDataSize: f[4],
    unsharedStackSize: f[5],
    minorPageFault: f[6],
    majorPageFault: f[7],
    swappedOut: f[8],
    fsRead: f[9],
    fsWrite: f[10],
    ipcSent: f[11],
    ipcReceived: f[12],
    signalsCount: f[13],
    voluntaryContextSwitches: f[14],
    involuntaryContextSwitches: f[15],
  };
}

// Ending

function validExitCode(value) {
  if (value === null || value === undefined) {
    return;
  }
  if (typeof value === 'string' && value !== '') {
    const number = Number(value);
    if (Number.isInteger(number)) {
      return;
    }
  }
  validateInteger(value, 'code');
}

let exitCode;

const exitCodeDescriptor = {
  __proto__: null,
  configurable: false,
  enumerable: true,
  get() {
    return exitCode;
  },
  set(value) {
    validExitCode(value);
    exitCode = value;
    binding.setExitCode(value === null || value === undefined ? -1 : Number(value) | 0);
  },
};

function exit(code) {
  if (arguments.length !== 0) {
    process.exitCode = code;
  }
  if (!process._exiting) {
    process._exiting = true;
    process.emit('exit', process.exitCode || 0);
  }
  if (require('internal/options').getOptionValue('--trace-exit')) {
    const where = { name: 'Warning' };
    Error.captureStackTrace(where);
    const first = where.stack.indexOf('\n');
    process._rawDebug(`(${process.release.name}:${process.pid}) WARNING: Exited the environment with code ` +
      `${process.exitCode || 0}${first === -1 ? '' : where.stack.slice(first)}`);
  }
  // A test may have replaced reallyExit.
  process.reallyExit(process.exitCode || 0);
}

function reallyExit(...args) {
  binding.reallyExit(Number(args[0]) | 0);
}

const { abort } = {
  abort() { // a method: no constructor
    binding.abort();
  },
};

// Signals

function kill(pid, signal) {
  // Loose on purpose: '123' is a pid.
  if (pid != (pid | 0)) { // eslint-disable-line eqeqeq
    throw new codes.ERR_INVALID_ARG_TYPE('pid', 'number', pid);
  }
  let error;
  if (typeof signal === 'number') {
    error = process._kill(pid, signal);
  } else {
    signal ||= 'SIGTERM';
    const { signals } = internalBinding('constants').os;
    if (signals[signal] === undefined) {
      throw new codes.ERR_UNKNOWN_SIGNAL(signal);
    }
    error = process._kill(pid, signals[signal]);
  }
  if (error) {
    throw new ErrnoException(error, 'kill');
  }
  return true;
}

function _kill(...args) {
  return binding.kill(args[0] | 0, args[1] | 0);
}

// Directory and mask

let cachedCwd = '';

function cwd() {
  if (cachedCwd === '') {
    const result = binding.cwd();
    if (typeof result !== 'string') {
      throw new UVException({ errno: result, syscall: 'uv_cwd',
                              message: 'process.cwd failed with error no such file or directory, the current working ' +
                                'directory was likely removed without changing the working directory' });
    }
    cachedCwd = result;
  }
  return cachedCwd;
}

// The current folder, or one that exists where that is gone.
function tryCwd() {
  try {
    return cwd();
  } catch {
    return require('path').dirname(process.execPath);
  }
}

function chdir(directory) {
  validateString(directory, 'directory');
  const error = binding.chdir(directory);
  if (error) {
    throw new UVException({ errno: error, syscall: 'chdir', path: cwd(), dest: directory });
  }
  cachedCwd = '';
}

function umask(mask) {
  if (mask === undefined) {
    return binding.umask(-1);
  }
  if (typeof mask === 'string') {
    if (!/^[0-7]+$/.test(mask)) {
      throw new codes.ERR_INVALID_ARG_VALUE('mask', mask, 'must be a 32-bit unsigned integer or an octal string');
    }
    mask = Number.parseInt(mask, 8);
  }
  validateUint32(mask, 'mask');
  return binding.umask(mask);
}

// Users and groups. A name is looked up in C, which answers undefined for an unknown one.

function credential(id, name) {
  if (typeof id === 'number') {
    validateUint32(id, name);
    return id;
  }
  if (typeof id !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['number', 'string'], id);
  }
  return id;
}

function makeSetter(call, kind, syscall) {
  return function(id) {
    const given = credential(id, 'id');
    const error = call(typeof given === 'number' ? given | 0 : given);
    if (error === 1) {
      throw new codes.ERR_UNKNOWN_CREDENTIAL(kind, given);
    }
    if (error) {
      throw new ErrnoException(error, syscall);
    }
  };
}

function setgroups(groups) {
  validateArray(groups, 'groups');
  const ids = groups.map((group, i) => credential(group, `groups[${i}]`));
  const result = binding.setgroups(ids);
  if (result > 0) {
    throw new codes.ERR_UNKNOWN_CREDENTIAL('Group', ids[result - 1]);
  }
  if (result < 0) {
    throw new ErrnoException(result, 'setgroups');
  }
}

function initgroups(user, extraGroup) {
  const u = credential(user, 'user');
  const g = credential(extraGroup, 'extraGroup');
  const result = binding.initgroups(u, g);
  if (result === 1) {
    throw new codes.ERR_UNKNOWN_CREDENTIAL('User', user);
  } else if (result === 2) {
    throw new codes.ERR_UNKNOWN_CREDENTIAL('Group', extraGroup);
  } else if (result) {
    throw new ErrnoException(result, 'initgroups');
  }
}

function loadEnvFile(path = undefined) {
  const fs = require('fs');
  const text = fs.readFileSync(path === undefined || path === null ? '.env' : path, 'utf8');
  const values = require('util').parseEnv(text);
  for (const key of Object.keys(values)) {
    if (process.env[key] === undefined) {
      process.env[key] = values[key];
    }
  }
}

function openStdin() {
  process.stdin.resume();
  return process.stdin;
}

function getBuiltinModule(id) {
  validateString(id, 'id');
  const { BuiltinModule } = require('internal/bootstrap/realm');
  const normal = BuiltinModule.normalizeRequirableId(id);
  return normal === undefined ? undefined : BuiltinModule.requireForUsers(normal);
}

// process.binding: Node's way into its C++ side, deprecated there. Here are what programs still ask it for: the names of the
// built-in modules (DIFF: with empty sources, for only their compiled form is in the binary) and the constants.
const legacyBindings = {
  __proto__: null,
  natives() {
    const { BuiltinModule } = require('internal/bootstrap/realm');
    const names = BuiltinModule.getAllBuiltinModuleIds().map((id) => id.replace(/^node:/, ''));
    return Object.fromEntries(names.map((id) => [id, '']));
  },
  constants() {
    const { os, fs, zlib } = internalBinding('constants');
    return { os, fs, crypto: require('internal/crypto/constants').constants, zlib };
  },
};

function legacyBinding(name) {
  if (process.permission !== undefined) throw new codes.ERR_ACCESS_DENIED('process.binding');
  const make = legacyBindings[name];
  if (make === undefined) throw new Error(`No such module: ${String(name)}`);
  return make();
}

function ref(maybeRefable) {
  const fn = maybeRefable?.[Symbol.for('nodejs.ref')] || maybeRefable?.[Symbol.for('node:ref')] || maybeRefable?.ref;
  if (typeof fn === 'function') {
    Reflect.apply(fn, maybeRefable, []);
  }
}

function unref(maybeRefable) {
  const fn = maybeRefable?.[Symbol.for('nodejs.unref')] || maybeRefable?.[Symbol.for('node:unref')] ||
    maybeRefable?.unref;
  if (typeof fn === 'function') {
    Reflect.apply(fn, maybeRefable, []);
  }
}

function dlopen(...args) {
  const { 1: filename } = args;
  if (args.length < 2) {
    const error = new TypeError('process.dlopen needs at least 2 arguments');
    error.code = 'ERR_MISSING_ARGS';
    throw error;
  }
  if (process.permission?.has('addon') === false) {
    throw new codes.ERR_DLOPEN_DISABLED('Cannot load native addon because loading addons is disabled.');
  }
  const error = new Error(`Native addons cannot be loaded by this version: ${filename}`);
  error.code = 'ERR_DLOPEN_FAILED';
  throw error;
}

let warnedExecve = false;

// The process becomes another program.
function execve(execPath, args = [], env = undefined) {
  if (!warnedExecve) {
    warnedExecve = true;
    process.emitWarning('process.execve is an experimental feature and might change at any time', 'ExperimentalWarning');
  }
  const noNull = (text, name) => {
    if (typeof text !== 'string' || text.includes('\0')) {
      throw new codes.ERR_INVALID_ARG_VALUE(name, text, 'must be a string without null bytes');
    }
  };
  validateString(execPath, 'execPath');
  validateArray(args, 'args');
  args.forEach((arg, k) => noNull(arg, `args[${k}]`));
  const envPairs = [];
  if (env !== undefined) {
    validateObject(env, 'env');
  }
  const variables = env ?? process.env;
  for (const key of Object.keys(variables)) {
    if (typeof variables[key] !== 'string' || key.includes('\0') || variables[key].includes('\0')) {
      throw new codes.ERR_INVALID_ARG_VALUE('env', variables, 'must be an object with string keys and values without null bytes');
    }
    envPairs.push(`${key}=${variables[key]}`);
  }
  binding.execve({ file: execPath, args, envPairs });
}

module.exports = {
  _kill,
  abort,
  chdir,
  cpuUsage,
  cwd,
  dlopen,
  execve,
  exit,
  exitCodeDescriptor,
  getBuiltinModule,
  hrtime,
  initgroups,
  kill,
  loadEnvFile,
  makeSetter,
  memoryUsage,
  openStdin,
  reallyExit,
  ref,
  legacyBinding,
  resourceUsage,
  setgroups,
  threadCpuUsage,
  tryCwd,
  umask,
  unref,
  uptime,
};

// SPDX-License-Identifier: MIT
'use strict';

// The child_process module.

const { Buffer } = require('buffer');
const { AbortError, codes } = require('internal/errors');
const {
  validateAbortSignal, validateArray, validateBoolean, validateFunction, validateInteger, validateNumber, validateObject,
  validateString,
} = require('internal/validators');
const { ChildProcess, spawnSync: spawnSyncNow, toSignalNumber, toStdioList } = require('internal/child_process');

const MAX_BUFFER = 1024 * 1024;

function nullCheck(text, name) {
  if (typeof text === 'string' && text.includes('\u0000')) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, text, 'must be a string without null bytes');
  }
}

let warnedShell = false;

// Arguments of spawn in all their forms -> what C takes.
function normalize(file, args, options) {
  validateString(file, 'file');
  nullCheck(file, 'file');
  if (file.length === 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('file', file, 'cannot be empty');
  }
  if (Array.isArray(args)) {
    args = [...args];
  } else if (args === undefined || args === null) {
    args = [];
  } else if (typeof args !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('args', 'object', args);
  } else {
    options = args;
    args = [];
  }
  for (let i = 0; i < args.length; i++) {
    args[i] = `${args[i]}`;
    nullCheck(args[i], `args[${i}]`);
  }
  if (options === undefined) {
    options = {};
  } else {
    validateObject(options, 'options');
  }
  options = { __proto__: null, ...options };
  let { cwd } = options;
  if (cwd !== undefined && cwd !== null) {
    if (typeof cwd === 'object' && cwd.href !== undefined) {
      cwd = require('internal/url').fileURLToPath(cwd);
    } else if (cwd instanceof Uint8Array) {
      cwd = Buffer.from(cwd.buffer, cwd.byteOffset, cwd.byteLength).toString();
    } else if (typeof cwd !== 'string') {
      throw new codes.ERR_INVALID_ARG_TYPE('options.cwd', ['string', 'Buffer', 'URL'], cwd);
    }
    nullCheck(cwd, 'options.cwd');
  }
  if (options.detached !== undefined && options.detached !== null) {
    validateBoolean(options.detached, 'options.detached');
  }
  for (const name of ['uid', 'gid']) {
    if (options[name] !== undefined && options[name] !== null) {
      validateNumber(options[name], `options.${name}`);
      validateInteger(options[name], `options.${name}`, -2147483648, 4294967295);
    }
  }
  const { shell, argv0 } = options;
  if (shell !== undefined && shell !== null && typeof shell !== 'boolean' && typeof shell !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.shell', ['boolean', 'string'], shell);
  }
  if (typeof shell === 'string') {
    nullCheck(shell, 'options.shell');
  }
  if (argv0 !== undefined && argv0 !== null) {
    validateString(argv0, 'options.argv0');
    nullCheck(argv0, 'options.argv0');
  }
  for (const name of ['windowsHide', 'windowsVerbatimArguments']) {
    if (options[name] !== undefined && options[name] !== null) {
      validateBoolean(options[name], `options.${name}`);
    }
  }
  if (shell) {
    if (args.length > 0 && !warnedShell) {
      warnedShell = true;
      process.emitWarning('Passing args to a child process with shell option true can lead to security ' +
        'vulnerabilities, as the arguments are not escaped, only concatenated.', 'DeprecationWarning', 'DEP0190');
    }
    const command = args.length > 0 ? `${file} ${args.join(' ')}` : file;
    file = typeof shell === 'string' ? shell : '/bin/sh';
    args = ['-c', command];
  }
  args.unshift(typeof argv0 === 'string' ? argv0 : file);

  let env = options.env || process.env;
  if (process.permission !== undefined && !args.includes('--permission') && !args.includes('--permission-audit')) {
    env = { ...env, NODE_OPTIONS: require('internal/process/permission').optionsForChild(env.NODE_OPTIONS) };
  }
  const envPairs = [];
  for (const key in env) {
    const value = env[key];
    if (value !== undefined) {
      nullCheck(key, `options.env['${key}']`);
      nullCheck(`${value}`, `options.env['${key}']`);
      envPairs.push(`${key}=${value}`);
    }
  }
  return { ...options, args, cwd, detached: !!options.detached, envPairs, file };
}

function checkTimeout(timeout) {
  if (timeout !== undefined && timeout !== null) {
    validateInteger(timeout, 'timeout', 0);
  }
}

function checkMaxBuffer(maxBuffer) {
  if (maxBuffer === undefined || maxBuffer === null) return;
  validateNumber(maxBuffer, 'options.maxBuffer');
  if (!(maxBuffer >= 0)) {
    throw new codes.ERR_OUT_OF_RANGE('options.maxBuffer', '>= 0', maxBuffer);
  }
}

function toKillSignal(signal) {
  if (typeof signal === 'string' || typeof signal === 'number') {
    return toSignalNumber(signal);
  }
  if (signal !== undefined && signal !== null) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.killSignal', ['string', 'number'], signal);
  }
  return undefined;
}

function abortChild(child, killSignal, reason) {
  try {
    if (child.kill(killSignal)) {
      child.emit('error', new AbortError(undefined, { cause: reason }));
    }
  } catch (error) {
    child.emit('error', error);
  }
}

function spawn(file, args, options) {
  options = normalize(file, args, options);
  checkTimeout(options.timeout);
  validateAbortSignal(options.signal, 'options.signal');
  const killSignal = toKillSignal(options.killSignal);
  const child = new ChildProcess();
  child.spawn(options);

  if (options.timeout > 0) {
    let timer = setTimeout(() => {
      timer = null;
      try {
        child.kill(killSignal);
      } catch (error) {
        child.emit('error', error);
      }
    }, options.timeout);
    child.once('exit', () => {
      if (timer !== null) {
        clearTimeout(timer);
      }
    });
  }
  const { signal } = options;
  if (signal) {
    const onabort = () => abortChild(child, killSignal, signal.reason);
    if (signal.aborted) {
      process.nextTick(onabort);
    } else {
      signal.addEventListener('abort', onabort, { once: true });
      child.once('exit', () => signal.removeEventListener('abort', onabort));
    }
  }
  return child;
}

function setTimeout(callback, after) {
  return require('internal/timers').setTimeout(callback, after);
}

function clearTimeout(timer) {
  require('internal/timers').clearTimeout(timer);
}

function execArguments(command, options, callback) {
  validateString(command, 'command');
  nullCheck(command, 'command');
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  options = { __proto__: null, ...options };
  options.shell = typeof options.shell === 'string' ? options.shell : true;
  return { file: command, options, callback };
}

function exec(command, options, callback) {
  const all = execArguments(command, options, callback);
  return execFile(all.file, all.options, all.callback);
}

// One output of execFile, up to maxBuffer.
class Collector {
  constructor(stream, name, encoding, maxBuffer, overflow) {
    this.stream = stream;
    this.chunks = [];
    this.length = 0;
    this.encoding = encoding;
    if (!stream) {
      return;
    }
    if (encoding) {
      stream.setEncoding(encoding);
    }
    stream.on('data', (chunk) => {
      // Text counts by bytes but is cut by characters.
      const size = typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.length;
      this.length += size;
      if (this.length > maxBuffer) {
        const room = maxBuffer - (this.length - size);
        this.chunks.push(chunk.slice(0, room));
        overflow(new codes.ERR_CHILD_PROCESS_STDIO_MAXBUFFER(name));
      } else {
        this.chunks.push(chunk);
      }
    });
  }

  result() {
    const isText = this.encoding || this.stream?.readableEncoding || (!this.stream && this.encoding !== null);
    return isText ? this.chunks.join('') : Buffer.concat(this.chunks);
  }
}

function execFile(file, args, options, callback) {
  if (typeof args === 'function') {
    callback = args;
    args = [];
    options = undefined;
  } else {
    if (args !== undefined && args !== null && typeof args === 'object' && !Array.isArray(args)) {
      callback = options;
      options = args;
      args = [];
    } else if (args === undefined || args === null) {
      args = [];
    }
    if (typeof options === 'function') {
      callback = options;
      options = undefined;
    } else if (options !== undefined && options !== null) {
      validateObject(options, 'options');
    }
  }
  if (!Array.isArray(args)) {
    throw new codes.ERR_INVALID_ARG_TYPE('args', 'object', args);
  }
  if (callback !== undefined && callback !== null) {
    validateFunction(callback, 'callback');
  }
  options = {
    encoding: 'utf8', timeout: 0, maxBuffer: MAX_BUFFER, killSignal: 'SIGTERM', cwd: null, env: null, shell: false,
    ...options,
  };
  checkTimeout(options.timeout);
  checkMaxBuffer(options.maxBuffer);
  options.killSignal = toKillSignal(options.killSignal);

  const child = spawn(file, args, {
    cwd: options.cwd, env: options.env, gid: options.gid, shell: options.shell, signal: options.signal,
    uid: options.uid, argv0: options.argv0, killSignal: options.killSignal, windowsHide: !!options.windowsHide,
  });
  const encoding = options.encoding && options.encoding !== 'buffer' && Buffer.isEncoding(options.encoding) ?
    options.encoding : null;
  let killed = false;
  let exited = false;
  let timer = null;
  let failure = null;

  function kill() {
    child.stdout?.destroy();
    child.stderr?.destroy();
    killed = true;
    try {
      child.kill(options.killSignal);
    } catch (error) {
      failure ??= error;
      onexit();
    }
  }
  function overflow(error) {
    failure = error;
    kill();
  }
  const out = new Collector(child.stdout, 'stdout', encoding, options.maxBuffer, overflow);
  const err = new Collector(child.stderr, 'stderr', encoding, options.maxBuffer, overflow);
  if (options.timeout > 0) {
    timer = setTimeout(() => {
      timer = null;
      kill();
    }, options.timeout);
  }

  function onexit(code = 0, signal = null) {
    if (exited) {
      return;
    }
    exited = true;
    if (timer !== null) {
      clearTimeout(timer);
    }
    if (!callback) {
      return;
    }
    const stdout = out.result();
    const stderr = err.result();
    if (!failure && code === 0 && signal === null) {
      callback(null, stdout, stderr);
      return;
    }
    const command = args.length > 0 ? `${file} ${args.join(' ')}` : file;
    if (!failure) {
      failure = new Error(`Command failed: ${command}\n${stderr}`);
      failure.code = code < 0 ? require('internal/util').getSystemErrorName(code) : code;
      failure.killed = child.killed || killed;
      failure.signal = signal;
    }
    failure.cmd = command;
    callback(failure, stdout, stderr);
  }
  child.on('close', onexit);
  child.on('error', (error) => {
    failure = error;
    child.stdout?.destroy();
    child.stderr?.destroy();
    onexit();
  });
  return child;
}

// util.promisify(exec) resolves to { stdout, stderr } and its promise has the child.
function promisified(original) {
  return (...args) => {
    const { promise, resolve, reject } = Promise.withResolvers();
    promise.child = original(...args, (error, stdout, stderr) => {
      if (error !== null) {
        error.stdout = stdout;
        error.stderr = stderr;
        reject(error);
      } else {
        resolve({ stdout, stderr });
      }
    });
    return promise;
  };
}
for (const fn of [exec, execFile]) {
  Object.defineProperty(fn, Symbol.for('nodejs.util.promisify.custom'), {
    __proto__: null, enumerable: false, value: promisified(fn),
  });
}

function spawnSync(file, args, options) {
  options = { __proto__: null, maxBuffer: MAX_BUFFER, ...normalize(file, args, options) };
  checkTimeout(options.timeout);
  checkMaxBuffer(options.maxBuffer);
  options.killSignal = toKillSignal(options.killSignal);
  options.stdio = toStdioList(options.stdio || 'pipe', true);
  if (options.input) {
    options.stdio[0] = { ...options.stdio[0], input: options.input };
  }
  for (let i = 0; i < options.stdio.length; i++) {
    const entry = options.stdio[i];
    const { input } = entry;
    if (input === undefined || input === null) {
      continue;
    }
    const pipe = options.stdio[i] = { ...entry, type: 'pipe', readable: true, writable: false };
    if (ArrayBuffer.isView(input)) {
      pipe.input = input;
    } else if (typeof input === 'string') {
      pipe.input = Buffer.from(input, options.encoding === 'buffer' ? undefined : options.encoding);
    } else {
      throw new codes.ERR_INVALID_ARG_TYPE(`options.stdio[${i}]`, ['Buffer', 'TypedArray', 'DataView', 'string'], input);
    }
  }
  return spawnSyncNow(options);
}

function checkExecSyncError(result, args, command) {
  if (result.error) {
    Object.assign(result.error, result);
    return result.error;
  }
  if (result.status !== 0) {
    let message = 'Command failed: ' + (command || args.join(' '));
    if (result.stderr && result.stderr.length > 0) {
      message += `\n${result.stderr.toString()}`;
    }
    return Object.assign(new Error(message), result);
  }
  return undefined;
}

function execFileSync(file, args, options) {
  if (args !== undefined && args !== null && !Array.isArray(args) && typeof args === 'object') {
    options = args;
    args = [];
  }
  const inheritStderr = !options?.stdio;
  const result = spawnSync(file, args, options);
  if (inheritStderr && result.stderr) {
    process.stderr.write(result.stderr);
  }
  const error = checkExecSyncError(result, [options?.argv0 || file, ...(args ?? [])], undefined);
  if (error) {
    throw error;
  }
  return result.stdout;
}

function execSync(command, options) {
  const all = execArguments(command, options, null);
  const inheritStderr = !all.options.stdio;
  const result = spawnSync(all.file, all.options);
  if (inheritStderr && result.stderr) {
    process.stderr.write(result.stderr);
  }
  const error = checkExecSyncError(result, undefined, command);
  if (error) {
    throw error;
  }
  return result.stdout;
}

// stdio of fork(): one word says all three, and the channel is the fourth.
function forkStdio(word) {
  switch (word) {
    case 'ignore': case 'overlapped': case 'pipe': case 'inherit': return [word, word, word, 'ipc'];
    default: throw new codes.ERR_INVALID_ARG_VALUE('stdio', word);
  }
}

function fork(modulePath, args, options) {
  modulePath = require('internal/fs/utils').getPath(modulePath, 'modulePath');
  if (args === undefined || args === null) {
    args = [];
  } else if (typeof args !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('args', 'Array', args);
  } else if (!Array.isArray(args)) {
    options = args;
    args = [];
  }
  if (options !== undefined && options !== null) {
    validateObject(options, 'options');
  }
  options = { __proto__: null, ...options, shell: false };
  options.execPath = options.execPath || process.execPath;
  validateString(options.execPath, 'options.execPath');
  nullCheck(options.execPath, 'options.execPath');
  let { execArgv = process.execArgv } = options;
  if (options.execArgv !== undefined) {
    validateArray(execArgv, 'options.execArgv');
  } else if (execArgv.includes('-e') || execArgv.includes('--eval')) {
    // The program given on the command line is not the child's.
    const at = execArgv.findIndex((word) => word === '-e' || word === '--eval');
    execArgv = [...execArgv];
    execArgv.splice(at, execArgv[at + 1] === process._eval ? 2 : 1);
  }
  if (typeof options.stdio === 'string') {
    options.stdio = forkStdio(options.stdio);
  } else if (!options.stdio) {
    options.stdio = forkStdio(options.silent ? 'pipe' : 'inherit');
  } else if (!options.stdio.includes('ipc')) {
    throw new codes.ERR_CHILD_PROCESS_IPC_REQUIRED('options.stdio');
  }
  return spawn(options.execPath, [...execArgv, modulePath, ...args], options);
}

function _forkChild(fd, serializationMode) {
  require('internal/child_process/channel').setupChild(fd, serializationMode);
}

for (const { 0: fn, 1: length } of [[exec, 3], [execFile, 4], [execFileSync, 3], [execSync, 2], [fork, 1], [spawn, 3],
  [spawnSync, 3]]) {
  Object.defineProperty(fn, 'length', { __proto__: null, value: length, configurable: true });
}

module.exports = { _forkChild, ChildProcess, exec, execFile, execFileSync, execSync, fork, spawn, spawnSync };

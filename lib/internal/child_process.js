// SPDX-License-Identifier: MIT
'use strict';

// ChildProcess: a running child with its pipes; and the synchronous spawn.

const EventEmitter = require('events');
const { codes, ErrnoException } = require('internal/errors');
const { validateArray, validateObject, validateOneOf, validateString } = require('internal/validators');
const { Buffer } = require('buffer');

function lazyNet() {
  return require('net');
}

function signalNumbers() {
  return internalBinding('constants').os.signals;
}

// A signal's number from its name or number.
function toSignalNumber(signal) {
  if (typeof signal === 'number') {
    for (const name of Object.keys(signalNumbers())) {
      if (signalNumbers()[name] === signal) {
        return signal;
      }
    }
  } else if (typeof signal === 'string') {
    const number = signalNumbers()[signal.toUpperCase()];
    if (number) {
      return number;
    }
  }
  throw new codes.ERR_UNKNOWN_SIGNAL(signal);
}

class ChildProcess extends EventEmitter {
  constructor() {
    super();
    const { childProcess } = require('internal/channels');
    if (childProcess.hasSubscribers) childProcess.publish({ process: this });
    this._closesNeeded = 1;
    this._closesGot = 0;
    this.connected = false;
    this.signalCode = null;
    this.exitCode = null;
    this.killed = false;
    this.spawnfile = null;
    const { Process } = internalBinding('process_wrap');
    this._handle = new Process();
    this._handle.onexit = (exitCode, signalCode) => onexit(this, exitCode, signalCode);
  }

  spawn(options) {
    validateObject(options, 'options');
    let stdio = options.stdio || 'pipe';
    stdio = toStdioList(stdio, false);
    options.stdio = stdio;
    validateOneOf(options.serialization, 'options.serialization', [undefined, 'json', 'advanced']);
    if (options.envPairs === undefined) {
      options.envPairs = [];
    } else {
      validateArray(options.envPairs, 'options.envPairs');
    }
    const ipcFd = stdio.findIndex((entry) => entry.ipc);
    if (ipcFd !== -1) {
      const { serialization = 'json' } = options;
      options.envPairs = [...options.envPairs, `NODE_CHANNEL_FD=${ipcFd}`, `NODE_CHANNEL_SERIALIZATION_MODE=${serialization}`];
    }
    validateString(options.file, 'options.file');
    this.spawnfile = options.file;
    if (options.args === undefined) {
      this.spawnargs = [];
    } else {
      validateArray(options.args, 'options.args');
      this.spawnargs = options.args;
    }

    const error = this._handle.spawn(options);
    // A command that is not there is reported through 'error'; the object is whole all the same.
    const { errno } = internalBinding('constants').os;
    const later = [errno.EACCES, errno.EAGAIN, errno.EMFILE, errno.ENFILE, errno.ENOENT].includes(-error);
    if (error !== 0 && later) {
      process.nextTick(onSpawnError, this, error);
      if (error === -errno.EMFILE || error === -errno.ENFILE) {
        return error;
      }
    } else if (error) {
      for (const entry of stdio) {
        if (entry.type === 'pipe') {
          entry.handle.close();
        }
      }
      this._handle.close();
      this._handle = null;
      throw new ErrnoException(error, 'spawn');
    } else {
      process.nextTick(onSpawned, this);
    }
    this.pid = this._handle.pid;

    for (let i = 0; i < stdio.length; i++) {
      const entry = stdio[i];
      if (entry.type === 'ignore') {
        continue;
      }
      if (entry.type === 'wrap') {
        // The child has it now.
        if (!entry._stdio._readableState) {
          continue; // a handle alone
        }
        entry.handle.reading = false;
        entry.handle.readStop();
        entry._stdio.pause();
        entry._stdio.readableFlowing = false;
        entry._stdio._readableState.reading = false;
        continue;
      }
      if (entry.ipc) {
        this._closesNeeded++;
        continue;
      }
      if (entry.handle) {
        const { Socket } = lazyNet();
        entry.socket = this.pid !== 0 || error !== 0 ? new Socket({ handle: entry.handle, readable: i !== 0 }) : null;
        if (entry.socket && i > 0 && this.pid !== 0) {
          this._closesNeeded++;
          entry.socket.on('close', () => maybeClose(this));
        }
      }
    }
    this.stdin = stdio.length >= 1 && stdio[0].socket !== undefined ? stdio[0].socket : null;
    this.stdout = stdio.length >= 2 && stdio[1].socket !== undefined ? stdio[1].socket : null;
    this.stderr = stdio.length >= 3 && stdio[2].socket !== undefined ? stdio[2].socket : null;
    this.stdio = stdio.map((entry) => (entry.socket === undefined ? null : entry.socket));
    if (ipcFd !== -1) {
      this._onChannelClosed = () => maybeClose(this);
      require('internal/child_process/channel').setupChannel(this, stdio[ipcFd].handle, options.serialization);
    }
    return error;
  }

  kill(signal) {
    const number = signal === 0 ? 0 : toSignalNumber(signal === undefined ? 'SIGTERM' : signal);
    if (this._handle) {
      const error = this._handle.kill(number);
      if (error === 0) {
        this.killed = true;
        return true;
      }
      const { errno } = internalBinding('constants').os;
      if (error === -errno.EINVAL || error === -errno.ENOSYS) {
        throw new ErrnoException(error, 'kill');
      } else if (error !== -errno.ESRCH) {
        this.emit('error', new ErrnoException(error, 'kill'));
      }
    }
    return false;
  }

  ref() {
    this._handle?.ref();
  }

  unref() {
    this._handle?.unref();
  }

  [Symbol.dispose]() {
    if (!this.killed) {
      this.kill();
    }
  }
}

function onSpawned(child) {
  child.emit('spawn');
}

function onSpawnError(child, error) {
  child._handle?.onexit(error, '');
}

function onexit(child, exitCode, signalCode) {
  if (signalCode) {
    child.signalCode = signalCode;
  } else {
    child.exitCode = exitCode;
  }
  if (child.stdin) {
    child.stdin.destroy();
  }
  if (child._handle) {
    child._handle.close();
    child._handle = null;
  }
  if (exitCode < 0) {
    const error = new ErrnoException(exitCode, child.spawnfile ? `spawn ${child.spawnfile}` : 'spawn');
    if (child.spawnfile) {
      error.path = child.spawnfile;
    }
    error.spawnargs = child.spawnargs.slice(1);
    child.emit('error', error);
  } else {
    child.emit('exit', child.exitCode, child.signalCode);
  }
  // What nobody reads would never end, and 'close' never come.
  process.nextTick(flushStdio, child);
  maybeClose(child);
}

function flushStdio(child) {
  for (const stream of child.stdio ?? []) {
    if (!stream || !stream.readable || stream === child.stdin) {
      continue;
    }
    if (!stream._readableState.readableListening && stream.readableFlowing === null && !stream.isPaused()) {
      stream.resume();
    }
  }
}

function maybeClose(child) {
  child._closesGot++;
  if (child._closesGot === child._closesNeeded) {
    child.emit('close', child.exitCode, child.signalCode);
  }
}

// stdio in all its spellings -> one entry a descriptor for C.
function toStdioList(stdio, sync) {
  if (typeof stdio === 'string') {
    switch (stdio) {
      case 'ignore': stdio = ['ignore', 'ignore', 'ignore']; break;
      case 'overlapped': stdio = ['overlapped', 'overlapped', 'overlapped']; break;
      case 'pipe': stdio = ['pipe', 'pipe', 'pipe']; break;
      case 'inherit': stdio = [0, 1, 2]; break;
      default: throw new codes.ERR_INVALID_ARG_VALUE('stdio', stdio);
    }
  } else if (!Array.isArray(stdio)) {
    throw new codes.ERR_INVALID_ARG_VALUE('stdio', stdio);
  }
  stdio = [...stdio];
  while (stdio.length < 3) {
    stdio.push(undefined);
  }
  const made = [];
  try {
    for (let i = 0; i < stdio.length; i++) {
      if (stdio[i] === 'ipc' && made.some((entry) => entry.ipc)) {
        throw new codes.ERR_IPC_ONE_PIPE();
      }
      made.push(toStdioEntry(stdio[i], i, sync));
    }
  } catch (error) {
    for (const entry of made) {
      if (entry.type === 'pipe' && entry.handle) {
        entry.handle.close();
      }
    }
    throw error;
  }
  return made;
}

function toStdioEntry(value, i, sync) {
  value ??= i < 3 ? 'pipe' : 'ignore';
  if (value === 'ignore') {
    return { type: 'ignore' };
  }
  if (value === 'pipe' || value === 'overlapped' || (typeof value === 'number' && value < 0)) {
    if (sync) {
      return { type: 'pipe', readable: i === 0, writable: i !== 0 };
    }
    const { Pipe, constants } = internalBinding('pipe_wrap');
    return { type: value === 'overlapped' ? 'overlapped' : 'pipe', handle: new Pipe(constants.SOCKET) };
  }
  if (value === 'ipc') {
    if (sync) {
      throw new codes.ERR_IPC_SYNC_FORK();
    }
    const { Pipe, constants } = internalBinding('pipe_wrap');
    return { type: 'pipe', handle: new Pipe(constants.IPC), ipc: true };
  }
  if (value === 'inherit') {
    return { type: 'inherit', fd: i };
  }
  if (typeof value === 'number') {
    return { type: 'fd', fd: value };
  }
  if (typeof value.fd === 'number') {
    return { type: 'fd', fd: value.fd };
  }
  const handle = value._handle ?? value.handle ?? value;
  if (value !== null && typeof value === 'object' && handle && typeof handle.readStop === 'function') {
    return { type: 'wrap', wrapType: 'pipe', handle, _stdio: value };
  }
  if (ArrayBuffer.isView(value) || typeof value === 'string') {
    if (!sync) {
      const { inspect } = require('internal/util/inspect');
      throw new codes.ERR_INVALID_SYNC_FORK_INPUT(inspect(value));
    }
    throw new codes.ERR_INVALID_ARG_VALUE('stdio', value);
  }
  throw new codes.ERR_INVALID_ARG_VALUE('stdio', value);
}

function spawnSync(options) {
  const { spawn } = internalBinding('spawn_sync');
  const result = spawn(options);
  if (result.output) {
    for (let i = 0; i < result.output.length; i++) {
      const bytes = result.output[i];
      if (bytes) {
        const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        result.output[i] = options.encoding && options.encoding !== 'buffer' ? buffer.toString(options.encoding) : buffer;
      }
    }
  }
  const { error: errno, pid, status, signal, output } = result;
  const answer = {};
  if (errno) {
    const error = new ErrnoException(errno, `spawnSync ${options.file}`);
    error.path = options.file;
    error.spawnargs = options.args.slice(1);
    answer.error = error;
  }
  answer.status = status;
  answer.signal = signal;
  answer.output = output;
  answer.pid = pid;
  answer.stdout = output ? output[1] : undefined;
  answer.stderr = output ? output[2] : undefined;
  return answer;
}

require('internal/util').exposeMethods(ChildProcess.prototype, ['kill', 'ref', 'spawn', 'unref']);

module.exports = { ChildProcess, spawnSync, toSignalNumber, toStdioList };

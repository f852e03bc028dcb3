// SPDX-License-Identifier: MIT
'use strict';

// TCP and local sockets: Socket is a Duplex over a native handle (docs/bindings.md, tcp_wrap and pipe_wrap), Server
// makes sockets out of incoming connections.

const EventEmitter = require('events');
const { netClientSocket, netServerListen, netServerSocket } = require('internal/channels');
const { Duplex } = require('stream');
const { Buffer } = require('buffer');
const { isIP, isIPv4, isIPv6, kBoundPath, kConsume, kTakeBack, kUserReader } = require('internal/net');
const clusterRole = require('internal/cluster/role');
const { ErrnoException, ExceptionWithHostPort, UVExceptionWithHostPort, codes } =
  require('internal/errors');
const { validateAbortSignal, validateBoolean, validateFunction, validateInteger, validateNumber, validatePort, validateString, validateInt32 } =
  require('internal/validators');
const { setUnrefTimeout, clearTimeout } = require('internal/timers');
const { encodingsMap, kEmptyObject, kEnumerableProperty, normalizeEncoding } = require('internal/util');
const { TCP, constants: tcpConstants } = internalBinding('tcp_wrap');
const { Pipe, constants: pipeConstants } = internalBinding('pipe_wrap');
const { defineLazy, guessHandleType } = internalBinding('util');
const {
  ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_FD_TYPE, ERR_MISSING_ARGS, ERR_SERVER_ALREADY_LISTEN,
  ERR_SERVER_NOT_RUNNING, ERR_SOCKET_CLOSED, ERR_SOCKET_CLOSED_BEFORE_CONNECTION, ERR_STREAM_DESTROYED,
} = codes;

const UV_EOF = -4095;
const UV_EADDRINUSE = -98;
const UV_EINVAL = -22;
const UV_ECANCELED = -125;
const UV_ENOTCONN = -107;
// Flags of createServerHandle().
const IPV6_ONLY = 1;
const REUSE_PORT = 2;
const UV_EAFNOSUPPORT = -97;
// Of defineLazy().
const WRITABLE_ENUMERABLE_CONFIGURABLE = 7;
const UV_EADDRNOTAVAIL = -99;
const DEFAULT_BACKLOG = 511;
// How long one address is tried before the next is (autoSelectFamily): Node's default, milliseconds.
const DEFAULT_ATTEMPT_TIMEOUT = 500;

const kTimeout = Symbol('timeout');
const kTimer = Symbol('timer');
const kServer = Symbol('server');
const kSetNoDelay = Symbol('setNoDelay');
const kSetKeepAlive = Symbol('setKeepAlive');
const kTypeOfService = Symbol('kTypeOfService');
const kKeepAliveDelay = Symbol('setKeepAliveInitialDelay');
const kKeepAliveProbes = Symbol('setKeepAliveProbes'); // [seconds between, how many]
const kBytesRead = Symbol('bytesRead');
const kBytesWritten = Symbol('bytesWritten');
const kErrored = Symbol('errored');
// The handle of a BoundSocket, of the sockets that have one: it is connected as it is.
const kAdopted = Symbol('adopted');

const reader = () => require('internal/net/reader');
const attempts = () => require('internal/net/attempts');

// What setDefaultAutoSelectFamily() and its like have set; before that the command line speaks.
let autoSelectFamilyDefault;
let attemptTimeoutDefault;

function getDefaultAutoSelectFamily() {
  return autoSelectFamilyDefault ??= !require('internal/options').getOptionValue('--no-network-family-autoselection');
}

function getDefaultAttemptTimeout() {
  return attemptTimeoutDefault ??=
    require('internal/options').getOptionValue('--network-family-autoselection-attempt-timeout') ?? DEFAULT_ATTEMPT_TIMEOUT;
}

// --- handles -----------------------------------------------------------------------------------------------------

function makeHandle(fd, isServer) {
  const type = guessHandleType(fd);
  if (type === 'PIPE') return new Pipe(isServer ? pipeConstants.SERVER : pipeConstants.SOCKET);
  if (type === 'TCP') return new TCP(isServer ? tcpConstants.SERVER : tcpConstants.SOCKET);
  throw new ERR_INVALID_FD_TYPE(type);
}

function isPipeName(text) {
  return typeof text === 'string' && toNumber(text) === false;
}

function toNumber(x) {
  return (x = Number(x)) >= 0 ? x : false;
}

// (port[, host][, cb]), (path[, cb]), (options[, cb]) as [options, cb].
function normalizeArgs(args) {
  if (args.length === 0) return [{}, null];
  const first = args[0];
  let options = {};
  if (typeof first === 'object' && first !== null) {
    options = first;
  } else if (isPipeName(first)) {
    options.path = first;
  } else {
    options.port = first;
    if (args.length > 1 && typeof args[1] === 'string') options.host = args[1];
  }
  const last = args[args.length - 1];
  return [options, typeof last === 'function' ? last : null];
}

// --- Socket: the stream ------------------------------------------------------------------------------------------

function initSocketHandle(socket) {
  socket._undestroy();
  socket._sockname = undefined;
  socket._peername = undefined;
  const handle = socket._handle;
  if (handle) {
    handle.owner = socket;
    handle.reading ??= false;
    handle.onread = onread;
  }
}

function onread(count, bytes) {
  const socket = this.owner;
  if (!socket || socket._handle !== this) return;
  socket._unrefTimer();
  if (count > 0) {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const more = socket[kUserReader] ? reader().giveToReader(socket, chunk) : socket.push(chunk);
    if (!more) {
      this.reading = false;
      if (!socket.destroyed && socket._handle) {
        const error = this.readStop();
        if (error) socket.destroy(new ErrnoException(error, 'read'));
      }
    }
    return;
  }
  if (count !== UV_EOF) {
    socket.destroy(new ErrnoException(count, 'read'));
    return;
  }
  if (socket[kUserReader]?.rest) {
    socket[kUserReader].ended = true;
    return;
  }
  // The other side is done. Reading once more when nobody reads lets 'end' and the automatic close come.
  socket.push(null);
  socket.read(0);
}

function onReadableStreamEnd() {
  if (!this.allowHalfOpen) this.write = writeAfterFIN;
}

// Ending, without allowHalfOpen, is the answer to the other side's end; writing after it is an error.
function writeAfterFIN(chunk, encoding, callback) {
  if (!this.writableEnded) return Duplex.prototype.write.apply(this, arguments);
  if (typeof encoding === 'function') callback = encoding;
  const error = new Error('This socket has been ended by the other party');
  error.code = 'EPIPE';
  if (typeof callback === 'function') process.nextTick(callback, error);
  this.destroy(error);
  return false;
}

function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  if (options?.objectMode) throw new ERR_INVALID_ARG_VALUE('options.objectMode', options.objectMode, 'is not supported');
  if (options?.readableObjectMode || options?.writableObjectMode) {
    throw new ERR_INVALID_ARG_VALUE(
      `options.${options.readableObjectMode ? 'readableObjectMode' : 'writableObjectMode'}`, true, 'is not supported');
  }
  options = typeof options === 'number' ? { fd: options } : { ...options };
  const { handle, fd, signal, manualStart } = options;
  options.allowHalfOpen = Boolean(options.allowHalfOpen);
  options.emitClose = false;
  options.autoDestroy = true;
  options.decodeStrings = false;
  this.connecting = false;
  this._hadError = false;
  this._parent = null;
  this._host = null;
  this._handle = null;
  this[kTimeout] = 0;
  this[kTimer] = null;
  this[kTakeBack] = null;
  this[kUserReader] = options.onread ? reader().makeReader(options.onread) : undefined;
  this[kServer] = null;
  this[kBytesRead] = 0;
  this[kBytesWritten] = 0;
  this[kSetNoDelay] = Boolean(options.noDelay);
  this[kSetKeepAlive] = Boolean(options.keepAlive);
  this[kKeepAliveDelay] = ~~(options.keepAliveInitialDelay / 1000);
  this.timeout = 0;
  if (signal) validateAbortSignal(signal, 'signal');
  if (options.blockList) this.blockList = checkBlockList(options.blockList);
  Duplex.call(this, options);

  if (typeof handle?.[kConsume] === 'function') {
    this._handle = this[kAdopted] = handle[kConsume]();
  } else if (handle) {
    this._handle = handle;
  } else if (fd !== undefined) {
    validateInt32(fd, 'fd', 0);
    this._handle = makeHandle(fd, false);
    const error = this._handle.open(fd);
    if (error) throw new ErrnoException(error, 'open');
    if ((fd === 1 || fd === 2) && this._handle instanceof Pipe) this._handle.setBlocking(true);
  }
  this.on('end', onReadableStreamEnd);
  initSocketHandle(this);
  this._pendingData = null;
  this._pendingEncoding = '';
  this.server = null;
  this._server = null;

  if (this._handle && options.readable !== false && !manualStart && this[kAdopted] === undefined) {
    if (options.pauseOnCreate) {
      this._handle.reading = false;
      this._handle.readStop();
      this.readableFlowing === null && this.pause();
    } else {
      this.read(0);
    }
  }
}
Object.setPrototypeOf(Socket.prototype, Duplex.prototype);
Object.setPrototypeOf(Socket, Duplex);

function checkBlockList(list) {
  if (!require('internal/blocklist').BlockList.isBlockList(list)) {
    throw new ERR_INVALID_ARG_TYPE('options.blockList', 'net.BlockList', list);
  }
  return list;
}

function takeBack(socket, event) {
  if (socket[kTakeBack] !== null && (event === 'data' || event === 'readable')) socket[kTakeBack](socket);
}

Socket.prototype.on = function(event, listener) {
  takeBack(this, event);
  return Duplex.prototype.on.call(this, event, listener);
};
Socket.prototype.addListener = Socket.prototype.on;

Socket.prototype.prependListener = function(event, listener) {
  takeBack(this, event);
  return Duplex.prototype.prependListener.call(this, event, listener);
};

function tryReadStart(socket) {
  socket._handle.reading = true;
  const error = socket._handle.readStart();
  if (error) socket.destroy(new ErrnoException(error, 'read'));
  else if (socket[kUserReader]) reader().resumeReader(socket);
}

Socket.prototype._read = function(n) {
  if (this.connecting || !this._handle) {
    this.once('connect', () => this._read(n));
  } else if (!this._handle.reading) {
    tryReadStart(this);
  }
};

Socket.prototype.pause = function() {
  if (this._handle && !this.connecting && this._handle.reading) {
    this._handle.reading = false;
    if (!this.destroyed) {
      const error = this._handle.readStop();
      if (error) this.destroy(new ErrnoException(error, 'read'));
    }
  }
  return Duplex.prototype.pause.call(this);
};

Socket.prototype.resume = function() {
  if (this._handle && !this.connecting && !this._handle.reading) tryReadStart(this);
  return Duplex.prototype.resume.call(this);
};

Socket.prototype.read = function(n) {
  if (this._handle && !this.connecting && !this._handle.reading && this.errored === null) tryReadStart(this);
  return Duplex.prototype.read.call(this, n);
};

// Calls back when the request is done: at once when the kernel took everything.
function startWrite(socket, result, req, callback) {
  if (result < 0) {
    const error = new ErrnoException(result, 'write');
    socket[kErrored] = error;
    callback(error);
    return;
  }
  socket._unrefTimer();
  if (result === 0) {
    callback();
    return;
  }
  req.oncomplete = (status) => {
    if (socket.destroyed) {
      callback(new ERR_STREAM_DESTROYED('write'));
    } else if (status < 0) {
      const error = new ErrnoException(status, 'write');
      callback(error);
    } else {
      socket._unrefTimer();
      callback();
    }
  };
}

function writeChunk(handle, req, chunk, encoding) {
  if (typeof chunk === 'string') {
    const number = encodingsMap[normalizeEncoding(encoding) ?? 'utf8'];
    return handle.writeString(req, chunk, number);
  }
  return handle.writeBuffer(req, chunk);
}

Socket.prototype._writeGeneric = function(writev, data, encoding, callback) {
  if (this.connecting) {
    this._pendingData = data;
    this._pendingEncoding = encoding;
    const onClose = () => callback(new ERR_SOCKET_CLOSED_BEFORE_CONNECTION());
    this.once('connect', function connect() {
      this.off('close', onClose);
      this._writeGeneric(writev, data, encoding, callback);
    });
    this.once('close', onClose);
    return;
  }
  this._pendingData = null;
  this._pendingEncoding = '';
  if (!this._handle) {
    callback(new ERR_SOCKET_CLOSED());
    return;
  }
  this._unrefTimer();
  const req = {};
  if (!writev) {
    startWrite(this, writeChunk(this._handle, req, data, encoding), req, callback);
    return;
  }
  const buffers = data.map(({ chunk, encoding: name }) => (typeof chunk === 'string' ? Buffer.from(chunk, name) : chunk));
  startWrite(this, this._handle.writeBuffer(req, Buffer.concat(buffers)), req, callback);
};

Socket.prototype._writev = function(chunks, callback) {
  this._writeGeneric(true, chunks, '', callback);
};
Socket.prototype._write = function(data, encoding, callback) {
  this._writeGeneric(false, data, encoding, callback);
};

Socket.prototype._final = function(callback) {
  if (this.connecting) {
    this.once('connect', () => this._final(callback));
    return;
  }
  if (!this._handle) {
    callback();
    return;
  }
  const req = {
    // Whatever its end: the other side may be gone, and nothing is left to say to it then.
    oncomplete: () => callback(),
  };
  const error = this._handle.shutdown(req);
  if (error === UV_ENOTCONN) callback();
  else if (error) callback(new ErrnoException(error, 'shutdown'));
};

Socket.prototype.end = function(data, encoding, callback) {
  Duplex.prototype.end.call(this, data, encoding, callback);
  return this;
};

Socket.prototype._onTimeout = function() {
  this[kTimer] = null;
  this.emit('timeout');
};

Socket.prototype._unrefTimer = function() {
  for (let s = this; s !== null; s = s._parent) {
    if (s[kTimeout] !== 0 && s[kTimer]) s[kTimer].refresh();
  }
};

// What C reads and writes touches no timer: when it fires the handle says how long it has been idle.
function startTimer(socket, msecs) {
  socket[kTimer] = setUnrefTimeout(() => {
    socket[kTimer] = null;
    const wanted = socket[kTimeout];
    if (wanted === 0) return;
    const idle = typeof socket._handle?.idleTime === 'function' ? socket._handle.idleTime() : wanted;
    if (idle < wanted) startTimer(socket, wanted - idle);
    else socket._onTimeout();
  }, msecs);
}

Socket.prototype.setTimeout = function(msecs, callback) {
  if (this.destroyed) return this;
  this.timeout = msecs;
  msecs = require('internal/timers').getTimerDuration(msecs, 'msecs');
  if (callback !== undefined) validateFunction(callback, 'callback');
  // A timer that is not wanted now stays and fires into nothing: the next setTimeout most often asks for the same one.
  this[kTimeout] = msecs;
  if (msecs === 0) {
    if (callback !== undefined) this.removeListener('timeout', callback);
    return this;
  }
  const timer = this[kTimer];
  if (timer && timer._idleTimeout === msecs) {
    timer.refresh();
  } else {
    if (timer) clearTimeout(timer);
    startTimer(this, msecs);
  }
  if (callback !== undefined) this.once('timeout', callback);
  return this;
};

Socket.prototype.destroySoon = function() {
  if (this.writable) this.end();
  if (this.writableFinished) this.destroy();
  else this.once('finish', this.destroy);
};

Socket.prototype._reset = function() {
  this.resetAndClosing = true;
  return this.destroy();
};
Socket.prototype.resetAndDestroy = function() {
  if (!this._handle) {
    this.destroy(new ERR_SOCKET_CLOSED());
  } else if (this.connecting) {
    this.once('connect', () => this._reset());
  } else {
    this._reset();
  }
  return this;
};

Socket.prototype._destroy = function(exception, callback) {
  this.connecting = false;
  for (let s = this; s !== null; s = s._parent) {
    if (s[kTimer]) clearTimeout(s[kTimer]);
    s[kTimer] = null;
  }
  const finish = () => {
    this.emit('close', Boolean(exception));
  };
  if (this._handle) {
    const handle = this._handle;
    const counts = handle.getCounts();
    this[kBytesRead] = counts[0];
    this[kBytesWritten] = counts[1];
    const reset = this.resetAndClosing && typeof handle.reset === 'function' && handle.reset(finish) === 0;
    if (!reset) handle.close(finish);
    handle.onread = () => {};
    this._handle = null;
    this._sockname = null;
    callback(exception);
  } else {
    callback(exception);
    process.nextTick(finish);
  }
  if (this._server) {
    this._server._connections--;
    this._server._emitCloseIfDrained?.();
  }
};

// --- Socket: options and facts -----------------------------------------------------------------------------------

Socket.prototype.setNoDelay = function(enable) {
  enable = Boolean(enable === undefined ? true : enable);
  if (!this._handle) {
    this[kSetNoDelay] = enable;
    return this;
  }
  if (this._handle.setNoDelay && enable !== this[kSetNoDelay]) {
    this[kSetNoDelay] = enable;
    this._handle.setNoDelay(enable);
  }
  return this;
};

Socket.prototype.setKeepAlive = function(enable, initialDelayMsecs, intervalMsecs, count) {
  if (typeof enable === 'object' && enable !== null) {
    ({ enable, initialDelay: initialDelayMsecs, interval: intervalMsecs, count } = enable);
  }
  enable = Boolean(enable);
  const delay = ~~(initialDelayMsecs / 1000);
  // Absent until somebody asks for other probes than the usual.
  const probes = intervalMsecs === undefined && count === undefined ? undefined : [~~(intervalMsecs / 1000), ~~count];
  const given = this[kKeepAliveProbes];
  const isOther = probes?.[0] !== given?.[0] || probes?.[1] !== given?.[1];
  if (isOther) this[kKeepAliveProbes] = probes;
  const handle = this._handle;
  if (!handle || (handle.setKeepAlive &&
      (enable !== this[kSetKeepAlive] || (enable && (this[kKeepAliveDelay] !== delay || isOther))))) {
    this[kSetKeepAlive] = enable;
    this[kKeepAliveDelay] = delay;
    handle?.setKeepAlive(enable, delay, probes?.[0], probes?.[1]);
  }
  return this;
};

// The type of service of the packets that go out; kept for a socket that is not connected yet.
Socket.prototype.setTypeOfService = function(tos) {
  validateInteger(tos, 'tos', 0, 255);
  this[kTypeOfService] = tos;
  if (this._handle?.setTypeOfService) {
    const error = this._handle.setTypeOfService(tos);
    if (error && !this.connecting) throw new ErrnoException(error, 'setTypeOfService');
  }
  return this;
};

Socket.prototype.getTypeOfService = function() {
  const kept = this[kTypeOfService] ?? 0;
  if (!this._handle?.getTypeOfService) return kept;
  const value = this._handle.getTypeOfService();
  if (value >= 0) return value;
  if (this.connecting) return kept;
  throw new ErrnoException(value, 'getTypeOfService');
};

Socket.prototype.ref = function() {
  if (!this._handle) this.once('connect', this.ref);
  else this._handle.ref();
  return this;
};
Socket.prototype.unref = function() {
  if (!this._handle) this.once('connect', this.unref);
  else this._handle.unref();
  return this;
};

Socket.prototype._getpeername = function() {
  if (!this._handle?.getpeername || this.connecting) return this._peername || {};
  if (!this._peername) {
    const name = this._handle.getpeername();
    if (typeof name === 'number') return {};
    this._peername = name;
  }
  return this._peername;
};
Socket.prototype._getsockname = function() {
  if (!this._handle?.getsockname) return {};
  if (!this._sockname) {
    const name = this._handle.getsockname();
    if (typeof name === 'number') return {};
    this._sockname = name;
  }
  return this._sockname;
};
Socket.prototype.address = function() {
  return this._getsockname();
};

function getter(name, get, attributes = kEnumerableProperty) {
  Object.defineProperty(Socket.prototype, name, { __proto__: null, ...attributes, get });
}
getter('_connecting', function() {
  return this.connecting;
}, kEmptyObject);
getter('pending', function() {
  return !this._handle || this.connecting;
}, { __proto__: null, configurable: true });
getter('readyState', function() {
  if (this.connecting) return 'opening';
  if (this.readable && this.writable) return 'open';
  if (this.readable && !this.writable) return 'readOnly';
  return !this.readable && this.writable ? 'writeOnly' : 'closed';
}, kEmptyObject);
getter('bufferSize', function() {
  return this._handle ? this.writableLength : undefined;
}, kEmptyObject);
getter('bytesRead', function() {
  return this._handle ? this._handle.getCounts()[0] : this[kBytesRead];
});
getter('_bytesDispatched', function() {
  return this._handle ? this._handle.getCounts()[1] : this[kBytesWritten];
});
getter('bytesWritten', function() {
  let bytes = this._bytesDispatched;
  const add = (chunk, encoding) => {
    bytes += chunk instanceof Uint8Array ? chunk.length : Buffer.byteLength(chunk, encoding);
  };
  for (const entry of this.writableBuffer ?? this._writableState?.getBuffer?.() ?? []) add(entry.chunk, entry.encoding);
  const pending = this._pendingData;
  if (Array.isArray(pending)) for (const entry of pending) add(entry.chunk, entry.encoding);
  else if (pending) add(pending, this._pendingEncoding);
  return bytes;
});
getter('remoteAddress', function() {
  return this._getpeername().address;
});
getter('remoteFamily', function() {
  return this._getpeername().family;
});
getter('remotePort', function() {
  return this._getpeername().port;
});
getter('localAddress', function() {
  return this._getsockname().address;
});
getter('localPort', function() {
  return this._getsockname().port;
});
getter('localFamily', function() {
  return this._getsockname().family;
});

// --- connecting --------------------------------------------------------------------------------------------------

function startKeepAlive(socket) {
  const probes = socket[kKeepAliveProbes];
  socket._handle.setKeepAlive(true, socket[kKeepAliveDelay], probes?.[0], probes?.[1]);
}

function afterConnect(socket, readable, writable) {
  socket.connecting = false;
  socket._sockname = null;
  if (readable && !socket.readableEnded && socket._handle) socket.readable = true;
  if (socket[kSetNoDelay] && socket._handle.setNoDelay) socket._handle.setNoDelay(true);
  if (socket[kSetKeepAlive] && socket._handle.setKeepAlive) startKeepAlive(socket);
  if (socket[kTypeOfService] !== undefined) socket._handle.setTypeOfService?.(socket[kTypeOfService]);
  socket._unrefTimer();
  socket.emit('connect');
  socket.emit('ready');
  // The first read also says that the other side has ended, whether or not anyone listens.
  if (!socket.isPaused() && !socket.destroyed) socket.read(0);
}

function connectPipe(socket, path) {
  const req = {
    oncomplete(status) {
      if (socket.destroyed) return;
      if (status === 0) afterConnect(socket, true, true);
      else socket.destroy(new ExceptionWithHostPort(status, 'connect', path));
    },
  };
  const error = socket._handle.connect(req, path);
  if (error) socket.destroy(new ExceptionWithHostPort(error, 'connect', path));
}

function initHandleOnly(socket) {
  socket._handle.owner = socket;
  socket._handle.reading = false;
  socket._handle.onread = onread;
}

// For sockets over another kind of handle (TLS): it takes the place of the one that is there.
Socket.prototype._setHandle = function(handle) {
  this._handle = handle;
  initHandleOnly(this);
};

function finishConnect(socket, error) {
  if (socket.destroyed) return;
  if (error) socket.destroy(error);
  else afterConnect(socket, true, true);
}

function isAdopted(socket) {
  return socket[kAdopted] !== undefined && socket._handle === socket[kAdopted];
}

// connect(2) is made at once, so that the local address is known when connect() returns.
function connectAdopted(socket, address, family, how) {
  attempts().tryAddresses(socket, [{ address, family }], how, (error) => finishConnect(socket, error));
  socket._sockname = null;
}

function lookupAndConnect(socket, options) {
  const { localAddress, localPort } = options;
  const adopted = isAdopted(socket);
  let { port } = options;
  if (adopted && options.path) port ??= 0; // what it was bound as counts
  const host = options.host || 'localhost';
  validateString(host, 'options.host');
  if (options.autoSelectFamily !== undefined) validateBoolean(options.autoSelectFamily, 'options.autoSelectFamily');
  if (options.autoSelectFamilyAttemptTimeout !== undefined) {
    validateInt32(options.autoSelectFamilyAttemptTimeout, 'options.autoSelectFamilyAttemptTimeout', 1);
  }
  if (localAddress && !isIP(localAddress)) throw new codes.ERR_INVALID_IP_ADDRESS(localAddress);
  if (localPort) validateNumber(localPort, 'options.localPort');
  if (port === undefined) throw new ERR_MISSING_ARGS(['options', 'port', 'path']);
  if (typeof port !== 'number' && typeof port !== 'string') {
    throw new ERR_INVALID_ARG_TYPE('options.port', ['number', 'string'], port);
  }
  validatePort(port);
  port |= 0;
  const attemptTimeout = Math.max(options.autoSelectFamilyAttemptTimeout ?? getDefaultAttemptTimeout(), 10);
  const how = { port, localAddress, localPort, attemptTimeout };
  socket.connecting = true;
  const ip = isIP(host);
  if (adopted) {
    if (localAddress !== undefined || localPort !== undefined) {
      throw new ERR_INVALID_ARG_VALUE('options', options,
                                      'localAddress and localPort cannot be used with an adopted bound socket');
    }
    if (ip) {
      connectAdopted(socket, host, ip, how);
      return;
    }
  }
  if (ip) {
    process.nextTick(() => {
      if (socket.connecting) {
        attempts().tryAddresses(socket, [{ address: host, family: ip }], how, (error) => finishConnect(socket, error));
      }
    });
    return;
  }
  if (options.lookup !== undefined && options.lookup !== null) validateFunction(options.lookup, 'options.lookup');
  const lookup = options.lookup || require('dns').lookup;
  const all = (options.autoSelectFamily ?? getDefaultAutoSelectFamily()) && options.family !== 4 && options.family !== 6 &&
    !localAddress && !adopted;
  const dnsOptions = { family: socket._family ?? options.family, hints: options.hints || 0 };
  if (all) dnsOptions.all = true;
  socket._host = host;
  lookup(host, dnsOptions, (error, answer, family) => {
    if (!socket.connecting) return;
    const list = error ? [] : all ? answer : [{ address: answer, family: family || isIP(answer) }];
    if (error) {
      socket.emit('lookup', error, undefined, undefined, host);
      process.nextTick(() => socket.destroy(error));
      return;
    }
    for (const { address, family: found } of list) socket.emit('lookup', null, address, found, host);
    if (!socket.connecting) return; // a listener destroyed it
    const odd = list.find(({ family: found }) => found !== 4 && found !== 6);
    if (odd) {
      process.nextTick(() => socket.destroy(new codes.ERR_INVALID_ADDRESS_FAMILY(odd.family, host, port)));
      return;
    }
    const usable = list.filter(({ address }) => isIP(address));
    if (usable.length === 0) {
      const bad = list[0]?.address;
      process.nextTick(() => socket.destroy(new codes.ERR_INVALID_IP_ADDRESS(bad)));
      return;
    }
    socket._unrefTimer();
    const { interleave, tryAddresses } = attempts();
    tryAddresses(socket, interleave(usable), how, (failure) => finishConnect(socket, failure));
  });
}

Socket.prototype.connect = function(...args) {
  const [options, callback] = Array.isArray(args[0]) ? args[0] : normalizeArgs(args);
  if (netClientSocket.hasSubscribers) netClientSocket.publish({ socket: this });
  if (this.write !== Socket.prototype.write) this.write = Socket.prototype.write;
  if (this.destroyed) {
    this._handle = null;
    this._peername = undefined;
    this._sockname = undefined;
  }
  const { path } = options;
  const isPipe = isAdopted(this) ? this._handle instanceof Pipe : Boolean(path);
  if (!this._handle) {
    this._handle = isPipe ? new Pipe(pipeConstants.SOCKET) : new TCP(tcpConstants.SOCKET);
    initSocketHandle(this);
  }
  if (callback !== null) this.once('connect', callback);
  if (options.noDelay !== undefined) this[kSetNoDelay] = Boolean(options.noDelay);
  if (options.keepAlive !== undefined) this[kSetKeepAlive] = Boolean(options.keepAlive);
  if (options.keepAliveInitialDelay !== undefined) this[kKeepAliveDelay] = ~~(options.keepAliveInitialDelay / 1000);
  if (options.blockList) this.blockList = checkBlockList(options.blockList);
  this._unrefTimer();
  this.connecting = true;
  if (isPipe) {
    validateString(path, 'options.path');
    connectPipe(this, path);
  } else {
    lookupAndConnect(this, options);
  }
  return this;
};

function connect(...args) {
  const normalized = normalizeArgs(args);
  const [options] = normalized;
  const socket = new Socket(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  return socket.connect(normalized);
}

// --- Server ------------------------------------------------------------------------------------------------------

function Server(options, connectionListener) {
  if (!(this instanceof Server)) return new Server(options, connectionListener);
  EventEmitter.call(this);
  if (typeof options === 'function') {
    connectionListener = options;
    options = {};
  } else if (options === undefined || options === null) {
    options = {};
  } else if (typeof options !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  if (typeof connectionListener === 'function') this.on('connection', connectionListener);
  this._connections = 0;
  this._handle = null;
  this._unref = false;
  this._connectionKey = undefined;
  this.allowHalfOpen = options.allowHalfOpen || false;
  this.pauseOnConnect = Boolean(options.pauseOnConnect);
  this.noDelay = Boolean(options.noDelay);
  this.keepAlive = Boolean(options.keepAlive);
  this.keepAliveInitialDelay = ~~(options.keepAliveInitialDelay / 1000);
  this.highWaterMark = options.highWaterMark;
  if (options.blockList) this.blockList = checkBlockList(options.blockList);
  this.maxConnections = undefined;
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

function onconnection(status, clientHandle) {
  const server = this.owner;
  if (status) {
    server.emit('error', new ErrnoException(status, 'accept'));
    return;
  }
  if (server.blockList && typeof clientHandle.getpeername === 'function') {
    const { address } = clientHandle.getpeername();
    const family = isIP(address);
    if (family && server.blockList.check(address, `ipv${family}`)) {
      clientHandle.close();
      return;
    }
  }
  if (server.maxConnections !== undefined && server.maxConnections !== null &&
      server._connections >= server.maxConnections) {
    const data = { localAddress: undefined };
    const local = clientHandle.getsockname?.();
    const remote = clientHandle.getpeername?.();
    if (local && typeof local === 'object') {
      data.localAddress = local.address;
      data.localPort = local.port;
      data.localFamily = local.family;
    }
    if (remote && typeof remote === 'object') {
      data.remoteAddress = remote.address;
      data.remotePort = remote.port;
      data.remoteFamily = remote.family;
    }
    clientHandle.close();
    server.emit('drop', data);
    return;
  }
  const socket = new Socket({
    handle: clientHandle,
    allowHalfOpen: server.allowHalfOpen,
    pauseOnCreate: server.pauseOnConnect,
    readable: true,
    writable: true,
    readableHighWaterMark: server.highWaterMark,
    writableHighWaterMark: server.highWaterMark,
  });
  if (server.noDelay) socket.setNoDelay(true);
  if (server.keepAlive) socket.setKeepAlive(true, server.keepAliveInitialDelay * 1000);
  server._connections++;
  socket.server = server;
  socket._server = server;
  if (netServerSocket.hasSubscribers) netServerSocket.publish({ socket });
  server.emit('connection', socket);
}

// A bound handle, or the errno. addressType: 4 or 6 of an IP address (null: every interface), -1 of a path.
function createServerHandle(address, port, addressType, fd, flags) {
  if (typeof fd === 'number' && fd >= 0) {
    let handle;
    try {
      handle = makeHandle(fd, true);
    } catch {
      return UV_EINVAL;
    }
    return handle.open(fd) || handle;
  }
  if (port === -1 && addressType === -1) {
    const pipe = new Pipe(pipeConstants.SERVER);
    return closedOn(pipe.bind(address), pipe);
  }
  const ipv6Only = Boolean(flags & IPV6_ONLY);
  const reusePort = Boolean(flags & REUSE_PORT);
  if (address) {
    const tcp = new TCP(tcpConstants.SERVER);
    return closedOn(tcp.bind(address, port, ipv6Only, reusePort), tcp);
  }
  // Every interface: both families by way of :: if there is IPv6, else 0.0.0.0.
  const all = new TCP(tcpConstants.SERVER);
  const result = closedOn(all.bind('::', port, ipv6Only, reusePort), all);
  if (result !== UV_EINVAL && result !== UV_EAFNOSUPPORT && result !== UV_EADDRNOTAVAIL) return result;
  const four = new TCP(tcpConstants.SERVER);
  return closedOn(four.bind('0.0.0.0', port, false, reusePort), four);
}

function closedOn(error, handle) {
  if (error) handle.close();
  return error || handle;
}

function failListen(server, error) {
  if (netServerListen.error.hasSubscribers) netServerListen.error.publish({ server, error });
  process.nextTick(() => server.emit('error', error));
}

// Listens on what `how` says: in a cluster's worker the primary is asked for the handle, unless it is to be our own.
function listenOn(server, how) {
  if (how.handle) {
    listenWith(server, how.handle, how);
    return;
  }
  const { address, port, path, fd } = how;
  const flags = (how.ipv6Only ? IPV6_ONLY : 0) | (how.reusePort ? REUSE_PORT : 0);
  const given = path ?? address;
  const addressType = path !== undefined ? -1 : isIP(given) || 4;
  if (clusterRole.isWorker && !how.exclusive) {
    const question = { address: given, port, addressType, fd, flags, backlog: how.backlog,
                       readableAll: how.readableAll, writableAll: how.writableAll };
    require('cluster')._getServer(server, question, (error, handle) => {
      if (!error && port > 0 && handle.getsockname && handle.getsockname().port !== port) {
        // The primary's bind failed, which the system tells only who listens; listening here would take any port.
        handle.close();
        error = UV_EADDRINUSE;
      }
      if (!error && server._handle) {
        // Asked twice: the first answer is the one that counts.
        handle.close();
        return;
      }
      if (error) {
        server.emit('error', new ExceptionWithHostPort(error, 'bind', given, port));
      } else {
        listenWith(server, handle, how);
      }
    });
    return;
  }
  const result = createServerHandle(given, port, addressType, fd, flags);
  if (typeof result === 'number') {
    const error = new UVExceptionWithHostPort(result, 'listen', given ?? '::', port);
    failListen(server, error);
    return;
  }
  listenWith(server, result, how);
}

function listenWith(server, handle, { address, port, path, backlog }) {
  const shown = path ?? address ?? '::';
  server._handle = handle;
  handle.owner = server;
  handle.onconnection = onconnection;
  const failed = handle.listen(backlog || DEFAULT_BACKLOG);
  if (failed) {
    const error = new UVExceptionWithHostPort(failed, 'listen', shown, port);
    handle.close();
    server._handle = null;
    failListen(server, error);
    return;
  }
  server._connectionKey = `${isIP(shown) || 4}:${shown}:${port}`;
  server._pipeName = path;
  if (server._unref) handle.unref();
  process.nextTick(() => {
    if (!server._handle) return;
    if (netServerListen.asyncEnd.hasSubscribers) netServerListen.asyncEnd.publish({ server });
    server.emit('listening');
  });
}

Server.prototype.listen = function(...args) {
  const [given, callback] = normalizeArgs(args);
  let options = given;
  if (this._handle) throw new ERR_SERVER_ALREADY_LISTEN();
  if (callback !== null) this.once('listening', callback);
  const backlogOf = toNumber(args.length > 1 && args[1]) || toNumber(args.length > 2 && args[2]) || options.backlog;
  if (netServerListen.asyncStart.hasSubscribers) netServerListen.asyncStart.publish({ server: this, options });
  options = options._handle || options.handle || options;
  if (typeof options[kConsume] === 'function') {
    const path = options[kBoundPath];
    listenOn(this, { handle: options[kConsume](), path, backlog: backlogOf });
    return this;
  }
  if (options instanceof TCP || options instanceof Pipe) {
    listenOn(this, { handle: options, backlog: backlogOf });
    return this;
  }
  if (options.signal !== undefined) {
    validateAbortSignal(options.signal, 'options.signal');
    const stop = () => this.close();
    if (options.signal.aborted) {
      process.nextTick(stop);
    } else {
      const { addAbortListener } = require('internal/events/abort_listener');
      this.once('close', addAbortListener(options.signal, stop)[Symbol.dispose]);
    }
  }
  if (typeof options.fd === 'number' && options.fd >= 0) {
    listenOn(this, { address: null, port: null, fd: options.fd, backlog: backlogOf, exclusive: options.exclusive });
    return this;
  }
  if (args.length === 0 || typeof args[0] === 'function' ||
      (options.port === undefined && 'port' in options) || options.port === null) {
    options.port = 0;
  }
  if (typeof options.port === 'number' || typeof options.port === 'string') {
    validatePort(options.port, 'options.port');
    const port = options.port | 0;
    if (options.exclusive !== undefined && typeof options.exclusive !== 'boolean') options.exclusive = Boolean(options.exclusive);
    const how = { address: options.host || null, port, backlog: backlogOf, ipv6Only: options.ipv6Only,
                  exclusive: options.exclusive || options.reusePort, reusePort: options.reusePort };
    if (!options.host || isIP(options.host)) {
      listenOn(this, how);
    } else {
      const token = this._listenToken = {};
      require('dns').lookup(options.host, (error, address) => {
        if (this._listenToken !== token) return; // closed meanwhile
        if (error) this.emit('error', error);
        else listenOn(this, { ...how, address });
      });
    }
    return this;
  }
  if (options.path && isPipeName(options.path)) {
    listenOn(this, { path: options.path, port: -1, backlog: backlogOf, exclusive: options.exclusive,
                     readableAll: options.readableAll, writableAll: options.writableAll });
    if (this._handle?.fchmod && (options.readableAll || options.writableAll)) {
      const mode = (options.readableAll ? pipeConstants.UV_READABLE : 0) |
        (options.writableAll ? pipeConstants.UV_WRITABLE : 0);
      const error = this._handle.fchmod(mode);
      if (error) {
        this._handle.close();
        this._handle = null;
        throw new ErrnoException(error, 'uv_pipe_chmod');
      }
    }
    return this;
  }
  if (!('port' in options) && !('path' in options)) {
    throw new ERR_INVALID_ARG_VALUE('options', options, 'must have the property "port" or "path"');
  }
  throw new ERR_INVALID_ARG_VALUE('options', options);
};

Object.defineProperty(Server.prototype, 'listening', {
  __proto__: null, configurable: true, enumerable: true, get() {
    return Boolean(this._handle);
  },
});

Server.prototype.address = function() {
  if (this._handle?.getsockname) {
    const name = this._handle.getsockname();
    if (typeof name === 'number') throw new ErrnoException(name, 'address');
    return name;
  }
  return this._pipeName ? this._pipeName : null;
};

Server.prototype.getConnections = function(callback) {
  if (!this._workers) {
    process.nextTick(callback, null, this._handle ? this._connections : 0);
    return this;
  }
  // Those that were sent to children are asked for.
  let waiting = this._workers.length;
  let total = this._connections;
  const end = (error, count) => {
    if (error) {
      waiting = -1;
      callback(error);
      return;
    }
    total += count;
    if (--waiting === 0) callback(null, total);
  };
  if (waiting === 0) process.nextTick(callback, null, total);
  for (const list of this._workers) list.getConnections((error, count) => waiting > 0 && end(error, count));
  return this;
};

Server.prototype.close = function(callback) {
  this._listenToken = null;
  if (typeof callback === 'function') {
    if (!this._handle) {
      this.once('close', function close() {
        callback(new ERR_SERVER_NOT_RUNNING());
      });
    } else {
      this.once('close', callback);
    }
  }
  if (this._handle) {
    this._handle.close();
    this._handle = null;
  }
  if (this._workers?.length > 0) {
    // Those of the children are open connections too.
    const lists = this._workers;
    this._connections += lists.length;
    for (const list of lists) {
      list.close(() => {
        this._connections--;
        this._emitCloseIfDrained();
      });
    }
    return this;
  }
  this._emitCloseIfDrained();
  return this;
};

Server.prototype._emitCloseIfDrained = function() {
  if (this._handle || this._connections) return;
  process.nextTick(() => {
    if (!this._handle && !this._connections) this.emit('close');
  });
};

Server.prototype[Symbol.asyncDispose] = async function() {
  if (!this._handle) return;
  await new Promise((resolve, reject) => this.close((error) => (error ? reject(error) : resolve())));
};

Server.prototype[EventEmitter.captureRejectionSymbol] = function(error, event, socket) {
  if (event === 'connection') socket.destroy(error);
  else this.emit('error', error);
};

Server.prototype.ref = function() {
  this._unref = false;
  this._handle?.ref();
  return this;
};
Server.prototype.unref = function() {
  this._unref = true;
  this._handle?.unref();
  return this;
};

// --- the module --------------------------------------------------------------------------------------------------

module.exports = {
  _createServerHandle: createServerHandle,
  _normalizeArgs: normalizeArgs,
  connect,
  createConnection: connect,
  createServer: (options, connectionListener) => new Server(options, connectionListener),
  isIP,
  isIPv4,
  isIPv6,
  Server,
  Socket,
  Stream: Socket,
  get BlockList() {
    return require('internal/blocklist').BlockList;
  },
  get SocketAddress() {
    return require('internal/blocklist').SocketAddress;
  },
  getDefaultAutoSelectFamily,
  setDefaultAutoSelectFamily(value) {
    validateBoolean(value, 'value');
    autoSelectFamilyDefault = value;
  },
  getDefaultAutoSelectFamilyAttemptTimeout: getDefaultAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout(value) {
    validateInt32(value, 'value', 1);
    attemptTimeoutDefault = Math.max(value, 10);
  },
};

for (const name of ['BoundSocket', '_TransferredBoundSocket']) {
  defineLazy(module.exports, name, () => require('internal/net/bound_socket')[name], WRITABLE_ENUMERABLE_CONFIGURABLE);
}

if (process.env.NODE_DEBUG) require('internal/http/debug_log').start('net');

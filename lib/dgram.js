// SPDX-License-Identifier: MIT
'use strict';

// Datagram sockets: Socket is an EventEmitter over a native UDP handle (docs/bindings.md, udp_wrap).

const EventEmitter = require('events');
const { udpSocket } = require('internal/channels');
const { Buffer } = require('buffer');
const clusterRole = require('internal/cluster/role');
const { kState } = require('internal/dgram');
const { isIP, isIPv4 } = require('internal/net');
const { ErrnoException, ExceptionWithHostPort, SystemError, codes } = require('internal/errors');
const { validateAbortSignal, validateFunction, validateNumber, validateObject, validatePort, validateString } =
  require('internal/validators');
const { UDP, UV_UDP_IPV6ONLY, UV_UDP_REUSEADDR } = internalBinding('udp_wrap');
const { guessHandleType } = internalBinding('util');
const { isArrayBufferView } = require('internal/util/types');
const {
  ERR_BUFFER_OUT_OF_BOUNDS, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_FD_TYPE, ERR_IP_BLOCKED, ERR_MISSING_ARGS,
  ERR_SOCKET_ALREADY_BOUND, ERR_SOCKET_BAD_BUFFER_SIZE, ERR_SOCKET_BAD_TYPE, ERR_SOCKET_BUFFER_SIZE, ERR_SOCKET_DGRAM_IS_CONNECTED,
  ERR_SOCKET_DGRAM_NOT_CONNECTED, ERR_SOCKET_DGRAM_NOT_RUNNING,
} = codes;

const UNBOUND = 0;
const BINDING = 1;
const BOUND = 2;
const DISCONNECTED = 0;
const CONNECTING = 1;
const CONNECTED = 2;

const RECEIVE = true;
const SEND = false;

function defaultLookup(address, family, callback) {
  return require('dns').lookup(address, family, callback);
}

function makeHandle(socket, type, lookup) {
  if (type !== 'udp4' && type !== 'udp6') {
    throw new ERR_SOCKET_BAD_TYPE();
  }
  const family = type === 'udp4' ? 4 : 6;
  const local = family === 4 ? '127.0.0.1' : '::1';
  const find = lookup ?? defaultLookup;
  const handle = new UDP();
  handle.owner = socket;
  handle.lookup = (address, callback) => find(address || local, family, callback);
  handle.onmessage = (message, remote) => onMessage(socket, message, remote);
  return handle;
}

class Socket extends EventEmitter {
  constructor(type, listener) {
    let options;
    if (type !== null && typeof type === 'object') {
      options = type;
      type = options.type;
    }
    if (options?.lookup !== undefined) {
      validateFunction(options.lookup, 'lookup');
    }
    if (options?.recvBufferSize) {
      validateNumber(options.recvBufferSize, 'options.recvBufferSize');
    }
    if (options?.sendBufferSize) {
      validateNumber(options.sendBufferSize, 'options.sendBufferSize');
    }
    super();
    for (const [name, value] of [['receiveBlockList', options?.receiveBlockList], ['sendBlockList', options?.sendBlockList]]) {
      if (value && !require('net').BlockList.isBlockList(value)) {
        throw new ERR_INVALID_ARG_TYPE(`options.${name}`, 'net.BlockList', value);
      }
    }
    this.type = type;
    this[kState] = {
      handle: null,
      receiving: false,
      bindState: UNBOUND,
      connectState: DISCONNECTED,
      queue: undefined,
      reuseAddr: options?.reuseAddr,
      reusePort: options?.reusePort,
      ipv6Only: options?.ipv6Only,
      recvBufferSize: options?.recvBufferSize,
      sendBufferSize: options?.sendBufferSize,
      receiveBlockList: options?.receiveBlockList,
      sendBlockList: options?.sendBlockList,
    };
    this[kState].handle = makeHandle(this, type, options?.lookup);
    if (typeof listener === 'function') {
      this.on('message', listener);
    }
    if (udpSocket.hasSubscribers) udpSocket.publish({ socket: this });
    const signal = options?.signal;
    if (signal !== undefined) {
      validateAbortSignal(signal, 'options.signal');
      const onAborted = () => {
        if (this[kState].handle) {
          this.close();
        }
      };
      if (signal.aborted) {
        onAborted();
      } else {
        const { [Symbol.dispose]: forget } = EventEmitter.addAbortListener(signal, onAborted);
        this.once('close', forget);
      }
    }
  }

  bind(port_, address_) {
    let port = port_;
    needHandle(this);
    const state = this[kState];
    if (state.bindState !== UNBOUND) {
      throw new ERR_SOCKET_ALREADY_BOUND();
    }
    state.bindState = BINDING;
    const callback = arguments.length > 0 && arguments[arguments.length - 1];
    if (typeof callback === 'function') {
      const forget = () => {
        this.removeListener('error', forget);
        this.removeListener('listening', onListening);
      };
      const onListening = () => {
        forget();
        callback.call(this);
      };
      this.on('error', forget);
      this.on('listening', onListening);
    }
    if (port !== null && typeof port === 'object' && typeof port.recvStart === 'function') {
      state.handle.close();
      adopt(this, port);
      return this;
    }
    if (port !== null && typeof port === 'object' && Number.isInteger(port.fd) && port.fd > 0) {
      openDescriptor(this, port.fd);
      return this;
    }
    let address;
    let exclusive = false;
    if (port !== null && typeof port === 'object') {
      address = port.address || '';
      exclusive = Boolean(port.exclusive);
      port = port.port;
    } else {
      address = typeof address_ === 'function' ? '' : address_;
    }
    if (!address) {
      address = this.type === 'udp4' ? '0.0.0.0' : '::';
    }
    state.handle.lookup(address, (lookupError, ip) => {
      if (!state.handle) {
        return;
      }
      if (lookupError) {
        state.bindState = UNBOUND;
        this.emit('error', lookupError);
        return;
      }
      const onBound = (error, handle) => {
        if (error) {
          state.bindState = UNBOUND;
          this.emit('error', new ExceptionWithHostPort(error, 'bind', ip, port || undefined));
        } else if (!state.handle) {
          handle?.close(); // closed in the meantime
        } else if (handle) {
          state.handle.close();
          adopt(this, handle);
        } else {
          startListening(this);
        }
      };
      if (clusterRole.isWorker && !exclusive && !state.reusePort) {
        const question = { address: ip, port, addressType: this.type, fd: -1, flags: bindFlags(state) };
        require('cluster')._getServer(this, question, onBound);
      } else {
        onBound(bindHandle(state, ip, port));
      }
    });
    return this;
  }

  bindSync(options = {}) {
    needHandle(this);
    const state = this[kState];
    if (state.bindState !== UNBOUND) {
      throw new ERR_SOCKET_ALREADY_BOUND();
    }
    validateObject(options, 'options');
    const { port = 0, address = this.type === 'udp4' ? '0.0.0.0' : '::' } = options;
    validatePort(port, 'options.port', true);
    validateString(address, 'options.address');
    if (isIP(address) === 0) {
      throw new ERR_INVALID_ARG_VALUE('options.address', address,
                                      'must be a numeric IP address; bindSync does not perform DNS resolution');
    }
    const error = bindHandle(state, address, port);
    if (error) {
      throw new ExceptionWithHostPort(error, 'bind', address, port || undefined);
    }
    setUp(this);
    process.nextTick(() => {
      if (state.handle) {
        this.emit('listening');
      }
    });
    return this.address();
  }

  connect(port, address, callback) {
    port = validatePort(port, 'Port', false);
    if (typeof address === 'function') {
      callback = address;
      address = '';
    } else if (address === undefined) {
      address = '';
    }
    validateString(address, 'address');
    const state = this[kState];
    if (state.connectState !== DISCONNECTED) {
      throw new ERR_SOCKET_DGRAM_IS_CONNECTED();
    }
    state.connectState = CONNECTING;
    bindIfUnbound(this);
    const go = () => state.handle.lookup(address, (error, ip) => onConnectAddress(this, error, ip, address, port, callback));
    whenBound(this, go);
  }

  connectSync(port, address) {
    port = validatePort(port, 'Port', false);
    const ip = address === undefined || address === '' ? (this.type === 'udp4' ? '127.0.0.1' : '::1') : address;
    validateString(ip, 'address');
    if (isIP(ip) === 0) {
      throw new ERR_INVALID_ARG_VALUE('address', ip, 'must be a numeric IP address; connectSync does not perform DNS resolution');
    }
    needHandle(this);
    const state = this[kState];
    if (state.connectState !== DISCONNECTED) {
      throw new ERR_SOCKET_DGRAM_IS_CONNECTED();
    }
    if (state.bindState === UNBOUND) {
      this.bindSync();
    }
    const error = state.handle.connect(ip, port);
    if (error) {
      throw new ExceptionWithHostPort(error, 'connect', ip, port);
    }
    state.connectState = CONNECTED;
    process.nextTick(() => {
      if (state.handle) {
        this.emit('connect');
      }
    });
  }

  disconnect() {
    const state = this[kState];
    if (state.connectState !== CONNECTED) {
      throw new ERR_SOCKET_DGRAM_NOT_CONNECTED();
    }
    const error = state.handle.disconnect();
    if (error) {
      throw new ErrnoException(error, 'connect');
    }
    state.connectState = DISCONNECTED;
  }

  // The old form of send().
  sendto(buffer, offset, length, port, address, callback) {
    validateNumber(offset, 'offset');
    validateNumber(length, 'length');
    validateNumber(port, 'port');
    validateString(address, 'address');
    this.send(buffer, offset, length, port, address, callback);
  }

  // send(msg[, offset, length][, port][, address][, callback]); without port and address when connected
  send(buffer, offset, length, port, address, callback) {
    let list;
    const state = this[kState];
    const connected = state.connectState === CONNECTED;
    if (!connected) {
      if (address || (port && typeof port !== 'function')) {
        buffer = part(buffer, offset, length);
      } else {
        callback = port;
        port = offset;
        address = length;
      }
    } else {
      if (typeof length === 'number') {
        buffer = part(buffer, offset, length);
        if (typeof port === 'function') {
          callback = port;
          port = null;
        }
      } else {
        callback = offset;
      }
      if (port || address) {
        throw new ERR_SOCKET_DGRAM_IS_CONNECTED();
      }
    }
    if (!Array.isArray(buffer)) {
      if (typeof buffer === 'string') {
        list = [Buffer.from(buffer)];
      } else if (!isArrayBufferView(buffer)) {
        throw new ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], buffer);
      } else {
        list = [buffer];
      }
    } else {
      list = buffer.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece));
      if (!list.every(isArrayBufferView)) {
        throw new ERR_INVALID_ARG_TYPE('buffer list arguments', ['string', 'Buffer', 'TypedArray', 'DataView'], buffer);
      }
    }
    if (!connected) {
      port = validatePort(port, 'Port', false);
    }
    if (typeof callback !== 'function') {
      callback = undefined;
    }
    if (typeof address === 'function') {
      callback = address;
      address = undefined;
    } else if (address != null) {
      validateString(address, 'address');
    }
    needHandle(this);
    bindIfUnbound(this);
    if (list.length === 0) {
      list.push(Buffer.alloc(0));
    }
    const go = () => {
      if (!connected) {
        // A numeric address needs no question; the order of sends stays that of the calls.
        state.handle.lookup(address, (error, ip) => doSend(this, error, ip, list, address, port, callback));
      } else {
        doSend(this, null, undefined, list, address, port, callback);
      }
    };
    if (state.bindState === BOUND) {
      go();
    } else {
      whenBound(this, go);
    }
  }

  close(callback) {
    const state = this[kState];
    if (typeof callback === 'function') {
      this.on('close', callback);
    }
    if (state.queue !== undefined) {
      state.queue.push(() => this.close());
      return this;
    }
    needHandle(this);
    const { handle } = state;
    state.handle = null;
    state.receiving = false;
    handle.onmessage = undefined;
    handle.onclose = undefined;
    handle.close();
    process.nextTick(() => this.emit('close'));
    return this;
  }

  address() {
    needHandle(this);
    return named(this[kState].handle.getsockname(), 'getsockname');
  }

  remoteAddress() {
    needHandle(this);
    const state = this[kState];
    if (state.connectState !== CONNECTED) {
      throw new ERR_SOCKET_DGRAM_NOT_CONNECTED();
    }
    return named(state.handle.getpeername(), 'getpeername');
  }

  setBroadcast(on) {
    check(this[kState].handle.setBroadcast(on ? 1 : 0), 'setBroadcast');
  }

  setTTL(ttl) {
    validateNumber(ttl, 'ttl');
    check(this[kState].handle.setTTL(ttl), 'setTTL');
    return ttl;
  }

  setMulticastTTL(ttl) {
    validateNumber(ttl, 'ttl');
    check(this[kState].handle.setMulticastTTL(ttl), 'setMulticastTTL');
    return ttl;
  }

  setMulticastLoopback(on) {
    check(this[kState].handle.setMulticastLoopback(on ? 1 : 0), 'setMulticastLoopback');
    return on;
  }

  setMulticastInterface(interfaceAddress) {
    needHandle(this);
    validateString(interfaceAddress, 'interfaceAddress');
    check(this[kState].handle.setMulticastInterface(interfaceAddress), 'setMulticastInterface');
  }

  addMembership(multicastAddress, interfaceAddress) {
    needHandle(this);
    if (!multicastAddress) {
      throw new ERR_MISSING_ARGS('multicastAddress');
    }
    check(this[kState].handle.addMembership(multicastAddress, interfaceAddress), 'addMembership');
  }

  dropMembership(multicastAddress, interfaceAddress) {
    needHandle(this);
    if (!multicastAddress) {
      throw new ERR_MISSING_ARGS('multicastAddress');
    }
    check(this[kState].handle.dropMembership(multicastAddress, interfaceAddress), 'dropMembership');
  }

  addSourceSpecificMembership(sourceAddress, groupAddress, interfaceAddress) {
    needHandle(this);
    validateString(sourceAddress, 'sourceAddress');
    validateString(groupAddress, 'groupAddress');
    check(this[kState].handle.addSourceSpecificMembership(sourceAddress, groupAddress, interfaceAddress),
          'addSourceSpecificMembership');
  }

  dropSourceSpecificMembership(sourceAddress, groupAddress, interfaceAddress) {
    needHandle(this);
    validateString(sourceAddress, 'sourceAddress');
    validateString(groupAddress, 'groupAddress');
    check(this[kState].handle.dropSourceSpecificMembership(sourceAddress, groupAddress, interfaceAddress),
          'dropSourceSpecificMembership');
  }

  ref() {
    this[kState].handle?.ref();
    return this;
  }

  unref() {
    this[kState].handle?.unref();
    return this;
  }

  setRecvBufferSize(size) {
    bufferSize(this, size, RECEIVE);
  }

  setSendBufferSize(size) {
    bufferSize(this, size, SEND);
  }

  getRecvBufferSize() {
    return bufferSize(this, 0, RECEIVE);
  }

  getSendBufferSize() {
    return bufferSize(this, 0, SEND);
  }

  getSendQueueSize() {
    return this[kState].handle.getSendQueueSize();
  }

  getSendQueueCount() {
    return this[kState].handle.getSendQueueCount();
  }

  async [Symbol.asyncDispose]() {
    if (!this[kState].handle) {
      return;
    }
    await new Promise((resolve) => this.close(() => resolve()));
  }
}

for (const name of Object.getOwnPropertyNames(Socket.prototype)) {
  if (name !== 'constructor') {
    Object.defineProperty(Socket.prototype, name, { __proto__: null, enumerable: true });
  }
}

function needHandle(socket) {
  if (!socket[kState].handle) {
    throw new ERR_SOCKET_DGRAM_NOT_RUNNING();
  }
}

function check(error, syscall) {
  if (error !== 0) {
    throw new ErrnoException(error, syscall);
  }
}

function named(result, syscall) {
  if (typeof result === 'number') {
    throw new ErrnoException(result, syscall);
  }
  return result;
}

// The size now; size 0 only asks.
function bufferSize(socket, size, which) {
  validateUint32OrBad(size);
  const result = socket[kState].handle ? socket[kState].handle.bufferSize(size, which) : -9;
  if (result < 0) {
    const [code, message] = internalBinding('uv').getErrorMap().get(result);
    throw new ERR_SOCKET_BUFFER_SIZE({
      errno: result, code, message, syscall: which === RECEIVE ? 'uv_recv_buffer_size' : 'uv_send_buffer_size',
    });
  }
  return result;
}

function validateUint32OrBad(size) {
  if (size >>> 0 !== size) {
    throw new ERR_SOCKET_BAD_BUFFER_SIZE();
  }
}

function part(buffer, offset, length) {
  if (typeof buffer === 'string') {
    buffer = Buffer.from(buffer);
  } else if (!isArrayBufferView(buffer)) {
    throw new ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], buffer);
  }
  offset >>>= 0;
  length >>>= 0;
  if (offset > buffer.byteLength) {
    throw new ERR_BUFFER_OUT_OF_BOUNDS('offset');
  }
  if (offset + length > buffer.byteLength) {
    throw new ERR_BUFFER_OUT_OF_BOUNDS('length');
  }
  return Buffer.from(buffer.buffer, buffer.byteOffset + offset, length);
}

function bindFlags(state) {
  let flags = 0;
  if (state.reuseAddr) {
    flags |= UV_UDP_REUSEADDR;
  }
  if (state.ipv6Only) {
    flags |= UV_UDP_IPV6ONLY;
  }
  return flags;
}

function bindHandle(state, ip, port) {
  return state.handle.bind(ip, port || 0, bindFlags(state), Boolean(state.reusePort));
}

// The handle is bound: sizes asked for at the start, and messages from now on.
function setUp(socket) {
  const state = socket[kState];
  state.handle.recvStart();
  state.receiving = true;
  state.bindState = BOUND;
  if (state.recvBufferSize) {
    bufferSize(socket, state.recvBufferSize, RECEIVE);
  }
  if (state.sendBufferSize) {
    bufferSize(socket, state.sendBufferSize, SEND);
  }
}

function startListening(socket) {
  setUp(socket);
  socket.emit('listening');
}

function adopt(socket, handle) {
  handle.owner = socket;
  handle.lookup = socket[kState].handle.lookup;
  handle.onmessage = (message, remote) => onMessage(socket, message, remote);
  socket[kState].handle = handle;
  startListening(socket);
}

function openDescriptor(socket, fd) {
  const type = guessHandleType(fd);
  if (type !== 'UDP') {
    throw new ERR_INVALID_FD_TYPE(type);
  }
  check(socket[kState].handle.open(fd), 'open');
  startListening(socket);
}

function bindIfUnbound(socket) {
  if (socket[kState].bindState === UNBOUND) {
    socket.bind({ port: 0, exclusive: true }, null);
  }
}

// Does it now or when the socket is bound; when binding fails the things that waited are dropped.
function whenBound(socket, fn) {
  const state = socket[kState];
  if (state.bindState === BOUND) {
    fn();
    return;
  }
  if (state.queue === undefined) {
    state.queue = [];
    const onListening = () => {
      socket.removeListener('error', onError);
      const { queue } = state;
      state.queue = undefined;
      for (const queued of queue) {
        queued();
      }
    };
    const onError = () => {
      socket.removeListener('listening', onListening);
      state.queue = undefined;
    };
    socket.once('listening', onListening);
    socket.once(EventEmitter.errorMonitor, onError);
  }
  state.queue.push(fn);
}

function onConnectAddress(socket, lookupError, ip, address, port, callback) {
  const state = socket[kState];
  if (!state.handle) {
    return;
  }
  let error = lookupError;
  if (!error) {
    if (state.sendBlockList?.check(ip, isIPv4(ip) ? 'ipv4' : 'ipv6')) {
      error = new ERR_IP_BLOCKED(ip);
    } else {
      const failed = state.handle.connect(ip, port);
      if (failed) {
        error = new ExceptionWithHostPort(failed, 'connect', address, port);
      }
    }
  }
  if (error) {
    state.connectState = DISCONNECTED;
    process.nextTick(() => {
      if (callback) {
        callback(error);
      } else {
        socket.emit('error', error);
      }
    });
    return;
  }
  state.connectState = CONNECTED;
  if (callback) {
    socket.once('connect', callback);
  }
  process.nextTick(() => socket.emit('connect'));
}

function doSend(socket, lookupError, ip, list, address, port, callback) {
  const state = socket[kState];
  if (lookupError) {
    if (callback) {
      process.nextTick(callback, lookupError);
    } else {
      process.nextTick(() => socket.emit('error', lookupError));
    }
    return;
  }
  if (!state.handle) {
    return;
  }
  if (ip && state.sendBlockList?.check(ip, isIPv4(ip) ? 'ipv4' : 'ipv6')) {
    const blocked = new ERR_IP_BLOCKED(ip);
    if (callback) {
      process.nextTick(callback, blocked);
    }
    return;
  }
  let size = 0;
  for (const piece of list) {
    size += piece.byteLength;
  }
  const req = {
    oncomplete(status) {
      callback?.(status < 0 ? new ExceptionWithHostPort(status, 'send', address, port) : null, size);
    },
  };
  const sent = state.handle.send(req, list, ip, port);
  if (sent >= 1) {
    if (callback) {
      process.nextTick(callback, null, sent - 1);
    }
  } else if (sent < 0 && callback) {
    process.nextTick(callback, new ExceptionWithHostPort(sent, 'send', address, port));
  }
}

function onMessage(socket, message, remote) {
  if (typeof message === 'number') {
    socket.emit('error', new ErrnoException(message, 'recvmsg'));
    return;
  }
  const { receiveBlockList } = socket[kState];
  if (receiveBlockList?.check(remote.address, remote.family === 'IPv6' ? 'ipv6' : 'ipv4')) {
    return;
  }
  remote.size = message.length;
  Object.setPrototypeOf(message, Buffer.prototype);
  socket.emit('message', message, remote);
}

function createSocket(type, listener) {
  return new Socket(type, listener);
}

// Callable without new, as it always was.
function SocketConstructor(type, listener) {
  return Reflect.construct(Socket, [type, listener], new.target ?? SocketConstructor);
}
Object.defineProperty(SocketConstructor, 'name', { __proto__: null, value: 'Socket', configurable: true });
SocketConstructor.prototype = Socket.prototype;
Object.defineProperty(Socket.prototype, 'constructor', {
  __proto__: null, value: SocketConstructor, writable: true, configurable: true, enumerable: false,
});
Object.setPrototypeOf(SocketConstructor, EventEmitter);

module.exports = { createSocket, Socket: SocketConstructor };

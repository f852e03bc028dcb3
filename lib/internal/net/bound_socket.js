// SPDX-License-Identifier: MIT
'use strict';

// net.BoundSocket: a socket that is bound at once, so that the address is known (or the failure thrown) before a server
// listens on it or a Socket connects from it. Whoever takes it ([kConsume]) owns the handle from then on; what was taken,
// closed or sent to another thread is empty.

const { ErrnoException, ExceptionWithHostPort, codes } = require('internal/errors');
const { validateBoolean, validateObject, validatePort, validateString } = require('internal/validators');
const { kEmptyObject } = require('internal/util');
const { isIP, kBoundPath, kConsume } = require('internal/net');
const { kGiveUp, kTransfer } = require('internal/worker/clone');
const { TCP, constants: tcpConstants } = internalBinding('tcp_wrap');
const { Pipe, constants: pipeConstants } = internalBinding('pipe_wrap');
const { ERR_INVALID_ARG_VALUE, ERR_SOCKET_HANDLE_ADOPTED, ERR_WORKER_HANDLE_NOT_TRANSFERABLE } = codes;

// What the constructor gets instead of options to make an empty object.
const kEmpty = Symbol('empty');

// Makes one of a descriptor that came from another thread; set by the class, whose fields are its own.
let adopt;

function bindPath(options) {
  const { path } = options;
  validateString(path, 'options.path');
  if (options.host !== undefined || options.port !== undefined || options.ipv6Only !== undefined ||
      options.reusePort !== undefined) {
    throw new ERR_INVALID_ARG_VALUE('options', options,
                                    'path is mutually exclusive with host, port, ipv6Only, and reusePort');
  }
  if (path[0] === '\0' && process.platform !== 'linux') {
    throw new ERR_INVALID_ARG_VALUE('options.path', path, 'names an abstract socket, which only Linux has');
  }
  const handle = new Pipe(pipeConstants.SOCKET);
  const error = handle.bind(path);
  if (error) {
    handle.close();
    throw new ErrnoException(error, 'bind');
  }
  return handle;
}

function bindAddress(options) {
  const ipv6Only = options.ipv6Only ?? false;
  const reusePort = options.reusePort ?? false;
  validateBoolean(ipv6Only, 'options.ipv6Only');
  validateBoolean(reusePort, 'options.reusePort');
  const host = options.host ?? (ipv6Only ? '::' : '0.0.0.0');
  validateString(host, 'options.host');
  const family = isIP(host);
  if (family === 0) {
    throw new ERR_INVALID_ARG_VALUE('options.host', host,
                                    'must be a numeric IP address; net.BoundSocket does not perform DNS resolution');
  }
  const port = validatePort(options.port ?? 0, 'options.port');
  const handle = new TCP(tcpConstants.SOCKET);
  let error = handle.bind(host, port, ipv6Only && family === 6, reusePort);
  if (!error) {
    // An address in use is kept by libuv for whoever asks next (uv_tcp_bind).
    const name = handle.getsockname();
    if (typeof name === 'number') error = name;
  }
  if (error) {
    handle.close();
    throw new ExceptionWithHostPort(error, 'bind', host, port);
  }
  return handle;
}

class BoundSocket {
  #handle = null;
  #path = undefined;

  constructor(options = kEmptyObject) {
    if (options === kEmpty) return;
    validateObject(options, 'options');
    if (options.path === undefined) {
      this.#handle = bindAddress(options);
    } else {
      this.#handle = bindPath(options);
      this.#path = options.path;
    }
  }

  #open() {
    if (this.#handle === null) throw new ERR_SOCKET_HANDLE_ADOPTED();
    return this.#handle;
  }

  address() {
    const handle = this.#open();
    if (this.#path !== undefined) return this.#path;
    const name = handle.getsockname();
    if (typeof name === 'number') throw new ErrnoException(name, 'address');
    return name;
  }

  fd() {
    return this.#open().fd;
  }

  close() {
    this[kConsume]().close();
  }

  get isPipe() {
    return this.#path !== undefined;
  }

  get [kBoundPath]() {
    return this.#path;
  }

  [Symbol.dispose]() {
    if (this.#handle !== null) this.close();
  }

  [kConsume]() {
    const handle = this.#open();
    this.#handle = null;
    return handle;
  }

  // A path's file goes with the handle that made it, so such a socket stays where it is.
  [kTransfer]() {
    if (this.#handle === null || this.#path !== undefined) {
      throw new ERR_WORKER_HANDLE_NOT_TRANSFERABLE('net.BoundSocket');
    }
    return '_TransferredBoundSocket';
  }

  [kGiveUp]() {
    const fd = this.#open().duplicate();
    if (fd < 0) throw new ErrnoException(fd, 'dup');
    this.close();
    return fd;
  }

  static {
    adopt = (fd) => {
      const bound = new BoundSocket(kEmpty);
      const handle = new TCP(tcpConstants.SOCKET);
      const error = handle.open(fd);
      if (error) {
        handle.close();
        throw new ErrnoException(error, 'open');
      }
      bound.#handle = handle;
      return bound;
    };
  }
}

// What structured cloning makes before it fills it: an empty one.
function _TransferredBoundSocket() {
  return new BoundSocket(kEmpty);
}
_TransferredBoundSocket.prototype = BoundSocket.prototype;

module.exports = { BoundSocket, _TransferredBoundSocket, restoreBoundSocket: (fd) => adopt(fd) };

// SPDX-License-Identifier: MIT
'use strict';

// How a socket gets its connection: the addresses of a host one after the other, each with some time of its own, in the
// order of "happy eyeballs" (RFC 8305): families in turn.

const { ExceptionWithHostPort, NodeAggregateError, codes: { ERR_IP_BLOCKED } } = require('internal/errors');
const { begin, isObserved, tell } = require('internal/perf/observed');
const { setUnrefTimeout, clearTimeout } = require('internal/timers');
const { TCP, constants: tcpConstants } = internalBinding('tcp_wrap');

function connectError(status, address, port, local) {
  return new ExceptionWithHostPort(status, 'connect', address, port, local);
}

// The same with the local end that was asked for.
function failedConnect(status, address, { port, localAddress, localPort }) {
  const hasLocal = localAddress && localPort;
  const error = connectError(status, address, port, hasLocal ? `${localAddress}:${localPort}` : undefined);
  if (hasLocal) {
    error.localAddress = localAddress;
    error.localPort = localPort;
  }
  return error;
}

function localDetails(socket) {
  const name = socket._handle?.getsockname?.();
  return name && typeof name === 'object' ? `${name.address}:${name.port}` : undefined;
}

function bindLocal(socket, family, localAddress, localPort) {
  if (!localAddress && !localPort) return 0;
  return socket._handle.bind(localAddress || (family === 6 ? '::' : '0.0.0.0'), localPort || 0, false);
}

// Tries the addresses one after the other; done(error) once, without error as soon as one answers.
function tryAddresses(socket, list, options, done) {
  const errors = [];
  if (list.length > 1) socket.autoSelectFamilyAttemptedAddresses = [];
  const attempt = (k) => {
    const { address, family } = list[k];
    let timer = null;
    if (k > 0) {
      socket._handle.close();
      socket._setHandle(new TCP(tcpConstants.SOCKET));
    }
    const handle = socket._handle;
    const failed = (error) => {
      errors.push(error);
      if (error.code !== 'ERR_IP_BLOCKED') socket.emit('connectionAttemptFailed', address, options.port, family, error);
      if (k + 1 < list.length) attempt(k + 1);
      else done(errors.length === 1 ? errors[0] : new NodeAggregateError(errors));
    };
    const bindError = bindLocal(socket, family, options.localAddress, options.localPort);
    if (bindError) {
      failed(new ExceptionWithHostPort(bindError, 'bind', options.localAddress, options.localPort));
      return;
    }
    const isBlocked = socket.blockList?.check(address, `ipv${family}`);
    if (!isBlocked || list.length === 1) {
      if (list.length > 1) socket.autoSelectFamilyAttemptedAddresses.push(`${address}:${options.port}`);
      socket.emit('connectionAttempt', address, options.port, family);
      if (socket.destroyed) return;
    }
    if (isBlocked) {
      failed(new ERR_IP_BLOCKED(address));
      return;
    }
    const start = isObserved('net') ? begin() : undefined;
    const req = {
      oncomplete(status) {
        if (timer) clearTimeout(timer);
        if (socket.destroyed || socket._handle !== handle) return;
        if (start !== undefined && status === 0) tell('connect', 'net', start, { host: address, port: options.port });
        if (status === 0) done(null);
        else failed(failedConnect(status, address, options));
      },
    };
    const error = handle.connect(req, address, options.port);
    if (error) {
      failed(connectError(error, address, options.port, localDetails(socket)));
      return;
    }
    if (k + 1 < list.length) {
      timer = setUnrefTimeout(() => {
        if (socket.destroyed || socket._handle !== handle || !socket.connecting) return;
        socket.emit('connectionAttemptTimeout', address, options.port, family);
        req.oncomplete = () => {};
        const UV_ETIMEDOUT = -110;
        failed(connectError(UV_ETIMEDOUT, address, options.port));
      }, options.attemptTimeout);
    }
  };
  attempt(0);
}

// autoSelectFamily: the families in turn, beginning with the resolver's first choice.
function interleave(list) {
  const first = list[0].family;
  const own = list.filter((a) => a.family === first);
  const other = list.filter((a) => a.family !== first);
  const out = [];
  for (let k = 0; k < Math.max(own.length, other.length); k++) {
    if (own[k]) out.push(own[k]);
    if (other[k]) out.push(other[k]);
  }
  return out;
}

module.exports = { interleave, tryAddresses };

// SPDX-License-Identifier: MIT
'use strict';

// cluster in a worker: net and dgram ask the primary for the handles they would bind.

const EventEmitter = require('events');
const path = require('path');
const role = require('internal/cluster/role');
const { receiver, send } = require('internal/cluster/messages');
const { Worker } = require('internal/cluster/worker');

const TIMEOUT_MAX = 2 ** 31 - 1;

const cluster = new EventEmitter();
const handles = new Map(); // by key: what servers listen on
const indexes = new Map(); // how often each address was asked for: port 0 is another port each time

module.exports = cluster;

cluster.isWorker = true;
cluster.isMaster = false;
cluster.isPrimary = false;
cluster.worker = null;
cluster.Worker = Worker;

cluster._setupWorker = function() {
  const worker = new Worker({ id: Number(process.env.NODE_UNIQUE_ID) | 0, process, state: 'online' });
  cluster.worker = worker;
  role.isWorker = true;
  process.once('disconnect', () => {
    worker.emit('disconnect');
    if (!worker.exitedAfterDisconnect) {
      // The primary is gone: so are we.
      process.exit(0);
    }
  });
  process.on('internalMessage', receiver(worker, onMessage));
  send(process, { act: 'online' });
};

function onMessage(message, handle) {
  if (message.act === 'newconn') {
    onConnection(message, handle);
  } else if (message.act === 'disconnect') {
    this._disconnect(true);
  }
}

// For net and dgram. callback(errno, handle)
cluster._getServer = function(server, options, callback) {
  let { address } = options;
  // A relative path is meant from here, not from the primary's folder.
  if (options.port < 0 && typeof address === 'string') {
    address = path.resolve(address);
  }
  const addressKey = `${address}:${options.port}:${options.addressType}:${options.fd}`;
  const taken = indexes.get(addressKey) ?? new Set();
  indexes.set(addressKey, taken);
  let index = 0;
  while (taken.has(index)) {
    index++;
  }
  taken.add(index);
  const free = () => taken.delete(index);
  const question = { act: 'queryServer', index, data: null, ...options, address };
  if (server._getServerData) {
    question.data = server._getServerData();
  }
  send(process, question, undefined, (reply, handle) => {
    server._setServerData?.(reply.data);
    if (handle) {
      useShared(reply, handle, free, callback);
    } else {
      useRoundRobin(reply, free, callback);
    }
  });
  server.once('listening', () => {
    // A server that closed in the meantime listens on nothing.
    if (cluster.worker.state === 'destroying') {
      return;
    }
    cluster.worker.state = 'listening';
    const bound = server.address();
    send(process, { ...question, act: 'listening', port: bound?.port || options.port });
  });
};

function useShared({ errno, key }, handle, free, callback) {
  const close = handle.close;
  handle.close = function(...args) {
    send(process, { act: 'close', key });
    handles.delete(key);
    free();
    return Reflect.apply(close, handle, args);
  };
  handles.set(key, handle);
  callback(errno, handle);
}

// The primary accepts; this stands for the listening handle, and keeps the process alive as one does.
function useRoundRobin({ errno, key, sockname }, free, callback) {
  if (errno) {
    free();
    callback(errno, null);
    return;
  }
  const alive = setInterval(() => {}, TIMEOUT_MAX);
  let isOpen = true;
  const handle = {
    listen: () => 0,
    close(done) {
      if (isOpen) {
        isOpen = false;
        clearInterval(alive);
        send(process, { act: 'close', key });
        handles.delete(key);
        free();
      }
      if (typeof done === 'function') {
        process.nextTick(done);
      }
    },
    ref: () => alive.ref(),
    unref: () => alive.unref(),
    hasRef: () => alive.hasRef(),
  };
  if (sockname) {
    handle.getsockname = () => ({ ...sockname });
  }
  handles.set(key, handle);
  callback(0, handle);
}

function onConnection({ key, seq }, connection) {
  const handle = handles.get(key);
  let accepted = handle !== undefined && connection !== undefined;
  const server = handle?.owner;
  if (accepted && server) {
    // One over the limit goes to another worker, unless it is to be dropped.
    const { maxConnections, dropMaxConnection } = server;
    if (typeof maxConnections === 'number' && server._connections >= maxConnections && !dropMaxConnection) {
      accepted = false;
    }
  }
  send(process, { ack: seq, accepted });
  if (accepted) {
    handle.onconnection(0, connection);
  } else {
    connection?.close();
  }
}

function setInterval(fn, ms) {
  return require('timers').setInterval(fn, ms);
}

function clearInterval(timer) {
  require('timers').clearInterval(timer);
}

// Every server closes, then the channel.
Worker.prototype._disconnect = function(isAsked) {
  this.exitedAfterDisconnect = true;
  let open = 1;
  const closed = () => {
    if (--open > 0) {
      return;
    }
    if (isAsked) {
      process.disconnect();
    } else {
      send(process, { act: 'exitedAfterDisconnect' }, undefined, () => process.disconnect());
    }
  };
  for (const handle of [...handles.values()]) {
    open++;
    if (handle.owner) {
      handle.owner.close(closed);
    } else {
      handle.close(closed);
    }
  }
  handles.clear();
  closed();
};

Worker.prototype.disconnect = function() {
  if (this.state !== 'disconnecting' && this.state !== 'destroying') {
    this.state = 'disconnecting';
    this._disconnect(false);
  }
  return this;
};

Worker.prototype.destroy = function() {
  if (this.state === 'destroying') {
    return;
  }
  this.exitedAfterDisconnect = true;
  if (!this.isConnected()) {
    process.exit(0);
  }
  this.state = 'destroying';
  send(process, { act: 'exitedAfterDisconnect' }, undefined, () => process.disconnect());
  process.once('disconnect', () => process.exit(0));
};

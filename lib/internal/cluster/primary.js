// SPDX-License-Identifier: MIT
'use strict';

// cluster in the primary: forks workers and answers their questions for handles.

const EventEmitter = require('events');
const path = require('path');
const { validateObject } = require('internal/validators');
const { receiver, send } = require('internal/cluster/messages');
const { RoundRobinHandle, SharedHandle } = require('internal/cluster/handles');
const { Worker } = require('internal/cluster/worker');

const SCHED_NONE = 1;
const SCHED_RR = 2;

const cluster = new EventEmitter();
const handles = new Map(); // by key
const kDisconnected = Symbol('all workers are gone');
let ids = 0;
let isSetUp = false;

module.exports = cluster;

cluster.isWorker = false;
cluster.isMaster = true;
cluster.isPrimary = true;
cluster.Worker = Worker;
cluster.workers = {};
cluster.settings = {};
cluster.SCHED_NONE = SCHED_NONE;
cluster.SCHED_RR = SCHED_RR;
cluster.schedulingPolicy = process.env.NODE_CLUSTER_SCHED_POLICY === 'none' ? SCHED_NONE : SCHED_RR;

cluster.setupPrimary = function setupPrimary(options) {
  if (options !== undefined) {
    validateObject(options, 'options');
  }
  cluster.settings = {
    args: process.argv.slice(2), exec: process.argv[1], execArgv: process.execArgv, silent: false, ...cluster.settings,
    ...options,
  };
  // A program given with -e is its worker's too.
  isSetUp = true;
  const { settings } = cluster;
  process.nextTick(() => cluster.emit('setup', settings));
};
cluster.setupMaster = cluster.setupPrimary;

function forkProcess(id, env) {
  const { fork } = require('child_process');
  const { settings } = cluster;
  return fork(settings.exec, settings.args, {
    cwd: settings.cwd,
    env: { ...process.env, ...env, NODE_UNIQUE_ID: `${id}` },
    serialization: settings.serialization,
    silent: settings.silent,
    windowsHide: settings.windowsHide,
    execPath: settings.execPath,
    execArgv: settings.execArgv,
    stdio: settings.stdio,
    gid: settings.gid,
    uid: settings.uid,
  });
}

cluster.fork = function(env) {
  if (!isSetUp) {
    cluster.setupPrimary();
  }
  const id = ++ids;
  const child = forkProcess(id, env);
  const worker = new Worker({ id, process: child });
  worker.on('message', function(message, handle) {
    cluster.emit('message', this, message, handle);
  });
  child.once('exit', (code, signal) => {
    if (!worker.isConnected()) {
      forget(worker);
    }
    worker.exitedAfterDisconnect = Boolean(worker.exitedAfterDisconnect);
    worker.state = 'dead';
    worker.emit('exit', code, signal);
    cluster.emit('exit', worker, code, signal);
  });
  child.once('disconnect', () => {
    releaseHandles(worker);
    // One that is dead too is forgotten now; a live one when it exits.
    if (worker.isDead()) {
      forget(worker);
    }
    worker.exitedAfterDisconnect = Boolean(worker.exitedAfterDisconnect);
    worker.state = 'disconnected';
    worker.emit('disconnect');
    cluster.emit('disconnect', worker);
  });
  child.on('internalMessage', receiver(worker, onMessage));
  process.nextTick(() => cluster.emit('fork', worker));
  cluster.workers[id] = worker;
  return worker;
};

function releaseHandles(worker) {
  for (const { 0: key, 1: handle } of handles) {
    if (handle.remove(worker)) {
      handles.delete(key);
    }
  }
}

function forget(worker) {
  releaseHandles(worker);
  delete cluster.workers[worker.id];
  if (Object.keys(cluster.workers).length === 0) {
    cluster.emit(kDisconnected);
  }
}

const answers = {
  '__proto__': null,
  online(worker) {
    worker.emit('online');
    cluster.emit('online', worker);
  },
  listening(worker, { address, addressType, port, fd }) {
    const info = { addressType, address, port, fd };
    worker.state = 'listening';
    worker.emit('listening', info);
    cluster.emit('listening', worker, info);
  },
  queryServer,
  close(worker, { key }) {
    if (handles.get(key)?.remove(worker)) {
      handles.delete(key);
    }
  },
  exitedAfterDisconnect(worker, { seq }) {
    worker.exitedAfterDisconnect = true;
    send(worker.process, { ack: seq });
  },
};

function onMessage(message) {
  answers[message.act]?.(this, message);
}

function queryServer(worker, message) {
  // It asked before it was told to go.
  if (worker.exitedAfterDisconnect) {
    return;
  }
  const key = `${message.address}:${message.port}:${message.addressType}:${message.fd}:${message.index}`;
  let handle = handles.get(key);
  if (handle === undefined) {
    let { address } = message;
    // The length of a socket's path is limited: a relative one is meant from the worker's folder.
    if (message.port < 0 && typeof address === 'string') {
      address = path.relative(process.cwd(), address);
      if (message.address.length < address.length) {
        ({ address } = message);
      }
    }
    const isShared = cluster.schedulingPolicy !== SCHED_RR || message.addressType === 'udp4' || message.addressType === 'udp6';
    handle = isShared ? new SharedHandle(key, address, message) : new RoundRobinHandle(key, address, message);
    handles.set(key, handle);
  }
  handle.data ||= message.data;
  handle.add(worker, (errno, reply, native) => {
    const { data } = handles.get(key) ?? {};
    if (errno) {
      handles.delete(key);
    }
    send(worker.process, { errno, key, ack: message.seq, data, ...reply }, native);
  });
}

cluster.disconnect = function(callback) {
  const workers = Object.values(cluster.workers);
  if (workers.length === 0) {
    process.nextTick(() => cluster.emit(kDisconnected));
  } else {
    for (const worker of workers) {
      if (worker.isConnected()) {
        worker.disconnect();
      }
    }
  }
  if (typeof callback === 'function') {
    cluster.once(kDisconnected, callback);
  }
};

Worker.prototype.disconnect = function() {
  this.exitedAfterDisconnect = true;
  send(this.process, { act: 'disconnect' });
  forget(this);
  return this;
};

Worker.prototype.destroy = function(signal) {
  this.process.kill(signal || 'SIGTERM');
};

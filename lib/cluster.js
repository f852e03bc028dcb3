// SPDX-License-Identifier: MIT
'use strict';

// cluster as a process sees it that is nobody's worker. Forking workers is refused by name: docs/status.md.

const EventEmitter = require('events');
const { codes } = require('internal/errors');
const { validateObject } = require('internal/validators');

const SCHED_NONE = 1;
const SCHED_RR = 2;

const cluster = module.exports = new EventEmitter();

function Worker(options) {
  if (!new.target) return new Worker(options);
  EventEmitter.call(this);
  if (options === null || typeof options !== 'object') options = {};
  this.exitedAfterDisconnect = undefined;
  this.state = options.state || 'none';
  this.id = options.id | 0;
}
Object.setPrototypeOf(Worker.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Worker, EventEmitter);

const { NODE_CLUSTER_SCHED_POLICY: policy } = process.env;

cluster.isWorker = false;
cluster.isMaster = true;
cluster.isPrimary = true;
cluster.Worker = Worker;
cluster.workers = {};
cluster.settings = {};
cluster.SCHED_NONE = SCHED_NONE;
cluster.SCHED_RR = SCHED_RR;
cluster.schedulingPolicy = policy === 'none' ? SCHED_NONE : SCHED_RR;

function setupPrimary(options = {}) {
  validateObject(options, 'options');
  cluster.settings = { args: process.argv.slice(2), exec: process.argv[1], execArgv: process.execArgv, silent: false,
                       ...cluster.settings, ...options };
  process.nextTick(() => cluster.emit('setup', cluster.settings));
}

cluster.setupPrimary = setupPrimary;
cluster.setupMaster = setupPrimary;

cluster.fork = function fork() {
  throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('cluster.fork');
};

// There are no workers to wait for.
cluster.disconnect = function disconnect(callback) {
  if (typeof callback === 'function') process.nextTick(callback);
};

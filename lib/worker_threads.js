// SPDX-License-Identifier: MIT
'use strict';

// worker_threads: threads with a Vm and a loop of their own, and the ports between them.

const { webTypeError } = require('internal/validators');
const { SHARE_ENV, Worker, getEnvironmentData, isMainThread, resourceLimits, setEnvironmentData, threadId, threadName } =
  require('internal/worker');
const { BroadcastChannel, MessageChannel, MessagePort, isMessagePort, receiveMessageOnPort } =
  require('internal/worker/ports');
const { isMarkedAsUntransferable, markAsUncloneable, markAsUntransferable } = require('internal/worker/clone');

function moveMessagePortToContext(port = undefined, context = undefined) {
  if (!isMessagePort(port)) throw webTypeError('The "port" argument must be a MessagePort instance');
  return require('internal/worker/foreign_port').moveToContext(port, context, require('internal/worker/ports'));
}

function postMessageToThread(...args) {
  return require('internal/worker/messaging').postMessageToThread(...args);
}
Object.defineProperty(postMessageToThread, 'length', { __proto__: null, value: 4, configurable: true });

module.exports = {
  isInternalThread: false,
  isMainThread,
  MessagePort,
  MessageChannel,
  markAsUncloneable,
  markAsUntransferable,
  isMarkedAsUntransferable,
  moveMessagePortToContext,
  receiveMessageOnPort,
  resourceLimits,
  postMessageToThread,
  threadId,
  threadName,
  SHARE_ENV,
  Worker,
  parentPort: null,
  workerData: null,
  BroadcastChannel,
  setEnvironmentData,
  getEnvironmentData,
};
Object.defineProperty(module.exports, 'locks', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: () => globalThis.navigator.locks,
  set(value) {
    require('internal/util').setOwnProperty(module.exports, 'locks', value);
  },
});

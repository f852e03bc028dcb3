// SPDX-License-Identifier: MIT
'use strict';

// worker_threads: threads with a Vm and a loop of their own, and the ports between them.

const { codes } = require('internal/errors');
const { SHARE_ENV, Worker, getEnvironmentData, isMainThread, resourceLimits, setEnvironmentData, threadId, threadName } =
  require('internal/worker');
const { BroadcastChannel, MessageChannel, MessagePort, isMessagePort, receiveMessageOnPort } =
  require('internal/worker/ports');
const { isMarkedAsUntransferable, markAsUncloneable, markAsUntransferable } = require('internal/worker/clone');

function moveMessagePortToContext(port) {
  if (!isMessagePort(port)) throw new codes.ERR_INVALID_ARG_TYPE('port', 'MessagePort', port);
  throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('worker_threads.moveMessagePortToContext()');
}

async function postMessageToThread(targetThreadId, value, transferList, timeout) {
  if (targetThreadId === threadId) throw new codes.ERR_WORKER_MESSAGING_SAME_THREAD();
  throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('worker_threads.postMessageToThread()');
}

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

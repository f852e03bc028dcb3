// SPDX-License-Identifier: MIT
'use strict';

// The main script of the thread that asynchronous hooks run on. It answers the requests of the thread that started it; see
// hooks_client.js. When the loop runs dry with requests unanswered, these will never be: their asker is told so.

const { serializeError } = require('internal/worker/errors');

const kSettled = 0;
const kFailed = 1;
const kNever = 2;
const kExit = 3;

// The thread's chains; undefined on any other thread.
let chains;
// What is registered here, by modules of --require: requests wait for it.
let registering = Promise.resolve();

// Before the modules of --require run.
function prepare() {
  const { HookChains } = require('internal/modules/esm/hooks_chain');
  chains = new HookChains();
}

function registerHere(specifier, parentURL, data) {
  registering = registering.then(() => chains.register(specifier, parentURL, data));
}

function isHere() {
  return chains !== undefined;
}

function start({ port, lock }) {
  const flag = new Int32Array(lock);
  const { kHandle } = require('internal/worker/ports');
  const waiting = new Set();

  function send(message) {
    port.postMessage(message);
    Atomics.add(flag, 0, 1);
    Atomics.notify(flag, 0);
  }

  function answer(id, status, value) {
    if (!waiting.delete(id)) {
      return;
    }
    try {
      send({ id, status, value });
    } catch (error) {
      send({ id, status: kFailed, value: serializeError(error) });
    }
    if (waiting.size === 0) {
      port.ref();
    }
  }

  // Functions and symbols stay here: only what they look like goes over.
  function fail(id, error) {
    if (!waiting.has(id)) {
      return;
    }
    let value = serializeError(error);
    try {
      structuredClone(value);
    } catch {
      value = { inspected: require('internal/util/inspect').inspect(error) };
    }
    answer(id, kFailed, value);
  }

  require('internal/modules/esm/loader').useAsyncHooks({
    resolve: (specifier, parentURL, attributes) => chains.resolve(specifier, parentURL, attributes),
    load: (url, context) => chains.load(url, context),
  });
  port[kHandle].keepsUnref = true;
  port.on('message', ({ id, method, args }) => {
    waiting.add(id);
    port.unref();
    registering.then(() => chains[method](...args)).then((value) => answer(id, kSettled, value),
                                                         (error) => fail(id, error));
  });
  process.on('beforeExit', () => {
    for (const id of [...waiting]) {
      answer(id, kNever);
    }
    port.ref();
  });
  process.on('exit', (code) => send({ id: 0, status: kExit, value: code }));
  port.ref();
  port.start();
}

module.exports = { isHere, kExit, kFailed, kNever, prepare, registerHere, start };

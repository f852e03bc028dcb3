// SPDX-License-Identifier: MIT
'use strict';

// This thread's side of asynchronous hooks: starts their thread and asks it. import() waits for its answers in the loop;
// require(), import.meta.resolve() and register() block until theirs is there.

const { codes } = require('internal/errors');
const { Worker, kDrain, kHooks } = require('internal/worker');
const { MessageChannel, kHandle, receiveMessageOnPort } = require('internal/worker/ports');
const { isHere, kExit, kFailed, kNever, registerHere } = require('internal/modules/esm/hooks_thread');

class HooksClient {
  #flag = new Int32Array(new SharedArrayBuffer(4));
  #worker;
  #port;
  #lastId = 0;
  #pending = new Map(); // id -> { resolve, reject }
  #waiting = 0; // of those, how many keep the loop alive

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1[kHandle].keepsUnref = true;
    port1.on('message', (message) => this.#settle(message));
    port1.start();
    port1.unref();
    this.#worker = new Worker(undefined, { [kHooks]: { port: port2, lock: this.#flag.buffer }, transferList: [port2] });
    this.#worker.on('error', (error) => internalBinding('errors').triggerUncaughtException(error, false));
    this.#worker.unref();
  }

  #settle({ id, status, value }) {
    if (status === kExit) {
      this.#worker[kDrain]();
      process.exit(value);
    }
    const asked = this.#pending.get(id);
    if (asked === undefined) {
      return;
    }
    this.#pending.delete(id);
    if (--this.#waiting === 0) {
      this.#port.unref();
    }
    if (status === kFailed) {
      asked.reject(errorOf(value));
    } else if (status !== kNever) {
      asked.resolve(value);
    }
    // What never settles there never settles here.
  }

  #ask(method, args, transferList) {
    this.#port.postMessage({ id: ++this.#lastId, method, args }, transferList);
    return this.#lastId;
  }

  async #later(method, ...args) {
    const id = this.#ask(method, args);
    const asked = Promise.withResolvers();
    this.#pending.set(id, asked);
    if (this.#waiting++ === 0) {
      this.#port.ref();
    }
    return asked.promise;
  }

  #now(method, args, transferList) {
    const id = this.#ask(method, args, transferList);
    for (;;) {
      const seen = Atomics.load(this.#flag, 0);
      const received = receiveMessageOnPort(this.#port);
      if (received === undefined) {
        Atomics.wait(this.#flag, 0, seen);
        continue;
      }
      const { message } = received;
      if (message.id !== id) {
        this.#settle(message);
        continue;
      }
      this.#worker[kDrain]();
      if (message.status === kFailed) {
        throw errorOf(message.value);
      }
      if (message.status === kNever) {
        throw new codes.ERR_ASYNC_LOADER_REQUEST_NEVER_SETTLED();
      }
      return message.value;
    }
  }

  register(specifier, parentURL, data, transferList) {
    this.#now('register', [specifier, parentURL, data], transferList);
  }

  resolve(specifier, parentURL, importAttributes) {
    return this.#later('resolve', specifier, parentURL, importAttributes);
  }

  load(url, { format, importAttributes }) {
    return this.#later('load', url, { format, importAttributes });
  }

  resolveSync(specifier, parentURL, importAttributes) {
    return this.#now('resolve', [specifier, parentURL, importAttributes]);
  }

  loadSync(url, { format, importAttributes }) {
    return this.#now('load', [url, { format, importAttributes }]);
  }
}

function errorOf(value) {
  if (value.inspected !== undefined) {
    const { customInspectSymbol } = require('internal/util');
    return { [customInspectSymbol]: () => value.inspected };
  }
  return require('internal/worker/errors').deserializeError(value);
}

let client;

function getClient() {
  if (client === undefined) {
    client = new HooksClient();
    require('internal/modules/esm/loader').useAsyncHooks(client);
  }
  return client;
}

let warned = false;

// module.register()
function register(specifier, parentURL = undefined, options = undefined) {
  if (!warned) {
    warned = true;
    process.emitWarning('`module.register()` is deprecated. Use `module.registerHooks()` instead.',
                        'DeprecationWarning', 'DEP0205');
  }
  const { isURL } = require('internal/url');
  const { validateString } = require('internal/validators');
  if (parentURL !== null && typeof parentURL === 'object' && !isURL(parentURL)) {
    options = parentURL;
    ({ parentURL } = options);
  }
  if (!isURL(specifier)) {
    validateString(specifier, 'specifier');
  }
  const base = parentURL === undefined ? 'data:' : `${parentURL}`;
  if (isHere()) {
    registerHere(`${specifier}`, base, options?.data);
    return;
  }
  getClient().register(`${specifier}`, base, options?.data, options?.transferList);
}

// --experimental-loader
function startLoaders(specifiers) {
  const { pathToFileURL } = require('internal/url');
  const quoted = specifiers.map((specifier) => (
    `register(${JSON.stringify(specifier)}, pathToFileURL("./"));`
  ));
  const imports = 'import { register } from "node:module"; import { pathToFileURL } from "node:url"; ';
  process.emitWarning('`--experimental-loader` may be removed in the future; instead use `register()`:\n' +
    `--import 'data:text/javascript,${imports}${quoted.join(' ')}'`, 'ExperimentalWarning');
  const base = pathToFileURL(`${process.cwd()}/`).href;
  for (const specifier of specifiers) {
    getClient().register(specifier, base, undefined, undefined);
  }
}

module.exports = { register, startLoaders };

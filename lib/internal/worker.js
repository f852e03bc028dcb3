// SPDX-License-Identifier: MIT
'use strict';

// Worker: a thread as the one that started it sees it. Two channels lead there: an internal one for the script, the
// standard streams and errors, and the program's own.

const path = require('path');
const EventEmitter = require('events');
const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');
const { isURL, pathToFileURL, fileURLToPath } = require('internal/url');
const { MessageChannel, kHandle: kPortHandle } = require('internal/worker/ports');
const { hooks: asyncHooks } = require('internal/async_context');
const binding = internalBinding('worker');

const { isMainThread, threadId, threadName } = binding;

const SHARE_ENV = Symbol.for('nodejs.worker_threads.SHARE_ENV');

const kHandle = Symbol('kHandle');
const kPort = Symbol('kPort');
const kPublicPort = Symbol('kPublicPort');
const kStreams = Symbol('kStreams');
const kAsk = Symbol('kAsk');
const kQuestions = Symbol('kQuestions');
const kNextQuestion = Symbol('kNextQuestion');
const kOnExit = Symbol('kOnExit');
const kOnMessage = Symbol('kOnMessage');
const kDrain = Symbol('kDrain');
const kHooks = Symbol('kHooks'); // an option: this is the thread of module hooks, { port, lock }

// What the internal channel carries.
const kinds = { loadScript: 1, online: 2, error: 3, unserializable: 4, output: 5, input: 6, environment: 7, loads: 8, question: 9,
                answer: 10, wanted: 11 };

const limitNames = ['maxYoungGenerationSizeMb', 'maxOldGenerationSizeMb', 'codeRangeSizeMb', 'stackSizeMb'];

function limitsOf(values) {
  const result = {};
  limitNames.forEach((name, k) => {
    result[name] = values[k];
  });
  return result;
}

function parseLimits(limits) {
  const values = new Float64Array([-1, -1, -1, 4]);
  if (limits !== null && typeof limits === 'object') {
    limitNames.forEach((name, k) => {
      if (typeof limits[name] === 'number') values[k] = Math.max(limits[name], k === 3 ? 0.125 : 2);
    });
  }
  return values;
}

// Who is told of the files that are loaded, under --watch.
function watchReport() {
  return require('internal/modules/cjs/loader').tracing.loads;
}

// The environment data that a new thread begins with.
let environmentData = new Map();

function setEnvironmentData(key, value) {
  if (value === undefined) environmentData.delete(key);
  else environmentData.set(key, value);
}

function getEnvironmentData(key) {
  return environmentData.get(key);
}

function assignEnvironmentData(data) {
  if (data !== undefined) environmentData = new Map(data);
}

// The script: { filename } or { source, isModule }.
function scriptOf(filename, options) {
  if (options.eval) {
    if (typeof filename !== 'string') {
      throw new codes.ERR_INVALID_ARG_VALUE('options.eval', options.eval,
        'must be false when \'filename\' is not a string');
    }
    return { source: filename, isModule: undefined, filename: undefined, url: undefined };
  }
  if (isURL(filename) && filename.protocol === 'data:') {
    return { source: `import ${JSON.stringify(filename.href)};`, isModule: true, filename: undefined, url: filename.href };
  }
  let name = filename;
  if (isURL(filename)) {
    name = fileURLToPath(filename);
  } else if (typeof filename !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('filename', ['string', 'URL'], filename);
  } else if (path.isAbsolute(filename) || /^\.\.?[\\/]/.test(filename)) {
    name = path.resolve(filename);
  } else {
    throw new codes.ERR_WORKER_PATH(filename);
  }
  return { source: undefined, isModule: undefined, filename: name, url: pathToFileURL(name).href };
}

function environmentOf(env) {
  if (typeof env === 'object' && env !== null) {
    return Object.keys(env).map((key) => `${key}=${env[key]}`);
  }
  if (env === SHARE_ENV) {
    require('internal/process/env').shareEnv();
    return undefined;
  }
  if (env == null) {
    return Object.keys(process.env).map((key) => `${key}=${process.env[key]}`);
  }
  throw new codes.ERR_INVALID_ARG_TYPE('options.env', ['object', 'undefined', 'null', 'worker_threads.SHARE_ENV'], env);
}

// Output of the thread as a stream of this one. What was pushed and read makes it ask for more.
function makeReadable(worker, name) {
  const { Readable } = require('stream');
  return new Readable({
    read() {
      worker[kPort]?.postMessage({ kind: kinds.wanted, stream: name });
    },
  });
}

// The writing end of a standard stream between threads. A write is done when the reading end wants more: `release` tells.
function makeSender(send, { isAtEnd, onWaiting }) {
  const { Writable } = require('stream');
  let waiting = [];
  const release = () => {
    if (waiting.length === 0) return;
    const done = waiting;
    waiting = [];
    onWaiting(false);
    for (const callback of done) callback();
  };
  const stream = new Writable({
    decodeStrings: false,
    writev(chunks, callback) {
      send(chunks.map(({ chunk, encoding }) => ({ chunk, encoding })));
      if (isAtEnd()) {
        callback();
        return;
      }
      waiting.push(callback);
      onWaiting(true);
    },
    final(callback) {
      send([{ chunk: null, encoding: '' }]);
      callback();
    },
  });
  return { stream, release };
}

// The thread's standard input.
function makeInput(worker) {
  return makeSender((chunks) => worker[kPort]?.postMessage({ kind: kinds.input, chunks }), {
    isAtEnd: () => worker[kPort] === null,
    onWaiting() {},
  });
}

class Worker extends EventEmitter {
  constructor(filename, options = {}) {
    super();
    if (options === null || typeof options !== 'object') options = {};
    if (options.execArgv && !Array.isArray(options.execArgv)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.execArgv', 'Array', options.execArgv);
    }
    let argv;
    if (options.argv) {
      if (!Array.isArray(options.argv)) throw new codes.ERR_INVALID_ARG_TYPE('options.argv', 'Array', options.argv);
      argv = options.argv.map(String);
    }
    if (options.name !== undefined) validateString(options.name, 'options.name');
    const hooks = options[kHooks];
    const script = hooks === undefined ? scriptOf(filename, options) : { hooks };
    const name = options.name ?? 'WorkerThread';
    const limits = parseLimits(options.resourceLimits);
    if (isMainThread) require('internal/worker/messaging').listen();
    const handle = new binding.Worker({
      name,
      execArgv: options.execArgv?.map(String),
      env: environmentOf(options.env),
      limits,
    });
    if (handle.complaints.length > 0) {
      throw new codes.ERR_WORKER_INVALID_EXEC_ARGV(handle.complaints.map((each) => each.replace(/^bad option: /, '')));
    }
    if (asyncHooks.areOn) asyncHooks.module.initResource(handle, 'WORKER');
    handle.threadName = name;
    handle.limits = limits;
    this[kHandle] = handle;
    this.performance = {
      eventLoopUtilization: (one, two) => require('internal/perf/utilization').utilizationOf(this[kHandle]?.loopTimes(), one, two),
    };
    hide(this, 'performance');
    this[kQuestions] = new Map();
    this[kNextQuestion] = 0;
    for (const key of [kHandle, kPort, kPublicPort, kStreams, kOnExit, kQuestions, kNextQuestion]) hide(this, key);
    this[kPort] = handle.port;
    this[kPort][kPortHandle].keepsUnref = true;
    this[kPort].on('message', (message) => this[kOnMessage](message));
    this[kPort].start();
    const { port1, port2 } = new MessageChannel();
    this[kPublicPort] = port1;
    port1[kPortHandle].keepsUnref = true;
    for (const type of ['message', 'messageerror']) {
      port1.on(type, (value) => this.emit(type, value));
    }
    port1.start();
    const input = options.stdin ? makeInput(this) : null;
    const stdin = input === null ? null : input.stream;
    const stdout = makeReadable(this, 'stdout');
    const stderr = makeReadable(this, 'stderr');
    if (!options.stdout) forward(stdout, process.stdout);
    if (!options.stderr) forward(stderr, process.stderr);
    this[kStreams] = { stdin, stdout, stderr, input };
    handle.onexit = (code, outOfMemory) => this[kOnExit](code, outOfMemory);
    const { workerData = undefined, transferList = [] } = options;
    this[kPort].postMessage({
      kind: kinds.loadScript,
      ...script,
      argv: argv ?? [],
      workerData,
      environmentData,
      hasStdin: Boolean(options.stdin),
      publicPort: port2,
      reportsLoads: watchReport() !== undefined,
    }, [port2, ...transferList]);
    const error = handle.start();
    if (error !== 0) throw new codes.ERR_WORKER_INIT_FAILED(internalBinding('uv').errname(error));
    if (hooks !== undefined) return;
    // Whoever creates workers wants to know.
    process.nextTick(() => process.emit('worker', this));
    const diagnostics = require('diagnostics_channel').channel('worker_threads');
    if (diagnostics.hasSubscribers) diagnostics.publish({ worker: this });
  }

  [kOnMessage](message) {
    switch (message.kind) {
      case kinds.online:
        this.emit('online');
        break;
      case kinds.error: {
        const { deserializeError } = require('internal/worker/errors');
        this.emit('error', deserializeError(message.error));
        break;
      }
      case kinds.answer: {
        const { resolve, reject } = this[kQuestions].get(message.id);
        this[kQuestions].delete(message.id);
        if (message.error !== undefined) reject(message.error);
        else resolve(message.value);
        break;
      }
      case kinds.unserializable:
        this.emit('error', new codes.ERR_WORKER_UNSERIALIZABLE_ERROR());
        break;
      case kinds.output: {
        const stream = this[kStreams][message.stream];
        for (const { chunk, encoding } of message.chunks) stream.push(chunk, encoding);
        break;
      }
      case kinds.wanted:
        this[kStreams].input.release();
        break;
      case kinds.loads:
        watchReport()?.send(message.message);
        break;
      default:
    }
  }

  [kOnExit](code, outOfMemory) {
    this[kPublicPort][kPortHandle]?.drain();
    this[kPort][kPortHandle]?.drain();
    const { stdout, stderr, input } = this[kStreams];
    for (const stream of [stdout, stderr]) {
      if (!stream.readableEnded) stream.push(null);
    }
    this[kPublicPort].close();
    this[kPort].close();
    for (const { reject } of this[kQuestions].values()) reject(new codes.ERR_WORKER_NOT_RUNNING());
    this[kQuestions].clear();
    if (asyncHooks.areOn) asyncHooks.module.destroyResource(this[kHandle]);
    this[kHandle] = null;
    this[kPort] = null;
    this[kPublicPort] = null;
    input?.release();
    if (outOfMemory) {
      this.emit('error', new codes.ERR_WORKER_OUT_OF_MEMORY('JS heap out of memory'));
    }
    this.emit('exit', code);
  }

  // What the thread sent is looked at now.
  [kDrain]() {
    this[kPort]?.[kPortHandle]?.drain();
  }

  postMessage(...args) {
    if (this[kPublicPort] === null) return;
    this[kPublicPort].postMessage(...args);
  }

  terminate(callback = undefined) {
    this.ref();
    if (typeof callback === 'function') {
      process.emitWarning('Passing a callback to worker.terminate() is deprecated. It returns a Promise instead.',
                          'DeprecationWarning', 'DEP0132');
      if (this[kHandle] === null) return Promise.resolve();
      this.once('exit', (exitCode) => callback(null, exitCode));
    }
    if (this[kHandle] === null) return Promise.resolve();
    this[kHandle].terminate();
    return new Promise((resolve) => this.once('exit', resolve));
  }

  async [Symbol.asyncDispose]() {
    await this.terminate();
  }

  ref() {
    this[kHandle]?.ref();
  }

  unref() {
    this[kHandle]?.unref();
  }

  get threadId() {
    return this[kHandle] === null ? -1 : this[kHandle].threadId;
  }

  get threadName() {
    return this[kHandle] === null ? null : this[kHandle].threadName;
  }

  get stdin() {
    return this[kStreams].stdin;
  }

  get stdout() {
    return this[kStreams].stdout;
  }

  get stderr() {
    return this[kStreams].stderr;
  }

  get resourceLimits() {
    return this[kHandle] === null ? {} : limitsOf(this[kHandle].limits);
  }

  // What only the thread itself can tell; it answers when its loop turns.
  [kAsk](question, details) {
    if (this[kPort] === null || this[kPort] === undefined) return Promise.reject(new codes.ERR_WORKER_NOT_RUNNING());
    const { promise, resolve, reject } = Promise.withResolvers();
    const id = this[kNextQuestion]++;
    this[kQuestions].set(id, { resolve, reject });
    this[kPort].postMessage({ kind: kinds.question, id, question, details });
    return promise;
  }

  getHeapSnapshot(options) {
    const { readOptions, streamOf } = require('internal/heap_snapshot');
    return this[kAsk]('heapSnapshot', readOptions(options)).then(streamOf);
  }

  getHeapStatistics() {
    return this[kAsk]('heapStatistics');
  }

  cpuUsage(previous) {
    if (previous) {
      const { validateNumber, validateObject } = require('internal/validators');
      validateObject(previous, 'prev');
      validateNumber(previous.user, 'prev.user', 0);
      validateNumber(previous.system, 'prev.system', 0);
    }
    if (this[kHandle] === null) return Promise.reject(new codes.ERR_WORKER_NOT_RUNNING());
    const { 0: user, 1: system } = this[kHandle].cpuUsage();
    return Promise.resolve({ user: user - (previous?.user ?? 0), system: system - (previous?.system ?? 0) });
  }

  startCpuProfile(options) {
    return Promise.reject(new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('worker.startCpuProfile()'));
  }

  startHeapProfile(options) {
    return Promise.reject(new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('worker.startHeapProfile()'));
  }
}

function hide(object, key) {
  Object.defineProperty(object, key, { __proto__: null, enumerable: false, writable: true, configurable: true,
                                       value: object[key] });
}

// What the thread prints is printed, in its order, without waiting for anybody.
function forward(readable, writable) {
  readable.on('data', (chunk) => {
    if (writable.write(chunk)) return;
    readable.pause();
    writable.once('drain', () => readable.resume());
  });
}

const resourceLimits = isMainThread ? {} : limitsOf(binding.limits);

module.exports = { SHARE_ENV, Worker, assignEnvironmentData, getEnvironmentData, isMainThread, kDrain, kHooks, kinds, makeSender, resourceLimits,
                   setEnvironmentData, threadId, threadName };

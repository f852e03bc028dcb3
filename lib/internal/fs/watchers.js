// SPDX-License-Identifier: MIT
'use strict';

// fs.watch and fs.promises.watch over inotify, and fs.watchFile, which looks again and again.

const EventEmitter = require('events');
const path = require('path');
const { Buffer } = require('buffer');
const { AbortError, UVException, codes } = require('internal/errors');
const {
  validateAbortSignal, validateBoolean, validateFunction, validateInteger, validateObject, validateOneOf, validateUint32,
} = require('internal/validators');
const { hooks } = require('internal/async_context');
const { getPath, toStats } = require('internal/fs/utils');

const { ERR_FS_WATCH_QUEUE_OVERFLOW, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } = codes;

const STAT_FIELDS = 18;
const DEFAULT_INTERVAL = 5007; // milliseconds between two looks of watchFile, as in Node
const DEFAULT_QUEUE = 2048;

function watchError(errno, filename) {
  const error = new UVException({ errno, syscall: 'watch', path: filename });
  error.filename = filename;
  return error;
}

// --- fs.watch ----------------------------------------------------------------------------------------------------

// Whether `ignore` says nothing is to be told of a name.
function makeIgnore(ignore) {
  if (ignore === undefined || ignore === null) {
    return () => false;
  }
  const tests = (Array.isArray(ignore) ? ignore : [ignore]).map((one) => {
    if (typeof one === 'function') {
      return one;
    }
    if (one instanceof RegExp) {
      return (name) => one.test(name);
    }
    if (typeof one === 'string') {
      return require('internal/fs/glob').ignorePattern(one);
    }
    throw new ERR_INVALID_ARG_TYPE('options.ignore', ['string', 'RegExp', 'Function', 'Array'], one);
  });
  return (name) => name !== null && tests.some((test) => test(name));
}

function checkOptions(options) {
  if (typeof options === 'string') {
    options = { encoding: options };
  } else if (options === undefined || options === null) {
    options = {};
  } else if (typeof options !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('options', ['string', 'object'], options);
  }
  const { persistent = true, recursive = false, encoding = 'utf8', signal, ignore } = options;
  if (options.recursive !== undefined && options.recursive !== null) {
    validateBoolean(recursive, 'options.recursive');
  }
  if (encoding !== 'buffer' && encoding && !Buffer.isEncoding(encoding)) {
    throw new ERR_INVALID_ARG_VALUE('encoding', encoding, 'is invalid encoding');
  }
  validateAbortSignal(signal, 'options.signal');
  return { persistent, recursive, encoding: encoding || 'utf8', signal, ignore: makeIgnore(ignore) };
}

class FSWatcher extends EventEmitter {
  #handles = new Map(); // by the folder below the watched one, '' the watched one itself
  #options;
  #root;
  #closed = false;

  constructor(filename, options) {
    super();
    this.#options = options;
    this.#root = filename;
    this.#add('');
    if (options.recursive) {
      this.#addBelow('');
    }
  }

  #add(below) {
    const { FSEvent } = internalBinding('fs_event_wrap');
    const handle = new FSEvent();
    handle.onchange = (status, isRename, name) => this.#onchange(below, status, isRename, name);
    const error = handle.start(below === '' ? this.#root : path.join(this.#root, below));
    if (error) {
      handle.close();
      // A folder that is gone again before it could be watched is no error of ours.
      if (below === '') {
        throw watchError(error, this.#root);
      }
      return;
    }
    if (!this.#options.persistent) {
      handle.unref();
    }
    this.#handles.set(below, handle);
  }

  // Watches the folders below one, and gives what is in them.
  #addBelow(below, tell) {
    let entries;
    try {
      entries = require('fs').readdirSync(path.join(this.#root, below), { withFileTypes: true });
    } catch {
      return;
    }
    for (const entry of entries) {
      const name = path.join(below, entry.name);
      tell?.(name);
      if (entry.isDirectory() && !this.#handles.has(name)) {
        this.#add(name);
        this.#addBelow(name, tell);
      }
    }
  }

  #onchange(below, status, isRename, bytes) {
    if (this.#closed) {
      return;
    }
    if (status < 0) {
      this.close();
      this.emit('error', watchError(status, this.#root));
      return;
    }
    let name = bytes === null ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (this.#options.recursive && name !== null) {
      name = Buffer.from(path.join(below, name.toString()));
      if (isRename) {
        this.#follow(name.toString());
      }
    }
    this.#tell(isRename ? 'rename' : 'change', name);
  }

  // Something came or went: a new folder is watched too, a lost one no more.
  #follow(name) {
    const stat = require('fs').statSync(path.join(this.#root, name), { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      if (!this.#handles.has(name)) {
        this.#add(name);
        this.#addBelow(name, (each) => process.nextTick(() => this.#tell('rename', Buffer.from(each))));
      }
    } else if (this.#handles.has(name)) {
      for (const { 0: below, 1: handle } of this.#handles) {
        if (below === name || below.startsWith(`${name}/`)) {
          handle.close();
          this.#handles.delete(below);
        }
      }
    }
  }

  #tell(type, name) {
    if (this.#closed) {
      return;
    }
    const { encoding } = this.#options;
    const shown = name === null || encoding === 'buffer' ? name : name.toString(encoding);
    if (!this.#options.ignore(name === null ? null : name.toString())) {
      this.emit('change', type, shown);
    }
  }

  start() {}

  close() {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    for (const handle of this.#handles.values()) {
      handle.close();
    }
    this.#handles.clear();
    process.nextTick(() => this.emit('close'));
  }

  ref() {
    for (const handle of this.#handles.values()) {
      handle.ref();
    }
    return this;
  }

  unref() {
    for (const handle of this.#handles.values()) {
      handle.unref();
    }
    return this;
  }
}

function watch(filename, options, listener) {
  if (typeof options === 'function') {
    listener = options;
    options = undefined;
  }
  const checked = checkOptions(options);
  const watcher = new FSWatcher(watchedPath(filename), checked);
  if (listener) {
    watcher.on('change', listener);
  }
  const { signal } = checked;
  if (signal) {
    if (signal.aborted) {
      process.nextTick(() => watcher.close());
    } else {
      const stop = () => watcher.close();
      signal.addEventListener('abort', stop, { once: true });
      watcher.once('close', () => signal.removeEventListener('abort', stop));
    }
  }
  return watcher;
}

function watchedPath(filename) {
  const given = getPath(filename);
  return typeof given === 'string' ? given : Buffer.from(given).toString();
}

// An iterator of { eventType, filename } until the signal aborts.
async function* watchPromise(filename, options = {}) {
  validateObject(options, 'options');
  const { maxQueue = DEFAULT_QUEUE, overflow = 'ignore', signal } = options;
  validateInteger(maxQueue, 'options.maxQueue');
  validateOneOf(overflow, 'options.overflow', ['ignore', 'error', 'throw']);
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) {
    throw new AbortError(undefined, { cause: signal.reason });
  }
  const queue = [];
  let failure = null;
  let { promise, resolve } = Promise.withResolvers();
  const watcher = watch(filename, { ...options, signal: undefined }, (eventType, name) => {
    if (queue.length < maxQueue) {
      queue.push({ __proto__: null, eventType, filename: name });
      resolve();
    } else if (overflow !== 'ignore') {
      failure = new ERR_FS_WATCH_QUEUE_OVERFLOW(maxQueue);
      resolve();
    } else {
      process.emitWarning('fs.watch maxQueue exceeded');
    }
  });
  watcher.on('error', (error) => {
    failure = error;
    resolve();
  });
  const onabort = () => {
    failure = new AbortError(undefined, { cause: signal.reason });
    resolve();
  };
  signal?.addEventListener('abort', onabort, { once: true });
  try {
    for (;;) {
      await promise;
      while (queue.length > 0) {
        yield queue.shift();
      }
      if (failure !== null) {
        throw failure;
      }
      ({ promise, resolve } = Promise.withResolvers());
    }
  } finally {
    watcher.close();
    signal?.removeEventListener('abort', onabort);
  }
}

// --- fs.watchFile ------------------------------------------------------------------------------------------------

const statWatchers = new Map(); // by path

class StatWatcher extends EventEmitter {
  #filename;
  #bigint;
  #timer = null;
  #last = null;

  constructor(filename, { interval, persistent, bigint }) {
    super();
    this.#filename = filename;
    this.#bigint = bigint;
    if (hooks.areOn) {
      hooks.module.initResource(this, 'STATWATCHER');
    }
    this.#look();
    this.#timer = require('timers').setInterval(() => this.#look(), interval);
    this.#timer[require('internal/timers').kResourceName] = 'StatWatcher';
    if (!persistent) {
      this.#timer.unref();
    }
  }

  // A file that is not there has zeroes for stats.
  #look() {
    require('fs').stat(this.#filename, { bigint: this.#bigint }, (error, stats) => {
      if (this.#timer === null) {
        return;
      }
      const now = stats ?? toStats(this.#bigint ? new BigInt64Array(STAT_FIELDS) : new Float64Array(STAT_FIELDS));
      const before = this.#last;
      this.#last = now;
      if (before === null) {
        // The first look tells only of a file that is missing.
        if (error) {
          this.#tell(now, now);
        }
      } else if (isDifferent(now, before)) {
        this.#tell(now, before);
      }
    });
  }

  #tell(now, before) {
    if (hooks.areOn) {
      hooks.module.callInScope(this.emit, this, 'change', now, before);
    } else {
      this.emit('change', now, before);
    }
  }

  start() {}

  stop() {
    if (this.#timer === null) {
      return;
    }
    require('timers').clearInterval(this.#timer);
    this.#timer = null;
    if (hooks.areOn) {
      hooks.module.destroyResource(this);
    }
    process.nextTick(() => this.emit('stop'));
  }

  ref() {
    this.#timer?.ref();
    return this;
  }

  unref() {
    this.#timer?.unref();
    return this;
  }
}

function isDifferent(a, b) {
  return a.mtimeMs !== b.mtimeMs || a.ctimeMs !== b.ctimeMs || a.birthtimeMs !== b.birthtimeMs || a.size !== b.size ||
    a.ino !== b.ino || a.mode !== b.mode || a.uid !== b.uid || a.gid !== b.gid || a.dev !== b.dev || a.nlink !== b.nlink;
}

function watchFile(filename, options, listener) {
  const key = path.resolve(watchedPath(filename));
  if (options === null || typeof options !== 'object') {
    listener = options;
    options = {};
  }
  const { interval = DEFAULT_INTERVAL, persistent = true, bigint = false } = options;
  validateFunction(listener, 'listener');
  validateUint32(interval, 'interval');
  internalBinding('permission').check('fs.read', key);
  let watcher = statWatchers.get(key);
  if (watcher === undefined) {
    statWatchers.set(key, watcher = new StatWatcher(key, { interval, persistent, bigint }));
  } else if (persistent) {
    watcher.ref();
  }
  watcher.addListener('change', listener);
  return watcher;
}

function unwatchFile(filename, listener) {
  const key = path.resolve(watchedPath(filename));
  const watcher = statWatchers.get(key);
  if (watcher === undefined) {
    return;
  }
  if (typeof listener === 'function') {
    watcher.removeListener('change', listener);
  } else {
    watcher.removeAllListeners('change');
  }
  if (watcher.listenerCount('change') === 0) {
    statWatchers.delete(key);
    watcher.stop();
  }
}

module.exports = { FSWatcher, StatWatcher, unwatchFile, watch, watchFile, watchPromise };

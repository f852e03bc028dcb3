// SPDX-License-Identifier: MIT
'use strict';

// A thread's own side: its standard streams, and what `process` may not do here.

const { codes } = require('internal/errors');
const { kinds } = require('internal/worker');

// --- standard streams ------------------------------------------------------------------------------------------------

// What keeps the thread alive: a standard input that is read, and each output whose last write nobody has asked for more
// after.
function makeHolder(port) {
  const reasons = new Set();
  return {
    add(reason) {
      reasons.add(reason);
      port.ref();
    },
    delete(reason) {
      if (reasons.delete(reason) && reasons.size === 0) port.unref();
    },
  };
}

function makeOutput(port, name, holder) {
  const { makeSender } = require('internal/worker');
  const sender = makeSender((chunks) => port.postMessage({ kind: kinds.output, stream: name, chunks }), {
    isAtEnd: () => process._exiting,
    onWaiting: (waits) => (waits ? holder.add(name) : holder.delete(name)),
  });
  const { stream } = sender;
  stream._isStdio = true;
  stream.fd = name === 'stdout' ? 1 : 2;
  return sender;
}

function makeStdin(port, hasStdin, holder) {
  const { Readable } = require('stream');
  const stream = new Readable({
    read() {
      if (hasStdin) port.postMessage({ kind: kinds.wanted, stream: 'stdin' });
    },
  });
  stream.fd = 0;
  if (!hasStdin) {
    stream.push(null);
    return stream;
  }
  // Reading keeps the thread alive.
  stream.on('resume', () => holder.add('stdin'));
  stream.on('pause', () => holder.delete('stdin'));
  stream.on('end', () => holder.delete('stdin'));
  stream.on('newListener', (event) => {
    if (event === 'readable' || event === 'data') holder.add('stdin');
  });
  return stream;
}

function defineStdio(port, hasStdin) {
  const holder = makeHolder(port);
  const senders = { stdout: makeOutput(port, 'stdout', holder), stderr: makeOutput(port, 'stderr', holder) };
  const streams = { stdin: makeStdin(port, hasStdin, holder), stdout: senders.stdout.stream, stderr: senders.stderr.stream };
  for (const name of Object.keys(streams)) {
    Object.defineProperty(process, name, {
      __proto__: null, configurable: true, enumerable: true, get: () => streams[name],
    });
  }
  // What was written goes out before the thread ends, wanted or not.
  const exiting = Object.getOwnPropertyDescriptor(process, '_exiting');
  Object.defineProperty(process, '_exiting', {
    __proto__: null, ...exiting,
    set(value) {
      exiting.set(value);
      for (const name of Object.keys(senders)) senders[name].release();
    },
  });
  return {
    receive(chunks) {
      for (const { chunk, encoding } of chunks) streams.stdin.push(chunk, encoding);
    },
    release: (name) => senders[name].release(),
  };
}

// --- process ---------------------------------------------------------------------------------------------------------

function restrictProcess() {
  const refuse = (name) => Object.assign({ [name]() {
    throw new codes.ERR_WORKER_UNSUPPORTED_OPERATION(`process.${name}()`);
  } }[name], { disabled: true });
  for (const name of ['abort', 'chdir', 'initgroups', 'setegid', 'seteuid', 'setgid', 'setgroups', 'setuid', 'execve']) {
    process[name] = refuse(name);
  }
  delete process._startProfilerIdleNotifier;
  delete process._stopProfilerIdleNotifier;
  if (process.env.NODE_CHANNEL_FD !== undefined) {
    // The channel is the process's.
    for (const name of ['channel', 'connected']) {
      Object.defineProperty(process, name, { __proto__: null, configurable: true, enumerable: false, get() {
        throw new codes.ERR_WORKER_UNSUPPORTED_OPERATION(`process.${name}`);
      } });
    }
    for (const name of ['send', 'disconnect']) process[name] = refuse(name);
  }
  const { umask } = process;
  process.umask = Object.assign(function umask_(mask) {
    if (mask !== undefined) throw new codes.ERR_WORKER_UNSUPPORTED_OPERATION('Setting process.umask()');
    return umask();
  }, { disabled: true });
  Object.defineProperty(process.umask, 'name', { __proto__: null, value: 'umask' });
  let { title } = process;
  Object.defineProperty(process, 'title', {
    __proto__: null, configurable: true, enumerable: true, get: () => title,
    set(value) {
      title = `${value}`;
    },
  });
}

module.exports = { defineStdio, restrictProcess };

// SPDX-License-Identifier: MIT
'use strict';

// A thread's own side: its standard streams, and what `process` may not do here.

const { codes } = require('internal/errors');
const { kinds } = require('internal/worker');

// --- standard streams ------------------------------------------------------------------------------------------------

function makeOutput(port, name) {
  const { Writable } = require('stream');
  const stream = new Writable({
    decodeStrings: false,
    writev(chunks, callback) {
      port.postMessage({ kind: kinds.output, stream: name,
                         chunks: chunks.map(({ chunk, encoding }) => ({ chunk, encoding })) });
      callback();
    },
    final(callback) {
      port.postMessage({ kind: kinds.output, stream: name, chunks: [{ chunk: null, encoding: '' }] });
      callback();
    },
  });
  stream._isStdio = true;
  stream.fd = name === 'stdout' ? 1 : 2;
  return stream;
}

function makeStdin(port, hasStdin) {
  const { Readable } = require('stream');
  const stream = new Readable({ read() {} });
  stream.fd = 0;
  if (!hasStdin) {
    stream.push(null);
    return stream;
  }
  // Reading keeps the thread alive.
  stream.on('resume', () => port.ref());
  stream.on('pause', () => port.unref());
  stream.on('end', () => port.unref());
  stream.on('newListener', (event) => {
    if (event === 'readable' || event === 'data') port.ref();
  });
  return stream;
}

function defineStdio(port, hasStdin) {
  const stdin = makeStdin(port, hasStdin);
  const streams = { stdin, stdout: makeOutput(port, 'stdout'), stderr: makeOutput(port, 'stderr') };
  for (const name of Object.keys(streams)) {
    Object.defineProperty(process, name, {
      __proto__: null, configurable: true, enumerable: true, get: () => streams[name],
    });
  }
  return stdin;
}

// --- process ---------------------------------------------------------------------------------------------------------

function restrictProcess() {
  const refuse = (name) => Object.assign({ [name]() {
    throw new codes.ERR_WORKER_UNSUPPORTED_OPERATION(`process.${name}()`);
  } }[name], { disabled: true });
  for (const name of ['abort', 'chdir', 'initgroups', 'setegid', 'seteuid', 'setgid', 'setgroups', 'setuid', 'execve']) {
    process[name] = refuse(name);
  }
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

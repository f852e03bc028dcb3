// SPDX-License-Identifier: MIT
'use strict';
// What triggers a resource: a request its handle, a connection its server; when hooks that are switched meanwhile take
// part; when destruction is told; promise hooks of v8.
const { AsyncLocalStorage, AsyncResource, asyncWrapProviders, createHook } = require('async_hooks');
const fs = require('fs');
const net = require('net');
const { promiseHooks } = require('v8');
const { finished, Readable } = require('stream');

const seen = new Map();
const lines = [];
const nested = createHook({ init: () => lines.push('nested') });
const hook = createHook({
  init(id, type, trigger) {
    seen.set(id, { type, trigger });
    if (type === 'Nested') nested.enable();
  },
  destroy(id) {
    if (seen.get(id)?.type === 'Manual') lines.push('destroyed');
  },
});
hook.enable();
const by = (type) => [...seen.values()].filter((each) => each.type === type).map(({ trigger }) => (
  seen.get(trigger)?.type ?? 'the program'
)).join();

new AsyncResource('Nested');
nested.disable();
new AsyncResource('Manual').emitDestroy();
setImmediate(() => lines.push('immediate'));

const server = net.createServer((socket) => socket.end('x'));
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.resume().on('close', () => server.close(() => {
    hook.disable();
    console.log('connecting by', by('TCPCONNECTWRAP'));
    console.log(by('TCPWRAP').split(',').sort().join());
    console.log(lines.join());
    rest();
  }));
});

function rest() {
  console.log(asyncWrapProviders.NONE, asyncWrapProviders.VERIFYREQUEST > 60, Object.isFrozen(asyncWrapProviders));
  const storage = new AsyncLocalStorage();
  const stream = new Readable({ read() {} });
  storage.run('waiting', () => finished(stream, () => console.log('finished', storage.getStore())));
  stream.destroy();
  storage.run('set', () => {
    setImmediate(() => console.log('disabled', storage.getStore()));
    storage.disable();
  });
  const events = [];
  const stop = promiseHooks.createHook({
    init: (promise, parent) => events.push(parent === undefined ? 'init' : 'init of child'),
    before: () => events.push('before'), after: () => events.push('after'), settled: () => events.push('settled'),
  });
  const ended = new Promise((resolve) => {
    events.push('executor');
    resolve();
  }).then(() => {});
  setImmediate(() => {
    stop();
    console.log(events.join());
    for (const name of ['onInit', 'onBefore', 'onAfter', 'onSettled']) {
      try {
        promiseHooks[name](async () => {});
      } catch ({ code, message }) {
        console.log(code, message);
      }
    }
  });
}

// SPDX-License-Identifier: MIT
'use strict';
// Messages by thread id, shared environment variables, files on their way between threads, a thread's CPU time.
const fs = require('fs');
const { MessageChannel, SHARE_ENV, Worker, postMessageToThread, threadId } = require('worker_threads');

const named = (promise, name) => promise.then((value) => console.log(name, value), ({ code, message }) => (
  console.log(name, code, message)
));

async function messages() {
  await named(postMessageToThread(threadId, 1), 'to itself');
  await named(postMessageToThread(1 << 30, 1), 'to nobody');
  const worker = new Worker(`
    const { parentPort, postMessageToThread } = require('worker_threads');
    let count = 0;
    process.on('workerMessage', (value, source) => {
      if (++count === 2) throw new Error('refused');
      postMessageToThread(source, { got: value, bytes: value.buffer?.byteLength });
    });
    parentPort.once('message', () => process.exit());
  `, { eval: true });
  const back = new Promise((resolve) => {
    process.once('workerMessage', (value, source) => resolve([value, source === worker.threadId]));
  });
  const buffer = new ArrayBuffer(8);
  await named(postMessageToThread(worker.threadId, { buffer }, [buffer]), 'with a buffer');
  console.log(buffer.byteLength);
  console.log(...await back);
  await named(postMessageToThread(worker.threadId, 2), 'thrown at');
  const usage = await worker.cpuUsage();
  console.log(Object.keys(usage), usage.user + usage.system > 0);
  worker.postMessage(0);
  await new Promise((resolve) => worker.once('exit', resolve));
  await named(worker.cpuUsage(), 'ended');
  await named(postMessageToThread(worker.threadId, 2, 100), 'gone');
}

async function variables() {
  process.env.BEFORE = 'parent';
  const run = (env) => {
    const worker = new Worker(`
      const { parentPort } = require('worker_threads');
      const seen = [process.env.BEFORE];
      process.env.OF_WORKER = 'worker';
      delete process.env.BEFORE;
      parentPort.postMessage(0);
      parentPort.once('message', () => {
        seen.push(process.env.AFTER, Object.keys(process.env).includes('AFTER'), 'AFTER' in process.env);
        parentPort.postMessage(seen);
      });
    `, { eval: true, env });
    return new Promise((resolve) => worker.once('message', () => {
      process.env.AFTER = 'parent';
      worker.postMessage(0);
      worker.once('message', (seen) => resolve(seen));
    }));
  };
  console.log(await run(undefined), process.env.OF_WORKER, process.env.BEFORE);
  delete process.env.AFTER;
  console.log(await run(SHARE_ENV), process.env.OF_WORKER, process.env.BEFORE);
}

async function files() {
  const handle = await fs.promises.open(__filename);
  const { port1, port2 } = new MessageChannel();
  for (const list of [undefined, [handle, handle]]) {
    try {
      port1.postMessage(handle, list);
    } catch (error) {
      console.log(error.name, error.message);
    }
  }
  const reading = handle.read(Buffer.alloc(1), 0, 1, 0);
  try {
    port1.postMessage(handle, [handle]);
  } catch (error) {
    console.log(error.name, error.message);
  }
  await reading;
  port1.postMessage({ handle }, [handle]);
  console.log(handle.fd);
  const received = await new Promise((resolve) => port2.once('message', (message) => resolve(message.handle)));
  console.log(received.constructor.name, (await received.readFile('utf8')).slice(0, 15));
  await received.close();
  await named(handle.stat(), 'transferred');
  port1.close();
}

messages().then(variables).then(files);

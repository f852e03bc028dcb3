// SPDX-License-Identifier: MIT
// Threads of WebAssembly: read-modify-write on shared memory, waiting and waking between WebAssembly and Atomics.
'use strict';
const { Worker, isMainThread, parentPort, workerData } = require('worker_threads');

const shared = 'AGFzbQEAAAABHwVgA39/fgF/YAN/fn4Bf2ACf38Bf2ADf39/AX9gAAACDgEBbQZtZW1vcnkCAwEBAwcGAAECAgMEBzAGBHdhaXQA' +
  'AAZ3YWl0NjQAAQZub3RpZnkAAgNhZGQAAwVzd2FwOAAEBWZlbmNlAAUKRAYMACAAIAEgAv4BAgALDAAgACABIAL+AgMACwoAIAAg' +
  'Af4AAgALCgAgACAB/h4CAAsMACAAIAEgAv5KAAALBQD+AwAL';

const instantiate = (text, imports) =>
  new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(text, 'base64')), imports).exports;

if (!isMainThread) {
  const { memory } = workerData;
  const { add, wait } = instantiate(shared, { m: { memory } });
  for (let k = 0; k < 1000; k++)
    add(0, 1);
  parentPort.postMessage(['wasm waits', wait(8, 0, -1n)]);
  parentPort.postMessage(['Atomics waits', Atomics.wait(new Int32Array(memory.buffer), 4, 0)]);
  return;
}

const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
const { add, notify } = instantiate(shared, { m: { memory } });
const words = new Int32Array(memory.buffer);
const worker = new Worker(__filename, { workerData: { memory } });
for (let k = 0; k < 1000; k++)
  add(0, 1);
const wakers = [() => Atomics.notify(words, 2), () => notify(16, 1)];
const timer = setInterval(() => wakers[0]?.(), 1);
worker.on('message', (got) => {
  console.log(...got);
  wakers.shift();
});
worker.on('exit', (code) => {
  clearInterval(timer);
  console.log('exit', code, words[0]);
});

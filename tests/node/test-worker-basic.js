// SPDX-License-Identifier: MIT
'use strict';
// Threads: data there and back, transfer, shared memory, errors, exit codes, terminate, standard streams, nesting.
const { BroadcastChannel, MessageChannel, Worker, isMainThread, parentPort, receiveMessageOnPort, setEnvironmentData,
        getEnvironmentData, threadId, workerData } = require('worker_threads');

function run(source, options = {}) {
  return new Promise((resolve) => {
    const seen = [];
    const worker = new Worker(source, { eval: true, ...options });
    worker.on('online', () => seen.push('online'));
    worker.on('message', (message) => seen.push(message));
    worker.on('error', (error) => seen.push(`${error.name}: ${error.message} ${error.code ?? ''}`));
    worker.on('exit', (code) => resolve([...seen, `exit ${code}`]));
    options.started?.(worker);
  });
}

async function main() {
  const head = "const { parentPort, workerData, threadId, threadName, getEnvironmentData } = require('worker_threads');";
  setEnvironmentData('key', { deep: [1] });
  console.log(await run(`${head} parentPort.postMessage([workerData, threadId > 0, threadName, getEnvironmentData('key')])`,
                        { workerData: { map: new Map([[1, new Set([2])]]), date: new Date(0) }, name: 'named' }));
  const shared = new Int32Array(new SharedArrayBuffer(8));
  console.log(await run(`${head} Atomics.store(workerData, 0, 42); Atomics.notify(workerData, 0)`,
                        { workerData: shared }), shared[0]);
  const moved = new ArrayBuffer(16);
  console.log(await run(`${head} parentPort.postMessage(workerData.byteLength)`,
                        { workerData: moved, transferList: [moved] }), moved.byteLength);
  console.log(await run('throw Object.assign(new RangeError("boom"), { code: "E_X" })'));
  console.log(await run('Promise.reject(new TypeError("late"))'));
  console.log(await run('throw "text"'));
  console.log(await run('process.on("exit", (code) => { process.exitCode = code + 1 }); process.exit(6); console.log("no")'));
  console.log(await run('setTimeout(() => {}, 1e6)', { started: (worker) => worker.on('online', () => worker.terminate()) }));
  console.log(await run('while (true);', { started: (worker) => worker.on('online', () => worker.terminate()) }));
  console.log(await run('(async () => { for (;;) await 1; })()',
                        { started: (worker) => worker.on('online', () => worker.terminate()) }));
  console.log(await run('const a = []; for (;;) a.push({ a, b: [a.length] })', { resourceLimits: { maxOldGenerationSizeMb: 16 } }));
  console.log(await run(`${head} parentPort.once('message', (m) => parentPort.postMessage(m * 2))`,
                        { started: (worker) => worker.postMessage(21) }));
  console.log(await run('import fs from "fs"; import { parentPort } from "worker_threads"; parentPort.postMessage(typeof fs.readFileSync)'));
  console.log(await run(`${head} const { Worker } = require('worker_threads');
    new Worker('require("worker_threads").parentPort.postMessage(1)', { eval: true }).on('message', (m) => parentPort.postMessage(m))`));
  console.log(await run(`${head} parentPort.postMessage([process.env.ONLY, Object.keys(process.env).length, process.argv.slice(2)])`,
                        { env: { ONLY: 'this' }, argv: ['a', 2] }));
  let text = '';
  console.log(await run('process.stdin.on("data", (d) => console.log("in " + d)); console.error("err")', {
    stdin: true, stdout: true, stderr: true, started: (worker) => {
      worker.stdout.on('data', (chunk) => { text += `out:${chunk}`; });
      worker.stderr.on('data', (chunk) => { text += `err:${chunk}`; });
      worker.stdin.end('given');
    } }));
  console.log(text);

  const { port1, port2 } = new MessageChannel();
  port1.postMessage({ n: 1 });
  port1.postMessage({ n: 2 });
  console.log(receiveMessageOnPort(port2), receiveMessageOnPort(port2), receiveMessageOnPort(port2));
  const worker = new Worker(`${head} workerData.port.on('message', (m) => { workerData.port.postMessage(m + '!'); workerData.port.close(); })`,
                            { eval: true, workerData: { port: port2 }, transferList: [port2] });
  port1.on('message', (message) => console.log('port', message));
  port1.on('close', () => console.log('closed'));
  port1.postMessage('through');
  await new Promise((resolve) => worker.on('exit', resolve));

  for (const bad of [() => {}, Symbol('x'), { f() {} }, new WeakMap()]) {
    try {
      structuredClone(bad);
    } catch (error) {
      console.log(error.name, error.code, error.message);
    }
  }
  const channel = new BroadcastChannel('all');
  const other = new BroadcastChannel('all');
  other.onmessage = ({ data }) => {
    console.log('broadcast', data);
    channel.close();
    other.close();
  };
  channel.postMessage([1]);
  try {
    new Worker('', { eval: true, execArgv: ['--no-such-option'] });
  } catch (error) {
    console.log(error.code);
  }
}

main();

// SPDX-License-Identifier: MIT
'use strict';

// Modules and shared memories between threads; what of WebAssembly cannot be cloned.

const { Worker, isMainThread, parentPort, workerData, MessageChannel, receiveMessageOnPort } = require('worker_threads');
const { compile } = require('./fixtures/wasm_assembler');

if (isMainThread) {
  const module = compile("01(01 60 00 01 7f) 03(01 00) 07(01 'a' 00 00) 0a(01 (00 41 2a 0b))");
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 4, shared: true });
  const copy = structuredClone(module);
  console.log(copy, copy !== module, new WebAssembly.Instance(copy).exports.a());
  const { port1, port2 } = new MessageChannel();
  port1.postMessage({ module, again: module });
  const { message } = receiveMessageOnPort(port2);
  console.log(message, message.module === message.again);
  port1.close();
  for (const val of [memory, new WebAssembly.Memory({ initial: 1 }), new WebAssembly.Instance(module),
    new WebAssembly.Table({ initial: 1, element: 'anyfunc' }), new WebAssembly.Global({ value: 'i32' }),
    new WebAssembly.Tag({ parameters: [] }), new WebAssembly.Instance(module).exports.a]) {
    try {
      console.log(structuredClone(val));
    } catch (e) {
      console.log(e.name, e.message);
    }
  }
  const worker = new Worker(__filename, { workerData: { module, memory } });
  worker.on('message', (lines) => {
    console.log(lines.join('\n'));
    console.log(new Int32Array(memory.buffer)[1], memory.buffer.byteLength);
  });
} else {
  const { module, memory } = workerData;
  const { buffer } = memory;
  Atomics.store(new Int32Array(buffer), 1, 7);
  const lines = [module, memory, buffer.byteLength, Object.isFrozen(buffer), memory.grow(1), buffer.byteLength,
    memory.buffer.byteLength, memory.buffer === buffer, new WebAssembly.Instance(module).exports.a()];
  parentPort.postMessage(lines.map((line) => require('util').inspect(line)));
}

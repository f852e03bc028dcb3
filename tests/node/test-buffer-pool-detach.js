// The memory that small Buffers share is nobody's to detach; neither is a buffer marked as untransferable.
'use strict';
const { markAsUntransferable, isMarkedAsUntransferable } = require('worker_threads');

const first = Buffer.from('abc');
const attempt = (name, run) => {
  try {
    console.log(name, run());
  } catch (error) {
    console.log(name, error.name, error.code, error.message);
  }
};
attempt('transfer', () => first.buffer.transfer());
attempt('clone', () => structuredClone(first, { transfer: [first.buffer] }));
attempt('stream', () => {
  let controller;
  new ReadableStream({ type: 'bytes', start(c) { controller = c; } });
  controller.enqueue(first);
});
console.log(first, Buffer.from('def'), first.buffer.detached);
const marked = new ArrayBuffer(4);
markAsUntransferable(marked);
attempt('marked', () => marked.transfer());
attempt('marked clone', () => structuredClone(marked, { transfer: [marked] }));
console.log(isMarkedAsUntransferable(marked), marked.detached, structuredClone(marked).byteLength);
const own = new ArrayBuffer(4);
attempt('own', () => [own.transfer().byteLength, own.detached]);

// Web streams through structuredClone() and to a thread: chunks, ends, errors and cancellation of both sides, what is refused.
// (Node 26 waits for ever once a transferred stream is cancelled or a chunk cannot be cloned: those parts are by the standard.)
'use strict';
const { Worker, isMainThread, parentPort } = require('worker_threads');

const move = (stream) => structuredClone(stream, { transfer: [stream] });
const told = (error) => `${error.name}: ${error.message}`;
async function attempt(promise) {
  try {
    return await promise;
  } catch (error) {
    return told(error);
  }
}

async function main() {
  console.log('-- readable');
  const source = new ReadableStream({ start(controller) {
    for (const chunk of ['a', { x: 1 }, new Uint8Array([1, 2])]) controller.enqueue(chunk);
    controller.close();
  } });
  const readable = move(source);
  console.log(source.locked, readable instanceof ReadableStream);
  for await (const chunk of readable) console.log(chunk);
  const failing = move(new ReadableStream({ pull() { throw new TypeError('bad'); } })).getReader();
  console.log(await attempt(failing.read()));
  const cancelled = Promise.withResolvers();
  const endless = move(new ReadableStream({ pull: (controller) => controller.enqueue(1), cancel: cancelled.resolve })).getReader();
  console.log(await endless.read(), await endless.cancel('enough'), await cancelled.promise);
  console.log(await attempt(move(new ReadableStream({ start: (controller) => controller.enqueue(() => {}) })).getReader().read()));

  console.log('-- writable');
  const parts = [];
  const closed = Promise.withResolvers();
  const writer = move(new WritableStream({ write: (chunk) => parts.push(chunk), close: closed.resolve })).getWriter();
  await writer.write('1');
  await writer.write('2');
  await writer.close();
  await closed.promise;
  console.log(parts);
  const aborted = Promise.withResolvers();
  await move(new WritableStream({ abort: aborted.resolve })).getWriter().abort('why');
  console.log(await aborted.promise);
  const broken = move(new WritableStream({ write() { throw new RangeError('no'); } })).getWriter();
  broken.write('x').catch(() => {});
  console.log(await attempt(broken.closed));
  const wrong = move(new WritableStream()).getWriter();
  wrong.closed.catch(() => {});
  console.log(await attempt(wrong.write(() => {})));

  console.log('-- transform');
  const transform = move(new TransformStream({ transform: (chunk, controller) => controller.enqueue(chunk * 2) }));
  const input = transform.writable.getWriter();
  const output = transform.readable.getReader();
  input.write(4);
  input.close();
  console.log(transform instanceof TransformStream, await output.read(), await output.read());

  console.log('-- refused');
  for (const Stream of [ReadableStream, WritableStream, TransformStream]) {
    const locked = new Stream();
    (locked.readable ?? locked)[Stream === WritableStream ? 'getWriter' : 'getReader']();
    console.log(await attempt((async () => move(locked))()));
    console.log(await attempt((async () => structuredClone(new Stream()))()));
  }
  const twice = new ReadableStream();
  console.log(await attempt((async () => structuredClone(twice, { transfer: [twice, twice] }))()));

  console.log('-- thread');
  const worker = new Worker(__filename);
  const there = new ReadableStream({ start(controller) {
    controller.enqueue('to');
    controller.enqueue('worker');
    controller.close();
  } });
  const back = new WritableStream({ write: (chunk) => console.log(chunk), close: () => console.log('closed') });
  worker.postMessage({ there, back }, [there, back]);
  worker.on('exit', (code) => console.log('exit', code));
}

if (isMainThread) {
  main();
} else {
  parentPort.once('message', ({ there, back }) => there.pipeThrough(new TransformStream({
    transform: (chunk, controller) => controller.enqueue(chunk.toUpperCase()),
  })).pipeTo(back));
}

// Web streams at work: order of events, backpressure, byte streams, tee, pipes, cancellation, iteration.
'use strict';
const log = (...args) => console.log(...args);
const tick = () => new Promise((resolve) => setImmediate(resolve));
const attempt = async (name, promise) => {
  try {
    log(name, await promise);
  } catch (error) {
    log(name, 'rejected', error?.name, error?.code, error?.message ?? error);
  }
};

async function order() {
  const events = [];
  const stream = new ReadableStream({
    start() { events.push('start'); },
    pull(c) { events.push(`pull ${c.desiredSize}`); c.enqueue(events.length); if (events.length > 6) c.close(); },
    cancel(r) { events.push(`cancel ${r}`); },
  }, { highWaterMark: 2 });
  Promise.resolve().then(() => events.push('micro 1')).then(() => events.push('micro 2'));
  await tick();
  const reader = stream.getReader();
  reader.closed.then(() => events.push('closed'));
  for (let step; !(step = await reader.read()).done;) events.push(`read ${step.value}`);
  await tick();
  log(events);
}

async function bytes() {
  let controller;
  const stream = new ReadableStream({ type: 'bytes', start(c) { controller = c; } });
  let reader = stream.getReader({ mode: 'byob' });
  const first = reader.read(new Uint8Array(new ArrayBuffer(8), 2, 4));
  log(controller.byobRequest.view, controller.desiredSize);
  controller.enqueue(new Uint8Array([1, 2, 3, 4, 5, 6]));
  log(await first, controller.desiredSize);
  log(await reader.read(new Uint8Array(1)));
  const wide = reader.read(new Uint16Array(2));
  controller.enqueue(new Uint8Array([7]));
  controller.enqueue(new Uint8Array([8, 9]));
  log(await wide);
  const least = reader.read(new Uint8Array(8), { min: 4 });
  controller.enqueue(new Uint8Array([10, 11]));
  controller.enqueue(new Uint8Array([12, 13, 14]));
  log(await least);
  log(await reader.read(new Uint8Array(8)));
  const dv = reader.read(new DataView(new ArrayBuffer(3)));
  controller.byobRequest.view[0] = 99;
  controller.byobRequest.respond(1);
  log(await dv);
  const replaced = reader.read(new Uint8Array(4));
  const view = controller.byobRequest.view;
  controller.byobRequest.respondWithNewView(new Uint8Array(view.buffer.transfer(), 0, 2).fill(5));
  log(await replaced);
  const pending = reader.read(new Uint8Array(4));
  reader.releaseLock();
  await attempt('released', pending);
  controller.byobRequest.view.set([42]);
  controller.byobRequest.respond(1);
  reader = stream.getReader();
  log(await reader.read());
  const last = reader.read();
  controller.close();
  log(await last);
  const auto = new ReadableStream({
    type: 'bytes', autoAllocateChunkSize: 4,
    pull(c) { c.byobRequest.view.set([1, 2]); c.byobRequest.respond(2); },
  }).getReader();
  log(await auto.read(), await auto.read());
  const closing = new ReadableStream({ type: 'bytes', pull(c) { c.close(); c.byobRequest.respond(0); } });
  log(await closing.getReader({ mode: 'byob' }).read(new Uint8Array(3)));
  const canceled = new ReadableStream({ type: 'bytes', cancel(r) { log('cancel', r); } }).getReader({ mode: 'byob' });
  const open = canceled.read(new Uint8Array(3));
  await canceled.cancel('enough');
  log(await open);
}

async function tees() {
  let n = 0;
  const source = new ReadableStream({
    pull(c) { if (++n > 3) c.close(); else c.enqueue({ n }); },
    cancel(r) { log('source canceled', r); },
  });
  const [a, b] = source.tee();
  const got = [];
  for await (const chunk of a) got.push(chunk);
  log(got, await b.getReader().read(), source.locked);
  const [c, d] = new ReadableStream({ cancel(r) { log('both', r); return 'x'; } }).tee();
  const p = c.cancel('one');
  log(await d.cancel('two'), await p);
  const [e, f] = new ReadableStream({ start(k) { k.enqueue(1); k.error(new Error('tee error')); } }).tee();
  await attempt('e', e.getReader().read());
  await attempt('f', f.getReader().closed);
  let bc;
  const byte = new ReadableStream({ type: 'bytes', start(k) { bc = k; } });
  const [g, h] = byte.tee();
  const gr = g.getReader({ mode: 'byob' });
  const hr = h.getReader();
  const pair = [gr.read(new Uint8Array(4)), hr.read()];
  await tick();
  bc.enqueue(new Uint8Array([1, 2, 3]));
  const [x, y] = await Promise.all(pair);
  log(x, y, x.value.buffer === y.value.buffer);
  const end = [gr.read(new Uint8Array(2)), hr.read()];
  await tick();
  bc.close();
  bc.byobRequest?.respond(0);
  log(await Promise.all(end));
}

async function pipes() {
  const events = [];
  const source = (n, fail) => {
    let k = 0;
    return new ReadableStream({
      pull(c) { if (k === n) { if (fail) c.error(fail); else c.close(); } else c.enqueue(k++); },
      cancel(r) { events.push(`cancel ${r?.message ?? r}`); },
    });
  };
  const sink = () => new WritableStream({
    async write(chunk) { await null; events.push(`write ${chunk}`); },
    close() { events.push('close'); },
    abort(r) { events.push(`abort ${r?.message ?? r}`); },
  }, { highWaterMark: 2 });
  await attempt('plain', source(4).pipeTo(sink()));
  await attempt('source error', source(2, new Error('src')).pipeTo(sink()));
  await attempt('preventClose', source(1).pipeTo(sink(), { preventClose: true }));
  await attempt('preventAbort', source(1, new Error('kept')).pipeTo(sink(), { preventAbort: true }));
  log(events.splice(0));
  const idle = new WritableStream({ abort(r) { log('aborted', r.message); } });
  const signal = AbortSignal.abort(new Error('stop'));
  await attempt('signal', new ReadableStream().pipeTo(idle, { signal }));
  const upper = new TransformStream({ transform(c, k) { k.enqueue(`${c}!`); }, flush(k) { k.enqueue('end'); } });
  const out = [];
  for await (const c of source(3).pipeThrough(upper).pipeThrough(new TransformStream())) out.push(c);
  log(out);
  const closed = new WritableStream();
  await closed.close();
  await attempt('closed', new ReadableStream().pipeTo(closed));
  log(events);
}

async function writables() {
  const events = [];
  let release;
  const stream = new WritableStream({
    start(c) { events.push('start', c.signal.aborted); },
    write(chunk) { events.push(`write ${chunk}`); return new Promise((r) => { release = r; }); },
    close() { events.push('close'); },
  }, { highWaterMark: 2, size: (c) => c.length });
  const writer = stream.getWriter();
  log(writer.desiredSize, await writer.ready);
  writer.write('a').then(() => events.push('a done'));
  writer.write('bc').then(() => events.push('bc done'));
  log(writer.desiredSize);
  writer.ready.then(() => events.push('ready'));
  await tick();
  release();
  await tick();
  log(writer.desiredSize);
  const closing = writer.close();
  release();
  await closing;
  log(events);
  log(writer.desiredSize);
  let controller;
  const aborting = new WritableStream({
    start(c) { controller = c; },
    write() { return new Promise((r) => controller.signal.addEventListener('abort', () => r())); },
    abort(r) { log('abort', r); },
  });
  const w = aborting.getWriter();
  const write = w.write('x');
  const second = w.write('y');
  await tick();
  await attempt('abort', w.abort('because'));
  await attempt('write', write);
  await attempt('second', second);
  await attempt('closed', w.closed);
  log(controller.signal.aborted, controller.signal.reason);
  let ec;
  const errored = new WritableStream({ start(c) { ec = c; } });
  ec.error(new Error('by controller'));
  await tick();
  await attempt('errored', errored.getWriter().write(1));
}

async function transforms() {
  const events = [];
  const t = new TransformStream({
    cancel(r) { events.push(`cancel ${r}`); },
    flush() { events.push('flush'); },
  });
  await t.readable.cancel('reader gone');
  await attempt('write', t.writable.getWriter().write(1));
  const u = new TransformStream({ transform(c) { throw new Error(`bad ${c}`); } });
  const writer = u.writable.getWriter();
  const reader = u.readable.getReader();
  const read = reader.read();
  await attempt('w', writer.write(1));
  await attempt('r', read);
  const v = new TransformStream({ transform(c, k) { k.enqueue(c); k.terminate(); } });
  const vw = v.writable.getWriter();
  vw.write('only').catch(() => {});
  const vr = v.readable.getReader();
  log(await vr.read(), await vr.read());
  await attempt('after', vw.write('more'));
  const s = new TransformStream({ start(k) { k.enqueue('first'); return Promise.reject(new Error('start')); } });
  await attempt('start', s.readable.getReader().closed);
  log(events);
}

async function iteration() {
  const make = () => {
    let n = 0;
    return new ReadableStream({ pull(c) { c.enqueue(n++); }, cancel(r) { log('cancel', r); } });
  };
  const stream = make();
  for await (const x of stream) if (x === 2) break;
  log(stream.locked);
  const kept = make();
  for await (const x of kept.values({ preventCancel: true })) if (x === 2) break;
  log((await kept.getReader().read()).value);
  const it = make().values();
  log(await Promise.all([it.next(), it.next(), it.return('end'), it.next()]));
  const from = ReadableStream.from((function* () { try { yield 1; yield Promise.resolve(2); } finally { log('closed'); } })());
  const out = [];
  for await (const x of from) out.push(x);
  log(out);
  const generator = ReadableStream.from((async function* () { try { yield 1; yield 2; } finally { log('finally'); } })());
  for await (const x of generator) { log(x); break; }
  await attempt('throws', ReadableStream.from((async function* () { throw new Error('gen'); })()).getReader().read());
  const controllerError = new ReadableStream({ start(c) { c.enqueue(1); setImmediate(() => c.error('later')); } });
  try {
    for await (const x of controllerError) log(x);
  } catch (e) {
    log('caught', e);
  }
}

(async () => {
  for (const part of [order, bytes, tees, pipes, writables, transforms, iteration]) {
    log(`-- ${part.name}`);
    await part();
  }
})();

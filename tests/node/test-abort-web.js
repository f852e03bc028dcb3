'use strict';
// AbortSignal in fetch, web streams; transferred signals; signals are collected.
// flags: --expose-gc

const { check, listeners, told, soon } = require('./fixtures/abort');
const http = require('http'),
  { once } = require('events');
const { Readable } = require('stream');
const { Worker, MessageChannel, receiveMessageOnPort } = require('worker_threads');
const util = require('util');
(async () => {
  const srv = http.createServer((req, res) => {
    req.on('error', () => {});
    res.on('error', () => {});
    res.on('close', () => {
      if (!res.writableFinished) cuts++;
    });
    if (req.url == '/now') res.end('ok');
    else if (req.url == '/half') res.write('half');
    else if (req.url == '/es') {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write('data: 1\n\n');
    }
  });
  let cuts = 0;
  srv.listen(0);
  await once(srv, 'listening');
  const u = 'http://127.0.0.1:' + srv.address().port;
  await check('fetch', (signal) => fetch(u + '/never', { signal }));
  await check('fetch late', (signal) => fetch(u + '/never', { signal }), { late: true });
  await check('fetch half', async (signal) => (await fetch(u + '/half', { signal })).text(), { late: true });
  await check(
    'fetch half reader',
    async (signal) => {
      const r = (await fetch(u + '/half', { signal })).body.getReader();
      await r.read();
      return r.read();
    },
    { late: true },
  );
  await check(
    'fetch upload',
    async (signal) =>
      fetch(u + '/never', {
        method: 'POST',
        duplex: 'half',
        body: new ReadableStream({
          pull(c) {
            return soon().then(() => c.enqueue(new Uint8Array(9)));
          },
          cancel(r) {
            console.log('  cancelled', told(r));
          },
        }),
        signal,
      }),
    { late: true },
  );
  console.log(await (await fetch(u + '/now', { signal: new AbortController().signal })).text());
  await check('fetch Request', (signal) => fetch(new Request(u + '/never', { signal })), { late: true });
  await check(
    'fetch Request override',
    (signal) => fetch(new Request(u + '/never', { signal: new AbortController().signal }), { signal }),
    { late: true },
  );
  {
    const c = new AbortController();
    const r = new Request(u, { signal: c.signal });
    console.log(r.signal === c.signal, r.signal.aborted);
    const cl = r.clone();
    c.abort('q');
    console.log(r.signal.aborted, r.signal.reason, cl.signal.aborted);
    console.log(new Request(r).signal.aborted, new Request(r, { signal: null }).signal.aborted);
  }
  console.log(await fetch(u + '/never', { signal: AbortSignal.timeout(30) }).catch((e) => [e.name, e.code, e.message]));
  console.log(await fetch(u + '/never', { signal: AbortSignal.abort() }).catch((e) => [e.name, e.code, e.message]));
  for (const bad of [null, 1, 'x', {}, new EventTarget()]) {
    console.log(
      bad && bad.constructor.name,
      await fetch(u + '/now', { signal: bad }).then(
        () => 'fine',
        (e) => told(e),
      ),
    );
  }
  for (let k = 0; k < 100 && cuts < 6; k++) await soon();
  console.log('cut off', cuts);
  // pipeTo
  const src = (log) =>
    new ReadableStream(
      {
        pull(c) {
          return soon().then(() => c.enqueue('x'));
        },
        cancel(r) {
          log.push('cancel ' + r.message);
        },
      },
      { highWaterMark: 0 },
    );
  const dst = (log) =>
    new WritableStream({
      abort(r) {
        log.push('abort ' + r.message);
      },
      close() {
        log.push('close');
      },
    });
  for (const o of [{}, { preventAbort: true }, { preventCancel: true }, { preventAbort: true, preventCancel: true }]) {
    const log = [];
    await check(
      'pipeTo ' + Object.keys(o),
      async (signal) => {
        const to = dst(log);
        await soon();
        return src(log).pipeTo(to, { signal, ...o });
      },
      { late: true },
    );
    console.log(log);
  }
  {
    const log = [];
    await check(
      'pipeTo ends',
      async (signal) => {
        const to = dst(log);
        await soon();
        return new ReadableStream({
          start(c) {
            c.enqueue(1);
            c.close();
          },
        }).pipeTo(to, { signal });
      },
      { ends: true, during: false },
    );
    console.log(log);
  }
  {
    const log = [];
    const c = new AbortController();
    const t = src(log).pipeThrough(new TransformStream(), { signal: c.signal });
    const rd = t.getReader();
    await rd.read();
    c.abort(new Error('halt'));
    console.log(await rd.read().catch((e) => told(e)), log, listeners(c.signal));
  }
  for (const bad of [null, 1, 'x', {}, new EventTarget()]) {
    console.log(
      bad && bad.constructor.name,
      await new ReadableStream().pipeTo(new WritableStream(), { signal: bad }).then(
        () => 'fine',
        (e) => told(e),
      ),
    );
    try {
      new ReadableStream().pipeThrough(new TransformStream(), { signal: bad });
      console.log('fine');
    } catch (e) {
      console.log(told(e));
    }
  }
  {
    const c = [];
    const w = new WritableStream({
      start(k) {
        c.push(k);
      },
      write() {
        return new Promise(() => {});
      },
    });
    const wr = w.getWriter();
    wr.write(1).catch(() => {});
    const s = c[0].signal;
    s.onabort = () => console.log('sink signal', s.reason.message);
    wr.abort(new Error('stop'));
    console.log(s.aborted, s === c[0].signal);
  }
  // Blob/Readable web
  {
    const c = new AbortController();
    const r = Readable.fromWeb(src([]), { signal: c.signal });
    setTimeout(() => c.abort(new Error('fw')), 30);
    try {
      for await (const x of r);
    } catch (e) {
      console.log(told(e));
    }
    console.log(listeners(c.signal));
  }
  // transfer
  {
    const tc = util.transferableAbortController();
    const { port1, port2 } = new MessageChannel();
    port1.postMessage(tc.signal, [tc.signal]);
    port2.ref();
    const [s] = await once(port2, 'message');
    console.log(s.constructor.name, s.aborted);
    tc.abort('over');
    await once(s, 'abort');
    console.log(s.reason);
    port1.close();
    try {
      structuredClone(new AbortController().signal);
    } catch (e) {
      console.log(told(e));
    }
    const t2 = util.transferableAbortSignal(AbortSignal.abort('gone'));
    const k = structuredClone(t2, { transfer: [t2] });
    console.log(k.aborted, k.reason);
  }
  // EventSource/WebSocket have no signal
  // gc
  {
    const refs = [];
    const c = new AbortController();
    for (let i = 0; i < 1000; i++) {
      refs.push(new WeakRef(AbortSignal.any([c.signal])));
      refs.push(new WeakRef(AbortSignal.timeout(100000)));
    }
    // A word of an old stack frame may keep one or the other for a while, and what hangs on it.
    let collected = 0;
    for (let turn = 0; turn < 20 && collected <= 1800; turn++) {
      await soon();
      gc();
      collected = refs.filter((r) => !r.deref()).length;
    }
    console.log('collected', collected > 1800);
  }
  {
    let hits = 0;
    const c = new AbortController();
    (() => {
      AbortSignal.any([c.signal]).addEventListener('abort', () => hits++);
    })();
    (() => {
      AbortSignal.timeout(60).addEventListener('abort', () => (hits += 10));
    })();
    await soon();
    gc();
    await soon();
    gc();
    c.abort();
    await new Promise((r) => setTimeout(r, 80));
    console.log('hits', hits);
  }
  process.exit();
})();

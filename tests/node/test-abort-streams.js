'use strict';
// AbortSignal in streams: constructors, addAbortSignal, finished, pipeline, compose, the operators; wrong signals.

const {
  Readable,
  Writable,
  Duplex,
  Transform,
  PassThrough,
  addAbortSignal,
  finished,
  pipeline,
  compose,
} = require('stream');
const sp = require('stream/promises');
const consumers = require('stream/consumers');
const { outcome, check, listeners, told, soon } = require('./fixtures/abort');
const end = (s) =>
  new Promise((res, rej) => {
    s.on('error', rej);
    s.on('close', () => res('closed'));
  });
const slow = () =>
  Readable.from(
    (async function* () {
      for (let i = 0; i < 6; i++) {
        await soon();
        yield 'x';
      }
    })(),
  );
const never = () => new Readable({ read() {} });
const sink = () =>
  new Writable({
    write(c, e, d) {
      d();
    },
  });
(async () => {
  await check('new Readable', (signal) => end(new Readable({ signal, read() {} })));
  await check(
    'new Readable ends',
    (signal) =>
      end(
        new Readable({
          signal,
          read() {
            this.push(null);
          },
        }).resume(),
      ),
    { ends: true },
  );
  await check('new Writable', (signal) => end(new Writable({ signal, write(c, e, d) {} })));
  await check(
    'new Writable ends',
    (signal) =>
      end(
        new Writable({
          signal,
          write(c, e, d) {
            d();
          },
        }).end('x'),
      ),
    { ends: true },
  );
  await check('new Duplex', (signal) => end(new Duplex({ signal, read() {}, write() {} })));
  await check('new Transform', (signal) => end(new Transform({ signal, transform() {} })));
  await check('new PassThrough ends', (signal) => end(new PassThrough({ signal }).resume().end('s')), { ends: true });
  await check('Readable.from', (signal) => end(Readable.from(['a', 'b'], { signal }).resume()), { ends: true });
  await check('addAbortSignal', (signal) => end(addAbortSignal(signal, never())));
  await check('addAbortSignal writable', (signal) => end(addAbortSignal(signal, sink().end())), { ends: true });
  await check(
    'finished',
    (signal) =>
      new Promise((r, j) => {
        finished(never(), { signal }, (e) => (e ? j(e) : r()));
      }),
  );
  await check(
    'finished ends',
    (signal) =>
      new Promise((r, j) => {
        finished(slow().resume(), { signal }, (e) => (e ? j(e) : r()));
      }),
    { ends: true },
  );
  await check('promises.finished', (signal) => sp.finished(slow().resume(), { signal }), { ends: true });
  await check('promises.finished cleanup', (signal) => sp.finished(slow().resume(), { signal, cleanup: true }), {
    ends: true,
  });
  {
    const c = new AbortController();
    const s = never();
    const f = finished(s, { signal: c.signal }, () => console.log('called'));
    console.log(listeners(c.signal));
    f();
    c.abort();
    await soon();
    console.log(s.destroyed);
  }
  await check('promises.pipeline', (signal) => sp.pipeline(slow(), new PassThrough(), sink(), { signal }), {
    ends: true,
    late: true,
  });
  await check(
    'promises.pipeline fn',
    (signal) =>
      sp.pipeline(
        slow(),
        async function* (src, { signal }) {
          for await (const c of src) yield c;
        },
        async (src, { signal }) => {
          for await (const c of src);
          return 5;
        },
        { signal },
      ),
    { ends: true, late: true },
  );
  {
    const c = new AbortController();
    const src = never(),
      dst = sink(),
      mid = new PassThrough();
    const p = sp.pipeline(src, mid, dst, { signal: c.signal }).catch((e) => told(e));
    c.abort();
    console.log(await p, src.destroyed, mid.destroyed, dst.destroyed);
  }
  {
    const c = new AbortController();
    const src = never(),
      dst = sink(),
      mid = new PassThrough();
    const p = sp.pipeline(src, mid, dst, { signal: c.signal, end: false }).catch((e) => told(e));
    c.abort('why');
    console.log(await p, src.destroyed, mid.destroyed, dst.destroyed);
  }
  await check(
    'compose op',
    (signal) =>
      slow()
        .compose(
          async function* (s) {
            for await (const c of s) yield c;
          },
          { signal },
        )
        .toArray(),
    { ends: true, late: true },
  );
  for (const [n, op] of Object.entries({
    map: (s, o) => s.map(async (x) => x, o).toArray(),
    filter: (s, o) => s.filter(async (x) => 1, o).toArray(),
    flatMap: (s, o) => s.flatMap(async (x) => [x], o).toArray(),
    forEach: (s, o) => s.forEach(async (x) => x, o),
    toArray: (s, o) => s.toArray(o),
    some: (s, o) => s.some(async (x) => 0, o),
    every: (s, o) => s.every(async (x) => 1, o),
    find: (s, o) => s.find(async (x) => 0, o),
    take: (s, o) => s.take(3, o).toArray(),
    drop: (s, o) => s.drop(3, o).toArray(),
    reduce: (s, o) => s.reduce(async (a, b) => a + b, '', o),
    asIndexedPairs: (s, o) => (s.asIndexedPairs ? s.asIndexedPairs(o).toArray() : Promise.resolve('no')),
  })) {
    // Node leaves reduce's listener behind.
    await check('operator ' + n, (signal) => op(slow(), { signal }), {
      ends: n !== 'reduce',
      late: true,
      cause: false,
    });
  }
  {
    const c = new AbortController();
    const s = slow();
    let inner;
    const p = s
      .map(
        async (x, { signal }) => {
          inner = signal;
          await new Promise((r, j) => signal.addEventListener('abort', () => j(signal.reason)));
        },
        { signal: c.signal },
      )
      .toArray()
      .catch((e) => told(e));
    await new Promise((r) => setTimeout(r, 60));
    c.abort(new Error('z'));
    console.log(await p, inner.aborted, told(inner.reason), s.destroyed);
  }
  for (const bad of [null, 1, 'x', {}, new EventTarget()]) {
    for (const [n, f] of Object.entries({
      r: () => new Readable({ signal: bad }).on('error', () => {}),
      w: () => new Writable({ signal: bad }).on('error', () => {}),
      d: () => new Duplex({ signal: bad }).on('error', () => {}),
      t: () => new Transform({ signal: bad }).on('error', () => {}),
      add: () => bad && addAbortSignal(bad, never()).on('error', () => {}),
      fin: () => finished(never(), { signal: bad }, () => {}),
      pf: () => {
        sp.finished(never(), { signal: bad }).catch(() => {});
      },
      map: () => never().map(() => {}, { signal: bad }),
      toA: () => {
        const p = never().toArray({ signal: bad });
        return Promise.race([p, soon()]);
      },
      pp: () => Promise.race([sp.pipeline(never(), sink(), { signal: bad }), soon()]),
      take: () => never().take(1, { signal: bad }),
      red: () => Promise.race([never().reduce(() => {}, 0, { signal: bad }), soon()]),
      fe: () => Promise.race([never().forEach(() => {}, { signal: bad }), soon()]),
      comp: () => never().compose(new PassThrough(), { signal: bad }),
    })) {
      const r = await outcome(f);
      console.log(n, bad && typeof bad == 'object' ? Object.keys(bad) + bad.constructor.name : bad, r);
    }
  }
  for (const s of [1, {}, new EventTarget(), new ReadableStream(), new WritableStream(), new TransformStream()]) {
    try {
      console.log(addAbortSignal(new AbortController().signal, s) === s);
    } catch (e) {
      console.log(told(e));
    }
  }
  {
    const rs = new ReadableStream({
      cancel(r) {
        console.log('cancel', r);
      },
    });
    const c = new AbortController();
    addAbortSignal(c.signal, rs);
    const rd = rs.getReader();
    c.abort(new Error('m'));
    console.log(await rd.read().catch((e) => told(e)), await rd.closed.catch((e) => told(e)));
  }
  {
    const ws = new WritableStream({
      abort(r) {
        console.log('abort', r?.name);
      },
    });
    const c = new AbortController();
    addAbortSignal(c.signal, ws);
    const w = ws.getWriter();
    c.abort(new Error('m'));
    console.log(await w.write(1).catch((e) => told(e)), await w.closed.catch((e) => told(e)));
  }
})();

// pipeline, finished, compose, addAbortSignal, Readable.from, iteration, iterator helpers, promises, consumers.
'use strict';
const stream = require('stream');
const { Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished, compose, addAbortSignal } = stream;
const sp = require('stream/promises');
const consumers = require('stream/consumers');
const util = require('util');
const log = (...args) => console.log(...args);
const tick = () => new Promise((resolve) => setImmediate(resolve));
const upper = () => new Transform({ transform(c, e, cb) { cb(null, String(c).toUpperCase()); } });
const collect = (out) => new Writable({ objectMode: true, write(c, e, cb) { out.push(typeof c === 'string' ? c : Buffer.isBuffer(c) ? String(c) : c); cb(); } });
const fails = async (p) => { try { log('resolved', await p); } catch (e) { log('rejected', e.name, e.code, e.message); } };

async function main() {
  { // pipeline
    const out = [];
    await new Promise((r) => pipeline(Readable.from(['a', 'b']), upper(), collect(out), (e) => { log('cb', e, out); r(); }));
    await new Promise((r) => pipeline(Readable.from(['a']), new Transform({ transform(c, e, cb) { cb(new Error('mid')); } }), collect(out), (e) => { log('cb', e.message); r(); }));
    await new Promise((r) => pipeline(function* () { yield 'x'; yield 'y'; }, async function* (src) { for await (const c of src) yield c + c; }, async (src) => { let s = ''; for await (const c of src) s += c; return s; }, (e, v) => { log(e, v); r(); }));
    log(await sp.pipeline(Readable.from(['q']), async function* (s) { for await (const c of s) yield c; }, async (s) => { const all = []; for await (const c of s) all.push(c); return all; }));
    await fails(sp.pipeline(Readable.from(['q']), async () => { throw new TypeError('dest'); }));
    const never = new Readable({ read() {} });
    const ac = new AbortController();
    const p = sp.pipeline(never, new PassThrough(), { signal: ac.signal });
    ac.abort();
    await fails(p);
    log(never.destroyed);
    const early = new Readable({ read() {} });
    setImmediate(() => early.destroy());
    await fails(sp.pipeline(early, new PassThrough()));
    try { pipeline(new PassThrough()); } catch (e) { log(e.code, e.message); }
    try { pipeline(new PassThrough(), () => {}); } catch (e) { log(e.code, e.message); }
    await fails(sp.pipeline(new PassThrough()));
    await fails(util.promisify(pipeline)(Readable.from('z'), collect(out)));
    const keep = new PassThrough();
    await sp.pipeline(Readable.from(['1']), keep, { end: false });
    log(keep.writableEnded, String(keep.read()));
    const o2 = []; await sp.pipeline([Readable.from(['arr']), collect(o2)]); log(o2);
    const ret = pipeline(Readable.from(['r']), upper(), () => {}); log(ret instanceof Transform);
    await fails(sp.pipeline(() => 5, collect([])));
  }
  { // finished
    const r = Readable.from(['x']);
    finished(r, (e) => log('finished r', e)); r.resume(); await tick(); await tick();
    const w = new Writable({ write(c, e, cb) { cb(); } });
    finished(w, (e) => log('premature', e.code)); w.destroy(); await tick();
    const b = new Readable({ read() {} }); finished(b, (e) => log(e.message)); b.destroy(new Error('destroyed with')); await tick();
    const done = new PassThrough(); done.end(); done.resume(); await tick(); await tick();
    finished(done, (e) => log('already', e)); await tick();
    await fails(sp.finished(done));
    const ac = new AbortController(); const pend = sp.finished(new PassThrough(), { signal: ac.signal }); ac.abort(); await fails(pend);
    const half = new PassThrough(); finished(half, { readable: false }, (e) => log('writable half', e)); half.end(); await tick();
    try { finished({}, () => {}); } catch (e) { log(e.code, e.message); }
    try { finished(done); } catch (e) { log(e.code, e.message); }
    const off = finished(new PassThrough(), () => log('never')); log(typeof off, off());
  }
  { // from, iteration
    for (const src of ['string', Buffer.from('buf'), [1, 2], new Set(['s']), (async function* () { yield 1; yield 2; })(), [Promise.resolve('p')]]) {
      const got = []; for await (const c of Readable.from(src)) got.push(Buffer.isBuffer(c) ? 'B:' + c : c); log(got);
    }
    try { Readable.from(5); } catch (e) { log(e.code, e.message); }
    await fails((async () => { for await (const c of Readable.from([1, null])) log(c); })());
    await fails((async () => { for await (const c of Readable.from((async function* () { yield 1; throw new Error('gen'); })())) log(c); })());
    const g = Readable.from((function* () { try { yield 1; yield 2; } finally { log('generator closed'); } })());
    for await (const c of g) { log(c); break; }
    await tick(); log(g.destroyed);
    const kept = Readable.from([1, 2, 3]);
    for await (const c of kept.iterator({ destroyOnReturn: false })) { log(c); break; }
    log(kept.destroyed, await kept.toArray());
    const it = Readable.from(['only'])[Symbol.asyncIterator]();
    log(await it.next(), await it.next(), await it.next());
    const slow = new PassThrough(); setImmediate(() => slow.end('later'));
    for await (const c of slow) log(String(c));
  }
  { // helpers
    const r = (n = 5) => Readable.from(Array.from({ length: n }, (_, i) => i + 1));
    log(await r().map((x) => x * 2).toArray(), await r().map(async (x) => x * 3, { concurrency: 3 }).toArray());
    log(await r().filter((x) => x % 2).toArray(), await r().flatMap((x) => [x, x]).take(4).toArray());
    log(await r().take(2).toArray(), await r().drop(3).toArray(), await r().some((x) => x > 4), await r().every((x) => x > 4));
    log(await r().find((x) => x > 2), await r().find((x) => x > 9), await r().reduce((a, b) => a + b), await r().reduce((a, b) => a + b, 10));
    await r(2).forEach((x) => log('each', x));
    await fails(r(0).reduce((a, b) => a));
    await fails(r().map((x) => { throw new Error('in map'); }).toArray());
    await fails(r().map(async (x) => { if (x === 2) throw new Error('async map'); return x; }).toArray());
    try { r().map(5); } catch (e) { log(e.code, e.message); }
    try { r().take(-1); } catch (e) { log(e.code, e.message); }
    try { r().map((x) => x, { concurrency: 0 }); } catch (e) { log(e.code, e.message); }
    await fails(r().some(5));
    let running = 0; let most = 0;
    await r(6).map(async (x) => { running++; most = Math.max(most, running); await tick(); running--; return x; }, { concurrency: 2 }).toArray();
    log('most', most);
    const ac = new AbortController(); const p = r().map((x) => new Promise(() => {}), { signal: ac.signal }).toArray({ signal: ac.signal }); setImmediate(() => ac.abort());
    await fails(p);
    log(r().map((x) => x) instanceof Readable, await r().compose(async function* (src) { for await (const c of src) yield c + 1; }).toArray());
  }
  { // compose, Duplex.from
    const c = compose(upper(), async function* (src) { for await (const x of src) yield x + '!'; });
    c.end('hi'); log(await consumers.text(c));
    log(String(await consumers.text(Duplex.from(Promise.resolve('promise')))), await Duplex.from([1, 2]).toArray());
    const d = Duplex.from(async function* (src) { for await (const x of src) yield `<${x}>`; }); d.write('a'); d.end('b'); log(await d.toArray());
    const seen = []; const f = Duplex.from(async (src) => { for await (const x of src) seen.push(String(x)); }); f.end('sunk'); await sp.finished(f); log(seen, f.readable);
    const pair = Duplex.from({ readable: Readable.from(['from r']), writable: collect(seen) }); pair.end('to w'); log(await pair.toArray()); await tick(); log(seen);
    try { Duplex.from(5); } catch (e) { log(e.code, e.message); }
    try { compose(); } catch (e) { log(e.code, e.message); }
  }
  { // abort signals
    const ac = new AbortController(); const r = addAbortSignal(ac.signal, new Readable({ read() {} }));
    r.on('error', (e) => log(e.name, e.code, r.destroyed)); ac.abort(); await tick();
    const o = new AbortController(); const w = new Writable({ signal: o.signal, write() {} }); w.on('error', (e) => log('opt', e.name)); o.abort('why'); await tick(); log(w.errored.cause);
    try { addAbortSignal({}, r); } catch (e) { log(e.code); }
    try { addAbortSignal(ac.signal, {}); } catch (e) { log(e.code); }
  }
  { // predicates, consumers, captureRejections, dispose
    const p = new PassThrough();
    log(stream.isReadable(p), stream.isWritable(p), stream.isErrored(p), stream.isDisturbed(p), stream.isDestroyed(p), stream.isReadable({}));
    p.destroy(new Error('x')); p.on('error', () => {}); await tick();
    log(stream.isReadable(p), stream.isWritable(p), stream.isErrored(p), stream.isDestroyed(p));
    log(await consumers.json(Readable.from(['{"a"', ':1}'])), await consumers.buffer(Readable.from([Buffer.from('a'), 'b'])), (await consumers.arrayBuffer(Readable.from(['abc']))).byteLength, await consumers.bytes(Readable.from(['ab'])));
    const cap = new Readable({ captureRejections: true, read() {} });
    cap.on('error', (e) => log('captured', e.message)); cap.on('data', async () => { throw new Error('async listener'); }); cap.push('x'); await tick();
    const disp = new Readable({ read() {} }); disp.on('error', (e) => log('disposed', e.name)); await disp[Symbol.asyncDispose](); log(disp.destroyed);
    stream.setDefaultHighWaterMark(false, 100); log(new Readable().readableHighWaterMark, stream.getDefaultHighWaterMark(false)); stream.setDefaultHighWaterMark(false, 65536);
    try { stream.setDefaultHighWaterMark(false, -1); } catch (e) { log(e.code, e.message); }
    stream.destroy(disp); const q = new PassThrough(); q.on('error', (e) => log(e.name)); stream.destroy(q); await tick();
  }
}
main().then(() => log('done'));

// Writable: completion order, backpressure, cork, end, errors, final, properties.
'use strict';
const { Writable, Readable } = require('stream');
const log = (...args) => console.log(...args);
const tick = () => new Promise((resolve) => setImmediate(resolve));

async function main() {
  { // order of callbacks and events
    const w = new Writable({ write(chunk, enc, cb) { log('write', String(chunk), enc); cb(); }, final(cb) { log('final'); cb(); } });
    for (const e of ['prefinish', 'finish', 'close', 'drain', 'pipe']) w.on(e, () => log('event', e));
    w.write('a', () => log('cb a'));
    w.write('b', 'latin1', () => log('cb b'));
    process.nextTick(() => log('tick'));
    w.end('c', () => log('cb end'));
    log('sync end', w.writableEnded, w.writableFinished, w.writable, w.writableLength);
    await tick();
    log(w.writableFinished, w.destroyed, w.closed);
  }
  { // backpressure and drain
    const w = new Writable({ highWaterMark: 3, write(chunk, enc, cb) { setImmediate(cb); } });
    w.on('drain', () => log('drain', w.writableLength, w.writableNeedDrain));
    log(w.write('a'), w.write('bc'), w.writableNeedDrain, w.writableLength, w.write('d'), w.writableLength);
    await tick(); await tick(); await tick(); await tick();
    log(w.writableLength, w.writableHighWaterMark);
  }
  { // cork and writev
    const w = new Writable({ writev(chunks, cb) { log('writev', chunks.map((c) => [String(c.chunk), c.encoding]), chunks.allBuffers); cb(); } });
    w.cork(); w.cork();
    w.write('x'); w.write('y', (e) => log('y', e)); w.write(Buffer.from('z'));
    log(w.writableCorked, w.writableLength);
    w.uncork(); log('one uncork'); w.uncork();
    w.write('single');
    w.cork(); w.write('m'); w.write('n'); w.end();
    w.on('finish', () => log('finish v'));
    await tick();
    const d = new Writable({ decodeStrings: false, write(c, e, cb) { log(c, e); cb(); } });
    d.write('str', 'utf8'); d.write('616263', 'hex'); d.write(Buffer.from('q'));
    d.setDefaultEncoding('latin1'); d.write('def');
  }
  { // object mode
    const w = new Writable({ objectMode: true, write(o, e, cb) { log(o, e); cb(); } });
    w.write({ a: 1 }); w.write(0); w.write(''); w.write(undefined);
    try { w.write(null); } catch (e) { log(e.code, e.message); }
    log(w.writableObjectMode, w.writableHighWaterMark);
  }
  { // errors
    const w = new Writable({ write(c, e, cb) { cb(new Error('bad write')); } });
    w.on('error', (e) => log('error', e.message));
    w.on('close', () => log('close'));
    w.write('a', (e) => log('cb', e.message));
    w.write('b', (e) => log('cb2', e.message));
    w.end((e) => log('end cb', e.message));
    await tick();
    const a = new Writable({ write(c, e, cb) { setImmediate(cb, new Error('late')); } });
    a.on('error', (e) => log('error', e.message, a.errored === e));
    a.write('1', (e) => log('1', e.message)); a.write('2', (e) => log('2', e.message)); a.end((e) => log('e', e.message));
    await tick(); await tick();
    const ended = new Writable({ write(c, e, cb) { cb(); } });
    ended.on('error', (e) => log(e.code, e.message));
    ended.end();
    log(ended.write('after', (e) => log('after cb', e.code)));
    await tick();
    const fin = new Writable({ write(c, e, cb) { cb(); } });
    fin.on('error', (e) => log('unexpected', e));
    fin.end(); await tick();
    fin.end((e) => log('again', e.code));
    await tick();
    const des = new Writable({ write(c, e, cb) { cb(); } });
    des.on('error', (e) => log('unexpected', e));
    des.destroy();
    des.write('x', (e) => log(e.code, e.message));
    await tick();
    const twice = new Writable({ write(c, e, cb) { cb(); cb(); } });
    twice.on('error', (e) => log(e.code, e.message));
    twice.write('x');
    await tick();
    for (const bad of [5, {}, undefined, []]) {
      try { new Writable({ write() {} }).write(bad); } catch (e) { log(e.code, e.message); }
    }
    try { new Writable({ write() {} }).write('x', 'nope'); } catch (e) { log(e.code, e.message); }
    try { new Writable({ write() {} }).setDefaultEncoding('nope'); } catch (e) { log(e.code, e.message); }
    const nowrite = new Writable();
    try { nowrite.write('x'); } catch (e) { log(e.code, e.message); }
    const pipeless = new Writable({ write() {} });
    pipeless.on('error', (e) => log(e.code, e.message));
    pipeless.pipe();
    await tick();
  }
  { // final
    const w = new Writable({ write(c, e, cb) { setImmediate(cb); }, final(cb) { log('final'); setImmediate(cb); } });
    w.on('prefinish', () => log('prefinish')); w.on('finish', () => log('finish')); w.on('close', () => log('close'));
    w.write('a'); w.end(() => log('ended'));
    await tick(); await tick(); await tick();
    const bad = new Writable({ write(c, e, cb) { cb(); }, final(cb) { cb(new Error('final failed')); } });
    bad.on('error', (e) => log('error', e.message)); bad.on('finish', () => log('no'));
    bad.end((e) => log('cb', e.message));
    await tick();
    const thrown = new Writable({ write(c, e, cb) { cb(); }, final() { throw new Error('final threw'); } });
    thrown.on('error', (e) => log('error', e.message));
    thrown.end();
    await tick();
  }
  { // destroy with queued writes
    const w = new Writable({ write(c, e, cb) { setTimeout(cb, 5); } });
    w.on('close', () => log('close q'));
    w.write('1', (e) => log('1', e && e.code)); w.write('2', (e) => log('2', e && e.code));
    w.end((e) => log('end', e && e.code));
    w.destroy();
    await new Promise((r) => setTimeout(r, 20));
    log(w.writableFinished, w.writableAborted, w.destroyed);
  }
  { // construct
    const w = new Writable({ construct(cb) { log('construct'); setImmediate(cb); }, write(c, e, cb) { log('w', String(c)); cb(); }, final(cb) { log('f'); cb(); } });
    w.write('queued'); w.end();
    w.on('finish', () => log('finish c'));
    await tick(); await tick();
  }
  { // instanceof and misuse
    log(new (require('stream').Duplex)() instanceof Writable, new Readable() instanceof Writable, {} instanceof Writable);
    log(Writable({ write() {} }) instanceof Writable);
    const w = new Writable({ write(c, e, cb) { cb(); } });
    log(w.writableBuffer, w.writableCorked, w._writableState.getBuffer(), w._writableState.bufferedRequestCount);
    log(w._writableState.objectMode, w._writableState.ended, w._writableState.length, w._writableState.needDrain);
  }
}
main();

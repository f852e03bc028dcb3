// Duplex, Transform, PassThrough and pipe().
'use strict';
const { Readable, Writable, Duplex, Transform, PassThrough, duplexPair } = require('stream');
const log = (...args) => console.log(...args);
const tick = () => new Promise((resolve) => setImmediate(resolve));
const sink = (name, options) => new Writable({ write(c, e, cb) { log(name, typeof c === 'object' && !Buffer.isBuffer(c) ? c : String(c)); cb(); }, ...options });

async function main() {
  { // transform
    const t = new Transform({
      transform(chunk, enc, cb) { cb(null, String(chunk).toUpperCase()); },
      flush(cb) { this.push('!'); cb(null, '?'); },
    });
    for (const e of ['end', 'finish', 'close', 'prefinish']) t.on(e, () => log(e));
    t.on('data', (d) => log('data', String(d)));
    t.write('a'); t.end('b');
    await tick(); await tick();
  }
  { // object transform with several pushes, error
    const t = new Transform({ objectMode: true, transform(n, e, cb) { for (let i = 0; i < n; i++) this.push({ i }); cb(); } });
    t.on('data', (d) => log(d)); t.end(3);
    await tick();
    const bad = new Transform({ transform(c, e, cb) { cb(new Error('t')); } });
    bad.on('error', (e) => log('error', e.message)); bad.on('close', () => log('close'));
    bad.write('x', (e) => log('cb', e.message));
    await tick();
    const none = new Transform();
    try { none.write('x'); } catch (e) { log(e.code, e.message); }
    const flushbad = new Transform({ transform(c, e, cb) { cb(); }, flush(cb) { cb(new Error('flush')); } });
    flushbad.on('error', (e) => log('error', e.message)); flushbad.resume(); flushbad.end('x');
    await tick();
  }
  { // backpressure through a transform
    const t = new PassThrough({ highWaterMark: 2 });
    log(t.write('ab'), t.write('cd'), t.write('ef'), t.readableLength, t.writableLength, t.writableNeedDrain);
    t.on('drain', () => log('drain', t.readableLength, t.writableLength));
    log(String(t.read()));
    await tick();
    log(String(t.read()), t.readableLength, t.writableLength);
    await tick();
    log(t.readableLength, t.writableLength);
  }
  { // duplex halves
    const d = new Duplex({ read() { this.push('r'); this.push(null); }, write(c, e, cb) { log('w', String(c)); cb(); } });
    d.on('data', (c) => log('d', String(c))); d.on('end', () => log('end')); d.on('finish', () => log('finish')); d.on('close', () => log('close'));
    await tick();
    log('half open', d.destroyed, d.writable);
    d.end('last');
    await tick();
    const closed = new Duplex({ allowHalfOpen: false, read() { this.push(null); }, write(c, e, cb) { cb(); } });
    closed.resume(); closed.on('finish', () => log('auto finish')); closed.on('close', () => log('auto close'));
    await tick(); await tick();
    const ro = new Duplex({ writable: false, read() { this.push(null); } });
    log(ro.writable, ro.writableFinished); ro.resume(); ro.on('close', () => log('ro close'));
    await tick();
    const marks = new Duplex({ readableHighWaterMark: 3, writableHighWaterMark: 5, readableObjectMode: true });
    log(marks.readableHighWaterMark, marks.writableHighWaterMark, marks.readableObjectMode, marks.writableObjectMode);
    const c = new Duplex({ construct(cb) { log('construct once'); setImmediate(cb); }, read() { this.push('x'); this.push(null); }, write(ch, e, cb) { log('cw', String(ch)); cb(); } });
    c.on('data', (x) => log('cd', String(x))); c.end('bye'); c.on('close', () => log('c close'));
    await tick(); await tick(); await tick();
  }
  { // pipe
    const r = Readable.from(['1', '2', '3']);
    const w = sink('w'); w.on('pipe', (s) => log('pipe', s === r)); w.on('unpipe', (s) => log('unpipe', s === r)); w.on('finish', () => log('finish'));
    log(r.pipe(w) === w);
    await tick(); await tick();
    const r2 = new Readable({ read() {} });
    const a = sink('a'); const b = sink('b', { highWaterMark: 1, write(c, e, cb) { log('b', String(c)); setImmediate(cb); } });
    r2.pipe(a); r2.pipe(b, { end: false });
    r2.push('x'); r2.push('y');
    await tick(); await tick(); await tick();
    r2.unpipe(a);
    r2.push('z'); await tick(); await tick();
    log(r2._readableState.pipes.length);
    r2.push(null); await tick(); await tick();
    log(a.writableEnded, b.writableEnded);
    r2.unpipe();
    const p = new PassThrough(); const e = new Writable({ write(c, enc, cb) { cb(new Error('dest failed')); } });
    e.on('error', (err) => log('dest error', err.message)); e.on('unpipe', () => log('unpiped'));
    p.pipe(e); p.write('x');
    await tick();
    log(p.destroyed, p.readableFlowing);
  }
  { // slow destination keeps memory flat
    let made = 0; let max = 0;
    const src = new Readable({ highWaterMark: 100, read(n) { made < 50 ? this.push(Buffer.alloc(100, made++)) : this.push(null); } });
    const dst = new Writable({ highWaterMark: 150, write(c, e, cb) { max = Math.max(max, this.writableLength + src.readableLength); setImmediate(cb); } });
    src.pipe(dst);
    await new Promise((resolve) => dst.on('finish', resolve));
    log('made', made, max <= 500);
  }
  { // duplexPair
    const [x, y] = duplexPair();
    x.on('data', (d) => log('x', String(d))); y.on('data', (d) => log('y', String(d)));
    x.on('end', () => log('x end')); y.on('end', () => log('y end'));
    x.write('to y'); y.write('to x'); x.end(); await tick(); y.end();
    await tick(); await tick();
    log(x.destroyed, y.destroyed);
  }
  { // legacy Stream
    const Stream = require('stream'); const s = new Stream(); s.readable = true;
    const w = sink('legacy'); s.pipe(w); s.emit('data', 'one'); s.emit('end'); await tick();
    log(w.writableEnded, Stream === Stream.Stream, Readable.__proto__ === Stream, typeof Stream.prototype.pipe);
    try { const t = new Stream(); t.pipe(new Stream()); t.emit('error', new Error('legacy error')); } catch (e) { log(e.message); }
  }
  { // inheritance in the old style
    const util = require('util');
    function Up(o) { Transform.call(this, o); }
    util.inherits(Up, Transform);
    Up.prototype._transform = function(c, e, cb) { this.push(String(c).toUpperCase()); cb(); };
    const u = new Up(); u.on('data', (d) => log(String(d))); u.end('old style');
    await tick();
    class Final extends Transform { _transform(c, e, cb) { cb(null, c); } _final(cb) { log('own final'); cb(); } _flush(cb) { log('own flush'); cb(); } }
    const f = new Final(); f.resume(); f.end('x'); f.on('end', () => log('f end'));
    await tick();
  }
}
main();

// Readable: push and pull, modes, encoding, unshift, errors, state properties.
'use strict';
const { Readable } = require('stream');
const log = (...args) => console.log(...args);
const tick = () => new Promise((resolve) => setImmediate(resolve));

async function main() {
  { // flowing
    const r = new Readable({ read() {} });
    r.on('data', (d) => log('data', d.toString()));
    r.on('end', () => log('end'));
    r.on('close', () => log('close', r.destroyed, r.closed, r.readableEnded));
    log(r.readableFlowing, r.push('a'), r.push(Buffer.from('b')), r.push(new Uint8Array([99])), r.push(''), r.push(null));
    log(r.push.length, r.readable, r.readableLength);
    await tick();
    log(r.readable, r.readableLength, r.readableDidRead, r.readableAborted);
  }
  { // paused, sizes
    const r = new Readable({ read() {}, highWaterMark: 4 });
    log('hwm', r.readableHighWaterMark, r.push('abc'), r.push('def'));
    log(String(r.read(2)), String(r.read(3)), r.read(5), r.readableLength, String(r.read()));
    r.push(null);
    r.on('end', () => log('end2'));
    log(r.read());
    await tick();
  }
  { // readable event
    let n = 0;
    const r = new Readable({ read() { n++ < 3 ? this.push(String(n)) : this.push(null); } });
    r.on('readable', () => {
      let chunk;
      while ((chunk = r.read()) !== null) log('got', String(chunk));
      log('readable done', r.readableLength, r.readableEnded);
    });
    r.on('end', () => log('end3'));
    await tick(); await tick();
  }
  { // setEncoding with split characters
    const r = new Readable({ read() {}, encoding: 'utf8' });
    const euro = Buffer.from('€uro');
    r.push(euro.subarray(0, 1)); r.push(euro.subarray(1, 2)); r.push(euro.subarray(2)); r.push(null);
    r.on('data', (d) => log('str', d, typeof d));
    await tick();
    const q = new Readable({ read() {} });
    q.push(euro.subarray(0, 4));
    q.setEncoding('utf8');
    log(q.readableEncoding, q.readableLength, q.read());
    const h = new Readable({ read() {} }).setEncoding('hex');
    h.push('xyz'); h.push(null);
    h.on('data', (d) => log('hex', d));
    await tick();
  }
  { // unshift
    const r = new Readable({ read() {} });
    r.push('world');
    r.unshift('hello ');
    r.push(null);
    log(String(r.read()));
    const o = new Readable({ objectMode: true, read() {} });
    o.push({ a: 1 }); o.unshift('first'); o.push(0); o.push(false); o.push('');
    log(o.read(), o.read(), o.read(), o.read(), o.read(), o.read(), o.readableObjectMode);
    r.resume();
    r.on('end', () => {
      r.on('error', (e) => log(e.code, e.message));
      r.unshift('late');
    });
    await tick(); await tick();
  }
  { // errors
    for (const bad of [{}, 5, true, Symbol('x')]) {
      const r = new Readable({ read() {} });
      r.on('error', (e) => log(e.code, e.name, e.message));
      log(r.push(bad));
      await tick();
    }
    const r = new Readable({ read() { throw new Error('in read'); } });
    r.on('error', (e) => log('error', e.message, r.destroyed, r.errored === e));
    r.on('close', () => log('closed'));
    r.read();
    await tick();
    const p = new Readable({ read() {} });
    p.on('error', (e) => log(e.code, e.message));
    p.push(null); p.push('x');
    await tick();
    const m = new Readable();
    m.on('error', (e) => log(e.code, e.message));
    m.read();
    await tick();
    try { new Readable({ highWaterMark: -1 }); } catch (e) { log(e.code, e.message); }
    try { new Readable({ read() {} }).read(2 ** 31); } catch (e) { log(e.code, e.message); }
  }
  { // pause, resume, events order
    const r = Readable.from(['a', 'b', 'c']);
    r.on('pause', () => log('pause event'));
    r.on('resume', () => log('resume event'));
    r.on('data', (d) => { log(d, r.isPaused()); if (d === 'b') { r.pause(); log(r.isPaused(), r.readableFlowing); setImmediate(() => r.resume()); } });
    r.on('end', () => log('end4'));
    await tick(); await tick(); await tick(); await tick();
  }
  { // readable listener wins over data
    const r = new Readable({ read() {} });
    const onreadable = () => { const d = r.read(); log('readable', d === null ? null : String(d)); };
    r.on('readable', onreadable);
    r.on('data', (d) => log('data too', String(d)));
    r.push('1');
    await tick();
    r.off('readable', onreadable);
    await tick();
    r.push('2'); r.push(null);
    r.on('end', () => log('end5'));
    await tick();
  }
  { // destroy
    const r = new Readable({ read() {}, destroy(e, cb) { log('destroy', e && e.message); setImmediate(cb, e); } });
    r.on('error', (e) => log('err', e.message));
    r.on('close', () => log('close'));
    r.destroy(new Error('boom'), (e) => log('cb', e.message));
    r.destroy(new Error('second'));
    log(r.destroyed, r.closed, r.readable, r.push('x'), r.read());
    await tick(); await tick();
    const n = new Readable({ read() {}, emitClose: false, autoDestroy: false });
    n.on('close', () => log('never'));
    n.resume(); n.push(null);
    n.on('end', () => log('end, no close'));
    await tick(); await tick();
    log(n.destroyed);
  }
  { // construct
    const r = new Readable({ construct(cb) { log('construct'); setImmediate(cb); }, read() { log('read'); this.push('x'); this.push(null); } });
    r.on('data', (d) => log(String(d)));
    r.on('close', () => log('close c'));
    await tick(); await tick(); await tick();
    const f = new Readable({ construct(cb) { cb(new Error('no construct')); }, read() {} });
    f.on('error', (e) => log(e.message));
    f.on('close', () => log('close f'));
    await tick();
    const d = new Readable({ construct(cb) { setImmediate(cb); }, read() {}, destroy(e, cb) { log('destroy after construct'); cb(e); } });
    d.destroy();
    d.on('close', () => log('close d'));
    log('before');
    await tick(); await tick();
  }
  { // wrap an old stream
    const EE = require('events');
    const old = new EE();
    old.pause = () => log('old pause'); old.resume = () => log('old resume'); old.extra = () => 'extra';
    const r = new Readable({ highWaterMark: 2 }).wrap(old);
    log(r.extra());
    old.emit('data', Buffer.from('abc'));
    old.emit('data', Buffer.from('def'));
    r.on('data', (d) => log('wrapped', String(d)));
    await tick();
    old.emit('end');
    r.on('end', () => log('wrapped end'));
    await tick();
  }
  { // removeAllListeners, listenerCount, eventNames
    const r = new Readable({ read() {} });
    log(r.eventNames(), r.listenerCount('data'));
    r.on('data', () => {}); r.on('readable', () => {});
    log(r.eventNames());
    r.removeAllListeners();
    await tick();
    log(r.eventNames(), r.readableFlowing);
  }
  { // many small chunks through a partial read
    const r = new Readable({ read() {}, highWaterMark: 1e6 });
    for (let i = 0; i < 3000; i++) r.push(Buffer.from([i & 255]));
    r.push(null);
    let total = 0; let part;
    while ((part = r.read(7)) !== null) total += part.length;
    log('total', total);
  }
}
main();

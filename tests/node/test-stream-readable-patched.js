'use strict';
// The short ways of readable streams stand aside for whatever a program has put in their place.
const { Readable, Duplex, PassThrough } = require('stream');
const log = [];
const say = (...args) => log.push(args.join(' '));
const tick = () => new Promise((resolve) => setImmediate(resolve));

async function run(name, make) {
  log.length = 0;
  await make();
  for (let k = 0; k < 6; k++) await tick();
  console.log(`${name}: ${log.join(', ')}`);
}
const source = (chunks, options) => new Readable({ ...options, read() { this.push(chunks.length > 0 ? chunks.shift() : null); } });
const listen = (r) => r.on('data', (d) => say('data', d)).on('end', () => say('end')).on('close', () => say('close'))
  .on('error', (e) => say('error', e.message));

(async () => {
  await run('plain', () => listen(source([Buffer.from('a'), 'b', new Uint8Array([99])])));
  await run('objects', () => listen(source([1, { toString: () => 'two' }, 'three'], { objectMode: true })));
  await run('emit of its own', () => {
    const r = source([Buffer.from('a')]);
    r.emit = function(event, ...args) {
      say(`<${event}>`);
      return Readable.prototype.emit.call(this, event, ...args);
    };
    listen(r);
  });
  await run('read of its own', () => {
    const r = source([Buffer.from('a'), Buffer.from('b')]);
    r.read = function(n) {
      say(`read(${n})`);
      return Readable.prototype.read.call(this, n);
    };
    listen(r);
  });
  await run('resume of its own', () => {
    const r = source([Buffer.from('a')]);
    r.resume = function() {
      say('resume()');
      return Readable.prototype.resume.call(this);
    };
    listen(r);
  });
  await run('on of all emitters', () => {
    const EventEmitter = require('events');
    const { on } = EventEmitter.prototype;
    EventEmitter.prototype.on = function(event, listener) {
      say(`on(${String(event)})`);
      return on.call(this, event, listener);
    };
    try {
      listen(source([Buffer.from('a')]));
    } finally {
      EventEmitter.prototype.on = on;
    }
  });
  await run('nextTick of its own', async () => {
    const { nextTick } = process;
    let count = 0;
    process.nextTick = function(fn, ...args) {
      count++;
      return nextTick.call(process, fn, ...args);
    };
    try {
      listen(source([Buffer.from('a')]));
      for (let k = 0; k < 4; k++) await tick();
    } finally {
      process.nextTick = nextTick;
    }
    say(count > 2);
  });
  await run('destroy of its own', () => {
    const r = source([Buffer.from('a')]);
    r._destroy = (error, callback) => {
      say('_destroy');
      setImmediate(callback, error);
    };
    listen(r);
  });
  await run('destroy patched', () => {
    const r = source([Buffer.from('a')]);
    const { destroy } = r;
    r.destroy = function(error) {
      say('destroy()');
      return destroy.call(this, error);
    };
    listen(r);
  });
  await run('no autoDestroy', () => listen(source([Buffer.from('a')], { autoDestroy: false })));
  await run('no emitClose', () => listen(source([Buffer.from('a')], { emitClose: false })));
  await run('duplex', () => {
    const d = new Duplex({ read() { this.push(null); }, write(c, e, cb) { cb(); }, allowHalfOpen: false });
    listen(d).on('finish', () => say('finish'));
  });
  await run('throws in read', () => {
    const r = new Readable({ read() { throw new Error('no'); } });
    r.push('x');
    listen(r);
  });
  await run('destroyed in data', () => {
    const r = source([Buffer.from('a'), Buffer.from('b')]);
    listen(r).on('data', () => r.destroy());
  });
  await run('paused in data', async () => {
    const r = source([Buffer.from('a'), Buffer.from('b')]);
    listen(r).once('data', () => r.pause());
    await tick();
    say(r.readableLength, r.isPaused(), r.readableFlowing);
    r.resume();
  });
  await run('paused in resume', async () => {
    const r = new Readable({ read() {} });
    r.push('a');
    r.on('resume', () => r.pause());
    listen(r);
    await tick();
    say(r.readableLength, r.readableFlowing);
    r.removeAllListeners('resume');
    r.resume();
    r.push(null);
  });
  await run('queue of its own', () => {
    const r = new Readable({ read() {} });
    r.push(Buffer.from('a'));
    r.readableBuffer.push(Buffer.from('b'));
    r._readableState.length = 2;
    listen(r);
    r.push(null);
  });
  await run('pushed in data', () => {
    const r = new Readable({ read() {} });
    let n = 0;
    listen(r).on('data', () => { if (++n < 3) r.push(`p${n}`); else if (n === 3) r.push(null); });
    r.push('start');
  });
  await run('after the end', () => {
    const r = listen(new Readable({ read() {} }));
    say(r.push(Buffer.from('a')), r.push(null), r.push(null), r.push(Buffer.from('b')));
  });
  await run('encoding', () => {
    const r = source([Buffer.from([0xe2, 0x82]), Buffer.from([0xac]), Buffer.from('!')]);
    listen(r.setEncoding('utf8'));
  });
  await run('wants', () => {
    const r = new Readable({ read() {}, highWaterMark: 3 });
    say(r.push(Buffer.from('a')), r.push(Buffer.from('b')), r.push(Buffer.from('c')), r.push(Buffer.alloc(0)));
    say(r.readableLength, r.readableBuffer.length);
  });
  await run('properties added to a state', () => {
    const r = new Readable({ read() {} });
    r._readableState.extra1 = 1;
    r._readableState.extra2 = 2;
    listen(r);
    r.push(Buffer.from('a'));
    delete r._readableState.extra1;
    r.push(null);
  });
  await run('through', () => {
    const p = new PassThrough();
    listen(p);
    p.write('a');
    p.end('b');
  });
  await run('readable and data', () => {
    const r = source([Buffer.from('a'), Buffer.from('b')]);
    r.on('readable', () => { while (r.read() !== null); });
    listen(r);
  });
  console.log(Readable.prototype.push.length, Readable.prototype.on.length, Readable.prototype.resume.length,
              Readable.prototype.on === Readable.prototype.addListener);
})();

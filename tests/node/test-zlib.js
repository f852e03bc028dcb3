// zlib: streams, one-shot forms, options, errors, flush.
'use strict';
const z = require('zlib');
const { pipeline } = require('stream/promises');
const { Readable, Writable } = require('stream');
const util = require('util');
const log = (...args) => console.log(...args);
const f = (n, fn) => { try { log(n, 'ok', fn()); } catch (e) { log(n, e.name, e.code, e.errno, e.message, Object.keys(e).join()); } };
async function main() {
  const text = 'The quick brown fox jumps over the lazy dog. '.repeat(50);
  for (const [c, d] of [['gzip', 'gunzip'], ['deflate', 'inflate'], ['deflateRaw', 'inflateRaw'], ['gzip', 'unzip'], ['deflate', 'unzip']]) {
    const small = z[`${c}Sync`](text);
    log(c, small.length < 150, z[`${d}Sync`](small).toString() === text);
    const async_ = await util.promisify(z[c])(text); log(async_.equals(small), (await util.promisify(z[d])(async_)).toString() === text);
    const parts = []; await pipeline(Readable.from([Buffer.from(text), Buffer.from(text)]), z[`create${c[0].toUpperCase()}${c.slice(1)}`]({ chunkSize: 64 }), z[`create${d[0].toUpperCase()}${d.slice(1)}`](), new Writable({ write(chunk, e, cb) { parts.push(chunk); cb(); } })); log(Buffer.concat(parts).toString() === text + text);
  }
  f(1, () => z.gunzipSync('nope')); f(2, () => z.gunzipSync(z.gzipSync('abc').subarray(0, 10))); f(3, () => z.createGzip({ level: 10 })); f(4, () => z.createGzip({ windowBits: 99 })); f(5, () => z.createGzip({ chunkSize: 1 })); f(6, () => z.createGzip({ memLevel: 0 })); f(7, () => z.createGzip({ strategy: 9 })); f(8, () => z.createGzip({ flush: 99 }));
  f(9, () => z.createGzip({ dictionary: 5 })); f(10, () => z.gzipSync(5)); f(11, () => z.gzip('x')); const dict = Buffer.from('abc'); f(12, () => z.inflateSync(z.deflateSync('x', { dictionary: dict }))); f(13, () => z.inflateSync(z.deflateSync('x', { dictionary: dict }), { dictionary: Buffer.from('abd') })); f(14, () => z.gunzipSync(z.gzipSync(Buffer.alloc(1000)), { maxOutputLength: 10 }));
  f(15, () => z.crc32('hello')); f(16, () => z.crc32(5)); f(17, () => z.crc32('a', -1)); f(18, () => z.gzipSync('x', { level: 'a' })); f(19, () => z.inflateRawSync(Buffer.from([255, 255]))); f(20, () => z.gzipSync('abc', { info: true }).engine.bytesWritten); f(21, () => z.unzipSync(z.deflateSync('a')).toString()); f(22, () => z.gunzipSync(Buffer.concat([z.gzipSync('a'), z.gzipSync('b')])).toString());
  f(23, () => z.gunzipSync(Buffer.concat([z.gzipSync('a'), Buffer.from([0, 0, 1])])).toString()); f(24, () => z.gunzipSync(Buffer.concat([z.gzipSync('a'), Buffer.from([31, 139, 1])])).toString()); f(25, () => z.inflateSync(Buffer.alloc(0))); f(26, () => z.createGzip({ windowBits: 8 })); f(28, () => z.gunzipSync(z.gzipSync(new ArrayBuffer(3)))); f(30, () => `${Object.keys(z.codes).length} ${z.codes[0]} ${z.codes.Z_OK}`);
  f(31, () => z.createInflate({ windowBits: 0 }) && 1); f(32, () => z.createGunzip({ windowBits: 1 })); f(33, () => z.createGzip({ finishFlush: 7 })); f(34, () => z.createGzip({ maxOutputLength: 0 })); f(35, () => z.deflateSync('a', { rejectGarbageAfterEnd: 1 })); f(36, () => z.inflateSync(z.deflateSync('dict abc', { dictionary: dict }), { dictionary: dict }).toString()); f(37, () => z.crc32(Buffer.from('llo'), z.crc32('he')) === z.crc32('hello'));
  f(38, () => z.gunzipSync(z.gzipSync(text, { level: 0 })).length === text.length); f(39, () => z.deflateRawSync('abc').equals(z.deflateRawSync(Buffer.from('abc'))));
  const err = await util.promisify(z.gunzip)('nope').catch((e) => e); log(err.code, err.errno, err.message);
  await new Promise((done) => { const g = z.createGunzip(); g.on('error', (e) => log('error', e.code, e.message, g.destroyed)); g.on('close', () => { log('close'); done(); }); g.write('bad'); g.write('more'); });
  await new Promise((done) => { const c = z.createGzip(); let n = 0; c.on('data', (d) => { n += d.length; }); c.write('hello'); c.flush(() => { log('flushed', c.bytesWritten, n > 10); c.close(() => { log('closed', c.destroyed); done(); }); }); });
  await new Promise((done) => { const c = z.createDeflate({ level: 0 }); const out = []; c.on('data', (d) => out.push(d)); c.on('end', () => { log(z.inflateSync(Buffer.concat(out)).toString() === 'aa'.repeat(100)); done(); }); c.write('aa'.repeat(50)); c.params(9, z.constants.Z_DEFAULT_STRATEGY, () => { c.end('aa'.repeat(50)); }); });
  { const big = Buffer.alloc(3e6); for (let i = 0; i < big.length; i++) big[i] = (i * 2654435761) >>> 24; const back = await util.promisify(z.gunzip)(await util.promisify(z.gzip)(big)); log(back.equals(big)); }
  await util.promisify(z.inflate)(Buffer.from([1])).catch((e) => log(e.code)); await new Promise((done) => z.gunzip(z.gzipSync(Buffer.alloc(1000)), { maxOutputLength: 10 }, (e) => { log(e.code, e.message); done(); }));
  { const r = z.createGzip(); r.end(text); const t = []; for await (const c of r) t.push(c); log(z.gunzipSync(Buffer.concat(t)).length); }
  log(z.constants.Z_BEST_SPEED, z.Z_BEST_SPEED, Object.keys(z.constants).length > 100, z.createGzip() instanceof z.Gzip);
}
main();

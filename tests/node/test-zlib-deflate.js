// SPDX-License-Identifier: MIT
// Compressors: every level, strategy and window; flushes, parameters changed on the way, dictionaries, small outputs.
'use strict';
const zlib = require('zlib');
const { constants: c } = zlib;
let seed = 26;
const random = (n) => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0, (seed >>> 8) % n);
const noise = Buffer.from(Array.from({ length: 70000 }, () => random(256)));
const words = Buffer.from(Array.from({ length: 20000 }, () => 'w' + random(300)).join(' '));
const source = Buffer.from('function f() { return ' + Function.prototype.toString.call(random) + '; }\n'.repeat(30));
const inputs = {
  empty: Buffer.alloc(0), one: Buffer.from('a'), three: Buffer.from('abcabcabc'), source, words, noise,
  same: Buffer.alloc(200000, 97), mixed: Buffer.concat([words, noise, words, Buffer.alloc(40000), noise.subarray(3)]),
  far: Buffer.concat([noise.subarray(0, 32000), words.subarray(0, 700), noise.subarray(0, 32000)]),
};
const inverse = { deflate: 'inflate', gzip: 'gunzip', deflateRaw: 'inflateRaw' };
for (const [name, bytes] of Object.entries(inputs)) {
  const wrong = [];
  for (let level = -1; level <= 9; level++) {
    for (let strategy = c.Z_DEFAULT_STRATEGY; strategy <= c.Z_FIXED; strategy++) {
      for (const windowBits of level % 4 === 1 ? [9, 12, 15] : [15]) {
        const options = { level, strategy, windowBits, memLevel: 1 + random(9) };
        for (const method in inverse) {
          const small = zlib[method + 'Sync'](bytes, options);
          if (!zlib[inverse[method] + 'Sync'](small, { windowBits }).equals(bytes)) wrong.push([method, options]);
          if (small.length > bytes.length + 40 + 10 * (bytes.length >> 6)) wrong.push(['size', small.length, options]);
        }
      }
    }
  }
  const sizes = [1, 6, 9].map((level) => zlib.deflateSync(bytes, { level }).length);
  console.log(name, wrong, sizes[0] + 8 >= sizes[1] && sizes[1] + 8 >= sizes[2]);
}
console.log('ratio', words.length / zlib.gzipSync(words).length > 2.5, 200000 / zlib.gzipSync(inputs.same).length > 500);
console.log(zlib.gzipSync('', { level: 9 }).toString('hex'), zlib.deflateSync('', { level: 0 }).toString('hex'));
console.log(zlib.deflateSync('a', { windowBits: 8 }).toString('hex'), zlib.deflateRawSync('').toString('hex'));

const write = (stream, bytes) => new Promise((done) => stream.write(bytes, done));
const flush = (stream, kind) => new Promise((done) => (kind === undefined ? stream.flush(done) : stream.flush(kind, done)));
const params = (stream, level, strategy) =>
  new Promise((done, fail) => stream.params(level, strategy, (err) => (err ? fail(err) : done())));
function collect(stream) {
  const parts = [];
  stream.on('data', (part) => parts.push(part));
  return { ended: new Promise((done) => stream.on('end', () => done(Buffer.concat(parts)))), now: () => Buffer.concat(parts) };
}
async function main() {
  for (const kind of ['Z_PARTIAL_FLUSH', 'Z_SYNC_FLUSH', 'Z_FULL_FLUSH', 'Z_BLOCK']) {
    for (const chunkSize of [64, 1000, 16384]) {
      const stream = zlib.createDeflateRaw({ chunkSize });
      const out = collect(stream);
      let complete = true;
      for (let at = 0; at < words.length; at += 9000) {
        await write(stream, words.subarray(at, at + 9000));
        await flush(stream, c[kind]);
        if (kind === 'Z_SYNC_FLUSH' || kind === 'Z_FULL_FLUSH') {
          const sofar = out.now();
          const back = zlib.inflateRawSync(sofar, { finishFlush: c.Z_SYNC_FLUSH });
          complete &&= sofar.subarray(-4).toString('hex') === '0000ffff' && back.length === Math.min(at + 9000, words.length);
        }
      }
      stream.end();
      console.log(kind, chunkSize, complete, zlib.inflateRawSync(await out.ended).equals(words));
    }
  }
  {
    const stream = zlib.createDeflateRaw();
    const out = collect(stream);
    await write(stream, words);
    await flush(stream, c.Z_FULL_FLUSH);
    const first = out.now().length;
    stream.end(words);
    const all = await out.ended;
    console.log('restart', zlib.inflateRawSync(all.subarray(first)).equals(words), zlib.inflateRawSync(all).length);
  }
  for (const wrapping of ['Gzip', 'Deflate']) {
    const stream = zlib['create' + wrapping]({ chunkSize: 100 });
    const out = collect(stream), all = [];
    for (let k = 0; k < 40; k++) {
      const from = random(inputs.mixed.length), part = inputs.mixed.subarray(from, from + random(9000));
      all.push(part);
      await write(stream, part);
      if (k % 3 === 0) await params(stream, random(10), random(5));
      if (k % 7 === 0) await flush(stream);
    }
    stream.end();
    console.log('parameters', wrapping, zlib.unzipSync(await out.ended).equals(Buffer.concat(all)));
  }
  for (const dictionary of [Buffer.from('w1 w2 w3 w4 w5 '), words.subarray(0, 32768), words]) {
    const small = zlib.deflateSync(words, { dictionary }), raw = zlib.deflateRawSync(words, { dictionary });
    console.log('dictionary', zlib.inflateSync(small, { dictionary }).equals(words),
      zlib.inflateRawSync(raw, { dictionary }).equals(words));
  }
  {
    const stream = zlib.createDeflate();
    const out = collect(stream);
    await write(stream, words.subarray(0, 100));
    await flush(stream);
    const first = out.now();
    stream.reset();
    stream.end(words.subarray(0, 100));
    const second = (await out.ended).subarray(first.length);
    console.log('reset', zlib.inflateSync(second).equals(words.subarray(0, 100)), second[0] === 0x78);
  }
  {
    const stream = zlib.createGzip({ level: 0 });
    const out = collect(stream);
    await write(stream, 'stored');
    console.log('waits', out.now().length);
    await flush(stream, c.Z_FULL_FLUSH);
    await flush(stream, c.Z_FULL_FLUSH);
    console.log('once', out.now().subarray(10).toString('hex'));
    stream.end();
    console.log(zlib.gunzipSync(await out.ended).toString());
  }
}
main();

// SPDX-License-Identifier: MIT
// Much output of little input: its pieces, errors behind some of them, slow readers, ends in between.
'use strict';
const zlib = require('zlib');
const { once } = require('events');
const text = Buffer.from(Array.from({ length: 60000 }, (_, k) => `line ${k} ${k * 7919 % 1000}\n`).join(''));
const small = zlib.gzipSync(text);
const pieces = (stream) => {
  const sizes = [];
  stream.on('data', (part) => sizes.push(part.length));
  return sizes;
};
const short = (sizes) => `${sizes.length} ${sizes[0]} ${sizes.at(-1)} ${sizes.reduce((a, b) => a + b, 0)}`;
async function main() {
  for (const options of [{}, { chunkSize: 20000 }, { chunkSize: 100000 }, { chunkSize: 4096 }]) {
    const stream = zlib.createGunzip(options), sizes = pieces(stream);
    stream.end(small);
    await once(stream, 'end');
    console.log('all', short(sizes), stream.bytesWritten === small.length);
  }
  for (const at of [100, 20000, 60000, small.length - 6]) {
    const bad = Buffer.from(small);
    bad.fill(255, at, at + 5);
    const stream = zlib.createGunzip(), sizes = pieces(stream);
    stream.end(bad);
    const [err] = await once(stream, 'error');
    console.log('damaged', err.code, stream.destroyed, sizes.every((size) => size === 16384) || sizes.length < 2);
  }
  {
    const stream = zlib.createGunzip(), sizes = pieces(stream);
    stream.end(small.subarray(0, 50000));
    const [err] = await once(stream, 'error');
    console.log('cut', err.code, err.message, sizes.length > 3);
  }
  {
    const stream = zlib.createGunzip({ highWaterMark: 20000 });
    stream.end(small);
    let total = 0, last = Buffer.alloc(0);
    for await (const part of stream) {
      await new Promise(setImmediate);
      total += part.length;
      last = part;
    }
    console.log('slowly', total === text.length, last.subarray(-8).toString().endsWith('\n'));
  }
  {
    const stream = zlib.createGunzip();
    let count = 0;
    stream.on('data', () => {
      if (++count === 2) stream.destroy();
    });
    stream.end(small);
    await once(stream, 'close');
    console.log('destroyed', count);
  }
  {
    const stream = zlib.createGunzip();
    stream.write(small);
    await once(stream, 'readable');
    stream.close();
    await once(stream, 'close');
    console.log('closed');
  }
  {
    const noise = Buffer.from(Array.from({ length: 300000 }, (_, k) => Math.imul(k, 2654435761) >>> (8 + k % 13)));
    for (const method of ['Gzip', 'DeflateRaw', 'BrotliCompress', 'ZstdCompress']) {
      const stream = zlib['create' + method](), parts = [];
      stream.on('data', (part) => parts.push(part));
      stream.write(noise.subarray(0, 200000));
      stream.flush(() => stream.end(noise.subarray(200000)));
      await once(stream, 'end');
      const back = { Gzip: 'gunzip', DeflateRaw: 'inflateRaw', BrotliCompress: 'brotliDecompress', ZstdCompress: 'zstdDecompress' };
      const out = await new Promise((done, fail) => zlib[back[method]](Buffer.concat(parts), (err, all) => (err ? fail(err) : done(all))));
      console.log(method, out.equals(noise));
    }
  }
  zlib.gunzip(small, { maxOutputLength: 100000 }, (err) => console.log(err.code));
}
main();

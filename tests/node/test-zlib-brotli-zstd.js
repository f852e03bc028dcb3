// brotli and zstd: round trips in every form, flushes, parameters, frames one after the other, and what is refused.
'use strict';
const zlib = require('node:zlib');
const { pipeline } = require('node:stream/promises');
const { Readable } = require('node:stream');
const { promisify } = require('node:util');
const { AsyncLocalStorage } = require('node:async_hooks');

const text = Buffer.from('The quick brown fox jumps over the lazy dog. '.repeat(5000));
const c = zlib.constants;

function attempt(name, fn) {
  try {
    const result = fn();
    console.log(name, Buffer.isBuffer(result) ? `${result.length} bytes` : result);
  } catch (error) {
    console.log(name, error.name, error.code, error.errno, error.message);
  }
}

async function main() {
  for (const kind of ['brotli', 'zstd']) {
    const compress = zlib[`${kind}CompressSync`], decompress = zlib[`${kind}DecompressSync`];
    const Upper = kind[0].toUpperCase() + kind.slice(1);
    const packed = compress(text);
    console.log(kind, packed.length < text.length / 50, decompress(packed).equals(text));
    console.log(decompress(compress('')).length, decompress(compress(new Uint16Array([1, 2]))).toString('hex'));
    console.log((await promisify(zlib[`${kind}Decompress`])(await promisify(zlib[`${kind}Compress`])(text))).equals(text));

    let size = 0;
    await pipeline(Readable.from(Array.from({ length: 300 }, () => text)), zlib[`create${Upper}Compress`](),
                   zlib[`create${Upper}Decompress`]({ chunkSize: 64 * 1024 }), async (source) => {
      for await (const piece of source) size += piece.length;
    });
    console.log('piped', size === text.length * 300);

    // A flush makes everything written so far readable.
    const stream = zlib[`create${Upper}Compress`](), back = zlib[`create${Upper}Decompress`]();
    stream.pipe(back);
    stream.write('first');
    await new Promise((resolve) => stream.flush(resolve));
    const [first] = await require('node:events').once(back, 'data');
    console.log('flushed', first.toString());
    stream.end('second');
    console.log('rest', (await back.toArray()).join(''));

    attempt('garbage', () => decompress(Buffer.from('garbage!!')));
    attempt('truncated', () => decompress(packed.subarray(0, packed.length - 3)));
    attempt('nothing', () => decompress(Buffer.alloc(0)));
    attempt('limit', () => decompress(packed, { maxOutputLength: 100 }));
    attempt('flush range', () => new zlib[`${Upper}Compress`]({ flush: 9 }));
    attempt('unknown parameter', () => compress('x', { params: { 9999: 1 } }));
    attempt('parameter type', () => compress('x', { params: { [kind === 'zstd' ? c.ZSTD_c_windowLog : c.BROTLI_PARAM_LGWIN]: 'x' } }));
    zlib[`${kind}Decompress`](Buffer.from('garbage!!'), (error) => console.log('asynchronous', error.code, error.message));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  attempt('quality', () => zlib.brotliCompressSync(text, { params: { [c.BROTLI_PARAM_QUALITY]: 0 } }).length >
    zlib.brotliCompressSync(text, { params: { [c.BROTLI_PARAM_QUALITY]: 9, [c.BROTLI_PARAM_SIZE_HINT]: text.length } }).length);
  attempt('level', () => zlib.zstdDecompressSync(zlib.zstdCompressSync(text, { params: { [c.ZSTD_c_compressionLevel]: 19, [c.ZSTD_c_checksumFlag]: 1 } })).equals(text));
  attempt('window', () => zlib.zstdCompressSync('x', { params: { [c.ZSTD_c_windowLog]: 1 } }));
  attempt('frames', () => zlib.zstdDecompressSync(Buffer.concat([zlib.zstdCompressSync('abc'), zlib.zstdCompressSync('def')])).toString());
  attempt('pledged', () => zlib.zstdCompressSync('xyz', { pledgedSrcSize: 'a' }));
  const dictionary = text.subarray(0, 200);
  attempt('dictionary', () => zlib.zstdDecompressSync(zlib.zstdCompressSync('lazy dog jumps', { dictionary }), { dictionary }).toString());
  attempt('dictionary missing', () => zlib.zstdDecompressSync(zlib.zstdCompressSync('The quick brown fox jumps over the lazy', { dictionary })).toString() !== 'x');

  // The async context of whoever made the stream comes with its events.
  const storage = new AsyncLocalStorage();
  storage.run('here', () => zlib.gzip('x', () => console.log('context', storage.getStore())));
}
main();

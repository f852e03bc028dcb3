// SPDX-License-Identifier: MIT
// Backpressure of what runs inside the process: streams, files, compression, ciphers, web streams, readline, processes, threads.
// By hand: culm test-backpressure-streams.js 1024
'use strict';
// not sanitized: AddressSanitizer keeps what is freed for a while

const { spawn } = require('node:child_process');
const crypto = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const readline = require('node:readline');
const stream = require('node:stream');
const { pipeline } = require('node:stream/promises');
const { Worker } = require('node:worker_threads');
const zlib = require('node:zlib');
const { piece, runKinds } = require('./fixtures/backpressure.js');

const through = (...make) => (passage) => pipeline(passage.source(), ...make.map((each) => each()), passage.sink());
const fast = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 0 } };
const quick = { params: { [zlib.constants.ZSTD_c_windowLog]: 10 } };
const key = Buffer.alloc(32, 1), iv = Buffer.alloc(16, 2);

async function withFile(work) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-backpressure-'));
  try {
    await work(path.join(folder, 'file'));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

// Pieces as a web stream is asked for them.
const webSource = (passage) => new ReadableStream({
  pull(controller) {
    const next = passage.next();
    if (next) controller.enqueue(next);
    else controller.close();
  },
});
const webSink = (passage) => new WritableStream({ write: (chunk) => passage.take(chunk.byteLength) });

runKinds({
  'pipeline': through(),
  'PassThrough, three': through(() => new stream.PassThrough(), () => new stream.PassThrough(), () => new stream.PassThrough()),
  'compose': through(() => stream.compose(new stream.PassThrough(), new stream.PassThrough())),
  'Duplex.from a generator': through(() => stream.Duplex.from(async function* pass(source) { yield* source; })),
  'Readable.from a generator': (passage) => pipeline(stream.Readable.from((function* pieces() {
    for (let next; (next = passage.next());) yield next;
  })(), { objectMode: false }), passage.sink()),
  'operators map and filter': (passage) => passage.drain(passage.source().map((chunk) => chunk).filter(() => true)),
  'duplexPair': async (passage) => {
    const [one, other] = stream.duplexPair();
    await Promise.all([pipeline(passage.source(), one), pipeline(other.end(), passage.sink())]);
  },
  'write and drain': async (passage) => {
    const sink = passage.sink();
    const finished = stream.promises.finished(sink);
    for (let next; (next = passage.next());) {
      if (!sink.write(next)) await new Promise((resolve) => sink.once('drain', resolve));
    }
    sink.end();
    await finished;
  },
  'fs read stream': (passage) => withFile(async (file) => {
    fs.writeFileSync(file, '');
    fs.truncateSync(file, passage.total);
    const reader = fs.createReadStream(file);
    await passage.drain((async function* counted() {
      let before = 0;
      for await (const chunk of reader) {
        passage.count(reader.bytesRead - before, 0);
        before = reader.bytesRead;
        yield chunk;
      }
    })());
  }),
  'fs write stream': (passage) => withFile(async (file) => {
    const source = passage.source();
    const writer = fs.createWriteStream(file);
    let before = 0;
    const settle = () => {
      passage.take(writer.bytesWritten - before);
      before = writer.bytesWritten;
    };
    source.on('data', settle).pause();
    await pipeline(source, writer);
    settle();
  }),
  'FileHandle web stream': (passage) => withFile(async (file) => {
    fs.writeFileSync(file, '');
    fs.truncateSync(file, passage.total);
    const handle = await fs.promises.open(file);
    for await (const chunk of handle.readableWebStream()) {
      passage.count(chunk.byteLength, 0);
      await passage.take(chunk.byteLength);
    }
    await handle.close();
  }),
  'gzip': through(() => zlib.createGzip({ level: 0 }), () => zlib.createGunzip()),
  'deflate raw': through(() => zlib.createDeflateRaw({ level: 0 }), () => zlib.createInflateRaw()),
  'brotli': through(() => zlib.createBrotliCompress(fast), () => zlib.createBrotliDecompress()),
  'zstd': through(() => zlib.createZstdCompress(quick), () => zlib.createZstdDecompress()),
  'cipher': through(() => crypto.createCipheriv('aes-256-ctr', key, iv), () => crypto.createDecipheriv('aes-256-ctr', key, iv)),
  'hash and hmac': async (passage) => {
    const source = passage.source();
    source.on('data', (chunk) => passage.take(chunk.length));
    await Promise.all([pipeline(source, crypto.createHash('sha1')), pipeline(source, crypto.createHmac('sha1', key))]);
  },
  'readline': async (passage) => {
    const line = `${'x'.repeat(1023)}\n`, many = line.repeat(64);
    passage.next = () => (passage.produced >= passage.total ? null : (passage.count(many.length, 0), many));
    for await (const text of readline.createInterface({ input: passage.source() })) {
      const rest = passage.take(text.length + 1);
      if (rest) await rest;
    }
  },
  'process, both ways': async (passage) => {
    const child = spawn('cat');
    await Promise.all([pipeline(passage.source(), child.stdin), pipeline(child.stdout, passage.sink())]);
  },
  'thread, both ways': async (passage) => {
    const worker = new Worker('process.stdin.pipe(process.stdout)', { eval: true, stdin: true, stdout: true });
    await Promise.all([pipeline(passage.source(), worker.stdin), pipeline(worker.stdout, passage.sink())]);
  },
  'web pipeTo': (passage) => webSource(passage).pipeTo(webSink(passage)),
  'web TransformStream': (passage) => webSource(passage).pipeThrough(new TransformStream()).pipeThrough(new TransformStream()).pipeTo(webSink(passage)),
  'web CompressionStream': (passage) => webSource(passage).pipeThrough(new CompressionStream('gzip')).pipeThrough(new DecompressionStream('gzip')).pipeTo(webSink(passage)),
  'web text streams': async (passage) => {
    const text = 'x'.repeat(65536);
    passage.next = () => (passage.produced >= passage.total ? null : (passage.count(text.length, 0), text));
    await webSource(passage).pipeThrough(new TextEncoderStream()).pipeThrough(new TextDecoderStream()).pipeTo(new WritableStream({ write: (chunk) => passage.take(chunk.length) }));
  },
  'web byte stream': (passage) => passage.drain(new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const next = passage.next();
      if (next) controller.enqueue(new Uint8Array(next));
      else controller.close();
    },
  })),
  'toWeb and fromWeb': (passage) => pipeline(stream.Readable.fromWeb(stream.Readable.toWeb(passage.source())), passage.sink()),
  'fromWeb, writing': (passage) => pipeline(passage.source(), stream.Writable.fromWeb(webSink(passage))),
  'Blob stream': async (passage) => {
    const blob = new Blob(Array.from({ length: passage.total / piece.length / 16 }, () => piece));
    for (let k = 0; k < 16; k++) {
      for await (const chunk of blob.stream()) {
        passage.count(chunk.length, 0);
        await passage.take(chunk.length);
      }
    }
  },
});

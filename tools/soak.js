// SPDX-License-Identifier: MIT
//
// A mixed soak: http, https, http2, upgraded connections, fetch, fs, crypto, timers, streams, zlib, processes and workers at
// once, for minutes.
//
//   build/culm tools/soak.js [minutes=10] [what,what...]
//
// Every ten seconds a line: time, resident set, rounds done. It ends with exit code 1 when the resident set is not
// what it was after the first minute, give or take 10 %. A list of names runs those parts only, which finds the part that leaks.
'use strict';

const { execFile } = require('node:child_process');
const crypto = require('node:crypto');
const fs = require('node:fs');
const http = require('node:http');
const http2 = require('node:http2');
const https = require('node:https');
const { once } = require('node:events');
const os = require('node:os');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { Readable, Transform } = require('node:stream');
const { pipeline } = require('node:stream/promises');
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');
const zlib = require('node:zlib');

if (!isMainThread) {
  parentPort.postMessage(crypto.createHash('sha256').update(workerData).digest('hex'));
  return;
}

const minutes = Number(process.argv[2] ?? 10);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-soak-'));
const body = crypto.randomBytes(64 * 1024);
const server = http.createServer(async (request, response) => {
  if (request.method === 'POST') {
    await pipeline(request, zlib.createGzip(), response);
  } else {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ url: request.url, headers: request.headers }));
  }
});

const fixtures = path.join(__dirname, '..', 'tests', 'node', 'fixtures', 'tls');
const pem = { key: fs.readFileSync(path.join(fixtures, 'server.key')), cert: fs.readFileSync(path.join(fixtures, 'server.crt')) };
const secure = https.createServer(pem, (request, response) => response.end('secure'));
const second = http2.createServer();
second.on('stream', (stream) => {
  stream.respond({ ':status': 200 });
  stream.pipe(stream);
});
// What a WebSocket server does: the connection is taken over and echoes.
server.on('upgrade', (request, socket) => {
  socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
  socket.pipe(socket);
});

function getOnce(module, options) {
  return new Promise((resolve, reject) => {
    const get = { host: '127.0.0.1', path: `/x${Math.random()}`, ...options };
    module.get(get, (response) => response.resume().on('end', resolve)).on('error', reject);
  });
}

const parts = {
  async http(port) {
    await Promise.all(Array.from({ length: 20 }, (_, k) => getOnce(http, { port, agent: k % 2 ? undefined : false })));
  },
  async https() {
    const given = { port: secure.address().port, rejectUnauthorized: false };
    await Promise.all(Array.from({ length: 4 }, (_, k) => getOnce(https, { ...given, agent: k % 2 ? undefined : false })));
  },
  async http2() {
    const session = http2.connect(`http://127.0.0.1:${second.address().port}`);
    await Promise.all(Array.from({ length: 10 }, async () => {
      const stream = session.request({ ':method': 'POST' });
      stream.end(body);
      let size = 0;
      for await (const chunk of stream) size += chunk.length;
      if (size !== body.length) throw new Error('http2');
    }));
    await new Promise((resolve) => session.close(resolve));
  },
  async upgrade(port) {
    const request = http.request({ port, host: '127.0.0.1', headers: { connection: 'Upgrade', upgrade: 'echo' } });
    request.end();
    const [, socket] = await once(request, 'upgrade');
    for (let k = 0; k < 5; k++) {
      socket.write(`message ${k}`);
      await once(socket, 'data');
    }
    socket.end();
    await once(socket.resume(), 'close');
  },
  async child() {
    await new Promise((resolve, reject) => execFile(process.execPath, ['-p', '6 * 7'], (error, out) => {
      if (error || out !== '42\n') reject(error ?? new Error('child'));
      else resolve();
    }));
    await sleep(100);
  },
  async fetch(port) {
    const posted = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body });
    if (!zlib.gunzipSync(Buffer.from(await posted.arrayBuffer())).equals(body)) throw new Error('body');
    await (await fetch(`http://127.0.0.1:${port}/json`)).json();
    const given = new AbortController();
    const aborted = fetch(`http://127.0.0.1:${port}/`, { signal: given.signal }).catch(() => {});
    given.abort();
    await aborted;
  },
  async fs() {
    const file = path.join(folder, `f${Math.random()}`);
    await fs.promises.writeFile(file, body);
    await pipeline(fs.createReadStream(file), fs.createWriteStream(`${file}.copy`));
    if ((await fs.promises.stat(`${file}.copy`)).size !== body.length) throw new Error('copy');
    fs.readFileSync(file);
    await Promise.all([fs.promises.rm(file), fs.promises.rm(`${file}.copy`), fs.promises.readdir(folder)]);
  },
  async crypto() {
    const key = crypto.randomBytes(32);
    const cipher = crypto.createCipheriv('aes-256-gcm', key, crypto.randomBytes(12));
    Buffer.concat([cipher.update(body), cipher.final()]);
    crypto.createHmac('sha256', key).update(body).digest('hex');
    await new Promise((resolve) => crypto.pbkdf2('p', key, 100, 32, 'sha256', resolve));
    const { privateKey } = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
    crypto.sign('sha256', body, privateKey);
    await crypto.subtle.digest('SHA-256', body);
  },
  async timers() {
    const cancelled = Array.from({ length: 500 }, () => setTimeout(() => {}, 1e6));
    await Promise.all(Array.from({ length: 100 }, (_, k) => sleep(k % 7)));
    cancelled.forEach(clearTimeout);
    await new Promise(setImmediate);
  },
  async streams() {
    let total = 0;
    const count = new Transform({ transform: (chunk, encoding, done) => done(null, (total += chunk.length, chunk)) });
    await pipeline(Readable.from(Array.from({ length: 100 }, () => body.subarray(0, 1000))), count, zlib.createGzip(), zlib.createGunzip(), async (source) => {
      for await (const chunk of source) total -= chunk.length;
    });
    if (total !== 0) throw new Error('streams');
    await new Response(new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
  },
  async workers() {
    await new Promise((resolve, reject) => {
      new Worker(__filename, { workerData: body }).on('error', reject).on('exit', resolve);
    });
    await sleep(100);
  },
};

const chosen = process.argv[3] ? process.argv[3].split(',') : Object.keys(parts);
const rounds = Object.fromEntries(chosen.map((name) => [name, 0]));
const start = Date.now();
const end = start + minutes * 60_000;

async function repeat(name, port) {
  while (Date.now() < end) {
    await parts[name](port);
    rounds[name]++;
    await sleep(5);
  }
}

server.listen(0, '127.0.0.1', async () => {
  await Promise.all([secure, second].map((other) => once(other.listen(0, '127.0.0.1'), 'listening')));
  const { port } = server.address();
  const megabytes = () => process.memoryUsage.rss() / 2 ** 20;
  let reference;
  const ticker = setInterval(() => {
    const seconds = Math.round((Date.now() - start) / 1000);
    if (seconds >= 60) reference ??= megabytes();
    console.log(`${seconds} s  ${megabytes().toFixed(1)} MB  ${JSON.stringify(rounds)}`);
  }, 10_000);
  await Promise.all(chosen.map((name) => repeat(name, port)));
  clearInterval(ticker);
  const last = megabytes();
  reference ??= last;
  const change = (last / reference - 1) * 100;
  console.log(`after a minute ${reference.toFixed(1)} MB, at the end ${last.toFixed(1)} MB: ${change.toFixed(1)} %`);
  fs.rmSync(folder, { recursive: true });
  for (const each of [server, secure]) {
    each.close();
    each.closeAllConnections();
  }
  second.close();
  process.exitCode = Math.abs(change) > 10 ? 1 : 0;
});

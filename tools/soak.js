// SPDX-License-Identifier: MIT
//
// A mixed soak: http, fetch, fs, crypto, timers, streams, zlib, processes and workers at once, for minutes.
//
//   build/culm tools/soak.js [minutes=10] [what,what...]
//
// Every ten seconds a line: time, resident set, rounds done. It ends with exit code 1 when the resident set is more than 10 % above
// what it was after the first minute. A list of names runs those parts only, which finds the part that leaks.
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const http = require('node:http');
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

function getOnce(port, agent) {
  return new Promise((resolve, reject) => {
    http.get({ port, host: '127.0.0.1', path: `/x${Math.random()}`, agent }, (response) => response.resume().on('end', resolve)).on('error', reject);
  });
}

const parts = {
  async http(port) {
    await Promise.all(Array.from({ length: 20 }, (_, k) => getOnce(port, k % 2 ? undefined : false)));
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
  server.close();
  server.closeAllConnections();
  process.exitCode = change > 10 ? 1 : 0;
});

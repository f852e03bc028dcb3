// A slow consumer holds back a server, and a slow server holds back fetch's upload: memory stays flat both ways.
// not sanitized: the sanitizer keeps freed memory, and what is measured is resident memory
'use strict';
const assert = require('assert');
const http = require('http');

const kTotal = 256 * 1024 * 1024;
const kChunk = 64 * 1024;
const kRoom = 100 * 1024 * 1024;
const rest = () => new Promise((resolve) => setTimeout(resolve, 1));
const rss = () => process.memoryUsage().rss;

const server = http.createServer(async (req, res) => {
  if (req.method === 'GET') {
    const chunk = Buffer.alloc(kChunk, 'x');
    for (let sent = 0; sent < kTotal; sent += kChunk) {
      if (!res.write(chunk)) await new Promise((resolve) => res.once('drain', resolve));
    }
    res.end();
    return;
  }
  let got = 0;
  let k = 0;
  for await (const chunk of req) {
    got += chunk.length;
    if (++k % 64 === 0) await rest();
  }
  res.end(`${got}`);
}).listen(0, async () => {
  const url = `http://127.0.0.1:${server.address().port}/`;
  const before = rss();
  let most = before;
  let got = 0;
  let k = 0;
  for await (const chunk of (await fetch(url)).body) {
    got += chunk.byteLength;
    if (++k % 64 === 0) {
      await rest();
      most = Math.max(most, rss());
    }
  }
  assert.strictEqual(got, kTotal);
  assert.ok(most - before < kRoom, `download grew by ${(most - before) >> 20} MB`);

  let made = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (made === kTotal) {
        controller.close();
        return;
      }
      made += kChunk;
      controller.enqueue(new Uint8Array(kChunk));
      most = Math.max(most, rss());
    },
  });
  const start = rss();
  most = start;
  const response = await fetch(url, { method: 'POST', body, duplex: 'half' });
  assert.strictEqual(await response.text(), `${kTotal}`);
  assert.ok(most - start < kRoom, `upload grew by ${(most - start) >> 20} MB`);
  server.close();
  server.closeAllConnections();
});

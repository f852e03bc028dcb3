// fetch's connections: kept and used again, replaced when the server closed them, given back by unread answers, ended by
// an abortion; the pool keeps no process alive.
'use strict';
const assert = require('assert');
const http = require('http');

let connections = 0;
const open = new Set();
const server = http.createServer((req, res) => {
  if (req.url === '/last') res.on('finish', () => setImmediate(() => req.socket.destroy()));
  if (req.url === '/hang') return;
  if (req.url === '/drip') {
    res.write('a');
    return;
  }
  res.end(req.url);
});
server.keepAliveTimeout = 60_000;
server.on('connection', (socket) => {
  connections++;
  open.add(socket);
  socket.on('close', () => open.delete(socket));
});
const tick = () => new Promise((resolve) => setImmediate(resolve));
const until = async (test) => { while (!test()) await tick(); };

server.listen(0, async () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  for (let k = 0; k < 5; k++) assert.strictEqual(await (await fetch(`${base}/a`)).text(), '/a');
  assert.strictEqual(connections, 1);

  // The server ends an idle connection: the next request does not fail for it.
  await (await fetch(`${base}/last`)).text();
  assert.strictEqual(await (await fetch(`${base}/b`)).text(), '/b');
  assert.strictEqual(await (await fetch(`${base}/b`, { method: 'PUT', body: 'x' })).text(), '/b');
  assert.ok(connections <= 3, `${connections}`);

  // Small answers nobody reads.
  const responses = [];
  for (let k = 0; k < 10; k++) responses.push(await fetch(`${base}/c`));
  for (const response of responses) await response.body.cancel();

  // Aborted before and during the answer.
  const ac = new AbortController();
  const hanging = fetch(`${base}/hang`, { signal: ac.signal });
  const dripping = await fetch(`${base}/drip`, { signal: ac.signal });
  const reader = dripping.body.getReader();
  assert.strictEqual((await reader.read()).value[0], 97);
  const next = reader.read();
  await tick();
  ac.abort(new Error('enough'));
  await assert.rejects(hanging, { message: 'enough' });
  await assert.rejects(next, { message: 'enough' });
  await until(() => open.size <= 1 || [...open].every((socket) => !socket.destroyed));

  // An upload that fails tells both sides.
  const failing = new ReadableStream({ pull(c) { c.error(new Error('no more')); } });
  await assert.rejects(fetch(base, { method: 'POST', body: failing, duplex: 'half' }), { name: 'TypeError', message: 'fetch failed' });

  // One signal for many requests warns of no leak.
  process.on('warning', (warning) => assert.fail(warning));
  const shared = new AbortController();
  await Promise.all(Array.from({ length: 40 }, async () => (await fetch(`${base}/d`, { signal: shared.signal })).text()));
  await tick();
  server.close();
});

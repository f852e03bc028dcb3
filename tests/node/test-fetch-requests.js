// SPDX-License-Identifier: MIT
'use strict';
// What fetch tells of the referrer, what a redirection to another origin does, and which methods and headers it sends.
const http = require('http');

const server = http.createServer((req, res) => {
  if (req.url.startsWith('/to/')) return res.writeHead(302, { location: req.url.slice(4) }).end();
  res.setHeader('x-y', 'z');
  const { referer, connection, 'sec-fetch-mode': mode, 'accept-encoding': codings } = req.headers;
  res.end(JSON.stringify([req.method, referer, connection, mode, codings, req.headers['content-length']]));
});
const other = http.createServer((req, res) => server.emit('request', req, res));

let base;
let elsewhere;
const shown = (value) => JSON.stringify(value)?.replaceAll(base, 'BASE').replaceAll(elsewhere, 'OTHER');

async function attempt(name, call) {
  try {
    console.log(name, shown(await call()));
  } catch (error) {
    const { cause } = error;
    console.log(name, error.name, error.message, cause?.name, cause?.code?.startsWith('HPE') ? '' : cause?.code, cause?.message);
  }
}

const policies = ['', 'no-referrer', 'origin', 'unsafe-url', 'same-origin', 'strict-origin', 'origin-when-cross-origin',
  'strict-origin-when-cross-origin', 'no-referrer-when-downgrade'];
const headers = [['transfer-encoding', 'chunked'], ['expect', '100-continue'], ['keep-alive', '1'], ['upgrade', 'x'],
  ['connection', 'close'], ['connection', 'keep-alive'], ['connection', 'foo'], ['Connection', 'Close, te'],
  ['content-length', 'a'], ['range', 'bytes=0-1'], ['sec-fetch-mode', 'x']];

async function main() {
  for (const referrer of ['http://x/a?b#c', 'https://x/a', `${base}/p`, 'http://u:p@x/a', 'about:client', '', 'data:,x']) {
    for (const referrerPolicy of policies) {
      const init = referrerPolicy === '' ? { referrer } : { referrer, referrerPolicy };
      await attempt(shown([referrer, referrerPolicy]), async () => (await (await fetch(base, init)).json())[1]);
    }
  }
  await attempt('referrer elsewhere', async () => (await fetch(`${base}/to/${elsewhere}`, { referrer: `${base}/p` })).json());
  for (const [name, path, init] of [
    ['to the same origin', '/to//z'], ['to another origin', `/to/${elsewhere}`],
    ['there and back', `/to/${elsewhere}/to/${base}`],
    ['without cors', `/to/${elsewhere}`, { mode: 'no-cors' }], ['same-origin only', `/to/${elsewhere}`, { mode: 'same-origin' }],
    ['with credentials', `/to/${base.replace('//', '//u:p@')}`],
    ['with credentials elsewhere', `/to/${elsewhere.replace('//', '//u:p@')}`],
  ]) {
    await attempt(name, async () => {
      const response = await fetch(base + path, init);
      return [response.type, response.status, (await response.text()).length > 0];
    });
  }
  for (const method of ['get', 'pOST', 'PATCH', 'Patch', 'delete', 'trace', 'm-search']) {
    await attempt(method, async () => {
      const response = await fetch(base, { method });
      return [response.status, await response.text()];
    });
  }
  for (const [name, value] of headers) {
    await attempt(`${name}: ${value}`, async () => (await fetch(base, { headers: { [name]: value } })).json());
  }
  for (const priority of ['high', 'x', 5, null]) {
    await attempt(`priority ${priority}`, () => new Request(base, { priority }).priority);
  }
  process.exit();
}

server.listen(0, '127.0.0.1', () => other.listen(0, '127.0.0.1', () => {
  base = `http://127.0.0.1:${server.address().port}`;
  elsewhere = `http://127.0.0.1:${other.address().port}`;
  main();
}));

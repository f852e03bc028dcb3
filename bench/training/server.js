// SPDX-License-Identifier: MIT
// http: a server with a few routes, asked over raw keep-alive connections as a load generator does, by http.request and by fetch.
'use strict';
const http = require('http'), net = require('net');
const routes = [[/^\/users\/([^/]+)$/, (req, res, id) => { res.setHeader('Content-Type', 'application/json; charset=utf-8'); res.end(JSON.stringify({ id, agent: req.headers['user-agent'] })); }],
  [/^\/echo$/, (req, res) => {
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString());
      res.writeHead(200, { 'Content-Type': 'application/json', 'X-Count': body.list.length });
      res.end(JSON.stringify(body));
    });
  }],
  [/^\/stream$/, (req, res) => { res.write('some '); res.write(Buffer.from('more ')); setImmediate(() => res.end('text')); }],
  [/^\/$/, (req, res) => { res.setHeader('Content-Type', 'text/plain'); res.end('Hello, World!\n'); }]];
const server = http.createServer((req, res) => {
  for (const [pattern, handler] of routes) {
    const found = pattern.exec(req.url.split('?')[0]);
    if (found) return handler(req, res, found[1]);
  }
  res.statusCode = 404;
  res.end();
});
const body = JSON.stringify({ list: Array.from({ length: 30 }, (_, i) => ({ i, name: `name ${i}` })), text: 'ä'.repeat(50) });
const heads = 'Host: localhost\r\nUser-Agent: training\r\nAccept: */*\r\nAccept-Encoding: gzip\r\n';
const requests = ['/', '/users/42', '/', '/echo', '/users/jane?x=1', '/stream', '/', '/nothing'].map((url) => url === '/echo' ?
  `POST ${url} HTTP/1.1\r\n${heads}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}` : `GET ${url} HTTP/1.1\r\n${heads}\r\n`);
function raw(port, rounds) {
  return new Promise((resolve) => {
    let sent = 0;
    const socket = net.connect(port, '127.0.0.1');
    const next = () => { if (sent++ < rounds) socket.write(requests[sent % requests.length]); else socket.end(); };
    let text = '';
    socket.on('connect', next).on('data', (data) => {
      text += data.latin1Slice();
      if (text.includes('chunked') && !text.endsWith('\r\n0\r\n\r\n')) return; // pieces of a chunked one; the others come whole
      text = '';
      next();
    });
    socket.on('close', () => resolve(sent));
  });
}
function ask(port, agent, url) {
  return new Promise((resolve, reject) => http.get({ port, agent, path: url }, (res) => { let text = ''; res.setEncoding('utf8').on('data', (d) => { text += d; }).on('end', () => resolve(text.length)); }).on('error', reject));
}
server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address(), agent = new http.Agent({ keepAlive: true });
  let total = (await Promise.all(Array.from({ length: 16 }, () => raw(port, 500)))).reduce((a, b) => a + b);
  for (let i = 0; i < 300; i++) total += await ask(port, agent, i % 2 ? '/' : '/stream');
  for (let i = 0; i < 100; i++) total += (await (await fetch(`http://127.0.0.1:${port}/echo`, { method: 'POST', body })).json()).list.length;
  console.log(total);
  process.exit(0);
});

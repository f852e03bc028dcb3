'use strict';
// IncomingMessage.signal is aborted when the exchange is cut off, not when it ends.

const http = require('http'),
  net = require('net');
const { told, soon } = require('./fixtures/abort');
const srv = http
  .createServer((req, res) => {
    const n = req.url;
    const s = req.signal;
    s.addEventListener('abort', () => console.log(n, 'abort', req.complete, req.readableEnded, req.destroyed));
    for (const e of ['close', 'end', 'aborted', 'error']) req.on(e, () => console.log(n, 'req', e, s.aborted));
    res.on('close', () => console.log(n, 'res close', s.aborted));
    if (/r/.test(n)) req.resume();
    if (/w/.test(n)) res.write('x');
    if (/e/.test(n)) res.end('x');
    if (/k/.test(n)) setTimeout(() => req.socket.destroy(), 20);
    if (/d/.test(n)) setTimeout(() => req.destroy(), 20);
  })
  .listen(0, async () => {
    const port = srv.address().port;
    for (const p of ['/r', '/rw', '/re', '/w', '/rd', '/rk', '/red', '/rek'])
      for (const body of ['', 'Content-Length: 10\r\n']) {
        console.log('--', p, body);
        const c = net.connect(port, () => {
          c.write('GET ' + p + ' HTTP/1.1\r\nHost: x\r\n' + body + '\r\n');
          setTimeout(() => c.destroy(), 50);
        });
        c.resume();
        c.on('error', () => {});
        await new Promise((r) => c.on('close', r));
        await new Promise((r) => setTimeout(r, 30));
      }
    process.exit();
  });

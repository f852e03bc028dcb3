// SPDX-License-Identifier: MIT
// Lines that go on with the header before them: refused, or with insecureHTTPParser its value's further text, wherever the
// bytes are cut.
'use strict';

const http = require('http');
const net = require('net');

const heads = [
  'A: b;\r\n  c\r\n', 'A: b;\r\n\tc d \r\n', 'A:\r\n c\r\n', 'A: b\r\n \r\n', 'A: b\r\n c\r\n d\r\nX: y\r\n z\r\n',
  'A: b\r\n \r\n c\r\n', 'Content-Length: 1\r\n 1\r\n', 'Connection: keep-\r\n alive\r\n', 'A: b\n c\r\n',
];

function ask(port, head, pieceLength) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.resume();
    socket.on('close', resolve);
    socket.on('error', () => {});
    socket.setNoDelay();
    const text = `GET / HTTP/1.1\r\nHost: x\r\n${head}\r\n`;
    const write = (at) => {
      if (at >= text.length || socket.destroyed) return;
      socket.write(text.slice(at, at + pieceLength), () => setImmediate(write, at + pieceLength));
    };
    write(0);
  });
}

async function run(insecureHTTPParser, pieceLength) {
  const server = http.createServer({ insecureHTTPParser }, (req, res) => {
    console.log(insecureHTTPParser, JSON.stringify(req.rawHeaders.slice(2)), req.headers.a);
    res.shouldKeepAlive = false;
    res.end();
  });
  server.on('clientError', (error, socket) => {
    console.log(insecureHTTPParser, error.code);
    socket.destroy();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  for (const head of heads) await ask(server.address().port, head, pieceLength);
  server.close();
}

run(true, 1000).then(() => run(true, 1)).then(() => run(false, 1000));

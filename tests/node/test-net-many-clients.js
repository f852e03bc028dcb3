// SPDX-License-Identifier: MIT
'use strict';
// A thousand clients at once, each with messages of its own; every byte comes back and the process ends by itself.
const net = require('net');
const CLIENTS = 1000;
let closed = 0, bytes = 0;
const server = net.createServer((socket) => {
  socket.pipe(socket);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const sockets = [];
  let connected = 0;
  for (let k = 0; k < CLIENTS; k++) {
    const socket = net.connect(port, '127.0.0.1');
    sockets.push(socket);
    let got = 0;
    const text = `client ${k} `.repeat(50);
    socket.on('connect', () => {
      if (++connected === CLIENTS) sockets.forEach((s, n) => s.write(`client ${n} `.repeat(50)));
    });
    socket.on('data', (data) => {
      got += data.length;
      bytes += data.length;
      if (got === text.length) socket.end();
    });
    socket.on('close', () => {
      if (++closed === CLIENTS) server.close(() => console.log('closed', closed, 'bytes', bytes));
    });
  }
});

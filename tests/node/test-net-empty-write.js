// SPDX-License-Identifier: MIT
'use strict';
// Nothing can be written too: the callback comes in its turn.
const net = require('net');
const order = [];
const server = net.createServer((socket) => {
  let text = '';
  socket.setEncoding('utf8').on('data', (part) => {
    text += part;
  }).on('end', () => {
    console.log(text, order.join());
    server.close();
  });
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1', () => {
    socket.write(Buffer.alloc(0), () => order.push('empty buffer'));
    socket.write('a', () => order.push('text'));
    socket.write(new Uint8Array(), () => order.push('empty bytes'));
    socket.write('', () => order.push('empty text'));
    socket.end('b', () => order.push('end'));
  });
  socket.resume();
});

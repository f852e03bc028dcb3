// SPDX-License-Identifier: MIT
// Clients that send a byte now and then, or nothing: each limit of the server ends them, with the answer and the event that
// belong to it, and what they held is given back.
'use strict';

const http = require('node:http');
const net = require('node:net');
const { once } = require('node:events');
const { setTimeout: sleep } = require('node:timers/promises');

const kinds = {
  async 'headers that never end'(server, port) {
    const socket = net.connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n');
    const drip = setInterval(() => socket.write('X: y\r\n'), 20);
    const text = await everything(socket);
    clearInterval(drip);
    return text;
  },
  async 'a body that never ends'(server, port) {
    const socket = net.connect(port, '127.0.0.1');
    socket.write('POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n');
    const drip = setInterval(() => socket.write('x'), 20);
    const text = await everything(socket);
    clearInterval(drip);
    return text;
  },
  async 'chunks that never end'(server, port) {
    const socket = net.connect(port, '127.0.0.1');
    socket.write('POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');
    const drip = setInterval(() => socket.write('1\r\nx\r\n'), 20);
    const text = await everything(socket);
    clearInterval(drip);
    return text;
  },
  async 'nothing at all'(server, port) {
    const socket = net.connect(port, '127.0.0.1');
    return await everything(socket);
  },
  async 'nothing after an answer'(server, port) {
    const socket = net.connect(port, '127.0.0.1');
    socket.write('GET /first HTTP/1.1\r\nHost: a\r\n\r\n');
    return await everything(socket);
  },
  async 'a listener that answers itself'(server, port) {
    server.once('clientError', (error, socket) => socket.end(`HTTP/1.1 418 own answer to ${error.code}\r\n\r\n`));
    const socket = net.connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\n');
    return await everything(socket);
  },
  async 'a socket that stays silent'(server, port) {
    server.setTimeout(100, (socket) => {
      server.told.push(['timeout event', socket.destroyed]);
      socket.destroy();
    });
    const socket = net.connect(port, '127.0.0.1');
    socket.write('GET /silent HTTP/1.1\r\nHost: a\r\n\r\n');
    const text = await everything(socket);
    server.setTimeout(0);
    return text;
  },
};

async function everything(socket) {
  let text = '';
  socket.on('error', () => {});
  socket.setEncoding('latin1').on('data', (chunk) => { text += chunk; });
  await new Promise((resolve) => socket.on('close', resolve));
  return text.split('\r\n').map((line) => line.replace(/^Date: .*/, 'Date: D')).join('|');
}

(async () => {
  for (const [name, run] of Object.entries(kinds)) {
    const server = http.createServer({ headersTimeout: 150, requestTimeout: 200, keepAliveTimeout: 50, keepAliveTimeoutBuffer: 0, connectionsCheckingInterval: 30 }, (request, response) => {
      const tell = (...what) => server.told.push(what);
      request.on('error', (error) => tell('request', error.code)).on('close', () => tell('request closed', request.complete));
      response.on('close', () => tell('response closed', response.writableFinished));
      if (request.url === '/silent') return;
      request.resume().on('end', () => response.end(request.url));
    });
    server.told = [];
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    console.log(name);
    const text = await run(server, server.address().port);
    console.log(`  ${text}`);
    server.close();
    await once(server, 'close');
    await sleep(20);
    for (const what of server.told) console.log(' ', ...what); // which end learns of it first is the kernel's business
  }
  console.log(process.getActiveResourcesInfo().filter((kind) => kind !== 'PipeWrap' && kind !== 'TTYWrap'));
})();

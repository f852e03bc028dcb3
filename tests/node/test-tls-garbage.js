// SPDX-License-Identifier: MIT
// What is no TLS at a TLS port: the server says what was wrong once, closes the connection and keeps nothing of it.
'use strict';

const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const tls = require('node:tls');
const { once } = require('node:events');

const fixtures = path.join(__dirname, 'fixtures', 'tls');
const server = tls.createServer({
  key: fs.readFileSync(path.join(fixtures, 'server.key')),
  cert: fs.readFileSync(path.join(fixtures, 'server.crt')),
  handshakeTimeout: 150,
}, (socket) => socket.on('error', (error) => console.log('  socket', error.code)).end('secure'));

// The same pseudo-random bytes for everyone.
function noise(length, seed) {
  const bytes = Buffer.alloc(length);
  for (let k = 0, state = seed; k < length; k++) bytes[k] = (state = (state * 1103515245 + 12345) >>> 0) >>> 16;
  return bytes;
}

// A true greeting of a client, to be cut and bent.
async function greeting() {
  const listener = net.createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const client = tls.connect({ port: listener.address().port, host: '127.0.0.1', rejectUnauthorized: false }).on('error', () => {});
  const [socket] = await once(listener, 'connection');
  const [hello] = await once(socket, 'data');
  socket.destroy();
  client.destroy();
  listener.close();
  return hello;
}

function bent(hello, at, value) {
  const copy = Buffer.from(hello);
  copy[at] = value;
  return copy;
}

const seen = [];
server.on('tlsClientError', (error, socket) => {
  seen.push(error.code);
  console.log('  tlsClientError', error.code, error.reason ?? error.message, socket instanceof tls.TLSSocket, socket.authorized);
});

async function send(name, pieces, { end = true, silent = false } = {}) {
  console.log(name);
  const socket = net.connect(server.address().port, '127.0.0.1');
  let size = 0, first = null;
  socket.on('data', (chunk) => {
    first ??= chunk;
    size += chunk.length;
  }).on('error', () => {});
  const told = once(server, 'tlsClientError');
  await once(socket, 'connect');
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise(setImmediate);
  }
  if (end) socket.end();
  await told;
  if (silent) socket.destroy();
  if (!socket.closed) await new Promise((resolve) => socket.on('close', resolve));
  // An alert is record type 21.
  console.log('  answer', size ? `${first[0] === 21 ? 'alert' : 'other'}` : 'none');
}

(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const hello = await greeting();
  await send('plain HTTP', ['GET / HTTP/1.1\r\nHost: a\r\n\r\n'], { end: false });
  await send('an HTTP proxy request', ['CONNECT a:443 HTTP/1.1\r\n\r\n'], { end: false });
  await send('noise', [noise(1000, 7)], { end: false });
  await send('zeros', [Buffer.alloc(600)], { end: false });
  await send('nothing, closed', []);
  await send('one byte, closed', [hello.subarray(0, 1)]);
  await send('half a greeting, closed', [hello.subarray(0, hello.length >> 1)]);
  await send('half a greeting, then silence', [hello.subarray(0, hello.length >> 1)], { end: false, silent: true });
  await send('nothing, then silence', [], { end: false, silent: true });
  await send('a message that is not a greeting', [bent(hello, 5, 11)], { end: false });
  // Many at once: nobody else is kept from being served.
  const before = seen.length;
  const told = new Promise((resolve) => server.on('tlsClientError', () => { if (seen.length === before + 200) resolve(); }));
  const log = console.log;
  console.log = () => {};
  const crowd = Array.from({ length: 200 }, (_, k) => {
    const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(noise(50 + k, k)));
    return socket.on('error', () => {}).resume();
  });
  await told;
  for (const socket of crowd) socket.destroy();
  console.log = log;
  const good = tls.connect({ port: server.address().port, host: '127.0.0.1', rejectUnauthorized: false });
  let text = '';
  for await (const chunk of good) text += chunk;
  console.log('and after 200 more', text);
  server.close();
  await once(server, 'close');
})();

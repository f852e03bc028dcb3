// SPDX-License-Identifier: MIT
// Limits of an HTTP/2 session: maxSessionMemory rejects streams, maxSessionInvalidFrames ends the session; settings of no
// known meaning reach those who name them.
'use strict';

const http2 = require('http2');
const net = require('net');

function listen(server) {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
}

async function memory() {
  const server = http2.createServer({ maxSessionMemory: 1 });
  server.on('stream', (stream) => {
    stream.on('error', () => {});
    stream.respond();
    stream.end(Buffer.alloc(2e6));
  });
  const client = http2.connect(`http://127.0.0.1:${await listen(server)}`);
  await new Promise((resolve) => {
    const first = client.request();
    first.on('response', () => {
      const second = client.request();
      second.on('error', (error) => console.log(error.code, error.message));
      second.on('close', () => {
        first.resume().on('end', resolve);
      });
    });
  });
  client.close();
  server.close();
}

function frame(type, flags, id, payload = Buffer.alloc(0)) {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(id, 5);
  return Buffer.concat([head, payload]);
}

async function invalidFrames(limit) {
  const server = http2.createServer({ maxSessionInvalidFrames: limit });
  server.on('sessionError', (error) => console.log(error.code));
  server.on('stream', () => console.log('a stream'));
  const socket = net.connect(await listen(server), '127.0.0.1');
  socket.on('error', () => {});
  socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  socket.write(Buffer.concat([frame(4, 0, 0), frame(4, 1, 0)]));
  socket.resume();
  const isOver = new Promise((resolve) => server.once('session', (session) => session.on('close', resolve)));
  // :status in a request; the indexed field 8 is ":status: 200".
  for (let k = 0; k < 6; k++) socket.write(frame(1, 5, 1 + 2 * k, Buffer.from([0x88])));
  socket.end();
  await isOver;
  server.close();
}

async function settings() {
  const server = http2.createServer({ remoteCustomSettings: [55], settings: { customSettings: { 1244: 456 } } });
  server.on('stream', (stream) => {
    console.log(stream.session.localSettings.customSettings, stream.session.remoteSettings.customSettings);
    stream.respond();
    stream.end();
  });
  const client = http2.connect(`http://127.0.0.1:${await listen(server)}`, {
    remoteCustomSettings: [1244], settings: { customSettings: { 55: 12, 155: 144 } },
  });
  await new Promise((resolve) => client.request().resume().on('end', resolve));
  console.log(client.localSettings.customSettings, client.remoteSettings.customSettings);
  client.close();
  server.close();
}

memory().then(() => invalidFrames(2)).then(() => invalidFrames(10)).then(settings);

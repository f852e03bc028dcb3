// fork(): messages in both serializations, handles handed over, and the end of the channel.
'use strict';
const { fork, spawn } = require('node:child_process');
const { once } = require('node:events');
const net = require('node:net');
const dgram = require('node:dgram');
const path = require('node:path');

const program = path.join(__dirname, 'fixtures', 'ipc-child.js');

function attempt(name, fn) {
  try {
    console.log(name, fn());
  } catch (error) {
    console.log(name, error.name, error.code, error.message);
  }
}

function ask(port) {
  return new Promise((resolve, reject) => {
    let text = '';
    net.connect(port, '127.0.0.1').setEncoding('utf8').on('data', (piece) => { text += piece; }).on('end', () => resolve(text))
      .on('error', reject);
  });
}

async function main() {
  attempt('module', () => fork(1));
  attempt('stdio', () => fork(program, [], { stdio: ['pipe', 'pipe', 'pipe'] }));
  attempt('two channels', () => spawn('true', { stdio: ['ipc', 'ipc'] }));
  attempt('serialization', () => fork(program, [], { serialization: 'xml' }));

  for (const serialization of ['json', 'advanced']) {
    const child = fork(program, { serialization });
    console.log(serialization, child.connected, child.channel.constructor.name);
    const big = 'x'.repeat(300_000);
    const values = ['text', 5, true, null, { a: [1, { b: null }], d: new Date(0), u: undefined }, { big: big.length, rest: big }];
    if (serialization === 'advanced') values.push({ m: new Map([[1, new Set(['x'])]]), n: 10n, bytes: new Uint8Array([1, 2]), r: /a/g });
    for (const value of values) {
      const answer = once(child, 'message');
      await new Promise((resolve, reject) => child.send(value, (error) => (error ? reject(error) : resolve())));
      const [{ echo, has }] = await answer;
      console.log(echo?.rest === undefined ? echo : echo.rest === big, has);
    }
    for (const value of [undefined, () => {}, Symbol('s'), 1n]) attempt('refused', () => child.send(value));
    attempt('handle', () => child.send('x', {}));
    child.send('bye');
    await once(child, 'disconnect');
    console.log('disconnected', child.connected, child.channel);
    child.send('late', (error) => console.log('late', error.code));
    child.once('error', (error) => console.log('error', error.code));
    child.disconnect();
    console.log('exit', await once(child, 'exit'));
  }

  const child = fork(program);
  // A listening server, a connection and a datagram socket, each used by the child then.
  const server = net.createServer((socket) => socket.end('parent')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  child.send({ take: 'server', name: 'one' }, server);
  await once(child, 'message');
  server.close();
  console.log(await ask(port));

  const giver = net.createServer({ pauseOnConnect: true }, (socket) => child.send({ take: 'socket' }, socket)).listen(0, '127.0.0.1');
  await once(giver, 'listening');
  console.log(await Promise.all([ask(giver.address().port), ask(giver.address().port), ask(giver.address().port)]));
  giver.close();
  await once(giver, 'close');

  const udp = dgram.createSocket('udp4').bind(0, '127.0.0.1');
  await once(udp, 'listening');
  child.send({ take: 'dgram' }, udp);
  console.log(await once(child, 'message'));
  const target = udp.address().port;
  udp.close();
  const client = dgram.createSocket('udp4');
  client.send('hello', target, '127.0.0.1');
  console.log(String((await once(client, 'message'))[0]));
  client.close();
  child.kill();
  console.log('killed', await once(child, 'close'), child.connected);
}
main();

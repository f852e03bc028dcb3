// net.BoundSocket: bound at once, taken by a server or a socket, sent to another thread.
'use strict';
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const { once } = require('node:events');
const { MessageChannel, Worker, receiveMessageOnPort } = require('node:worker_threads');

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'bound-'));
const make = (options) => new net.BoundSocket(options);
const shown = (text) => `${text}`.replaceAll(home, 'HOME').replace(/\b\d{4,5}\b/g, 'N');
function attempt(name, fn) {
  try {
    console.log(name, '=>', fn());
  } catch (error) {
    console.log(name, '!!', error.name, error.code, shown(error.message), Object.keys(error).join());
  }
}
const each = [
  undefined, null, 'x', [], { host: 1 }, { host: 'localhost' }, { host: null }, { port: 70000 }, { port: '0' },
  { ipv6Only: 1 }, { reusePort: 1 }, { reusePort: true }, { ipv6Only: true, host: '127.0.0.1' }, { path: 1 },
  { path: 'x', port: 0 }, { path: 'x', ipv6Only: false }, { path: 'a\0b' }, { path: path.join(home, 'none', 'x') },
  { path: path.join(home, 'a'.repeat(200)) }, { path: `\0bound-${process.pid}` },
];

async function main() {
  for (const options of each) {
    attempt(shown(JSON.stringify(options)).replace(process.pid, 'N'), () => {
      using bound = make(options);
      const address = bound.address();
      return bound.isPipe ? ['path', address === options.path] : [address.address, address.family, address.port > 0];
    });
  }

  // A server takes it.
  const bound = make({ host: '127.0.0.1' });
  const { port } = bound.address();
  console.log(bound, bound.isPipe, bound.fd() > 2);
  const server = net.createServer((socket) => socket.end('hello'));
  console.log(server.listen(bound) === server, server.listening, server.address().port === port);
  for (const name of ['address', 'fd', 'close']) attempt(name, () => bound[name]());
  attempt('dispose', () => bound[Symbol.dispose]());
  attempt('listen again', () => net.createServer().listen({ handle: bound }));
  attempt('socket of it', () => new net.Socket({ handle: bound }));
  attempt('in use', () => make({ host: '127.0.0.1', port }));

  // A socket takes it and connects from there.
  for (const host of ['127.0.0.1', 'localhost']) {
    const local = make({ host: '127.0.0.1' });
    const localPort = local.address().port;
    const socket = new net.Socket({ handle: local });
    console.log(socket.connecting, socket.pending, socket.localPort === localPort);
    socket.connect({ port, host, family: 4 });
    console.log(socket.connecting, socket.localPort === localPort, socket.localAddress);
    const [data] = await once(socket, 'data');
    console.log(`${data}`, socket.localPort === localPort);
    await once(socket, 'close');
  }
  for (const options of [{ localPort: 0 }, { localAddress: '127.0.0.1' }]) {
    const socket = new net.Socket({ handle: make() });
    attempt('local', () => socket.connect({ host: '127.0.0.1', port: 1, ...options }));
    socket.destroy();
  }
  const wrong = new net.Socket({ handle: make({ host: '127.0.0.1' }) });
  wrong.connect(port, '::1');
  const [error] = await once(wrong, 'error');
  console.log(error.code, shown(error.message));
  server.close();

  // Paths.
  const file = path.join(home, 's');
  const named = make({ path: file });
  attempt('path in use', () => make({ path: file }));
  const local = net.createServer((socket) => socket.end('by path')).listen(named);
  console.log(local.address() === file);
  const client = new net.Socket({ handle: make({ path: path.join(home, 'c') }) }).connect(file);
  console.log(`${(await once(client, 'data'))[0]}`);
  await once(client, 'close');
  local.close();
  await once(local, 'close');
  console.log(fs.readdirSync(home));

  // To another thread.
  const { port1, port2 } = new MessageChannel();
  const sent = make({ host: '127.0.0.1' });
  const sentPort = sent.address().port;
  attempt('not listed', () => port1.postMessage(sent));
  attempt('fails', () => port1.postMessage([sent, () => {}], [sent]));
  console.log(sent.address().port === sentPort);
  port1.postMessage(sent, [sent]);
  attempt('sent', () => sent.address());
  const { message } = receiveMessageOnPort(port2);
  console.log(message instanceof net.BoundSocket, message.address().port === sentPort);
  const other = new Worker(`
    const { parentPort } = require('worker_threads');
    parentPort.once('message', (bound) => {
      const server = require('net').createServer((socket) => { socket.end('from a thread'); server.close(); });
      server.listen(bound, () => parentPort.postMessage('ready'));
    });`, { eval: true });
  other.postMessage(message, [message]);
  await once(other, 'message');
  console.log(`${(await once(net.connect(sentPort, '127.0.0.1'), 'data'))[0]}`);
  await once(other, 'exit');
  const unused = make();
  port1.postMessage('without it', [unused]);
  attempt('unused', () => unused.fd());
  attempt('taken', () => structuredClone(sent, { transfer: [sent] }));
  const piped = make({ path: file });
  attempt('path', () => structuredClone(piped, { transfer: [piped] }));
  piped.close();
  port1.close();
  attempt('empty', () => new net._TransferredBoundSocket().address());
  fs.rmSync(home, { recursive: true });
}
main();

// Datagram sockets: binding, sending in its forms, connected sockets, options, closing, and what is refused.
'use strict';
const dgram = require('node:dgram');
const { once } = require('node:events');
const { AsyncLocalStorage } = require('node:async_hooks');

function attempt(name, fn) {
  try {
    console.log(name, fn());
  } catch (error) {
    console.log(name, error.name, error.code, error.message);
  }
}

async function main() {
  attempt('type', () => dgram.createSocket('udp5'));
  const server = dgram.createSocket({ type: 'udp4', recvBufferSize: 8192 });
  const events = [];
  server.on('listening', () => events.push('listening'));
  server.on('close', () => events.push('close'));
  server.bind(0, '127.0.0.1', () => events.push('bound'));
  await once(server, 'listening');
  const { port, family, address } = server.address();
  console.log(family, address, port > 0);
  attempt('bind twice', () => server.bind());

  const client = dgram.createSocket('udp4');
  const take = async () => {
    const [message, remote] = await once(server, 'message');
    return `${message} ${remote.family} ${remote.address} ${remote.size}`;
  };
  const forms = [
    (done) => client.send('text', port, done),
    (done) => client.send(Buffer.from('a buffer'), port, '127.0.0.1', done),
    (done) => client.send(Buffer.from('part of it'), 5, 2, port, 'localhost', done),
    (done) => client.send(['pieces ', new Uint8Array([0x61, 0x62]), new DataView(new ArrayBuffer(0))], port, done),
    (done) => client.send('', port, done),
  ];
  for (const form of forms) {
    const taken = take();
    const sent = await new Promise((resolve, reject) => form((error, bytes) => (error ? reject(error) : resolve(bytes))));
    console.log(sent, await taken);
  }

  await new Promise((resolve) => client.connect(port, '127.0.0.1', resolve));
  console.log(client.remoteAddress().port === port);
  const taken = take();
  client.send('connected');
  console.log(await taken);
  attempt('with a port', () => client.send('x', 0, 1, port));
  attempt('connect twice', () => client.connect(port));
  client.disconnect();
  attempt('remote', () => client.remoteAddress());

  const refused = dgram.createSocket('udp4');
  attempt('no arguments', () => refused.send());
  attempt('no port', () => refused.send('x'));
  attempt('bad port', () => refused.send('x', 70000));
  attempt('offset', () => refused.send(Buffer.alloc(3), 4, 1, 1000));
  attempt('length', () => refused.send(Buffer.alloc(3), 1, 4, 1000));
  attempt('address', () => refused.send('x', 1000, 1));
  attempt('list', () => refused.send([1], 1000));
  attempt('ttl', () => refused.setTTL('x'));
  attempt('buffer size', () => refused.setRecvBufferSize(-1));
  attempt('unbound size', () => refused.getSendBufferSize());
  attempt('membership', () => refused.addMembership());
  attempt('source', () => refused.addSourceSpecificMembership('224.0.0.1'));
  refused.close();
  attempt('closed', () => refused.close());
  attempt('send closed', () => refused.send('x', 1));

  attempt('options', () => [server.setTTL(64), server.setBroadcast(true), server.setMulticastTTL(2), server.setMulticastLoopback(true),
    server.getSendQueueSize(), server.getSendQueueCount(), server.getRecvBufferSize() > 0].join());
  attempt('bad ttl', () => server.setTTL(300));
  attempt('bad group', () => server.addMembership('x'));
  const sync = dgram.createSocket('udp4');
  attempt('bindSync', () => typeof sync.bindSync({ address: '127.0.0.1' }));
  attempt('bindSync name', () => dgram.createSocket('udp4').bindSync({ address: 'localhost' }));
  sync.close();

  // Two sockets share a port when asked to.
  const [one, two] = [1, 2].map(() => dgram.createSocket({ type: 'udp4', reuseAddr: true, reusePort: true }));
  one.bind(0, '127.0.0.1');
  await once(one, 'listening');
  two.bind(one.address().port, '127.0.0.1');
  await once(two, 'listening');
  console.log('shared', one.address().port === two.address().port);
  one.close();
  two.close();

  // Bulk: nothing is lost over the loopback when each message is answered.
  let answered = 0;
  client.removeAllListeners('message');
  client.on('message', (message, { port: from }) => {
    if (++answered < 2000) client.send(message, from, '127.0.0.1');
    else done();
  });
  const onEcho = (message, remote) => server.send(message, remote.port, remote.address);
  server.on('message', onEcho);
  let done;
  const finished = new Promise((resolve) => { done = resolve; });
  client.send(Buffer.alloc(1200, 7), port, '127.0.0.1');
  await finished;
  console.log('echoed', answered);

  const storage = new AsyncLocalStorage();
  storage.run('context', () => {
    const named = dgram.createSocket('udp4').bind(0, '127.0.0.1', () => {
      console.log('bind', storage.getStore());
      named.on('message', () => {
        console.log('message', storage.getStore());
        named.close();
      });
      client.send('x', named.address().port, '127.0.0.1', () => client.close());
    });
  });
  await once(client, 'close');
  server.close();
  await once(server, 'close');
  console.log(events.join());
  const aborted = new AbortController();
  const signalled = dgram.createSocket({ type: 'udp4', signal: aborted.signal });
  signalled.on('close', () => console.log('aborted'));
  aborted.abort();
}
main();

// Cancelling, timing out, retrying, TCP after truncation, contexts, servers and local addresses of resolvers.
'use strict';
const { AsyncLocalStorage } = require('async_hooks');
const dgram = require('dgram');
const net = require('net');
const dns = require('dns');

const answer = (query, flags, addresses) => Buffer.concat([
  query.subarray(0, 2), Buffer.from([flags >> 8, flags & 255, 0, 1, 0, addresses.length, 0, 0, 0, 0]),
  query.subarray(12, query.indexOf(0, 12) + 5),
  ...addresses.map((a) => Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, ...a])),
]);
const asked = { __proto__: null };
let udp; // bound to the port of tcp, which may take several attempts
const tcp = net.createServer((socket) => {
  socket.on('data', (bytes) => {
    if (bytes.length < 3) return;
    const reply = answer(bytes.subarray(2), 0x8180, Array.from({ length: 40 }, (_, k) => [10, 0, 0, k]));
    socket.write(Buffer.concat([Buffer.from([reply.length >> 8, reply.length & 255]), reply]));
  });
});
function reply(query, from) {
  const host = query.toString('latin1', 13, 13 + query[12]);
  asked[host] = (asked[host] ?? 0) + 1;
  if (host === 'local') console.log('from', from.address);
  if (host === 'big') udp.send(answer(query, 0x8380, []), from.port, from.address);
  else if (host === 'second' ? asked[host] > 1 : host !== 'silent') udp.send(answer(query, 0x8180, [[127, 9, 8, 7]]), from.port, from.address);
}

async function main() {
  const server = `127.0.0.1:${udp.address().port}`;
  const patient = new dns.promises.Resolver({ timeout: 250, tries: 3, maxTimeout: 300 });
  patient.setServers([server]);
  console.log('second try', await patient.resolve4('second.test'), asked.second);
  await patient.resolve4('silent.test').catch((e) => console.log('gave up', e.code, asked.silent));
  console.log('over TCP', (await patient.resolve4('big.test')).length);

  const resolver = new dns.Resolver();
  resolver.setServers([server]);
  const storage = new AsyncLocalStorage();
  await new Promise((done) => storage.run('mine', () => {
    resolver.resolve4('a.test', (error, addresses) => {
      console.log('context', storage.getStore(), error, addresses);
      done();
    });
  }));
  await new Promise((done) => {
    let left = 3;
    const ended = (error) => {
      console.log(error.code, error.syscall, error.hostname);
      if (--left === 0) done();
    };
    resolver.resolve4('silent.test', ended);
    resolver.reverse('123.45.67.89', ended);
    resolver.resolveTxt('silent.test', ended);
    try {
      resolver.setServers(['127.0.0.1']);
    } catch (e) {
      console.log(e.code, e.message);
    }
    console.log('cancelled', resolver.cancel());
  });
  resolver.setServers(['1.1.1.1:53', '[::1]:77', '::2', '9.9.9.9:99', '[::3]']);
  console.log(resolver.getServers());
  for (const servers of [['bad server'], ['1.1.1.1:'], ['[::1'], ['1.1.1'], [''], ['dns:53'], ['1.1.1.1:99999'], [5], 'x', null]) {
    try {
      resolver.setServers(servers);
      console.log('taken', servers);
    } catch (e) {
      console.log(e.name, e.code, e.message);
    }
  }
  console.log(resolver.getServers().length);
  for (const addresses of [[], ['bad'], ['127.0.0.1', '127.0.0.1'], ['::1', '::1'], ['127.0.0.1', 5]]) {
    try {
      resolver.setLocalAddress(...addresses);
    } catch (e) {
      console.log(e.name, e.code, e.message);
    }
  }
  const bound = new dns.promises.Resolver();
  bound.setServers([server]);
  bound.setLocalAddress('127.0.0.5');
  console.log(await bound.resolve4('local.test'));
  dns.setServers([server]);
  console.log(dns.getServers().length, dns.getServers()[0] === server, await dns.promises.resolve('default.test'));
  udp.close();
  tcp.close();
}

function listen() {
  tcp.listen(0, '127.0.0.1', () => {
    udp = dgram.createSocket('udp4');
    udp.on('message', reply);
    udp.once('error', () => tcp.close(listen)); // another program has the port
    udp.bind(tcp.address().port, '127.0.0.1', main);
  });
}
listen();

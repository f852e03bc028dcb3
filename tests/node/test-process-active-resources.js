// SPDX-License-Identifier: MIT
// process.getActiveResourcesInfo() names what keeps the loop alive, for each kind of resource, while it does.
'use strict';

const childProcess = require('node:child_process');
const crypto = require('node:crypto');
const dgram = require('node:dgram');
const dns = require('node:dns');
const fs = require('node:fs');
const http = require('node:http');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const tls = require('node:tls');
const { once } = require('node:events');
const { Worker, MessageChannel } = require('node:worker_threads');
const zlib = require('node:zlib');

const counted = () => {
  const counts = {};
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};
let base = counted();
const more = () => {
  const now = counted();
  return Object.entries(now).map(([name, count]) => [name, count - (base[name] ?? 0)]).filter(([, count]) => count > 0).sort().map(([name, count]) => `${name} ${count}`).join();
};
const settle = () => new Promise((resolve) => setTimeout(resolve, 30));
// Made, told, ended; then nothing of it is left.
async function kind(name, make) {
  await settle();
  base = counted();
  const end = await make((when = '') => console.log(`${name}${when}: ${more()}`));
  await end?.();
  await settle();
  const left = more();
  if (left) console.log(`${name}, afterwards: ${left}`);
}
const within = (start) => (tell) => new Promise((resolve, reject) => {
  start((error) => (error ? reject(error) : resolve()));
  tell();
});

(async () => {
  await kind('timeout', (tell) => {
    const timer = setTimeout(() => {}, 1e6);
    tell();
    timer.unref();
    tell(', unref');
    timer.ref();
    return () => clearTimeout(timer);
  });
  await kind('two intervals', (tell) => {
    const timers = [setInterval(() => {}, 1e6), setInterval(() => {}, 1e6)];
    tell();
    return () => timers.forEach(clearInterval);
  });
  await kind('immediate', (tell) => {
    const immediate = setImmediate(() => {});
    tell();
    immediate.unref();
    tell(', unref');
    return () => clearImmediate(immediate);
  });
  await kind('fs request', within((done) => fs.stat('.', done)));
  await kind('fs promise', async (tell) => {
    const promise = fs.promises.stat('.');
    tell();
    await promise;
  });
  await kind('fs.watch', (tell) => {
    const watcher = fs.watch(os.tmpdir());
    tell();
    watcher.unref();
    tell(', unref');
    return () => watcher.close();
  });
  await kind('fs.watchFile', async (tell) => {
    fs.watchFile(__filename, () => {});
    await settle();
    tell();
    return () => fs.unwatchFile(__filename);
  });
  await kind('net', async (tell) => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    tell(', listening');
    const client = net.connect(server.address().port, '127.0.0.1');
    tell(', connecting');
    const [socket] = await once(server, 'connection');
    await settle();
    tell(', connected');
    server.unref();
    tell(', server unref');
    return async () => {
      client.destroy();
      socket.destroy();
      server.close();
      await once(server, 'close');
    };
  });
  await kind('local socket', async (tell) => {
    const server = net.createServer().listen(path.join(os.tmpdir(), `culm-resources-${process.pid}`));
    await once(server, 'listening');
    tell();
    const client = net.connect(server.address());
    const [socket] = await once(server, 'connection');
    await settle();
    tell(', connected');
    return () => {
      client.destroy();
      socket.destroy();
      server.close();
    };
  });
  await kind('tls', async (tell) => {
    const folder = path.join(__dirname, 'fixtures', 'tls');
    const server = tls.createServer({ key: fs.readFileSync(path.join(folder, 'server.key')), cert: fs.readFileSync(path.join(folder, 'server.crt')) });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const client = tls.connect({ port: server.address().port, host: '127.0.0.1', rejectUnauthorized: false });
    const [socket] = await once(server, 'secureConnection');
    if (!client.authorized && client.connecting) await once(client, 'secureConnect');
    await settle();
    tell();
    return () => {
      client.destroy();
      socket.destroy();
      server.close();
    };
  });
  await kind('http', async (tell) => {
    const server = http.createServer(() => {}).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const request = http.get(server.address().port ? { port: server.address().port, host: '127.0.0.1' } : {});
    request.on('error', () => {});
    await once(server, 'request');
    tell();
    return () => {
      request.destroy();
      server.close();
      server.closeAllConnections();
    };
  });
  await kind('dgram', async (tell) => {
    const socket = dgram.createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    tell();
    socket.unref();
    tell(', unref');
    return () => socket.close();
  });
  await kind('dns lookup', within((done) => dns.lookup('localhost', done)));
  await kind('child process', async (tell) => {
    const child = childProcess.spawn('cat', { stdio: 'ignore' });
    const piped = childProcess.spawn('sleep', ['1000'], { stdio: ['pipe', 'pipe', 'ignore'] });
    tell();
    piped.unref();
    tell(', one unref');
    piped.ref();
    return async () => {
      piped.kill();
      child.kill();
      await once(piped, 'close');
    };
  });
  await kind('worker', async (tell) => {
    const worker = new Worker('setInterval(() => {}, 1e6)', { eval: true });
    await once(worker, 'online');
    tell();
    return () => worker.terminate();
  });
  await kind('message port', (tell) => {
    const { port1, port2 } = new MessageChannel();
    port1.on('message', () => {});
    tell();
    return () => port2.close();
  });
  await kind('signal', (tell) => {
    const listener = () => {};
    process.on('SIGUSR2', listener);
    tell();
    return () => process.off('SIGUSR2', listener);
  });
  await kind('random bytes', within((done) => crypto.randomBytes(16, done)));
  await kind('scrypt', within((done) => crypto.scrypt('a', 'b', 16, { N: 2 }, done)));
  await kind('pbkdf2', within((done) => crypto.pbkdf2('a', 'b', 1, 16, 'sha1', done)));
  await kind('key pair', within((done) => crypto.generateKeyPair('ec', { namedCurve: 'P-256' }, done)));
  await kind('hkdf', within((done) => crypto.hkdf('sha256', 'a', 'b', 'c', 16, done)));
  await kind('digest', async (tell) => {
    const promise = crypto.subtle.digest('SHA-256', new Uint8Array(5));
    tell();
    await promise;
  });
  await kind('gzip', within((done) => zlib.gzip('text', done)));
})();

// cluster: workers share a port in both ways of scheduling, say so by events, and end when asked or when the primary does.
'use strict';
const cluster = require('node:cluster');
const http = require('node:http');
const net = require('node:net');
const { once } = require('node:events');

if (cluster.isWorker) {
  if (process.env.PART === 'busy') {
    net.createServer().listen(Number(process.env.PORT), '127.0.0.1').on('error', (error) => {
      process.send({ code: error.code, syscall: error.syscall }, () => cluster.worker.disconnect());
    });
  } else {
    const server = http.createServer((req, res) => {
      res.end(`${cluster.worker.id} ${req.url}`);
      if (req.url === '/exit') setImmediate(() => process.exit(3));
    });
    server.listen(0, '127.0.0.1');
    process.on('message', (message) => process.send({ echo: message, id: cluster.worker.id }));
  }
  return;
}

function get(port, path) {
  return new Promise((resolve, reject) => {
    http.get({ port, path, host: '127.0.0.1', agent: false }, (res) => {
      res.setEncoding('utf8').toArray().then((pieces) => resolve(pieces.join('')), reject);
    }).on('error', reject);
  });
}

async function round(policy) {
  cluster.schedulingPolicy = policy;
  const events = [];
  const names = ['fork', 'online', 'listening', 'disconnect', 'exit'];
  for (const name of names) cluster.on(name, (worker) => events.push(`${name} ${worker.id}`));
  const first = cluster.fork();
  const [, { port, address, addressType }] = await once(cluster, 'listening');
  console.log(address, addressType, port > 0, first.state, first.isConnected(), first.isDead(), Object.keys(cluster.workers).length);
  const second = cluster.fork();
  const [info] = await once(second, 'listening');
  console.log('same port', info.port === port);
  const answers = new Set();
  for (let k = 0; k < 20; k++) answers.add((await get(port, '/a')).replace(/^\d+/, ''));
  console.log([...answers]);
  second.send('hello');
  const [{ echo }] = await once(second, 'message');
  console.log('echo', echo);
  const gone = once(cluster, 'exit');
  await get(port, '/exit').catch((error) => console.log(error.code));
  const [dead, code, signal] = await gone;
  console.log('exit', code, signal, dead.exitedAfterDisconnect, dead.isDead(), Object.keys(cluster.workers).length);
  console.log('still served', (await get(port, '/b')).replace(/^\d+/, ''));
  await new Promise((resolve) => cluster.disconnect(resolve));
  for (const name of names) cluster.removeAllListeners(name);
  console.log(events.map((event) => event.split(' ')[0]).sort().join());
  await get(port, '/').catch((error) => console.log('closed', error.code));
}

(async () => {
  cluster.setupPrimary({ args: ['one'] });
  console.log(cluster.isPrimary, cluster.settings.args, cluster.SCHED_NONE, cluster.SCHED_RR);
  await round(cluster.SCHED_RR);
  await round(cluster.SCHED_NONE);
  const busy = net.createServer().listen(0, '127.0.0.1');
  await once(busy, 'listening');
  const worker = cluster.fork({ PART: 'busy', PORT: busy.address().port });
  console.log((await once(worker, 'message'))[0]);
  console.log(await once(worker, 'exit'), worker.exitedAfterDisconnect);
  busy.close();
  const killed = cluster.fork();
  await once(killed, 'online');
  killed.kill('SIGKILL');
  console.log(await once(killed, 'exit'), killed.exitedAfterDisconnect);
})();

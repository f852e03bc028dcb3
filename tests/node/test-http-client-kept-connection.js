// SPDX-License-Identifier: MIT
'use strict';
// Requests one after the other over a kept connection: the order of events, what arrives, sockets that were patched.
const http = require('http');

const server = http.createServer((req, res) => {
  const parts = [];
  req.on('data', (d) => parts.push(d));
  req.on('end', () => {
    const body = Buffer.concat(parts).toString();
    if (req.url === '/empty') res.writeHead(204).end();
    else if (req.url === '/chunks') { res.write('one '); setImmediate(() => { res.write('two '); res.end('three é'); }); }
    else res.end(`${req.method} ${req.url} ${req.headers['content-length'] ?? req.headers['transfer-encoding'] ?? '-'} ${body.length} ${body.slice(0, 20)}`);
  });
});

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
function request(name, options, act) {
  return new Promise((resolve) => {
    const log = [];
    const req = http.request({ port: server.address().port, agent, ...options }, (res) => {
      log.push(`response ${res.statusCode} ${res.httpVersion} ${res.url === ''} ${res.method} ${res.upgrade}`);
      let text = '';
      if (options.encoding !== null) res.setEncoding('utf8');
      res.on('data', (d) => text += d);
      res.on('end', () => log.push(`end <${text}>`));
      res.on('close', () => log.push(`res.close ${res.complete} ${res.destroyed}`));
    });
    for (const event of ['socket', 'finish', 'close', 'prefinish']) req.on(event, () => log.push(event));
    req.on('error', (e) => log.push(`error ${e.code}`));
    req.on('close', () => setImmediate(() => {
      console.log(`${name}: ${log.join(', ')}; ${req.reusedSocket}, ${req.writableFinished}, ${req.socket?.bytesWritten > 0}`);
      resolve();
    }));
    act(req, log);
  });
}

server.listen(0, async () => {
  const end = (...args) => (req) => req.end(...args);
  await request('first', { path: '/a' }, end());
  await request('second', { path: '/b' }, end());
  await request('bytes', { path: '/b', encoding: null }, end());
  await request('with a callback', { path: '/b' }, (req, log) => req.end(() => log.push('callback')));
  await request('text', { path: '/c', method: 'POST' }, end('hello é €'));
  await request('latin1', { path: '/c', method: 'POST' }, end('h\u00e9llo', 'latin1'));
  await request('hex', { path: '/c', method: 'POST' }, end('4142', 'hex'));
  await request('buffer', { path: '/d', method: 'POST' }, end(Buffer.from('bytes')));
  await request('pieces', { path: '/e', method: 'POST' }, (req) => { req.write('one '); req.write('two '); req.end('three'); });
  await request('later', { path: '/f', method: 'POST' }, (req) => setTimeout(() => req.end('late'), 5));
  await request('much', { path: '/g', method: 'POST' }, end('x'.repeat(300000)));
  await request('no content', { path: '/empty' }, end());
  await request('chunks', { path: '/chunks' }, end());
  await request('head', { path: '/h', method: 'HEAD' }, end());
  await request('a header list', { path: '/i', headers: ['Host', 'x', 'X-A', '1'] }, end());
  await request('a socket that writes otherwise', { path: '/j' }, (req) => {
    req.on('socket', (socket) => {
      const { write } = socket;
      socket.write = function(...args) {
        delete socket.write;
        console.log('patched write', String(args[0]).split('\r\n')[0]);
        return write.apply(this, args);
      };
    });
    req.end();
  });
  await request('a socket that is listened to', { path: '/k' }, (req, log) => {
    req.on('socket', (socket) => socket.once('data', (d) => log.push(`data ${String(d).split('\r\n')[0]}`)));
    req.end();
  });
  await request('aborted', { path: '/l' }, (req) => {
    req.on('socket', () => req.destroy());
    req.end();
  });
  await request('a timeout of its own', { path: '/m', timeout: 5000 }, end());
  await request('again', { path: '/n' }, end());
  agent.destroy();
  server.close();
});

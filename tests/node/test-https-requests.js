'use strict';
// https: requests over kept connections, resumed sessions, bodies both ways, and the agent's names.
const https = require('https');
const fs = require('fs');
const path = require('path');

const file = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', 'tls', name));

const server = https.createServer({ key: file('server.key'), cert: file('server.crt') }, (req, res) => {
  let size = 0;
  req.on('data', (data) => size += data.length);
  req.on('end', () => res.end(`${req.method} ${req.url} ${size} ${req.socket.encrypted}`));
});
server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  const agent = new https.Agent({ keepAlive: true, ca: file('ca.crt') });
  const go = (options, body) => new Promise((resolve) => {
    const req = https.request({ host: '127.0.0.1', port, agent, ...options }, (res) => {
      let text = '';
      res.setEncoding('utf8');
      res.on('data', (part) => text += part);
      res.on('end', () => resolve([res.statusCode, text, req.reusedSocket].join(' ')));
    });
    req.on('error', (error) => resolve(error.code));
    req.end(body);
  });
  console.log(await go({ path: '/a' }));
  console.log(await go({ path: '/b', method: 'POST' }, 'some text'));
  console.log(await go({ path: '/c', method: 'POST' }, Buffer.alloc(3e6)));
  console.log(await go({ path: '/d', headers: { host: 'localhost' } }));
  console.log(await go({ path: '/e', agent: undefined }));
  console.log(await go({ path: '/f', agent: false, ca: file('ca.crt') }));
  console.log(agent.getName({ host: 'h', port: 1, key: 'K', servername: 's', rejectUnauthorized: false }));
  agent.destroy();
  server.close(() => console.log('closed'));
});

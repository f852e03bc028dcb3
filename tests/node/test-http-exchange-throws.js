// SPDX-License-Identifier: MIT
// A listener that throws before or after it answered: the exception is the process's, the connection goes on.
'use strict';
const http = require('http');

process.on('uncaughtException', (error) => console.log('uncaught', error.message));
const server = http.createServer((req, res) => {
  res.on('finish', () => console.log('finish', req.url));
  if (req.url === '/before') {
    setTimeout(() => res.end('late'), 5);
    throw new Error('before');
  }
  res.end('x');
  if (req.url === '/after') throw new Error('after');
});
server.listen(0, async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  for (const path of ['/before', '/after', '/fine', '/after', '/fine']) {
    await new Promise((resolve) => {
      http.get({ agent, path, port: server.address().port }, (res) => {
        let text = '';
        res.on('data', (chunk) => { text += chunk; }).on('end', () => {
          console.log(path, res.statusCode, text, res.req.reusedSocket);
          setTimeout(resolve, 5);
        });
      });
    });
  }
  agent.destroy();
  server.close();
});

// SPDX-License-Identifier: MIT
// A web server written for Node: ./run examples/server.js, then curl http://127.0.0.1:3000/
const http = require('http');

const server = http.createServer((req, res) => {
  res.setHeader('content-type', 'text/plain');
  res.end(`${req.method} ${req.url}\n`);
});

server.listen(Number(process.env.PORT) || 3000, '127.0.0.1', () => {
  const { address, port } = server.address();
  console.log(`listening on http://${address}:${port}/`);
});

process.on('SIGTERM', () => server.close());

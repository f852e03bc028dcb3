// SPDX-License-Identifier: MIT
'use strict';
// Parsers serve again after a request over a kept connection, though they were given back within a call of theirs.
const http = require('http');
const { parsers } = require('_http_common');
const agent = new http.Agent({ keepAlive: true });
const server = http.createServer((req, res) => res.end('ok')).listen(0, async () => {
  const { alloc } = parsers;
  const seen = new Set();
  parsers.alloc = function(...args) {
    const parser = alloc.apply(this, args);
    seen.add(parser);
    return parser;
  };
  for (let k = 0; k < 30; k++) {
    await new Promise((resolve) => http.get({ port: server.address().port, agent }, (res) => res.resume().on('end', resolve)));
  }
  console.log(seen.size < 10);
  agent.destroy();
  server.close();
});

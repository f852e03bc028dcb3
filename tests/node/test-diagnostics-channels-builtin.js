// SPDX-License-Identifier: MIT
'use strict';
// The library's own diagnostics channels: http, net, udp, child_process.
const channels = require('diagnostics_channel');
const http = require('http');

const seen = [];
for (const name of ['http.client.request.created', 'http.client.request.start', 'http.client.response.finish',
  'http.client.request.error', 'http.server.request.start', 'http.server.response.created', 'http.server.response.finish',
  'net.client.socket', 'net.server.socket', 'tracing:net.server.listen:asyncStart', 'tracing:net.server.listen:asyncEnd',
  'udp.socket', 'child_process']) {
  channels.subscribe(name, (message, channel) => seen.push(`${channel} ${Object.keys(message).sort()}`));
}
const server = http.createServer((request, response) => response.end('done'));
server.listen(0, () => {
  http.get({ port: server.address().port, agent: false }, (response) => {
    response.resume();
    response.on('end', () => {
      server.close(() => {
        require('dgram').createSocket('udp4').close();
        require('child_process').spawn('true').on('exit', () => console.log(seen.sort().join('\n')));
      });
    });
  });
});

// SPDX-License-Identifier: MIT
// PerformanceObserver of 'net': a connection that comes about is an entry, one that fails is none.
'use strict';

const net = require('net');
const { PerformanceObserver } = require('perf_hooks');

let port;
const observer = new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    console.log(entry.name, entry.entryType, entry.detail.host, entry.detail.port === port, entry.duration > 0);
  }
});
observer.observe({ entryTypes: ['net'] });
const server = net.createServer((socket) => socket.end()).listen(0, '127.0.0.1', () => {
  ({ port } = server.address());
  net.connect(port, '127.0.0.1').resume().on('close', () => {
    server.close();
    net.connect(port, '127.0.0.1').on('error', () => setTimeout(() => observer.disconnect(), 50));
  });
});

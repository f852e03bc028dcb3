// SPDX-License-Identifier: MIT
// A blockList of servers and of sockets: who is on it does not get through, and where a host has several addresses the
// others are tried.
'use strict';

const net = require('net');

const blockList = new net.BlockList();
blockList.addAddress('127.0.0.1');

const lookup = (host, options, callback) =>
  process.nextTick(callback, null, [{ address: '127.0.0.1', family: 4 }, { address: '127.0.0.2', family: 4 }]);

function connect(options) {
  return new Promise((resolve) => {
    const socket = net.connect(options);
    socket.on('connectionAttempt', (address) => console.log('attempt', address));
    socket.on('connect', () => console.log('connected', socket.remoteAddress, socket.autoSelectFamilyAttemptedAddresses?.length));
    socket.on('error', (error) => console.log(error.name, error.code, error.message));
    socket.on('close', resolve);
    socket.resume();
  });
}

const server = net.createServer({ blockList }, (socket) => socket.end());
server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  await connect({ port, host: '127.0.0.1' }); // accepted and closed without a word
  await connect({ port, host: '127.0.0.1', blockList });
  const second = net.createServer((socket) => socket.end()).listen(port, '127.0.0.2');
  await new Promise((resolve) => second.on('listening', resolve));
  await connect({ port, host: 'name.test', lookup, blockList, autoSelectFamily: true });
  second.close();
  server.close();
});
for (const make of [net.createServer, (options) => new net.Socket(options), (options) => net.connect({ port: 1, ...options })]) {
  try {
    make({ blockList: {} });
  } catch (error) {
    console.log(error.code);
  }
}

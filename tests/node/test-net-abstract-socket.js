// Abstract local sockets: names that begin with a NUL are no files, and each is a name of its own.
'use strict';
const fs = require('fs');
const net = require('net');
const { once } = require('events');

const name = (text) => `\0culm-${process.pid}-${text}`;
const shown = (text) => JSON.stringify(text).replace(process.pid, 'PID');

async function main() {
  const servers = [];
  for (const text of ['a', 'ab', 'b']) {
    const server = net.createServer((socket) => socket.on('error', () => {}).end(text)).listen(name(text));
    await once(server, 'listening');
    console.log(shown(server.address()), fs.existsSync(name(text).slice(1)));
    servers.push(server);
  }
  for (const text of ['b', 'ab', 'a']) {
    const socket = net.connect(name(text)).setEncoding('utf8');
    await once(socket, 'connect');
    console.log(text, (await once(socket, 'data'))[0]);
  }
  const [taken] = await once(net.createServer().listen(name('a')), 'error');
  console.log(taken.code, taken.syscall);
  const [refused] = await once(net.connect(name('nobody')), 'error');
  console.log(refused.code, refused.syscall, shown(refused.address));
  const given = net.connect(name('a'));
  given.destroy();
  given.on('connect', () => console.log('never'));
  await once(given, 'close');
  for (const server of servers) server.close();
}
main();

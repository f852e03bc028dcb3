// SPDX-License-Identifier: MIT
'use strict';
// Bodies written in pieces, byte for byte: text and Buffers, encodings, lengths that are known, trailers, callbacks.
const http = require('http');
const net = require('net');

const log = [];
const cases = {
  text(res) { res.write('one '); res.write('two '); res.end('three é'); },
  bytes(res) { res.write(Buffer.from('one ')); res.write(new Uint8Array([50, 32])); res.end(Buffer.from('three')); },
  mixed(res) { res.write('é '); res.write(Buffer.from([0xff, 0xfe])); res.write('e9', 'hex'); res.end('é', 'latin1'); },
  latin1(res) { res.write('é', 'latin1'); res.end('è', 'latin1'); },
  utf16(res) { res.write('a', 'utf16le'); res.end('b', 'utf16le'); },
  latinHead(res) { res.writeHead(200, { 'X-Latin': 'café' }); res.write('é'); res.end('e'); },
  latinHeadBytes(res) { res.setHeader('X-Latin', 'café'); res.write(Buffer.from('é')); res.end(); },
  known(res) { res.writeHead(200, { 'Content-Length': 9 }); res.write('one '); res.write(Buffer.from('two ')); res.end('3'); },
  knownText(res) { res.writeHead(200, { 'Content-Length': 7 }); res.write('one '); res.end('two'); },
  knownBytes(res) { res.writeHead(200, { 'Content-Length': 3 }); res.end(Buffer.from('abc')); },
  empty(res) { res.write(''); res.write(Buffer.alloc(0)); res.end(''); },
  emptyFirst(res) { res.write(''); res.write('x'); res.write(''); res.end(); },
  later(res) { res.write('one '); setImmediate(() => { res.write('two '); res.write('three '); setImmediate(() => res.end('four')); }); },
  flushed(res) { res.flushHeaders(); res.write('one '); res.end('two'); },
  corked(res) { res.cork(); res.write('one '); res.write('two '); setImmediate(() => { res.uncork(); res.end('three'); }); },
  corkedTwice(res) { res.cork(); res.cork(); res.write('one '); res.uncork(); res.write('two '); res.end('three'); },
  socketCorked(res) { res.socket.cork(); res.write('one '); res.write('two '); res.socket.uncork(); res.end('three'); },
  trailers(res) { res.writeHead(200, { Trailer: 'X-T' }); res.write('body'); res.addTrailers({ 'X-T': 'v' }); res.end('!'); },
  callbacks(res) {
    const say = (text) => (error) => log.push(error ? `${text} ${error.code}` : text);
    res.on('finish', say('finish'));
    res.write('one ', say('first'));
    res.write(Buffer.from('two '), say('second'));
    log.push(`length ${res.writableLength > 0} ${res.writableCorked}`);
    res.end('three', say('end'));
    log.push(`ended ${res.writableEnded}`);
  },
  closing(res) { res.shouldKeepAlive = false; res.write('a'); res.end('b'); },
  much(res) { res.write('x'.repeat(50000)); res.write(Buffer.alloc(70000, 'y')); res.end('z'.repeat(20000)); },
  muchText(res) { log.push(res.write('x'.repeat(50000)), res.write('y'.repeat(70000))); res.end('z'); },
  noBody(res) { res.writeHead(304); res.write('dropped'); res.end(); },
  date(res) { res.writeHead(200, { Date: 'then', 'X-A': '1' }); res.write('a'); res.end('b'); },
};

const server = http.createServer((req, res) => cases[req.url.slice(1)](res));
server.listen(0, async () => {
  for (const name of Object.keys(cases)) {
    log.length = 0;
    const text = await new Promise((resolve) => {
      const socket = net.connect(server.address().port);
      const parts = [];
      socket.on('data', (d) => parts.push(d));
      socket.on('close', () => resolve(Buffer.concat(parts).toString('latin1')));
      const version = name === 'old' ? '1.0' : '1.1';
      socket.write(`GET /${name} HTTP/${version}\r\nHost: x\r\nConnection: close\r\n\r\n`);
    });
    const shown = text.replace(/Date: [A-Z][^\r]*GMT\r\n/, '').replace(/([xyz])\1{100,}/g, (run, c) => `${c}*${run.length}`);
    console.log(name, JSON.stringify(shown), log.join(', '));
  }
  server.close();
});

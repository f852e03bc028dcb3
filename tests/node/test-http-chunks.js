// SPDX-License-Identifier: MIT
// Writes of one turn become one chunk.
'use strict';
const http = require('http');
const net = require('net');

const answers = {
  turn(res) { res.write('a'); res.write('b'); res.end('c'); },
  turns(res) { res.write('a'); setTimeout(() => { res.write('b'); res.write('c'); res.end('d'); }, 20); },
  end(res) { res.write('a'); setTimeout(() => res.end('b'), 20); },
  flushed(res) { res.flushHeaders(); res.write('a'); res.write(Buffer.from('b')); res.end(); },
  corked(res) { res.cork(); res.write('a'); res.write('b'); res.uncork(); res.write('c'); res.end('d'); },
  tick(res) { res.write('a'); process.nextTick(() => { res.write('b'); res.end('c'); }); },
  callbacks(res) {
    res.write('a', () => console.log('a out'));
    res.write(Buffer.from('b'), () => console.log('b out'));
    res.end('c', () => console.log('finished'));
  },
  large(res) { console.log(res.write('x'.repeat(40000)), res.write('x'.repeat(40000))); res.once('drain', () => res.end('y')); },
};

const server = http.createServer((req, res) => {
  res.sendDate = false;
  answers[req.url.slice(1)](res);
}).listen(0, async () => {
  for (const name of Object.keys(answers)) {
    await new Promise((resolve) => {
      let text = '';
      const socket = net.connect(server.address().port).on('data', (data) => { text += data; }).on('close', () => {
        const body = text.slice(text.indexOf('\r\n\r\n') + 4);
        console.log(name, JSON.stringify(body.length < 100 ? body : body.match(/x/g).length));
        resolve();
      });
      socket.write(`GET /${name} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`);
    });
  }
  server.close();
});

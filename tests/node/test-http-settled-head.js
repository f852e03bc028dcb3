// A head that writeHead() settled is the same however the body follows, and whoever looks at it in between.
'use strict';
const http = require('http');
const net = require('net');

const headers = { 'Content-Type': 'text/plain', 'X-Number': 7, 'X-Latin': 'caf\u00e9' };
const cases = [
  (res) => res.writeHead(200, headers).end('body'),
  (res) => { res.writeHead(200, headers); res.write('one '); res.end('two'); },
  (res) => { res.writeHead(201, 'Made', headers); res.end('buffer', 'latin1'); },
  (res) => { res.writeHead(200, { 'content-length': 4, ...headers }); console.log(JSON.stringify(res._header.replace(/Date: \w{3},[^\r]*/, "Date: then"))); res.end('body'); },
  (res) => { res.writeHead(200, { Date: 'today', ...headers }); res.end('body'); console.log(JSON.stringify(res._header.replace(/Date: \w{3},[^\r]*/, "Date: then"))); },
  (res) => { res.writeHead(200, ['X-A', '1', 'X-A', '2']); res.end(Buffer.from('body')); },
  (res) => { res.writeHead(200, [['X-A', '1'], ['X-B', ['2', '3']]]); res.end('body'); },
  (res) => { res.setHeader('X-Set', 'set'); res.writeHead(200, headers); res.end('body'); },
  (res) => { res.writeHead(200, { 'X-List': ['a', 'b'], 'Set-Cookie': ['c=1', 'd=2'] }); res.end('body'); },
  (res) => { res.writeHead(200, { 'X-Float': 1.5, 'X-True': true, 'X-Null': null }); res.end('body'); },
  (res) => { res.writeHead(200, { Connection: 'close' }); res.end('body'); },
  (res) => { res.writeHead(204, headers); res.end(); },
  (res) => {
    for (const bad of [{ 'X Y': '1' }, { '': '1' }, { A: undefined }, { A: 'a\nb' }, { A: '\u0100' }, ['A']]) {
      try {
        res.writeHead(200, bad);
        console.log('taken', bad);
      } catch (error) {
        console.log(error.code, error.message);
      }
    }
    res.writeHead(200, { get X() { return 'getter'; }, 1: 'index' });
    res.end('body');
  },
  (res) => {
    const given = { 'X-Kept': 'first' };
    res.writeHead(200, given);
    given['X-Kept'] = 'second';
    res.end('body');
    res.end();
    console.log(res.headersSent, res.finished, res.statusMessage);
  },
];

let at = 0;
const server = http.createServer((req, res) => cases[at](res));
server.keepAliveTimeout = 0;

function next() {
  if (at === cases.length) return server.close();
  const socket = net.connect(server.address().port, () => socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'));
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk) => { text += chunk; }).on('close', () => {
    console.log(at, JSON.stringify(text.replace(/Date: \w{3},[^\r]*/, 'Date: then')));
    at++;
    next();
  });
}
server.listen(0, next);

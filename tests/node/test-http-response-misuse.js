// SPDX-License-Identifier: MIT
'use strict';
// What a response does with calls that come too late, with interim responses and with odd arguments; and headers whose
// names are those of Object.prototype's members.
const http = require('http');
const net = require('net');

const shown = (value) => JSON.stringify(value);
// Calls the method with each list of arguments and tells what came of it.
function tryEach(res, method, lists) {
  for (const args of lists) {
    try {
      console.log(' ', shown(args), res[method](...args));
    } catch (error) {
      console.log(' ', shown(args), error.name, error.code, error.message);
    }
  }
}

const cases = {
  'end after destroy'(res) {
    res.destroy();
    console.log(res.end('x') === res, res.headersSent, res.finished, res.writableEnded);
  },
  'write after destroy'(res) {
    res.destroy();
    console.log(res.write('x', (error) => console.log('callback', error?.code)));
  },
  'write after end'(res) {
    res.on('error', (error) => console.log(error.code));
    res.end();
    console.log(res.write('x'));
  },
  'interim responses'(res) {
    console.log(res.writeContinue(), res.writeProcessing(), res.writeEarlyHints({ link: '</a>; rel=preload' }),
      res.writeInformation(110, { a: 'b' }), res.writeInformation(199));
    res.end();
  },
  'interim responses after the head'(res) {
    res.writeHead(200);
    tryEach(res, 'writeContinue', [[]]);
    tryEach(res, 'writeProcessing', [[]]);
    tryEach(res, 'writeEarlyHints', [[{ link: '</a>; rel=preload' }]]);
    tryEach(res, 'writeInformation', [[103]]);
    res.end();
  },
  'arguments of writeInformation'(res) {
    tryEach(res, 'writeInformation', [[100], [101], [200], ['103'], [103, { 'a b': 'c' }], [103, { a: 'b\n' }],
      [103, [['a', 'b']]], [103, ['a', 'b']], [undefined], [99], [103, { a: ['x', 'y'] }], [103, null], [103, 'x']]);
    res.end();
  },
  'arguments of writeEarlyHints'(res) {
    const link = '</a>; rel=preload';
    tryEach(res, 'writeEarlyHints', [[{ link, 'a b': 'x' }], [{ link, a: 'x\n' }], [{ a: 'b' }], [{ link: [] }],
      [{ link: '' }], [{ link: 5 }], [null], [{ link: [link, 'bad'] }]]);
    res.end();
  },
  'lists of headers beside headers'(res) {
    res.setHeader('a', '1');
    tryEach(res, 'writeHead', [[200, [['b', 'c']]], [200, [['b', 'c'], ['d', 'e']]], [200, ['b', 'c', 'd']]]);
    res.writeHead(200, ['b', ['x', 'y']]);
    res.end();
  },
  'lists of headers alone'(res) {
    tryEach(res, 'writeHead', [[200, [['b']]], [200, [5, 'x']], [200, [[5, 'x']]], [200, ['b', 'c', 'd']]]);
    res.writeHead(200, [['b', 'c', 'd']]);
    res.end();
  },
  'arguments of addTrailers'(res) {
    tryEach(res, 'addTrailers', [[{ 'b d': 'x' }], [{ a: 'x\n' }], [[['a', 'b']]], [5], [{ a: undefined }]]);
    res.end();
  },
  'headers named as members of Object.prototype'(res, req) {
    console.log(shown(req.rawHeaders), shown(req.headers));
    req.on('end', () => {
      console.log(shown(req.rawTrailers), shown(req.trailers));
      res.end();
    }).resume();
  },
};

const names = Object.keys(cases);
const server = http.createServer((req, res) => cases[names[req.url.slice(1)]](res, req));
server.listen(0, '127.0.0.1', () => next(0));

function next(k) {
  if (k === names.length) return server.close();
  console.log(`# ${names[k]}`);
  let answer = '';
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.setEncoding('latin1').on('data', (text) => answer += text).on('error', () => {});
  socket.on('close', () => {
    console.log(shown(answer.replace(/Date: .*?\r\n/g, '')));
    next(k + 1);
  });
  socket.write(`POST /${k} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nconstructor: y\r\n__proto__: z\r\ntoString: 1\r\n` +
    'Transfer-Encoding: chunked\r\n\r\n0\r\nvalueOf: v\r\n\r\n');
}

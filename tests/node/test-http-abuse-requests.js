// Malformed, smuggling, oversized and half-closed requests: what the server answers, whether it closes, what the program saw.
'use strict';
const http = require('http');
const net = require('net');

const GET = 'GET /ok HTTP/1.1\r\nHost: x\r\n\r\n';
const post = (headers, body) => `POST / HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n${body}`;
const cases = {
  'not HTTP': 'hello there\r\n\r\n',
  'TLS hello': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  'HTTP/2 preface': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'no version': 'GET /\r\n\r\n',
  'version 1.2': 'GET / HTTP/1.2\r\nHost: x\r\n\r\n',
  'version 9.9': 'GET / HTTP/9.9\r\nHost: x\r\n\r\n',
  'unknown method': 'FROB / HTTP/1.1\r\nHost: x\r\n\r\n',
  'lower-case method': 'get / HTTP/1.1\r\nHost: x\r\n\r\n',
  'space before the method': ' GET / HTTP/1.1\r\nHost: x\r\n\r\n',
  'no target': 'GET  HTTP/1.1\r\nHost: x\r\n\r\n',
  'control in target': 'GET /\x01 HTTP/1.1\r\nHost: x\r\n\r\n',
  'no Host': 'GET / HTTP/1.1\r\n\r\n',
  'no Host in 1.0': 'GET / HTTP/1.0\r\n\r\n',
  'space before colon': 'GET / HTTP/1.1\r\nHost : x\r\n\r\n',
  'no colon': 'GET / HTTP/1.1\r\nHost: x\r\nbroken\r\n\r\n',
  'empty name': 'GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n',
  'NUL in value': 'GET / HTTP/1.1\r\nHost: x\r\nA: \0\r\n\r\n',
  'CR in value': 'GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n',
  'bare LF': 'GET / HTTP/1.1\nHost: x\n\n',
  'folded line': 'GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n',
  'length and chunked': post('Content-Length: 5\r\nTransfer-Encoding: chunked', `0\r\n\r\n${GET}`),
  'chunked and length': post('Transfer-Encoding: chunked\r\nContent-Length: 5', `0\r\n\r\n${GET}`),
  'two lengths': post('Content-Length: 5\r\nContent-Length: 6', `hello${GET}`),
  'the same length twice': post('Content-Length: 5\r\nContent-Length: 5', 'hello'),
  'list of lengths': post('Content-Length: 5, 5', 'hello'),
  'negative length': post('Content-Length: -1', ''),
  'plus in length': post('Content-Length: +5', 'hello'),
  'hex length': post('Content-Length: 0x5', 'hello'),
  'empty length': post('Content-Length:', ''),
  'huge length': post('Content-Length: 99999999999999999999999', ''),
  'space in length': post('Content-Length: 1 2', 'ab'),
  'chunked not last': post('Transfer-Encoding: chunked, gzip', '0\r\n\r\n'),
  'chunked twice': post('Transfer-Encoding: chunked, chunked', '0\r\n\r\n'),
  'two codings lines': post('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity', '0\r\n\r\n'),
  'misspelt coding': post('Transfer-Encoding: xchunked', '0\r\n\r\n'),
  'vertical tab before coding': post('Transfer-Encoding: \x0bchunked', '0\r\n\r\n'),
  'coding in 1.0': 'POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'bad chunk size': post('Transfer-Encoding: chunked', 'zz\r\n\r\n'),
  'huge chunk size': post('Transfer-Encoding: chunked', 'fffffffffffffffff\r\nx\r\n'),
  'negative chunk size': post('Transfer-Encoding: chunked', '-1\r\nx\r\n'),
  'chunk without CRLF': post('Transfer-Encoding: chunked', '3\r\nabcXX0\r\n\r\n'),
  'chunk with bare LF': post('Transfer-Encoding: chunked', '3\nabc\n0\n\n'),
  'chunk extension with CR': post('Transfer-Encoding: chunked', '3;a=\rb\r\nabc\r\n0\r\n\r\n'),
  'long chunk extension': post('Transfer-Encoding: chunked', `3;${'a'.repeat(20_000)}\r\nabc\r\n0\r\n\r\n`),
  'bad trailer': post('Transfer-Encoding: chunked', '0\r\nbad trailer\r\n\r\n'),
  'long header': `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`,
  'long target': `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  'many headers': `GET / HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(3000)}\r\n`,
  'empty lines first': `\r\n\r\n${GET}`,
  'two at once': `${GET}${GET}`,
  'garbage after a request': `${GET}garbage\r\n\r\n`,
  'unknown expectation': post('Expect: 200-ok\r\nContent-Length: 0', ''),
  'upgrade nobody takes': 'GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
};
// The peer ends its side in the middle.
const halves = { 'half a line': 'GET / HT', 'half a head': 'GET / HTTP/1.1\r\nHost:', 'half a body': post('Content-Length: 10', 'hello'),
                 'half a chunk': post('Transfer-Encoding: chunked', 'a\r\nhello'), 'nothing': '' };

let seen = [];
const server = http.createServer((req, res) => {
  const what = `${req.method} ${req.url.length > 20 ? req.url.length : req.url}`;
  let length = 0;
  req.on('data', (bytes) => length += bytes.length);
  req.on('end', () => {
    seen.push(`${what} ${length}`);
    res.end('ok');
  });
  req.on('error', (error) => seen.push(`${what} ${error.code}`));
});
server.on('connect', (req, socket) => socket.destroy());

function send(name, bytes, ends) {
  return new Promise((done) => {
    seen = [];
    let answer = '';
    let timer;
    const socket = net.connect(server.address().port, '127.0.0.1');
    const finish = (how) => {
      clearTimeout(timer);
      const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1]);
      console.log(`${name}: ${statuses.join(' ') || 'nothing'}; ${how}; ${seen.join(', ') || '-'}`);
      socket.destroy();
      done();
    };
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (!ends) {
        clearTimeout(timer);
        timer = setTimeout(finish, 150, 'stays open');
      }
    });
    socket.on('error', () => {});
    socket.on('close', () => finish('closed'));
    timer = setTimeout(finish, 600, 'stays open');
    if (ends) socket.end(Buffer.from(bytes, 'latin1'));
    else socket.write(Buffer.from(bytes, 'latin1'));
  });
}

server.listen(0, '127.0.0.1', async () => {
  for (const name in cases) await send(name, cases[name], false);
  for (const name in halves) await send(name, halves[name], true);
  server.getConnections((error, count) => setTimeout(() => server.getConnections((_, left) => {
    console.log('connections left', left);
    server.close();
    server.closeAllConnections();
  }), 50));
});

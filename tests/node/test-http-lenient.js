// SPDX-License-Identifier: MIT
'use strict';
// What insecureHTTPParser lets through, and what it does not, beside the strict parser.
const http = require('http');
const net = require('net');

const head = (lines, end = '\r\n') => ['POST / HTTP/1.1', 'Host: a', 'Connection: close', ...lines, '', ''].join(end);
const chunked = head(['Transfer-Encoding: chunked']);
const requests = {
  'version 1.2': 'GET / HTTP/1.2\r\nHost: a\r\nConnection: close\r\n\r\n',
  'spaces behind the target': 'GET /   HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  'a target beyond ASCII': 'GET /\xe9 HTTP/1.1\r\nHost: a\r\n\r\n',
  'a space behind a chunk\'s size': `${chunked}5 \r\nhello\r\n0\r\n\r\n`,
  'digits behind that space': `${chunked}5 5\r\nhello\r\n0\r\n\r\n`,
  'a chunk longer than its size': `${chunked}5\r\nhelloX\r\n0\r\n\r\n`,
  'a chunk without a line end': `${chunked}5\r\nhello0\r\n\r\n`,
  'both lengths': `${head(['Transfer-Encoding: chunked', 'Content-Length: 5'])}5\r\nhello\r\n0\r\n\r\n`,
  'bare line feeds': head([], '\n'),
  'a folded line': head(['X: a', ' b']),
  'a control character': head(['X: a\x01b']),
};

async function run(options) {
  console.log(options);
  const server = http.createServer(options, (req, res) => {
    let body = '';
    console.log(' ', req.httpVersion, JSON.stringify(req.url));
    req.on('data', (chunk) => body += chunk).on('end', () => {
      console.log('  end', JSON.stringify(body));
      res.end();
    }).on('error', () => {});
  });
  server.on('clientError', (error, socket) => {
    console.log(' ', error.code, error.reason, error.bytesParsed);
    socket.destroy();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  for (const [name, bytes] of Object.entries(requests)) {
    console.log(` ${name}`);
    await new Promise((resolve) => {
      const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
      socket.on('error', () => {}).on('close', resolve).resume();
    });
  }
  server.close();
}

run({ insecureHTTPParser: true }).then(() => run({}));

// The bytes of responses whose head was given by writeHead(), in the ways programs do that.
'use strict';
const http = require('http');
const net = require('net');

const cases = {
  'writeHead and end': (req, res) => {
    res.writeHead(200, { 'Content-Type': 'text/plain', 'X-Number': 7 });
    console.log(res.headersSent, res.getHeader('content-type'), res.chunkedEncoding);
    res.end('h\u00e9');
  },
  'with a length': (req, res) => {
    res.writeHead(201, 'Made', { 'Content-Length': 2 });
    res.end(Buffer.from('ab'));
  },
  'an empty end': (req, res) => {
    res.writeHead(404);
    res.end();
  },
  'over headers set before': (req, res) => {
    res.setHeader('X-A', 'a');
    res.setHeader('x-b', 'b');
    res.writeHead(200, { 'x-a': 'c' });
    console.log(res.getHeaders());
    res.end('x');
  },
  'a flat list': (req, res) => {
    res.writeHead(200, ['X-A', 'a', 'X-A', 'b', 'Set-Cookie', 'c']);
    res.end('x');
  },
  'a list of pairs': (req, res) => {
    res.writeHead(200, [['X-A', 'a'], ['X-A', 'b']]);
    res.end('x');
  },
  'several values': (req, res) => {
    res.writeHead(200, { 'Set-Cookie': ['a', 'b'] });
    res.end('x');
  },
  'then pieces': (req, res) => {
    res.writeHead(200, { 'X-A': 'a' });
    res.write('one');
    res.end('two');
  },
  'then trailers': (req, res) => {
    res.writeHead(200, { Trailer: 'X-T' });
    res.addTrailers({ 'X-T': 't' });
    res.end('x');
  },
  'looked at': (req, res) => {
    res.writeHead(200, { 'X-A': 'a' });
    console.log(JSON.stringify(res._header.replace(/Date: .*\r\n/, '')));
    res.end('x');
  },
  'looked at when sent': (req, res) => {
    res.writeHead(200, { 'X-A': 'a' });
    res.end('x');
    console.log(JSON.stringify(res._header.replace(/Date: .*\r\n/, '')), res.headersSent);
  },
  'flushed first': (req, res) => {
    res.writeHead(200, { 'X-A': 'a' });
    res.flushHeaders();
    res.end('x');
  },
  'connection: close': (req, res) => {
    res.writeHead(200, { Connection: 'close' });
    res.end('x');
  },
  'shouldKeepAlive changed': (req, res) => {
    res.shouldKeepAlive = false;
    res.writeHead(200);
    res.end('x');
  },
  'no body allowed': (req, res) => {
    res.writeHead(204);
    res.end();
  },
  'status changed in vain': (req, res) => {
    res.writeHead(202);
    res.statusCode = 500;
    res.statusMessage = 'No';
    res.end('x');
  },
  'errors': (req, res) => {
    const attempt = (...args) => {
      try {
        res.writeHead(...args);
      } catch (error) {
        console.log(error.code);
      }
    };
    attempt(99);
    attempt(200, { 'bad name': 1 });
    attempt(200, { 'X-A': 'bad\nvalue' });
    attempt(200, { 'X-A': undefined });
    attempt(200, 'bad\nreason');
    res.statusMessage = '';
    attempt(200, { 'X-A': 'a' });
    attempt(200);
    res.end('x');
  },
};

const server = http.createServer((req, res) => cases[decodeURIComponent(req.url.slice(1))](req, res));
server.keepAliveTimeout = 5000;

function run(names, method) {
  if (names.length === 0) {
    if (method === 'GET') run(['writeHead and end', 'with a length'], 'HEAD');
    else server.close();
    return;
  }
  const name = names.shift();
  console.log(`# ${method} ${name}`);
  const client = net.connect(server.address().port, () => {
    client.end(`${method} /${encodeURIComponent(name)} HTTP/1.1\r\nHost: a\r\n\r\n`);
  });
  let text = '';
  client.setEncoding('utf8');
  client.on('data', (chunk) => { text += chunk; });
  client.on('close', () => {
    console.log(JSON.stringify(text.replace(/Date: .*\r\n/, '')));
    run(names, method);
  });
}
server.listen(0, () => run(Object.keys(cases), 'GET'));

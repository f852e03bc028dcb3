'use strict';
// HTTP/2: both faces of the server, bodies and flow control both ways, trailers, push, ping, settings, resets, and TLS with
// HTTP/1 beside it.
const http2 = require('http2');
const https = require('https');
const fs = require('fs');
const path = require('path');
const { once } = require('events');

const file = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', 'tls', name));

function read(stream) {
  return new Promise((resolve) => {
    const out = { text: '' };
    stream.setEncoding('utf8');
    stream.on('response', (headers) => out.status = headers[':status']);
    stream.on('data', (text) => out.text += text);
    stream.on('trailers', (trailers) => out.trailers = trailers.sum);
    stream.on('error', (error) => out.error = error.code);
    stream.on('close', () => resolve(`${out.status} ${out.text.length > 60 ? out.text.length : out.text} ${out.trailers} ${out.error} ${stream.rstCode}`));
  });
}

async function core() {
  const server = http2.createServer({ settings: { maxConcurrentStreams: 50 } });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    switch (headers[':path']) {
      case '/echo':
        stream.respond({ ':status': 200, 'content-type': 'text/plain' });
        stream.pipe(stream);
        break;
      case '/trailers':
        stream.respond({}, { waitForTrailers: true });
        stream.on('wantTrailers', () => stream.sendTrailers({ sum: '42' }));
        stream.end('with trailers');
        break;
      case '/push':
        stream.pushStream({ ':path': '/pushed' }, (error, pushed) => {
          pushed.respond({ ':status': 200 });
          pushed.end('pushed');
        });
        stream.respond();
        stream.end('pushing');
        break;
      case '/reset':
        stream.close(http2.constants.NGHTTP2_ENHANCE_YOUR_CALM);
        break;
      case '/file':
        stream.respondWithFile(__filename, { 'content-type': 'text/javascript' }, { offset: 0, length: 12 });
        break;
      case '/empty':
        stream.additionalHeaders({ ':status': 103, 'link': '</a>' });
        stream.respond({ ':status': 204 });
        break;
      default:
        stream.respond({ ':status': 404 }, { endStream: true });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = http2.connect(`http://127.0.0.1:${server.address().port}`);
  const [settings] = await once(client, 'remoteSettings');
  console.log('settings:', settings.maxConcurrentStreams, settings.initialWindowSize);
  const echo = client.request({ ':method': 'POST', ':path': '/echo' });
  echo.end('short');
  console.log('echo:', await read(echo));
  const big = client.request({ ':method': 'POST', ':path': '/echo' });
  big.end('x'.repeat(1e6));
  console.log('big:', await read(big));
  client.on('stream', (stream, headers) => read(stream).then((text) => console.log('pushed:', headers[':path'], text)));
  for (const name of ['trailers', 'push', 'reset', 'file', 'empty', 'nothing']) {
    const stream = client.request({ ':path': `/${name}` });
    stream.on('headers', (headers) => console.log('interim:', headers[':status'], headers.link));
    console.log(`${name}:`, await read(stream));
  }
  console.log('many:', new Set(await Promise.all(Array.from({ length: 120 }, (_, k) => {
    const stream = client.request({ ':method': 'POST', ':path': '/echo' });
    stream.end(`${k % 2}`);
    return read(stream);
  }))).size);
  await new Promise((resolve) => client.ping(Buffer.from('12345678'), (error, duration, payload) => {
    console.log('ping:', error, duration >= 0, String(payload));
    resolve();
  }));
  for (const bad of [{ 'connection': 'close' }, { ':bad': 'x' }, { 'a b': 'x' }, { 'age': ['1', '2'] }]) {
    try {
      client.request(bad);
    } catch (error) {
      console.log('refused:', error.code, error.message);
    }
  }
  client.close();
  await once(client, 'close');
  server.close();
  await once(server, 'close');
}

async function compat() {
  const options = { key: file('server.key'), cert: file('server.crt'), allowHTTP1: true };
  const server = http2.createSecureServer(options, (req, res) => {
    let body = '';
    req.setEncoding('utf8');
    req.on('data', (text) => body += text);
    req.on('end', () => {
      res.setHeader('x-version', req.httpVersion);
      res.writeHead(201, { 'content-type': 'text/plain' });
      res.write(`${req.method} ${req.url} `);
      res.end(body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  const client = http2.connect(`https://localhost:${port}`, { ca: file('ca.crt') });
  const stream = client.request({ ':method': 'PUT', ':path': '/two' });
  stream.end('over two');
  console.log('compat:', await read(stream), client.alpnProtocol, client.encrypted);
  client.close();
  const text = await new Promise((resolve) => {
    https.request({ host: '127.0.0.1', port, ca: file('ca.crt'), method: 'PUT', path: '/one', agent: false }, (res) => {
      let body = `${res.statusCode} ${res.headers['x-version']} `;
      res.on('data', (data) => body += data);
      res.on('end', () => resolve(body));
    }).end('over one');
  });
  console.log('compat:', text);
  server.close(() => console.log('closed'));
}

core().then(compat);

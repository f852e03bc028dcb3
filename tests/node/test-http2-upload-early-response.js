// A response that is whole before anybody read the request: the rest is not wanted, and both sides end without an error.
'use strict';
const http2 = require('http2');

const SIZE = 1 << 20;

function exchange(what, serve, size = SIZE) {
  return new Promise((done) => {
    const server = http2.createServer();
    const seen = [];
    serve(server, (event) => seen.push(event));
    server.listen(0, () => {
      const client = http2.connect(`http://localhost:${server.address().port}`);
      const req = client.request({ ':method': 'POST' });
      let body = '';
      let length = 0;
      req.setEncoding('latin1');
      req.on('data', (text) => {
        length += text.length;
        if (body.length < 10) body += text.slice(0, 10);
      });
      for (const event of ['aborted', 'error', 'end']) req.on(event, () => seen.push(`client ${event}`));
      req.on('trailers', ({ x }) => seen.push(`trailers ${x}`));
      req.end(Buffer.alloc(size));
      req.on('close', () => {
        console.log(what, body, length, req.rstCode, req.aborted, seen.sort().join(', '));
        client.close();
        server.close(done);
      });
    });
  });
}

(async () => {
  await exchange('stream', (server, see) => server.on('stream', (stream) => {
    for (const event of ['aborted', 'error', 'end']) stream.on(event, () => see(`server ${event}`));
    stream.respond();
    stream.end('early');
  }));
  await exchange('long response', (server) => server.on('stream', (stream) => {
    stream.respond();
    stream.end('x'.repeat(SIZE));
  }));
  await exchange('trailers', (server) => server.on('stream', (stream) => {
    stream.respond({}, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ x: 'y' }));
    stream.end('early');
  }));
  await exchange('compat', (server, see) => server.on('request', (req, res) => {
    req.on('aborted', () => see('request aborted'));
    res.end('early');
  }));
  await exchange('small', (server) => server.on('request', (req, res) => res.end('early')), 10);
  await exchange('read', (server, see) => server.on('stream', (stream) => {
    let length = 0;
    stream.on('data', (bytes) => length += bytes.length);
    stream.on('end', () => see(`read ${length}`));
    stream.respond();
    stream.end('early');
  }));
})();

// SPDX-License-Identifier: MIT
// Backpressure over sockets: net, local sockets, tls, http and https, http2, fetch; what is sent and what is answered.
// By hand: culm test-backpressure-network.js 1024
'use strict';
// not sanitized: AddressSanitizer keeps what is freed for a while

const fs = require('node:fs');
const http = require('node:http');
const http2 = require('node:http2');
const https = require('node:https');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const stream = require('node:stream');
const { once } = require('node:events');
const { pipeline } = require('node:stream/promises');
const tls = require('node:tls');
const { runKinds } = require('./fixtures/backpressure.js');

const fixtures = path.join(__dirname, 'fixtures', 'tls');
const pem = { key: fs.readFileSync(path.join(fixtures, 'server.key')), cert: fs.readFileSync(path.join(fixtures, 'server.crt')) };
const trusting = { rejectUnauthorized: false };

async function serve(server, address, work) {
  await once(server.listen(address), 'listening');
  await work(server.address());
  server.close();
  server.closeAllConnections?.();
}
const local = { port: 0, host: '127.0.0.1' };

// What a client sends is read slowly.
const sent = (make, connect, address = local) => async (passage) => {
  let arrived;
  const all = new Promise((resolve) => { arrived = resolve; });
  const server = make((socket) => arrived(pipeline(socket, passage.sink()).then(() => socket.end())));
  await serve(server, address, async (bound) => {
    const client = connect(bound);
    client.resume();
    await Promise.all([pipeline(passage.source(), client), all]);
  });
};
const localPath = () => path.join(os.tmpdir(), `culm-backpressure-${process.pid}`);

function post(module, options, port) {
  const request = module.request({ ...options, port, host: '127.0.0.1', method: 'POST' });
  return [request, once(request, 'response')];
}

const uploaded = (make, module, options) => async (passage) => {
  const server = make(async (request, response) => {
    await pipeline(request, passage.sink());
    response.end();
  });
  await serve(server, local, async ({ port }) => {
    const [request, answered] = post(module, options, port);
    await pipeline(passage.source(), request);
    const [response] = await answered;
    await once(response.resume(), 'end');
  });
};
const downloaded = (make, module, options) => async (passage) => {
  const server = make((request, response) => pipeline(passage.source(), response));
  await serve(server, local, async ({ port }) => {
    const [request, answered] = post(module, options, port);
    request.end();
    const [response] = await answered;
    await pipeline(response, passage.sink());
  });
};

const overSession = (handle, work) => async (passage) => {
  const server = http2.createServer();
  server.on('stream', (each) => handle(passage, each));
  await serve(server, local, async ({ port }) => {
    const session = http2.connect(`http://127.0.0.1:${port}`);
    await work(passage, session.request({ ':method': 'POST' }));
    await new Promise((resolve) => session.close(resolve));
  });
};

const plain = (handler) => http.createServer(handler);
const secure = (handler) => https.createServer(pem, handler);

runKinds({
  'net': sent((handler) => net.createServer(handler), ({ port }) => net.connect(port, '127.0.0.1')),
  'local socket': (passage) => sent((handler) => net.createServer(handler), () => net.connect(localPath()), { path: localPath() })(passage),
  'net, echoed': async (passage) => {
    await serve(net.createServer((socket) => socket.pipe(socket)), local, async ({ port }) => {
      const client = net.connect(port, '127.0.0.1');
      await Promise.all([pipeline(passage.source(), client, { end: true }), pipeline(stream.Readable.from(client, { objectMode: false }), passage.sink())]);
    });
  },
  'tls': sent((handler) => tls.createServer(pem, handler), ({ port }) => tls.connect({ ...trusting, port, host: '127.0.0.1' })),
  'http request': uploaded(plain, http, {}),
  'http request of known length': (passage) => uploaded(plain, http, { headers: { 'content-length': passage.total } })(passage),
  'http response': downloaded(plain, http, {}),
  'https request': uploaded(secure, https, trusting),
  'https response': downloaded(secure, https, trusting),
  'http2 request': overSession(async (passage, each) => {
    await pipeline(each, passage.sink(), { end: true }).catch(() => {});
    each.respond();
    each.end();
  }, async (passage, request) => {
    await Promise.all([pipeline(passage.source(), request), once(request.resume(), 'close')]);
  }),
  'http2 response': overSession((passage, each) => {
    each.respond();
    pipeline(passage.source(), each).catch(() => {});
  }, (passage, request) => pipeline(request.end(), passage.sink())),
  'fetch response': async (passage) => {
    await serve(plain((request, response) => pipeline(passage.source(), response)), local, async ({ port }) => {
      const response = await fetch(`http://127.0.0.1:${port}/`);
      await response.body.pipeTo(new WritableStream({ write: (chunk) => passage.take(chunk.length) }));
    });
  },
  'fetch request': async (passage) => {
    const server = plain(async (request, response) => {
      await pipeline(request, passage.sink());
      response.end();
    });
    await serve(server, local, async ({ port }) => {
      const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', duplex: 'half', body: stream.Readable.toWeb(passage.source()) });
      await response.text();
    });
  },
});

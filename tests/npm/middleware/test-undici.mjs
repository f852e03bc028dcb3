// undici's clients against node:http. Its parser of responses is WebAssembly.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { Agent, Client, Pool, fetch, request, stream } from 'undici';
import { Writable } from 'node:stream';

const server = createServer((request, response) => {
  let length = 0;
  request.on('data', (chunk) => (length += chunk.length));
  request.on('end', () => {
    response.setHeader('x-method', request.method);
    if (request.url === '/redirect') {
      response.writeHead(302, { location: '/there' }).end();
    } else {
      response.end(`${request.url} ${length}`);
    }
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const base = `http://127.0.0.1:${server.address().port}`;

const one = await request(`${base}/one`, { method: 'POST', body: 'x'.repeat(100_000) });
console.log(one.statusCode, one.headers['x-method'], await one.body.text());

const client = new Client(base, { pipelining: 4 });
const all = await Promise.all([1, 2, 3, 4].map((k) => client.request({ path: `/pipelined/${k}`, method: 'GET' })));
console.log(await Promise.all(all.map(({ body }) => body.text())));
await client.close();

const pool = new Pool(base, { connections: 2 });
let text = '';
await pool.stream({ path: '/streamed', method: 'GET' }, () => new Writable({
  write(chunk, encoding, done) {
    text += chunk;
    done();
  },
}));
console.log(text);
await pool.close();

const agent = new Agent({ keepAliveTimeout: 10 });
const response = await fetch(`${base}/redirect`, { dispatcher: agent });
console.log(response.status, response.redirected, await response.text());
await agent.close();
const aborted = AbortSignal.abort();
console.log(await request(`${base}/never`, { signal: aborted }).catch((error) => error.name));
server.close();
server.closeAllConnections();

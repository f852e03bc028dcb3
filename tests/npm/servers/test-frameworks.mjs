// fastify, koa and hono, asked with fetch.
import { once } from 'node:events';
import Fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';

async function ask(port, path, options) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, options);
  return [response.status, response.headers.get('content-type'), await response.text()];
}

const json = { 'content-type': 'application/json' };

const fastify = Fastify();
const schema = { response: { 200: { type: 'object', properties: { id: { type: 'string' } } } } };
fastify.get('/users/:id', { schema }, async (request) => ({ id: request.params.id, hidden: true }));
fastify.post('/echo', async (request) => request.body);
fastify.get('/fails', async () => {
  throw Object.assign(new Error('as asked'), { statusCode: 418 });
});
await fastify.listen({ port: 0, host: '127.0.0.1' });
const { port } = fastify.server.address();
console.log('fastify', await ask(port, '/users/5'), await ask(port, '/echo', { method: 'POST', body: '{"a":[1]}', headers: json }));
console.log(await ask(port, '/echo', { method: 'POST', body: '{bad', headers: json }), await ask(port, '/none'), await ask(port, '/fails'));
await fastify.close();

const koa = new Koa();
koa.use(async (context, next) => {
  await next();
  context.set('x-after', 'yes');
});
koa.use((context) => {
  context.body = { path: context.path, query: context.query };
});
const server = koa.listen(0, '127.0.0.1');
await once(server, 'listening');
console.log('koa', await ask(server.address().port, '/a?b=1&c=%C3%A9'));
server.close();

const hono = new Hono();
hono.get('/h/:name', (context) => context.json({ name: context.req.param('name') }));
const response = await hono.request('/h/7');
console.log('hono', response.status, await response.text());

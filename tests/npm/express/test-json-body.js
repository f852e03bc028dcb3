// express 5 with JSON bodies, routers, errors and static files, asked over real sockets.
'use strict';
const http = require('node:http');
const path = require('node:path');
const express = require('express');

const app = express();
app.use(express.json());
app.use('/static', express.static(path.join(__dirname, 'public'), { etag: false, lastModified: false }));
app.get('/', (req, res) => res.send('Hello World!'));
app.get('/users/:id', (req, res) => res.json({ id: req.params.id, query: req.query }));
app.post('/echo', (req, res) => res.status(201).location('/echo/1').json({ got: req.body, type: req.get('content-type') }));
app.get('/late', async () => {
  await null;
  throw Object.assign(new Error('rejected handler'), { status: 418 });
});
const router = express.Router({ mergeParams: true });
router.route('/:n').get((req, res) => res.json({ n: req.params.n, base: req.baseUrl })).delete((req, res) => res.sendStatus(204));
app.use('/api/:version', router);
app.use((req, res) => res.status(404).send('nothing here'));
app.use((err, req, res, next) => res.status(err.status || 500).json({ error: err.type || err.message }));

function ask(agent, method, target, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const { port } = server.address();
    const req = http.request({ agent, port, host: '127.0.0.1', method, path: target, headers }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (piece) => { text += piece; }).on('end', () => {
        const shown = ['content-type', 'content-length', 'location', 'allow', 'etag', 'x-powered-by'].map((name) => res.headers[name]);
        console.log(method, target, res.statusCode, JSON.stringify(shown), JSON.stringify(text));
        resolve();
      });
    });
    req.on('error', reject).end(body);
  });
}

const server = app.listen(0, '127.0.0.1', async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
  const json = { 'content-type': 'application/json' };
  await ask(agent, 'GET', '/');
  await ask(agent, 'HEAD', '/');
  await ask(agent, 'GET', '/users/7?a=1&a=2&b%5Bc%5D=3');
  await ask(agent, 'POST', '/echo', '{"k":[1,{"z":null}],"s":"\\u00e9"}', json);
  await ask(agent, 'POST', '/echo', '{bad', json);
  await ask(agent, 'POST', '/echo', 'x'.repeat(200_000), json);
  await ask(agent, 'POST', '/echo', 'plain', { 'content-type': 'text/plain' });
  await ask(agent, 'GET', '/late');
  await ask(agent, 'GET', '/api/v1/9');
  await ask(agent, 'DELETE', '/api/v1/9');
  await ask(agent, 'OPTIONS', '/api/v1/9');
  await ask(agent, 'GET', '/static/a.txt');
  await ask(agent, 'GET', '/static/a.txt', undefined, { range: 'bytes=2-5' });
  await ask(agent, 'GET', '/static/../secret');
  await ask(agent, 'GET', '/%E0%A4%A');
  await Promise.all(Array.from({ length: 5 }, (_, k) => ask(new http.Agent(), 'POST', '/echo', JSON.stringify({ k: 1 }), json)));
  agent.destroy();
  server.close(() => console.log('closed'));
});

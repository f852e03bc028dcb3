// An EventEmitter keyed by "METHOD path" over http.createServer.
const http = require('http');
const EventEmitter = require('events');
const app = new EventEmitter();
app.on('GET /', (req, res) => res.end('home'));
app.on('POST /echo', (req, res) => {
  const chunks = [];
  req.on('data', (c) => chunks.push(c));
  req.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    res.writeHead(201, { 'Content-Type': 'application/json', 'X-Length': body.length });
    res.end(JSON.stringify({ got: JSON.parse(body) }));
  });
});
const server = http.createServer((req, res) => {
  if (!app.emit(`${req.method} ${req.url}`, req, res)) {
    res.statusCode = 404;
    res.end('not found');
  }
});
function ask(method, path, body) {
  return new Promise((resolve, reject) => {
    const req = http.request({ port: server.address().port, host: '127.0.0.1', method, path, headers: body ? { 'content-length': Buffer.byteLength(body) } : {} }, (res) => {
      let text = '';
      res.setEncoding('utf8');
      res.on('data', (d) => { text += d; });
      res.on('end', () => resolve([res.statusCode, res.statusMessage, res.headers['content-type'], res.headers['x-length'], text]));
    });
    req.on('error', reject);
    req.end(body);
  });
}
server.listen(0, '127.0.0.1', async () => {
  console.log(await ask('GET', '/'));
  console.log(await ask('POST', '/echo', JSON.stringify({ a: [1, 'ü'] })));
  console.log(await ask('GET', '/nowhere'));
  server.close();
});

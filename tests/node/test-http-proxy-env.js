// Proxies of agents and of fetch: the whole URL for http, tunnels for https, NO_PROXY, failures.
'use strict';
const fs = require('fs');
const http = require('http');
const https = require('https');
const net = require('net');
const path = require('path');
const { once } = require('events');

const keys = path.join(__dirname, 'fixtures', 'tls');
const tlsOptions = { key: fs.readFileSync(path.join(keys, 'server.key')), cert: fs.readFileSync(path.join(keys, 'server.crt')) };
const ports = [];
const hide = (text) => ports.reduce((all, port, k) => all.replaceAll(`${port}`, `PORT${k}`), `${text}`);
const say = (...words) => console.log(...words.map(hide));

const origin = http.createServer((req, res) => {
  say('origin', req.method, req.url, req.rawHeaders.join());
  req.resume().on('end', () => res.end(`from the origin ${req.url}`));
});
const secure = https.createServer(tlsOptions, (req, res) => res.end(`secure ${req.url}`));
let refuse = false;
const own = new http.Agent();
const proxy = http.createServer((req, res) => {
  say('proxy', req.method, req.url, req.rawHeaders.join());
  const url = new URL(req.url);
  req.pipe(http.request({ agent: own, host: '127.0.0.1', port: url.port, path: url.pathname, method: req.method }, (answer) => {
    res.writeHead(answer.statusCode);
    answer.pipe(res);
  }));
});
proxy.on('connect', (req, socket, head) => {
  say('tunnel', req.url, req.rawHeaders.join());
  if (refuse) {
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    return;
  }
  const up = net.connect(req.url.split(':').pop(), '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    up.write(head);
    up.pipe(socket);
    socket.pipe(up);
  });
  up.on('error', () => socket.destroy());
  socket.on('error', () => up.destroy());
});

function ask(client, options, body) {
  return new Promise((resolve) => {
    const req = client.request(options, async (res) => {
      res.setEncoding('utf8');
      let text = '';
      for await (const piece of res) text += piece;
      resolve(`${res.statusCode} ${text}`);
    });
    req.on('error', (e) => resolve(`${e.code} ${e.message} ${e.statusCode ?? ''}`));
    req.end(body);
  });
}

(async () => {
  for (const server of [proxy, origin, secure]) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ports.push(server.address().port);
  }
  const [proxyPort, port, securePort] = ports;
  const http_proxy = `http://us%20er:p%3Ass@127.0.0.1:${proxyPort}`;
  const agent = new http.Agent({ proxyEnv: { http_proxy } });
  say(await ask(http, { host: 'localhost', port, path: '/get', agent }));
  say(await ask(http, { host: 'localhost', port, path: '/post', method: 'POST', agent }, 'text'));
  try {
    http.request({ host: 'localhost', port, agent, headers: ['Host', 'other.test'] });
  } catch (e) {
    say(e.code, e.message);
  }
  const straight = new http.Agent({ proxyEnv: { HTTP_PROXY: http_proxy, NO_PROXY: 'a.test, .b.test,127.0.0.1-127.0.0.9' } });
  say(await ask(http, { host: '127.0.0.1', port, path: '/straight', agent: straight }));

  const tunnels = new https.Agent({ proxyEnv: { https_proxy: http_proxy }, keepAlive: true, rejectUnauthorized: false });
  say(await ask(https, { host: 'localhost', port: securePort, path: '/1', agent: tunnels }));
  say(await ask(https, { host: 'localhost', port: securePort, path: '/2', agent: tunnels }));
  tunnels.destroy();
  refuse = true;
  say(await ask(https, { host: 'localhost', port: securePort, path: '/refused', agent: tunnels }));
  refuse = false;
  for (const url of ['http://256.256.256.256:8080', 'nothing', 'http://user\r:x@host:1']) {
    try {
      new http.Agent({ proxyEnv: { HTTP_PROXY: url } });
    } catch (e) {
      say(e.name, e.code, JSON.stringify(e.message));
    }
  }
  try {
    http.request({ host: 'local\nhost', port, agent });
  } catch (e) {
    say(e.code);
  }
  for (const wrong of [42, null, 'x']) {
    try {
      http.setGlobalProxyFromEnv(wrong);
    } catch (e) {
      say(e.code, e.message);
    }
  }
  const restore = http.setGlobalProxyFromEnv({ http_proxy: `http://127.0.0.1:${proxyPort}` });
  say(await ask(http, { host: 'localhost', port, path: '/global', headers: { connection: 'close' } }));
  restore();
  say(await ask(http, { host: 'localhost', port, path: '/restored', headers: { connection: 'close' } }));
  for (const server of [proxy, origin, secure]) {
    server.close();
    server.closeAllConnections();
  }
})();

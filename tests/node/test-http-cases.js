// HTTP by hand: bodies, misuse, order of events, keep-alive, aborts, malformed input, CONNECT, URL forms, signals.
const http = require('http');
const net = require('net');
const log = (...a) => console.log(...a);
const once = (e, n) => new Promise((r) => e.once(n, (...a) => r(a)));
(async () => {
  const server = http.createServer();
  server.listen(0); await once(server, 'listening');
  const port = server.address().port;
  // pause and resume: body larger than the buffers
  server.once('request', async (req, res) => { let n = 0; for await (const c of req) n += c.length; res.end(String(n)); });
  let r = http.request({ port, method: 'PUT' }); const part = Buffer.alloc(100000, 97); for (let i = 0; i < 20; i++) r.write(part); r.end();
  let [res] = await once(r, 'response'); let b = ''; for await (const c of res) b += c; log('put', b);
  // pipe a stream back
  server.once('request', (req, res) => { res.setHeader('content-type', 'a/b'); req.pipe(res); });
  r = http.request({ port, method: 'POST' }); r.end('piped'); [res] = await once(r, 'response'); b = ''; for await (const c of res) b += c; log('pipe', b, res.headers['transfer-encoding'], res.headers['content-type']);
  // errors of misuse
  server.once('request', (req, res) => { res.end('x'); for (const f of [() => res.setHeader('a', 'b'), () => res.writeHead(200), () => res.removeHeader('a')]) try { f(); } catch (e) { log(e.code, e.message); } res.on('error', (e) => log('res error', e.code)); res.write('late', (e) => log('cb', e.code)); });
  r = http.get({ port }); [res] = await once(r, 'response'); res.resume(); await once(res, 'end');
  server.once('request', (req, res) => { for (const v of [99, 1000, 'x', NaN]) try { res.writeHead(v); } catch (e) { log(e.name, e.code, e.message); } try { res.write(null); } catch (e) { log(e.code); } try { res.write(5); } catch (e) { log(e.code, e.message); } res.appendHeader('Set-Cookie', 'a=1'); res.appendHeader('Set-Cookie', 'b=2'); log(res.getHeaderNames(), res.getHeaders(), res.hasHeader('SET-COOKIE'), res.headersSent); res.flushHeaders(); log(res.headersSent); res.end(); });
  r = http.get({ port }); [res] = await once(r, 'response'); log(res.headers['set-cookie'], res.rawHeaders.length); res.resume(); await once(res, 'end');
  // events order
  server.once('request', (req, res) => { for (const n of ['close', 'finish', 'prefinish']) res.on(n, () => log('res', n)); for (const n of ['close', 'end']) req.on(n, () => log('req', n)); req.resume(); res.end('k'); });
  const agent = new http.Agent({ keepAlive: true });
  r = http.get({ port, agent }); for (const n of ['socket', 'finish', 'response', 'close']) r.on(n, () => log('creq', n)); [res] = await once(r, 'response'); for (const n of ['end', 'close']) res.on(n, () => log('cres', n)); res.resume(); await once(r, 'close'); await new Promise((q) => setTimeout(q, 20));
  log(Object.keys(agent.freeSockets).length, r.reusedSocket);
  server.once('request', (req, res) => res.end('2')); r = http.get({ port, agent }); [res] = await once(r, 'response'); log('reused', r.reusedSocket); res.resume(); await once(res, 'close'); agent.destroy();
  // abort
  server.once('request', (req, res) => { req.on('aborted', () => log('aborted')); req.on('error', (e) => log('req error', e.code, e.message)); res.on('close', () => log('res closed', res.writableEnded)); res.write('part'); });
  r = http.get({ port }); r.on('error', (e) => log('client error', e.code)); [res] = await once(r, 'response'); res.on('error', (e) => log('res error', e.code, e.message)); res.once('data', () => res.destroy()); await once(r, 'close'); await new Promise((q) => setTimeout(q, 50));
  // server kills mid-body
  server.once('request', (req, res) => { res.writeHead(200, { 'content-length': 10 }); res.write('abc'); setTimeout(() => res.destroy(), 20); });
  r = http.get({ port }); [res] = await once(r, 'response'); res.on('aborted', () => log('c aborted')); res.on('error', (e) => log('c error', e.code, e.message, res.complete)); res.resume(); await once(res, 'close');
  // refused
  r = http.get({ port: 1 }); const [e] = await once(r, 'error'); log(e.code, e.syscall);
  // header overflow, bad header
  const raw = (text) => new Promise((q) => { const c = net.connect(port, () => c.write(text)); let s = ''; c.on('data', (d) => s += d); c.on('close', () => q(s)); c.on('error', () => {}); });
  log(JSON.stringify(await raw('GET / HTTP/1.1\r\nHost: x\r\nA: ' + 'b'.repeat(20000) + '\r\n\r\n')));
  log(JSON.stringify(await raw('GET / HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n')));
  log(JSON.stringify(await raw('garbage\r\n\r\n')));
  server.once('connect', (req, socket, head) => { log('CONNECT', req.url, head.toString()); socket.end('HTTP/1.1 200 OK\r\n\r\ntunnel'); });
  r = http.request({ port, method: 'CONNECT', path: 'h:1' }); r.end(); const [cr, cs, ch] = await once(r, 'connect'); log(cr.statusCode, ch.toString()); cs.destroy();
  const u = new URL(`http://user:p%40ss@localhost:${port}/x?y=1`);
  server.once('request', (req, res) => { log(req.url, req.headers.authorization, req.headers.host === `localhost:${port}`); res.end(); });
  r = http.get(u); [res] = await once(r, 'response'); res.resume(); await once(res, 'end');
  const ac = new AbortController(); server.once('request', () => ac.abort()); r = http.get({ port, signal: ac.signal }); const [ae] = await once(r, 'error'); log(ae.name, ae.code);
  server.close(() => log('closed')); server.closeAllConnections();
})();

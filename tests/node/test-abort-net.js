'use strict';
// AbortSignal in net, dgram, http, https, tls and http2.

const { outcome, check, listeners, told, soon } = require('./fixtures/abort');
const net = require('net'),
  http = require('http'),
  https = require('https'),
  http2 = require('http2'),
  dgram = require('dgram'),
  tls = require('tls'),
  fs = require('fs'),
  { once } = require('events');
const F = __dirname + '/fixtures/tls/';
const key = fs.readFileSync(F + 'server.key'),
  cert = fs.readFileSync(F + 'server.crt'),
  ca = fs.readFileSync(F + 'ca.crt');
const end = (s) =>
  new Promise((res, rej) => {
    let err;
    s.on('error', (e) => (err = e));
    s.on('close', () => (err ? rej(err) : res('closed')));
  });
const listen = (s) => new Promise((r) => s.listen(0, '127.0.0.1', () => r(s.address().port)));
(async () => {
  // net
  const echo = net.createServer((c) => {
    c.on('error', () => {});
    c.pipe(c);
  });
  const ep = await listen(echo);
  await check('net.connect', (signal) => end(net.connect({ port: ep, host: '127.0.0.1', signal })));
  await check('net.connect late', (signal) => end(net.connect({ port: ep, host: '127.0.0.1', signal })), {
    late: true,
  });
  await check('net.connect ended', (signal) => {
    const s = net.connect({ port: ep, host: '127.0.0.1', signal });
    s.resume();
    s.end('x');
    return end(s);
  });
  await check(
    'new net.Socket',
    (signal) => {
      const s = new net.Socket({ signal });
      const e = end(s);
      s.connect(ep, '127.0.0.1');
      return e;
    },
    { late: true },
  );
  await check('net.connect by name', (signal) => end(net.connect({ port: ep, host: 'localhost', signal })));
  await check('server.listen', (signal) => {
    const s = net.createServer();
    const e = end(s);
    s.listen({ port: 0, signal });
    return e;
  });
  await check(
    'server.listen late',
    (signal) => {
      const s = net.createServer();
      const e = end(s);
      s.listen({ port: 0, signal });
      return e;
    },
    { late: true },
  );
  await check(
    'server.listen closed',
    (signal) => {
      const s = net.createServer();
      const e = end(s);
      s.listen({ port: 0, signal }, () => s.close());
      return e;
    },
    { ends: true },
  );
  for (const bad of [null, 1, 'x', {}, new EventTarget()])
    for (const [n, f] of Object.entries({
      c: () =>
        net
          .connect({ port: ep, host: '127.0.0.1', signal: bad })
          .on('error', () => {})
          .destroy(),
      l: () => net.createServer().listen({ port: 0, signal: bad }).close(),
      h: () =>
        http
          .get({ port: ep, host: '127.0.0.1', signal: bad })
          .on('error', () => {})
          .destroy(),
      d: () => dgram.createSocket({ type: 'udp4', signal: bad }).close(),
    })) {
      const r = await outcome(f);
      console.log(n, bad && bad.constructor.name, r);
    }
  // dgram
  await check('dgram.createSocket', (signal) => end(dgram.createSocket({ type: 'udp4', signal })));
  await check(
    'dgram.createSocket bound',
    (signal) => {
      const s = dgram.createSocket({ type: 'udp4', signal });
      s.bind(0, '127.0.0.1');
      return end(s);
    },
    { late: true },
  );
  await check(
    'dgram.createSocket close',
    (signal) => {
      const s = dgram.createSocket({ type: 'udp4', signal });
      s.bind(0, '127.0.0.1', () => s.close());
      return end(s);
    },
    { ends: true },
  );
  // http
  for (const [name, mod, srv] of [
    ['http', http, http.createServer()],
    ['https', https, https.createServer({ key, cert })],
  ]) {
    srv.on('request', (req, res) => {
      req.on('error', () => {});
      res.on('error', () => {});
      if (req.url == '/now') res.end('ok');
      else if (req.url == '/half') {
        res.write('half');
      } else req.resume();
    });
    const port = await listen(srv);
    const base = { port, host: '127.0.0.1', ca };
    const get = (o) =>
      new Promise((res, rej) => {
        let closed = false,
          err;
        const r = mod.get({ ...base, ...o }, (m) => {
          let b = '';
          m.on('data', (d) => (b += d));
          m.on('end', () => (b += ' end'));
          m.on('error', (e) => {
            console.log('  message', told(e), m.aborted, m.complete);
          });
          m.on('close', () => {
            b += ' closed';
          });
          r.on('close', () => res(b));
        });
        r.on('error', (e) => {
          err = e;
        });
        r.on('close', () => {
          err && rej(err);
          if (r.destroyed !== true) console.log('not destroyed');
        });
      });
    await check(name + '.get', (signal) => get({ path: '/never', signal }));
    await check(name + '.get late', (signal) => get({ path: '/never', signal }), { late: true });
    await check(name + '.get half', (signal) => get({ path: '/half', signal }), { late: 200 });
    await check(name + '.get now', (signal) => get({ path: '/now', signal, agent: false }), {
      ends: true,
      during: false,
    });
    await check(
      name + '.request body',
      (signal) =>
        new Promise((res, rej) => {
          const r = mod.request({ ...base, method: 'POST', path: '/never', signal });
          let err;
          r.on('error', (e) => (err = e));
          r.on('close', () => (err ? rej(err) : res()));
          r.write('begin');
        }),
      { late: true },
    );

    srv.closeAllConnections();
    srv.close();
    await once(srv, 'close');
    await check(
      name + ' server listen',
      (signal) => {
        const s = mod.createServer({ key, cert });
        const e = end(s);
        s.listen({ port: 0, signal });
        return e;
      },
      { late: true },
    );
  }
  // tls
  // Nobody shakes hands there: Node fails an assertion when a client is aborted in the midst of it.
  const ts = net.createServer((c) => c.on('error', () => {}).resume());
  const tp = await listen(ts);
  await check('tls.connect', (signal) => end(tls.connect({ port: tp, host: '127.0.0.1', ca, signal })));
  await check(
    'tls server listen',
    (signal) => {
      const s = tls.createServer({ key, cert });
      const e = end(s);
      s.listen({ port: 0, signal });
      return e;
    },
    { late: true },
  );
  await check('tls.connect late', (signal) => end(tls.connect({ port: tp, host: '127.0.0.1', ca, signal })), {
    late: true,
  });
  ts.close();
  // http2
  const h2 = http2.createServer();
  h2.on('stream', (st, h) => {
    st.on('error', () => {});
    if (h[':path'] == '/now') {
      st.respond();
      st.end('ok');
    } else st.respond();
  });
  const hp = await listen(h2);
  const client = http2.connect('http://127.0.0.1:' + hp);
  client.on('error', () => {});
  await once(client, 'connect');
  await check('http2 request', (signal) => {
    const r = client.request({ ':path': '/never' }, { signal });
    r.resume();
    return end(r);
  });
  await check(
    'http2 request late',
    (signal) => {
      const r = client.request({ ':path': '/never' }, { signal });
      r.resume();
      return end(r).finally(() => console.log('  rst', r.rstCode, r.aborted, r.destroyed));
    },
    { late: true },
  );
  await check(
    'http2 request ends',
    (signal) => {
      const r = client.request({ ':path': '/now' }, { signal });
      r.resume();
      return end(r);
    },
    { ends: true },
  );
  for (const bad of [null, 1, 'x', {}, new EventTarget()]) {
    let r;
    try {
      client
        .request({ ':path': '/now' }, { signal: bad })
        .on('error', () => {})
        .resume();
      r = 'fine';
    } catch (e) {
      r = 'thrown ' + told(e);
    }
    console.log(bad && bad.constructor.name, r);
  }
  await check(
    'http2.connect',
    (signal) => {
      const c = http2.connect('http://127.0.0.1:' + hp, { signal });
      const e = end(c);
      c.on('connect', () => c.close());
      return e;
    },
    { during: false },
  );
  client.close();
  h2.close();
  echo.close();
  setTimeout(() => process.exit(), 10);
})();

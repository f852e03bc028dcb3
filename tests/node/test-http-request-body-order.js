'use strict';
// A body that comes in one packet with its head: in which order a request's events, ticks and promise jobs run,
// however the body is consumed.
const http = require('http');
const net = require('net');

const watch = (req, log, names) => { for (const name of names) req.on(name, () => log(name)); };
const ways = {
  pair(req, log, done) {
    const parts = [];
    req.on('data', (c) => { parts.push(c); log('data', req.readableEnded, req.complete, req.readableLength); });
    req.on('end', () => { log('end', Buffer.concat(parts).toString(), req.readableEnded, req.destroyed, req.closed); done(); });
  },
  ticks(req, log, done) {
    process.nextTick(() => log('tick before'));
    req.on('data', () => {
      log('data');
      process.nextTick(() => log('tick of data'));
      queueMicrotask(() => log('microtask of data'));
    });
    req.on('end', () => {
      log('end');
      process.nextTick(() => { log('tick of end', req.destroyed, req.closed); process.nextTick(() => log('its tick', req.closed)); });
      queueMicrotask(() => log('microtask of end', req.closed));
      setImmediate(() => { log('immediate', req.closed); done(); });
    });
    process.nextTick(() => log('tick after'));
  },
  close(req, log, done) {
    watch(req, log, ['resume', 'pause', 'close', 'end', 'error', 'aborted']);
    req.on('data', () => log('data'));
    req.on('close', () => done());
  },
  lateClose(req, log, done) {
    req.resume();
    req.on('end', () => process.nextTick(() => req.on('close', () => { log('close'); done(); })));
  },
  pauseInData(req, log, done) {
    req.on('data', () => { log('data'); req.pause(); setTimeout(() => { log('resuming'); req.resume(); }, 1); });
    req.on('end', () => { log('end'); done(); });
  },
  pauseInResume(req, log, done) {
    req.on('data', () => log('data'));
    req.once('resume', () => { log('resume'); req.pause(); setTimeout(() => req.resume(), 1); });
    req.on('end', () => { log('end'); done(); });
  },
  readable(req, log, done) {
    req.on('readable', () => { let c; while ((c = req.read()) !== null) log('read', c.toString()); });
    req.on('end', () => { log('end'); done(); });
  },
  async iterate(req, log, done) {
    for await (const c of req) log('chunk', c.toString());
    log('over', req.destroyed);
    done();
  },
  encoding(req, log, done) {
    req.setEncoding('utf8');
    req.on('data', (text) => log('text', text));
    req.on('end', () => { log('end'); done(); });
  },
  pipe(req, log, done, res) { req.pipe(res); req.on('end', () => log('end')); res.on('finish', () => log('finish')); done(false); },
  late(req, log, done) {
    setTimeout(() => {
      log(req.readableLength, req.complete);
      req.on('data', (c) => log('data', c.length));
      req.on('end', () => { log('end'); done(); });
    }, 1);
  },
  ownEmit(req, log, done) {
    const { emit } = req;
    req.emit = function(name, ...args) { if (name !== 'close') log('emits', name); return emit.call(this, name, ...args); };
    req.on('data', () => {});
    req.on('end', () => done());
  },
  destroyInData(req, log, done) {
    watch(req, log, ['close', 'end', 'error', 'aborted']);
    req.on('data', () => { log('data'); req.destroy(); });
    done(false);
  },
  readAfterAll(req, log, done) {
    req.on('data', () => {});
    req.on('end', () => setImmediate(() => { log(req.read(), req.destroyed, req.readableFlowing, req.readableDidRead); done(); }));
  },
  unread(req, log, done) { req.on('close', () => log('close')); done(); },
};

const body = 'the body';
async function main() {
  for (const framing of ['length', 'chunked', 'two packets']) {
    for (const name of Object.keys(ways)) {
      const lines = [];
      const log = (...args) => lines.push(args.join(' '));
      const server = http.createServer((req, res) => {
        res.on('close', () => log('response closed'));
        ways[name](req, log, (ends = true) => { if (ends) res.end('done'); }, res);
      });
      await new Promise((resolve) => server.listen(0, resolve));
      const socket = net.connect(server.address().port, '127.0.0.1');
      const head = `POST /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n`;
      if (framing === 'length') socket.write(`${head}Content-Length: 8\r\n\r\n${body}`);
      else if (framing === 'chunked') socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n8\r\n${body}\r\n0\r\nTrailer: x\r\n\r\n`);
      else {
        socket.setNoDelay(true);
        socket.write(`${head}Content-Length: 8\r\n\r\n`);
        setTimeout(() => socket.write(body), 20);
      }
      socket.on('error', () => {});
      socket.resume();
      await new Promise((resolve) => socket.on('close', resolve));
      await new Promise((resolve) => server.close(resolve));
      console.log(`${framing}, ${name}: ${lines.join('; ')}`);
    }
  }
}
main();

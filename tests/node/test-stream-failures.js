// What a failure leaves of a stream: chunks queued before destroy(), exceptions in a destination's write, a generator that
// throws after its source has ended, requests destroyed on either side; passive listeners; push() of nothing.
'use strict';
const { Readable, Writable, Transform, Duplex, destroy } = require('stream');
const http = require('http');

const log = (...args) => console.log(...args);
const rest = () => new Promise((resolve) => setTimeout(resolve, 5));

async function destroyed() {
  for (const [name, act] of [
    ['error', (r) => { r.push('a'); r.push('b'); r.push(null); r.destroy(new Error('x')); }],
    ['no error', (r) => { r.push('a'); r.destroy(); }],
    ['paused', (r, events) => { r.pause(); r.push('a'); r.destroy(new Error('x')); events.push(`read ${r.read()}`); }],
  ]) {
    const r = new Readable({ read() {} });
    const events = [];
    r.on('data', (d) => events.push(`data ${d}`)).on('error', () => events.push('error')).on('close', () => events.push('close'));
    act(r, events);
    await rest();
    log(name, events);
  }
  const empty = new Readable({ highWaterMark: 0, read() {} });
  log(empty.push(), empty.push(undefined), empty.push(''));
}

async function pipes() {
  const narrow = new Transform({ transform(c, e, cb) { cb(null, c); } });
  narrow.on('error', (e) => log('narrow', e.code));
  Readable.from([{ a: 1 }]).pipe(narrow);
  const broken = new Writable({ write() { throw new Error('in write'); } });
  broken.on('error', (e) => log('broken', e.message, broken.destroyed));
  Readable.from(['x']).pipe(broken);
  await rest();
  const late = Readable.from([1, 2]).compose(async function* (source) {
    for await (const x of source) void x;
    throw new Error('after the end');
  });
  await late.toArray().catch((e) => log('composed', e.message));
  const d = Duplex.from(async function* (source) { for await (const x of source) yield String(x).toUpperCase(); });
  d.end('up');
  log(await d.toArray());
}

function messages() {
  return new Promise((resolve) => {
    const server = http.createServer((req, res) => {
      if (req.url === '/open') {
        res.write('never ends');
        return;
      }
      destroy(req);
      req.on('error', (e) => log('request', e.name));
      req.on('close', () => res.end('answered'));
    });
    server.listen(0, () => {
      const { port } = server.address();
      http.request({ method: 'POST', port, agent: false }, (res) => {
        res.setEncoding('utf8').on('data', log).on('end', () => {
          const open = http.get({ port, path: '/open', agent: false }, (answer) => {
            answer.on('error', (e) => log('answer', e.code));
            answer.once('data', () => open.destroy(new Error('enough')));
          });
          open.on('error', (e) => log('open', e.message));
          open.on('close', () => {
            server.close();
            resolve();
          });
        });
      }).end('body');
    });
  });
}

function passive() {
  const target = new EventTarget();
  target.addEventListener('x', (event) => { event.preventDefault(); log(event.defaultPrevented); }, { passive: true });
  log(target.dispatchEvent(new Event('x', { cancelable: true })));
  target.addEventListener('x', (event) => event.preventDefault());
  log(target.dispatchEvent(new Event('x', { cancelable: true })));
}

(async () => {
  await destroyed();
  await pipes();
  await messages();
  passive();
})();

// flags: --experimental-eventsource --no-warnings
// EventSource: fields, line ends in any cut, reconnection with the last id, refused answers, close().
'use strict';
const http = require('http');
const log = (...args) => console.log(...args);
let n = 0;
const server = http.createServer((req, res) => {
  log('request', ++n, req.headers.accept, req.headers['last-event-id']);
  if (req.url === '/500') res.statusCode = 500;
  if (req.url === '/204') res.statusCode = 204;
  if (req.url !== '/stream') {
    res.setHeader('content-type', req.url === '/text' ? 'text/plain' : 'text/event-stream');
    res.end('data: x\n\n');
    return;
  }
  res.setHeader('content-type', 'text/event-stream; charset=utf-8');
  if (n === 1) {
    const text = Buffer.from('\ufeff: comment\nretry: 20\nid: 7\nevent: named\ndata: é\ndata:  b\n\ndata\r\n\r\nunknown: 1\rdata:c\r\rid: 8\n\ndata: lost');
    let k = 0;
    const timer = setInterval(() => {
      if (k < text.length) {
        res.write(text.subarray(k, k + 9));
        k += 9;
      } else {
        clearInterval(timer);
        res.end();
      }
    }, 1);
  } else {
    res.write('data: again\n\n');
  }
});
server.listen(0, async () => {
  const base = `http://localhost:${server.address().port}`;
  const source = new EventSource(`${base}/stream`);
  log(source.readyState, source.url === `${base}/stream`, source.withCredentials, EventSource.CLOSED);
  source.onopen = (e) => log(e.type, source.readyState);
  source.onerror = (e) => log(e.type, source.readyState);
  source.addEventListener('named', (e) => log('named', JSON.stringify(e.data), e.lastEventId));
  await new Promise((resolve) => {
    source.onmessage = (e) => {
      log(e.constructor.name, JSON.stringify(e.data), e.origin === base);
      if (e.data !== 'again') return;
      source.close();
      log(source.readyState);
      resolve();
    };
  });
  for (const path of ['500', '204', 'text']) {
    const refused = new EventSource(`${base}/${path}`);
    await new Promise((resolve) => { refused.onerror = resolve; });
    log(path, refused.readyState);
  }
  for (const wrong of [() => new EventSource(), () => new EventSource('nope'), () => EventSource.prototype.close.call({})]) {
    try { wrong(); } catch (e) { log(e.name, e.message); }
  }
  server.close();
  server.closeAllConnections();
});

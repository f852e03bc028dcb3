// What http2 tells its diagnostics channels of streams on both sides.
'use strict';
const dc = require('diagnostics_channel');
const http2 = require('http2');

const seen = [];
const describe = (message) => Object.keys(message).map((key) => {
  const value = message[key];
  if (key === 'stream') return `${value.constructor.name} ${value.id === undefined ? 'pending' : value.id}`;
  if (key === 'error') return `error ${value.code}`;
  if (key === 'headers') return `headers ${Object.keys(value).filter((name) => name !== 'date').sort().join('+')}`;
  if (key === 'data') return `data ${[].concat(value).map(String).join('+')}`;
  return `${key} ${String(value)}`;
}).join('; ');
for (const side of ['client', 'server']) {
  for (const event of ['created', 'start', 'error', 'finish', 'close', 'bodyChunkSent', 'bodySent']) {
    const name = `http2.${side}.stream.${event}`;
    dc.subscribe(name, (message, channel) => seen.push(`${channel}: ${describe(message)}`));
  }
}

function round(what, serve, ask) {
  return new Promise((done) => {
    const server = http2.createServer();
    server.on('stream', serve);
    server.listen(0, () => {
      const client = http2.connect(`http://localhost:${server.address().port}`);
      client.on('error', () => {});
      const req = ask(client);
      req.on('error', () => {});
      req.on('close', () => setTimeout(() => {
        console.log(`-- ${what}\n${seen.splice(0).sort().join('\n')}`);
        client.close();
        server.close(done);
      }, 30));
      req.resume();
    });
  });
}

(async () => {
  await round('get', (stream) => {
    stream.respond({ 'x-a': '1' });
    stream.end('ok');
  }, (client) => client.request({ ':path': '/x' }));
  await round('post', (stream) => {
    stream.resume();
    stream.on('end', () => {
      stream.respond();
      stream.end();
    });
  }, (client) => {
    const req = client.request({ ':method': 'POST' });
    req.write('text');
    req.write(Buffer.from('bytes'));
    req.end();
    return req;
  });
  await round('one string', (stream) => {
    stream.resume();
    stream.respond();
    stream.end();
  }, (client) => {
    const req = client.request({ ':method': 'POST' });
    req.end('only');
    return req;
  });
  await round('push', (stream) => {
    stream.respond();
    stream.pushStream({ ':path': '/pushed' }, (error, pushed) => {
      pushed.respond();
      pushed.end('pushed');
      stream.end();
    });
  }, (client) => {
    client.on('stream', (pushed) => pushed.resume());
    return client.request();
  });
  await round('aborted', () => {}, (client) => {
    const controller = new AbortController();
    const req = client.request({}, { signal: controller.signal });
    controller.abort();
    return req;
  });
  await round('server error', (stream) => {
    stream.on('error', () => {});
    stream.destroy(Object.assign(new Error('bad'), { code: 'EBAD' }));
  }, (client) => client.request());
})();

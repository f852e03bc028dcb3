// Entries of the kinds http, http2 and dns: names and details; nothing is told of before somebody observes.
'use strict';
const { PerformanceObserver } = require('perf_hooks');
const dns = require('dns');
const http = require('http');
const http2 = require('http2');
const { once } = require('events');

const lines = [];
const mask = (key, value) => (key === 'date' ? 'date' : typeof value === 'string' ? value.replace(/(localhost|127\.0\.0\.1):\d+/, '$1:port') :
  /^(timeTo|pingRTT|streamAverage)/.test(key) ? typeof value : value);
const observer = new PerformanceObserver((list) => {
  for (const { entryType, name, startTime, duration, detail } of list.getEntries()) {
    lines.push(`${entryType} ${name} ${startTime > 0 && duration >= 0} ${JSON.stringify(detail, mask)}`);
  }
});

async function exchange() {
  const server = http.createServer((request, response) => {
    response.setHeader('x', 'y');
    response.end('hello');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const [response] = await once(http.get({ host: '127.0.0.1', port: server.address().port, path: '/p?q', headers: { a: 'b' } }), 'response');
  await once(response.resume(), 'end');
  server.close();
}

async function main() {
  await exchange();
  observer.observe({ entryTypes: ['http', 'http2', 'dns'] });
  await exchange();
  await dns.promises.lookup('localhost', { family: 4, all: true });
  await new Promise((resolve) => dns.lookup('localhost', { family: 4 }, resolve));
  await dns.promises.lookup('127.0.0.1');
  const server = http2.createServer((request, response) => response.end('hello')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = http2.connect(`http://127.0.0.1:${server.address().port}`);
  await once(client, 'remoteSettings');
  const request = client.request({ ':path': '/', ':method': 'POST' });
  request.end('question');
  await once(request.resume(), 'end');
  client.close();
  server.close();
  await once(client, 'close');
  await new Promise((resolve) => setTimeout(resolve, 20));
  observer.disconnect();
  for (const line of lines.sort()) console.log(line.replace(/"(bytes|frames)(Written|Read|Received|Sent)":(\d+)/g, (text, a, b, count) => (
    line.includes('Stream ') ? text : `"${a}${b}":${count > 0}`)));
}
main();

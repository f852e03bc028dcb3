// SPDX-License-Identifier: MIT
// What a program replaces, listens to or changes on the way from a request to its response counts, on a kept connection.
'use strict';
const http = require('http');
const net = require('net');
const dc = require('diagnostics_channel');

const log = (...args) => console.log(...args);
const steps = [];
const step = (name, handle, after) => steps.push({ name, handle, after });

step('plain', (req, res) => res.end('plain'));
step('status as text', (req, res) => { res.statusCode = '404'; res.end('x'); });
step('reason', (req, res) => { res.statusMessage = 'Fine'; res.end(); log(' message', res.statusMessage, res.statusCode); });
step('no reason', (req, res) => { res.statusCode = 299; res.end(); log(' message', res.statusMessage); });
step('STATUS_CODES is looked at', (req, res) => { http.STATUS_CODES[200] = 'Very OK'; res.end(); http.STATUS_CODES[200] = 'OK'; });
step('date off', (req, res) => { res.sendDate = false; res.end('x'); });
step('trailers', (req, res) => { res.addTrailers({ 'X-T': '1' }); res.end('x'); });
step('end with a callback', (req, res) => res.end('x', () => log(' called back')));
step('end twice', (req, res) => {
  res.on('error', (error) => log(' error', error.code));
  res.end('once');
  res.end('twice');
});
step('events', (req, res) => {
  for (const name of ['prefinish', 'finish', 'close']) res.on(name, () => log(' res', name, res.writableFinished, res.destroyed));
  req.on('close', () => log(' req close', req.complete));
  res.end('x');
  process.nextTick(() => log(' tick', res.writableFinished));
  log(' ended', res.writableEnded, res.writableFinished, res.headersSent, res.socket === req.socket);
});
step('a tick before the end', (req, res) => {
  res.on('finish', () => log(' finish'));
  process.nextTick(() => log(' tick'));
  res.end('x');
});
step('emit of the response is replaced', (req, res) => {
  const { emit } = res;
  res.emit = function(name, ...args) { log(' emits', name); return Reflect.apply(emit, this, [name, ...args]); };
  res.end('x');
});
step('writeHead is replaced', (req, res) => {
  const { writeHead } = res;
  res.writeHead = function(...args) { log(' writeHead', ...args); res.setHeader('X-Patched', 1); return Reflect.apply(writeHead, this, args); };
  res.end('x');
});
step('write of the socket is replaced', (req, res) => {
  const { socket } = req;
  socket.write = function(data, ...rest) { log(' write', typeof data); delete socket.write; return socket.write(data, ...rest); };
  res.end('x');
});
step('after a promise', async (req, res) => { await null; res.on('finish', () => log(' finish')); res.end('x'); });
step('after a timer', (req, res) => { setTimeout(() => res.end('x'), 5); });
step('bytes', (req, res) => res.end(new Uint8Array([104, 105])));
step('other views', (req, res) => {
  for (const chunk of [new ArrayBuffer(2), new Uint16Array(1), 7, {}]) {
    try { res.end(chunk); } catch (error) { log(' refused', error.code); }
  }
  res.end('x');
});
step('null', (req, res) => res.end(null));
step('request is read', (req, res) => { req.on('data', (chunk) => log(' data', `${chunk}`)).on('end', () => res.end('x')); });
step('head and end', (req, res) => { res.writeHead(201, { 'X-A': 'b', 'Content-Length': 2 }); res.end('ab'); });
step('head, header text looked at', (req, res) => { res.end('x'); log(' _header', res._header.split('\r\n').length); });
step('subscribers', (req, res) => {
  const note = ({ request }) => log(' published', request.url);
  const names = ['http.server.response.created', 'http.server.request.start', 'http.server.response.finish'];
  for (const name of names) dc.subscribe(name, note);
  step.off = () => names.forEach((name) => dc.unsubscribe(name, note));
  res.end('x');
});
step('still subscribed', (req, res) => { res.end('x'); }, () => step.off());
step('emit of the server is replaced', (req, res) => {
  const { server } = req.socket;
  server.emit = function(name, ...args) { log(' server emits', name); delete server.emit; return Reflect.apply(server.emit, server, [name, ...args]); };
  res.end('x');
});
step('through the replaced one', (req, res) => res.end('x'));
step('two listeners', (req, res) => { req.socket.server.once('request', () => log(' second')); res.end('x'); });
step('both', (req, res) => res.end('x'));
step('keys', (req, res) => { res.end('x'); log(Object.keys(res).includes('statusMessage'), req.socket.parser.incoming === req); });
step('limit of requests', (req, res) => { req.socket.server.maxRequestsPerSocket = 2; res.end('x'); });
step('counted from then on', (req, res) => { log(' last', res.maxRequestsOnConnectionReached); res.end('x'); });
step('last', (req, res) => { log(' last', res.maxRequestsOnConnectionReached); res.end('x'); });

const server = http.createServer((req, res) => {
  const { name, handle } = steps[+req.url.slice(1)];
  log(name);
  handle(req, res);
});
server.keepAliveTimeout = 0;
server.listen(0, () => {
  const socket = net.connect(server.address().port);
  let text = '', at = 0;
  const ask = () => socket.write(`POST /${at} HTTP/1.1\r\nHost: a\r\nContent-Length: ${at % 2 ? 0 : 2}\r\n\r\n${at % 2 ? '' : 'ab'}`);
  socket.setEncoding('latin1').on('data', (data) => {
    text += data;
    setTimeout(() => {
      if (!text) return;
      log(text.replace(/Date: .*GMT/, 'Date: D').replaceAll('\r\n', '|'));
      text = '';
      steps[at].after?.();
      if (++at < steps.length) return ask();
      socket.destroy();
      server.close();
      server.closeAllConnections();
    }, 15);
  });
  ask();
});

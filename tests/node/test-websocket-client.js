// WebSocket: handshake, messages of every kind and size, fragments, compression, close codes, protocol errors, against a
// server that speaks frames by hand.
'use strict';
const http = require('http');
const { createHash } = require('crypto');
const zlib = require('zlib');
const { inspect } = require('util');

function frame(opcode, payload, { fin = true, rsv1 = false } = {}) {
  payload = Buffer.from(payload);
  const head = [(fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | opcode];
  if (payload.length < 126) head.push(payload.length);
  else if (payload.length < 65536) head.push(126, payload.length >> 8, payload.length & 255);
  else head.push(127, 0, 0, 0, 0, ...u32(payload.length));
  return Buffer.concat([Buffer.from(head), payload]);
}
const u32 = (n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];

// Calls onframe(opcode, payload) for every masked frame.
function readFrames(socket, onframe) {
  let data = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    data = Buffer.concat([data, chunk]);
    for (;;) {
      if (data.length < 2) return;
      let length = data[1] & 127;
      let at = 2;
      if (length === 126) { length = data.readUInt16BE(2); at = 4; }
      else if (length === 127) { length = data.readUInt32BE(6); at = 10; }
      if (data.length < at + 4 + length) return;
      const mask = data.subarray(at, at + 4);
      const payload = Buffer.from(data.subarray(at + 4, at + 4 + length)).map((b, k) => b ^ mask[k & 3]);
      const opcode = data[0] & 15;
      data = data.subarray(at + 4 + length);
      onframe(opcode, payload);
    }
  });
}

const script = {
  fragments(socket) {
    socket.write(frame(1, 'ab', { fin: false }));
    socket.write(frame(9, 'ping'));
    socket.write(frame(0, 'c', { fin: false }));
    socket.write(frame(0, 'd'));
  },
  split(socket) {
    const whole = frame(1, 'in pieces');
    for (let k = 0; k < whole.length; k++) setTimeout(() => socket.write(whole.subarray(k, k + 1)), 2 * k);
  },
  close(socket) { socket.write(frame(8, Buffer.concat([Buffer.from([0x0B, 0xB9]), Buffer.from('bye')]))); },
  closeempty(socket) { socket.write(frame(8, '')); },
  end(socket) { socket.destroy(); },
  badopcode(socket) { socket.write(frame(3, 'x')); },
  badutf(socket) { socket.write(frame(1, Buffer.from([0xFF, 0xFE]))); },
  badcontinuation(socket) { socket.write(frame(0, 'x')); },
  masked(socket) { socket.write(Buffer.from([0x81, 0x81, 1, 2, 3, 4, 5])); },
  unasked(socket) { socket.write(frame(1, 'x', { rsv1: true })); },
  deflated(socket) {
    const deflate = zlib.createDeflateRaw();
    const out = [];
    deflate.on('data', (c) => out.push(c));
    const send = (text) => new Promise((resolve) => {
      deflate.write(text);
      deflate.flush(zlib.constants.Z_SYNC_FLUSH, () => {
        socket.write(frame(1, Buffer.concat(out.splice(0)).subarray(0, -4), { rsv1: true }));
        resolve();
      });
    });
    send('the same words, '.repeat(50)).then(() => send('the same words, '.repeat(50)));
  },
};

const server = http.createServer((req, res) => {
  res.statusCode = 403;
  res.end();
});
server.on('upgrade', (req, socket) => {
  const path = req.url.slice(1);
  const accept = path === 'badaccept' ? 'wrong' :
    createHash('sha1').update(`${req.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${accept}`];
  if (path === 'deflated') lines.push('Sec-WebSocket-Extensions: permessage-deflate');
  if (path === 'protocol') lines.push('Sec-WebSocket-Protocol: chat');
  if (path === 'badprotocol') lines.push('Sec-WebSocket-Protocol: other');
  socket.on('error', () => {});
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  readFrames(socket, (opcode, payload) => {
    if (opcode === 8) {
      if (!socket.destroyed) socket.end(frame(8, payload.subarray(0, 2)));
    } else if (opcode !== 10) {
      if (path === 'echo') socket.write(frame(opcode, payload));
      else if (String(payload) === 'go') script[path](socket);
    }
  });
});

server.listen(0, '127.0.0.1', async () => {
  const base = `ws://127.0.0.1:${server.address().port}`;
  const run = (path, use, ...more) => new Promise((resolve) => {
    const log = [];
    const ws = new WebSocket(`${base}/${path}`, ...more);
    const states = [ws.readyState];
    let wanted = use?.messages ?? 1;
    ws.onopen = () => {
      states.push(ws.readyState);
      if (ws.protocol || ws.extensions) log.push(`${ws.protocol} ${ws.extensions}`);
      if (typeof use === 'function') use(ws);
      else ws.send('go');
    };
    ws.addEventListener('message', ({ data, type, isTrusted }) => {
      log.push(typeof data === 'string' ? (data.length > 80 ? `${data.slice(0, 10)}... ${data.length}` : data) : inspect(data));
      if (--wanted === 0) ws.close();
    });
    ws.onerror = (event) => log.push(`error ${event instanceof ErrorEvent} ${event.error.name}`);
    ws.onclose = (event) => {
      states.push(ws.readyState);
      console.log(path, log, event instanceof CloseEvent, event.code, event.reason, event.wasClean, states.join(''));
      resolve();
    };
  });
  await run('echo', (ws) => ws.send('héllo'));
  await run('echo', (ws) => ws.send(''));
  await run('echo', (ws) => ws.send('m'.repeat(3000)));
  await run('echo', (ws) => ws.send('b'.repeat(200000)));
  await run('echo', (ws) => ws.send(new Uint8Array([1, 2, 3])));
  await run('echo', (ws) => { ws.binaryType = 'arraybuffer'; ws.send(new DataView(new ArrayBuffer(4), 1, 2)); });
  await run('echo', (ws) => { ws.binaryType = 'arraybuffer'; ws.send(new Blob(['blob'])); });
  await run('echo', (ws) => { ws.send(1); ws.send(null); }, []);
  await run('echo', (ws) => ws.close(4000, 'done'));
  await run('protocol', (ws) => ws.close(), ['chat', 'x']);
  await run('badprotocol', undefined, 'chat');
  await run('badaccept');
  for (const path of Object.keys(script)) await run(path, path === 'deflated' ? { messages: 2 } : undefined);
  await new Promise((resolve) => {
    const ws = new WebSocket(base);
    console.log(`${ws}`, ws.url === `${base}/`, ws.binaryType, WebSocket.OPEN, ws.CLOSED);
    for (const bad of [() => ws.send('early'), () => ws.close(1001), () => ws.close(3000, 'x'.repeat(124)), () => ws.send()]) {
      try { bad(); } catch (e) { console.log(e.name, e.message, e.constructor.name); }
    }
    ws.onclose = resolve;
    ws.onopen = () => ws.close();
  });
  server.close();
  server.closeAllConnections();
});

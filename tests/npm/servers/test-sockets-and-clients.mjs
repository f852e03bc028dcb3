// ws and socket.io with their clients; axios and got.
import { once } from 'node:events';
import http from 'node:http';
import axios from 'axios';
import got from 'got';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { WebSocket, WebSocketServer } from 'ws';

const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
sockets.on('connection', (socket) => socket.on('message', (message, isBinary) => socket.send(message, { binary: isBinary })));
await once(sockets, 'listening');
const socket = new WebSocket(`ws://127.0.0.1:${sockets.address().port}`);
await once(socket, 'open');
for (const message of ['text é', Buffer.from([1, 2, 3]), 'x'.repeat(100_000)]) {
  socket.send(message);
  const [back, isBinary] = await once(socket, 'message');
  console.log('ws', back.length, isBinary);
}
socket.close(4001, 'done');
console.log(await once(socket, 'close').then(([code, reason]) => [code, String(reason)]));
sockets.close();

const server = http.createServer().listen(0, '127.0.0.1');
await once(server, 'listening');
const hub = new Server(server);
hub.on('connection', (peer) => {
  peer.on('ask', (data, answer) => answer({ got: data }));
  peer.emit('hello', 1, Buffer.from('bytes'));
});
const client = io(`http://127.0.0.1:${server.address().port}`);
const hello = await new Promise((resolve) => client.on('hello', (...args) => resolve(args)));
console.log('socket.io', hello[0], String(hello[1]), await client.emitWithAck('ask', { a: [1, { b: null }] }));
client.close();
await hub.close();

const echo = http.createServer((req, res) => {
  let body = '';
  req.setEncoding('utf8').on('data', (piece) => { body += piece; }).on('end', () => {
    if (req.url === '/missing') res.statusCode = 404;

    res.end(JSON.stringify({ method: req.method, url: req.url, body }));
  });
});
echo.listen(0, '127.0.0.1');
await once(echo, 'listening');
const base = `http://127.0.0.1:${echo.address().port}`;
console.log('axios', (await axios.post(`${base}/a`, { x: 1 })).data);
console.log(await axios.get(`${base}/missing`).catch((error) => [error.name, error.response.status]));
console.log('got', await got.put(`${base}/g`, { json: { y: 2 } }).json());
console.log(await got(`${base}/missing`, { retry: { limit: 0 } }).catch((error) => [error.name, error.response.statusCode]));
echo.close();
echo.closeAllConnections();

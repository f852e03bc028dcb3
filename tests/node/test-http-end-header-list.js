// end() alone with a header of several values: the body has the length that the head says.
'use strict';
const http = require('node:http');
const net = require('node:net');

const server = http.createServer((request, response) => {
  response.statusCode = 401;
  response.setHeader('WWW-Authenticate', ['Basic', 'Header realm="tests"']);
  response.end('Unauthorized');
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.setEncoding('utf8');
  let text = '';
  socket.on('data', (chunk) => (text += chunk));
  socket.on('end', () => {
    console.log(text.replace(/Date: .*/, 'Date: D'));
    server.close();
  });
  socket.end('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
});

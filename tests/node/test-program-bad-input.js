// Garbage on the HTTP port gets 400 and harms nobody; a port in use is EADDRINUSE.
const http = require('http');
const net = require('net');
const server = http.createServer((req, res) => res.end('fine'));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const raw = net.connect(port, '127.0.0.1', () => raw.write('\x00\x01garbage\r\n\r\n'));
  let text = '';
  raw.setEncoding('latin1');
  raw.on('data', (d) => { text += d; });
  raw.on('close', () => {
    console.log(JSON.stringify(text));
    http.get({ port, host: '127.0.0.1', agent: false }, (res) => {
      console.log(res.statusCode);
      res.resume();
      res.on('end', () => {
        const second = http.createServer();
        second.on('error', (e) => {
          console.log(e.code, e.syscall, e.port === port, e.message.replace(String(port), 'PORT'));
          server.close();
        });
        second.listen(port, '127.0.0.1');
      });
    });
  });
});

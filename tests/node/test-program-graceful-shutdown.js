// SIGTERM: the server stops listening, the request in flight is answered, the process ends by itself.
const http = require('http');
const server = http.createServer((req, res) => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => res.end('answered'), 50);
});
process.on('SIGTERM', (name, number) => {
  console.log('got', name, number);
  server.close(() => console.log('server closed'));
});
process.on('exit', (code) => console.log('exit', code));
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (res) => {
    res.setEncoding('utf8');
    let body = '';
    res.on('data', (d) => { body += d; });
    res.on('end', () => console.log(res.statusCode, body));
  });
});

// SPDX-License-Identifier: MIT
const net = require('net');
const server = net.createServer((s) => { s.on('data', (d) => s.write('echo:' + d)); s.on('end', () => { console.log('server end'); s.end(); }); s.on('close', (e) => console.log('server close', e)); });
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  console.log(typeof port, server.address().family);
  const c = net.connect(port, '127.0.0.1', () => { console.log('connected', c.remotePort === port, c.readyState); c.write('hello'); });
  c.setEncoding('utf8');
  c.on('data', (d) => { console.log(d); c.end(); });
  c.on('end', () => console.log('client end'));
  c.on('close', (e) => { console.log('client close', e, c.bytesRead, c.bytesWritten); server.close(() => { console.log('server closed'); 
    net.connect(port, '127.0.0.1').on('error', (e) => { console.log(e.message.replace(port, 'P'), e.code, e.syscall, e.address); 
     const s2 = net.createServer().listen(0, () => { const s3 = net.createServer(); s3.on('error', (e) => { console.log(e.message.replace(s2.address().port, 'P'), e.code); s2.close(); }); s3.listen(s2.address().port); }); }); }); });
});

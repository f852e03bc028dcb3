'use strict';
// A reader that is slow holds the writer back: what waits in memory stays small however much is written.
// not sanitized: the sanitizer keeps freed memory, and what is measured is resident memory
const tls = require('tls');
const fs = require('fs');
const path = require('path');

const file = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', 'tls', name));
const CHUNK = Buffer.alloc(256 * 1024, 'culm');
const TOTAL = 400;

const server = tls.createServer({ key: file('server.key'), cert: file('server.crt') }, (socket) => {
  let sent = 0;
  let full = 0;
  const more = () => {
    while (sent < TOTAL) {
      sent++;
      if (!socket.write(CHUNK)) {
        full++;
        socket.once('drain', more);
        return;
      }
    }
    socket.end();
    console.log('held back:', full > 10);
  };
  more();
});
server.listen(0, '127.0.0.1', () => {
  const before = process.memoryUsage.rss();
  let most = 0;
  let bytes = 0;
  const socket = tls.connect({ port: server.address().port, host: '127.0.0.1', ca: file('ca.crt') });
  socket.on('data', (data) => {
    bytes += data.length;
    most = Math.max(most, process.memoryUsage.rss() - before);
    if (Math.floor(bytes / 4e6) !== Math.floor((bytes - data.length) / 4e6)) {
      socket.pause();
      setTimeout(() => socket.resume(), 5);
    }
  });
  socket.on('end', () => {
    console.log('bytes:', bytes === TOTAL * CHUNK.length, 'memory is flat:', most < 60e6);
    server.close();
  });
});

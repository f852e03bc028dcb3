// --tls-keylog writes the secrets of both sides of every connection.
'use strict';
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const tls = require('node:tls');

const fixture = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', 'tls', name));
if (process.argv[2] !== 'child') {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keylog-'));
  const file = path.join(folder, 'keys');
  execFileSync(process.execPath, [`--tls-keylog=${file}`, '--no-warnings', __filename, 'child']);
  const lines = fs.readFileSync(file, 'utf8').trim().split('\n').map((line) => line.split(' '));
  console.log(lines.every((line) => line.length === 3), lines.map(([label]) => label).sort().join());
  console.log((fs.statSync(file).mode & 0o777).toString(8));
  fs.rmSync(folder, { recursive: true });
} else {
  const server = tls.createServer({ key: fixture('server.key'), cert: fixture('server.crt') }, (socket) => socket.end('x'));
  server.listen(0, '127.0.0.1', () => {
    tls.connect({ port: server.address().port, host: '127.0.0.1', ca: fixture('ca.crt') }).on('end', () => server.close()).resume();
  });
}

// flags: --no-warnings
// fetch over TLS: certificates are checked, codings asked for and undone, redirects followed, connections kept.
'use strict';
const https = require('https');
const fs = require('fs');
const path = require('path');
const zlib = require('zlib');

const file = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', 'tls', name));
let connections = 0;
const server = https.createServer({ key: file('server.key'), cert: file('server.crt') }, (req, res) => {
  if (req.url === '/moved') {
    res.writeHead(307, { location: '/' });
    res.end();
    return;
  }
  const codings = req.headers['accept-encoding'];
  res.setHeader('content-encoding', 'br');
  res.end(zlib.brotliCompressSync(`${req.method} ${codings.includes('br')} ${codings.includes('gzip')}`));
});
server.on('secureConnection', () => connections++);
server.listen(0, async () => {
  const base = `https://localhost:${server.address().port}`;
  try {
    await fetch(base);
  } catch (error) {
    console.log(error.name, error.message, typeof error.cause.code);
  }
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  connections = 0;
  const response = await fetch(`${base}/moved`, { method: 'PUT', body: 'x' });
  console.log(response.status, response.redirected, response.headers.get('content-encoding'), await response.text());
  for (let k = 0; k < 3; k++) console.log(await (await fetch(base)).text());
  console.log(connections <= 2);
  server.close();
  server.closeAllConnections();
});

// A TCP echo server with 1,000 clients at once.
const net = require('net');
const CLIENTS = 1000;
const server = net.createServer((socket) => socket.pipe(socket));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  let open = 0;
  let done = 0;
  let good = 0;
  const clients = [];
  for (let k = 0; k < CLIENTS; k++) {
    const client = net.connect(port, '127.0.0.1');
    const text = `hello from ${k}`;
    let got = '';
    client.setEncoding('utf8');
    client.on('connect', () => {
      if (++open === CLIENTS) for (const c of clients) c.go();
    });
    client.go = () => client.write(text);
    client.on('data', (d) => {
      got += d;
      if (got.length === text.length) client.end();
    });
    client.on('close', (hadError) => {
      if (got === text && !hadError) good++;
      if (++done === CLIENTS) {
        console.log('clients', good);
        server.close((err) => console.log('closed', err));
      }
    });
    clients.push(client);
  }
});

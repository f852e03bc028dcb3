'use strict';
// Handshakes: who is trusted, names, protocols, sessions, client certificates, and what each failure is called.
const tls = require('tls');
const net = require('net');
const fs = require('fs');
const path = require('path');
const { once } = require('events');
const { Duplex } = require('stream');

const file = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', 'tls', name));
const ca = file('ca.crt');
const server = { key: file('server.key'), cert: file('server.crt') };
const other = { key: file('other.key'), cert: file('other.crt') };
const client = { key: file('client.key'), cert: file('client.crt') };

async function listen(options, listener) {
  const made = tls.createServer(options, listener);
  made.on('tlsClientError', () => {});
  made.listen(0, '127.0.0.1');
  await once(made, 'listening');
  return made;
}

// What one connection comes to.
function attempt(to, options) {
  return new Promise((resolve) => {
    const socket = tls.connect({ port: to.address().port, host: '127.0.0.1', servername: 'localhost', ...options });
    let said = '';
    socket.setEncoding('utf8');
    socket.on('data', (text) => said += text);
    socket.on('secureConnect', () => resolve.facts = [socket.authorized, socket.authorizationError, socket.getProtocol(),
      socket.alpnProtocol, socket.isSessionReused()].join(' '));
    socket.on('error', (error) => resolve(`${error.code}: ${error.message.split(':').at(-1) && error.code}`));
    socket.on('close', () => resolve(`${resolve.facts} ${said}`));
  });
}

async function trust() {
  const to = await listen(server, (socket) => socket.end('hello'));
  console.log('trusted:', await attempt(to, { ca }));
  console.log('unknown:', await attempt(to, {}));
  console.log('unchecked:', await attempt(to, { rejectUnauthorized: false }));
  console.log('wrong name:', await attempt(to, { ca, servername: 'example.test' }));
  console.log('by address:', await attempt(to, { ca, servername: undefined }));
  console.log('older:', await attempt(to, { ca, maxVersion: 'TLSv1.2' }));
  console.log('own check:', await attempt(to, { ca, checkServerIdentity: () => Object.assign(new Error('no'), { code: 'NO' }) }));
  to.close();
}

async function names() {
  const to = await listen({
    ...server,
    ALPNProtocols: ['h2', 'one'],
    SNICallback(name, callback) {
      setImmediate(callback, null, name === 'a.other.test' ? tls.createSecureContext(other) : undefined);
    },
  }, (socket) => socket.end(`${socket.servername} ${socket.alpnProtocol}`));
  console.log('own context:', await attempt(to, { ca, servername: 'a.other.test', ALPNProtocols: ['one'] }));
  console.log('default context:', await attempt(to, { ca, ALPNProtocols: ['none', 'h2'] }));
  console.log('no common protocol:', (await attempt(to, { ca, ALPNProtocols: ['x'] })).split(':')[0]);
  to.close();
  const added = await listen(server, (socket) => socket.end(socket.servername || '-'));
  added.addContext('*.other.test', other);
  console.log('added context:', await attempt(added, { ca, servername: 'b.other.test' }));
  added.close();
}

async function clients() {
  const to = await listen({ ...server, ca, requestCert: true, rejectUnauthorized: false }, (socket) => {
    socket.end(`${socket.authorized} ${socket.authorizationError} ${socket.getPeerCertificate().subject?.CN}`);
  });
  console.log('with a certificate:', await attempt(to, { ca, ...client }));
  console.log('without:', await attempt(to, { ca }));
  to.close();
}

async function sessions() {
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3']) {
    const to = await listen(server, (socket) => socket.end('x'));
    let session;
    const first = tls.connect({ port: to.address().port, host: '127.0.0.1', servername: 'localhost', ca, maxVersion });
    first.on('session', (bytes) => session = bytes);
    first.resume();
    await once(first, 'close');
    console.log(maxVersion, 'again:', await attempt(to, { ca, maxVersion, session }));
    to.close();
  }
}

// A plain connection becomes a secure one, over a socket and over any Duplex.
async function upgrade() {
  const to = net.createServer((plain) => {
    plain.once('data', () => {
      plain.write('ready');
      const secure = new tls.TLSSocket(plain, { isServer: true, ...server });
      secure.on('data', (data) => secure.end(`echo ${data}`));
    });
  });
  to.listen(0, '127.0.0.1');
  await once(to, 'listening');
  for (const wrapped of [false, true]) {
    const plain = net.connect(to.address().port, '127.0.0.1');
    plain.write('STARTTLS');
    await once(plain, 'data');
    const below = wrapped ? Duplex.from({ readable: plain, writable: plain }) : plain;
    const secure = tls.connect({ socket: below, ca, servername: 'localhost' });
    secure.on('error', () => {});
    await once(secure, 'secureConnect');
    secure.write('over');
    console.log('upgraded:', String((await once(secure, 'data'))[0]), secure.authorized);
    secure.destroy();
    plain.destroy();
  }
  to.close();
}

async function garbage() {
  const to = net.createServer((plain) => {
    plain.on('error', () => {});
    plain.end('this is not TLS at all');
  });
  to.listen(0, '127.0.0.1');
  await once(to, 'listening');
  console.log('garbage:', (await attempt(to, { ca })).split(':')[0]);
  to.close();
}

(async () => {
  await trust();
  await names();
  await clients();
  await sessions();
  await upgrade();
  await garbage();
  for (const bad of [{ key: 'x' }, { cert: 'x' }, { ciphers: 'x' }, { ecdhCurve: 'x' }, { crl: 'x' }, { pfx: 'x' },
    { minVersion: 'x' }, { secureProtocol: 'x' }, { ca: 1 }, { key: server.key, cert: other.cert }]) {
    try {
      tls.createSecureContext(bad);
      console.log(Object.keys(bad).join(), 'taken');
    } catch (error) {
      console.log(Object.keys(bad).join(), error.name, error.code, error.message);
    }
  }
})();

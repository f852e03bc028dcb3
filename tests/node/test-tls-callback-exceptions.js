// SPDX-License-Identifier: MIT
// What a server's ALPN, SNI and PSK callbacks throw or answer wrongly is the server's tlsClientError;
// what is no list of ciphers or no key is refused.
'use strict';

const tls = require('tls');

const psk = { ciphers: 'PSK+HIGH', maxVersion: 'TLSv1.2' };

function handshake(name, serverOptions, clientOptions) {
  return new Promise((resolve) => {
    const server = tls.createServer(serverOptions, (socket) => socket.end());
    server.on('tlsClientError', (error) => console.log(name, error.code, error.message));
    server.listen(0, '127.0.0.1', () => {
      const client = tls.connect({ port: server.address().port, host: '127.0.0.1', checkServerIdentity() {}, ...clientOptions },
                                 () => console.log(name, client.getProtocol(), client.getCipher().name));
      client.on('error', () => {});
      client.on('close', () => server.close(resolve));
      client.resume();
    });
  });
}

const key = Buffer.alloc(32, 1);
const client = { ...psk, pskCallback: () => ({ psk: key, identity: 'me' }) };

(async () => {
  await handshake('good', { ...psk, pskCallback: () => key }, client);
  await handshake('psk throws', { ...psk, pskCallback() { throw new Error('no key'); } }, client);
  await handshake('psk is text', { ...psk, pskCallback: () => 'text' }, client);
  await handshake('alpn throws', { ...psk, pskCallback: () => key, ALPNCallback() { throw new Error('no protocol'); } },
                  { ...client, ALPNProtocols: ['a'] });
  await handshake('alpn is another', { ...psk, pskCallback: () => key, ALPNCallback: () => 'b' }, { ...client, ALPNProtocols: ['a'] });
  for (const ciphers of [':', '!TLS_AES_256_GCM_SHA384:AES256-SHA', 9]) {
    try {
      tls.createSecureContext({ ciphers });
    } catch (error) {
      console.log(error.code);
    }
  }
  for (const option of [{ key: { pem: 'x' } }, { key: [undefined] }, { key: [null] }, { ca: false }, { ca: 0 }]) {
    try {
      tls.createSecureContext(option);
      console.log('taken');
    } catch (error) {
      console.log(error.code);
    }
  }
})();

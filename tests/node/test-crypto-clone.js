// SPDX-License-Identifier: MIT
// KeyObject, CryptoKey and X509Certificate through structuredClone and MessagePorts.
'use strict';
const crypto = require('crypto');

const secret = crypto.createSecretKey('abc');
console.log(structuredClone(secret).equals(secret));
for (const [type, options] of [
  ['ed25519'],
  ['rsa-pss', { modulusLength: 1024, hashAlgorithm: 'sha256' }],
  ['ec', { namedCurve: 'P-256' }],
]) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync(type, options);
  const [a, { b }] = structuredClone([publicKey, { b: privateKey }]);
  console.log(a.equals(publicKey), b.equals(privateKey), b.asymmetricKeyType, b);
}
crypto.webcrypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-1' }, false, ['sign']).then((key) => {
  console.log(structuredClone(key));
  const { port1, port2 } = new MessageChannel();
  port2.on('message', (message) => {
    console.log(message.key, message.key.export());
    port2.close();
  });
  port1.postMessage({ key: secret });
});

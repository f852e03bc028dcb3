// The same PEM text again and again: the same results, whatever became of the bytes or of other keys meanwhile.
'use strict';
const crypto = require('crypto');

const pairs = Array.from({ length: 10 }, () => crypto.generateKeyPairSync('ec', {
  namedCurve: 'P-256', privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' },
}));
const data = Buffer.from('data');
let good = 0;
for (let round = 0; round < 3; round++) {
  for (const { privateKey, publicKey } of pairs) {
    const signature = crypto.sign('sha256', data, privateKey);
    if (crypto.verify('sha256', data, publicKey, signature)) good++;
    if (crypto.verify('sha256', data, { key: Buffer.from(publicKey) }, signature)) good++;
    if (crypto.verify('sha256', data, privateKey, signature)) good++; // its public half
  }
}
console.log(good);

// Bytes that become another key are another key.
const bytes = Buffer.from(pairs[0].privateKey);
const first = crypto.sign('sha256', data, bytes);
bytes.write(pairs[1].privateKey);
const second = crypto.sign('sha256', data, bytes);
console.log(crypto.verify('sha256', data, pairs[0].publicKey, first), crypto.verify('sha256', data, pairs[1].publicKey, second),
            crypto.verify('sha256', data, pairs[0].publicKey, second));
try {
  crypto.createPrivateKey(pairs[0].publicKey);
} catch (e) {
  console.log(e.name);
}
const secret = crypto.createPrivateKey(pairs[2].privateKey).export({
  type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'right',
});
console.log(crypto.verify('sha256', data, pairs[2].publicKey, crypto.sign('sha256', data, { key: secret, passphrase: 'right' })));
try {
  crypto.sign('sha256', data, secret);
} catch (e) {
  console.log(e.name, e.code);
}

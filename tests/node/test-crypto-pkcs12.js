'use strict';
// parsePKCS12: what is in a bundle, passphrases, damage, arguments.
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');

const read = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', 'pkcs12', `${name}.p12`));

function show(label, ...args) {
  try {
    const { privateKey, certificate, additionalCertificates, ...rest } = crypto.parsePKCS12(...args);
    console.log(label, privateKey && [privateKey.type, privateKey.asymmetricKeyType].join(), certificate?.subject,
                certificate && certificate.checkPrivateKey(privateKey), additionalCertificates.map((x) => x.subject),
                rest);
  } catch (error) {
    console.log(label, error.name, error.code, error.message, Object.keys(error).join());
  }
}

for (const name of ['full', 'empty', 'nokey', 'nocert', 'nomac']) {
  for (const options of [undefined, {}, { passphrase: '' }, { passphrase: 'secret' }, { passphrase: 'wrong' }]) {
    show(`${name} ${options?.passphrase}`, read(name), options);
  }
}

const full = read('full');
const secret = new Uint8Array(Buffer.from('secret'));
const phrases = [Buffer.from('secret'), secret.buffer, new DataView(secret.buffer), Buffer.alloc(0), 'a\0b',
                 Buffer.from('secret\0'), null, 1, {}];
phrases.forEach((passphrase, k) => show(`passphrase ${k}`, full, { passphrase }));

const bundles = [new Uint8Array(full).buffer, new DataView(new Uint8Array(full).buffer),
                 Buffer.concat([full, Buffer.from('more')]), Buffer.alloc(0), Buffer.from('junk'),
                 full.subarray(0, 100), undefined, null, 'text', 1, {}];
bundles.forEach((bundle, k) => show(`bundle ${k}`, bundle, { passphrase: 'secret' }));
[null, 1, 'text', []].forEach((options, k) => show(`options ${k}`, full, options));

for (const at of [3, 20, 60, 200, full.length - 20, full.length - 60]) {
  const damaged = Buffer.from(full);
  damaged[at] ^= 0x55;
  show('damaged', damaged, { passphrase: 'secret' });
}
console.log(crypto.parsePKCS12.length);

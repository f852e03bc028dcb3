// SPDX-License-Identifier: MIT
// KeyObject: generation, PEM, DER, JWK and raw forms, encrypted PEM, facts, comparison, refusals.
'use strict';
const crypto = require('crypto');
const { inspect, promisify } = require('util');

function attempt(name, fn) {
  try {
    console.log(name, inspect(fn(), { breakLength: 200 }));
  } catch (e) {
    console.log(name, '!', e.name, e.code, e.message);
  }
}

const kinds = [
  ['rsa', { modulusLength: 1024, publicExponent: 3 }],
  ['rsa-pss', { modulusLength: 1024, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha1', saltLength: 16 }],
  ['rsa-pss', { modulusLength: 1024 }],
  ['dsa', { modulusLength: 1024, divisorLength: 160 }],
  ['ec', { namedCurve: 'P-256' }],
  ['ec', { namedCurve: 'secp521r1' }],
  ['ec', { namedCurve: 'secp256k1', paramEncoding: 'explicit' }],
  ['ed25519'],
  ['ed448'],
  ['x25519'],
  ['x448'],
  ['dh', { group: 'modp2' }],
];
for (const [type, options] of kinds) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync(type, options ?? {});
  console.log(type, publicKey, privateKey.type, publicKey.asymmetricKeyType, privateKey.asymmetricKeyDetails);
  for (const format of ['pem', 'der']) {
    for (const kind of ['spki', 'pkcs1']) {
      attempt(`public ${kind} ${format}`, () =>
        crypto.createPublicKey({ key: publicKey.export({ type: kind, format }), type: kind, format }).equals(publicKey),
      );
    }
    for (const kind of ['pkcs8', 'pkcs1', 'sec1']) {
      attempt(`private ${kind} ${format}`, () =>
        crypto
          .createPrivateKey({ key: privateKey.export({ type: kind, format }), type: kind, format })
          .equals(privateKey),
      );
    }
    attempt(`encrypted ${format}`, () => {
      const key = privateKey.export({ type: 'pkcs8', format, cipher: 'aes-256-cbc', passphrase: 'top' });
      return crypto.createPrivateKey({ key, type: 'pkcs8', format, passphrase: Buffer.from('top') }).equals(privateKey);
    });
  }
  attempt('jwk', () => {
    const key = privateKey.export({ format: 'jwk' });
    return [
      Object.keys(key).join(),
      Object.keys(publicKey.export({ format: 'jwk' })).join(),
      crypto.createPrivateKey({ key, format: 'jwk' }).equals(privateKey),
      crypto.createPublicKey({ key, format: 'jwk' }).equals(publicKey),
    ];
  });
  attempt('raw', () => {
    const key = privateKey.export({ format: 'raw-private' });
    const other = publicKey.export({ format: 'raw-public', type: 'compressed' });
    const names = { asymmetricKeyType: type, namedCurve: privateKey.asymmetricKeyDetails.namedCurve };
    return [
      key.length,
      other.length,
      crypto.createPrivateKey({ key, format: 'raw-private', ...names }).equals(privateKey),
      crypto.createPublicKey({ key: other, format: 'raw-public', ...names }).equals(publicKey),
    ];
  });
  attempt('public of private', () => crypto.createPublicKey(privateKey).equals(publicKey));
  attempt('private of public', () => crypto.createPrivateKey(publicKey.export({ type: 'spki', format: 'pem' })));
}

const { privateKey: rsa } = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });
const pem = rsa.export({ type: 'pkcs8', format: 'pem' });
attempt('hex', () => crypto.createPrivateKey({ key: Buffer.from(pem).toString('hex'), encoding: 'hex' }).type);
attempt('garbage', () => crypto.createPrivateKey('garbage'));
attempt('public garbage', () => crypto.createPublicKey('garbage'));
attempt('der garbage', () => crypto.createPublicKey({ key: Buffer.alloc(4), format: 'der', type: 'spki' }));
attempt('no type', () => crypto.createPublicKey({ key: Buffer.alloc(4), format: 'der' }));
attempt('number', () => crypto.createPrivateKey(5));
attempt('format', () => crypto.createPrivateKey({ key: pem, format: 'x' }));
attempt('passphrase', () => crypto.createPrivateKey({ key: pem, passphrase: 5 }));
attempt('cipher', () => rsa.export({ type: 'pkcs8', format: 'pem', cipher: 'no', passphrase: 'a' }));
attempt('cipher alone', () => rsa.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc' }));
attempt('jwk cipher', () => rsa.export({ format: 'jwk', cipher: 'aes-128-cbc', passphrase: 'a' }));
attempt('jwk kty', () => crypto.createPrivateKey({ key: { kty: 'x' }, format: 'jwk' }));
attempt('jwk rsa', () => crypto.createPrivateKey({ key: { kty: 'RSA' }, format: 'jwk' }));
attempt('jwk point', () =>
  crypto.createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }, format: 'jwk' }),
);
attempt('secret', () => crypto.createSecretKey('6162', 'hex').export().toString());
attempt('secret jwk', () => crypto.createSecretKey('ab', 'utf8').export({ format: 'jwk' }));
attempt('secret equals', () => crypto.createSecretKey('ab').equals(crypto.createSecretKey(Buffer.from('ab'))));
attempt('secret as public', () => crypto.createPublicKey(crypto.createSecretKey('a')));
attempt('KeyObject', () => new crypto.KeyObject('secret', {}));
attempt('hmac', () => crypto.createHmac('sha1', crypto.createSecretKey('key')).update('x').digest('hex'));
attempt('hmac of rsa', () => crypto.createHmac('sha1', rsa));
attempt('hmac key', () => crypto.generateKeySync('hmac', { length: 65 }).symmetricKeySize);
attempt('aes key', () => crypto.generateKeySync('aes', { length: 100 }));
attempt('type', () => crypto.generateKeyPairSync('nope'));
attempt('curve', () => crypto.generateKeyPairSync('ec', { namedCurve: 'nope' }));
attempt('group', () => crypto.generateKeyPairSync('dh', { group: 'nope' }));
attempt('digest', () => crypto.generateKeyPairSync('rsa-pss', { modulusLength: 512, hashAlgorithm: 'nope' }));
attempt('encoding', () => crypto.generateKeyPairSync('rsa', { modulusLength: 512, publicKeyEncoding: {} }));

crypto.generateKeyPair(
  'ec',
  {
    namedCurve: 'P-384',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'sec1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' },
  },
  (error, publicKey, privateKey) => {
    console.log(error, publicKey.length, privateKey.split('\n', 2));
    promisify(crypto.generateKeyPair)('x25519').then(console.log);
  },
);

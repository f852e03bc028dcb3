// jsonwebtoken and bcryptjs.
'use strict';
const crypto = require('node:crypto');
const { promisify } = require('node:util');
const jwt = require('jsonwebtoken');

const payload = { sub: 'ann', roles: ['a', 'é'], iat: 1_700_000_000 };
const pems = (type, options) => crypto.generateKeyPairSync(type, { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, ...options });
const rsa = pems('rsa', { modulusLength: 2048 });
const keys = {
  HS256: ['secret', 'secret'], HS512: [Buffer.alloc(64, 1), Buffer.alloc(64, 1)],
  RS256: [rsa.privateKey, rsa.publicKey], PS384: [rsa.privateKey, rsa.publicKey],
};
for (const [algorithm, namedCurve] of [['ES256', 'P-256'], ['ES384', 'P-384'], ['ES512', 'P-521']]) {
  const pair = pems('ec', { namedCurve });
  keys[algorithm] = [pair.privateKey, pair.publicKey];
}

async function main() {
  const bcrypt = await import('bcryptjs').then((m) => m.default);
  console.log(jwt.sign(payload, 'secret', { keyid: 'k1', audience: ['x', 'y'], issuer: 'me', expiresIn: '2h', notBefore: '-1m', jwtid: 'j' }));
  for (const [algorithm, [secret, key]] of Object.entries(keys)) {
    const token = jwt.sign(payload, secret, { algorithm });
    const { header, payload: found } = jwt.verify(token, key, { algorithms: [algorithm], complete: true });
    console.log(algorithm, header, found, token.split('.')[2].length);
    const flipped = token.slice(0, -6) + (token.at(-6) === 'A' ? 'B' : 'A') + token.slice(-5);
    try {
      jwt.verify(flipped, key);
    } catch (error) {
      console.log(error.name, error.message);
    }
  }
  const cases = [
    () => jwt.verify(jwt.sign({ exp: 1000 }, 's'), 's'),
    () => jwt.verify(jwt.sign({ nbf: 9e9 }, 's'), 's'),
    () => jwt.verify(jwt.sign({}, 's', { audience: 'a' }), 's', { audience: /b/ }),
    () => jwt.verify(jwt.sign({}, '', { algorithm: 'none' }), 's'),
    () => jwt.verify('a.b', 's'),
    () => jwt.verify(jwt.sign({}, 's'), rsa.publicKey, { algorithms: ['RS256'] }),
    () => jwt.sign({}, 's', { expiresIn: 'never' }),
    () => jwt.sign({}, rsa.publicKey, { algorithm: 'RS256' }),
    () => jwt.sign({}, keys.ES256[0], { algorithm: 'ES384' }),
  ];
  for (const attempt of cases) {
    try {
      console.log(attempt());
    } catch (error) {
      console.log(error.name, error.message, error.expiredAt ?? error.date ?? '');
    }
  }
  console.log(jwt.decode(jwt.sign(payload, 's')), await promisify(jwt.verify)(jwt.sign(payload, 's'), 's'));

  const salt = bcrypt.genSaltSync(4);
  console.log(salt.slice(0, 7), salt.length, bcrypt.hashSync('bacon', '$2b$04$abcdefghijklmnopqrstuu'), bcrypt.getRounds(await bcrypt.hash('x', 5)));
  const hash = await bcrypt.hash('pässwörd', 4);
  console.log(await bcrypt.compare('pässwörd', hash), bcrypt.compareSync('password', hash), bcrypt.truncates('é'.repeat(37)));
  console.log(await bcrypt.hash('x', 'nonsense').catch((error) => error.message));
}

main();

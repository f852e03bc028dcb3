// SPDX-License-Identifier: MIT
// Signatures in all forms with all kinds of keys; Diffie-Hellman with and without curves; SPKAC refusals.
'use strict';
const crypto = require('crypto');
const { inspect } = require('util');

function attempt(name, fn) {
  try {
    const result = fn();
    console.log(
      name,
      Buffer.isBuffer(result)
        ? result.toString('hex')
        : typeof result === 'string'
          ? result
          : inspect(result, { breakLength: 200 }),
    );
  } catch (e) {
    console.log(name, '!', e.name, e.code, e.message);
  }
}

const {
  sign,
  verify,
  createSign: newSign,
  createVerify: newVerify,
  constants: C,
  createDiffieHellman: newDh,
  getDiffieHellman: group,
  createECDH: newEc,
} = crypto;
const d = Buffer.from('data');
const util = require('util');

const K = {};
for (const [name, type, options] of [
  ['rsa', 'rsa', { modulusLength: 1024 }],
  ['rsapss', 'rsa-pss', { modulusLength: 1024 }],
  ['dsa', 'dsa', { modulusLength: 1024, divisorLength: 160 }],
  ['ec', 'ec', { namedCurve: 'P-256' }],
  ['ec521', 'ec', { namedCurve: 'P-521' }],
  ['ed25519', 'ed25519'],
  ['ed448', 'ed448'],
  ['x25519', 'x25519'],
  ['dh', 'dh', { group: 'modp2' }],
]) {
  const pair = crypto.generateKeyPairSync(type, {
    ...options,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  K[name] = { priv: pair.privateKey, pub: pair.publicKey };
}
for (const k of Object.keys(K)) {
  for (const h of ['sha256', null, 'zz']) {
    attempt(`${k} ${h}`, () => {
      const s = sign(h, d, K[k].priv);
      return [
        s.length > 0,
        verify(h, d, K[k].pub, s),
        verify(h, Buffer.from('x'), K[k].pub, s),
        verify(h, d, K[k].pub, Buffer.alloc(5)),
      ];
    });
  }
  attempt(`${k} steps`, () => {
    const s = newSign('sha256').update('da').update(Buffer.from('ta')).sign(K[k].priv);
    return [
      newVerify('sha256').update('data').verify(K[k].pub, s),
      newVerify('sha256').update('x').verify(K[k].pub, s),
      verify('sha256', d, K[k].pub, s),
    ];
  });
  attempt(`${k} p1363`, () => {
    const s = sign('sha256', d, { key: K[k].priv, dsaEncoding: 'ieee-p1363' });
    const t = newSign('sha256').update(d).sign({ key: K[k].priv, dsaEncoding: 'ieee-p1363' });
    return [
      s.length,
      t.length,
      verify('sha256', d, { key: K[k].pub, dsaEncoding: 'ieee-p1363' }, t),
      newVerify('sha256').update(d).verify({ key: K[k].pub, dsaEncoding: 'ieee-p1363' }, s),
      verify('sha256', d, { key: K[k].pub, dsaEncoding: 'ieee-p1363' }, Buffer.alloc(3)),
    ];
  });
  attempt(`${k} pss`, () => {
    const o = { padding: C.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    const s = sign('sha256', d, { key: K[k].priv, ...o });
    return [
      verify('sha256', d, { key: K[k].pub, ...o }, s),
      verify('sha256', d, { key: K[k].pub, ...o, saltLength: 20 }, s),
    ];
  });
  attempt(
    `${k} secret`,
    () =>
      crypto.diffieHellman({
        privateKey: crypto.createPrivateKey(K[k].priv),
        publicKey: crypto.createPublicKey(K[k].pub),
      }).length,
  );
}

attempt('1', () => newSign('zz'));
attempt('2', () => newSign());
attempt('3', () => newVerify('zz'));
attempt('4', () => newSign('sha256').sign());
attempt('5', () => newSign('sha256').sign('x'));
attempt('6', () => newSign('sha256').update(5));
attempt('7', () => newSign('sha256').sign({ key: K.rsa.priv, padding: 'x' }));
attempt('8', () => newSign('sha256').sign({ key: K.rsa.priv, saltLength: 'x' }));
attempt('9', () => newSign('sha256').sign({ key: K.rsa.priv, dsaEncoding: 'x' }));
attempt('11', () => {
  const s = newSign('sha256');
  s.sign(K.rsa.priv);
  s.update('a');
});
attempt('13', () => newVerify('sha256').verify(K.rsa.pub, 'zz', 'hex'));
attempt('14', () => newVerify('sha256').verify(K.rsa.pub, 5));
attempt('15', () => newVerify('sha256').verify());
attempt('16', () => sign('sha256', d));
attempt('17', () => sign('sha256', 'str', K.rsa.priv).length);
attempt('18', () => sign(5, d, K.rsa.priv));
attempt('19', () => sign('sha256', d, K.rsa.priv, 5));
attempt('20', () => verify('sha256', d, K.rsa.pub, 'str'));
attempt('21', () => sign('sha256', d, crypto.createPublicKey(K.rsa.pub)));
attempt('22', () => sign('sha256', d, K.rsa.pub));
attempt('23', () => verify('sha256', d, crypto.createSecretKey('a'), d));
attempt('24', () => verify('sha256', d, K.rsa.priv, sign('sha256', d, K.rsa.priv)));
attempt('25', () => {
  const s = newSign('sha256');
  s.write('da');
  s.end('ta');
  return verify('sha256', d, K.rsa.pub, s.sign(K.rsa.priv));
});
attempt('26', () => crypto.Sign('sha256') instanceof crypto.Sign);
attempt('28', () => sign('sha256', d, { key: K.rsa.priv, padding: 99 }));
attempt('29', () => sign('sha256', d, { key: K.rsa.priv, padding: C.RSA_PKCS1_OAEP_PADDING }));
attempt('30', () => newSign('RSA-SHA1').update('a').sign(K.rsa.priv).length);
attempt('31', () => newSign('sha256').update('abc', 'hex'));
attempt('33', () => sign('shake128', d, K.rsa.priv));
attempt('34', () => sign('sha512', d, K.rsapss.priv).length);
attempt('35', () => verify('sha256', d, K.ec.pub, Buffer.alloc(0)));
attempt('d1', () => {
  const a = group('modp14'),
    b = group('modp14');
  a.generateKeys();
  b.generateKeys();
  return a.computeSecret(b.getPublicKey()).equals(b.computeSecret(a.getPublicKey()));
});
attempt('d2', () => group('zz'));
attempt('d3', () => group());
attempt('d4', () => group('modp5').getPrime('hex').length);
attempt('d5', () => group('modp5').getGenerator('hex'));
attempt('d6', () => group('modp5').getPublicKey());
attempt('d7', () => group('modp5').getPrivateKey());
attempt('d8', () => group('modp5').verifyError);
attempt('d10', () => newDh());
attempt('d11', () => newDh(5));
attempt('d18', () => newDh(Buffer.from([23]), {}));
attempt('d19', () => newDh(64).getPrime().length);
attempt('d21', () => newDh(-1));
attempt('d22', () => newDh({}));
attempt('d23', () => newDh('ff', 'hex', '02', 'hex').getGenerator('hex'));
attempt('d24', () => {
  const a = group('modp2');
  a.generateKeys();
  a.computeSecret(Buffer.alloc(0));
});
attempt('d25', () => {
  const a = group('modp2');
  a.generateKeys();
  a.computeSecret(Buffer.alloc(300, 255));
});
attempt('d26', () => {
  const a = group('modp2');
  a.computeSecret(Buffer.alloc(100, 255));
});
attempt('d27', () => {
  const p = group('modp2').getPrime();
  const a = newDh(p, 2);
  a.setPrivateKey(Buffer.from([5]));
  return [a.getPrivateKey('hex'), a.generateKeys('hex')];
});
attempt('d28', () => {
  const p = group('modp2').getPrime();
  const a = newDh(p, 2);
  a.setPublicKey(Buffer.from([5]));
  return [a.getPublicKey('hex'), a.getPrivateKey('hex')];
});
attempt('d29', () => {
  const a = group('modp2');
  a.computeSecret(5);
});
attempt('d31', () => newDh(65537));
attempt('d32', () => crypto.DiffieHellman(Buffer.from([23]), 5) instanceof crypto.DiffieHellman);
attempt('d33', () => newDh(Buffer.from([23]), 5).setPublicKey(5));
attempt('d35', () => newDh(1.5));
attempt('d36', () => newDh(Buffer.from([23]), Buffer.from([1])));
attempt('e1', () => {
  const a = newEc('prime256v1'),
    b = newEc('prime256v1');
  a.generateKeys();
  b.generateKeys();
  return a.computeSecret(b.getPublicKey()).equals(b.computeSecret(a.getPublicKey()));
});
attempt('e2', () => newEc('zz'));
attempt('e3', () => newEc());
attempt('e4', () => newEc('P-256'));
attempt('e5', () => newEc('secp256k1').getPublicKey());
attempt('e6', () => newEc('secp256k1').getPrivateKey());
attempt('e7', () => {
  const a = newEc('secp256k1');
  a.setPrivateKey('01'.repeat(32), 'hex');
  return [
    a.getPublicKey('hex'),
    a.getPublicKey('hex', 'compressed'),
    a.getPublicKey('hex', 'hybrid'),
    a.getPrivateKey('hex'),
  ];
});
attempt('e8', () => {
  const a = newEc('secp256k1');
  a.setPrivateKey(Buffer.alloc(32));
});
attempt('e9', () => {
  const a = newEc('secp256k1');
  a.setPrivateKey(Buffer.alloc(32, 255));
});
attempt('e10', () => {
  const a = newEc('secp256k1');
  a.setPublicKey(Buffer.alloc(32, 255));
});
attempt('e11', () => {
  const a = newEc('secp256k1');
  a.generateKeys();
  a.computeSecret(Buffer.alloc(32, 255));
});
attempt('e12', () => {
  const a = newEc('secp256k1');
  a.computeSecret(Buffer.alloc(32, 255));
});
attempt('e13', () => {
  const a = newEc('secp256k1');
  a.generateKeys('hex', 'zz');
});
attempt('e14', () => {
  const a = newEc('secp256k1');
  return a.generateKeys('hex', 'compressed').length;
});
attempt('e15', () =>
  crypto.ECDH.convertKey(
    '0484bf7562262bbd6940085748f3be6afa52ae317155181ece31b66351ccffa4b08d2c1f7c5f3b8e8b3d7a2d6b3d',
    'secp256k1',
    'hex',
    'hex',
    'compressed',
  ),
);
attempt('e16', () => {
  const a = newEc('secp256k1');
  a.setPrivateKey('01'.repeat(32), 'hex');
  return crypto.ECDH.convertKey(a.getPublicKey(), 'secp256k1', null, 'hex', 'compressed');
});
attempt('e17', () => crypto.ECDH.convertKey('aa', 'zz', 'hex', 'hex'));
attempt('e18', () => crypto.ECDH.convertKey());
attempt('e19', () => crypto.ECDH.convertKey(Buffer.alloc(2)));
attempt('e20', () => crypto.diffieHellman({}));
attempt('e21', () => crypto.diffieHellman());
attempt('e22', () =>
  crypto.diffieHellman({
    privateKey: crypto.createPrivateKey(K.ec.priv),
    publicKey: crypto.createPublicKey(K.x25519.pub),
  }),
);
attempt('e23', () =>
  crypto.diffieHellman({
    privateKey: crypto.createPublicKey(K.ec.pub),
    publicKey: crypto.createPublicKey(K.x25519.pub),
  }),
);
attempt('e24', () => crypto.diffieHellman({ privateKey: K.ec.priv, publicKey: K.ec.pub }).length);
attempt('e25', () =>
  crypto.diffieHellman({
    privateKey: crypto.createPrivateKey(K.ec.priv),
    publicKey: crypto.createPublicKey(K.ec521.pub),
  }),
);
attempt('e26', () => crypto.diffieHellman({ privateKey: 5, publicKey: 6 }));

const { publicEncrypt: pe, privateDecrypt: pd, privateEncrypt: pre, publicDecrypt: pud } = crypto;
const R = K.rsa;
attempt('r1', () => pd(R.priv, pe(R.pub, Buffer.from('hi'))).toString());
attempt('r2', () =>
  pd(
    { key: R.priv, padding: C.RSA_PKCS1_PADDING },
    pe({ key: R.pub, padding: C.RSA_PKCS1_PADDING }, Buffer.from('hi')),
  ).toString(),
);
attempt('r3', () =>
  pd(
    { key: R.priv, oaepHash: 'sha256', oaepLabel: Buffer.from('x') },
    pe({ key: R.pub, oaepHash: 'sha256', oaepLabel: Buffer.from('x') }, Buffer.from('hi')),
  ).toString(),
);
attempt('r4', () => pd({ key: R.priv, oaepHash: 'sha256' }, pe({ key: R.pub }, Buffer.from('hi'))));
attempt('r5', () => pe({ key: R.pub, oaepHash: 'zz' }, Buffer.from('hi')));
attempt('r6', () => pe({ key: R.pub, oaepLabel: 5 }, Buffer.from('hi')));
attempt('r7', () => pe(R.pub, Buffer.alloc(500)));
attempt('r8', () => pe(R.pub, 5));
attempt('r9', () => pud(R.pub, pre(R.priv, Buffer.from('sig'))).toString());
attempt('r10', () => pe({ key: R.pub, padding: C.RSA_NO_PADDING }, Buffer.alloc(128)).length);
attempt('r11', () => pe(K.ec.pub, Buffer.alloc(25)));
attempt('r12', () => pe(R.priv, Buffer.alloc(25)).length);
attempt('r13', () => pd(crypto.createPublicKey(R.pub), Buffer.alloc(25)));
attempt('r14', () => pe(crypto.createSecretKey('a'), Buffer.alloc(25)));
attempt('s1', () => crypto.Certificate.verifySpkac('aaa'));
attempt('s2', () => crypto.Certificate.exportPublicKey('aaa'));
attempt('s3', () => crypto.Certificate.exportChallenge('aaa'));
attempt('s4', () => new crypto.Certificate().verifySpkac(5));
attempt('s5', () => crypto.Certificate() instanceof crypto.Certificate);
sign('sha256', d, K.rsa.priv, (error, s) => {
  console.log(error, s.length);
  verify('sha256', d, K.rsa.pub, s, (e, ok) => console.log(e, ok));
});

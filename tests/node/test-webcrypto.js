// SPDX-License-Identifier: MIT
// SubtleCrypto: every algorithm's operations, formats of keys, wrapping, derivation, and what is refused how.
'use strict';
const crypto = require('crypto');
const util = require('util');
const { subtle } = crypto.webcrypto;

const K = {
  ec: crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  rsa: crypto.generateKeyPairSync('rsa', { modulusLength: 1024 }),
  ed25519: crypto.generateKeyPairSync('ed25519'),
  x448: crypto.generateKeyPairSync('x448'),
};
let last = Promise.resolve();
const warnings = [];
process.removeAllListeners('warning');
process.on('warning', ({ name, message }) => warnings.push(`${name}: ${message}`));

function show(result) {
  return result instanceof ArrayBuffer
    ? `${result.byteLength} bytes`
    : util.inspect(result, { breakLength: Infinity, depth: 5 });
}

function attempt(name, fn) {
  last = last.then(async () => {
    try {
      console.log(name, show(await fn()));
    } catch (e) {
      console.log(name, '!', e.name, e.code, e.message);
    }
  });
}

const hx = (b) => Buffer.from(b).toString('hex');
const raw = Buffer.alloc(16, 7),
  d = Buffer.from('data');
const aes = (n, u, l = 16) => subtle.importKey('raw', Buffer.alloc(l, 7), n, true, u);
// digest
for (const a of [
  'SHA-1',
  'sha-256',
  'SHA-384',
  'SHA-512',
  'SHA3-256',
  'MD5',
  '',
  'x',
  { name: 'SHA-256' },
  {},
  5,
  null,
  undefined,
  { name: 'cSHAKE128', outputLength: 256 },
  { name: 'cSHAKE128' },
])
  attempt('digest ' + util.inspect(a), async () => hx(await subtle.digest(a, d)));
attempt('digest str', () => subtle.digest('SHA-256', 'str'));
attempt('digest none', () => subtle.digest('SHA-256'));
attempt('digest this', () => subtle.digest.call({}, 'SHA-256', d));
attempt('digest 0', () => subtle.digest());
attempt('digest ab', async () => hx(await subtle.digest('SHA-1', new ArrayBuffer(2))));
attempt('digest sab', () => subtle.digest('SHA-1', new Uint8Array(new SharedArrayBuffer(2))));
// aes
for (const n of ['AES-CBC', 'AES-CTR', 'AES-GCM', 'AES-OCB']) {
  const p = { name: n };
  if (n == 'AES-CBC') p.iv = Buffer.alloc(16);
  if (n == 'AES-CTR') {
    p.counter = Buffer.alloc(16, 255);
    p.length = 64;
  }
  if (n == 'AES-GCM' || n == 'AES-OCB') p.iv = Buffer.alloc(12);
  attempt(n, async () => {
    const k = await aes(n, ['encrypt', 'decrypt']);
    const c = await subtle.encrypt(p, k, Buffer.alloc(40, 1));
    return [hx(c), hx(await subtle.decrypt(p, k, c))];
  });
  attempt(n + ' gen', async () => {
    const k = await subtle.generateKey({ name: n, length: 256 }, true, ['encrypt', 'decrypt']);
    return [
      k,
      await subtle.exportKey('jwk', k).then((j) => ({ ...j, k: j.k.length })),
      (await subtle.exportKey(n == 'AES-OCB' ? 'raw-secret' : 'raw', k)).byteLength,
    ];
  });
  attempt(n + ' badlen', () => subtle.generateKey({ name: n, length: 100 }, true, ['encrypt']));
  attempt(n + ' nousage', () => subtle.generateKey({ name: n, length: 128 }, true, []));
  attempt(n + ' badusage', () => subtle.generateKey({ name: n, length: 128 }, true, ['sign']));
  attempt(n + ' nolen', () => subtle.generateKey({ name: n }, true, ['encrypt']));
  attempt(n + ' bad', async () => {
    const k = await aes(n, ['decrypt']);
    return subtle.decrypt(p, k, Buffer.alloc(41, 1));
  });
  attempt(n + ' use', async () => {
    const k = await aes(n, ['decrypt']);
    return subtle.encrypt(p, k, Buffer.alloc(41, 1));
  });
  attempt(n + ' alg', async () => {
    const k = await aes(n, ['encrypt']);
    return subtle.encrypt({ name: 'AES-KW' }, k, d);
  });
  attempt(n + ' noiv', async () => {
    const k = await aes(n, ['encrypt']);
    return subtle.encrypt({ name: n }, k, d);
  });
  attempt(n + ' imp', () => aes(n, ['encrypt'], 15));
  attempt(n + ' impu', () => aes(n, ['sign']));
  attempt(n + ' impe', () => aes(n, []));
  attempt(n + ' impf', () => subtle.importKey('zzz', raw, n, true, ['encrypt']));
  attempt(n + ' imps', () => subtle.importKey('spki', raw, n, true, ['encrypt']));
  attempt(n + ' jwk', () =>
    subtle.importKey(
      'jwk',
      { kty: 'oct', k: raw.toString('base64url'), alg: 'A128' + n.slice(4), key_ops: ['encrypt'], ext: true },
      n,
      true,
      ['encrypt'],
    ),
  );
  attempt(n + ' jwkbad', () =>
    subtle.importKey('jwk', { kty: 'oct', k: raw.toString('base64url'), alg: 'A256' + n.slice(4) }, n, true, [
      'encrypt',
    ]),
  );
  attempt(n + ' jwkbad2', () => subtle.importKey('jwk', { kty: 'RSA' }, n, true, ['encrypt']));
  attempt(n + ' jwkbad3', () =>
    subtle.importKey('jwk', { kty: 'oct', k: 'AAAA', key_ops: ['decrypt'] }, n, true, ['encrypt']),
  );
  attempt(n + ' jwkbad4', () => subtle.importKey('jwk', { kty: 'oct', k: 'AAAA', ext: false }, n, true, ['encrypt']));
  attempt(n + ' jwkbad5', () => subtle.importKey('jwk', 5, n, true, ['encrypt']));
}
attempt('gcm aad', async () => {
  const k = await aes('AES-GCM', ['encrypt', 'decrypt']);
  const p = { name: 'AES-GCM', iv: Buffer.alloc(12), additionalData: d, tagLength: 96 };
  const c = await subtle.encrypt(p, k, d);
  return [hx(c), hx(await subtle.decrypt(p, k, c))];
});
attempt('gcm tag', async () => {
  const k = await aes('AES-GCM', ['encrypt']);
  return subtle.encrypt({ name: 'AES-GCM', iv: Buffer.alloc(12), tagLength: 95 }, k, d);
});
attempt('gcm short', async () => {
  const k = await aes('AES-GCM', ['decrypt']);
  return subtle.decrypt({ name: 'AES-GCM', iv: Buffer.alloc(12) }, k, Buffer.alloc(4));
});
attempt('chacha', async () => {
  const k = await subtle.generateKey('ChaCha20-Poly1305', true, ['encrypt', 'decrypt']);
  const p = { name: 'ChaCha20-Poly1305', iv: Buffer.alloc(12) };
  return [
    k,
    hx(await subtle.decrypt(p, k, await subtle.encrypt(p, k, d))),
    Object.keys(await subtle.exportKey('jwk', k)),
    (await subtle.exportKey('jwk', k)).alg,
  ];
});
attempt('ctr len', async () => {
  const k = await aes('AES-CTR', ['encrypt']);
  return subtle.encrypt({ name: 'AES-CTR', counter: Buffer.alloc(16), length: 0 }, k, d);
});
attempt('ctr wrap', async () => {
  const k = await aes('AES-CTR', ['encrypt']);
  return hx(await subtle.encrypt({ name: 'AES-CTR', counter: Buffer.alloc(16, 255), length: 4 }, k, Buffer.alloc(48)));
});
attempt('ctr over', async () => {
  const k = await aes('AES-CTR', ['encrypt']);
  return hx(await subtle.encrypt({ name: 'AES-CTR', counter: Buffer.alloc(16, 255), length: 1 }, k, Buffer.alloc(48)));
});
attempt('kw', async () => {
  const k = await aes('AES-KW', ['wrapKey', 'unwrapKey']);
  const g = await aes('AES-GCM', ['encrypt']);
  const w = await subtle.wrapKey('raw', g, k, 'AES-KW');
  const u = await subtle.unwrapKey('raw', w, k, 'AES-KW', 'AES-GCM', true, ['encrypt']);
  return [hx(w), u, hx(await subtle.exportKey('raw', u))];
});
attempt('kw jwk', async () => {
  const k = await aes('AES-GCM', ['wrapKey', 'unwrapKey']);
  const g = await aes('AES-CBC', ['encrypt']);
  const p = { name: 'AES-GCM', iv: Buffer.alloc(12) };
  const w = await subtle.wrapKey('jwk', g, k, p);
  const u = await subtle.unwrapKey('jwk', w, k, p, 'AES-CBC', true, ['encrypt']);
  return [w.byteLength > 0, u];
});
attempt('kw use', async () => {
  const k = await aes('AES-GCM', ['unwrapKey']);
  return subtle.wrapKey('raw', k, k, { name: 'AES-GCM', iv: Buffer.alloc(12) });
});
attempt('kw use2', async () => {
  const k = await aes('AES-GCM', ['wrapKey']);
  return subtle.unwrapKey('raw', d, k, { name: 'AES-GCM', iv: Buffer.alloc(12) }, 'AES-GCM', true, ['encrypt']);
});
attempt('kw ext', async () => {
  const k = await aes('AES-GCM', ['wrapKey']);
  const g = await subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt']);
  return subtle.wrapKey('raw', g, k, { name: 'AES-GCM', iv: Buffer.alloc(12) });
});
attempt('kw bad', async () => {
  const k = await aes('AES-KW', ['unwrapKey']);
  return subtle.unwrapKey('raw', Buffer.alloc(24), k, 'AES-KW', 'AES-GCM', true, ['encrypt']);
});
attempt('noext', async () => {
  const g = await subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt']);
  return subtle.exportKey('raw', g);
});
attempt('exp fmt', async () => {
  const g = await aes('AES-GCM', ['encrypt']);
  return subtle.exportKey('spki', g);
});
attempt('exp fmt2', async () => {
  const g = await aes('AES-GCM', ['encrypt']);
  return subtle.exportKey('zz', g);
});
attempt('exp arg', () => subtle.exportKey('raw', 5));
attempt('enc arg', () => subtle.encrypt('AES-GCM', 5, d));
attempt('enc arg2', () => subtle.encrypt());
// hmac
attempt('hmac', async () => {
  const k = await subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign', 'verify']);
  const s = await subtle.sign('HMAC', k, d);
  return [
    k,
    hx(s),
    await subtle.verify('HMAC', k, s, d),
    await subtle.verify('HMAC', k, Buffer.alloc(3), d),
    await subtle.exportKey('jwk', k),
  ];
});
attempt('hmac gen', async () => {
  const k = await subtle.generateKey({ name: 'HMAC', hash: 'SHA-512' }, true, ['sign']);
  return k;
});
attempt('hmac gen l', async () => {
  const k = await subtle.generateKey({ name: 'HMAC', hash: 'SHA-512', length: 20 }, true, ['sign']);
  return [k, (await subtle.exportKey('raw', k)).byteLength];
});
attempt('hmac imp l', async () =>
  subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256', length: 120 }, true, ['sign']),
);
attempt('hmac imp l2', async () =>
  subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256', length: 130 }, true, ['sign']),
);
attempt('hmac imp l3', async () =>
  subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256', length: 125 }, true, ['sign']),
);
attempt('hmac 0', () => subtle.importKey('raw', new Uint8Array(0), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']));
attempt('hmac nohash', () => subtle.importKey('raw', raw, { name: 'HMAC' }, true, ['sign']));
attempt('hmac badhash', () => subtle.importKey('raw', raw, { name: 'HMAC', hash: 'MD5' }, true, ['sign']));
attempt('hmac gen0', () => subtle.generateKey({ name: 'HMAC', hash: 'SHA-1', length: 0 }, true, ['sign']));
attempt('hmac use', async () => {
  const k = await subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, true, ['verify']);
  return subtle.sign('HMAC', k, d);
});
attempt('hmac use2', async () => {
  const k = await subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
  return subtle.verify('HMAC', k, d, d);
});
// rsa, ec, ed
for (const [n, x, u, w] of [
  [
    'RSASSA-PKCS1-v1_5',
    { modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
    ['sign', 'verify'],
    {},
  ],
  [
    'RSA-PSS',
    { modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-1' },
    ['sign', 'verify'],
    { saltLength: 20 },
  ],
  ['ECDSA', { namedCurve: 'P-256' }, ['sign', 'verify'], { hash: 'SHA-256' }],
  ['ECDSA', { namedCurve: 'P-521' }, ['sign', 'verify'], { hash: 'SHA-512' }],
  ['Ed25519', {}, ['sign', 'verify'], {}],
  ['Ed448', {}, ['sign', 'verify'], {}],
]) {
  attempt(n, async () => {
    const p = await subtle.generateKey({ name: n, ...x }, false, u);
    const s = await subtle.sign({ name: n, ...w }, p.privateKey, d);
    const out = [
      p,
      s.byteLength,
      await subtle.verify({ name: n, ...w }, p.publicKey, s, d),
      await subtle.verify({ name: n, ...w }, p.publicKey, s, raw),
    ];
    const pj = await subtle.exportKey('jwk', p.publicKey);
    const im = await subtle.importKey('jwk', pj, { name: n, ...x }, true, ['verify']);
    out.push(Object.keys(pj), pj.alg, pj.key_ops, pj.ext, pj.crv, await subtle.verify({ name: n, ...w }, im, s, d));
    const sp = await subtle.exportKey('spki', im);
    const im2 = await subtle.importKey('spki', sp, { name: n, ...x }, true, ['verify']);
    out.push(await subtle.verify({ name: n, ...w }, im2, s, d));
    return out;
  });
  attempt(n + ' priv', async () => {
    const p = await subtle.generateKey({ name: n, ...x }, true, u);
    const j = await subtle.exportKey('jwk', p.privateKey);
    const i = await subtle.importKey('jwk', j, { name: n, ...x }, true, ['sign']);
    const k8 = await subtle.exportKey('pkcs8', i);
    const i2 = await subtle.importKey('pkcs8', k8, { name: n, ...x }, true, ['sign']);
    const s = await subtle.sign({ name: n, ...w }, i2, d);
    return [Object.keys(j), await subtle.verify({ name: n, ...w }, p.publicKey, s, d), i2];
  });
  attempt(n + ' raw', async () => {
    const p = await subtle.generateKey({ name: n, ...x }, true, u);
    const r = await subtle.exportKey('raw', p.publicKey);
    const i = await subtle.importKey('raw', r, { name: n, ...x }, true, ['verify']);
    return [r.byteLength, i];
  });
  attempt(n + ' rawpriv', async () => {
    const p = await subtle.generateKey({ name: n, ...x }, true, u);
    return subtle.exportKey('raw', p.privateKey);
  });
  attempt(n + ' pkpub', async () => {
    const p = await subtle.generateKey({ name: n, ...x }, true, u);
    return subtle.exportKey('pkcs8', p.publicKey);
  });
  attempt(n + ' u', () => subtle.generateKey({ name: n, ...x }, true, ['verify']));
  attempt(n + ' u2', () => subtle.generateKey({ name: n, ...x }, true, ['encrypt']));
  attempt(n + ' imp', () => subtle.importKey('spki', d, { name: n, ...x }, true, ['verify']));
  attempt(n + ' impu', () => subtle.importKey('spki', d, { name: n, ...x }, true, ['sign']));
  attempt(n + ' impw', () =>
    subtle.importKey('spki', K.x448.publicKey.export({ format: 'der', type: 'spki' }), { name: n, ...x }, true, [
      'verify',
    ]),
  );
  attempt(n + ' jwkbad', () => subtle.importKey('jwk', { kty: 'x' }, { name: n, ...x }, true, ['verify']));
  attempt(n + ' jwkbad2', () => subtle.importKey('jwk', { kty: 'RSA' }, { name: n, ...x }, true, ['verify']));
  attempt(n + ' jwkbad3', () => subtle.importKey('jwk', { kty: 'OKP', crv: 'x' }, { name: n, ...x }, true, ['verify']));
  attempt(n + ' jwkbad4', () =>
    subtle.importKey('jwk', { kty: 'EC', crv: 'P-384' }, { name: n, ...x }, true, ['verify']),
  );
  attempt(n + ' wrong', async () => {
    const p = await subtle.generateKey({ name: n, ...x }, true, u);
    return subtle.sign({ name: n, ...w }, p.publicKey, d);
  });
}
attempt('oaep', async () => {
  const p = await subtle.generateKey(
    { name: 'RSA-OAEP', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-1' },
    true,
    ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'],
  );
  const a = { name: 'RSA-OAEP', label: d };
  const c = await subtle.encrypt(a, p.publicKey, d);
  return [
    p,
    c.byteLength,
    hx(await subtle.decrypt(a, p.privateKey, c)),
    (await subtle.exportKey('jwk', p.publicKey)).alg,
  ];
});
attempt('oaep big', async () => {
  const p = await subtle.generateKey(
    { name: 'RSA-OAEP', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-1' },
    true,
    ['encrypt', 'decrypt'],
  );
  return subtle.encrypt('RSA-OAEP', p.publicKey, Buffer.alloc(500));
});
attempt('rsa exp', () =>
  subtle.generateKey(
    { name: 'RSA-OAEP', modulusLength: 1024, publicExponent: new Uint8Array([2]), hash: 'SHA-1' },
    true,
    ['encrypt'],
  ),
);
attempt('rsa noexp', () =>
  subtle.generateKey({ name: 'RSA-OAEP', modulusLength: 1024, hash: 'SHA-1' }, true, ['encrypt']),
);
attempt('rsa exp2', () =>
  subtle.generateKey({ name: 'RSA-OAEP', modulusLength: 1024, publicExponent: 5, hash: 'SHA-1' }, true, ['encrypt']),
);
attempt('ec curve', () => subtle.generateKey({ name: 'ECDSA', namedCurve: 'x' }, true, ['sign']));
attempt('ec nocurve', () => subtle.generateKey({ name: 'ECDSA' }, true, ['sign']));
for (const [n, x] of [
  ['ECDH', { namedCurve: 'P-256' }],
  ['ECDH', { namedCurve: 'P-521' }],
  ['X25519', {}],
  ['X448', {}],
]) {
  attempt(n, async () => {
    const a = await subtle.generateKey({ name: n, ...x }, true, ['deriveBits', 'deriveKey']),
      b = await subtle.generateKey({ name: n, ...x }, true, ['deriveBits']);
    const s1 = await subtle.deriveBits({ name: n, public: b.publicKey }, a.privateKey, 128),
      s2 = await subtle.deriveBits({ name: n, public: a.publicKey }, b.privateKey, 128);
    const all = await subtle.deriveBits({ name: n, public: a.publicKey }, b.privateKey, null);
    const k = await subtle.deriveKey(
      { name: n, public: b.publicKey },
      a.privateKey,
      { name: 'AES-CBC', length: 256 },
      true,
      ['encrypt'],
    );
    return [a, hx(s1) === hx(s2), all.byteLength, k];
  });
  attempt(n + ' long', async () => {
    const a = await subtle.generateKey({ name: n, ...x }, true, ['deriveBits']);
    return subtle.deriveBits({ name: n, public: a.publicKey }, a.privateKey, 8000);
  });
  attempt(n + ' odd', async () => {
    const a = await subtle.generateKey({ name: n, ...x }, true, ['deriveBits']);
    return subtle.deriveBits({ name: n, public: a.publicKey }, a.privateKey, 13);
  });
  attempt(n + ' nopub', async () => {
    const a = await subtle.generateKey({ name: n, ...x }, true, ['deriveBits']);
    return subtle.deriveBits({ name: n }, a.privateKey, 8);
  });
  attempt(n + ' privpub', async () => {
    const a = await subtle.generateKey({ name: n, ...x }, true, ['deriveBits']);
    return subtle.deriveBits({ name: n, public: a.privateKey }, a.privateKey, 8);
  });
  attempt(n + ' pubbase', async () => {
    const a = await subtle.generateKey({ name: n, ...x }, true, ['deriveBits']);
    return subtle.deriveBits({ name: n, public: a.publicKey }, a.publicKey, 8);
  });
  attempt(n + ' raw', async () => {
    const a = await subtle.generateKey({ name: n, ...x }, true, ['deriveBits']);
    const r = await subtle.exportKey('raw', a.publicKey);
    return [r.byteLength, await subtle.importKey('raw', r, { name: n, ...x }, true, [])];
  });
  attempt(n + ' rawu', () => subtle.importKey('raw', d, { name: n, ...x }, true, ['deriveBits']));
  attempt(n + ' rawb', () => subtle.importKey('raw', d, { name: n, ...x }, true, []));
  attempt(n + ' jwk', async () => {
    const a = await subtle.generateKey({ name: n, ...x }, true, ['deriveBits']);
    return Object.keys(await subtle.exportKey('jwk', a.privateKey));
  });
  attempt(n + ' use', async () => {
    const a = await subtle.generateKey({ name: n, ...x }, true, ['deriveBits']);
    return subtle.deriveKey({ name: n, public: a.publicKey }, a.privateKey, { name: 'AES-CBC', length: 128 }, true, [
      'encrypt',
    ]);
  });
}
attempt('ecdh mix', async () => {
  const a = await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']),
    b = await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-384' }, true, ['deriveBits']);
  return subtle.deriveBits({ name: 'ECDH', public: b.publicKey }, a.privateKey, 128);
});
attempt('x mix', async () => {
  const a = await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']),
    b = await subtle.generateKey('X25519', true, ['deriveBits']);
  return subtle.deriveBits({ name: 'ECDH', public: b.publicKey }, a.privateKey, 128);
});
attempt('pbkdf2', async () => {
  const k = await subtle.importKey('raw', d, 'PBKDF2', false, ['deriveBits', 'deriveKey']);
  const a = { name: 'PBKDF2', salt: d, iterations: 10, hash: 'SHA-256' };
  return [
    k,
    hx(await subtle.deriveBits(a, k, 256)),
    await subtle.deriveKey(a, k, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']),
    await subtle.deriveKey(a, k, { name: 'AES-GCM', length: 128 }, true, ['encrypt']),
  ];
});
attempt('hkdf', async () => {
  const k = await subtle.importKey('raw', d, 'HKDF', false, ['deriveBits', 'deriveKey']);
  const a = { name: 'HKDF', salt: d, info: d, hash: 'SHA-256' };
  return [
    k,
    hx(await subtle.deriveBits(a, k, 256)),
    await subtle.deriveKey(a, k, { name: 'HMAC', hash: 'SHA-1', length: 64 }, true, ['sign']),
  ];
});
attempt('kdf ext', () => subtle.importKey('raw', d, 'HKDF', true, ['deriveBits']));
attempt('kdf null', async () => {
  const k = await subtle.importKey('raw', d, 'HKDF', false, ['deriveBits']);
  return subtle.deriveBits({ name: 'HKDF', salt: d, info: d, hash: 'SHA-256' }, k, null);
});
attempt('kdf odd', async () => {
  const k = await subtle.importKey('raw', d, 'PBKDF2', false, ['deriveBits']);
  return subtle.deriveBits({ name: 'PBKDF2', salt: d, iterations: 1, hash: 'SHA-256' }, k, 9);
});
attempt('kdf 0', async () => {
  const k = await subtle.importKey('raw', d, 'PBKDF2', false, ['deriveBits']);
  return subtle.deriveBits({ name: 'PBKDF2', salt: d, iterations: 1, hash: 'SHA-256' }, k, 0);
});
attempt('kdf it0', async () => {
  const k = await subtle.importKey('raw', d, 'PBKDF2', false, ['deriveBits']);
  return subtle.deriveBits({ name: 'PBKDF2', salt: d, iterations: 0, hash: 'SHA-256' }, k, 8);
});
attempt('kdf long', async () => {
  const k = await subtle.importKey('raw', d, 'HKDF', false, ['deriveBits']);
  return subtle.deriveBits({ name: 'HKDF', salt: d, info: d, hash: 'SHA-256' }, k, 255 * 256 + 8);
});
attempt('kdf gen', () => subtle.generateKey('HKDF', false, ['deriveBits']));
attempt('kdf use', async () => {
  const k = await subtle.importKey('raw', d, 'HKDF', false, ['deriveKey']);
  return subtle.deriveBits({ name: 'HKDF', salt: d, info: d, hash: 'SHA-256' }, k, 8);
});
attempt('kdf u', () => subtle.importKey('raw', d, 'HKDF', false, ['sign']));
attempt('kdf j', () => subtle.importKey('jwk', {}, 'HKDF', false, ['deriveBits']));
attempt('kdf alg', async () => {
  const k = await subtle.importKey('raw', d, 'HKDF', false, ['deriveBits']);
  return subtle.deriveBits({ name: 'PBKDF2', salt: d, iterations: 1, hash: 'SHA-256' }, k, 8);
});
attempt('usage', () => subtle.importKey('raw', raw, 'AES-GCM', true, ['zzz']));
attempt('usage2', () => subtle.importKey('raw', raw, 'AES-GCM', true, 'x'));
attempt('usage3', () => subtle.importKey('raw', raw, 'AES-GCM', true));
attempt('fmt', () => subtle.importKey(5, raw, 'AES-GCM', true, ['encrypt']));
attempt('data', () => subtle.importKey('raw', 'x', 'AES-GCM', true, ['encrypt']));
attempt('jdata', () => subtle.importKey('raw', {}, 'AES-GCM', true, ['encrypt']));
attempt('getPublicKey', async () => {
  const p = await subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  return subtle.getPublicKey(p.privateKey, ['verify']);
});
attempt('getPublicKey2', async () => {
  const p = await subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  return subtle.getPublicKey(p.publicKey, ['verify']);
});
attempt('supports', () => [
  SubtleCrypto.supports('digest', 'SHA-256'),
  SubtleCrypto.supports('digest', 'x'),
  SubtleCrypto.supports('encrypt', { name: 'AES-GCM', iv: d }),
  SubtleCrypto.supports('encrypt', 'AES-GCM'),
  SubtleCrypto.supports('generateKey', 'Ed25519'),
  SubtleCrypto.supports('zz', 'Ed25519'),
]);
attempt('KeyObject.from', async () => {
  const k = await aes('AES-GCM', ['encrypt']);
  return [crypto.KeyObject.from(k), crypto.KeyObject.from(k).equals(crypto.createSecretKey(Buffer.alloc(16, 7)))];
});
attempt('toCryptoKey', () => [
  crypto.createSecretKey(raw).toCryptoKey('AES-GCM', true, ['encrypt']),
  crypto.createSecretKey(raw).toCryptoKey({ name: 'HMAC', hash: 'SHA-1' }, true, ['sign']),
  K.ec.privateKey.toCryptoKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']),
  K.rsa.publicKey.toCryptoKey({ name: 'RSA-PSS', hash: 'SHA-1' }, true, ['verify']),
  K.ed25519.publicKey.toCryptoKey('Ed25519', true, ['verify']),
]);
attempt('toCryptoKey2', () => crypto.createSecretKey(raw).toCryptoKey('Ed25519', true, ['verify']));
attempt('toCryptoKey3', () => K.ec.privateKey.toCryptoKey({ name: 'ECDSA', namedCurve: 'P-384' }, true, ['sign']));
attempt('nodeuse', async () => {
  const k = await subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
  return crypto.createHmac('sha1', k).update('a').digest('hex');
});
attempt('new', () => new CryptoKey());
attempt('new2', () => new SubtleCrypto());
attempt('new3', () => new Crypto());
attempt('subtle this', () => Object.getOwnPropertyDescriptor(Crypto.prototype, 'subtle').get.call({}));
attempt('insp', () => [subtle, crypto.webcrypto, Object.prototype.toString.call(subtle)]);
attempt('types', async () => {
  const k = await aes('AES-GCM', ['encrypt']);
  return [
    util.types.isCryptoKey(k),
    util.types.isKeyObject(k),
    util.types.isKeyObject(crypto.createSecretKey('a')),
    k.algorithm === k.algorithm,
    k.usages === k.usages,
    Object.keys(k),
    JSON.stringify(k),
  ];
});
attempt('keys', () => Object.keys(SubtleCrypto.prototype).join());
attempt('lens', () => Object.getOwnPropertyNames(SubtleCrypto.prototype).map((k) => subtle[k].length + k));
attempt('ck', () => Object.keys(CryptoKey.prototype).join());
attempt('kmac', async () => {
  const key = await subtle.importKey('raw-secret', Buffer.alloc(20, 3), 'KMAC256', true, ['sign', 'verify']);
  const results = [key, (await subtle.exportKey('jwk', key)).alg];
  for (const options of [{ outputLength: 256 }, { outputLength: 128, customization: d }, { outputLength: 0 }]) {
    const mac = await subtle.sign({ name: 'KMAC256', ...options }, key, d);
    results.push(hx(mac), await subtle.verify({ name: 'KMAC256', ...options }, key, mac, d));
  }
  return results;
});
attempt('kmac gen', () => subtle.generateKey('KMAC128', true, ['sign']));
attempt('kmac raw', () => subtle.importKey('raw', raw, 'KMAC128', true, ['sign']));
attempt('kmac length', () => subtle.importKey('raw-secret', raw, { name: 'KMAC128', length: 200 }, true, ['sign']));
attempt('kmac size', async () =>
  subtle.sign('KMAC128', await subtle.generateKey('KMAC128', true, ['sign']), d),
);
last.then(() => setImmediate(() => console.log(warnings)));

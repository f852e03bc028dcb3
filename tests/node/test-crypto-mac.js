'use strict';
// Mac: families, options, keys, encodings, errors, the stream.
const crypto = require('crypto');

const key = Buffer.from(Array.from({ length: 32 }, (_, k) => k));
const key16 = key.subarray(0, 16);

function show(label, run) {
  try {
    console.log(label, run());
  } catch (error) {
    console.log(label, error.name, error.code, error.message, Object.keys(error).join());
  }
}

const mac = (algorithm, options, k = key) => crypto.createMac(algorithm, k, options).update('some data').final('hex');

console.log(crypto.getMacs().join());
console.log(crypto.getMacs() === crypto.getMacs(), crypto.createMac.length);

// What each family gives.
const iv = Buffer.alloc(12, 7);
show('hmac', () => mac('hmac', { digest: 'sha256' }));
show('HMAC', () => mac('HMAC', { digest: 'SHA512' }));
show('cmac', () => mac('cmac', { cipher: 'aes-256-cbc' }));
show('gmac', () => mac('gmac', { cipher: 'aes-256-gcm', iv }));
show('gmac', () => mac('gmac', { cipher: 'aes-256-gcm', iv: new Uint16Array([1, 2, 3, 4, 5, 6]) }));
for (const name of ['kmac128', 'KMAC-256', 'blake2bmac', 'blake2smac', 'poly1305']) show(name, () => mac(name));
show('siphash', () => mac('siphash', undefined, key16));
show('siphash', () => mac('siphash', { outputLength: 8 }, key16));
show('siphash', () => mac('siphash', { outputLength: 0 }, key16));
show('siphash', () => mac('siphash', { outputLength: 20 }, key16));
for (const name of ['kmac128', 'blake2bmac', 'blake2smac']) {
  for (const outputLength of [0, 1, 20, 32, 100]) show(`${name} ${outputLength}`, () => mac(name, { outputLength }));
  for (const customization of [Buffer.alloc(0), Buffer.from('cust'), new Uint8Array(8).buffer]) {
    show(`${name} customization`, () => mac(name, { customization }));
  }
  show(`${name} salt`, () => mac(name, { salt: Buffer.alloc(8, 3) }));
  show(`${name} salt`, () => mac(name, { salt: Buffer.alloc(17, 3) }));
}

// Options that are missing, wrong, or of no use.
const bad = [
  [undefined], [1], [''], ['nope'], ['hmac\0'], ['hmac', null], ['hmac', 1], ['hmac', []], ['hmac', {}],
  ['hmac', { digest: 1 }], ['hmac', { digest: '' }], ['hmac', { digest: 'nope' }], ['hmac', { digest: 'RSA-SHA256' }],
  ['hmac', { digest: 'x'.repeat(300) }], ['hmac', { digest: 'shake128' }], ['hmac', { digest: 'sha1', iv }],
  ['hmac', { digest: 'sha1', iv: 'text' }], ['hmac', { digest: 'sha1', cipher: null }],
  ['hmac', { digest: 'sha1', outputLength: 20 }], ['hmac', { digest: 'sha1', outputLength: -1 }],
  ['hmac', { digest: 'sha1', outputLength: 1.5 }], ['hmac', { digest: 'sha1', outputLength: 2 ** 32 }],
  ['cmac'], ['cmac', { cipher: 'aes-256-gcm' }], ['cmac', { cipher: 'aes-256-ctr' }],
  ['cmac', { cipher: 'aes-128-cbc' }], ['cmac', { cipher: 'nope' }], ['cmac', { cipher: 'aes-256-cbc', digest: 'sha1' }],
  ['gmac', { iv }], ['gmac', { cipher: 'aes-256-gcm' }], ['gmac', { cipher: 'aes-256-gcm', iv: Buffer.alloc(0) }],
  ['gmac', { cipher: 'aes-256-cbc', iv }], ['gmac', { cipher: 'aes-128-gcm', iv }],
  ['poly1305', { salt: iv, customization: iv }], ['nope', { digest: 1 }], ['kmac128', { outputLength: 2 ** 32 - 1 }],
];
bad.forEach((args, k) => show(`bad ${k}`, () => mac(...args)));

// Keys.
const hmac = (k) => crypto.createMac('hmac', k, { digest: 'sha1' });
const { publicKey, privateKey } = crypto.generateKeyPairSync('ed25519');
const keys = [key, key.buffer.slice(0, 4), new DataView(key16.buffer, key16.byteOffset, 3), crypto.createSecretKey(key),
              Buffer.alloc(0), publicKey, privateKey, 'text', undefined, null, 1, {}];
keys.forEach((k, n) => show(`key ${n}`, () => hmac(k).final('hex')));
for (const [name, size] of [['poly1305', 31], ['siphash', 15], ['blake2smac', 33], ['kmac128', 3], ['kmac256', 0]]) {
  show(`key ${name} ${size}`, () => mac(name, undefined, Buffer.alloc(size)));
}

// Encodings, and what comes after the end.
for (const args of [['abcd', 'hex'], ['abc', 'hex'], ['abcd', 'nope'], ['abcd', 'buffer'], ['abcd', 5], ['é', 'latin1'],
                    ['a', ''], [iv, 'nope'], [iv.buffer], [null], []]) {
  show(`update ${args[1]}`, () => hmac(key).update(...args).final('hex'));
}
for (const encoding of [undefined, 'buffer', 'hex', 'HEX', 'base64url', 'latin1', '', 'nope', null, 5]) {
  const one = hmac(key);
  show(`final ${encoding}`, () => JSON.stringify(one.final(encoding)));
  show('  again', () => one.final('hex'));
}
const spent = hmac(key);
spent.final();
show('spent', () => spent.update(5));
show('spent', () => spent.final('nope'));

const { constructor } = spent;
console.log(constructor.name, constructor.length, Object.keys(spent), spent instanceof require('stream').Transform);
show('call', () => constructor('hmac', key, { digest: 'sha1' }).final('hex'));

// Streams.
function watch(label, stream) {
  return new Promise((resolve) => {
    stream.on('data', (data) => console.log(label, 'data', typeof data === 'string' ? data : data.toString('hex')));
    stream.on('error', (error) => console.log(label, error.code, error.message));
    stream.on('close', () => resolve(console.log(label, 'close')));
  });
}
(async () => {
  const plain = hmac(key);
  plain.write('some ');
  plain.end('64617461', 'hex');
  await watch('plain', plain);
  show('after', () => plain.final());
  const text = hmac(key).setEncoding('hex');
  text.end();
  await watch('text', text);
  const none = crypto.createMac('kmac128', key, { outputLength: 0 });
  none.end('a');
  await watch('none', none);
  const late = hmac(key);
  late.final();
  late.write('x');
  await watch('late', late);
  const twice = hmac(key);
  twice.final();
  twice.end();
  await watch('twice', twice);
})();

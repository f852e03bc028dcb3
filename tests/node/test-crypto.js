// SPDX-License-Identifier: MIT
// Hashes, HMACs, random values, password-based keys.
'use strict';
const crypto = require('crypto');

function attempt(name, fn) {
  try {
    console.log(name, fn());
  } catch (e) {
    console.log(name, e.name, e.code, e.message);
  }
}

for (const name of ['md5', 'SHA1', 'sha256', 'sha512', 'sha3-256', 'RSA-SHA1', 'shake256']) {
  attempt(name, () => crypto.createHash(name, { outputLength: name === 'shake256' ? 7 : undefined }).update('ü').digest('hex'));
}
attempt('no such digest', () => crypto.createHash('no'));
attempt('no such hmac', () => crypto.createHmac('no', 'k'));
attempt('length', () => crypto.createHash('sha1', { outputLength: 3 }));
const hash = crypto.createHash('sha1').update('ab');
const copy = hash.copy();
attempt('first', () => hash.update(Buffer.from('c')).digest('base64'));
attempt('copy', () => copy.update('636465', 'hex').digest('base64url'));
attempt('twice', () => hash.digest());
attempt('update after', () => hash.update('x'));
attempt('update 5', () => crypto.createHash('md5').update(5));
const hmac = crypto.createHmac('sha256', Buffer.from('key')).update('a').update('b');
attempt('hmac', () => hmac.digest('hex'));
attempt('hmac twice', () => hmac.digest('hex'));
attempt('hash', () => crypto.hash('sha1', 'abc'));
attempt('hash no', () => crypto.hash('nope', 'abc'));
attempt('stream', () => crypto.createHash('md5').setEncoding('hex').end('x').read());
attempt('equal', () => crypto.timingSafeEqual(Buffer.from('ab'), new Uint8Array([97, 98])));
attempt('unequal', () => crypto.timingSafeEqual(Buffer.from('ab'), Buffer.from('ac')));
attempt('lengths', () => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab')));
attempt('bytes', () => crypto.randomBytes(9).length);
attempt('bytes -1', () => crypto.randomBytes(-1));
attempt('fill', () => crypto.randomFillSync(Buffer.alloc(4), 5));
attempt('part', () => crypto.randomFillSync(new Uint16Array(40), 20).subarray(0, 20).every((n) => n === 0));
attempt('int', () => Array.from({ length: 500 }, () => crypto.randomInt(3, 6)).every((n) => n >= 3 && n < 6));
attempt('int 5 3', () => crypto.randomInt(5, 3));
attempt('uuid', () => /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(crypto.randomUUID()));
attempt('global', () => globalThis.crypto.getRandomValues(new Uint8Array(3)).length);
attempt('floats', () => globalThis.crypto.getRandomValues(new Float32Array(3)));
attempt('pbkdf2', () => crypto.pbkdf2Sync('p', 's', 1, 20, 'sha1').toString('hex'));
attempt('pbkdf2 0', () => crypto.pbkdf2Sync('p', 's', 0, 20, 'sha1'));
attempt('scrypt', () => crypto.scryptSync('p', 's', 8).toString('hex'));
attempt('scrypt N', () => crypto.scryptSync('p', 's', 8, { N: 3 }));
attempt('scrypt memory', () => crypto.scryptSync('p', 's', 8, { N: 2 ** 20 }));
crypto.pbkdf2('p', 's', 2, 20, 'sha512', (err, key) => {
  console.log('later', err, key.toString('hex'));
  crypto.scrypt('p', 's', 8, { cost: 1024 }, (error, other) => console.log('later', error, other.toString('hex')));
});

// SPDX-License-Identifier: MIT
// What digests, key derivation, random values and primes say of unusual arguments.
'use strict';
const crypto = require('crypto');

function attempt(name, fn) {
  try {
    const result = fn();
    const bytes = Buffer.isBuffer(result) || result instanceof ArrayBuffer;
    console.log(name, bytes ? Buffer.from(result).toString('hex') : result);
  } catch (e) {
    console.log(name, '!', e.name, e.code, e.message, JSON.stringify(e));
  }
}

attempt('h1', () => crypto.createHash('xyz'));
attempt('h2', () => crypto.createHash());
attempt('h4', () => crypto.createHash('sha256').update('abc', 'hex').digest('hex'));
attempt('h4b', () => crypto.createHash('sha256').update('abcz', 'hex').digest('hex'));
attempt('h5', () => crypto.createHash('sha256').update('abc', 'nope').digest('hex'));
attempt('h6', () => crypto.createHash('sha256').update('abc').digest('nope'));
attempt('h7', () => crypto.createHash('sha256').update('abc').digest('buffer'));
attempt('h8', () => crypto.createHash('sha256').update('abc').digest('UCS2'));
attempt('h9', () => crypto.createHash('sha256').update('abc').digest(null));
attempt('h10', () => crypto.createHash('sha256').update('abc').digest({}));
attempt('h11', () => crypto.createHash('sha256').update().digest('hex'));
attempt('h12', () => crypto.createHash('sha256').update(null));
attempt('h13', () => crypto.createHash('sha256').update(new ArrayBuffer(2)));
attempt('h14', () =>
  crypto
    .createHash('sha256')
    .update(new DataView(new ArrayBuffer(2)))
    .digest('hex'),
);
attempt('h15', () => crypto.createHash('sha256').update(new Float32Array(2)).digest('base64'));
attempt('h16', () => crypto.createHash('sha256', { outputLength: 5 }).digest('hex'));
attempt('h17', () => crypto.createHash('sha256', { outputLength: 32 }).digest('hex'));
attempt('h18', () => crypto.createHash('sha256', { outputLength: 0 }).digest('hex'));
attempt('h19', () => crypto.createHash('sha256', { outputLength: null }).digest('hex'));
attempt('h20', () => crypto.createHash('sha256', { outputLength: -1 }).digest('hex'));
attempt('h22', () => crypto.createHash('shake128', { outputLength: 0 }).digest('hex'));
attempt('h23', () => crypto.createHash('shake256', { outputLength: 40 }).update('x').digest('hex'));
attempt('h25', () => {
  const h = crypto.createHash('sha1');
  h.digest();
  h.copy();
});
attempt('h26', () => {
  const h = crypto.createHash('sha1');
  h.write('abc');
  h.end();
  return h.read();
});
attempt('h27', () => {
  const h = crypto.createHash('sha1');
  h.digest();
  h.on('error', (e) => console.log('he', e.message));
  h.write('abc');
});
attempt('h28', () => {
  const h = crypto.createHash('sha1');
  h.digest();
  h.on('error', (e) => console.log('he2', e.message));
  h.end();
});
attempt('h29', () => {
  const h = crypto.createHash('sha1');
  return [h instanceof require('stream').Transform, Object.keys(h).join()];
});
attempt('h30', () => crypto.createHash(crypto.createHash('sha1').update('a')).digest('hex'));
attempt('h31', () => crypto.createHash('SHA-512/256').digest('hex'));
attempt('h32', () => crypto.createHash('RSA-SHA256').digest('hex'));
attempt('h33', () => crypto.createHash('sha256', 'x').digest('hex'));
attempt('h35', () => crypto.createHash('sha256').digest('utf8').length);
attempt('h36', () => crypto.createHash('sha256').digest('latin1').length);
attempt('h37', () =>
  crypto.createHash('sha256').update('é', 'latin1').update('zz', 'base64').update('é').digest('base64url'),
);
attempt('h38', () => crypto.createHash('sha256').update('é', 'buffer').digest('base64url'));
attempt('m1', () => crypto.createHmac('sha256', 'abcdef', { encoding: 'hex' }).digest('hex'));
attempt('m2', () => crypto.createHmac('sha256', 'abc', { encoding: 'hex' }).digest('hex'));
attempt('m3', () => crypto.createHmac('sha256', 'abc', { encoding: 'zzz' }).digest('hex'));
attempt('m4', () => crypto.createHmac('sha256', 'abc', { encoding: 5 }).digest('hex'));
attempt('m5', () => crypto.createHmac('sha256').digest('hex'));
attempt('m6', () => crypto.createHmac('sha256', null).digest('hex'));
attempt('m7', () => crypto.createHmac(null, 'a').digest('hex'));
attempt('m8', () => crypto.createHmac('nope', 'a').digest('hex'));
attempt('m10', () => {
  const h = crypto.createHmac('sha1', 'a');
  return [h.digest('hex'), h.digest('hex'), h.digest().length];
});
attempt('m11', () => {
  const h = crypto.createHmac('sha1', 'a');
  h.digest();
  h.update('a');
});
attempt('m12', () => crypto.createHmac('sha1', new ArrayBuffer(3)).digest('hex'));
attempt('m15', () => crypto.createHmac('sha1', '').update('').digest('hex'));
attempt('m16', () => crypto.createHmac('sha1', 'a').update('abc', 'hex').digest('hex'));
attempt('m17', () => {
  const h = crypto.createHmac('sha1', 'a');
  h.end('q');
  return h.read().toString('hex');
});
attempt('o1', () => crypto.hash('sha256', 'a'));
attempt('o2', () => crypto.hash('sha256', 'a', 'base64'));
attempt('o3', () => crypto.hash('sha256', 'a', 'buffer'));
attempt('o4', () => crypto.hash('sha256', 'a', 'zzz'));
attempt('o6', () => crypto.hash('sha256', 5));
attempt('o8', () => crypto.hash('shake128', 'a', { outputLength: 4 }));
attempt('o10', () => crypto.hash('sha256', 'a', { outputEncoding: 'latin1' }).length);
attempt('o11', () => crypto.hash('sha256', 'a', 5));
attempt('o12', () => crypto.hash('sha256', 'a', null));
attempt('o13', () => crypto.hash('sha256', 'a', { outputEncoding: 5 }));
attempt('o14', () => crypto.hash(5, 'a'));
attempt('o15', () => crypto.hash('shake128', 'a', { outputLength: 0 }));
attempt('o16', () => crypto.hash('sha256', 'a', { outputLength: 32 }));
attempt('p1', () => crypto.pbkdf2Sync('p', 's', 1, 0, 'sha1'));
attempt('p2', () => crypto.pbkdf2Sync('p', 's', 1, 20, 'sha999'));
attempt('p3', () => crypto.pbkdf2Sync('p', 's', 0, 20, 'sha1'));
attempt('p4', () => crypto.pbkdf2Sync('p', 's', 1, -1, 'sha1'));
attempt('p5', () => crypto.pbkdf2Sync('p', 's', 1, 20));
attempt('p6', () => crypto.pbkdf2Sync(5, 's', 1, 20, 'sha1'));
attempt('p7', () => crypto.pbkdf2Sync('p', 5, 1, 20, 'sha1'));
attempt('p8', () => crypto.pbkdf2Sync('p', 's', '1', 20, 'sha1'));
attempt('p9', () => crypto.pbkdf2Sync('p', 's', 1.5, 20, 'sha1'));
attempt('p10', () => crypto.pbkdf2Sync('p', 's', 1, '20', 'sha1'));
attempt('p11', () => crypto.pbkdf2('p', 's', 1, 20, 'sha1'));
attempt('p12', () => crypto.pbkdf2('p', 's', 1, 20, () => {}));
attempt('p13', () => crypto.pbkdf2('p', 's', 1, 20, null, () => {}));
attempt('p14', () => crypto.pbkdf2Sync(new ArrayBuffer(2), new Uint16Array(2), 3, 5, 'SHA512'));
attempt('p16', () => crypto.pbkdf2Sync('p', 's', 2 ** 31, 20, 'sha1'));
attempt('p17', () => crypto.pbkdf2Sync('p', 's', 1, 2 ** 31, 'sha1'));
attempt('s1', () => crypto.scryptSync('p', 's', 8, { N: 16, cost: 16 }));
attempt('s2', () => crypto.scryptSync('p', 's', 8, { cost: 16, blockSize: 2, parallelization: 3 }));
attempt('s3', () => crypto.scryptSync('p', 's', 8, { N: 16, r: 2, p: 3 }));
attempt('s4', () => crypto.scryptSync('p', 's', 8, { N: 15 }));
attempt('s5', () => crypto.scryptSync('p', 's', 8, { N: 0 }));
attempt('s6', () => crypto.scryptSync('p', 's', 8, { N: 'x' }));
attempt('s7', () => crypto.scryptSync('p', 's', 8, { N: 2 ** 20 }));
attempt('s8', () => crypto.scryptSync('p', 's', 8, { N: 2 ** 15, maxmem: 2 ** 15 * 8 * 128 + 5 }));
attempt('s9', () => crypto.scryptSync('p', 's', 8, { N: 2 ** 14, maxmem: 2 ** 26 }));
attempt('s10', () => crypto.scryptSync('p', 's', 0));
attempt('s11', () => crypto.scryptSync('p', 's', -1));
attempt('s12', () => crypto.scryptSync('p', 's', 8, null));
attempt('s13', () => crypto.scryptSync('p', 's', 8, 'x'));
attempt('s14', () => crypto.scrypt('p', 's', 8));
attempt('s15', () => crypto.scrypt('p', 's', 8, {}));
attempt('s17', () => crypto.scryptSync('p', 's', 8, { maxmem: 'x' }));
attempt('s18', () => crypto.scryptSync('p', 's', 8, { r: 16, blockSize: undefined }));
attempt('s19', () => crypto.scryptSync('p', 's', 8, { p: 2 ** 30, r: 2 ** 10 }));
attempt('s20', () => crypto.scryptSync('p', 's'));
attempt('k1', () => crypto.hkdfSync('sha256', 'key', 'salt', 'info', 10));
attempt('k2', () => crypto.hkdfSync('sha256', '', 'salt', 'info', 10));
attempt('k3', () => crypto.hkdfSync('nope', 'key', 'salt', 'info', 10));
attempt('k4', () => crypto.hkdfSync('sha256', 'key', 'salt', 'info', 0));
attempt('k5', () => crypto.hkdfSync('sha256', 'key', 'salt', 'info', 255 * 32 + 1));
attempt('k6', () => crypto.hkdfSync('sha256', 'key', 'salt', Buffer.alloc(1025), 10));
attempt('k7', () => crypto.hkdfSync('sha256', 'key', 'salt', 'info', -1));
attempt('k8', () => crypto.hkdfSync('sha256', 5, 'salt', 'info', 1));
attempt('k9', () => crypto.hkdfSync('sha256', 'k', 5, 'info', 1));
attempt('k10', () => crypto.hkdfSync('sha256', 'k', 's', 5, 1));
attempt('k11', () => crypto.hkdf('sha256', 'k', 's', 'i', 1));
attempt('k14', () => crypto.hkdfSync(5, 'k', 's', 'i', 5));
attempt('k15', () => crypto.hkdfSync('sha256', 'k', 's', 'i', '5'));
attempt('r1', () => crypto.randomBytes('5'));
attempt('r2', () => crypto.randomBytes(-1));
attempt('r3', () => crypto.randomBytes(2 ** 31));
attempt('r4', () => crypto.randomBytes(NaN));
attempt('r5', () => crypto.randomBytes(1.7).length);
attempt('r6', () => crypto.randomBytes(5, 'x'));
attempt('r7', () => crypto.randomFillSync(new Uint8Array(5), 6));
attempt('r8', () => crypto.randomFillSync(new Uint8Array(5), 1, 5));
attempt('r9', () => crypto.randomFillSync('x'));
attempt('r10', () => crypto.randomFillSync(new Uint16Array(5), 'x'));
attempt('r11', () => crypto.randomFillSync(new Uint16Array(5), -1));
attempt('r12', () => crypto.randomFillSync(new Uint16Array(5), 1, -1));
attempt('r13', () => crypto.randomFill(new Uint16Array(5)));
attempt('r14', () => crypto.randomFill(new Uint16Array(5), 1));
attempt('r15', () => crypto.randomInt(0));
attempt('r16', () => crypto.randomInt(2 ** 48));
attempt('r17', () => crypto.randomInt(0, 2 ** 48));
attempt('r18', () => crypto.randomInt(1.5));
attempt('r19', () => crypto.randomInt('a', 5));
attempt('r20', () => crypto.randomInt(5, 5));
attempt('r21', () => crypto.randomInt(1, 2, 'x'));
attempt('r22', () => crypto.randomUUID({ disableEntropyCache: 5 }));
attempt('r23', () => crypto.randomUUID(5));
attempt('r24', () => crypto.randomUUID({ disableEntropyCache: true }).length);
attempt('r25', () => crypto.randomUUIDv7().length);
attempt('r26', () => crypto.randomUUIDv7({ monotonic: true }).length);
attempt('r27', () => crypto.getRandomValues(new Float32Array(2)));
attempt('r28', () => crypto.getRandomValues(new Uint8Array(65537)));
attempt('r29', () => crypto.getRandomValues(5));
attempt('r30', () => crypto.webcrypto.getRandomValues());
attempt('r31', () => (0, crypto.webcrypto.getRandomValues)(new Uint8Array(3)));
attempt('r32', () => crypto.webcrypto.randomUUID().length);
attempt('r33', () => new Crypto());
attempt('r34', () => require('util').inspect(crypto.webcrypto));
attempt('r35', () => crypto.randomFillSync(new ArrayBuffer(4)).byteLength);
attempt('r36', () => crypto.randomFillSync(Buffer.alloc(0)).length);
attempt('r37', () => crypto.randomInt(-5, -3) < -2);
attempt('e1', () => crypto.timingSafeEqual('a', 'b'));
attempt('e2', () => crypto.timingSafeEqual(Buffer.from('a'), 'b'));
attempt('e3', () => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab')));
attempt('e4', () => crypto.timingSafeEqual(new Uint16Array(2), Buffer.alloc(4)));
attempt('e5', () => crypto.timingSafeEqual(new ArrayBuffer(2), new DataView(new ArrayBuffer(2))));
attempt('e6', () => crypto.timingSafeEqual());
attempt('q1', () => crypto.generatePrimeSync(3).byteLength);
attempt('q2', () => crypto.generatePrimeSync(0));
attempt('q3', () => crypto.generatePrimeSync('x'));
attempt('q4', () => crypto.generatePrimeSync(32, { bigint: true }) > 2n ** 31n);
attempt('q5', () => crypto.generatePrimeSync(32, { safe: 5 }));
attempt('q6', () => crypto.generatePrimeSync(32, { add: 5 }));
attempt('q7', () => crypto.generatePrimeSync(32, { add: 12n, rem: 11n, bigint: true }) % 12n);
attempt('q8', () => crypto.generatePrimeSync(32, { add: 2n ** 40n }));
attempt('q9', () => crypto.generatePrimeSync(32, { add: -1n }));
attempt('q10', () => crypto.generatePrimeSync(32, { add: 12n, rem: 14n }));
attempt('q11', () => crypto.checkPrimeSync(7n));
attempt('q12', () => crypto.checkPrimeSync(8n));
attempt('q13', () => crypto.checkPrimeSync(Buffer.from([1, 1])));
attempt('q14', () => crypto.checkPrimeSync('x'));
attempt('q15', () => crypto.checkPrimeSync(7n, { checks: -1 }));
attempt('q16', () => crypto.checkPrimeSync(-7n));
attempt('q17', () => crypto.checkPrime(7n));
attempt('q18', () => crypto.generatePrime(32));
attempt('q19', () => crypto.generatePrime(32, {}, 5));
attempt('f1', () => crypto.getFips());
attempt('f3', () => crypto.setFips(false));
attempt('f5', () => crypto.secureHeapUsed());
attempt('f6', () => crypto.setEngine('x'));
attempt('f7', () => crypto.setEngine(5));
crypto.checkPrime(7n, (error, result) => console.log('later', error, result));
const order = ['pbkdf2', 'scrypt', 'hkdf'];
function next(error, bytes) {
  if (bytes) console.log(error, Buffer.from(bytes).toString('hex'));
  const name = order.shift();
  if (name === 'pbkdf2') crypto.pbkdf2('p', 's', 1, 9, 'sha1', next);
  if (name === 'scrypt') crypto.scrypt('p', 's', 8, { N: 16 }, next);
  if (name === 'hkdf') crypto.hkdf('sha256', 'k', 's', 'i', 5, next);
}
setTimeout(next, 50);

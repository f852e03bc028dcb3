// SPDX-License-Identifier: MIT
// Bad PKCS #1 v1.5 padding decrypts to made-up bytes, always the same ones. The key was made for this test.
'use strict';
const crypto = require('crypto');

const pem = `-----BEGIN RSA PRIVATE KEY-----
MIICXQIBAAKBgQDAb90Yuwl2iQOZqrrSn83/A432gDjeQI1Kj7qGeQeh+iOiHUG7
g9Iq0WkcRxfVTZylOY4OZfFqVBgiKUZuj1yR/kXunO75X0z7qyjMuQMYqGPDoAur
0jMUt8oH2DVltud7FWLNFEXmflbetUX3mUOc/IcJ7ujq6aJVoyhmThK3YQIDAQAB
AoGABMxFNPKk38G2x0QMeGfnmO4bwgOcZ14wp6VBv0yRNiaocMhN9UDqIosqFbxo
Cbdvqmbu9cjw5ffGykNBMEx+wFHzREuuLMCzq7Xm3CLbuTwNIeTCZWnAuQFjBUdB
3BRCM0v/mxJdy4CWzh+KDZIewGLweBECmQVwI1pvP7Le+GECQQD58NMKgLLz/92v
GmiO37MLuO/oD90K+RZGZrlK5Tj0ev3MzctwSzhmOoF7WCVMl7VdvP4m+5N6Ij2n
4y2X1by1AkEAxRopNevbbq6AcNfdKJfyBjS0tv+KckorO81s5xBbbccdXrAZdXgJ
h5y4+zurawPf1c2mBs4AomS1gKjX3t4nfQJBAJTyBeIZZgtwLBygYTTbbGiM8jLZ
2UEjxTl5F+zhAvr2nG7DKPwnZ1nMfcMSeU/WjJdq/A4hF/bNlu6IvG/iSI0CQBKb
fKZ9hLK3QKLmjhdl+NBDK4hXKY/OlrRHmW9a6Pa9JHWq9ExVr7igwAnfwTgSHpCF
oJXl3sN19HiX+AEvQdUCQQCV9G+tJoQDBbPGG+Gcri+bFY+L/QKKIUJp04gHGl38
oVo0teYo+b4/C6mB2UaZYf/NVmCihPwwdpLCBKGLSJWO
-----END RSA PRIVATE KEY-----
`;
const key = { key: pem, padding: crypto.constants.RSA_PKCS1_PADDING };

function attempt(name, data) {
  try {
    const result = crypto.privateDecrypt(key, data);
    console.log(name, result.length, crypto.hash('sha1', result));
  } catch (e) {
    console.log(name, '!', e.code, e.message);
  }
}

for (let i = 0; i < 20; i++) {
  const data = crypto.createHash('shake256', { outputLength: 128 }).update(`x${i}`).digest();
  data[0] = 1;
  attempt(`random ${i}`, data);
}
for (const length of [0, 1, 117]) {
  attempt(`good ${length}`, crypto.publicEncrypt(key, Buffer.alloc(length, 7)));
}
for (const [name, spoil] of [
  ['good', () => {}],
  ['type', (block) => block.fill(1, 1, 2)],
  ['first', (block) => block.fill(0, 2, 3)],
  ['seven', (block) => block.fill(0, 9, 10)],
  ['eight', (block) => block.fill(0, 10, 11)],
  ['none', (block) => block.fill(1, 2)],
  ['empty', (block) => block.fill(1, 2).fill(0, 127)],
]) {
  const block = Buffer.alloc(128, 3);
  block.writeUInt16BE(2);
  block[100] = 0;
  spoil(block);
  attempt(name, crypto.publicEncrypt({ key: pem, padding: crypto.constants.RSA_NO_PADDING }, block));
}
attempt('no data', Buffer.alloc(0));
attempt('short', Buffer.alloc(3));
attempt('too large', Buffer.alloc(128, 255));
attempt('too long', Buffer.alloc(129));

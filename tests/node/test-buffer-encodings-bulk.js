// SPDX-License-Identifier: MIT
'use strict';
// Encoders and decoders that work on blocks agree with a byte-at-a-time model at every length and alignment,
// and stop at the same character.
const assert = require('assert');
const STD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
function base64(bytes, chars, pad) {
  let out = '';
  for (let k = 0; k < bytes.length; k += 3) {
    const n = bytes.length - k, g = bytes[k] << 16 | (n > 1 ? bytes[k + 1] : 0) << 8 | (n > 2 ? bytes[k + 2] : 0);
    out += chars[g >> 18] + chars[g >> 12 & 63] + (n > 1 ? chars[g >> 6 & 63] : pad) + (n > 2 ? chars[g & 63] : pad);
  }
  return out;
}
let seed = 7;
const next = () => (seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff) >> 8;
for (let len = 0; len < 120; len++) {
  const bytes = Buffer.from(Array.from({ length: len + 3 }, () => next() & 255)).subarray(3);
  const b64 = base64(bytes, STD, '='), url = base64(bytes, STD.slice(0, 62) + '-_', '');
  assert.strictEqual(bytes.toString('base64'), b64);
  assert.strictEqual(bytes.toString('base64url'), url);
  assert.deepStrictEqual(Buffer.from(b64, 'base64'), Buffer.from(bytes));
  assert.deepStrictEqual(Buffer.from(url, 'base64'), Buffer.from(bytes));
  assert.deepStrictEqual(Buffer.from(b64.slice(0, 9) + '\n ' + b64.slice(9), 'base64'), Buffer.from(bytes));
  const hex = Array.from(bytes, (b) => (b + 256).toString(16).slice(1)).join('');
  assert.strictEqual(bytes.toString('hex'), hex);
  assert.deepStrictEqual(Buffer.from(hex.toUpperCase(), 'hex'), Buffer.from(bytes));
  for (const bad of ['g', 'G', '/', ':', '@', '`', '\x7f', '\x80', '\xff', ' ']) {
    const at = len ? next() % (2 * len) : 0;
    assert.strictEqual(Buffer.from(hex.slice(0, at) + bad + hex.slice(at + 1), 'hex').length, len ? at >> 1 : 0);
  }
}
const every = Array.from({ length: 256 }, (_, k) => String.fromCharCode(k));
for (const c of every) { // what is in no alphabet is skipped; '=' ends the text
  const text = 'QUJDREVGR0hJSktM' + 'QUJD' + c + 'REVGR0hJSktMTU5PUFFSU1RVVldYWVo';
  const known = STD.includes(c) || c === '-' || c === '_';
  const got = Buffer.from(text, 'base64').toString('latin1');
  if (c === '=') assert.strictEqual(got, 'ABCDEFGHIJKLABC');
  else if (!known) assert.strictEqual(got, 'ABCDEFGHIJKLABCDEFGHIJKLMNOPQRSTUVWXYZ');
}
// UTF-8 lengths and transcoding around block boundaries.
const pieces = ['a', '\x7f', '\x80', '\u07ff', '\u0800', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}', '\ud800', '\udc00'];
for (let round = 0; round < 400; round++) {
  let s = '', n = 0;
  for (let k = next() % 40; k > 0; k--) {
    const p = next() & 3 ? 'x' : pieces[next() % pieces.length];
    s += p;
  }
  for (const c of s) { const u = c.codePointAt(0); n += u < 0x80 ? 1 : u < 0x800 ? 2 : u < 0x10000 ? 3 : 4; }
  assert.strictEqual(Buffer.byteLength(s), n);
  assert.strictEqual(Buffer.from(s).length, n);
  assert.strictEqual(Buffer.from(s).toString(), s.toWellFormed());
  const narrow = s.replace(/[^\0-\xff]/g, '\xe9');
  assert.strictEqual(Buffer.from(narrow).toString(), narrow);
  assert.strictEqual(new TextDecoder().decode(new TextEncoder().encode(narrow)), narrow);
}
console.log('ok');

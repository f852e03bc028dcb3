// SPDX-License-Identifier: MIT
'use strict';

// punycode  RFC 3492, and the mapping of domain names' and addresses' labels.

if (!require('internal/util').isInsideNodeModules()) {
  process.emitWarning('The `punycode` module is deprecated. Please use a userland alternative instead.',
    'DeprecationWarning', 'DEP0040');
}

const maxInt = 2147483647;
const base = 36;
const tMin = 1;
const tMax = 26;
const skew = 38;
const damp = 700;
const initialBias = 72;
const initialN = 128;
const separators = /[\x2E\u3002\uFF0E\uFF61]/g;

function fail(message) {
  throw new RangeError(message);
}
const overflow = 'Overflow: input needs wider integers to process';
const notBasic = 'Illegal input >= 0x80 (not a basic code point)';
const invalidInput = 'Invalid input';

// Applies `callback` to each label; the local part of an address stays as it is.
function mapDomain(domain, callback) {
  const at = domain.split('@');
  let prefix = '';
  if (at.length > 1) {
    prefix = `${at[0]}@`;
    domain = at[1];
  }
  return prefix + domain.replace(separators, '\x2E').split('.').map((label) => callback(label)).join('.');
}

function ucs2decode(string) {
  const output = [];
  for (let i = 0; i < string.length; i++) {
    const value = string.charCodeAt(i);
    if (value >= 0xd800 && value <= 0xdbff && i + 1 < string.length) {
      const extra = string.charCodeAt(i + 1);
      if ((extra & 0xfc00) === 0xdc00) {
        output.push(((value & 0x3ff) << 10) + (extra & 0x3ff) + 0x10000);
        i++;
        continue;
      }
    }
    output.push(value);
  }
  return output;
}

const ucs2encode = (codePoints) => String.fromCodePoint(...codePoints);

function basicToDigit(code) {
  if (code >= 0x30 && code < 0x3a) return 26 + (code - 0x30);
  if (code >= 0x41 && code < 0x5b) return code - 0x41;
  if (code >= 0x61 && code < 0x7b) return code - 0x61;
  return base;
}

const digitToBasic = (digit) => digit + (digit < 26 ? 97 : 22);

// Bias adaptation  RFC 3492 section 6.1
function adapt(delta, points, first) {
  delta = first ? Math.floor(delta / damp) : delta >> 1;
  delta += Math.floor(delta / points);
  let k = 0;
  for (; delta > ((base - tMin) * tMax) >> 1; k += base) delta = Math.floor(delta / (base - tMin));
  return Math.floor(k + (base - tMin + 1) * delta / (delta + skew));
}

const threshold = (k, bias) => (k <= bias ? tMin : k >= bias + tMax ? tMax : k - bias);

function decode(input) {
  const output = [];
  let i = 0;
  let n = initialN;
  let bias = initialBias;
  let basic = input.lastIndexOf('-');
  if (basic < 0) basic = 0;
  for (let j = 0; j < basic; j++) {
    if (input.charCodeAt(j) >= 0x80) fail(notBasic);
    output.push(input.charCodeAt(j));
  }
  for (let index = basic > 0 ? basic + 1 : 0; index < input.length;) {
    const oldI = i;
    for (let w = 1, k = base; ; k += base) {
      if (index >= input.length) fail(invalidInput);
      const digit = basicToDigit(input.charCodeAt(index++));
      if (digit >= base) fail(invalidInput);
      if (digit > Math.floor((maxInt - i) / w)) fail(overflow);
      i += digit * w;
      const t = threshold(k, bias);
      if (digit < t) break;
      if (w > Math.floor(maxInt / (base - t))) fail(overflow);
      w *= base - t;
    }
    const out = output.length + 1;
    bias = adapt(i - oldI, out, oldI === 0);
    if (Math.floor(i / out) > maxInt - n) fail(overflow);
    n += Math.floor(i / out);
    i %= out;
    output.splice(i++, 0, n);
  }
  return String.fromCodePoint(...output);
}

function encode(input) {
  const points = ucs2decode(input);
  let n = initialN;
  let delta = 0;
  let bias = initialBias;
  let output = '';
  for (const point of points) {
    if (point < 0x80) output += String.fromCharCode(point);
  }
  const basicLength = output.length;
  let handled = basicLength;
  if (basicLength) output += '-';
  while (handled < points.length) {
    let m = maxInt;
    for (const point of points) {
      if (point >= n && point < m) m = point;
    }
    if (m - n > Math.floor((maxInt - delta) / (handled + 1))) fail(overflow);
    delta += (m - n) * (handled + 1);
    n = m;
    for (const point of points) {
      if (point < n && ++delta > maxInt) fail(overflow);
      if (point === n) {
        let q = delta;
        for (let k = base; ; k += base) {
          const t = threshold(k, bias);
          if (q < t) break;
          output += String.fromCharCode(digitToBasic(t + (q - t) % (base - t)));
          q = Math.floor((q - t) / (base - t));
        }
        output += String.fromCharCode(digitToBasic(q));
        bias = adapt(delta, handled + 1, handled === basicLength);
        delta = 0;
        ++handled;
      }
    }
    ++delta;
    ++n;
  }
  return output;
}

function toUnicode(input) {
  return mapDomain(input, (label) => (label.startsWith('xn--') ? decode(label.slice(4).toLowerCase()) : label));
}

function toASCII(input) {
  return mapDomain(input, (label) => (/[^\0-\x7F]/.test(label) ? `xn--${encode(label)}` : label));
}

module.exports = {
  version: '2.1.0',
  ucs2: { decode: ucs2decode, encode: ucs2encode },
  decode,
  encode,
  toASCII,
  toUnicode,
};

// SPDX-License-Identifier: MIT
// Reads WebAssembly's test scripts (.wast): S-expressions with their places in the source, constants as bits.
// https://webassembly.github.io/spec/core/text/, https://github.com/WebAssembly/spec/tree/main/interpreter#scripts
'use strict';

const WHITE = /\s/;
const ATOM_END = /[\s()";]/;

// Lists are {list, start, end, line}, strings {bytes}, words {word}; all know their line.
function readScript(source) {
  let at = 0;
  let line = 1;
  const root = [];
  const open = [{ list: root }];
  const push = (item) => open.at(-1).list.push(item);
  while (at < source.length) {
    const c = source[at];
    if (c === '\n') {
      line++;
      at++;
    } else if (WHITE.test(c)) {
      at++;
    } else if (c === ';' && source[at + 1] === ';') {
      while (at < source.length && source[at] !== '\n' && source[at] !== '\r')
        at++;
    } else if (c === '(' && source[at + 1] === ';') {
      let depth = 0;
      do {
        if (source.startsWith('(;', at)) {
          depth++;
          at += 2;
        } else if (source.startsWith(';)', at)) {
          depth--;
          at += 2;
        } else {
          line += source[at++] === '\n';
        }
      } while (depth && at < source.length);
    } else if (c === '(') {
      const item = { list: [], start: at++, line };
      push(item);
      open.push(item);
    } else if (c === ')') {
      if (open.length === 1)
        throw new SyntaxError(`line ${line}: ) without (`);
      open.pop().end = ++at;
      if (open.at(-1).list.at(-1).list[0]?.word?.startsWith('@')) // an annotation
        open.at(-1).list.pop();
    } else if (c === '"') {
      const from = at++;
      const startLine = line;
      while (source[at] !== '"') {
        if (at >= source.length)
          throw new SyntaxError(`line ${startLine}: a string without end`);
        line += source[at] === '\n';
        at += source[at] === '\\' ? 2 : 1;
      }
      push({ bytes: stringBytes(source.slice(from + 1, at++)), start: from, end: at, line: startLine });
    } else {
      const from = at;
      do {
        at++;
      } while (at < source.length && !ATOM_END.test(source[at]));
      let word = source.slice(from, at);
      if (word === '$' && source[at] === '"') { // a name as a string
        const end = source.indexOf('"', at + 1);
        word += stringBytes(source.slice(at + 1, end)).toString();
        at = end + 1;
      }
      push({ word, start: from, end: at, line });
    }
  }
  return root;
}

const ESCAPES = { t: 9, n: 10, r: 13, '"': 34, "'": 39, '\\': 92 };

function stringBytes(text) {
  const out = [];
  for (let k = 0; k < text.length; k++) {
    if (text[k] !== '\\') {
      const point = text.codePointAt(k);
      if (point > 0xFFFF)
        k++;
      out.push(...Buffer.from(String.fromCodePoint(point)));
    } else if (text[k + 1] === 'u') {
      const end = text.indexOf('}', k);
      out.push(...Buffer.from(String.fromCodePoint(parseInt(text.slice(k + 3, end).replaceAll('_', ''), 16))));
      k = end;
    } else if (text[k + 1] in ESCAPES) {
      out.push(ESCAPES[text[++k]]);
    } else {
      out.push(parseInt(text.slice(k + 1, k + 3), 16));
      k += 2;
    }
  }
  return Buffer.from(out);
}

// --- numbers ----------------------------------------------------------------------------------------------------------

function integerBits(text, bits) {
  const plain = text.replaceAll('_', '').replace(/^\+/, '');
  const value = plain[0] === '-' ? -BigInt(plain.slice(1)) : BigInt(plain);
  return BigInt.asUintN(bits, value);
}

const FORMATS = { f32: { size: 32n, fraction: 23n }, f64: { size: 64n, fraction: 52n } };

// The bits of the float nearest to numerator / denominator, ties to even.
function nearest(numerator, denominator, { size, fraction }) {
  if (numerator === 0n)
    return 0n;
  const exponentBits = size - 1n - fraction;
  const bias = (1n << (exponentBits - 1n)) - 1n;
  const lowest = 1n - bias - fraction; // exponent of the last place of subnormal numbers
  let exponent = BigInt(numerator.toString(2).length - denominator.toString(2).length) - fraction;
  const scaled = (e) => (e >= 0n ? [numerator, denominator << e] : [numerator << -e, denominator]);
  for (let [n, d] = scaled(exponent); n / d >= 2n << fraction; [n, d] = scaled(exponent))
    exponent++;
  for (let [n, d] = scaled(exponent); n / d < 1n << fraction; [n, d] = scaled(exponent))
    exponent--;
  if (exponent < lowest)
    exponent = lowest;
  const [n, d] = scaled(exponent);
  let mantissa = n / d;
  const twice = (n % d) * 2n;
  if (twice > d || (twice === d && mantissa & 1n))
    mantissa++;
  if (mantissa === 2n << fraction) {
    mantissa >>= 1n;
    exponent++;
  }
  if (mantissa < 1n << fraction)
    return mantissa;
  const biased = exponent + fraction + bias;
  const top = (1n << exponentBits) - 1n;
  return biased >= top ? top << fraction : (biased << fraction) + mantissa - (1n << fraction);
}

// A float's bits; NaN patterns stay words.
function floatBits(text, type) {
  const format = FORMATS[type];
  const [, sign, digits] = /^([+-]?)(.*)$/.exec(text.replaceAll('_', ''));
  const signBit = sign === '-' ? 1n << (format.size - 1n) : 0n;
  const infinity = ((1n << (format.size - 1n - format.fraction)) - 1n) << format.fraction;
  if (digits === 'inf')
    return signBit | infinity;
  if (digits === 'nan')
    return signBit | infinity | (1n << (format.fraction - 1n));
  if (digits === 'nan:canonical' || digits === 'nan:arithmetic')
    return digits;
  if (digits.startsWith('nan:'))
    return signBit | infinity | BigInt(digits.slice(4));
  const isHex = /^0x/i.test(digits);
  const [, whole, part = '', power = '0'] = (isHex ? /^0x([\da-f]*)\.?([\da-f]*)(?:p([+-]?\d+))?$/i :
    /^(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i).exec(digits);
  let numerator = BigInt((isHex ? '0x' : '') + whole + part);
  let denominator = isHex ? 1n << BigInt(4 * part.length) : 10n ** BigInt(part.length);
  const base = isHex ? 2n : 10n;
  const exponent = Math.max(-5000, Math.min(5000, Number(power)));
  if (exponent < 0)
    denominator *= base ** BigInt(-exponent);
  else
    numerator *= base ** BigInt(exponent);
  return signBit | nearest(numerator, denominator, format);
}

function numberBits(text, type) {
  return type[0] === 'i' ? integerBits(text, Number(type.slice(1))) : floatBits(text, type);
}

// --- constants: {type, value}; value: bits as a decimal string, a NaN pattern, lanes, or null for any -----------------

function constant(item) {
  const [{ word }, first, ...rest] = item.list;
  if (word === 'either')
    return { type: 'either', value: [first, ...rest].map(constant) };
  if (word === 'v128.const') {
    const [lane, count] = first.word.split('x');
    const lanes = rest.slice(0, Number(count)).map((lit) => String(numberBits(lit.word, lane)));
    return { type: 'v128', lane, value: lanes };
  }
  const [type, kind] = word.split('.');
  if (kind === 'const')
    return { type, value: String(numberBits(first.word, type)) };
  if (type === 'ref')
    return { type: 'ref', kind, value: first ? first.word : null };
  throw new SyntaxError(`line ${item.line}: ${word} is no constant`);
}

module.exports = { readScript, constant, integerBits, floatBits, numberBits };

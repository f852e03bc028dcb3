// SPDX-License-Identifier: MIT
'use strict';

// querystring: the application/x-www-form-urlencoded dialect that predates URLSearchParams.

const { codes } = require('internal/errors');

const hexDigits = '0123456789ABCDEF';

function hexValue(code) {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 70) return code - 55;
  if (code >= 97 && code <= 102) return code - 87;
  return -1;
}

// %XX and, when asked, plus signs, of a string of bytes.
function unescapeBuffer(s, decodeSpaces) {
  const { Buffer } = require('buffer');
  const out = Buffer.allocUnsafe(s.length);
  let size = 0;
  for (let i = 0; i < s.length; i++) {
    const code = s.charCodeAt(i);
    if (code === 43 && decodeSpaces) {
      out[size++] = 32;
      continue;
    }
    if (code === 37 && i + 2 < s.length) {
      const high = hexValue(s.charCodeAt(i + 1));
      const low = high < 0 ? -1 : hexValue(s.charCodeAt(i + 2));
      if (low >= 0) {
        out[size++] = high * 16 + low;
        i += 2;
        continue;
      }
    }
    out[size++] = code;
  }
  return out.slice(0, size);
}

function qsUnescape(s, decodeSpaces) {
  try {
    return decodeURIComponent(s);
  } catch {
    return QueryString.unescapeBuffer(s, decodeSpaces).toString();
  }
}

// Letters, digits and - _ . ! ~ * ' ( ) stand for themselves.
const mustEscape = /[^!'()*\-._~0-9A-Za-z]/;

function encodeByte(byte) {
  return `%${hexDigits[byte >> 4]}${hexDigits[byte & 15]}`;
}

function encodeText(str) {
  if (!mustEscape.test(str)) return str;
  let out = '';
  for (let i = 0; i < str.length; i++) {
    let code = str.charCodeAt(i);
    if (code < 0x80) {
      out += mustEscape.test(str[i]) ? encodeByte(code) : str[i];
    } else if (code < 0x800) {
      out += encodeByte(0xc0 | (code >> 6)) + encodeByte(0x80 | (code & 63));
    } else if (code < 0xd800 || code >= 0xe000) {
      out += encodeByte(0xe0 | (code >> 12)) + encodeByte(0x80 | ((code >> 6) & 63)) + encodeByte(0x80 | (code & 63));
    } else {
      ++i;
      if (i >= str.length) throw new codes.ERR_INVALID_URI();
      code = 0x10000 + (((code & 0x3ff) << 10) | (str.charCodeAt(i) & 0x3ff));
      out += encodeByte(0xf0 | (code >> 18)) + encodeByte(0x80 | ((code >> 12) & 63)) +
        encodeByte(0x80 | ((code >> 6) & 63)) + encodeByte(0x80 | (code & 63));
    }
  }
  return out;
}

function qsEscape(str) {
  if (typeof str !== 'string') str = typeof str === 'object' ? String(str) : `${str}`;
  return encodeText(str);
}

function primitiveText(v) {
  if (typeof v === 'string') return v;
  if (typeof v === 'number' && Number.isFinite(v)) return `${v}`;
  if (typeof v === 'bigint') return `${v}`;
  if (typeof v === 'boolean') return v ? 'true' : 'false';
  return '';
}

function stringify(obj, sep, eq, options) {
  sep ||= '&';
  eq ||= '=';
  let encode = QueryString.escape;
  if (options && typeof options.encodeURIComponent === 'function') encode = options.encodeURIComponent;
  const encodeValue = encode === qsEscape ? (v) => encodeText(primitiveText(v)) : (v) => encode(primitiveText(v));
  if (obj === null || typeof obj !== 'object') return '';
  let fields = '';
  for (const key of Object.keys(obj)) {
    const value = obj[key];
    const name = encodeValue(key) + eq;
    if (Array.isArray(value)) {
      for (let j = 0; j < value.length; j++) {
        if (fields !== '') fields += sep;
        fields += name + encodeValue(value[j]);
      }
    } else {
      if (fields !== '') fields += sep;
      fields += name + encodeValue(value);
    }
  }
  return fields;
}

function addPair(obj, key, value, keyEncoded, valueEncoded, decode) {
  if (key.length > 0 && keyEncoded) key = decodeText(key, decode);
  if (value.length > 0 && valueEncoded) value = decodeText(value, decode);
  const existing = obj[key];
  if (existing === undefined) obj[key] = value;
  else if (typeof existing === 'object') existing.push(value);
  else obj[key] = [existing, value];
}

function decodeText(s, decode) {
  try {
    return decode(s);
  } catch {
    return QueryString.unescape(s, true);
  }
}

function isEncoded(text) {
  return text.includes('%') && /%[0-9A-Fa-f]{2}/.test(text);
}

function parse(qs, sep, eq, options) {
  const obj = { __proto__: null };
  if (typeof qs !== 'string' || qs.length === 0) return obj;
  const separator = sep ? `${sep}` : '&';
  const equals = eq ? `${eq}` : '=';
  let pairs = 1000;
  // Zero means no limit.
  if (options && typeof options.maxKeys === 'number') pairs = options.maxKeys > 0 ? options.maxKeys : -1;
  let decode = QueryString.unescape;
  if (options && typeof options.decodeURIComponent === 'function') decode = options.decodeURIComponent;
  const custom = decode !== qsUnescape;
  let from = 0;
  while (from <= qs.length) {
    let end = separator === '' ? -1 : qs.indexOf(separator, from);
    if (end === -1) end = qs.length;
    if (end > from) {
      let middle = qs.indexOf(equals, from);
      if (middle === -1 || middle > end - equals.length) middle = -1;
      let key = middle === -1 ? qs.slice(from, end) : qs.slice(from, middle);
      let value = middle === -1 ? '' : qs.slice(middle + equals.length, end);
      const keyEncoded = custom || isEncoded(key);
      const valueEncoded = custom || isEncoded(value);
      if (key.includes('+')) key = key.replaceAll('+', custom ? '%20' : ' ');
      if (value.includes('+')) value = value.replaceAll('+', custom ? '%20' : ' ');
      addPair(obj, key, value, keyEncoded, valueEncoded, decode);
    }
    if (--pairs === 0) return obj; // an empty pair counts, too
    if (end === qs.length) return obj;
    from = end + separator.length;
  }
  return obj;
}

const QueryString = module.exports = {
  unescapeBuffer,
  unescape: qsUnescape,
  escape: qsEscape,
  stringify,
  encode: stringify,
  parse,
  decode: parse,
};

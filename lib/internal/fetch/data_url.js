// SPDX-License-Identifier: MIT
'use strict';

// The data: URL processor  https://fetch.spec.whatwg.org/#data-url-processor

const { Buffer } = require('buffer');

// Percent-decode to bytes; the URL parser left ASCII only.
function percentDecode(text) {
  const out = Buffer.allocUnsafe(text.length);
  let length = 0;
  for (let k = 0; k < text.length; k++) {
    let code = text.charCodeAt(k);
    if (code === 0x25 && /^[0-9A-Fa-f]{2}$/.test(text.slice(k + 1, k + 3))) {
      code = parseInt(text.slice(k + 1, k + 3), 16);
      k += 2;
    }
    out[length++] = code;
  }
  return out.subarray(0, length);
}

// Forgiving base64; undefined for what is none.
function decodeBase64(text) {
  text = text.replace(/[\t\n\f\r ]/g, '');
  if (text.length % 4 === 0) text = text.replace(/={1,2}$/, '');
  if (text.length % 4 === 1 || /[^+/0-9A-Za-z]/.test(text)) return undefined;
  return Buffer.from(text, 'base64');
}

// { type, bytes }, or undefined when the URL is malformed. `url` is a URL object of the scheme data:.
function parseDataURL(url) {
  const { href, hash } = url;
  const input = (hash === '' ? href : href.slice(0, -hash.length)).slice('data:'.length);
  const comma = input.indexOf(',');
  if (comma < 0) return undefined;
  let mime = input.slice(0, comma).replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, '');
  let bytes = percentDecode(input.slice(comma + 1));
  const isBase64 = /; *base64$/i.test(mime);
  if (isBase64) {
    bytes = decodeBase64(bytes.latin1Slice());
    if (bytes === undefined) return undefined;
    mime = mime.replace(/; *base64$/i, '');
  }
  if (mime.startsWith(';')) mime = `text/plain${mime}`;
  let type = 'text/plain;charset=US-ASCII';
  try {
    const { MIMEType } = require('internal/mime');
    type = `${new MIMEType(mime)}`;
  } catch {
    // The default stands.
  }
  return { type, bytes: new Uint8Array(bytes) };
}

module.exports = { parseDataURL };

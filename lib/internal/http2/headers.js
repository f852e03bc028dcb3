// SPDX-License-Identifier: MIT
'use strict';

// Header lists: objects (or flat arrays) of programs into [name, value, sensitive, ...] for the binding, and back. Rules of
// RFC 9113, 8.2 and 8.3.

const { _checkIsHttpToken: checkIsHttpToken } = require('_http_common');
const {
  codes: {
    ERR_HTTP2_HEADER_SINGLE_VALUE, ERR_HTTP2_INVALID_CONNECTION_HEADERS, ERR_HTTP2_INVALID_PSEUDOHEADER,
    ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_HTTP_TOKEN,
  },
} = require('internal/errors');

const sensitiveHeaders = Symbol('sensitiveHeaders');

const singleValue = new Set([
  ':status', ':method', ':authority', ':scheme', ':path', ':protocol', 'access-control-allow-credentials',
  'access-control-max-age', 'access-control-request-method', 'age', 'authorization', 'content-encoding',
  'content-language', 'content-length', 'content-location', 'content-md5', 'content-range', 'content-type', 'date', 'dnt',
  'etag', 'expires', 'from', 'host', 'if-match', 'if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since',
  'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'range', 'referer', 'retry-after', 'tk',
  'upgrade-insecure-requests', 'user-agent', 'x-content-type-options',
]);
const requestPseudo = new Set([':method', ':authority', ':scheme', ':path', ':protocol']);
const responsePseudo = new Set([':status']);
const pushPseudo = requestPseudo;
const noPseudo = new Set();
const connectionHeaders = new Set(['connection', 'upgrade', 'http2-settings', 'keep-alive', 'proxy-connection', 'transfer-encoding']);

function isConnectionHeader(name, value) {
  if (connectionHeaders.has(name)) return true;
  return name === 'te' && value !== 'trailers';
}

// Entries of an object or of a flat array.
function entriesOf(headers) {
  if (!Array.isArray(headers)) return Object.entries(headers);
  if (headers.length % 2 !== 0) throw new ERR_INVALID_ARG_VALUE('headers', headers);
  const out = [];
  for (let k = 0; k < headers.length; k += 2) out.push([headers[k], headers[k + 1]]);
  return out;
}

function sensitiveNames(headers) {
  const list = headers?.[sensitiveHeaders];
  if (list === undefined) return noPseudo;
  if (!Array.isArray(list)) throw new ERR_INVALID_ARG_VALUE('headers[http2.neverIndex]', list);
  return new Set(list.map((name) => `${name}`.toLowerCase()));
}

// The list for the binding, pseudo-headers first.
function toList(headers, allowedPseudo, strict = true) {
  const pseudo = [];
  const plain = [];
  const seen = new Set();
  const sensitive = sensitiveNames(headers);
  const isFlat = Array.isArray(headers);
  for (const [given, value] of entriesOf(headers)) {
    const name = `${given}`.toLowerCase();
    if (value === undefined || name === '') continue;
    let values = [value];
    if (Array.isArray(value)) {
      if (value.length === 0) continue;
      if (value.length > 1 && singleValue.has(name)) throw new ERR_HTTP2_HEADER_SINGLE_VALUE(name);
      values = value;
    }
    if (singleValue.has(name)) {
      if (seen.has(name)) throw new ERR_HTTP2_HEADER_SINGLE_VALUE(name);
      seen.add(name);
    }
    const hidden = sensitive.has(name);
    if (name[0] === ':') {
      if (!allowedPseudo.has(name)) throw new ERR_HTTP2_INVALID_PSEUDOHEADER(name);
      pseudo.push(name, `${values[0]}`, hidden);
      continue;
    }
    if (strict && !checkIsHttpToken(name)) throw new ERR_INVALID_HTTP_TOKEN('Header name', given);
    if (isConnectionHeader(name, values.length === 1 ? `${values[0]}` : undefined)) {
      throw new ERR_HTTP2_INVALID_CONNECTION_HEADERS(name);
    }
    if (values.length > 1 && name === 'cookie' && !isFlat) {
      plain.push(name, values.join('; '), hidden);
      continue;
    }
    for (const one of values) plain.push(name, `${one}`, hidden);
  }
  return [...pseudo, ...plain];
}

// A received list as the object and the raw headers that programs get.
function fromList(list) {
  const headers = { __proto__: null };
  const raw = [];
  const sensitive = [];
  for (let k = 0; k < list.length; k += 3) {
    const name = list[k];
    let value = list[k + 1];
    raw.push(name, value);
    if (list[k + 2]) sensitive.push(name);
    if (name === ':status') value |= 0;
    const before = headers[name];
    if (before === undefined) {
      headers[name] = name === 'set-cookie' ? [value] : value;
    } else if (name === 'cookie') {
      headers[name] = `${before}; ${value}`;
    } else if (name === 'set-cookie') {
      before.push(value);
    } else if (!singleValue.has(name)) {
      headers[name] = `${before}, ${value}`;
    }
  }
  headers[sensitiveHeaders] = sensitive;
  return { headers, raw };
}

// A copy that the session may add to: without a prototype, sensitive names kept.
function copyHeaders(headers) {
  if (headers === undefined || headers === null) return { __proto__: null };
  if (typeof headers !== 'object') throw new ERR_INVALID_ARG_TYPE('headers', 'Object', headers);
  if (Array.isArray(headers)) {
    const out = { __proto__: null };
    for (const [name, value] of entriesOf(headers)) {
      const key = `${name}`.toLowerCase();
      if (out[key] === undefined) out[key] = value;
      else out[key] = [].concat(out[key], value);
    }
    if (headers[sensitiveHeaders] !== undefined) out[sensitiveHeaders] = headers[sensitiveHeaders];
    return out;
  }
  return Object.assign({ __proto__: null }, headers);
}

module.exports = {
  copyHeaders,
  fromList,
  isConnectionHeader,
  noPseudo,
  pushPseudo,
  requestPseudo,
  responsePseudo,
  sensitiveHeaders,
  toList,
};

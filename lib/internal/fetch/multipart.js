// SPDX-License-Identifier: MIT
'use strict';

// multipart/form-data, written and read  https://html.spec.whatwg.org/#multipart-form-data, RFC 7578. A form is written
// as pieces (bytes and Blobs) so that its length is known and files are not copied.

const { Buffer } = require('buffer');
const { File } = require('internal/blob');
const { entriesOf, FormData } = require('internal/fetch/formdata');
const { encodeUtf8 } = internalBinding('encoding');

function escapeName(text) {
  return text.replace(/\r\n|\r|\n/g, '\r\n').replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22');
}

function makeBoundary() {
  let digits = '';
  while (digits.length < 12) digits += Math.floor(Math.random() * 10);
  return `----formdata-culm-${digits}`;
}

// { pieces, length, boundary }
function encodeForm(form) {
  const boundary = makeBoundary();
  const pieces = [];
  let length = 0;
  let text = '';
  const flush = () => {
    if (text === '') return;
    const bytes = encodeUtf8(text);
    pieces.push(bytes);
    length += bytes.byteLength;
    text = '';
  };
  for (const [name, value] of entriesOf(form)) {
    text += `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(name)}"`;
    if (typeof value === 'string') {
      text += `\r\n\r\n${value.replace(/\r\n|\r|\n/g, '\r\n')}\r\n`;
    } else {
      text += `; filename="${escapeName(value.name)}"\r\nContent-Type: ${value.type || 'application/octet-stream'}\r\n\r\n`;
      flush();
      pieces.push(value);
      length += value.size;
      text = '\r\n';
    }
  }
  text += `--${boundary}--\r\n`;
  flush();
  return { pieces, length, boundary };
}

function malformed(message) {
  return new TypeError('Failed to parse body as FormData.', { cause: new TypeError(message) });
}

const names = /(?:^|;)[ \t]*([a-z*]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/gi;

// name and filename of a Content-Disposition field.
function readDisposition(value) {
  if (!/^form-data[ \t]*(?:;|$)/i.test(value)) throw malformed('expected form-data for content-disposition header');
  const out = { name: undefined, filename: undefined };
  for (const [, key, quoted, plain] of value.slice('form-data'.length).matchAll(names)) {
    const text = (quoted ?? plain.trim()).replace(/%0A/gi, '\n').replace(/%0D/gi, '\r').replace(/%22/g, '"');
    const lower = key.toLowerCase();
    if (lower === 'name') out.name = text;
    else if (lower === 'filename') out.filename = text;
  }
  if (out.name === undefined) throw malformed('expected name in content-disposition header');
  return out;
}

function readPartHeaders(text) {
  const headers = { disposition: undefined, type: undefined };
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) throw malformed('invalid header in multipart part');
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'content-disposition') headers.disposition = readDisposition(value);
    else if (name === 'content-type') headers.type = value;
  }
  if (headers.disposition === undefined) throw malformed('expected content-disposition header');
  return headers;
}

function parseForm(bytes, boundary) {
  const input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const form = new FormData();
  const entries = entriesOf(form);
  const delimiter = Buffer.from(`--${boundary}`);
  const nextDelimiter = Buffer.from(`\r\n--${boundary}`);
  let at = input.indexOf(delimiter);
  // What stands before the first delimiter is a preamble, which ends with a line break.
  if (at < 0 || (at > 0 && (input[at - 1] !== 0x0A || input[at - 2] !== 0x0D))) {
    throw malformed('no boundary found in multipart body');
  }
  const decoder = new (require('internal/encoding').TextDecoder)('utf-8', { ignoreBOM: true });
  for (;;) {
    at += delimiter.length;
    if (input[at] === 0x2D && input[at + 1] === 0x2D) return form;
    while (input[at] === 0x20 || input[at] === 0x09) at++;
    if (input[at] !== 0x0D || input[at + 1] !== 0x0A) throw malformed('expected CRLF');
    at += 2;
    const headerEnd = input.indexOf('\r\n\r\n', at);
    if (headerEnd < 0) throw malformed('expected end of part headers');
    const { disposition, type } = readPartHeaders(input.utf8Slice(at, headerEnd));
    const start = headerEnd + 4;
    const end = input.indexOf(nextDelimiter, start - 2);
    if (end < 0) throw malformed('expected boundary after part body');
    const content = input.subarray(start, Math.max(start, end));
    if (disposition.filename !== undefined) {
      const file = new File([content], disposition.filename, { type: type ?? 'text/plain' });
      entries.push([disposition.name, file]);
    } else {
      entries.push([disposition.name, decoder.decode(content)]);
    }
    at = end + 2;
  }
}

module.exports = { encodeForm, malformed, parseForm };

// SPDX-License-Identifier: MIT
'use strict';

// What WebAssembly.compileStreaming() and instantiateStreaming() read  https://webassembly.github.io/spec/web-api/

const { ERR_INVALID_ARG_TYPE, ERR_WEBASSEMBLY_RESPONSE } = require('internal/errors').codes;

function invalidChunk() {
  const error = new TypeError('chunk must be an ArrayBufferView or an ArrayBuffer');
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

// The bytes of a Response, or of a promise of one, and its URL.
async function bytesOfSource(source) {
  const { Response } = require('internal/fetch/response');
  const response = await source;
  if (!(response instanceof Response))
    throw new ERR_INVALID_ARG_TYPE('source', ['Response', 'Promise resolving to Response'], response);
  const type = response.headers.get('content-type');
  if (type !== 'application/wasm') throw new ERR_WEBASSEMBLY_RESPONSE(`has unsupported MIME type '${type}'`);
  if (!response.ok) throw new ERR_WEBASSEMBLY_RESPONSE(`has status code ${response.status}`);
  if (response.bodyUsed) throw new ERR_WEBASSEMBLY_RESPONSE('body has already been used');
  const chunks = [];
  let length = 0;
  if (response.body) {
    for await (const chunk of response.body) {
      if (!ArrayBuffer.isView(chunk) && !(chunk instanceof ArrayBuffer))
        throw invalidChunk();
      const bytes = ArrayBuffer.isView(chunk) ? new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength) :
        new Uint8Array(chunk);
      chunks.push(bytes);
      length += bytes.length;
    }
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const bytes of chunks) {
    all.set(bytes, at);
    at += bytes.length;
  }
  return [all.buffer, response.url];
}

module.exports = { bytesOfSource };

// SPDX-License-Identifier: MIT
'use strict';

// stream/consumers: a whole stream as one value.

const { Buffer } = require('buffer');

// All chunks, and whether every one is bytes.
async function collect(stream) {
  const chunks = [];
  let areBytes = true;
  for await (const chunk of stream) {
    chunks.push(chunk);
    areBytes &&= ArrayBuffer.isView(chunk);
  }
  return { chunks, areBytes };
}

function makeBlob(chunks) {
  const { Blob } = require('internal/blob');
  return new Blob(chunks);
}

async function blob(stream) {
  const { chunks } = await collect(stream);
  return makeBlob(chunks);
}

// What is neither bytes nor text counts as its text, as in a Blob.
async function bytes(stream) {
  const { chunks, areBytes } = await collect(stream);
  if (!areBytes) return makeBlob(chunks).bytes();
  let length = 0;
  for (const chunk of chunks) length += chunk.byteLength;
  const out = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    out.set(chunk instanceof Uint8Array ? chunk : new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength),
            offset);
    offset += chunk.byteLength;
  }
  return out;
}

async function arrayBuffer(stream) {
  return (await bytes(stream)).buffer;
}

async function buffer(stream) {
  return Buffer.from(await arrayBuffer(stream));
}

async function text(stream) {
  const { TextDecoder } = require('internal/encoding');
  const decoder = new TextDecoder();
  let result = '';
  for await (const chunk of stream) {
    result += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  }
  return result + decoder.decode();
}

async function json(stream) {
  return JSON.parse(await text(stream));
}

module.exports = { arrayBuffer, blob, buffer, bytes, text, json };

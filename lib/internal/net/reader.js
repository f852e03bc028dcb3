// SPDX-License-Identifier: MIT
'use strict';

// The option `onread` of net.Socket: bytes go into the program's buffer and to its function instead of through the stream.

const { Buffer } = require('buffer');
const { isUint8Array } = require('internal/util/types');
const { kUserReader } = require('internal/net');

function makeReader(onread) {
  if (onread === null || typeof onread !== 'object' || typeof onread.callback !== 'function') return undefined;
  const { buffer, callback } = onread;
  const next = typeof buffer === 'function' ? buffer : undefined;
  const reader = { callback, next, buffer: next ? next() : buffer, rest: undefined, ended: false };
  return isUint8Array(reader.buffer) ? reader : undefined;
}

// Fills the buffer as often as the bytes need; false when the program wants no more for now. What is left then waits.
function giveToReader(socket, bytes) {
  const reader = socket[kUserReader];
  reader.rest = undefined;
  while (bytes.length > 0) {
    const { buffer } = reader;
    const count = Math.min(bytes.length, buffer.length);
    if (count === 0) return true; // a buffer without room: nothing can be told of what came
    buffer.set(count === bytes.length ? bytes : bytes.subarray(0, count));
    bytes = bytes.subarray(count);
    const wantsMore = reader.callback(count, buffer) !== false;
    if (reader.next) {
      const fresh = reader.next();
      if (isUint8Array(fresh)) reader.buffer = fresh;
    }
    if (socket.destroyed) return true;
    if (!wantsMore) {
      if (bytes.length > 0) reader.rest = Buffer.from(bytes);
      return false;
    }
  }
  return true;
}

// Reading goes on: first with what waits.
function resumeReader(socket) {
  const reader = socket[kUserReader];
  if (reader?.rest === undefined) return;
  process.nextTick(() => {
    if (socket.destroyed || reader.rest === undefined || !socket._handle?.reading) return;
    if (!giveToReader(socket, reader.rest)) {
      socket._handle.reading = false;
      socket._handle.readStop();
    } else if (reader.ended) {
      socket.push(null);
      socket.read(0);
    }
  });
}

module.exports = { giveToReader, makeReader, resumeReader };

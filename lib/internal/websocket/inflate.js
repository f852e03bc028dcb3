// SPDX-License-Identifier: MIT
'use strict';

// permessage-deflate  RFC 7692, for what a server sends: the offer, what may be answered, and the inflation of messages
// with or without the window of the ones before. A client need not compress, and this one does not.

const { ProtocolError } = require('internal/websocket/frames');

const offer = 'permessage-deflate; client_max_window_bits';

// What a server's Sec-WebSocket-Extensions asks for, or undefined when that was not offered.
function readAnswer(header) {
  const items = header.split(',').map((item) => item.trim()).filter((item) => item !== '');
  if (items.length !== 1) return undefined;
  const [name, ...params] = items[0].split(';').map((part) => part.trim());
  if (name.toLowerCase() !== 'permessage-deflate') return undefined;
  const out = { serverNoContextTakeover: false, serverMaxWindowBits: 15 };
  const seen = new Set();
  for (const param of params) {
    const [key, given] = param.split('=').map((part) => part.trim());
    const value = given?.replace(/^"(.*)"$/, '$1');
    if (seen.has(key)) return undefined;
    seen.add(key);
    if (key === 'server_no_context_takeover' && value === undefined) {
      out.serverNoContextTakeover = true;
    } else if (key === 'client_no_context_takeover' && value === undefined) {
      continue;
    } else if ((key === 'server_max_window_bits' || key === 'client_max_window_bits') && /^(?:8|9|1[0-5])$/.test(value)) {
      if (key === 'server_max_window_bits') out.serverMaxWindowBits = Number(value);
    } else {
      return undefined;
    }
  }
  return out;
}

const kTail = new Uint8Array([0x00, 0x00, 0xFF, 0xFF]);

class MessageInflater {
  constructor({ serverNoContextTakeover }, maxPayload) {
    this.keepsContext = !serverNoContextTakeover;
    this.maxPayload = maxPayload;
    this.stream = undefined;
    this.chunks = [];
    this.length = 0;
    this.callback = undefined;
  }

  start() {
    const zlib = require('zlib');
    const stream = zlib.createInflateRaw({ flush: zlib.constants.Z_SYNC_FLUSH });
    stream.on('data', (chunk) => {
      this.length += chunk.length;
      if (this.length > this.maxPayload) {
        this.finish(new ProtocolError('Message is too large', 1009));
        stream.removeAllListeners('data');
        stream.destroy();
        return;
      }
      this.chunks.push(chunk);
    });
    stream.on('error', () => this.finish(new ProtocolError('Invalid compressed data', 1007)));
    this.stream = stream;
  }

  finish(error, data) {
    const { callback } = this;
    this.callback = undefined;
    callback?.(error, data);
  }

  // callback(error) or callback(null, bytes); one message at a time.
  inflate(payload, callback) {
    if (this.stream === undefined) this.start();
    this.callback = callback;
    this.chunks = [];
    this.length = 0;
    const { stream } = this;
    stream.write(payload);
    stream.write(kTail);
    stream.flush(() => {
      if (this.callback === undefined) return;
      const { Buffer } = require('buffer');
      const data = Buffer.concat(this.chunks, this.length);
      this.chunks = [];
      if (!this.keepsContext) this.close();
      this.finish(null, data);
    });
  }

  close() {
    const { stream } = this;
    this.stream = undefined;
    stream?.on('error', () => {});
    stream?.destroy();
  }
}

module.exports = { MessageInflater, offer, readAnswer };

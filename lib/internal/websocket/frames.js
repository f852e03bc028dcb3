// SPDX-License-Identifier: MIT
'use strict';

// Frames of the WebSocket protocol  RFC 6455 section 5: writing them masked, as a client must, and taking them apart
// from the bytes of a socket, whatever pieces those come in.

const { Buffer } = require('buffer');
const { xorMask } = internalBinding('buffer');

const opcodes = { __proto__: null, continuation: 0x0, text: 0x1, binary: 0x2, close: 0x8, ping: 0x9, pong: 0xA };

const kMaxControl = 125;

// Random bytes for masks come from a pool: one call for many frames.
let masks;
let maskOffset = 0;

function nextMask() {
  if (masks === undefined || maskOffset === masks.length) {
    masks = require('crypto').randomBytes(1024);
    maskOffset = 0;
  }
  const mask = masks.subarray(maskOffset, maskOffset + 4);
  maskOffset += 4;
  return mask;
}

// One whole frame with a masked copy of the payload.
function encodeFrame(opcode, payload) {
  const { length } = payload;
  const headerLength = length < 126 ? 6 : length < 0x10000 ? 8 : 14;
  const frame = Buffer.allocUnsafe(headerLength + length);
  frame[0] = 0x80 | opcode;
  if (length < 126) {
    frame[1] = 0x80 | length;
  } else if (length < 0x10000) {
    frame[1] = 0x80 | 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 0x80 | 127;
    frame.writeUInt32BE(Math.floor(length / 2 ** 32), 2);
    frame.writeUInt32BE(length >>> 0, 6);
  }
  const mask = nextMask();
  frame.set(mask, headerLength - 4);
  frame.set(payload, headerLength);
  xorMask(frame, headerLength, mask);
  return frame;
}

// What the peer did wrong; `code` is the close code that says so.
class ProtocolError extends Error {
  constructor(message, code = 1002) {
    super(message);
    this.closeCode = code;
  }
}

class FrameParser {
  // `allowsCompression`: permessage-deflate was negotiated, which gives the first reserved bit a meaning.
  constructor(allowsCompression, maxPayload) {
    this.allowsCompression = allowsCompression;
    this.maxPayload = maxPayload;
    this.chunks = [];
    this.length = 0;
  }

  push(chunk) {
    this.chunks.push(chunk);
    this.length += chunk.length;
  }

  // The first `count` bytes, as one Buffer; they are there.
  take(count) {
    this.length -= count;
    const [first] = this.chunks;
    if (first.length === count) return this.chunks.shift();
    if (first.length > count) {
      this.chunks[0] = first.subarray(count);
      return first.subarray(0, count);
    }
    const out = Buffer.allocUnsafe(count);
    let offset = 0;
    while (offset < count) {
      const chunk = this.chunks[0];
      const part = Math.min(chunk.length, count - offset);
      out.set(part === chunk.length ? chunk : chunk.subarray(0, part), offset);
      offset += part;
      if (part === chunk.length) this.chunks.shift();
      else this.chunks[0] = chunk.subarray(part);
    }
    return out;
  }

  // A look at bytes without taking them.
  peek(index) {
    for (const chunk of this.chunks) {
      if (index < chunk.length) return chunk[index];
      index -= chunk.length;
    }
    return undefined;
  }

  // The next frame, { isFinal, isCompressed, opcode, payload }, or undefined while it is not all there.
  next() {
    if (this.length < 2) return undefined;
    const first = this.peek(0);
    const second = this.peek(1);
    const opcode = first & 0x0F;
    const isFinal = (first & 0x80) !== 0;
    const isCompressed = (first & 0x40) !== 0;
    this.check(first, second, opcode, isFinal, isCompressed);
    const short = second & 0x7F;
    const headerLength = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (this.length < headerLength) return undefined;
    let length = short;
    if (short >= 126) {
      length = 0;
      for (let k = 2; k < headerLength; k++) length = length * 256 + this.peek(k);
    }
    if (length > this.maxPayload) throw new ProtocolError('Message is too large', 1009);
    if (this.length < headerLength + length) return undefined;
    this.take(headerLength);
    return { isFinal, isCompressed, opcode, payload: length === 0 ? Buffer.alloc(0) : this.take(length) };
  }

  check(first, second, opcode, isFinal, isCompressed) {
    if ((first & 0x30) !== 0) throw new ProtocolError('Unexpected reserved bit in frame');
    if ((second & 0x80) !== 0) throw new ProtocolError('Frame cannot be masked');
    const isControl = (opcode & 0x08) !== 0;
    if ((opcode > 0x2 && opcode < 0x8) || opcode > 0xA) throw new ProtocolError('Invalid opcode received');
    if (isCompressed && (!this.allowsCompression || isControl || opcode === opcodes.continuation)) {
      throw new ProtocolError('Expected RSV1 to be clear.');
    }
    if (!isControl) return;
    if (!isFinal) throw new ProtocolError('Control frames must not be fragmented.');
    if ((second & 0x7F) > kMaxControl) throw new ProtocolError('Control frame is too large.');
  }
}

module.exports = { FrameParser, ProtocolError, encodeFrame, opcodes };

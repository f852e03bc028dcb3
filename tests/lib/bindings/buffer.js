// SPDX-License-Identifier: MIT
'use strict';

const host = require('./host').internalBinding('buffer');
const proto = Buffer.prototype;

const binding = { ...host };
for (const name of ['ascii', 'base64', 'base64url', 'latin1', 'hex', 'ucs2', 'utf8']) {
  binding[`${name}Slice`] = (buf, start, end) => proto[`${name}Slice`].call(buf, start, end);
  binding[`${name}Write`] = (buf, string, offset, length) => proto[`${name}Write`].call(buf, string, offset, length);
}
const names = ['ascii', 'utf8', 'base64', 'utf16le', 'latin1', 'hex', 'buffer', 'base64url'];
binding.createUnsafeArrayBuffer = (size) => new ArrayBuffer(size);
binding.fill = (buf, value, offset, end, encoding) => {
  const from = typeof value === 'string' ? Buffer.from(value, names[encoding]) :
    new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (offset < 0 || end > buf.byteLength) return -2;
  if (from.length === 0) return -1;
  for (let i = offset; i < end; i++) buf[i] = from[(i - offset) % from.length];
  return 0;
};
binding.indexOfString = (buf, string, offset, encoding, forwards) =>
  proto[forwards ? 'indexOf' : 'lastIndexOf'].call(buf, string, offset, names[encoding]);
binding.indexOfBuffer = (buf, value, offset, encoding, forwards) =>
  proto[forwards ? 'indexOf' : 'lastIndexOf'].call(buf, value, offset, names[encoding]);
binding.indexOfNumber = (buf, value, offset, forwards) =>
  proto[forwards ? 'indexOf' : 'lastIndexOf'].call(buf, value, offset);
binding.setBufferPrototype = undefined;
module.exports = binding;

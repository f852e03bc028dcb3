// SPDX-License-Identifier: MIT
// A buffer that is detached, or dropped by its owner's list, while a request on the pool uses its bytes.
const assert = require('assert');
const fs = require('fs');
const zlib = require('zlib');

function detach(view) {
  view.buffer.transfer();
  assert.strictEqual(view.buffer.byteLength, 0);
  assert.strictEqual(view.length, 0);
  for (let i = 0; i < 50; i++)
    new ArrayBuffer(4096);
}

const fd = fs.openSync(__filename);
let left = 0;
const done = () => left--;
for (let i = 0; i < 20; i++) {
  left += 5;
  const input = new Uint8Array(new ArrayBuffer(4096, i & 1 ? { maxByteLength: 8192 } : undefined));
  fs.read(fd, input, 0, 4096, 0, done);
  detach(input);
  const text = new Uint8Array(4096).fill(97);
  fs.writeFile('/dev/null', text, done);
  detach(text);
  const list = [new Uint8Array(4096), new Uint8Array(4096)];
  fs.readv(fd, list, 0, done);
  list.length = 0;
  const packed = new Uint8Array(4096).fill(98);
  zlib.deflate(packed, done);
  detach(packed);
  const many = [new Uint8Array(4096)];
  fs.writev(fs.openSync('/dev/null', 'w'), many, done);
  detach(many.pop());
}
// what a lent buffer held moves on all the same
const lent = new Uint8Array(8).fill(7);
fs.read(fd, lent, 0, 0, 0, () => {});
assert.deepStrictEqual(new Uint8Array(lent.buffer.transfer()), new Uint8Array(8).fill(7));
process.on('exit', () => assert.strictEqual(left, 0));

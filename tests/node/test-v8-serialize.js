// SPDX-License-Identifier: MIT
'use strict';
// v8.serialize: the bytes are Node's, and every value comes back.
const v8 = require('v8');

const shared = { name: 'shared' };
const cyclic = { shared, list: [shared] };
cyclic.self = cyclic;
const error = new TypeError('boom', { cause: shared });
error.stack = 'no stack';
const values = [
  1, -1, 2 ** 31, -0, 1.5, NaN, Infinity, true, false, null, undefined, '', 'latin \xe9', 'wide \u20ac', 10n, -(2n ** 70n), 0n,
  [], [1, 2, 3], [1, , 3], Object.assign([1], { extra: true }), {}, { a: 1, 5: 'x', b: { c: [] } }, cyclic,
  new Date(5), new Date(NaN), /x\/y/giu, new Map([[1, { a: 1 }], ['k', shared]]), new Set([1, 'two', shared]),
  Object(1), Object('s'), Object(true), Object(5n), new Uint8Array([1, 2, 3]), new Float64Array([1.5]), new ArrayBuffer(3),
  new DataView(new ArrayBuffer(8), 2, 4), Buffer.from('hi'), error, new (class Point { x = 1; })(), Object.create(null),
];
for (const value of values) {
  const bytes = v8.serialize(value);
  console.log(bytes.toString('hex'), v8.deserialize(bytes));
}

for (const bad of [() => {}, Symbol('s'), { f() {} }, new WeakMap(), Promise.resolve()]) {
  try {
    v8.serialize(bad);
  } catch (thrown) {
    console.log(thrown.name, thrown.message);
  }
}
for (const bytes of ['', 'ff0f', 'ff0fZZ', 'ff0f6f', 'ff0f5e05', 'ff0f22ff', 'ff635f', 'ff0f41ffffffff0f', '5f']) {
  try {
    console.log(v8.deserialize(Buffer.from(bytes, 'hex')));
  } catch (thrown) {
    console.log(bytes, thrown.message);
  }
}

const buffer = new ArrayBuffer(4);
const serializer = new v8.Serializer();
serializer.writeHeader();
serializer.transferArrayBuffer(7, buffer);
serializer.writeValue({ buffer });
serializer.writeUint32(300);
serializer.writeUint64(1, 2);
serializer.writeDouble(0.5);
serializer.writeRawBytes(Buffer.from('raw'));
const bytes = serializer.releaseBuffer();
console.log(bytes.toString('hex'));
const deserializer = new v8.Deserializer(bytes);
console.log(deserializer.readHeader(), deserializer.getWireFormatVersion());
deserializer.transferArrayBuffer(7, buffer);
console.log(deserializer.readValue().buffer === buffer, deserializer.readUint32(), deserializer.readUint64(),
            deserializer.readDouble(), deserializer.readRawBytes(3).toString());

// SPDX-License-Identifier: MIT
// What a clone has when objects change while they are written, when names repeat, and when code runs while it is read.
'use strict';
const v8 = require('node:v8');

// A getter that takes properties away, changes and adds some.
const changing = {
  a: 1,
  get b() {
    delete this.c;
    this.d = 'changed';
    this.added = 'not cloned';
    return 2;
  },
  c: 3,
  d: 4,
};
console.log(structuredClone(changing));
// The same from within a nested object.
const outer = { first: 1, inner: { get g() { outer.last = 'late'; delete outer.middle; return 'g'; } }, middle: 2, last: 3 };
console.log(structuredClone(outer));
// Attributes, symbols, indices, prototypes.
const odd = Object.create(null, { hidden: { value: 1 }, seen: { value: 2, enumerable: true } });
odd[Symbol('s')] = 3;
odd[7] = 'seven';
odd['08'] = 'a name';
odd[4294967295] = 'no index';
console.log(structuredClone(odd), Object.getPrototypeOf(structuredClone(odd)) === Object.prototype);
const many = {};
for (let k = 0; k < 1500; k++)
  many['k' + k] = k;
delete many.k3;
console.log(Object.keys(structuredClone(many)).length, structuredClone(many).k1499);
console.log(structuredClone(Object.freeze({ x: 1, y: Object.freeze([1, 2]) })), Object.isFrozen(structuredClone(Object.freeze({}))));
console.log(structuredClone({ '': 1, 'ünïcode': 2, '\u{1F600}': 3, '__proto__x': 4, ['__proto__']: 5 }));
// Arrays with names, holes, getters.
const array = [1, , 3];
array.name = 'x';
console.log(structuredClone(array), 1 in structuredClone(array));
const shrinking = [1, 2, 3, { get g() { shrinking.length = 4; return 0; } }, 5, 6];
console.log(structuredClone(shrinking));
const cycle = { self: null, list: [] };
cycle.self = cycle;
cycle.list.push(cycle, cycle.list);
const copy = structuredClone(cycle);
console.log(copy.self === copy, copy.list[0] === copy, copy.list[1] === copy.list);

// Names that come twice in the bytes are refused.
const bytes = Buffer.from([0xff, 0x0f, 0x6f, 0x22, 1, 0x61, 0x49, 2, 0x22, 1, 0x62, 0x49, 4, 0x22, 1, 0x61, 0x49, 6, 0x7b, 3]);
try {
  v8.deserialize(bytes);
} catch (error) {
  console.log(error.message);
}
console.log(v8.deserialize(v8.serialize({ a: 1, b: [1, { c: 'ü' }], 3: 'three' })));

// Code that runs while an object is read.
class Reader extends v8.Deserializer {
  _readHostObject() {
    this.readUint32();
    return { unfinished: this.readValue() };
  }
}
class Writer extends v8.Serializer {
  _writeHostObject(obj) {
    this.writeUint32(1);
    this.writeValue(obj.owner);
  }
}
const writer = new Writer();
writer.writeHeader();
const owner = { a: 1, host: null, z: 2, list: [1, 2] };
class Host extends Uint8Array {}
owner.host = new Host(1);
owner.host.owner = owner;
writer._setTreatArrayBufferViewsAsHostObjects(true);
writer.writeValue(owner);
const reader = new Reader(writer.releaseBuffer());
reader.readHeader();
const read = reader.readValue();
console.log(read, read.host.unfinished === read);

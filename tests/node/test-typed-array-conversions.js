// SPDX-License-Identifier: MIT
// Every element type into every other, reversal and search at lengths around those of the loops' pieces.
'use strict';
const types = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float16Array,
  Float32Array, Float64Array];
const values = [0, 1, -1, 127, 128, 255, 256, -128, -129, 32767, 32768, 65535, 65536, -32769, 2147483647, 2147483648,
  4294967295, 4294967296, -2147483648, -2147483649, 0.5, 1.5, 2.5, -0.5, 254.5, 255.5, 1e10, -1e10, 1e20, -1e20, 2 ** 53,
  NaN, Infinity, -Infinity, -0, 65504, 65520, 1e-8];
function hash(array) {
  let h = 0;
  for (const byte of new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    h = (Math.imul(h, 31) + byte) | 0;
  return h;
}
for (const From of types) {
  const line = [];
  const source = From.from({ length: 600 }, (_, k) => values[k % values.length] + (k > 300 ? k : 0));
  for (const To of types) {
    const made = new To(source), set = new To(603);
    set.set(source, 3);
    if (hash(set.subarray(3).slice()) !== hash(made))
      throw new Error(`${From.name} ${To.name}`);
    line.push(hash(made));
  }
  console.log(From.name, line.join(' '));
  console.log(source.join().length, source.subarray(0, values.length).join(' '));
}
for (const Type of [...types, BigInt64Array]) {
  const make = Type === BigInt64Array ? BigInt : Number, seen = [];
  for (const length of [0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 100, 255]) {
    const array = Type.from({ length }, (_, k) => make(k % 120));
    const reversed = array.toReversed(), copy = array.slice().reverse();
    for (let k = 0; k < length; k++) {
      if (reversed[k] !== array[length - 1 - k] || copy[k] !== reversed[k])
        throw new Error(`${Type.name} ${length} ${k}`);
    }
    seen.push(array.lastIndexOf(make(7)), array.indexOf(make(7), 3), array.lastIndexOf(make(7), -20), array.lastIndexOf(make(0)));
  }
  console.log(Type.name, seen.join(' '));
}
console.log(new Int8Array([1, -1]).lastIndexOf(255), new Uint8Array([255, 1]).lastIndexOf(-1), new Uint8Array([1, 2]).indexOf(1.5));

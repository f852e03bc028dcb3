// SPDX-License-Identifier: MIT
// join of integers goes by pieces of 256: ends of pieces, every number of digits, separators of every kind.
const wrong = [];
for (const Type of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float16Array, Float32Array, BigInt64Array]) {
  for (const length of [0, 1, 2, 255, 256, 257, 258, 513]) {
    const array = Type.from({ length }, (_, k) => (Type === BigInt64Array ? BigInt(k * 7 - 300) : (-3) ** (k % 23) + k * 977));
    for (const separator of [undefined, '', ';', 'ab', '\xe9', '\u20ac']) {
      const expected = [...array].map(String).join(separator === undefined ? ',' : separator);
      if (array.join(separator) !== expected)
        wrong.push([Type.name, length, separator]);
    }
  }
}
for (let digits = 1; digits < 11; digits++) {
  for (const value of [10 ** (digits - 1), 10 ** digits - 1, 4294967295]) {
    const text = `${value >>> 0},${value | 0},${-value | 0}`;
    const got = `${new Uint32Array([value]).join()},${new Int32Array([value, -value]).join()}`;
    if (text !== got)
      wrong.push([text, got]);
  }
}
print(wrong.length, new Int32Array([-2147483648, 2147483647, 0]).join(), new Uint8Array(3).join('\u20ac'));
// expect: 0 -2147483648,2147483647,0 0€0€0

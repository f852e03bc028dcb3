// SPDX-License-Identifier: MIT
const a = new Int16Array([5, 1, 4, 2, 3]);
print(a.at(-1), a.slice(1, 3).join(), a.subarray(1, 4).join(), a.toSorted().join(), a.toReversed().join(), a.with(0, 9).join());
print(a.map((x) => x * 2).join(), a.filter((x) => x > 2).join(), a.reduce((s, x) => s + x), a.reduceRight((s, x) => s + '' + x), a.find((x) => x < 3), a.findLastIndex((x) => x < 3));
print(a.indexOf(4), a.includes(3), a.lastIndexOf(9), a.some((x) => x > 4), a.every((x) => x > 1), [...a.entries()].join('|'));
print(new Int16Array(a).sort((x, y) => y - x).join(), new Int16Array(a).copyWithin(0, 3).join(), new Int16Array(a).fill(7, 1, 3).join(), new Int16Array(a).reverse().join());
print(new Float64Array([3, NaN, -0, 0, -1, Infinity]).sort().join(), Object.is(new Float64Array([0, -0]).sort()[0], -0));
const buf = new Uint8Array([1, 2, 3, 4, 5, 6]);
buf.set(buf.subarray(0, 4), 2);
print(buf.join());
const wide = new Uint16Array(buf.buffer);
new Uint8Array(wide.buffer, 1, 3).set(wide);
print(buf.join());
print(Int8Array.from('123').join(), Int8Array.from({ length: 2, 0: 7, 1: 8 }, (x, k) => x + k).join(), Uint8Array.of(1, 300).join());
print(a.toString === Array.prototype.toString, a.toString(), Object.prototype.toString.call(a), new Uint8Array([1000]).toLocaleString());
const shrink = new ArrayBuffer(8, { maxByteLength: 8 }), s = new Uint8Array(shrink).fill(1);
print(s.fill({ valueOf() { shrink.resize(3); return 2; } }).join());
print(new Uint8Array([255, 0, 18]).toHex(), new Uint8Array([255, 238, 1]).toBase64({ alphabet: 'base64url' }), Uint8Array.fromBase64('_-4B', { alphabet: 'base64url' }).join(), JSON.stringify(new Uint8Array(4).setFromHex('0a0b')));
for (const f of [() => new Uint8Array(2).set([1], 5), () => new Uint8Array(-1), () => new Uint16Array(new ArrayBuffer(3)), () => new Uint16Array(new ArrayBuffer(4), 1), () => new Uint8Array(2).with(2, 0), () => Uint8Array.fromHex('0')]) {
  try { f(); } catch (e) { print(e.name + ': ' + e.message); }
}
// expect: 3 1,4 1,4,2 1,2,3,4,5 3,2,4,1,5 9,1,4,2,3
// expect: 10,2,8,4,6 5,4,3 15 32415 1 3
// expect: 2 true -1 true false 0,5|1,1|2,4|3,2|4,3
// expect: 5,4,3,2,1 2,3,4,2,3 5,7,7,2,3 3,2,4,1,5
// expect: -1,0,0,3,Infinity,NaN true
// expect: 1,2,1,2,3,4
// expect: 1,1,1,3,3,4
// expect: 1,2,3 7,9 1,44
// expect: true 5,1,4,2,3 [object Int16Array] 232
// expect: 2,2,2
// expect: ff0012 _-4B 255,238,1 {"read":4,"written":2}
// expect: RangeError: offset is out of bounds
// expect: RangeError: Invalid typed array length: -1
// expect: RangeError: byte length of Uint16Array should be a multiple of 2
// expect: RangeError: start offset of Uint16Array should be a multiple of 2
// expect: RangeError: Invalid typed array index
// expect: SyntaxError: Input string must contain hex characters in even length

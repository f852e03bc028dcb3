// SPDX-License-Identifier: MIT
'use strict';
// Buffer's methods with usual and unusual arguments, and the length of typed arrays whatever was done to it.
const run = (f) => {
  try {
    const value = f();
    return Buffer.isBuffer(value) ? `<${value.toString('hex')}>` : typeof value === 'string' ? JSON.stringify(value) : String(value);
  } catch (error) {
    return error.code ?? `${error.name}: ${error.message}`;
  }
};
const odd = [undefined, null, 0, 1, -1, 2.5, NaN, '1', '', 'hex', 'UTF8', 'latin1', 'nope', 4, 9, 100, -100, 2 ** 31, Infinity, true, {}, 5n];
const small = [undefined, 0, 2, -3, 5, 8, 9, 'utf8', null, 1.5];

for (const method of ['toString', 'write', 'fill', 'indexOf', 'includes', 'equals', 'subarray', 'slice', 'lastIndexOf']) {
  const fn = Buffer.prototype[method];
  console.log(method, fn.name, fn.length);
  for (const first of [...odd, 'h\u00e9', 'lo', 'l', '\u00e9', 'wide \u2713', Buffer.from('lo'), new Uint8Array(2), new Uint16Array(1), ['a']]) {
    const line = [];
    for (const second of small) line.push(run(() => fn.call(Buffer.from('hello\u00e9 w'), first, second)));
    console.log(' ', typeof first === 'object' ? 'object' : String(first), line.join(' '));
  }
}
const encodings = ['utf8', 'utf-8', 'UTF-8', 'hex', 'base64', 'base64url', 'latin1', 'binary', 'ascii', 'ucs2', 'utf16le', 'buffer', undefined, null, ''];
for (const encoding of encodings) {
  console.log(encoding, run(() => Buffer.from('f\u00fc\u2713?>').toString(encoding)), run(() => Buffer.from('abcdef').toString(encoding, 1, 4)),
              run(() => { const b = Buffer.alloc(10); return b.write('61\u00fc\u2713', 1, 7, encoding) + b.toString('hex'); }),
              run(() => { const b = Buffer.alloc(4); return b.write('abcd', encoding) + b.toString('hex'); }),
              run(() => Buffer.alloc(5).fill('6', encoding)), run(() => Buffer.alloc(5).fill('a', 1, 3, encoding)),
              encoding ? run(() => Buffer.from('xaya').indexOf('a', 2, encoding)) : '');
}
for (const args of [[1], [257], [-1], ['a'], ['ab'], [''], ['\u00e9'], [3, 1], [3, 1, 2], [3, 2, 1], [3, 0, 9], [3, -1], [3, 1, -1], [3, 5, 5], [3, undefined, 2], [3.7, 1, 3], ['x', 1, 3],
  [Buffer.from('yz'), 1], [true, 1, 2], [null], [{ valueOf: () => 7 }]]) {
  console.log(args.map(String).join(), run(() => Buffer.alloc(5, 9).fill(...args)));
}
// Other receivers.
const plain = new Uint8Array([104, 105]);
const grown = Buffer.from(new ArrayBuffer(2, { maxByteLength: 8 }));
for (const receiver of [plain, grown, new Uint16Array([104]), Buffer.alloc(0)]) {
  console.log(['toString', 'fill', 'equals', 'subarray'].map((name) => {
    const result = run(() => Buffer.prototype[name].call(receiver, name === 'toString' ? 'hex' : name === 'equals' ? receiver : 1));
    return result.includes(':') ? result.split(':')[0] : result;
  }).join(' '));
}
const shared = Buffer.from(new SharedArrayBuffer(3)).fill(7);
console.log(shared.subarray(1).buffer === shared.buffer, shared.indexOf(7), shared.equals(Buffer.from([7, 7, 7])));
class Sub extends Uint8Array {}
console.log(Buffer.prototype.subarray.call(new Sub(4), 1).constructor.name);

// Lengths.
const length = (array) => array.length;
const arrays = [new Uint8Array(3), new Float64Array(4), Buffer.alloc(5), new BigInt64Array(6), [1, 2], 'abc', { length: 7 }, new Sub(2)];
for (let round = 0; round < 3; round++) console.log(arrays.map(length).join());
const tracking = new ArrayBuffer(4, { maxByteLength: 8 });
const tracker = new Uint8Array(tracking);
const lengths = [length(tracker)];
tracking.resize(7);
lengths.push(length(tracker));
tracking.resize(0);
lengths.push(length(tracker));
const gone = new Uint8Array(4);
lengths.push(length(gone));
structuredClone(gone.buffer, { transfer: [gone.buffer] });
lengths.push(length(gone));
console.log(lengths.join());
const only = (array) => array.length;
console.log(only(new Uint8Array(2)), only(new Uint8Array(3)));
Object.defineProperty(Uint8Array.prototype, 'length', { configurable: true, get() { return 'mine'; } });
console.log(only(new Uint8Array(4)), length(new Uint8Array(4)));
delete Uint8Array.prototype.length;
console.log(only(new Uint8Array(4)));
const own = new Uint8Array(4);
Object.defineProperty(own, 'length', { value: 'own' });
console.log(only(own), only(new Uint8Array(1)));
const proto = Object.getPrototypeOf(Uint8Array.prototype);
const original = Object.getOwnPropertyDescriptor(proto, 'length');
Object.defineProperty(proto, 'length', { configurable: true, get: Object.getOwnPropertyDescriptor(proto, 'byteLength').get });
const floats = new Float64Array(2);
console.log(only(floats), length(floats));
Object.defineProperty(proto, 'length', original);
console.log(only(floats), length(floats), Object.create(plain) === 0, run(() => only(Object.create(plain))).split(':')[0]);

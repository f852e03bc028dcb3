// SPDX-License-Identifier: MIT
// Loops over many bytes, at lengths around what vector code takes at a time: conversions between typed arrays, reversal,
// search, base64, hex.
'use strict';
let seed = 9;
const random = (n) => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0, (seed >>> 8) % n);
let hash = 0;
const add = (text) => { for (let k = 0; k < text.length; k++) hash = (Math.imul(hash, 31) + text.charCodeAt(k)) | 0; };
const types = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array];
const special = [0, -0, 1.5, 2.5, -0.5, 254.5, 255.5, 256, -1, 2147483648, -2147483649, 4294967295, 4294967296, 1e10, -1e19, 1e300, NaN, Infinity, -Infinity];
for (const From of types) {
  for (const To of types) {
    for (const length of [0, 1, 7, 19, 300]) {
      const source = From.from({ length }, (_, k) => special[(k + length) % special.length] + (k > 40 ? k * 77 : 0));
      add(new To(source).join());
      const target = new To(length + 3);
      target.set(source, 2);
      add(target.join());
    }
  }
  console.log(From.name, hash);
}
for (const Type of types) {
  for (const length of [0, 1, 2, 3, 5, 8, 15, 16, 17, 31, 33, 100, 257]) {
    const array = Type.from({ length }, (_, k) => k);
    const back = array.toReversed();
    add(back.join());
    if (array.reverse().join() !== back.join() || array.reverse().some((v, k) => v !== Type.of(k)[0])) console.log('wrong', Type.name, length);
    add(`${array.lastIndexOf(3)} ${array.lastIndexOf(3, -2)} ${array.lastIndexOf(0)} ${array.lastIndexOf(-1)} ${array.indexOf(99)}`);
  }
}
console.log('reversed', hash);
for (let length = 0; length < 300; length++) {
  const bytes = Buffer.from(Array.from({ length }, () => random(256)));
  for (const encoding of ['base64', 'base64url', 'hex', 'latin1', 'utf16le']) {
    const text = bytes.toString(encoding);
    add(text);
    if (encoding !== 'utf16le' && !Buffer.from(text, encoding).equals(bytes)) console.log('wrong', encoding, length);
  }
  const text = bytes.toString('base64'), at = random(text.length + 1);
  for (const mark of ['\n', '-', '=', '!', '\xe9', '\u4e2d']) add(Buffer.from(text.slice(0, at) + mark + text.slice(at), 'base64').toString('hex'));
  add(bytes.toString() + Buffer.from(bytes.toString('latin1')).toString('hex'));
}
console.log('encoded', hash);
for (let round = 0; round < 3000; round++) {
  const letters = 1 + random(3);
  const make = (length) => Array.from({ length }, () => String.fromCharCode(97 + random(letters))).join('');
  const text = make(random(200)), needle = make(random(9)), from = random(50);
  add([text.indexOf(needle), text.indexOf(needle, from), Buffer.from(text).indexOf(needle), Buffer.from(text).indexOf(Buffer.from(needle), from), text.includes(needle), text.split(needle).length].join());
}
console.log('found', hash);
const texts = ['plain ascii ', 'na\u00efve caf\u00e9 ', '\u4e2d\u6587 and ascii ', '\ud83d\ude00 smile ', '\ud800 lone ', 'x\udc00'];
for (let round = 0; round < 500; round++) {
  let text = '';
  while (text.length < round) text += texts[random(texts.length)].repeat(1 + random(3));
  const bytes = new TextEncoder().encode(text);
  add(Buffer.from(bytes).toString('hex') + new TextDecoder().decode(bytes) + Buffer.byteLength(text));
  const broken = Buffer.from(bytes.subarray(random(4), bytes.length - random(4)));
  if (broken.length) broken[random(broken.length)] = random(256);
  add(broken.toString() + new TextDecoder('utf-8', { fatal: false }).decode(broken));
  const into = new Uint8Array(random(bytes.length + 10)), done = new TextEncoder().encodeInto(text, into);
  add(`${done.read} ${done.written} ${into.join()}`);
}
console.log('transcoded', hash);

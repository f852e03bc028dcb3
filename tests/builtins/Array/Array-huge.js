// SPDX-License-Identifier: MIT
// Methods that build something out of an array of billions of holes end at once: with an answer or a RangeError.
function attempt(f) {
  try { console.log(f()); } catch (e) { console.log(String(e)); }
}
attempt(() => new Array(2 ** 30).join('xxxx')); // expect: RangeError: Invalid string length
attempt(() => new Array(2 ** 32 - 1).join('').length); // expect: 0
attempt(() => { const a = []; a[2 ** 31] = 5; return a.join(''); }); // expect: 5
attempt(() => new Array(2 ** 32 - 1).concat([1])); // expect: RangeError: Invalid array length
attempt(() => { const a = [1]; a.length = 2 ** 31; return a.concat(2).length; }); // expect: 2147483649
attempt(() => [1, , 3, , ,].join('-')); // expect: 1--3--
attempt(() => { const a = [, { toString() { a.length = 1; return 'x'; } }, , 4]; return a.join(); }); // expect: ,x,,
attempt(() => Reflect.ownKeys(new Proxy({}, { ownKeys: () => ({ length: 2 ** 31 }) }))); // expect: RangeError: Invalid array length

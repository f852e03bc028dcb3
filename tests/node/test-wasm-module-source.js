// SPDX-License-Identifier: MIT
'use strict';

// What WebAssembly.Module inherits from.

const Source = Object.getPrototypeOf(WebAssembly.Module);
console.log(Object.getOwnPropertyDescriptors(Source), Object.getOwnPropertyDescriptors(Source.prototype));
console.log(Object.getPrototypeOf(WebAssembly.Module.prototype) === Source.prototype,
  Object.getPrototypeOf(Source) === Function.prototype, Object.getPrototypeOf(Source.prototype) === Object.prototype);
for (const f of [() => Source(), () => new Source()]) {
  try {
    f();
  } catch (e) {
    console.log(e.name, e.message);
  }
}
const { get } = Object.getOwnPropertyDescriptor(Source.prototype, Symbol.toStringTag);
console.log(get.call(1), get.call({}), get.call(new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]))));

// SPDX-License-Identifier: MIT
'use strict';

// WebAssembly in contexts: their own objects, and contexts that must not compile.

const vm = require('vm');
const bytes = 'new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])';
const context = vm.createContext({}, { codeGeneration: { wasm: false } });
for (const name of ['new WebAssembly.Module', 'WebAssembly.validate', 'WebAssembly.compile', 'WebAssembly.instantiate']) {
  try {
    const result = vm.runInContext(`${name}(${bytes})`, context);
    console.log(name, String(result));
    result.catch?.((e) => console.log(name, e.name, e.message));
  } catch (e) {
    console.log(name, e.name, e.message, e instanceof WebAssembly.CompileError,
      Object.getPrototypeOf(e) === vm.runInContext('WebAssembly.CompileError.prototype', context));
  }
}
const other = vm.createContext({});
const theirs = vm.runInContext(`new WebAssembly.Module(${bytes})`, other);
console.log(theirs instanceof WebAssembly.Module, Object.prototype.toString.call(theirs),
  new WebAssembly.Instance(theirs).exports);

// SPDX-License-Identifier: MIT
'use strict';

// The compile options builtins and importedStringConstants.

const { assemble } = require('./fixtures/wasm_assembler');
function t(label, f) {
  try {
    console.log(label, f());
  } catch (e) {
    console.log(label, e.name, e.message);
  }
}
const options = { builtins: ['js-string'], importedStringConstants: '$' };
const make = (text, imports, given = options) =>
  new WebAssembly.Instance(new WebAssembly.Module(assemble(text), given), imports).exports;

const names = ['cast', 'test', 'fromCharCode', 'fromCodePoint', 'charCodeAt', 'codePointAt', 'length', 'concat',
  'substring', 'equals', 'compare'];
// Types: 0 ref->string, 1 ref->i32, 2 i32->string, 3 ref i32->i32, 4 ref ref->string, 5 ref i32 i32->string, 6 ref ref->i32
const types = '01(07 60 01 6f 01 64 6f 60 01 6f 01 7f 60 01 7f 01 64 6f 60 02 6f 7f 01 7f 60 02 6f 6f 01 64 6f ' +
  '60 03 6f 7f 7f 01 64 6f 60 02 6f 6f 01 7f)';
const typeOf = ['00', '01', '02', '02', '03', '03', '01', '04', '05', '06', '06'];
const hex = (k) => k.toString(16).padStart(2, '0');
const all = make(`${types} 02(0b ${names.map((name, k) => `'wasm:js-string' '${name}' 00 ${typeOf[k]}`).join(' ')}) ` +
  `07(0b ${names.map((name, k) => `'${name}' 00 ${hex(k)}`).join(' ')})`);
const calls = {
  cast: [['a'], [1], [null]], test: [['a'], [1], [null], [new String('a')]], fromCharCode: [[65], [-1], [0x10041]],
  fromCodePoint: [[0x1F600], [0x110000], [-1]], charCodeAt: [['abc', 1], ['abc', 3], ['abc', -1], [null, 0]],
  codePointAt: [['\u{1F600}', 0], ['\u{1F600}', 1], ['\uD83D', 0], ['', 0]], length: [['abc'], [''], [5]],
  concat: [['a', 'b'], ['a', 1]], substring: [['abcdef', 1, 3], ['abc', 2, 1], ['abc', 1, -1], ['abc', 4, 5], [null, 0, 0]],
  equals: [['a', 'a'], ['a', 'b'], [null, null], [null, 'a'], ['a', undefined]],
  compare: [['a', 'b'], ['b', 'a'], ['a', 'a'], ['a', null]],
};
for (const name of names)
  for (const args of calls[name]) t(`${name} ${JSON.stringify(args)}`, () => all[name](...args));

const length = "01(01 60 01 6f 01 7f) 02(01 'wasm:js-string' 'length' 00 00) 07(01 'len' 00 00)";
t('no option', () => make(length, {}, undefined).len('abc'));
t('unknown', () => make(length, {}, { builtins: ['x'] }).len('abc'));
t('not an object', () => make(length, { 'wasm:js-string': { length: () => 7 } }, 1).len('abc'));
t('imports', () => WebAssembly.Module.imports(new WebAssembly.Module(assemble(length), options)).length);
t('validate', () => WebAssembly.validate(assemble(length), options));
const wrong = "01(01 60 01 7f 01 7f) 02(01 'wasm:js-string' 'length' 00 00)";
t('signature', () => make(wrong));
t('signature, validated', () => WebAssembly.validate(assemble(wrong), options));
t('other name', () => make(wrong.replace("'length'", "'what'")));

t('constant', () => make("02(01 '$' 'hello' 03 6f 00) 07(01 'g' 03 00)").g.value);
t('constant, not null', () => make("02(01 '$' 'hello' 03 64 6f 00) 07(01 'g' 03 00)").g.value);
t('constant of i32', () => make("02(01 '$' 'hello' 03 7f 00)"));
t('mutable constant', () => make("02(01 '$' 'hello' 03 6f 01)"));
WebAssembly.instantiate(assemble(length), {}, options).then(({ instance }) => {
  console.log(instance.exports.len('four'));
  return WebAssembly.compile(assemble(length), options);
}).then((compiled) => console.log(new WebAssembly.Instance(compiled).exports.len('seventy')));

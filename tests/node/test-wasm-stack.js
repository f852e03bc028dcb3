// SPDX-License-Identifier: MIT
'use strict';

// Functions of WebAssembly in stack traces: names of the name section, places, call sites, what overflows.

const { exportsOf } = require('./fixtures/wasm_assembler');
const clean = (text) => text.replace(/wasm\/([\w-]*?)[0-9a-f]{8}/g, 'wasm/$1HASH').replace(/\(\/.*\//, '(');
function show(f, lines) {
  try {
    f();
  } catch (e) {
    console.log(e.stack.split('\n').slice(0, lines).map(clean).join('\n'));
  }
}

const named = "01(01 60 00 00) 02(01 'm' 'f' 00 00) 03(02 00 00) 07(01 'go' 00 02) 0a(02 (00 10 00 0b) (00 10 01 0b)) " +
  "00('name' 00('mod') 01(03 00 'imp' 01 'inner' 02 'outer'))";
const thrower = { m: { f() { throw new Error('from JavaScript'); } } };
show(() => exportsOf(named, thrower).go(), 5);
show(() => exportsOf(named.replace("00('mod')", ''), thrower).go(), 5);
show(() => exportsOf("01(01 60 00 00) 03(01 00) 07(01 'a' 00 00) 0a(01 (00 01 00 0b))").a(), 2);
show(() => exportsOf("01(01 60 00 00) 03(01 00) 08(00) 0a(01 (00 00 0b))"), 2);

// The arguments' conversion is nobody's frame.
const { a } = exportsOf("01(01 60 01 7f 00) 03(01 00) 07(01 'a' 00 00) 0a(01 (00 0b))");
show(() => a(Symbol('s')), 2);
show(() => a({ valueOf() { throw new Error('conversion'); } }), 3);

Error.prepareStackTrace = (error, sites) => sites;
try {
  exportsOf(named, thrower).go();
} catch (e) {
  for (const site of e.stack.slice(1, 3)) {
    console.log(['getTypeName', 'getFunctionName', 'getMethodName', 'getFileName', 'getLineNumber', 'getColumnNumber',
      'getEvalOrigin', 'isToplevel', 'isEval', 'isNative', 'isConstructor', 'isAsync', 'getPosition',
      'getScriptNameOrSourceURL', 'getEnclosingLineNumber', 'getEnclosingColumnNumber', 'toString']
      .map((name) => `${name}: ${String(site[name]()).replace(/[0-9a-f]{8}/, 'HASH')}`).join(', '));
  }
}
Error.prepareStackTrace = undefined;

// Endless recursion, within WebAssembly and through JavaScript.
const { forever } = exportsOf("01(01 60 00 00) 03(01 00) 07(01 'forever' 00 00) 0a(01 (00 10 00 0b))");
show(forever, 1);
const turns = exportsOf("01(01 60 00 00) 02(01 'm' 'f' 00 00) 03(01 00) 07(01 'go' 00 01) 0a(01 (00 10 00 0b))",
  { m: { f() { turns.go(); } } });
show(turns.go, 1);
show(forever, 1);

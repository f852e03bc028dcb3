// SPDX-License-Identifier: MIT
'use strict';

// Calls between JavaScript and WebAssembly: conversions, several results, callbacks, names of exports.

const { exportsOf, compile, assemble } = require('./fixtures/wasm_assembler');
function t(label, f) {
  try {
    console.log(label, f());
  } catch (e) {
    console.log(label, `${e.name}: ${e.message}`);
  }
}
// Conversions that call again.
const e=exportsOf("01(01 60 01 7f 01 7f) 03(01 00) 07(01 'id' 00 00) 0a(01 (00 20 00 0b))");
let depth=0;const o={valueOf(){depth++;return e.id(o)}};
t('recursive valueOf',()=>e.id(o));console.log(depth>100);
// A callback grows the memory.
const g=exportsOf("01(02 60 00 00 60 00 01 7f) 02(01 'm' 'f' 00 00) 03(01 01) 05(01 01 01 0a) 07(02 'go' 00 01 'mem' 02 00) 0a(01 (00 10 00 41 00 28 02 80 80 04 0b))",{m:{f(){g.mem.grow(1)}}});
t('grow in callback',()=>g.go());
// Several results.
const mr=exportsOf("01(02 60 00 03 7f 7e 7c 60 00 03 7f 7e 7c) 02(01 'm' 'f' 00 00) 03(01 00) 07(02 'a' 00 01 'b' 00 00) 0a(01 (00 10 00 0b))",{m:{f(){return [1,2n,3.5]}}});
t('multi',()=>mr.a()); t('multi b',()=>mr.b());
const mr2=exportsOf("01(01 60 00 02 7f 7f) 02(01 'm' 'f' 00 00) 07(01 'b' 00 00)",{m:{f(){return globalThis.ret}}});
for (const r of [[1],[1,2,3],1,'12',null,{},new Set([4,5]),{[Symbol.iterator]:function*(){yield 1;throw new Error('it')}}]) {globalThis.ret=r; t('ret',()=>mr2.b());}
// Many arguments.
const many=exportsOf("01(01 60 0c 7f 7f 7f 7f 7f 7f 7f 7f 7f 7f 7f 7e 01 7f) 02(01 'm' 'f' 00 00) 03(01 00) 07(01 'a' 00 01) 0a(01 (00 20 00 20 01 20 02 20 03 20 04 20 05 20 06 20 07 20 08 20 09 20 0a 20 0b 10 00 0b))",{m:{f(...a){return a.length*100+Number(a[11])+a[10]}}});
t('many',()=>many.a(1,2,3,4,5,6,7,8,9,10,11,12n));t('few args',()=>many.a(1));
t('async trap',()=>{WebAssembly.instantiate(assemble("01(01 60 00 00) 03(01 00) 08(00) 0a(01 (00 00 0b))")).catch(e=>console.log('rejected',e.message));return 1});
t('getter imports',()=>{const log=[];new WebAssembly.Instance(compile("01(01 60 00 00) 02(02 'a' 'x' 00 00 'b' 'y' 00 00)"),{get a(){log.push('a');return {get x(){log.push('x');return ()=>{}}}},get b(){log.push('b');return {get y(){log.push('y');return ()=>{}}}}});return log.join()});
t('class',()=>{class M extends WebAssembly.Memory{get pages(){return this.buffer.byteLength/65536}};const m=new M({initial:2});return [m.pages,m instanceof WebAssembly.Memory,m.grow(1),m.pages].join()});
t('nan bits',()=>{const x=exportsOf("01(01 60 01 7f 01 7f) 03(01 00) 07(01 'n' 00 00) 0a(01 (00 20 00 be bc 0b))");return (x.n(0x7fa00000)>>>0).toString(16)});
t('names',()=>{const x=exportsOf("01(01 60 00 00) 03(01 00) 07(03 '' 00 00 '__proto__' 00 00 '5' 00 00) 0a(01 (00 0b))");return [Object.keys(x).join('|'),x['__proto__']===x[5]].join()});
t('dup',()=>compile("01(01 60 00 00) 03(01 00) 07(02 'a' 00 00 'a' 00 00) 0a(01 (00 0b))"));

// SPDX-License-Identifier: MIT
'use strict';

// The JavaScript API of WebAssembly: what is there, what is refused and with which words.

const W = WebAssembly;
const { inspect } = require('util');
const { assemble, compile: M } = require('./fixtures/wasm_assembler');

function t(label, f) {
  try {
    const r = f();
    console.log(label, '=>', typeof r === 'object' && r ? Object.prototype.toString.call(r) : r);
  } catch (e) {
    console.log(label, '!!', `${e.name}: ${e.message}`);
  }
}

for (const k of Object.getOwnPropertyNames(W)) {
  // JSPI and the streaming functions are looked at elsewhere.
  if (/ing$|^SuspendError$|^JSTag$/.test(k)) continue;
  const d = Object.getOwnPropertyDescriptor(W, k);
  console.log(k, d.writable, d.enumerable, d.configurable, typeof d.value, d.value.length, d.value.name);
  if (!d.value.prototype) continue;
  for (const p of Reflect.ownKeys(d.value.prototype)) {
    const q = Object.getOwnPropertyDescriptor(d.value.prototype, p);
    console.log('   ', String(p), q.value !== undefined ?
      [typeof q.value, q.value.length, q.writable, q.enumerable, q.configurable].join() :
      ['acc', q.get?.name, q.set?.name, q.enumerable, q.configurable].join());
  }
  for (const p of Reflect.ownKeys(d.value))
    if (!['length', 'name', 'prototype'].includes(p)) console.log('   static', String(p), d.value[p]?.length);
}
t('W()',()=>W.Module()); t('newM',()=>new W.Module()); t('newM1',()=>new W.Module(1)); t('newMbuf',()=>new W.Module(new Uint8Array(0)));
t('newMbuf4',()=>new W.Module(new Uint8Array(4)));
t('newMbuf5',()=>new W.Module(new Uint8Array([0,0x61,0x73,0x6d,2,0,0,0])));
t('Instance()',()=>W.Instance());
t('new Instance',()=>new W.Instance());
t('new Instance',()=>new W.Instance({}));
const imp=M("01(01 60 00 00) 02(01 'm' 'f' 00 00)");
t('imp none',()=>new W.Instance(imp));
t('imp num',()=>new W.Instance(imp,1));
t('imp null',()=>new W.Instance(imp,null));
t('imp {}',()=>new W.Instance(imp,{}));
t('imp m:1',()=>new W.Instance(imp,{m:1}));
t('imp m.f:1',()=>new W.Instance(imp,{m:{f:1}}));
t('imp m.f:fn',()=>new W.Instance(imp,{m:{f(){}}}));
t('validate',()=>W.validate());
t('validate1',()=>W.validate(new Uint8Array(3)));
t('validate2',()=>W.validate(assemble("")));
const ef=new W.Instance(M("01(02 60 00 00 60 01 7f 01 7f) 03(02 00 01) 07(02 'a' 00 00 'b' 00 01) 0a(02 (00 0b) (00 20 00 0b))")).exports;
console.log(ef, ef.b(3.7), ef.b.name, ef.b.length, Object.isFrozen(ef), Object.getPrototypeOf(ef), String(ef.b));
t('imp wrong sig',()=>new W.Instance(imp,{m:{f:ef.b}}));
t('imp right sig',()=>new W.Instance(imp,{m:{f:ef.a}}));
t('new fn',()=>new ef.b());
t('ef.b(1n)',()=>ef.b(1n));
t('sym',()=>ef.b(Symbol()));
const iT=M("02(01 'm' 't' 01 70 00 05)");
t('T0',()=>new W.Instance(iT,{m:{t:1}}));
t('T1',()=>new W.Instance(iT,{m:{t:new W.Table({initial:1,element:'anyfunc'})}}));
t('T2',()=>new W.Instance(iT,{m:{t:new W.Table({initial:5,element:'externref'})}}));
const iT2=M("02(01 'm' 't' 01 70 01 05 06)");
t('T3',()=>new W.Instance(iT2,{m:{t:new W.Table({initial:5,element:'anyfunc'})}}));
t('T4',()=>new W.Instance(iT2,{m:{t:new W.Table({initial:5,maximum:9,element:'anyfunc'})}}));
t('T5',()=>new W.Instance(iT2,{m:{t:new W.Table({initial:8,maximum:9,element:'anyfunc'})}}));
const iM=M("02(01 'm' 'm' 02 01 02 03)");
t('M0',()=>new W.Instance(iM,{m:{m:1}}));
t('M1',()=>new W.Instance(iM,{m:{m:new W.Memory({initial:1})}}));
t('M3',()=>new W.Instance(iM,{m:{m:new W.Memory({initial:2,maximum:9})}}));
t('M4',()=>new W.Instance(iM,{m:{m:new W.Memory({initial:2,maximum:3,shared:true})}}));
t('M5',()=>new W.Instance(iM,{m:{m:new W.Memory({initial:4,maximum:9})}}));
const iMs=M("02(01 'm' 'm' 02 03 02 03)");
t('Ms',()=>new W.Instance(iMs,{m:{m:new W.Memory({initial:2,maximum:3})}}));
const iG=M("02(01 'm' 'g' 03 7f 00)");
t('G0',()=>new W.Instance(iG,{m:{g:'x'}}));
t('G1',()=>new W.Instance(iG,{m:{g:1n}}));
t('G2',()=>new W.Instance(iG,{m:{g:new W.Global({value:'i64'})}}));
t('G3',()=>new W.Instance(iG,{m:{g:new W.Global({value:'i32',mutable:true})}}));
t('G4',()=>new W.Instance(iG,{m:{g:2}}));
const iG2=M("02(01 'm' 'g' 03 7e 00)");
t('G5',()=>new W.Instance(iG2,{m:{g:2}}));const iG3=M("02(01 'm' 'g' 03 7e 01)");
t('G6',()=>new W.Instance(iG3,{m:{g:2n}}));
const iG4=M("02(01 'm' 'g' 03 70 00)");
t('G7',()=>new W.Instance(iG4,{m:{g:2n}}));
t('G8',()=>new W.Instance(iG4,{m:{g:null}}));const iG9=M("02(01 'm' 'g' 03 7b 00)");
t('G9',()=>new W.Instance(iG9,{m:{g:2n}}));
const iX=M("01(01 60 00 00) 02(01 'm' 't' 04 00 00)");
t('X0',()=>new W.Instance(iX,{m:{t:1}}));
t('X1',()=>new W.Instance(iX,{m:{t:new W.Tag({parameters:['i32']})}}));
t('data oob',()=>new W.Instance(M("05(01 00 01) 0b(01 00 41 80 80 04 0b 02 'a' 41)".replace("02 'a' 41","'ab'"))));
t('elem oob',()=>new W.Instance(M("01(01 60 00 00) 03(01 00) 04(01 70 00 01) 09(01 00 41 01 0b 01 00) 0a(01 (00 0b))")));
t('start',()=>new W.Instance(M("01(01 60 00 00) 03(01 00) 08(00) 0a(01 (00 00 0b))")));
t('Mem',()=>new W.Memory());
t('Mem1',()=>new W.Memory(1));
t('Mem{}',()=>new W.Memory({}));
t('Mem neg',()=>new W.Memory({initial:-1}));
t('Mem big',()=>new W.Memory({initial:65537}));
t('Mem nan',()=>new W.Memory({initial:'x'}));
t('Mem max',()=>new W.Memory({initial:2,maximum:1}));
t('Mem shared',()=>new W.Memory({initial:2,shared:true}));
t('Mem bi',()=>new W.Memory({initial:2n}));
t('Mem maxbig',()=>new W.Memory({initial:2,maximum:65537}));
t('Mem both',()=>new W.Memory({initial:2,minimum:2}));
t('Mem min',()=>new W.Memory({minimum:2}));
t('mem64',()=>new W.Memory({initial:2n,address:'i64'}));
t('mem64b',()=>new W.Memory({initial:2,address:'i64'}));
t('memaddr',()=>new W.Memory({initial:2,address:'x'}));
const m=new W.Memory({initial:1,maximum:2});
t('grow',()=>m.grow(1));
t('grow2',()=>m.grow(1));
t('grow3',()=>m.grow(-1));
t('grow4',()=>m.grow('x'));
t('grow()',()=>m.grow());
t('bufthis',()=>Object.getOwnPropertyDescriptor(W.Memory.prototype,'buffer').get.call({}));
t('growthis',()=>m.grow.call({}));
t('transfer',()=>structuredClone(m.buffer,{transfer:[m.buffer]}));
t('transfer2',()=>m.buffer.transfer());
t('fixed',()=>[m.toFixedLengthBuffer?.().byteLength,m.toResizableBuffer?.().resizable]);
t('type',()=>JSON.stringify(m.type?.()));
t('Tab',()=>new W.Table());
t('Tab{}',()=>new W.Table({}));
t('Tab el',()=>new W.Table({element:'x'}));
t('Tab ini',()=>new W.Table({element:'anyfunc'}));
t('Tab ini-1',()=>new W.Table({element:'anyfunc',initial:-1}));
t('Tab big',()=>new W.Table({element:'anyfunc',initial:10000001}));
t('Tab max',()=>new W.Table({element:'anyfunc',initial:2,maximum:1}));
const T=new W.Table({element:'anyfunc',initial:2,maximum:3});
t('get',()=>T.get(2));
t('get0',()=>T.get(0));
t('get()',()=>T.get());
t('set',()=>T.set(0,ef.b));
t('get0',()=>T.get(0)===ef.b);
t('set1',()=>T.set(0,()=>1));
t('set2',()=>T.set(5,null));
t('set3',()=>T.set(0));
t('grow',()=>T.grow(1));
t('grow',()=>T.grow(1));
t('len',()=>T.length);
t('Tinit',()=>new W.Table({element:'anyfunc',initial:2},1));
t('Tset undefined',()=>T.set(0,undefined));
t('T.grow val',()=>T.grow(0,1));
t('Glob',()=>new W.Global());
t('Glob{}',()=>new W.Global({}));
t('Globx',()=>new W.Global({value:'x'}));
t('Globv',()=>new W.Global({value:'v128'}).value);
t('Globi',()=>new W.Global({value:'i32'},3.5).value);
t('Globi64',()=>new W.Global({value:'i64'},3).value);const g=new W.Global({value:'i32'},1);
t('Gset',()=>g.value=1);
t('Gset',()=>{const g=new W.Global({value:'i64',mutable:true});g.value=1});
t('Gext',()=>new W.Global({value:'externref'}).value);
t('Gany',()=>new W.Global({value:'anyfunc'}).value);
t('valueOf',()=>g.valueOf());
t('Gthis',()=>g.valueOf.call(1));
t('Gany1',()=>new W.Global({value:'anyfunc'},1).value);
t('Tag',()=>new W.Tag());
t('Tag1',()=>new W.Tag({}));
t('Tag2',()=>new W.Tag({parameters:['x']}));
t('Tag3',()=>new W.Tag({parameters:['i32']}));const tag=new W.Tag({parameters:['i32','i64']});
t('Exc',()=>new W.Exception());
t('Exc1',()=>new W.Exception(tag));
t('Exc2',()=>new W.Exception(tag,[1]));
t('Exc3',()=>new W.Exception(tag,[1,1]));const x=new W.Exception(tag,[1,1n]);
t('is',()=>x.is(tag));
t('getArg',()=>x.getArg(tag,1));
t('getArg2',()=>x.getArg(tag,2));
t('getArg3',()=>x.getArg(new W.Tag({parameters:[]}),0));
t('is1',()=>x.is(1));
t('stack',()=>x.stack);
t('stack2',()=>new W.Exception(tag,[1,1n],{traceStack:true}).stack?.split('\n')[0]);
t('JSTagexc',()=>new W.Exception(W.JSTag,[1]));
t('JSTag',()=>Object.keys(W.JSTag));
t('exports',()=>JSON.stringify(W.Module.exports(imp))+JSON.stringify(W.Module.imports(imp)));
t('imports',()=>W.Module.imports());
t('custom',()=>W.Module.customSections(imp));
t('custom',()=>W.Module.customSections(imp,'x').length);
t('modexp',()=>JSON.stringify(W.Module.exports(new W.Module(assemble("01(01 60 01 7f 00) 03(01 00) 05(01 00 01) 07(02 'a' 00 00 'b' 02 00) 0a(01 (00 0b))")))));
t('v128 call',()=>new W.Instance(M("01(01 60 01 7b 00) 03(01 00) 07(01 'a' 00 00) 0a(01 (00 0b))")).exports.a(1));
console.log(inspect([m,T,g,imp,tag,x,new W.Instance(iG,{m:{g:2}})]));


(async () => {
  for (const [label, f] of [
    ['module, no imports', () => W.instantiate(imp, {})],
    ['bytes, no module', () => W.instantiate(assemble("01(01 60 00 00) 02(01 'm' 'f' 00 00)"), {})],
    ['bytes, no imports', () => W.instantiate(assemble("01(01 60 00 00) 02(01 'm' 'f' 00 00)"))],
    ['number', () => W.instantiate(1)], ['nothing', () => W.instantiate()],
    ['imports 1', () => W.instantiate(imp, 1)], ['compile', () => W.compile()],
    ['compile 3 bytes', () => W.compile(new Uint8Array(3))], ['compiled', () => W.compile(assemble(''))],
    ['instantiated', () => W.instantiate(assemble(''))], ['instance', () => W.instantiate(new W.Module(assemble('')))],
  ]) {
    await f().then((r) => console.log(label, r), (e) => console.log(label, e.name, e.message));
  }
})();

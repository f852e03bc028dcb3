// SPDX-License-Identifier: MIT
'use strict';

// WebAssembly.compileStreaming and instantiateStreaming: what they read, what they refuse.

const h=(t)=>({headers:{'content-type':t}});
const ok=new Uint8Array([0,0x61,0x73,0x6d,1,0,0,0]);
(async () => {
  for (const [l,s] of [['num',1],['und',undefined],['rej',Promise.reject(new Error('x'))],['mime',new Response(ok)],['mime2',new Response(ok,h('application/wasm;charset=x'))],['status',new Response(ok,{status:404,...h('application/wasm')})],['null',new Response(null,h('application/wasm'))],['empty',new Response('',h('application/wasm'))],['bad',new Response('abcd',h('application/wasm'))],['bad8',new Response('abcdefgh',h('application/wasm'))],['short',new Response(ok.slice(0,6),h('application/wasm'))],['ok',new Response(ok,h('application/wasm'))],['okp',Promise.resolve(new Response(ok,h('APPLICATION/WASM')))]]) {
for (const f of ['compileStreaming','instantiateStreaming']) await WebAssembly[f](l==='rej'?s:(s instanceof Response? s.clone():s)).then(r=>console.log(l,f,r),e=>console.log(l,f,e.name,e.code,e.message))}
const used=new Response(ok,h('application/wasm'));await used.text();await WebAssembly.compileStreaming(used).catch(e=>console.log(e.name,e.code,e.message));
const stream=new Response(new ReadableStream({start(c){c.enqueue(ok.slice(0,3));c.enqueue(ok.slice(3));c.close()}}),h('application/wasm'));console.log(await WebAssembly.compileStreaming(stream));
const err=new Response(new ReadableStream({start(c){c.enqueue(ok.slice(0,3));c.error(new Error('boom'))}}),h('application/wasm'));await WebAssembly.compileStreaming(err).catch(e=>console.log(e.name,e.code,e.message));
const str=new Response(new ReadableStream({start(c){c.enqueue('abc');c.close()}}),h('application/wasm'));await WebAssembly.compileStreaming(str).catch(e=>console.log(e.name,e.code,e.message));
await WebAssembly.instantiateStreaming(new Response(ok,h('application/wasm')),1).catch(e=>console.log(e.name,e.code,e.message));
})();

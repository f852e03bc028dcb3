// SPDX-License-Identifier: MIT
'use strict';

// Resizable buffers of memories grow them, by whole pages; they track what memory.grow does.

const P = 65536;
function t(label, f) {
  try {
    console.log(label, f());
  } catch (e) {
    console.log(label, `${e.name}: ${e.message}`);
  }
}
for (const shared of [false,true]) {
const m=new WebAssembly.Memory({initial:1,maximum:4,shared}); const b=m.toResizableBuffer(); const r=shared?'grow':'resize';
console.log(b.constructor.name,b.byteLength,b.maxByteLength,b.resizable??b.growable,m.buffer===b, Object.isFrozen(b), Object.isExtensible(b));
t('1',()=>b[r](1)); t('P-1',()=>b[r](P-1)); t('same',()=>b[r](P)); t('P+1',()=>b[r](P+1)); t('2P',()=>{b[r](2*P);return [b.byteLength,m.buffer.byteLength,m.buffer===b]});
t('shrink',()=>b[r](P)); t('mgrow',()=>{m.grow(1);return [b.byteLength,m.buffer===b]}); t('5P',()=>b[r](5*P)); const u=new Uint8Array(b); t('track',()=>{const l=u.length;m.grow(1);return [l,u.length]});
const f=m.toFixedLengthBuffer(); t('fixed',()=>[f.byteLength,f.resizable??f.growable,m.buffer===f,b.detached,b.byteLength, m.toFixedLengthBuffer()===f]);
t('trans',()=>f.transfer?.());
}
t('nomax',()=>new WebAssembly.Memory({initial:1}).toResizableBuffer().maxByteLength);
t('clone', () => {
  const buffer = new WebAssembly.Memory({ initial: 1, maximum: 65536 }).toResizableBuffer();
  structuredClone(buffer, { transfer: [buffer] });
});

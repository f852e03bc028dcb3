// SPDX-License-Identifier: MIT
// What caches answer: `in` as properties come and go, elements behind the last of longer arrays, toLowerCase of names.
const o={a:1,get b(){return 2}}; const p=Object.create(o); p.c=3; const q=Object.create(null);
console.log('a' in p,'b' in p,'c' in p,'d' in p,'toString' in p,'a' in q,0 in [1],1 in [1],'length' in [], 'x' in new Proxy({}, {has(){return true}}), Symbol.iterator in []);
o.d=1; console.log('d' in p); delete o.d; console.log('d' in p); q.a=1; console.log('a' in q); delete q.a; console.log('a' in q);
const a=new Array(3); a[0]=1; a[1]=2; console.log(a, a.length); a[2]=3; a[3]=4; console.log(a.length, a); const z=[]; z.length=5; for (let i=0;i<7;i++) z[i]=i; console.log(z, z.length);
const fz=Object.freeze([1,2]); try{ 'use strict'; fz[2]=3 }catch(e){console.log(e.message)} console.log(fz.length);
const ro=[1,2,3]; Object.defineProperty(ro,'length',{writable:false}); ro[3]=1; console.log(ro.length); ro.length; 
for (let i=0;i<3;i++) console.log('Content-Type'.toLowerCase(), 'ABC'.toLowerCase(), 'abc'.toLowerCase(), 'ÀÉ'.toLowerCase(), '12'.toLowerCase(), 'İ'.toLowerCase().length);

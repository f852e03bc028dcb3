// SPDX-License-Identifier: MIT
// Calls whose last arguments are variables, loops that count beyond small integers, switches over sparse constants.
function f(a,b,c){ return [this===undefined||this===globalThis, a,b,c, arguments.length].join() }
const o={f, g(a,b){return [this===o,a,b].join()}};
let x=1,y=2; function t(p,q){ console.log(f(p), f(p,q), f(1,p), f(p,1), f(1,p,q), f(p,q,p,q), o.f(p), o.g(p,q), o.g(q), f(p=5,p), o.g(p,p=7)); }
t(3,4); t(8,9);
for (let i=0;i<3;i++) console.log(i); var s=0; for (var k=2147483645;k<2147483649;k++) s+=k; console.log(s,k);
for (let d=0.5; d<3; d++) console.log(d); for (let b=0n;b<3n;b++) console.log(b);
try { for (let q=Symbol(); q<3; q++); } catch(e){console.log(e.message)}
let n=null; if (n===null) console.log('null'); if (n!==null) console.log('bad'); if (x!==null) console.log('ok');
for (let i=0, m=[1,2,3].length; i<m; ++i) console.log(i, m);
function cap(){ const fs=[]; for (let i=0;i<3;i++) fs.push(()=>i); return fs.map(f=>f()) } console.log(cap());
for (let v="1"; v<3; v++) console.log(v);
switch(47){case 9:case 32:case 160: case 10: console.log('no');break; default: console.log('default')}
function sw(c){switch(c){case 9:return 'tab';case 63:return 'q';case 32:case 12:return 'sp';case 160:return 'nb';case 0xfeff:return 'bom';case 'x': return 'x'; case null: return 'null'} return 'none'}
console.log([9,63,32,12,160,0xfeff,'x',null,10,11,9.0,12.5,-1,1000,NaN,undefined].map(sw).join());

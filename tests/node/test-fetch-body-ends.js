// SPDX-License-Identifier: MIT
'use strict';
// How the bodies of answers end: well, cut off, undecodable, aborted, looked at late.
const http=require('http');const s=http.createServer((q,r)=>{if(q.url==='/cut'){r.writeHead(200,{'content-length':100});r.write('abc');setTimeout(()=>r.destroy(),20)}else if(q.url==='/gz'){r.writeHead(200,{'content-encoding':'gzip'});r.end(require('zlib').gzipSync('hello'))}else if(q.url==='/badgz'){r.writeHead(200,{'content-encoding':'gzip'});r.end('nope nope')}else if(q.url==='/slow'){r.write('a');setTimeout(()=>r.end('b'),50)}else r.end('ok')}).listen(0,async()=>{const u=p=>'http://127.0.0.1:'+s.address().port+p;
for(const p of ['/ok','/cut','/gz','/badgz','/slow'])try{const r=await fetch(u(p));console.log(p,r.status,await r.text())}catch(e){console.log(p,e.name,e.message,e.cause?.code,e.cause?.message)}
{const c=new AbortController();try{const r=await fetch(u('/slow'),{signal:c.signal});setTimeout(()=>c.abort(),10);await r.text()}catch(e){console.log(e.name,e.message)}}
{const r=await fetch(u('/cut'));await new Promise(r=>setTimeout(r,60));try{console.log(await r.text())}catch(e){console.log('late',e.name,e.message,e.cause?.code)}}
{const r=await fetch(u('/ok'));await new Promise(r=>setTimeout(r,60));console.log('late ok',await r.text())}
{const c=new AbortController();const r=await fetch(u('/ok'),{signal:c.signal});c.abort();try{console.log(await r.text())}catch(e){console.log('ab',e.name)}}
process.exit()});

// SPDX-License-Identifier: MIT
// net.Socket with onread: one buffer, and a function that gives one after the other; pausing by the answer false.
'use strict';
const net=require('net');
const log=(...a)=>console.log(...a);
const s=net.createServer((c)=>{ c.end('hello brave new world');});
s.listen(0,'127.0.0.1',()=>{
  const port=s.address().port;
  let n=0;
  const b=Buffer.alloc(8);
  const c=net.connect({port,host:'127.0.0.1',onread:{buffer:b,callback(k,buf){ log('cb',k,buf===b,buf.toString('latin1',0,k)); if(++n===2){ setTimeout(()=>{log('resume'); c.resume();},20); return false;} return true; }}});
  c.on('data',()=>log('data')); c.on('end',()=>{log('end', c.bytesRead); two(port);});
});
function two(port){
  let pool=[Buffer.alloc(2),Buffer.alloc(3)],i=0,calls=0;
  const c=net.connect({port,host:'127.0.0.1',onread:{buffer:()=>{calls++; return pool[i++%2];},callback(k,buf){ log('cb',k,pool.includes(buf),Buffer.from(buf.subarray(0,k)).toString()); }}});
  c.on('end',()=>{log('end',calls)}); c.on('close',()=>{log('close');s.close()});
}

// flags: --no-warnings
// fetch over real sockets: bodies of every kind, redirects, codings, abortion, schemes, errors as programs see them.
'use strict';
const http=require('http'), util=require('util');
async function t(name, f){ try { const r = await Promise.race([f(), new Promise((_,j)=>setTimeout(j,20000,new Error('HANG')).unref())]); console.log(name, '=>', typeof r === 'object' && r!==null ? util.inspect(r,{depth:2}) : r); } catch (e) { console.log(name, '!!', e?.name, e?.code, e?.message, e?.constructor?.name, '| cause', e?.cause?.name, e?.cause?.code, e?.cause?.message); } }
const srv=http.createServer((q,s)=>{
  let b=[];q.on('data',d=>b.push(d));q.on('end',()=>{
    b=Buffer.concat(b);
    const u=new URL(q.url,'http://x');
    if(u.pathname==='/echo'){ const h={...q.headers}; delete h.host; if (/boundary/.test(h['content-type'])) { h['content-type'] = 'multipart/form-data'; delete h['content-length']; } s.setHeader('content-type','application/json'); s.end(JSON.stringify({m:q.method,h,raw:q.rawHeaders.filter((x,i)=>i%2==0),b:b.toString('latin1').replace(/-{4,}[^\r\n;"]*/g,'BOUNDARY')})); }
    else if(u.pathname==='/redir'){ s.writeHead(+(u.searchParams.get('s')||302),{location:u.searchParams.get('to')}); s.end('redir'); }
    else if(u.pathname==='/redirnoloc'){ s.writeHead(302); s.end('noloc'); }
    else if(u.pathname==='/loop'){ s.writeHead(302,{location:'/loop'}); s.end(); }
    else if(u.pathname==='/enc'){ const z=require('zlib'); const e=u.searchParams.get('e'); s.setHeader('content-encoding',e); let d=Buffer.from('hello '.repeat(10)); for(const x of e.split(/,\s*/)) d = x==='gzip'?z.gzipSync(d):x==='deflate'?z.deflateSync(d):x==='rawdeflate'?z.deflateRawSync(d):x==='br'?z.brotliCompressSync(d):d; s.end(d); }
    else if(u.pathname==='/rawdeflate'){ s.setHeader('content-encoding','deflate'); s.end(require('zlib').deflateRawSync('raw deflate')); }
    else if(u.pathname==='/badgzip'){ s.setHeader('content-encoding','gzip'); s.end('not gzip'); }
    else if(u.pathname==='/truncated'){ s.setHeader('content-length','100'); s.write('abc'); setTimeout(()=>s.destroy(),20); }
    else if(u.pathname==='/slow'){ s.write('a'); setTimeout(()=>{s.end('b')},300); }
    else if(u.pathname==='/never'){ }
    else if(u.pathname==='/close'){ s.destroy(); }
    else if(u.pathname==='/cookies'){ s.setHeader('set-cookie',['a=1','b=2']); s.end('c'); }
    else if(u.pathname==='/form'){ s.setHeader('content-type','application/x-www-form-urlencoded'); s.end('a=1&b=2+3&a=%C3%A9'); }
    else if(u.pathname==='/204'){ s.statusCode=204; s.statusMessage='Nada'; s.end(); }
    else if(u.pathname==='/teapot'){ s.writeHead(418); s.end('tea'); }
    else if(u.pathname==='/latin'){ s.setHeader('content-type','text/plain; charset=latin1'); s.end(Buffer.from([0xe9])); }
    else { s.setHeader('content-type','text/plain;charset=UTF-8'); s.setHeader('x-a','1'); s.end('hello'); }
  });
});
srv.listen(0,async()=>{
const P=srv.address().port, B=`http://localhost:${P}`;
const N=(s)=>String(s).replaceAll(String(P),'PORT');
const insp=(v)=>N(util.inspect(v,{depth:3}));
await t('basic',async()=>{const r=await fetch(B+'/');const x=insp(r).replace(/date: '[^']*'/,'date'); const y=[r.status,r.statusText,r.ok,N(r.url),r.redirected,r.type,r.bodyUsed,r.headers.get('x-a')];console.log(x);console.log(y);const txt=await r.text();console.log(r.bodyUsed, r.body);return txt});
await t('echo get',async()=>(await fetch(B+'/echo')).json());
await t('echo post str',async()=>(await fetch(B+'/echo',{method:'POST',body:'héllo'})).json());
await t('echo post json',async()=>(await fetch(B+'/echo',{method:'post',headers:{'Content-Type':'application/json','X-Custom':'A'},body:'{}'})).json());
await t('echo post usp',async()=>(await fetch(B+'/echo',{method:'POST',body:new URLSearchParams({a:'1 2',b:'é'})})).json());
await t('echo post form',async()=>{const f=new FormData();f.append('a','1\n2');f.append('é"q','x');f.append('f',new File(['file!'],'n"ame.txt',{type:'text/plain'}));f.append('g',new Blob(['b']));return (await fetch(B+'/echo',{method:'POST',body:f})).json()});
await t('echo post blob',async()=>(await fetch(B+'/echo',{method:'POST',body:new Blob(['xyz'],{type:'a/b'})})).json());
await t('echo post buf',async()=>(await fetch(B+'/echo',{method:'POST',body:Buffer.from('buf')})).json());
await t('echo post ab',async()=>(await fetch(B+'/echo',{method:'POST',body:new Uint8Array([65,66]).buffer})).json());
await t('echo post rs',async()=>(await fetch(B+'/echo',{method:'POST',duplex:'half',body:new ReadableStream({start(c){c.enqueue(new TextEncoder().encode('st'));c.enqueue(Buffer.from('ream'));c.close()}})})).json());
await t('echo post rs nodup',async()=>(await fetch(B+'/echo',{method:'POST',body:new ReadableStream()})).json());
await t('echo post rs str',async()=>(await fetch(B+'/echo',{method:'POST',duplex:'half',body:new ReadableStream({start(c){c.enqueue('st');c.close()}})})).json());
await t('echo post ait',async()=>(await fetch(B+'/echo',{method:'POST',duplex:'half',body:(async function*(){yield Buffer.from('x');yield 'y'})()})).json());
await t('echo post node stream',async()=>(await fetch(B+'/echo',{method:'POST',duplex:'half',body:require('stream').Readable.from([Buffer.from('n1'),Buffer.from('n2')])})).json());
await t('echo post num',async()=>(await fetch(B+'/echo',{method:'POST',body:12})).json());
await t('echo post null',async()=>(await fetch(B+'/echo',{method:'POST'})).json());
await t('echo put empty',async()=>(await fetch(B+'/echo',{method:'PUT',body:''})).json());
await t('get body',async()=>fetch(B+'/echo',{body:'x'}));
await t('bad method',async()=>fetch(B+'/echo',{method:'bad method'}));
await t('trace',async()=>fetch(B+'/echo',{method:'TRACE'}));
await t('bad url',async()=>fetch('nope'));
await t('cred url',async()=>fetch('http://a:b@localhost/'));
await t('scheme',async()=>fetch('ftp://localhost/'));
await t('file',async()=>fetch('file:///etc/hostname'));
await t('about',async()=>fetch('about:blank'));
await t('bad port',async()=>fetch('http://localhost:25/'));
await t('refused',async()=>fetch('http://127.0.0.1:1/'));
await t('refused2',async()=>fetch('http://127.0.0.1:59999/'));
await t('refused3',async()=>fetch('http://localhost:59999/'));
await t('dns',async()=>fetch('http://nonexistent.invalid/'));
await t('close',async()=>fetch(B+'/close'));
await t('truncated',async()=>{const r=await fetch(B+'/truncated');return r.text()});
await t('204',async()=>{const r=await fetch(B+'/204');return [r.status,r.statusText,r.body,await r.text()]});
await t('418',async()=>{const r=await fetch(B+'/teapot');return [r.status,r.statusText,r.ok]});
await t('head',async()=>{const r=await fetch(B+'/',{method:'HEAD'});return [r.status,r.body,await r.text()]});
await t('redirect',async()=>{const r=await fetch(B+'/redir?to=/echo');return [r.status,N(r.url),r.redirected]});
await t('redirect post 302',async()=>(await fetch(B+'/redir?to=/echo',{method:'POST',body:'x',headers:{'content-type':'q/r'}})).json());
await t('redirect post 307',async()=>(await fetch(B+'/redir?s=307&to=/echo',{method:'POST',body:'x',headers:{'content-type':'q/r'}})).json());
await t('redirect post 308 stream',async()=>(await fetch(B+'/redir?s=308&to=/echo',{method:'POST',duplex:'half',body:new ReadableStream({start(c){c.enqueue(Buffer.from('a'));c.close()}})})).json());
await t('redirect put 303',async()=>(await fetch(B+'/redir?s=303&to=/echo',{method:'PUT',body:'x'})).json());
await t('redirect error',async()=>fetch(B+'/redir?to=/echo',{redirect:'error'}));
await t('redirect manual',async()=>{const r=await fetch(B+'/redir?to=/echo',{redirect:'manual'});return [r.status,r.type,r.headers.get('location'),N(r.url),await r.text()]});
await t('redirect noloc',async()=>{const r=await fetch(B+'/redirnoloc');return [r.status,await r.text()]});
await t('redirect loop',async()=>fetch(B+'/loop'));
await t('redirect cross',async()=>(await fetch(B+'/redir?to='+encodeURIComponent(`http://127.0.0.1:${P}/echo`),{headers:{authorization:'secret',cookie:'c','x-keep':'1'}})).json());
await t('redirect same',async()=>(await fetch(B+'/redir?to=/echo',{headers:{authorization:'secret',cookie:'c','x-keep':'1'}})).json());
await t('redirect bad scheme',async()=>fetch(B+'/redir?to=ftp://x/'));
await t('redirect cred',async()=>fetch(B+'/redir?to='+encodeURIComponent(`http://a:b@127.0.0.1:${P}/echo`)));
await t('redirect hash',async()=>{const r=await fetch(B+'/redir?to=/echo#zz');return N(r.url)});
await t('redirect hash2',async()=>{const r=await fetch(B+'/redir?to='+encodeURIComponent('/echo')+'#frag');return N(r.url)});
for (const e of ['gzip','deflate','br','x-gzip','identity','gzip, br','unknown']) await t('enc '+e,async()=>{const r=await fetch(B+'/enc?e='+encodeURIComponent(e));return [r.headers.get('content-encoding'),(await r.text()).slice(0,20)]});
await t('rawdeflate',async()=>(await fetch(B+'/rawdeflate')).text());
await t('badgzip',async()=>(await fetch(B+'/badgzip')).text());
await t('abort pre',async()=>fetch(B+'/',{signal:AbortSignal.abort()}));
await t('abort pre reason',async()=>fetch(B+'/',{signal:AbortSignal.abort(new Error('mine'))}));
await t('abort mid',async()=>{const ac=new AbortController();setTimeout(()=>ac.abort(),30);return fetch(B+'/never',{signal:ac.signal})});
await t('abort str',async()=>{const ac=new AbortController();setTimeout(()=>ac.abort('str'),30);return fetch(B+'/never',{signal:ac.signal})});
await t('abort timeout',async()=>fetch(B+'/never',{signal:AbortSignal.timeout(30)}));
await t('abort body',async()=>{const ac=new AbortController();const r=await fetch(B+'/slow',{signal:ac.signal});setTimeout(()=>ac.abort(),20);return r.text()});
await t('abort body reader',async()=>{const ac=new AbortController();const r=await fetch(B+'/slow',{signal:ac.signal});const rd=r.body.getReader();await rd.read();setTimeout(()=>ac.abort(new Error('own')),20);return rd.read()});
await t('body cancel',async()=>{const r=await fetch(B+'/slow');await r.body.cancel();return [r.bodyUsed]});
await t('body stream',async()=>{const r=await fetch(B+'/slow');const o=[];for await(const c of r.body)o.push(c);return o});
await t('body insp',async()=>{const r=await fetch(B+'/');const x=r.body;return x});
await t('clone',async()=>{const r=await fetch(B+'/');const c=r.clone();return [await r.text(),await c.text()]});
await t('clone used',async()=>{const r=await fetch(B+'/');await r.text();return r.clone()});
await t('text twice',async()=>{const r=await fetch(B+'/');await r.text();return r.text()});
await t('json bad',async()=>{const r=await fetch(B+'/');return r.json()});
await t('locked',async()=>{const r=await fetch(B+'/');r.body.getReader();return r.text()});
await t('bytes',async()=>(await fetch(B+'/')).bytes());
await t('ab',async()=>(await fetch(B+'/')).arrayBuffer());
await t('blob',async()=>{const b=await (await fetch(B+'/')).blob();return [b,await b.text()]});
await t('formData urlenc',async()=>[...(await (await fetch(B+'/form')).formData())]);
await t('formData wrong',async()=>(await fetch(B+'/')).formData());
await t('cookies',async()=>{const r=await fetch(B+'/cookies');return [r.headers.get('set-cookie'),r.headers.getSetCookie(),[...r.headers].filter(x=>x[0]==='set-cookie')]});
await t('latin',async()=>(await fetch(B+'/latin')).text());
await t('data',async()=>{const r=await fetch('data:text/plain;base64,aGk=');return [r.status,r.url,r.headers.get('content-type'),await r.text(),r.type]});
await t('data2',async()=>{const r=await fetch('data:,a%20b');return [r.status,r.headers.get('content-type'),await r.text()]});
await t('data bad',async()=>fetch('data:text/plain;base64,%%%'));
await t('blob url',async()=>{const u=URL.createObjectURL(new Blob(['bb'],{type:'t/x'}));const r=await fetch(u);return [r.status,r.statusText,[...r.headers],await r.text()]});
await t('blob url range',async()=>{const u=URL.createObjectURL(new Blob(['abcdef'],{type:'t/x'}));const r=await fetch(u,{headers:{range:'bytes=1-3'}});return [r.status,r.statusText,[...r.headers],await r.text()]});
await t('blob url revoked',async()=>{const u=URL.createObjectURL(new Blob(['bb']));URL.revokeObjectURL(u);return fetch(u)});
await t('integrity ok',async()=>(await fetch(B+'/',{integrity:'sha256-'+require('crypto').createHash('sha256').update('hello').digest('base64')})).text());
await t('integrity bad',async()=>fetch(B+'/',{integrity:'sha256-AAAA'}));
await t('request obj',async()=>(await fetch(new Request(B+'/echo',{method:'POST',body:'rq',headers:{a:'b'}}))).json());
await t('request obj override',async()=>(await fetch(new Request(B+'/echo',{method:'POST',body:'rq',headers:{a:'b'}}),{body:'over',headers:{c:'d'}})).json());
await t('forbidden',async()=>(await fetch(B+'/echo',{headers:{host:'x.y','content-length':'3','connection':'close','cookie':'k','user-agent':'me','accept-language':'de'}})).json());
await t('mode',async()=>(await fetch(B+'/echo',{mode:'no-cors',cache:'no-store',referrer:'about:client',credentials:'omit',keepalive:true})).json());
await t('url obj',async()=>(await fetch(new URL(B+'/echo'))).status);
await t('concurrent',async()=>{const rs=await Promise.all(Array.from({length:20},(_, i)=>fetch(B+'/').then(r=>r.text())));return rs.length});
await t('init bad',async()=>fetch(B+'/',1));
await t('header bad',async()=>fetch(B+'/',{headers:{'a b':'c'}}));
await t('header badv',async()=>fetch(B+'/',{headers:{'a':'c\n\nd'}}));
await t('redirect bad',async()=>fetch(B+'/',{redirect:'x'}));
await t('signal bad',async()=>fetch(B+'/',{signal:1}));
await t('this',async()=>{const {fetch:f}=globalThis;return (await f.call(undefined,B+'/')).status});
console.log(fetch.name,fetch.length,util.inspect(Object.getOwnPropertyDescriptor(globalThis,'fetch')));
srv.close();srv.closeAllConnections();
});

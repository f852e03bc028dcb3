// SPDX-License-Identifier: MIT
'use strict';

// querystring, string_decoder, punycode, os, diagnostics_channel.
// Each line is an expression and what Node 26 makes of it (as text), recorded. Silent when all agree.

const querystring = require('querystring');
const string_decoder = require('string_decoder');
const punycode = require('punycode');
const os = require('os');
const util = require('util');
const { check } = require('./fixtures/expressions');

check(() => (querystring.parse('a=1&b=2&a=3&c&=d&e=%20x+y&f=%zz')),
  "[Object: null prototype] { a: [ '1', '3' ], b: '2', c: '', '': 'd', e: ' x y', f: '%zz' }");
check(() => (querystring.parse('a:1;b:2',';',':')),
  "[Object: null prototype] { a: '1', b: '2' }");
check(() => (querystring.parse('a=1&b=2&c=3',null,null,{maxKeys:2})),
  "[Object: null prototype] { a: '1', b: '2' }");
check(() => (querystring.parse('a=%E4%BD%A0&b=%ff')),
  "[Object: null prototype] { a: '\u4f60', b: '\ufffd' }");
check(() => (querystring.parse('a=b=c&d==e')),
  "[Object: null prototype] { a: 'b=c', d: '=e' }");
check(() => (querystring.parse('')),
  "[Object: null prototype] {}");
check(() => (querystring.parse('&&a=1&&')),
  "[Object: null prototype] { a: '1' }");
check(() => (querystring.parse('a%20b=c%20d')),
  "[Object: null prototype] { 'a b': 'c d' }");
check(() => (querystring.parse('a=1',null,null,{decodeURIComponent:x=>x+'!'})),
  "[Object: null prototype] { 'a!': '1!' }");
check(() => (querystring.stringify({a:1,b:'x y',c:[1,2],d:true,e:null,f:undefined,g:NaN,h:5n,'i j':'é你😀'})),
  "a=1&b=x%20y&c=1&c=2&d=true&e=&f=&g=&h=5&i%20j=%C3%A9%E4%BD%A0%F0%9F%98%80");
check(() => (querystring.stringify({a:1,b:2},';',':')),
  "a:1;b:2");
check(() => (querystring.stringify('x')),
  "");
check(() => (querystring.escape("a!'()*-._~ /?")),
  "a!'()*-._~%20%2F%3F");
check(() => (querystring.unescape('%41%zz')),
  "A%zz");
check(() => (querystring.unescapeBuffer('a%20b+').toString()),
  "a b+");
check(() => ((()=>{try{querystring.escape('\ud800')}catch(e){return e.message+e.code}})()),
  "URI malformedERR_INVALID_URI");
check(() => ((()=>{const d=new string_decoder.StringDecoder('utf8');return [d.write(Buffer.from([0xe2,0x82])),d.lastNeed,d.lastTotal,d.write(Buffer.from([0xac])),d.end(Buffer.from([0xe2]))]})()),
  "[ '', 1, 3, '\u20ac', '\ufffd' ]");
check(() => ((()=>{const d=new string_decoder.StringDecoder('base64');return [d.write(Buffer.from('a')),d.write(Buffer.from('bcd')),d.end()]})()),
  "[ '', 'YWJj', 'ZA==' ]");
check(() => ((()=>{const d=new string_decoder.StringDecoder('utf16le');return [d.write(Buffer.from([0x61,0,0x3d])),d.write(Buffer.from([0xd8,0x4d,0xdc])),d.end()]})()),
  "[ 'a', '\ud83d\udc4d', '' ]");
check(() => ((()=>{const d=new string_decoder.StringDecoder('hex');return [d.write(Buffer.from('ab')),d.end(),d.encoding]})()),
  "[ '6162', '', 'hex' ]");
check(() => ((()=>{try{new string_decoder.StringDecoder('nope')}catch(e){return e.message}})()),
  "Unknown encoding: nope");
check(() => ((()=>{try{new string_decoder.StringDecoder().write(5)}catch(e){return e.message}})()),
  "The \"buf\" argument must be an instance of Buffer, TypedArray, or DataView. Received type number (5)");
check(() => (punycode.encode('mañana')),
  "maana-pta");
check(() => (punycode.decode('maana-pta')),
  "ma\u00f1ana");
check(() => (punycode.toASCII('mañana.com')),
  "xn--maana-pta.com");
check(() => (punycode.toUnicode('xn--maana-pta.com')),
  "ma\u00f1ana.com");
check(() => (punycode.encode('☃-⌘')),
  "--dqo34k");
check(() => (punycode.toASCII('джумла@джpумлатест.bрфa')),
  "\u0434\u0436\u0443\u043c\u043b\u0430@xn--p-8sbkgc5ag7bhce.xn--ba-lmcq");
check(() => (punycode.ucs2.decode('\ud83d\ude00a')),
  "[ 128512, 97 ]");
check(() => ((()=>{try{punycode.decode('\x80')}catch(e){return e.message}})()),
  "Invalid input");
check(() => (Object.keys(os).join()),
  "arch,availableParallelism,cpus,endianness,freemem,getPriority,homedir,hostname,loadavg,networkInterfaces,platform,release,setPriority,tmpdir,totalmem,type,userInfo,uptime,version,machine,constants,EOL,devNull");
check(() => (os.EOL+os.devNull+os.type()+os.platform()+os.endianness()),
  "\n/dev/nullLinuxlinuxLE");
check(() => (`${os.hostname}`===os.hostname()),
  "true");
check(() => (os.cpus().length>0),
  "true");
check(() => ((()=>{const dc=require('diagnostics_channel');const c=dc.channel('x'),o=[];const f=(m,n)=>o.push(m,n);c.subscribe(f);c.publish(1);c.unsubscribe(f);c.publish(2);return [o,c.hasSubscribers,dc.hasSubscribers('x'),c===dc.channel('x')]})()),
  "[ [ 1, 'x' ], false, false, true ]");
check(() => ((()=>{const dc=require('diagnostics_channel');const t=dc.tracingChannel('y'),o=[];t.subscribe({start(m){o.push('s',m)},end(){o.push('e')},error(){o.push('err')}});try{t.traceSync(()=>{throw 1},{a:1})}catch(e){o.push(e)};o.push(t.traceSync(x=>x+1,{},null,5));return o})()),
  "[ 's', { a: 1, error: 1 }, 'err', 'e', 1, 's', { result: 6 }, 'e', 6 ]");
check(() => (Object.keys(require('constants')).length>100),
  "true");
check(() => (require('sys')===util),
  "true");

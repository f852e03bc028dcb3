// SPDX-License-Identifier: MIT
'use strict';

// util's functions: format, isDeepStrictEqual, promisify, parseArgs, styleText, MIMEType, text coding.
// Each line is an expression and what Node 26 makes of it (as text), recorded. Silent when all agree.

const util = require('util');
const { inspect } = util;
const { check } = require('./fixtures/expressions');

check(() => (util.format('%s %d %i %f %j %o %O %c %%', 'a', 1.5, 1.9, '2.5', {a:1}, {b:[1]}, {c:1}, 'css')),
  "a 1.5 1 2.5 {\"a\":1} { b: [ 1, [length]: 1 ] } { c: 1 }  %");
check(() => (util.format('a', 'b', {c:1})),
  "a b { c: 1 }");
check(() => (util.format('%s', null, undefined)),
  "null undefined");
check(() => (util.format('%s', {a:{b:1}})),
  "{ a: [Object] }");
check(() => (util.format('%s', class A{})),
  "class A{}");
check(() => (util.format('%s', function foo(){})),
  "function foo(){}");
check(() => (util.format('%s', Symbol('x'))),
  "Symbol(x)");
check(() => (util.format('%d', 5n)),
  "5n");
check(() => (util.format('%d', '0x10')),
  "16");
check(() => (util.format('%d', Symbol('a'))),
  "NaN");
check(() => (util.format('%i', 5.7)),
  "5");
check(() => (util.format('%i', '42abc')),
  "42");
check(() => (util.format('%f', 'abc')),
  "NaN");
check(() => (util.format('%%')),
  "%%");
check(() => (util.format('%%%s', 'x')),
  "%x");
check(() => (util.format('%s%s', 'x')),
  "x%s");
check(() => (util.format('%x', 5)),
  "%x 5");
check(() => (util.format('%', 5)),
  "% 5");
check(() => (util.format('%s', -0)),
  "-0");
check(() => (util.format('%s', [1,[2,[3]]])),
  "[ 1, [Array] ]");
check(() => (util.format('%s', new (class Foo{toString(){return 'foo!'}}))),
  "foo!");
check(() => (util.format('%s', new Error('x')).split('\n')[0]),
  "Error: x");
check(() => (util.format('%s', new Date(0))),
  "1970-01-01T00:00:00.000Z");
check(() => (util.format('%s', Object.create(null))),
  "[Object: null prototype] {}");
check(() => (util.format('%j', {toJSON(){return 'j'}})),
  "\"j\"");
check(() => (util.format('%j', (()=>{const a={};a.a=a;return a})())),
  "[Circular]");
check(() => (util.format(1,2,'3')),
  "1 2 3");
check(() => (util.format({a:1})),
  "{ a: 1 }");
check(() => (util.format('%o', function foo(){})),
  "<ref *1> [Function: foo] {\n  [length]: 0,\n  [name]: 'foo',\n  [prototype]: { [constructor]: [Circular *1] }\n}");
check(() => (util.format('%O', {a:{b:{c:{d:1}}}})),
  "{ a: { b: { c: [Object] } } }");
check(() => (util.format('%s', 12345678901234567890n)),
  "12345678901234567890n");
check(() => (util.format('x %s')),
  "x %s");
check(() => (util.format()),
  "");
check(() => (util.format('%s', 'a', 'b', 5)),
  "a b 5");
check(() => (util.format('%s:%s', 'a')),
  "a:%s");
check(() => (util.formatWithOptions({colors:true}, '%s %O', 'a', {a:1})),
  "a { a: \u001b[33m1\u001b[39m }");
check(() => (util.formatWithOptions({colors:true}, {a:1})),
  "{ a: \u001b[33m1\u001b[39m }");
check(() => (util.formatWithOptions({compact:false}, {a:1})),
  "{\n  a: 1\n}");
check(() => (util.isDeepStrictEqual({a:1},{a:1})),
  "true");
check(() => (util.isDeepStrictEqual({a:1},{a:'1'})),
  "false");
check(() => (util.isDeepStrictEqual([1,2,[3]],[1,2,[3]])),
  "true");
check(() => (util.isDeepStrictEqual(new Set([1,{a:1}]),new Set([{a:1},1]))),
  "true");
check(() => (util.isDeepStrictEqual(new Map([[{a:1},1]]),new Map([[{a:1},1]]))),
  "true");
check(() => (util.isDeepStrictEqual(new Map([[1,2]]),new Map([[1,3]]))),
  "false");
check(() => (util.isDeepStrictEqual(NaN,NaN)),
  "true");
check(() => (util.isDeepStrictEqual(0,-0)),
  "false");
check(() => (util.isDeepStrictEqual([0],[-0])),
  "false");
check(() => (util.isDeepStrictEqual(new Date(0),new Date(0))),
  "true");
check(() => (util.isDeepStrictEqual(new Date(0),new Date(1))),
  "false");
check(() => (util.isDeepStrictEqual(/a/g,/a/i)),
  "false");
check(() => (util.isDeepStrictEqual(new Error('a'),new Error('a'))),
  "true");
check(() => (util.isDeepStrictEqual(new Error('a'),new Error('b'))),
  "false");
check(() => (util.isDeepStrictEqual(new Error('a'),new TypeError('a'))),
  "false");
check(() => (util.isDeepStrictEqual(new Error('a',{cause:1}),new Error('a',{cause:2}))),
  "false");
check(() => (util.isDeepStrictEqual([1,,3],[1,undefined,3])),
  "false");
check(() => (util.isDeepStrictEqual([1,,3],[1,,3])),
  "true");
check(() => (util.isDeepStrictEqual({a:undefined},{})),
  "false");
check(() => (util.isDeepStrictEqual({a:undefined},{b:undefined})),
  "false");
check(() => (util.isDeepStrictEqual(Object.create(null),{})),
  "false");
check(() => (util.isDeepStrictEqual(Object.create(null),{},true)),
  "true");
check(() => (util.isDeepStrictEqual(new Uint8Array([1]),new Uint8Array([1]))),
  "true");
check(() => (util.isDeepStrictEqual(new Uint8Array([1]),new Int8Array([1]))),
  "false");
check(() => (util.isDeepStrictEqual(new Float32Array([0]),new Float32Array([-0]))),
  "false");
check(() => (util.isDeepStrictEqual(Buffer.from('a'),Buffer.from('a'))),
  "true");
check(() => (util.isDeepStrictEqual(new Number(1),new Number(1))),
  "true");
check(() => (util.isDeepStrictEqual(new Number(1),new Number(2))),
  "false");
check(() => (util.isDeepStrictEqual(new String('a'),Object('a'))),
  "true");
check(() => (util.isDeepStrictEqual({[Symbol.for('a')]:1},{[Symbol.for('a')]:1})),
  "true");
check(() => (util.isDeepStrictEqual({[Symbol.for('a')]:1},{[Symbol.for('a')]:2})),
  "false");
check(() => (util.isDeepStrictEqual({[Symbol.for('a')]:1},{})),
  "false");
check(() => (util.isDeepStrictEqual((()=>{const a={};a.a=a;return a})(),(()=>{const a={};a.a=a;return a})())),
  "true");
check(() => (util.isDeepStrictEqual((()=>{const a={};a.a=a;return a})(),(()=>{const a={};a.a={a};return a})())),
  "false");
check(() => (util.isDeepStrictEqual(Promise.resolve(1),Promise.resolve(1))),
  "false");
check(() => (util.isDeepStrictEqual(new WeakMap,new WeakMap)),
  "false");
check(() => (util.isDeepStrictEqual(()=>{},()=>{})),
  "false");
check(() => (util.isDeepStrictEqual(new (class A{}),new (class A{}))),
  "false");
check(() => (util.isDeepStrictEqual([1],{0:1,length:1})),
  "false");
check(() => (util.isDeepStrictEqual(new Set([[1],[2]]),new Set([[2],[1]]))),
  "true");
check(() => (util.isDeepStrictEqual(new Set([[1],[1]]),new Set([[2],[1]]))),
  "false");
check(() => (util.isDeepStrictEqual((function(){return arguments})(1),[1])),
  "false");
check(() => (util.inherits.length),
  "2");
check(() => ((()=>{function A(){}function B(){};util.inherits(A,B);return Object.getPrototypeOf(A.prototype)===B.prototype&&A.super_===B})()),
  "true");
check(() => ((()=>{try{util.inherits(null,{})}catch(e){return e.message}})()),
  "The \"ctor\" argument must be of type function. Received null");
check(() => ((()=>{try{util.inherits(()=>{},{})}catch(e){return e.message}})()),
  "The \"superCtor.prototype\" property must be of type object. Received undefined");
check(() => ((async()=>{return await util.promisify((a,cb)=>cb(null,a+1))(1)})()),
  "2");
check(() => ((async()=>{try{await util.promisify((cb)=>cb(new Error('z')))()}catch(e){return e.message}})()),
  "z");
check(() => (util.promisify(Object.assign(()=>{},{[util.promisify.custom]:()=>5}))()),
  "5");
check(() => ((()=>{try{util.promisify(5)}catch(e){return e.message}})()),
  "The \"original\" argument must be of type function. Received type number (5)");
check(() => (new Promise(r=>util.callbackify(async(a)=>a+1)(1,(e,v)=>r([e,v])))),
  "[ null, 2 ]");
check(() => (new Promise(r=>util.callbackify(async()=>{throw null})((e,v)=>r([e.message,e.code,e.reason,v])))),
  "[ 'Promise was rejected with falsy value', 'ERR_FALSY_VALUE_REJECTION', null, undefined ]");
check(() => (util.callbackify(async function foo(a,b){}).length),
  "3");
check(() => (util.callbackify(async function foo(a,b){}).name),
  "fooCallbackified");
check(() => (util.styleText('red','x',{validateStream:false})),
  "\u001b[31mx\u001b[39m");
check(() => (util.styleText(['bold','underline'],'x',{validateStream:false})),
  "\u001b[1m\u001b[4mx\u001b[24m\u001b[22m");
check(() => (util.styleText('#ff0000','x',{validateStream:false})),
  "\u001b[38;2;255;0;0mx\u001b[39m");
check(() => (util.styleText('none','x',{validateStream:false})),
  "x");
check(() => (util.styleText('red',`a${util.styleText('blue','b',{validateStream:false})}c`,{validateStream:false})),
  "\u001b[31ma\u001b[34mb\u001b[31mc\u001b[39m");
check(() => ((()=>{try{util.styleText('nope','x')}catch(e){return e.message}})()),
  "The argument 'format' must be one of: 'reset', 'bold', 'dim', 'italic', 'underline', 'blink', 'inverse', 'hidden', 'strikethrough', 'doubleunderline', 'black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white', 'bgBlack', 'bgRed', 'bgGreen', 'bgYellow', 'bgBlue', 'bgMagenta', 'bgCyan', 'bgWhite', 'framed', 'overlined', 'gray', 'redBright', 'greenBright', 'yellowBright', 'blueBright', 'magentaBright', 'cyanBright', 'whiteBright', 'bgGray', 'bgRedBright', 'bgGreenBright', 'bgYellowBright', 'bgBlueBright', 'bgMagentaBright', 'bgCyanBright', 'bgWhiteBright', 'grey', 'blackBright', 'bgGrey', 'bgBlackBright', 'faint', 'crossedout', 'strikeThrough', 'crossedOut', 'conceal', 'swapColors', 'swapcolors', 'doubleUnderline'. Received 'nope'");
check(() => ((()=>{try{util.styleText('red',5)}catch(e){return e.message}})()),
  "The \"text\" argument must be of type string. Received type number (5)");
check(() => (util.stripVTControlCharacters('\u001b[31mx\u001b[39m y')),
  "x y");
check(() => (util.toUSVString('a\ud800b')),
  "a\ufffdb");
check(() => (util.getSystemErrorName(-2)),
  "ENOENT");
check(() => ((()=>{try{util.getSystemErrorName(2)}catch(e){return e.message}})()),
  "The value of \"err\" is out of range. It must be a negative integer. Received 2");
check(() => (util.getSystemErrorMap().get(-2)),
  "[ 'ENOENT', 'no such file or directory' ]");
check(() => (util.parseArgs({args:['-f','--bar','b','pos'],options:{foo:{type:'boolean',short:'f'},bar:{type:'string'}},allowPositionals:true})),
  "{ values: [Object: null prototype] { foo: true, bar: 'b' }, positionals: [ 'pos' ] }");
check(() => (util.parseArgs({args:['-abc','x','--','-z'],options:{a:{type:'boolean',short:'a'},b:{type:'boolean',short:'b'},c:{type:'string',short:'c'}},allowPositionals:true,tokens:true})),
  "{ values: [Object: null prototype] { a: true, b: true, c: 'x' }, positionals: [ '-z' ], tokens: [ { kind: 'option', name: 'a', rawName: '-a', index: 0, value: undefined, inlineValue: undefined }, { kind: 'option', name: 'b', rawName: '-b', index: 0, value: undefined, inlineValue: undefined }, { kind: 'option', name: 'c', rawName: '-c', index: 0, value: 'x', inlineValue: false }, { kind: 'option-terminator', index: 2 }, { kind: 'positional', index: 3, value: '-z' } ] }");
check(() => (util.parseArgs({args:['--x=1','--x','2'],options:{x:{type:'string',multiple:true}},tokens:true})),
  "{ values: [Object: null prototype] { x: [ '1', '2' ] }, positionals: [], tokens: [ { kind: 'option', name: 'x', rawName: '--x', index: 0, value: '1', inlineValue: true }, { kind: 'option', name: 'x', rawName: '--x', index: 1, value: '2', inlineValue: false } ] }");
check(() => (util.parseArgs({args:['--no-color','-vfoo'],options:{color:{type:'boolean'},v:{type:'string',short:'v'}},allowNegative:true})),
  "{ values: [Object: null prototype] { color: false, v: 'foo' }, positionals: [] }");
check(() => (util.parseArgs({args:['--unknown'],strict:false})),
  "{ values: [Object: null prototype] { unknown: true }, positionals: [] }");
check(() => (util.parseArgs({args:['--foo=bar','-x','y'],strict:false,tokens:true})),
  "{ values: [Object: null prototype] { foo: 'bar', x: true }, positionals: [ 'y' ], tokens: [ { kind: 'option', name: 'foo', rawName: '--foo', index: 0, value: 'bar', inlineValue: true }, { kind: 'option', name: 'x', rawName: '-x', index: 1, value: undefined, inlineValue: undefined }, { kind: 'positional', index: 2, value: 'y' } ] }");
check(() => (util.parseArgs({args:[],options:{a:{type:'string',default:'z'},b:{type:'boolean',default:true},c:{type:'string',multiple:true,default:['q']}}})),
  "{ values: [Object: null prototype] { a: 'z', b: true, c: [ 'q' ] }, positionals: [] }");
check(() => ((()=>{try{util.parseArgs({args:['--x']})}catch(e){return e.message}})()),
  "Unknown option '--x'");
check(() => ((()=>{try{util.parseArgs({args:['x']})}catch(e){return e.message}})()),
  "Unexpected argument 'x'. This command does not take positional arguments");
check(() => ((()=>{try{util.parseArgs({args:['--x'],options:{x:{type:'string'}}})}catch(e){return e.message}})()),
  "Option '--x <value>' argument missing");
check(() => ((()=>{try{util.parseArgs({args:['--x','-y'],options:{x:{type:'string',short:'x'}}})}catch(e){return e.message}})()),
  "Option '--x' argument is ambiguous.\nDid you forget to specify the option argument for '--x'?\nTo specify an option argument starting with a dash use '--x=-XYZ'.");
check(() => ((()=>{try{util.parseArgs({args:['--x=1'],options:{x:{type:'boolean'}}})}catch(e){return e.message}})()),
  "Option '--x' does not take an argument");
check(() => ((()=>{try{util.parseArgs({args:['--x=1'],options:{x:{type:'foo'}}})}catch(e){return e.message}})()),
  "The \"options.x.type\" property must be ('string|boolean'). Received type string ('foo')");
check(() => ((()=>{try{util.parseArgs({args:['--x=1'],options:{x:{type:'string',short:'xx'}}})}catch(e){return e.message}})()),
  "The property 'options.x.short' must be a single character. Received 'xx'");
check(() => ((()=>{try{util.parseArgs({args:['-x','a'],options:{},allowPositionals:true})}catch(e){return e.message}})()),
  "Unknown option '-x'. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- \"-x\"");
check(() => (new util.MIMEType('text/html; charset=utf-8; q="a b"')+''),
  "text/html;charset=utf-8;q=\"a b\"");
check(() => (new util.MIMEType('TEXT/HTML;a=1').essence),
  "text/html");
check(() => (new util.MIMEType('text/html; charset=utf-8').params.get('charset')),
  "utf-8");
check(() => ([...new util.MIMEType('text/html; charset=utf-8;x="\\"y"').params]),
  "[ [ 'charset', 'utf-8' ], [ 'x', '\"y' ] ]");
check(() => ((()=>{try{new util.MIMEType('text')}catch(e){return e.message}})()),
  "The MIME syntax for a type in \"text\" is invalid");
check(() => ((()=>{try{new util.MIMEType('te xt/html')}catch(e){return e.message}})()),
  "The MIME syntax for a type in \"te xt/html\" is invalid at 2");
check(() => (util.diff('abc','abd')),
  "[ [ 0, 'a' ], [ 0, 'b' ], [ 1, 'c' ], [ -1, 'd' ] ]");
check(() => (util.diff(['a','b','c'],['a','c','d'])),
  "[ [ 0, 'a' ], [ 1, 'b' ], [ 0, 'c' ], [ -1, 'd' ] ]");
check(() => (util.diff('12345678','12!!5!7!')),
  "[\n  [ 0, '1' ],  [ 0, '2' ],\n  [ 1, '3' ],  [ 1, '4' ],\n  [ -1, '!' ], [ -1, '!' ],\n  [ 0, '5' ],  [ 1, '6' ],\n  [ -1, '!' ], [ 0, '7' ],\n  [ 1, '8' ],  [ -1, '!' ]\n]");
check(() => (util.deprecate(function foo(a,b){return a+b},'x','C1')(1,2)),
  "3");
check(() => (util.parseEnv('A=1\nB="x y"\n#c\nC=\'z\'')),
  "[Object: null prototype] { A: '1', B: 'x y', C: 'z' }");
check(() => (new util.TextEncoder().encode('héllo')),
  "Uint8Array(6) [ 104, 195, 169, 108, 108, 111 ]");
check(() => (new util.TextEncoder().encodeInto('héllo',new Uint8Array(3))),
  "{ read: 2, written: 3 }");
check(() => (new util.TextDecoder().decode(new Uint8Array([0xef,0xbb,0xbf,0x68,0xff]))),
  "h\ufffd");
check(() => (new util.TextDecoder('utf-8',{ignoreBOM:true}).decode(new Uint8Array([0xef,0xbb,0xbf,0x68])).length),
  "2");
check(() => ((()=>{try{new util.TextDecoder('utf-8',{fatal:true}).decode(new Uint8Array([0xff]))}catch(e){return e.message+e.code}})()),
  "The encoded data was not valid for encoding utf-8ERR_ENCODING_INVALID_ENCODED_DATA");
check(() => ((()=>{const d=new util.TextDecoder();return d.decode(new Uint8Array([0xe2,0x82]),{stream:true})+'|'+d.decode(new Uint8Array([0xac]),{stream:true})+'|'+d.decode()})()),
  "|\u20ac|");
check(() => (new util.TextDecoder('latin1').encoding),
  "windows-1252");
check(() => (new util.TextDecoder('ucs-2').encoding),
  "utf-16le");
check(() => ((()=>{try{new util.TextDecoder('nope')}catch(e){return e.name+e.message}})()),
  "RangeErrorThe \"nope\" encoding is not supported");
check(() => (inspect(new util.TextDecoder())),
  "TextDecoder { encoding: 'utf-8', fatal: false, ignoreBOM: false }");
check(() => (inspect(new util.TextEncoder())),
  "{ encoding: 'utf-8' }");
check(() => (inspect(new util.MIMEType('a/b;c=d'))),
  "MIMEType {}");
check(() => (util.types.isProxy(new Proxy({},{}))),
  "true");
check(() => (util.types.isDataView(new DataView(new ArrayBuffer(1)))),
  "true");
check(() => (util.types.isUint8Array(5)),
  "false");
check(() => (util.types.isTypedArray(null)),
  "false");
check(() => (Object.keys(util.types).join()),
  "isArgumentsObject,isArrayBuffer,isAsyncFunction,isBigIntObject,isBooleanObject,isDate,isExternal,isGeneratorFunction,isGeneratorObject,isMap,isMapIterator,isModuleNamespaceObject,isNativeError,isNumberObject,isPromise,isProxy,isRegExp,isSet,isSetIterator,isSharedArrayBuffer,isStringObject,isSymbolObject,isWeakMap,isWeakSet,isAnyArrayBuffer,isBoxedPrimitive,isArrayBufferView,isDataView,isTypedArray,isUint8Array,isUint8ClampedArray,isUint16Array,isUint32Array,isInt8Array,isInt16Array,isInt32Array,isFloat16Array,isFloat32Array,isFloat64Array,isBigInt64Array,isBigUint64Array,isKeyObject,isCryptoKey");
check(() => (util.debuglog('x').enabled),
  "false");
check(() => (typeof util.debuglog('foo')),
  "function");
check(() => (util._extend({a:1},{b:2})),
  "{ a: 1, b: 2 }");
check(() => (util.isArray([])),
  "true");
check(() => (util.getCallSites(1).length),
  "1");

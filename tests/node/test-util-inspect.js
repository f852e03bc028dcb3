// SPDX-License-Identifier: MIT
'use strict';

// util.inspect of every kind of value, at every option.
// Each line is an expression and what Node 26 makes of it (as text), recorded. Silent when all agree.

const util = require('util');
const { inspect } = util;
const { check } = require('./fixtures/expressions');

check(() => (inspect(1)),
  "1");
check(() => (inspect(-0)),
  "-0");
check(() => (inspect(NaN)),
  "NaN");
check(() => (inspect(123456789.12345, {numericSeparator:true})),
  "123_456_789.123_45");
check(() => (inspect(-1234567, {numericSeparator:true})),
  "-1_234_567");
check(() => (inspect(1234n, {numericSeparator:true})),
  "1_234n");
check(() => (inspect(0.0001234567, {numericSeparator:true})),
  "0.000_123_456_7");
check(() => (inspect(1e21, {numericSeparator:true})),
  "1e+21");
check(() => (inspect(12n)),
  "12n");
check(() => (inspect('a')),
  "'a'");
check(() => (inspect("it's")),
  "\"it's\"");
check(() => (inspect('it\'s "x"')),
  "`it's \"x\"`");
check(() => (inspect('it\'s "x" `y`')),
  "'it\\'s \"x\" `y`'");
check(() => (inspect('it\'s "x" ${y}')),
  "'it\\'s \"x\" ${y}'");
check(() => (inspect('a\nb\t\x00\x7f\x9f\\')),
  "'a\\nb\\t\\x00\\x7F\\x9F\\\\'");
check(() => (inspect('\ud83d x \udc00 \ud83d\ude00')),
  "'\\ud83d x \\udc00 \ud83d\ude00'");
check(() => (inspect(undefined)),
  "undefined");
check(() => (inspect(null)),
  "null");
check(() => (inspect(true)),
  "true");
check(() => (inspect(Symbol('a'))),
  "Symbol(a)");
check(() => (inspect(Symbol())),
  "Symbol()");
check(() => (inspect(Symbol('a b\n'))),
  "Symbol(a b\n)");
check(() => (inspect(Symbol.iterator)),
  "Symbol(Symbol.iterator)");
check(() => (inspect({})),
  "{}");
check(() => (inspect([])),
  "[]");
check(() => (inspect({a:1})),
  "{ a: 1 }");
check(() => (inspect({a:1,b:'x',c:[1,2,3]})),
  "{ a: 1, b: 'x', c: [ 1, 2, 3 ] }");
check(() => (inspect({a:{b:{c:{d:1}}}})),
  "{ a: { b: { c: [Object] } } }");
check(() => (inspect({a:{b:{c:{}}}})),
  "{ a: { b: { c: {} } } }");
check(() => (inspect({a:{b:{c:[]}}})),
  "{ a: { b: { c: [] } } }");
check(() => (inspect({a:{b:{c:[1]}}})),
  "{ a: { b: { c: [Array] } } }");
check(() => (inspect({a:{b:{c:new Map([[1,2]])}}})),
  "{ a: { b: { c: [Map] } } }");
check(() => (inspect({a:{b:{c:new Set}}})),
  "{ a: { b: { c: Set(0) {} } } }");
check(() => (inspect({a:{b:{c:new (class Foo{constructor(){this.x=1}})}}})),
  "{ a: { b: { c: [Foo] } } }");
check(() => (inspect({a:{b:{c:Object.create(null)}}})),
  "{ a: { b: { c: [Object: null prototype] {} } } }");
check(() => (inspect({a:{b:{c:Object.create({})}}})),
  "{ a: { b: { c: {} } } }");
check(() => (inspect({a:{b:{c:new Date(0)}}})),
  "{ a: { b: { c: 1970-01-01T00:00:00.000Z } } }");
check(() => (inspect({a:{b:{c:()=>{}}}})),
  "{ a: { b: { c: [Function: c] } } }");
check(() => (inspect({a:{b:{c:Object.assign(()=>{},{x:1})}}})),
  "{ a: { b: { c: [Function] } } }");
check(() => (inspect({a:1n,b:Symbol('x'),[Symbol('k')]:1,'a-b':2,3:4,'':5})),
  "{ '3': 4, a: 1n, b: Symbol(x), 'a-b': 2, '': 5, Symbol(k): 1 }");
check(() => (inspect({['__proto__']:1})),
  "{ ['__proto__']: 1 }");
check(() => (inspect(Object.defineProperty({},'x',{value:1}),{showHidden:true})),
  "{ [x]: 1 }");
check(() => (inspect(Object.defineProperty({a:1},Symbol('h'),{value:1}),{showHidden:true})),
  "{ a: 1, [Symbol(h)]: 1 }");
check(() => (inspect(Object.defineProperty({a:1},'a b',{value:1}),{showHidden:true})),
  "{ a: 1, ['a b']: 1 }");
check(() => (inspect([1,,3])),
  "[ 1, <1 empty item>, 3 ]");
check(() => (inspect([,,,])),
  "[ <3 empty items> ]");
check(() => (inspect([,'a',,'b',,,])),
  "[ <1 empty item>, 'a', <1 empty item>, 'b', <2 empty items> ]");
check(() => (inspect(Object.assign([1,2],{x:1}))),
  "[ 1, 2, x: 1 ]");
check(() => (inspect(Object.assign([],{x:1}))),
  "[ x: 1 ]");
check(() => (inspect(Object.assign([1,2],{'-1':1}))),
  "[ 1, 2, '-1': 1 ]");
check(() => (inspect([1,2,3],{showHidden:true})),
  "[ 1, 2, 3, [length]: 3 ]");
check(() => (inspect(new Array(5))),
  "[ <5 empty items> ]");
check(() => (inspect(Array.from({length:7},(_, i)=>i))),
  "[\n  0, 1, 2, 3,\n  4, 5, 6\n]");
check(() => (inspect(Array.from({length:27},(_, i)=>i))),
  "[\n   0,  1,  2,  3,  4,  5,  6,  7,\n   8,  9, 10, 11, 12, 13, 14, 15,\n  16, 17, 18, 19, 20, 21, 22, 23,\n  24, 25, 26\n]");
check(() => (inspect(Array.from({length:101},(_, i)=>i))),
  "[\n   0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11,\n  12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,\n  24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35,\n  36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,\n  48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59,\n  60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71,\n  72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83,\n  84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95,\n  96, 97, 98, 99,\n  ... 1 more item\n]");
check(() => (inspect(Array.from({length:120},(_, i)=>i*1000))),
  "[\n      0,  1000,  2000,  3000,  4000,  5000,  6000,  7000,\n   8000,  9000, 10000, 11000, 12000, 13000, 14000, 15000,\n  16000, 17000, 18000, 19000, 20000, 21000, 22000, 23000,\n  24000, 25000, 26000, 27000, 28000, 29000, 30000, 31000,\n  32000, 33000, 34000, 35000, 36000, 37000, 38000, 39000,\n  40000, 41000, 42000, 43000, 44000, 45000, 46000, 47000,\n  48000, 49000, 50000, 51000, 52000, 53000, 54000, 55000,\n  56000, 57000, 58000, 59000, 60000, 61000, 62000, 63000,\n  64000, 65000, 66000, 67000, 68000, 69000, 70000, 71000,\n  72000, 73000, 74000, 75000, 76000, 77000, 78000, 79000,\n  80000, 81000, 82000, 83000, 84000, 85000, 86000, 87000,\n  88000, 89000, 90000, 91000, 92000, 93000, 94000, 95000,\n  96000, 97000, 98000, 99000,\n  ... 20 more items\n]");
check(() => (inspect(Array.from({length:101},(_, i)=>'s'+i))),
  "[\n  's0',  's1',  's2',  's3',  's4',  's5',  's6',  's7',\n  's8',  's9',  's10', 's11', 's12', 's13', 's14', 's15',\n  's16', 's17', 's18', 's19', 's20', 's21', 's22', 's23',\n  's24', 's25', 's26', 's27', 's28', 's29', 's30', 's31',\n  's32', 's33', 's34', 's35', 's36', 's37', 's38', 's39',\n  's40', 's41', 's42', 's43', 's44', 's45', 's46', 's47',\n  's48', 's49', 's50', 's51', 's52', 's53', 's54', 's55',\n  's56', 's57', 's58', 's59', 's60', 's61', 's62', 's63',\n  's64', 's65', 's66', 's67', 's68', 's69', 's70', 's71',\n  's72', 's73', 's74', 's75', 's76', 's77', 's78', 's79',\n  's80', 's81', 's82', 's83', 's84', 's85', 's86', 's87',\n  's88', 's89', 's90', 's91', 's92', 's93', 's94', 's95',\n  's96', 's97', 's98', 's99',\n  ... 1 more item\n]");
check(() => (inspect(Array.from({length:27},(_, i)=>'x'.repeat(i%9)))),
  "[\n  '',       'x',       'xx',\n  'xxx',    'xxxx',    'xxxxx',\n  'xxxxxx', 'xxxxxxx', 'xxxxxxxx',\n  '',       'x',       'xx',\n  'xxx',    'xxxx',    'xxxxx',\n  'xxxxxx', 'xxxxxxx', 'xxxxxxxx',\n  '',       'x',       'xx',\n  'xxx',    'xxxx',    'xxxxx',\n  'xxxxxx', 'xxxxxxx', 'xxxxxxxx'\n]");
check(() => (inspect(Array.from({length:200},(_, i)=>i),{maxArrayLength:3})),
  "[ 0, 1, 2, ... 197 more items ]");
check(() => (inspect(Array.from({length:200},(_, i)=>i),{maxArrayLength:null}).length),
  "1036");
check(() => (inspect(Array.from({length:20},(_, i)=>({a:i})))),
  "[\n  { a: 0 },  { a: 1 },  { a: 2 },\n  { a: 3 },  { a: 4 },  { a: 5 },\n  { a: 6 },  { a: 7 },  { a: 8 },\n  { a: 9 },  { a: 10 }, { a: 11 },\n  { a: 12 }, { a: 13 }, { a: 14 },\n  { a: 15 }, { a: 16 }, { a: 17 },\n  { a: 18 }, { a: 19 }\n]");
check(() => (inspect(Array.from({length:20},(_, i)=>[i]))),
  "[\n  [ 0 ],  [ 1 ],  [ 2 ],\n  [ 3 ],  [ 4 ],  [ 5 ],\n  [ 6 ],  [ 7 ],  [ 8 ],\n  [ 9 ],  [ 10 ], [ 11 ],\n  [ 12 ], [ 13 ], [ 14 ],\n  [ 15 ], [ 16 ], [ 17 ],\n  [ 18 ], [ 19 ]\n]");
check(() => (inspect(Array.from({length:10},(_, i)=>-i*1.5))),
  "[\n     -0,  -1.5,   -3,\n   -4.5,    -6, -7.5,\n     -9, -10.5,  -12,\n  -13.5\n]");
check(() => (inspect(Array.from({length:10},(_, i)=>BigInt(i)))),
  "[\n  0n, 1n, 2n, 3n, 4n,\n  5n, 6n, 7n, 8n, 9n\n]");
check(() => (inspect(Array.from({length:7},(_, i)=>i%2?i:'a'+i))),
  "[\n  'a0', 1,    'a2',\n  3,    'a4', 5,\n  'a6'\n]");
check(() => (inspect([undefined,null,true,1,2,3,4,5,6])),
  "[ undefined, null, true, 1, 2, 3, 4, 5, 6 ]");
check(() => (inspect(['a','b'],{compact:false})),
  "[\n  'a',\n  'b'\n]");
check(() => (inspect({a:1,b:{c:2}},{compact:false})),
  "{\n  a: 1,\n  b: {\n    c: 2\n  }\n}");
check(() => (inspect({a:1,b:{c:2,d:[1,2,{e:1}]}},{compact:true})),
  "{ a: 1, b: { c: 2, d: [ 1, 2, [Object] ] } }");
check(() => (inspect({a:1,b:{c:2,d:[1,2,{e:1}]}},{compact:1})),
  "{\n  a: 1,\n  b: {\n    c: 2,\n    d: [ 1, 2, [Object] ]\n  }\n}");
check(() => (inspect({a:1,b:{c:2,d:[1,2,{e:{f:{g:1}}}]}},{compact:2,depth:9})),
  "{\n  a: 1,\n  b: {\n    c: 2,\n    d: [\n      1,\n      2,\n      {\n        e: { f: { g: 1 } }\n      }\n    ]\n  }\n}");
check(() => (inspect({a:1,b:{c:2,d:[1,2,{e:{f:{g:{h:1}}}}]}},{depth:9})),
  "{\n  a: 1,\n  b: {\n    c: 2,\n    d: [\n      1,\n      2,\n      {\n        e: { f: { g: { h: 1 } } }\n      }\n    ]\n  }\n}");
check(() => (inspect({a:1,b:{c:2,d:[1,2,{e:{f:{g:{h:1}}}}]}},{depth:Infinity, compact:true, breakLength:20})),
  "{ a: 1,\n  b:\n   { c: 2,\n     d:\n      [ 1,\n        2,\n        { e:\n           { f: { g: { h: 1 } } } } ] } }");
check(() => (inspect({a:'x'.repeat(30),b:'y'.repeat(30),c:'z'.repeat(30)})),
  "{\n  a: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',\n  b: 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy',\n  c: 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz'\n}");
check(() => (inspect({a:'x'.repeat(100)})),
  "{\n  a: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'\n}");
check(() => (inspect({a:'x\n'.repeat(20)})),
  "{ a: 'x\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\n' }");
check(() => (inspect('x\n'.repeat(60))),
  "'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n' +\n  'x\\n'");
check(() => (inspect(['x\n'.repeat(60)])),
  "[\n  'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n' +\n    'x\\n'\n]");
check(() => (inspect({a:'x'.repeat(30),b:'y'.repeat(30),c:'z'.repeat(30)},{breakLength:Infinity})),
  "{ a: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', b: 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy', c: 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz' }");
check(() => (inspect({a:'x'.repeat(30),b:'y'.repeat(30),c:'z'.repeat(30)},{breakLength:Infinity,compact:false})),
  "{\n  a: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',\n  b: 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy',\n  c: 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz'\n}");
check(() => (inspect('x'.repeat(20000))==="'"+'x'.repeat(10000)+"'... 10000 more characters"),
  "true");
check(() => (inspect('x'.repeat(20),{maxStringLength:5})),
  "'xxxxx'... 15 more characters");
check(() => (inspect('x'.repeat(6),{maxStringLength:5})),
  "'xxxxx'... 1 more character");
check(() => (inspect({a:'x'.repeat(20)},{maxStringLength:0})),
  "{ a: ''... 20 more characters }");
check(() => (inspect(new Map)),
  "Map(0) {}");
check(() => (inspect(new Map([[1,{a:1}],['x',[1,2]]]))),
  "Map(2) { 1 => { a: 1 }, 'x' => [ 1, 2 ] }");
check(() => (inspect(new Map([[{a:1},new Set([1])]]))),
  "Map(1) { { a: 1 } => Set(1) { 1 } }");
check(() => (inspect(new Map(Array.from({length:120},(_, i)=>[i,i])),{maxArrayLength:2})),
  "Map(120) { 0 => 0, 1 => 1, ... 118 more items }");
check(() => (inspect(Object.assign(new Map([[1,2]]),{x:1}))),
  "Map(1) { 1 => 2, x: 1 }");
check(() => (inspect(new Set)),
  "Set(0) {}");
check(() => (inspect(new Set([1,'a',{b:1}]))),
  "Set(3) { 1, 'a', { b: 1 } }");
check(() => (inspect(new Set(Array.from({length:120},(_, i)=>i)),{maxArrayLength:2})),
  "Set(120) { 0, 1, ... 118 more items }");
check(() => (inspect(new (class M extends Map{})([[1,2]]))),
  "M(1) [Map] { 1 => 2 }");
check(() => (inspect(new (class S extends Set{})([[1,2]]))),
  "S(1) [Set] { [ 1, 2 ] }");
check(() => (inspect(new Map([[1,2]]),{showHidden:true})),
  "Map(1) { 1 => 2 }");
check(() => (inspect(new Set([1]),{showHidden:true})),
  "Set(1) { 1 }");
check(() => (inspect(new Map([[1,2]]).entries())),
  "[Map Entries] { [ 1, 2 ] }");
check(() => (inspect(new Map([[1,2],[3,4]]).keys())),
  "[Map Iterator] { 1, 3 }");
check(() => (inspect(new Map([[1,2]]).values())),
  "[Map Iterator] { 2 }");
check(() => (inspect(new Set([1,2]).values())),
  "[Set Iterator] { 1, 2 }");
check(() => (inspect(new Set([1,2]).entries())),
  "[Set Entries] { [ 1, 1 ], [ 2, 2 ] }");
check(() => (inspect(new Map().entries())),
  "[Map Entries] {  }");
check(() => (inspect([1,2][Symbol.iterator]())),
  "Object [Array Iterator] {}");
check(() => (inspect('ab'[Symbol.iterator]())),
  "Object [String Iterator] {}");
check(() => (inspect('ab'.matchAll(/a/g))),
  "Object [RegExp String Iterator] {}");
check(() => (inspect(new Uint8Array(3))),
  "Uint8Array(3) [ 0, 0, 0 ]");
check(() => (inspect(new Uint8Array(0))),
  "Uint8Array(0) []");
check(() => (inspect(new Float64Array([1.5,-0,NaN]))),
  "Float64Array(3) [ 1.5, -0, NaN ]");
check(() => (inspect(new BigInt64Array(2))),
  "BigInt64Array(2) [ 0n, 0n ]");
check(() => (inspect(new Uint8Array(3),{showHidden:true})),
  "Uint8Array(3) [\n  0,\n  0,\n  0,\n  [BYTES_PER_ELEMENT]: 1,\n  [length]: 3,\n  [byteLength]: 3,\n  [byteOffset]: 0,\n  [buffer]: ArrayBuffer { [byteLength]: 3 }\n]");
check(() => (inspect(new Uint8Array(200))),
  "Uint8Array(200) [\n  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,\n  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,\n  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,\n  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,\n  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,\n  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,\n  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,\n  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,\n  0, 0, 0, 0,\n  ... 100 more items\n]");
check(() => (inspect(new (class U extends Uint8Array{})(2))),
  "U(2) [Uint8Array] [ 0, 0 ]");
check(() => (inspect(Object.assign(new Uint8Array(2),{x:1}))),
  "Uint8Array(2) [ 0, 0, x: 1 ]");
check(() => (inspect(new ArrayBuffer(4))),
  "ArrayBuffer { [Uint8Contents]: <00 00 00 00>, [byteLength]: 4 }");
check(() => (inspect(new ArrayBuffer(0))),
  "ArrayBuffer { [Uint8Contents]: <>, [byteLength]: 0 }");
check(() => (inspect(new ArrayBuffer(60))),
  "ArrayBuffer {\n  [Uint8Contents]: <00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00>,\n  [byteLength]: 60\n}");
check(() => (inspect(new SharedArrayBuffer(4))),
  "SharedArrayBuffer { [Uint8Contents]: <00 00 00 00>, [byteLength]: 4 }");
check(() => (inspect(new ArrayBuffer(4),{showHidden:true})),
  "ArrayBuffer { [Uint8Contents]: <00 00 00 00>, [byteLength]: 4 }");
check(() => (inspect(new ArrayBuffer(4,{maxByteLength:8}))),
  "ArrayBuffer { [Uint8Contents]: <00 00 00 00>, [byteLength]: 4 }");
check(() => (inspect(Object.assign(new ArrayBuffer(2),{x:1}))),
  "ArrayBuffer { [Uint8Contents]: <00 00>, [byteLength]: 2, x: 1 }");
check(() => (inspect((()=>{const a=new ArrayBuffer(2);structuredClone(a,{transfer:[a]});return a})())),
  "ArrayBuffer { (detached), [byteLength]: 0 }");
check(() => (inspect(new DataView(new ArrayBuffer(2)))),
  "DataView {\n  [byteLength]: 2,\n  [byteOffset]: 0,\n  [buffer]: ArrayBuffer { [Uint8Contents]: <00 00>, [byteLength]: 2 }\n}");
check(() => (inspect(new DataView(new ArrayBuffer(2)),{showHidden:true})),
  "DataView {\n  [byteLength]: 2,\n  [byteOffset]: 0,\n  [buffer]: ArrayBuffer { [Uint8Contents]: <00 00>, [byteLength]: 2 }\n}");
check(() => (inspect(new Date(0))),
  "1970-01-01T00:00:00.000Z");
check(() => (inspect(new Date(NaN))),
  "Invalid Date");
check(() => (inspect(Object.assign(new Date(0),{x:1}))),
  "1970-01-01T00:00:00.000Z { x: 1 }");
check(() => (inspect(new (class D extends Date{})(0))),
  "D 1970-01-01T00:00:00.000Z");
check(() => (inspect(/a/gi)),
  "/a/gi");
check(() => (inspect(Object.assign(/a/gi,{x:1}))),
  "/a/gi { x: 1 }");
check(() => (inspect(new (class R extends RegExp{})('a'))),
  "R /a/");
check(() => (inspect(function foo(){})),
  "[Function: foo]");
check(() => (inspect(()=>{})),
  "[Function (anonymous)]");
check(() => (inspect((()=>()=>{})())),
  "[Function (anonymous)]");
check(() => (inspect(function(){}.bind(null))),
  "[Function: bound ]");
check(() => (inspect(function foo(){}.bind(null))),
  "[Function: bound foo]");
check(() => (inspect(async function foo(){})),
  "[AsyncFunction: foo]");
check(() => (inspect(async()=>{})),
  "[AsyncFunction (anonymous)]");
check(() => (inspect(function* g(){})),
  "[GeneratorFunction: g]");
check(() => (inspect(async function* g(){})),
  "[AsyncGeneratorFunction: g]");
check(() => (inspect(class A{})),
  "[class A]");
check(() => (inspect(class A extends Map{})),
  "[class A extends Map]");
check(() => (inspect(class extends Map{})),
  "[class (anonymous) extends Map]");
check(() => (inspect(class {})),
  "[class (anonymous)]");
check(() => (inspect(class A extends null{})),
  "[class A]");
check(() => (inspect((()=>{const B=class{};return class A extends B{}})())),
  "[class A extends B]");
check(() => (inspect(class A{static x=1})),
  "[class A] { x: 1 }");
check(() => (inspect(Object.assign(function foo(){},{x:1}))),
  "[Function: foo] { x: 1 }");
check(() => (inspect(Object.setPrototypeOf(function foo(){},null))),
  "[Function (null prototype): foo]");
check(() => (inspect(Object.setPrototypeOf(class A{},null))),
  "[class A extends [null prototype]]");
check(() => (inspect(function foo(){},{showHidden:true})),
  "<ref *1> [Function: foo] {\n  [length]: 0,\n  [name]: 'foo',\n  [prototype]: { [constructor]: [Circular *1] }\n}");
check(() => (inspect(class A{},{showHidden:true})),
  "<ref *1> [class A] {\n  [length]: 0,\n  [name]: 'A',\n  [prototype]: { [constructor]: [Circular *1] }\n}");
check(() => (inspect(Math)),
  "Object [Math] {}");
check(() => (inspect(JSON)),
  "Object [JSON] {}");
check(() => (inspect(Reflect)),
  "Object [Reflect] {}");
check(() => (inspect(Math.max)),
  "[Function: max]");
check(() => (inspect(Object)),
  "[Function: Object]");
check(() => (inspect(Symbol)),
  "[Function: Symbol]");
check(() => (inspect(Proxy)),
  "[Function: Proxy]");
check(() => (inspect(new (class Foo{}))),
  "Foo {}");
check(() => (inspect(new (class Foo{constructor(){this.a=1}}))),
  "Foo { a: 1 }");
check(() => (inspect(new (class extends Object{}))),
  "{}");
check(() => (inspect(new (class{}))),
  "{}");
check(() => (inspect(new (class Foo{get [Symbol.toStringTag](){return 'bar'}}))),
  "Foo [bar] {}");
check(() => (inspect(new (class Foo{get [Symbol.toStringTag](){return 'Foo'}}))),
  "Foo {}");
check(() => (inspect({[Symbol.toStringTag]:'x'})),
  "{ Symbol(Symbol.toStringTag): 'x' }");
check(() => (inspect({[Symbol.toStringTag]:'x',a:1})),
  "{ a: 1, Symbol(Symbol.toStringTag): 'x' }");
check(() => (inspect(Object.create({[Symbol.toStringTag]:'x'}))),
  "Object [x] {}");
check(() => (inspect(Object.create(null))),
  "[Object: null prototype] {}");
check(() => (inspect(Object.assign(Object.create(null),{a:1}))),
  "[Object: null prototype] { a: 1 }");
check(() => (inspect(Object.create(Object.create(null)))),
  "Object <[Object: null prototype] {}> {}");
check(() => (inspect(Object.create(new (class Foo{})))),
  "Foo {}");
check(() => (inspect(Object.create(Array.prototype))),
  "Array {}");
check(() => (inspect(Object.create({}))),
  "{}");
check(() => (inspect(Object.create({a:1}))),
  "{}");
check(() => (inspect(Object.setPrototypeOf([1,2],null))),
  "[Array(2): null prototype] [ 1, 2 ]");
check(() => (inspect(Object.setPrototypeOf(new Map([[1,2]]),null))),
  "[Map(1): null prototype] { 1 => 2 }");
check(() => (inspect(Object.setPrototypeOf(new Set([1]),null))),
  "[Set(1): null prototype] { 1 }");
check(() => (inspect(Object.setPrototypeOf(new Uint8Array(2),null))),
  "[Uint8Array(2): null prototype] [ 0, 0 ]");
check(() => (inspect(Object.setPrototypeOf(new Date(0),null))),
  "[Date: null prototype] 1970-01-01T00:00:00.000Z");
check(() => (inspect(Object.setPrototypeOf(/x/,null))),
  "[RegExp: null prototype] /x/");
check(() => (inspect(Object.setPrototypeOf(Promise.resolve(1),null))),
  "[Promise: null prototype] { 1 }");
check(() => (inspect(Object.setPrototypeOf(new Error('x'),null)).split('\n')[0]),
  "[Error: null prototype]: x");
check(() => (inspect(Object.prototype)),
  "[Object: null prototype] {}");
check(() => (inspect(Array.prototype)),
  "Object(0) []");
check(() => (inspect(Map.prototype)),
  "Object [Map] {}");
check(() => (inspect(Function.prototype)),
  "[Function (anonymous)] Object");
check(() => (inspect(Date.prototype)),
  "{}");
check(() => (inspect(RegExp.prototype)),
  "{}");
check(() => (inspect(Promise.prototype)),
  "Object [Promise] {}");
check(() => (inspect(Error.prototype)),
  "{}");
check(() => (inspect(Symbol.prototype)),
  "Object [Symbol] {}");
check(() => (inspect(Uint8Array.prototype)),
  "TypedArray {}");
check(() => (inspect(String.prototype)),
  "{}");
check(() => (inspect((class A{}).prototype)),
  "{}");
check(() => (inspect((class A extends Map{}).prototype)),
  "Map {}");
check(() => (inspect((function F(){}).prototype)),
  "{}");
check(() => (inspect((function*G(){}).prototype)),
  "Object [Generator] {}");
check(() => (inspect((function*G(){})())),
  "Object [Generator] {}");
check(() => (inspect((async function*G(){})())),
  "Object [AsyncGenerator] {}");
check(() => (inspect(Promise.resolve(5))),
  "Promise { 5 }");
check(() => (inspect(Promise.resolve({a:{b:{c:{}}}}))),
  "Promise { { a: { b: [Object] } } }");
check(() => (inspect(new Promise(()=>{}))),
  "Promise { <pending> }");
check(() => (inspect((()=>{const p=Promise.reject(3);p.catch(()=>{});return p})())),
  "Promise { <rejected> 3 }");
check(() => (inspect(Object.assign(Promise.resolve(5),{x:1}))),
  "Promise { 5, x: 1 }");
check(() => (inspect(new WeakSet)),
  "WeakSet { <items unknown> }");
check(() => (inspect(new WeakMap)),
  "WeakMap { <items unknown> }");
check(() => (inspect(new WeakRef({a:1}))),
  "WeakRef {}");
check(() => (inspect(new FinalizationRegistry(()=>{}))),
  "FinalizationRegistry {}");
check(() => (inspect(new Number(3))),
  "[Number: 3]");
check(() => (inspect(new Number(-0))),
  "[Number: -0]");
check(() => (inspect(new String('abc'))),
  "[String: 'abc']");
check(() => (inspect(new String('abc'),{showHidden:true})),
  "[String: 'abc'] { [length]: 3 }");
check(() => (inspect(Object.assign(new String('abc'),{x:1}))),
  "[String: 'abc'] { x: 1 }");
check(() => (inspect(new Boolean(false))),
  "[Boolean: false]");
check(() => (inspect(Object(Symbol('a')))),
  "[Symbol: Symbol(a)]");
check(() => (inspect(Object(5n))),
  "[BigInt: 5n]");
check(() => (inspect(new (class N extends Number{})(4))),
  "[Number (N): 4]");
check(() => (inspect(new (class N extends String{})('q'))),
  "[String (N): 'q']");
check(() => (inspect(Object.assign(new Number(3),{x:1}))),
  "[Number: 3] { x: 1 }");
check(() => (inspect(Object.setPrototypeOf(new Number(3),null))),
  "[Number (null prototype): 3]");
check(() => (inspect(Object.setPrototypeOf(new String('a'),null))),
  "[String (null prototype): 'a']");
check(() => (inspect((function(){return arguments})())),
  "[Arguments] {}");
check(() => (inspect((function(){return arguments})(1,2))),
  "[Arguments] { '0': 1, '1': 2 }");
check(() => (inspect((function(){return Object.assign(arguments,{x:1})})(1,2))),
  "[Arguments] { '0': 1, '1': 2, x: 1 }");
check(() => (inspect({get a(){return 1}})),
  "{ a: [Getter] }");
check(() => (inspect({set a(v){}})),
  "{ a: [Setter] }");
check(() => (inspect({get a(){return 1},set a(v){}})),
  "{ a: [Getter/Setter] }");
check(() => (inspect({get a(){return 1},get c(){return 2},set c(v){},get e(){return null}},{getters:'get'})),
  "{ a: [Getter: 1], c: [Getter/Setter], e: [Getter: null] }");
check(() => (inspect({get a(){return 1},get c(){return 2},set c(v){}},{getters:'set'})),
  "{ a: [Getter], c: [Getter/Setter: 2] }");
check(() => (inspect({get a(){return {b:{c:{}}}}},{getters:true})),
  "{ a: [Getter] { b: { c: {} } } }");
check(() => (inspect(new Proxy({a:1},{}))),
  "Proxy({ a: 1 })");
check(() => (inspect(new Proxy([1,2],{}))),
  "Proxy([ 1, 2 ])");
check(() => (inspect(new Proxy(function foo(){},{}))),
  "Proxy([Function: foo])");
check(() => (inspect(new Proxy({a:1},{get(){throw 1}}))),
  "Proxy({ a: 1 })");
check(() => (inspect(new Proxy({a:1},{get(){}}),{showProxy:true})),
  "Proxy [ { a: 1 }, { get: [Function: get] } ]");
check(() => (inspect(new Proxy(new Proxy({a:1},{}),{}),{showProxy:true})),
  "Proxy [ Proxy [ { a: 1 }, {} ], {} ]");
check(() => (inspect(new Proxy(new Proxy({a:1},{}),{}),{showProxy:1})),
  "Proxy [ Proxy [ { a: 1 }, {} ], {} ]");
check(() => (inspect({x:new Proxy({a:{b:{}}},{})},{showProxy:true,depth:1})),
  "{ x: Proxy [ [Object], {} ] }");
check(() => (inspect((()=>{const r=Proxy.revocable({},{});r.revoke();return r.proxy})())),
  "<Revoked Proxy>");
check(() => (inspect((()=>{const r=Proxy.revocable({},{});r.revoke();return r.proxy})(),{showProxy:true})),
  "<Revoked Proxy>");
check(() => (inspect((()=>{const a={};a.b=a;return a})())),
  "<ref *1> { b: [Circular *1] }");
check(() => (inspect((()=>{const a={};a.b={c:a};return a})())),
  "<ref *1> { b: { c: [Circular *1] } }");
check(() => (inspect((()=>{const a={x:1};const b={a};a.b=b;return [a,b]})())),
  "[\n  <ref *1> { x: 1, b: { a: [Circular *1] } },\n  <ref *2> { a: <ref *1> { x: 1, b: [Circular *2] } }\n]");
check(() => (inspect((()=>{const a=[];a.push(a);return a})())),
  "<ref *1> [ [Circular *1] ]");
check(() => (inspect((()=>{const a=new Map;a.set('x',a);return a})())),
  "<ref *1> Map(1) { 'x' => [Circular *1] }");
check(() => (inspect((()=>{const a=new Set;a.add(a);return a})())),
  "<ref *1> Set(1) { [Circular *1] }");
check(() => (inspect((()=>{const a={};a.b={};a.b.c=a.b;a.d=a;return a})())),
  "<ref *2> { b: <ref *1> { c: [Circular *1] }, d: [Circular *2] }");
check(() => (inspect((()=>{class Foo{constructor(){this.self=this}};return new Foo})())),
  "<ref *1> Foo { self: [Circular *1] }");
check(() => (inspect({[inspect.custom](){return 'custom'}})),
  "custom");
check(() => (inspect({[inspect.custom](){return {a:1}}})),
  "{ a: 1 }");
check(() => (inspect({a:{[inspect.custom](){return 'l1\nl2'}}})),
  "{\n  a: l1\n  l2\n}");
check(() => (inspect({a:{[inspect.custom](){return {x:'l1\nl2'.repeat(30)}}}})),
  "{\n  a: {\n    x: 'l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2l1\\n' +\n      'l2'\n  }\n}");
check(() => (inspect({a:{[inspect.custom](d,o){return String(d)+Object.keys(o).sort().join()}}})),
  "{\n  a: 1breakLength,colors,compact,customInspect,depth,getters,maxArrayLength,maxStringLength,numericSeparator,showHidden,showProxy,sorted,stylize\n}");
check(() => (inspect({a:{b:{c:{[inspect.custom](d){return String(d)}}}}})),
  "{ a: { b: { c: -1 } } }");
check(() => (inspect({a:{b:{[inspect.custom](d){return String(d)}}}},{depth:null})),
  "{ a: { b: null } }");
check(() => (inspect({[inspect.custom](){return 5}})),
  "5");
check(() => (inspect({[inspect.custom](){return null}})),
  "null");
check(() => (inspect({[inspect.custom](){return undefined}})),
  "undefined");
check(() => (inspect({[inspect.custom](){return this}, a:1})),
  "{\n  a: 1,\n  Symbol(nodejs.util.inspect.custom): [Function: [nodejs.util.inspect.custom]]\n}");
check(() => (inspect({[inspect.custom](){return 'x'},a:1},{customInspect:false})),
  "{\n  a: 1,\n  Symbol(nodejs.util.inspect.custom): [Function: [nodejs.util.inspect.custom]]\n}");
check(() => (inspect({[inspect.custom](d,o){return o.stylize('abc','number')}},{colors:true})),
  "\u001b[33mabc\u001b[39m");
check(() => (inspect({a:{[inspect.custom](d,o,i){return i({x:{y:{z:{}}}},o)}}})),
  "{ a: { x: { y: { z: {} } } } }");
check(() => (inspect({c:3,a:1,b:2},{sorted:true})),
  "{ a: 1, b: 2, c: 3 }");
check(() => (inspect({c:3,a:1,b:2},{sorted:(a,b)=>a<b?1:-1})),
  "{ c: 3, b: 2, a: 1 }");
check(() => (inspect(new Map([['b',1],['a',2]]),{sorted:true})),
  "Map(2) { 'a' => 2, 'b' => 1 }");
check(() => (inspect(new Set(['b','a']),{sorted:true})),
  "Set(2) { 'a', 'b' }");
check(() => (inspect(new Map([[{b:1},1],[{a:1},2]]),{sorted:true})),
  "Map(2) { { a: 1 } => 2, { b: 1 } => 1 }");
check(() => (inspect({a:1,b:'s',c:null,d:undefined,e:true,f:Symbol('x'),g:1n,h:new Date(0),i:/r/g,j(){},k:class A{}},{colors:true})),
  "{\n  a: \u001b[33m1\u001b[39m,\n  b: \u001b[32m's'\u001b[39m,\n  c: \u001b[1mnull\u001b[22m,\n  d: \u001b[90mundefined\u001b[39m,\n  e: \u001b[33mtrue\u001b[39m,\n  f: \u001b[32mSymbol(x)\u001b[39m,\n  g: \u001b[33m1n\u001b[39m,\n  h: \u001b[35m1970-01-01T00:00:00.000Z\u001b[39m,\n  i: \u001b[32m/\u001b[39m\u001b[33mr\u001b[39m\u001b[32m/\u001b[39m\u001b[31mg\u001b[39m,\n  j: \u001b[36m[Function: j]\u001b[39m,\n  k: \u001b[36m[class A]\u001b[39m\n}");
check(() => (inspect({a:[1,2,'x'],b:new Map([[1,'a']]),[Symbol('q')]:1,'a-b':1,get x(){return 1}},{colors:true})),
  "{\n  a: [ \u001b[33m1\u001b[39m, \u001b[33m2\u001b[39m, \u001b[32m'x'\u001b[39m ],\n  b: Map(1) { \u001b[33m1\u001b[39m => \u001b[32m'a'\u001b[39m },\n  \u001b[32m'a-b'\u001b[39m: \u001b[33m1\u001b[39m,\n  x: \u001b[36m[Getter]\u001b[39m,\n  \u001b[32mSymbol(q)\u001b[39m: \u001b[33m1\u001b[39m\n}");
check(() => (inspect(Array.from({length:30},(_, i)=>i),{colors:true})),
  "[\n   \u001b[33m0\u001b[39m,  \u001b[33m1\u001b[39m,  \u001b[33m2\u001b[39m,  \u001b[33m3\u001b[39m,  \u001b[33m4\u001b[39m,  \u001b[33m5\u001b[39m,  \u001b[33m6\u001b[39m,  \u001b[33m7\u001b[39m,  \u001b[33m8\u001b[39m,\n   \u001b[33m9\u001b[39m, \u001b[33m10\u001b[39m, \u001b[33m11\u001b[39m, \u001b[33m12\u001b[39m, \u001b[33m13\u001b[39m, \u001b[33m14\u001b[39m, \u001b[33m15\u001b[39m, \u001b[33m16\u001b[39m, \u001b[33m17\u001b[39m,\n  \u001b[33m18\u001b[39m, \u001b[33m19\u001b[39m, \u001b[33m20\u001b[39m, \u001b[33m21\u001b[39m, \u001b[33m22\u001b[39m, \u001b[33m23\u001b[39m, \u001b[33m24\u001b[39m, \u001b[33m25\u001b[39m, \u001b[33m26\u001b[39m,\n  \u001b[33m27\u001b[39m, \u001b[33m28\u001b[39m, \u001b[33m29\u001b[39m\n]");
check(() => (inspect({a:{b:{c:{}}}},{colors:true})),
  "{ a: { b: { c: {} } } }");
check(() => (inspect(new Proxy({},{}),{colors:true,showProxy:true})),
  "Proxy [ {}, {} ]");
check(() => (inspect({a:'x'.repeat(80),b:1},{colors:true})),
  "{\n  a: \u001b[32m'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'\u001b[39m,\n  b: \u001b[33m1\u001b[39m\n}");
check(() => (inspect(Promise.resolve(1),{colors:true})),
  "Promise { \u001b[33m1\u001b[39m }");
check(() => (inspect([,1],{colors:true})),
  "[ \u001b[90m<1 empty item>\u001b[39m, \u001b[33m1\u001b[39m ]");
check(() => (inspect(new Error('x'),{colors:true}).split('\n')[0]),
  "Error: x");
check(() => (inspect(new Error('boo')).split('\n')[0]),
  "Error: boo");
check(() => (inspect(new TypeError('boo')).split('\n')[0]),
  "TypeError: boo");
check(() => (inspect((()=>{const e=new Error('x');e.stack='Error: x\n    at foo (file.js:1:2)';return e})())),
  "Error: x\n    at foo (file.js:1:2)");
check(() => (inspect((()=>{const e=new Error('x');e.stack='Error: x\n    at foo (file.js:1:2)';e.code='E';e.a={b:1};return e})())),
  "Error: x\n    at foo (file.js:1:2) {\n  code: 'E',\n  a: { b: 1 }\n}");
check(() => (inspect((()=>{const e=new Error('x');e.stack='Error: x';return e})())),
  "[Error: x]");
check(() => (inspect((()=>{const e=new Error('x');e.stack='Error: x';e.y=1;return e})())),
  "[Error: x] { y: 1 }");
check(() => (inspect((()=>{const e=new Error('x');e.stack=undefined;return e})())),
  "[Error: x]");
check(() => (inspect((()=>{const e=new Error('x');e.stack='';return e})())),
  "[Error: x]");
check(() => (inspect((()=>{const e=new Error('x');e.stack=5;return e})())),
  "[Error: x\n    5]");
check(() => (inspect((()=>{const e=new Error('');e.stack='Error\n    at a';return e})())),
  "Error\n    at a");
check(() => (inspect((()=>{const e=new Error('x');e.stack='Error: x\n    at foo (file.js:1:2)';e.name='Foo';return e})())),
  "Error: x\n    at foo (file.js:1:2) {\n  name: 'Foo'\n}");
check(() => (inspect((()=>{const e=new Error('x');e.stack='Error: x\n    at foo (file.js:1:2)';e.message='changed';return e})())),
  "Error: x\n    at foo (file.js:1:2)");
check(() => (inspect((()=>{class Foo extends Error{};const e=new Foo('x');e.stack='Error: x\n    at foo (file.js:1:2)';return e})())),
  "Foo [Error]: x\n    at foo (file.js:1:2)");
check(() => (inspect((()=>{class FooError extends TypeError{};const e=new FooError('x');e.stack='TypeError: x\n    at foo (file.js:1:2)';return e})())),
  "FooError [TypeError]: x\n    at foo (file.js:1:2)");
check(() => (inspect((()=>{class Foo extends Error{get name(){return 'Bar'}};const e=new Foo('x');e.stack='Bar: x\n    at foo (file.js:1:2)';return e})())),
  "Bar: x\n    at foo (file.js:1:2)");
check(() => (inspect((()=>{class Foo extends Error{constructor(m){super(m);this.name='Foo'}};const e=new Foo('x');e.stack='Error: x\n    at foo (file.js:1:2)';return e})())),
  "Error: x\n    at foo (file.js:1:2) {\n  name: 'Foo'\n}");
check(() => (inspect((()=>{const e=new Error('x');e.stack='Error: x\n    at foo (file.js:1:2)';Object.setPrototypeOf(e,null);return e})())),
  "[Error: null prototype]: x\n    at foo (file.js:1:2)");
check(() => (inspect((()=>{const e=new Error('x',{cause:'why'});e.stack='Error: x\n    at foo (file.js:1:2)';return e})())),
  "Error: x\n    at foo (file.js:1:2) {\n  [cause]: 'why'\n}");
check(() => (inspect((()=>{const c=new Error('y');c.stack='Error: y\n    at bar (file.js:2:2)\n    at a\n    at b\n    at c\n    at d';const e=new Error('x',{cause:c});e.stack='Error: x\n    at foo (file.js:1:2)\n    at a\n    at b\n    at c\n    at d';return e})())),
  "Error: x\n    at foo (file.js:1:2)\n    at a\n    ... 2 lines matching cause stack trace ...\n    at d {\n  [cause]: Error: y\n      at bar (file.js:2:2)\n      at a\n      at b\n      at c\n      at d\n}");
check(() => (inspect((()=>{const c=new Error('y');c.stack='Error: y\n    at bar (file.js:2:2)';const e=new Error('x',{cause:c});e.stack='Error: x\n    at foo (file.js:1:2)';e.code='C';return {e}})())),
  "{\n  e: Error: x\n      at foo (file.js:1:2) {\n    code: 'C',\n    [cause]: Error: y\n        at bar (file.js:2:2)\n  }\n}");
check(() => (inspect((()=>{const e=new Error('x',{cause:undefined});e.stack='Error: x\n    at foo (file.js:1:2)';return e})())),
  "Error: x\n    at foo (file.js:1:2) {\n  [cause]: undefined\n}");
check(() => (inspect((()=>{const e=new Error('x');e.cause={a:1};e.stack='Error: x\n    at foo (file.js:1:2)';return e})())),
  "Error: x\n    at foo (file.js:1:2) {\n  cause: { a: 1 }\n}");
check(() => (inspect((()=>{const a=new Error('a');a.stack='Error: a\n    at f1';const b=new Error('b');b.stack='Error: b\n    at f2';const e=new AggregateError([a,b,3],'agg');e.stack='AggregateError: agg\n    at f3';return e})())),
  "AggregateError: agg\n    at f3 {\n  [errors]: [\n    Error: a\n        at f1,\n    Error: b\n        at f2,\n    3\n  ]\n}");
check(() => (inspect((()=>{const e=new Error('multi\nline');e.stack='Error: multi\nline\n    at foo (file.js:1:2)';return {e}})())),
  "{\n  e: Error: multi\n  line\n      at foo (file.js:1:2)\n}");
check(() => (inspect((()=>{const e=new Error('x');e.stack='Error: x\n    at foo (file.js:1:2)\n    at bar';return {a:{e}}})())),
  "{\n  a: {\n    e: Error: x\n        at foo (file.js:1:2)\n        at bar\n  }\n}");
check(() => (inspect((()=>{const e=new Error('x');e.stack='Error: x\n    at foo (file.js:1:2)\n    at bar';return [e,e]})())),
  "[\n  Error: x\n      at foo (file.js:1:2)\n      at bar,\n  Error: x\n      at foo (file.js:1:2)\n      at bar\n]");
check(() => (inspect((()=>{const e=new Error('x');e.stack='Error: x\n    at foo';e.self=e;return e})())),
  "<ref *1> Error: x\n    at foo {\n  self: [Circular *1]\n}");
check(() => (inspect((()=>{const e=new Error('x');e.stack='Error: x\n    at foo';return {a:{b:{c:e}}}})())),
  "{\n  a: {\n    b: {\n      c: Error: x\n          at foo\n    }\n  }\n}");
check(() => (inspect((()=>{const e=new Error('x');e.stack='Error: x\n    at foo';return {a:{b:{c:{d:e}}}}})())),
  "{ a: { b: { c: [Object] } } }");
check(() => (inspect((()=>{const e=new RangeError('x');e.stack='RangeError: x\n    at foo';e.name='TypeError';return e})())),
  "RangeError: x\n    at foo {\n  name: 'TypeError'\n}");
check(() => (inspect((()=>{const e=new Error('x');e.stack='Error: x\n    at foo';e.message='x';Object.defineProperty(e,'message',{enumerable:true});return e})())),
  "Error: x\n    at foo");
check(() => (inspect((()=>{const e=new Error('x');e.stack='Error: x\n    at foo';e[Symbol.toStringTag]='tag';return e})())),
  "Error: x\n    at foo {\n  Symbol(Symbol.toStringTag): 'tag'\n}");
check(() => (inspect(globalThis).length>100),
  "true");
check(() => (inspect({a:1,b:2,c:3,d:4,e:5,f:6,g:7,h:8,i:9,j:10,k:11,l:12,m:13,n:14,o:15,p:16,q:17,r:18,s:19,t:20})),
  "{\n  a: 1,\n  b: 2,\n  c: 3,\n  d: 4,\n  e: 5,\n  f: 6,\n  g: 7,\n  h: 8,\n  i: 9,\n  j: 10,\n  k: 11,\n  l: 12,\n  m: 13,\n  n: 14,\n  o: 15,\n  p: 16,\n  q: 17,\n  r: 18,\n  s: 19,\n  t: 20\n}");
check(() => (inspect([['a','b'],['c',{d:1}]],{depth:0})),
  "[ [Array], [Array] ]");
check(() => (inspect([[[[]]]])),
  "[ [ [ [] ] ] ]");
check(() => (inspect([[[[1]]]])),
  "[ [ [ [Array] ] ] ]");
check(() => (inspect([[[[{}]]]])),
  "[ [ [ [Array] ] ] ]");
check(() => (inspect({a:[{b:[{c:1}]}]})),
  "{ a: [ { b: [Array] } ] }");
check(() => (inspect([{a:1,b:2},{a:3,b:4}])),
  "[ { a: 1, b: 2 }, { a: 3, b: 4 } ]");
check(() => (inspect(Array.from({length:3},()=>({name:'x'.repeat(20),value:'y'.repeat(20)})))),
  "[\n  { name: 'xxxxxxxxxxxxxxxxxxxx', value: 'yyyyyyyyyyyyyyyyyyyy' },\n  { name: 'xxxxxxxxxxxxxxxxxxxx', value: 'yyyyyyyyyyyyyyyyyyyy' },\n  { name: 'xxxxxxxxxxxxxxxxxxxx', value: 'yyyyyyyyyyyyyyyyyyyy' }\n]");
check(() => (inspect({users:[{name:'Alice',age:30,tags:['a','b']},{name:'Bob',age:25,tags:[]}],total:2})),
  "{\n  users: [\n    { name: 'Alice', age: 30, tags: [Array] },\n    { name: 'Bob', age: 25, tags: [] }\n  ],\n  total: 2\n}");
check(() => (inspect(new (class Foo{#p=1;x=2}))),
  "Foo { x: 2 }");
check(() => (inspect({a(){},b:()=>{},async c(){},*d(){},get e(){return 1}})),
  "{\n  a: [Function: a],\n  b: [Function: b],\n  c: [AsyncFunction: c],\n  d: [GeneratorFunction: d],\n  e: [Getter]\n}");
check(() => (inspect({f:function(){},g:class{},h:class Q extends Array{}})),
  "{ f: [Function: f], g: [class g], h: [class Q extends Array] }");
check(() => (inspect(new (class Foo extends Array{})(3))),
  "Foo(3) [ <3 empty items> ]");
check(() => (inspect(new (class Foo extends Array{})(1,2,3))),
  "Foo(3) [ 1, 2, 3 ]");
check(() => (inspect(process.versions).includes('node:')),
  "true");
check(() => (inspect(Object.create(Date.prototype))),
  "Date {}");
check(() => (inspect(Object.create(Map.prototype))),
  "Map {}");
check(() => (inspect(Object.create(Error.prototype))),
  "[Error]");
check(() => (inspect(Object.create(Promise.prototype))),
  "Promise {}");
check(() => (inspect({constructor:'x'})),
  "{ constructor: 'x' }");
check(() => (inspect({constructor:{name:'Foo'}})),
  "{ constructor: { name: 'Foo' } }");
check(() => (inspect(Object.assign(Object.create({constructor:function Foo(){}}),{a:1}))),
  "{ a: 1 }");
check(() => (inspect(new (function Foo(){this.a=1}))),
  "Foo { a: 1 }");
check(() => (inspect([1.0,2.5,'3'])),
  "[ 1, 2.5, '3' ]");
check(() => (inspect(['\u4e2d\u6587','a','b','\u4e2d','e','f','gggg','h'])),
  "[\n  '\u4e2d\u6587', 'a',\n  'b',    '\u4e2d',\n  'e',    'f',\n  'gggg', 'h'\n]");
check(() => (inspect(Array.from({length:12},(_, i)=>'\u4e2d'.repeat(i%4+1)))),
  "[\n  '\u4e2d',     '\u4e2d\u4e2d',\n  '\u4e2d\u4e2d\u4e2d', '\u4e2d\u4e2d\u4e2d\u4e2d',\n  '\u4e2d',     '\u4e2d\u4e2d',\n  '\u4e2d\u4e2d\u4e2d', '\u4e2d\u4e2d\u4e2d\u4e2d',\n  '\u4e2d',     '\u4e2d\u4e2d',\n  '\u4e2d\u4e2d\u4e2d', '\u4e2d\u4e2d\u4e2d\u4e2d'\n]");
check(() => (inspect({a:new Array(3),b:[,]})),
  "{ a: [ <3 empty items> ], b: [ <1 empty item> ] }");
check(() => (inspect([null,undefined])),
  "[ null, undefined ]");
check(() => (inspect([[1,2,[3,4,[5,[6]]]],{a:{b:{c:{d:{}}}}}],false,1)),
  "[ [ 1, 2, [Array] ], { a: [Object] } ]");
check(() => (inspect([[1,2,[3,4,[5,[6]]]],{a:{b:{c:{d:{}}}}}],false,null)),
  "[\n  [\n    1,\n    2,\n    [ 3, 4, [ 5, [ 6 ] ] ]\n  ],\n  {\n    a: { b: { c: { d: {} } } }\n  }\n]");
check(() => (inspect({a:1},true)),
  "{ a: 1 }");
check(() => (inspect({a:1},false,2,true)),
  "{ a: \u001b[33m1\u001b[39m }");
check(() => (inspect(Object.assign([1,2,3],{a:1,b:{c:1}}))),
  "[ 1, 2, 3, a: 1, b: { c: 1 } ]");
check(() => (inspect(new Map([[{a:1,b:2},'x'.repeat(80)]]))),
  "Map(1) {\n  { a: 1, b: 2 } => 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'\n}");
check(() => (inspect(new Map([['a',new Map([['b',new Map([['c',new Map]])]])]]))),
  "Map(1) { 'a' => Map(1) { 'b' => Map(1) { 'c' => Map(0) {} } } }");
check(() => (inspect({s:new Set([[1,2],[3,4]])})),
  "{ s: Set(2) { [ 1, 2 ], [ 3, 4 ] } }");
check(() => (inspect('a'.repeat(100).match(/a/))),
  "[\n  'a',\n  index: 0,\n  input: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n  groups: undefined\n]");
check(() => (inspect(/(?<x>a)(b)?/.exec('ab'))),
  "[\n  'ab',\n  'a',\n  'b',\n  index: 0,\n  input: 'ab',\n  groups: [Object: null prototype] { x: 'a' }\n]");
check(() => (inspect('abc'.split(''))),
  "[ 'a', 'b', 'c' ]");
check(() => (inspect({d:new Date(1e12),r:/x/y,n:null,u:undefined})),
  "{ d: 2001-09-09T01:46:40.000Z, r: /x/y, n: null, u: undefined }");
check(() => (inspect(new Array(200).fill('abc'))),
  "[\n  'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc',\n  'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc',\n  'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc',\n  'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc',\n  'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc',\n  'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc',\n  'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc',\n  'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc',\n  'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc',\n  'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc',\n  'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc',\n  'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc',\n  'abc', 'abc', 'abc', 'abc',\n  ... 100 more items\n]");
check(() => (inspect(new Array(50).fill('a'.repeat(20)))),
  "[\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa'\n]");
check(() => (inspect(new Array(8).fill('a'.repeat(30)))),
  "[\n  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'\n]");
check(() => (inspect({x:new Array(27).fill(1)})),
  "{\n  x: [\n    1, 1, 1, 1, 1, 1, 1, 1,\n    1, 1, 1, 1, 1, 1, 1, 1,\n    1, 1, 1, 1, 1, 1, 1, 1,\n    1, 1, 1\n  ]\n}");
check(() => (inspect({x:{y:{z:new Array(27).fill(1)}}},{depth:5})),
  "{\n  x: {\n    y: {\n      z: [\n        1, 1, 1, 1, 1, 1, 1, 1,\n        1, 1, 1, 1, 1, 1, 1, 1,\n        1, 1, 1, 1, 1, 1, 1, 1,\n        1, 1, 1\n      ]\n    }\n  }\n}");
check(() => (inspect([['a'.repeat(5),1,2,3,4,5,6,7]])),
  "[ [ 'aaaaa', 1, 2, 3, 4, 5, 6, 7 ] ]");
check(() => (inspect(new Array(3).fill(new Array(10).fill(0)))),
  "[\n  [\n    0, 0, 0, 0, 0,\n    0, 0, 0, 0, 0\n  ],\n  [\n    0, 0, 0, 0, 0,\n    0, 0, 0, 0, 0\n  ],\n  [\n    0, 0, 0, 0, 0,\n    0, 0, 0, 0, 0\n  ]\n]");
check(() => (inspect(Array.from({length:8},(_, i)=>Symbol('s'+i)))),
  "[\n  Symbol(s0),\n  Symbol(s1),\n  Symbol(s2),\n  Symbol(s3),\n  Symbol(s4),\n  Symbol(s5),\n  Symbol(s6),\n  Symbol(s7)\n]");
check(() => (inspect(Array.from({length:8},(_, i)=>'\u{1F600}'.repeat(i)))),
  "[\n  '',\n  '\ud83d\ude00',\n  '\ud83d\ude00\ud83d\ude00',\n  '\ud83d\ude00\ud83d\ude00\ud83d\ude00',\n  '\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00',\n  '\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00',\n  '\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00',\n  '\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00'\n]");
check(() => (inspect([1,2,3,4,5,6,7],{compact:false})),
  "[\n  1,\n  2,\n  3,\n  4,\n  5,\n  6,\n  7\n]");
check(() => (inspect([1,2,3,4,5,6,7],{compact:true})),
  "[ 1, 2, 3, 4, 5, 6, 7 ]");
check(() => (inspect(Array.from({length:100},(_, i)=>i),{breakLength:120})),
  "[\n   0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11,\n  12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,\n  24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35,\n  36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,\n  48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59,\n  60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71,\n  72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83,\n  84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95,\n  96, 97, 98, 99\n]");
check(() => (inspect(Array.from({length:100},(_, i)=>i),{breakLength:40})),
  "[\n   0,  1,  2,  3,  4,  5,  6,  7,  8,  9,\n  10, 11, 12, 13, 14, 15, 16, 17, 18, 19,\n  20, 21, 22, 23, 24, 25, 26, 27, 28, 29,\n  30, 31, 32, 33, 34, 35, 36, 37, 38, 39,\n  40, 41, 42, 43, 44, 45, 46, 47, 48, 49,\n  50, 51, 52, 53, 54, 55, 56, 57, 58, 59,\n  60, 61, 62, 63, 64, 65, 66, 67, 68, 69,\n  70, 71, 72, 73, 74, 75, 76, 77, 78, 79,\n  80, 81, 82, 83, 84, 85, 86, 87, 88, 89,\n  90, 91, 92, 93, 94, 95, 96, 97, 98, 99\n]");
check(() => (inspect(Array.from({length:100},(_, i)=>i),{compact:5})),
  "[\n   0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14,\n  15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,\n  30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44,\n  45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59,\n  60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74,\n  75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89,\n  90, 91, 92, 93, 94, 95, 96, 97, 98, 99\n]");
check(() => (inspect({a:{b:1,c:{d:{e:1}}}},{breakLength:3})),
  "{\n  a: {\n    b: 1,\n    c: {\n      d: [Object]\n    }\n  }\n}");
check(() => (inspect(Object.assign(()=>{},{a:1,b:{c:2}}))),
  "[Function (anonymous)] { a: 1, b: { c: 2 } }");
check(() => (inspect(Atomics)),
  "Object [Atomics] {}");
check(() => (inspect(new Boolean(true),{colors:true})),
  "\u001b[33m[Boolean: true]\u001b[39m");
check(() => (inspect(Object(Symbol('z')),{colors:true})),
  "\u001b[32m[Symbol: Symbol(z)]\u001b[39m");
check(() => (inspect({__proto__:{a:1}})),
  "{}");
check(() => (inspect({__proto__:null,[Symbol.toStringTag]:'Foo',x:1})),
  "[Foo: null prototype] { x: 1, Symbol(Symbol.toStringTag): 'Foo' }");
check(() => (inspect(Object.create({__proto__:null,[Symbol.toStringTag]:'Foo'}))),
  "Foo <[Foo: null prototype]> [Foo] {}");
check(() => (inspect(new (class A{constructor(){this.b=1}get c(){return 1}}),{showHidden:true})),
  "A { b: 1, [c]: [Getter] }");
check(() => (inspect(new (class B extends (class A{get c(){return 1}m(){}}){get d(){return 2}}),{showHidden:true})),
  "B { [d]: [Getter], [c]: [Getter] }");
check(() => (inspect({a:1,[Symbol('b')]:2},{showHidden:true,sorted:true})),
  "{ Symbol(b): 2, a: 1 }");
check(() => (inspect(new String('a\nb'))),
  "[String: 'a\\nb']");
check(() => (inspect(Buffer.from('abc'))),
  "<Buffer 61 62 63>");
check(() => (inspect(Buffer.alloc(60))),
  "<Buffer 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 ... 10 more bytes>");
check(() => (inspect(Object.assign(Buffer.from('ab'),{x:1}))),
  "<Buffer 61 62, x: 1>");
check(() => (inspect({b:Buffer.from('x')})),
  "{ b: <Buffer 78> }");
check(() => (inspect(new Map([[Buffer.from('x'),1]]))),
  "Map(1) { <Buffer 78> => 1 }");
check(() => (inspect([Object.create(null)],{depth:0})),
  "[ [Object: null prototype] {} ]");
check(() => (inspect([new (class Foo{})],{depth:0})),
  "[ Foo {} ]");
check(() => (inspect([Object.create({})],{depth:-1})),
  "[Array]");
check(() => (inspect({},{depth:-1})),
  "{}");
check(() => (inspect([],{depth:-1})),
  "[]");
check(() => (inspect(new (class extends Array{}))),
  "[]");
check(() => (inspect(new (class Foo extends Promise{})(()=>{}))),
  "Foo [Promise] { <pending> }");
check(() => (inspect(new (class Foo extends Error{})('x')).split('\n')[0]),
  "Foo [Error]: x");
check(() => (inspect(new (class FooError extends Error{})('x')).split('\n')[0]),
  "FooError: x");
check(() => (inspect(new (class Foo extends (class FooBar extends Error{}){})('x')).split('\n')[0]),
  "Foo [Error]: x");
check(() => (inspect(new (class extends Error{})('x')).split('\n')[0]),
  "Error: x");
check(() => (inspect(Object.assign(new Error('m'),{name:'Zed'})).split('\n')[0]),
  "Zed: m");
check(() => (inspect(Object.assign(new Error('m'),{name:''})).split('\n')[0]),
  "m");
check(() => (inspect(Object.assign(new Error('m'),{name:5})).split('\n')[0]),
  "5 [Error]: m");
check(() => (inspect(Object.defineProperty(new Error('m'),'name',{value:'N'})).split('\n')[0]),
  "N: m");
check(() => (inspect(new DOMException('m','AbortError')).split('\n')[0]),
  "DOMException [AbortError]: m");
check(() => (inspect.defaultOptions),
  "{ showHidden: false, depth: 2, colors: false, customInspect: true, showProxy: false, maxArrayLength: 100, maxStringLength: 10000, breakLength: 80, compact: 3, sorted: false, getters: false, numericSeparator: false }");
check(() => (inspect.styles),
  "[Object: null prototype] { special: 'cyan', number: 'yellow', bigint: 'yellow', boolean: 'yellow', undefined: 'grey', null: 'bold', string: 'green', symbol: 'green', date: 'magenta', regexp: [Function: highlightRegExp] { colors: [ 'green', 'red', 'yellow', 'cyan', 'magenta' ] }, module: 'underline' }");
check(() => (Object.keys(inspect.colors).join()),
  "reset,bold,dim,italic,underline,blink,inverse,hidden,strikethrough,doubleunderline,black,red,green,yellow,blue,magenta,cyan,white,bgBlack,bgRed,bgGreen,bgYellow,bgBlue,bgMagenta,bgCyan,bgWhite,framed,overlined,gray,redBright,greenBright,yellowBright,blueBright,magentaBright,cyanBright,whiteBright,bgGray,bgRedBright,bgGreenBright,bgYellowBright,bgBlueBright,bgMagentaBright,bgCyanBright,bgWhiteBright");
check(() => (Object.keys(inspect).join()),
  "custom,colors,styles");
check(() => (inspect.colors.grey),
  "[ 90, 39 ]");
check(() => ((()=>{try{inspect.defaultOptions=null}catch(e){return e.message}})()),
  "The \"options\" argument must be of type object. Received null");
check(() => ((()=>{try{inspect.defaultOptions='x'}catch(e){return e.message}})()),
  "The \"options\" argument must be of type object. Received type string ('x')");
check(() => ((()=>{const s=inspect.defaultOptions;inspect.defaultOptions={depth:0};const r=inspect({a:{b:1}});inspect.defaultOptions={depth:2};return r})()),
  "{ a: [Object] }");

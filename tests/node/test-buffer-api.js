// SPDX-License-Identifier: MIT
'use strict';

// Buffer: making, encodings, searching, numbers, errors.
// Each line is an expression and what Node 26 makes of it (as text), recorded. Silent when all agree.

const buffer = require('buffer');
const { inspect } = require('util');
const { check } = require('./fixtures/expressions');

check(() => (inspect(Buffer.from('héllo wörld'))),
  "<Buffer 68 c3 a9 6c 6c 6f 20 77 c3 b6 72 6c 64>");
check(() => (Buffer.from('abc').toString('base64')),
  "YWJj");
check(() => (Buffer.from('YWJj','base64').toString()),
  "abc");
check(() => (Buffer.from('YWJ','base64').toString()),
  "ab");
check(() => (Buffer.from('_-8=','base64url').toString('hex')),
  "ffef");
check(() => (Buffer.from('616263','hex').toString()),
  "abc");
check(() => (Buffer.from('61626','hex').toString()),
  "ab");
check(() => (Buffer.from('61zz','hex').toString()),
  "a");
check(() => (Buffer.from('héé','latin1')),
  "<Buffer 68 e9 e9>");
check(() => (Buffer.from('hé','utf16le')),
  "<Buffer 68 00 e9 00>");
check(() => (Buffer.from('hé','ucs2').toString('ucs2')),
  "h\u00e9");
check(() => (Buffer.from('é','ascii').toString('ascii')),
  "i");
check(() => (Buffer.from([1,2,257,-1,'3'])),
  "<Buffer 01 02 01 ff 03>");
check(() => (Buffer.from({length:2,0:5,1:6})),
  "<Buffer 05 06>");
check(() => (Buffer.from(new Uint16Array([1,256]))),
  "<Buffer 01 00>");
check(() => (Buffer.from(new Uint8Array([1,2]).buffer,1)),
  "<Buffer 02>");
check(() => (Buffer.from(Buffer.from('x').toJSON())),
  "<Buffer 78>");
check(() => (Buffer.from(new String('abc'))),
  "<Buffer 61 62 63>");
check(() => (Buffer.from({[Symbol.toPrimitive](){return 'prim'}})),
  "<Buffer 70 72 69 6d>");
check(() => (Buffer.from('')),
  "<Buffer >");
check(() => ((()=>{try{Buffer.from(5)}catch(e){return e.message}})()),
  "The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object. Received type number (5)");
check(() => ((()=>{try{Buffer.from(null)}catch(e){return e.message}})()),
  "The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object. Received null");
check(() => ((()=>{try{Buffer.from({})}catch(e){return e.message}})()),
  "The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object. Received an instance of Object");
check(() => ((()=>{try{Buffer.from('a','nope')}catch(e){return e.message+e.code}})()),
  "Unknown encoding: nopeERR_UNKNOWN_ENCODING");
check(() => ((()=>{try{Buffer.from(new ArrayBuffer(2),3)}catch(e){return e.message}})()),
  "\"offset\" is outside of buffer bounds");
check(() => ((()=>{try{Buffer.from(new ArrayBuffer(2),1,3)}catch(e){return e.message}})()),
  "\"length\" is outside of buffer bounds");
check(() => ((()=>{try{Buffer.alloc(-1)}catch(e){return e.message}})()),
  "The value of \"size\" is out of range. It must be >= 0 && <= 9007199254740991. Received -1");
check(() => ((()=>{try{Buffer.alloc('5')}catch(e){return e.message}})()),
  "The \"size\" argument must be of type number. Received type string ('5')");
check(() => (Buffer.alloc(5,'ab')),
  "<Buffer 61 62 61 62 61>");
check(() => (Buffer.alloc(5,'é')),
  "<Buffer c3 a9 c3 a9 c3>");
check(() => (Buffer.alloc(5,1)),
  "<Buffer 01 01 01 01 01>");
check(() => (Buffer.alloc(5,Buffer.from('xy'))),
  "<Buffer 78 79 78 79 78>");
check(() => (Buffer.alloc(3,'YWI=','base64')),
  "<Buffer 61 62 61>");
check(() => (Buffer.alloc(5).fill('abc',1,4)),
  "<Buffer 00 61 62 63 00>");
check(() => (Buffer.alloc(5).fill('')),
  "<Buffer 00 00 00 00 00>");
check(() => (Buffer.alloc(5).fill(300)),
  "<Buffer 2c 2c 2c 2c 2c>");
check(() => ((()=>{try{return Buffer.alloc(5).fill('a',0,6)}catch(e){return e.message}})()),
  "The value of \"end\" is out of range. It must be >= 0 && <= 5. Received 6");
check(() => ((()=>{try{return Buffer.alloc(5).fill('a','nope')}catch(e){return e.message}})()),
  "Unknown encoding: nope");
check(() => ((()=>{try{return Buffer.alloc(5).fill(Buffer.alloc(0))}catch(e){return e.message}})()),
  "The argument 'value' is invalid. Received <Buffer >");
check(() => (Buffer.allocUnsafe(10).length),
  "10");
check(() => (Buffer.concat([Buffer.from('a'),new Uint8Array([98])])),
  "<Buffer 61 62>");
check(() => (Buffer.concat([Buffer.from('abc')],2)),
  "<Buffer 61 62>");
check(() => (Buffer.concat([Buffer.from('abc')],5)),
  "<Buffer 61 62 63 00 00>");
check(() => (Buffer.concat([])),
  "<Buffer >");
check(() => ((()=>{try{Buffer.concat('a')}catch(e){return e.message}})()),
  "The \"list\" argument must be an instance of Array. Received type string ('a')");
check(() => ((()=>{try{Buffer.concat(['a'])}catch(e){return e.message}})()),
  "The \"list[0]\" argument must be an instance of Buffer or Uint8Array. Received type string ('a')");
check(() => (Buffer.compare(Buffer.from('a'),Buffer.from('b'))),
  "-1");
check(() => ((()=>{try{Buffer.compare('a',Buffer.from('b'))}catch(e){return e.message}})()),
  "The \"buf1\" argument must be an instance of Buffer or Uint8Array. Received type string ('a')");
check(() => (Buffer.from('abc').compare(Buffer.from('xbcx'),1,3,1,3)),
  "0");
check(() => ((()=>{try{Buffer.from('abc').compare(Buffer.from('x'),0,9)}catch(e){return e.message}})()),
  "The value of \"targetEnd\" is out of range. It must be >= 0 && <= 1. Received 9");
check(() => (Buffer.from('abc').equals(Buffer.from('abc'))),
  "true");
check(() => (Buffer.byteLength('héllo')),
  "6");
check(() => (Buffer.byteLength('YWJj','base64')),
  "3");
check(() => (Buffer.byteLength('YWI=','base64')),
  "2");
check(() => (Buffer.byteLength('abc','hex')),
  "1");
check(() => (Buffer.byteLength(new ArrayBuffer(3))),
  "3");
check(() => ((()=>{try{Buffer.byteLength(5)}catch(e){return e.message}})()),
  "The \"string\" argument must be of type string or an instance of Buffer or ArrayBuffer. Received type number (5)");
check(() => ([Buffer.isEncoding('UTF8'),Buffer.isEncoding('nope'),Buffer.isEncoding(''),Buffer.isEncoding('Hex'),Buffer.isEncoding('binary')]),
  "[ true, false, false, true, true ]");
check(() => ([Buffer.isBuffer(Buffer.alloc(1)),Buffer.isBuffer(new Uint8Array(1))]),
  "[ true, false ]");
check(() => (Buffer.from('hello world').indexOf('o')),
  "4");
check(() => (Buffer.from('hello world').indexOf('o',5)),
  "7");
check(() => (Buffer.from('hello world').indexOf('o',-5)),
  "7");
check(() => (Buffer.from('hello world').lastIndexOf('o')),
  "7");
check(() => (Buffer.from('hello world').lastIndexOf('o',5)),
  "4");
check(() => (Buffer.from('hello world').indexOf(Buffer.from('wor'))),
  "6");
check(() => (Buffer.from('hello world').indexOf(119)),
  "6");
check(() => (Buffer.from('hello world').indexOf(119+256)),
  "6");
check(() => (Buffer.from('hello world').includes('zzz')),
  "false");
check(() => (Buffer.from('hello').indexOf('')),
  "0");
check(() => (Buffer.from('hello').indexOf('',10)),
  "5");
check(() => (Buffer.from('hello').indexOf('6c6c','hex')),
  "2");
check(() => (Buffer.from('hello').indexOf('l',undefined,'latin1')),
  "2");
check(() => ((()=>{try{Buffer.from('hello').indexOf({})}catch(e){return e.message}})()),
  "The \"value\" argument must be one of type number or string or an instance of Buffer or Uint8Array. Received an instance of Object");
check(() => ((()=>{try{Buffer.from('hello').indexOf('a',0,'nope')}catch(e){return e.message}})()),
  "Unknown encoding: nope");
check(() => (Buffer.from('hello').slice(1,-1).toString()),
  "ell");
check(() => (Buffer.from('hello').subarray(-3).toString()),
  "llo");
check(() => (Buffer.from('hello').toString('utf8',1,3)),
  "el");
check(() => (Buffer.from('hello').toString('utf8',-1,'3')),
  "hel");
check(() => ((()=>{try{Buffer.from('hello').toString('nope')}catch(e){return e.message}})()),
  "Unknown encoding: nope");
check(() => ((()=>{const b=Buffer.alloc(5);return [b.write('abc',1),b.write('zz',3,'latin1'),b.write('é',4),b]})()),
  "[ 3, 2, 0, <Buffer 00 61 62 7a 7a> ]");
check(() => ((()=>{const b=Buffer.alloc(5);return [b.write('6162','hex'),b.write('abcdef',0,2),b]})()),
  "[ 2, 2, <Buffer 61 62 00 00 00> ]");
check(() => ((()=>{try{Buffer.alloc(2).write('a',5)}catch(e){return e.message}})()),
  "The value of \"offset\" is out of range. It must be >= 0 && <= 2. Received 5");
check(() => ((()=>{try{Buffer.alloc(2).write(5)}catch(e){return e.message}})()),
  "argument must be a string");
check(() => ((()=>{const b=Buffer.alloc(10);return [b.copy(Buffer.alloc(3)),Buffer.from('abcdef').copy(b,2,1,4),b]})()),
  "[ 3, 3, <Buffer 00 00 62 63 64 00 00 00 00 00> ]");
check(() => ((()=>{try{Buffer.alloc(2).copy(Buffer.alloc(2),-1)}catch(e){return e.message}})()),
  "The value of \"targetStart\" is out of range. It must be >= 0. Received -1");
check(() => ((()=>{try{Buffer.alloc(2).copy(Buffer.alloc(2),0,5)}catch(e){return e.message}})()),
  "The value of \"sourceStart\" is out of range. It must be >= 0 && <= 2. Received 5");
check(() => ((()=>{try{Buffer.alloc(2).copy('x')}catch(e){return e.message}})()),
  "The \"target\" argument must be an instance of Buffer or Uint8Array. Received type string ('x')");
check(() => (JSON.stringify(Buffer.from('ab'))),
  "{\"type\":\"Buffer\",\"data\":[97,98]}");
check(() => (Buffer.from([1,2,3,4]).swap16()),
  "<Buffer 02 01 04 03>");
check(() => (Buffer.from([1,2,3,4]).swap32()),
  "<Buffer 04 03 02 01>");
check(() => (Buffer.from([1,2,3,4,5,6,7,8]).swap64()),
  "<Buffer 08 07 06 05 04 03 02 01>");
check(() => ((()=>{try{Buffer.alloc(3).swap16()}catch(e){return e.message}})()),
  "Buffer size must be a multiple of 16-bits");
check(() => ([1,2,3,4,5,6].map(n=>Buffer.from([0x81,0x82,0x83,0x84,0x85,0x86]).readUIntBE(0,n))),
  "[ 129, 33154, 8487555, 2172814212, 556240438405, 142397552231814 ]");
check(() => ([1,2,3,4,5,6].map(n=>Buffer.from([0x81,0x82,0x83,0x84,0x85,0x86]).readIntLE(0,n))),
  "[ -127, -32127, -8158591, -2071756159, -526057766271, -133566964727167 ]");
check(() => (['readUInt8','readInt8','readUInt16LE','readUInt16BE','readInt16LE','readInt16BE','readUInt32LE','readUInt32BE','readInt32LE','readInt32BE','readFloatLE','readFloatBE','readDoubleLE','readDoubleBE','readBigInt64LE','readBigInt64BE','readBigUInt64LE','readBigUint64BE'].map(n=>Buffer.from([0x81,0x82,0x83,0x84,0x85,0x86,0x87,0x88])[n]())),
  "[\n                       129,                     -127,\n                     33409,                    33154,\n                    -32127,                   -32382,\n                2223211137,               2172814212,\n               -2071756159,              -2122153084,\n    -3.091780090135418e-36,   -4.794317366894298e-38,\n  -1.4249914579614907e-267, -2.1597750994171683e-301,\n     -8608764254683430271n,    -9114578090645354616n,\n      9837979819026121345n,     9332165983064197000n\n]");
check(() => (['writeUInt8','writeInt8','writeUInt16LE','writeUInt16BE','writeInt16LE','writeInt16BE','writeUInt32LE','writeUInt32BE','writeInt32LE','writeInt32BE','writeFloatLE','writeFloatBE','writeDoubleLE','writeDoubleBE'].map(n=>{const b=Buffer.alloc(8);b[n](100.5);return b.toString('hex')})),
  "[ '6400000000000000', '6400000000000000', '6400000000000000', '0064000000000000', '6400000000000000', '0064000000000000', '6400000000000000', '0000006400000000', '6400000000000000', '0000006400000000', '0000c94200000000', '42c9000000000000', '0000000000205940', '4059200000000000' ]");
check(() => (['writeInt8','writeInt16LE','writeInt16BE','writeInt32LE','writeInt32BE'].map(n=>{const b=Buffer.alloc(8);b[n](-100);return b.toString('hex')})),
  "[ '9c00000000000000', '9cff000000000000', 'ff9c000000000000', '9cffffff00000000', 'ffffff9c00000000' ]");
check(() => (['writeBigInt64LE','writeBigInt64BE','writeBigUInt64LE','writeBigUInt64BE'].map(n=>{const b=Buffer.alloc(8);b[n](0x0102030405060708n);return b.toString('hex')})),
  "[ '0807060504030201', '0102030405060708', '0807060504030201', '0102030405060708' ]");
check(() => ((()=>{const b=Buffer.alloc(8);b.writeBigInt64LE(-5n);return b.readBigInt64LE()})()),
  "-5n");
check(() => ([3,5,6].map(n=>{const b=Buffer.alloc(6);b.writeUIntBE(0x123456,0,n);b.writeIntLE(-5,0,n);return b})),
  "[ <Buffer fb ff ff 00 00 00>, <Buffer fb ff ff ff ff 00>, <Buffer fb ff ff ff ff ff> ]");
check(() => ((()=>{try{Buffer.alloc(2).readUInt32LE()}catch(e){return e.message+e.code}})()),
  "Attempt to access memory outside buffer boundsERR_BUFFER_OUT_OF_BOUNDS");
check(() => ((()=>{try{Buffer.alloc(8).readUInt32LE(5)}catch(e){return e.message+e.code}})()),
  "The value of \"offset\" is out of range. It must be >= 0 and <= 4. Received 5ERR_OUT_OF_RANGE");
check(() => ((()=>{try{Buffer.alloc(8).readUInt32LE(1.5)}catch(e){return e.message+e.code}})()),
  "The value of \"offset\" is out of range. It must be an integer. Received 1.5ERR_OUT_OF_RANGE");
check(() => ((()=>{try{Buffer.alloc(8).readUInt8('1')}catch(e){return e.message+e.code}})()),
  "The \"offset\" argument must be of type number. Received type string ('1')ERR_INVALID_ARG_TYPE");
check(() => ((()=>{try{Buffer.alloc(8).readUInt8(9)}catch(e){return e.message+e.code}})()),
  "The value of \"offset\" is out of range. It must be >= 0 and <= 7. Received 9ERR_OUT_OF_RANGE");
check(() => ((()=>{try{Buffer.alloc(8).writeUInt8(256)}catch(e){return e.message+e.code}})()),
  "The value of \"value\" is out of range. It must be >= 0 and <= 255. Received 256ERR_OUT_OF_RANGE");
check(() => ((()=>{try{Buffer.alloc(8).writeInt32LE(2**31)}catch(e){return e.message+e.code}})()),
  "The value of \"value\" is out of range. It must be >= -2147483648 and <= 2147483647. Received 2147483648ERR_OUT_OF_RANGE");
check(() => ((()=>{try{Buffer.alloc(8).writeUIntBE(2**48,0,6)}catch(e){return e.message+e.code}})()),
  "The value of \"value\" is out of range. It must be >= 0 and < 2 ** 48. Received 281_474_976_710_656ERR_OUT_OF_RANGE");
check(() => ((()=>{try{Buffer.alloc(8).writeIntBE(2**47,0,6)}catch(e){return e.message+e.code}})()),
  "The value of \"value\" is out of range. It must be >= -(2 ** 47) and < 2 ** 47. Received 140_737_488_355_328ERR_OUT_OF_RANGE");
check(() => ((()=>{try{Buffer.alloc(8).writeBigInt64LE(2n**63n)}catch(e){return e.message+e.code}})()),
  "The value of \"value\" is out of range. It must be >= -(2n ** 63n) and < 2n ** 63n. Received 9_223_372_036_854_775_808nERR_OUT_OF_RANGE");
check(() => ((()=>{try{Buffer.alloc(8).writeBigUInt64LE(-1n)}catch(e){return e.message+e.code}})()),
  "The value of \"value\" is out of range. It must be >= 0n and < 2n ** 64n. Received -1nERR_OUT_OF_RANGE");
check(() => ((()=>{try{Buffer.alloc(8).readUIntBE(0,7)}catch(e){return e.message+e.code}})()),
  "The value of \"byteLength\" is out of range. It must be >= 1 and <= 6. Received 7ERR_OUT_OF_RANGE");
check(() => ((()=>{try{Buffer.alloc(8).readUIntBE(0)}catch(e){return e.message+e.code}})()),
  "The \"byteLength\" argument must be of type number. Received undefinedERR_INVALID_ARG_TYPE");
check(() => ((()=>{try{Buffer.alloc(8).readDoubleLE(1)}catch(e){return e.message+e.code}})()),
  "The value of \"offset\" is out of range. It must be >= 0 and <= 0. Received 1ERR_OUT_OF_RANGE");
check(() => (buffer.transcode(Buffer.from('€é'),'utf8','latin1')),
  "<Buffer 3f e9>");
check(() => (buffer.transcode(Buffer.from('€'),'utf8','utf16le')),
  "<Buffer ac 20>");
check(() => (buffer.btoa('abc')),
  "YWJj");
check(() => (buffer.atob(' YWJj ')),
  "abc");
check(() => ((()=>{try{buffer.atob('a')}catch(e){return e.name+e.message}})()),
  "InvalidCharacterErrorThe string to be decoded is not correctly encoded.");
check(() => ((()=>{try{buffer.btoa('€')}catch(e){return e.name+e.message}})()),
  "InvalidCharacterErrorInvalid character");
check(() => ([buffer.isUtf8(Buffer.from('é')),buffer.isUtf8(Buffer.from([255])),buffer.isAscii(Buffer.from('a')),buffer.isAscii(Buffer.from('é'))]),
  "[ true, false, true, false ]");
check(() => (buffer.constants),
  "{ MAX_LENGTH: 9007199254740991, MAX_STRING_LENGTH: 536870888 }");
check(() => (Object.keys(buffer).sort().join()),
  "Blob,Buffer,File,INSPECT_MAX_BYTES,atob,btoa,constants,isAscii,isUtf8,kMaxLength,kStringMaxLength,resolveObjectURL,transcode");
check(() => (Object.keys(Buffer.prototype).sort().join()),
  "asciiSlice,asciiWrite,base64Slice,base64Write,base64urlSlice,base64urlWrite,compare,copy,equals,fill,hexSlice,hexWrite,includes,indexOf,inspect,lastIndexOf,latin1Slice,latin1Write,offset,parent,readBigInt64BE,readBigInt64LE,readBigUInt64BE,readBigUInt64LE,readBigUint64BE,readBigUint64LE,readDoubleBE,readDoubleLE,readFloatBE,readFloatLE,readInt16BE,readInt16LE,readInt32BE,readInt32LE,readInt8,readIntBE,readIntLE,readUInt16BE,readUInt16LE,readUInt32BE,readUInt32LE,readUInt8,readUIntBE,readUIntLE,readUint16BE,readUint16LE,readUint32BE,readUint32LE,readUint8,readUintBE,readUintLE,slice,subarray,swap16,swap32,swap64,toJSON,toLocaleString,toString,ucs2Slice,ucs2Write,utf8Slice,utf8Write,write,writeBigInt64BE,writeBigInt64LE,writeBigUInt64BE,writeBigUInt64LE,writeBigUint64BE,writeBigUint64LE,writeDoubleBE,writeDoubleLE,writeFloatBE,writeFloatLE,writeInt16BE,writeInt16LE,writeInt32BE,writeInt32LE,writeInt8,writeIntBE,writeIntLE,writeUInt16BE,writeUInt16LE,writeUInt32BE,writeUInt32LE,writeUInt8,writeUIntBE,writeUIntLE,writeUint16BE,writeUint16LE,writeUint32BE,writeUint32LE,writeUint8,writeUintBE,writeUintLE");
check(() => (Object.keys(Buffer).sort().join()),
  "alloc,allocUnsafe,allocUnsafeSlow,byteLength,compare,concat,copyBytesFrom,from,isBuffer,isEncoding,of,poolSize");
check(() => (Buffer.of(1,2,3)),
  "<Buffer 01 02 03>");
check(() => (Buffer.from('abc').map(x=>x+1)),
  "<Buffer 62 63 64>");
check(() => (Buffer.from('abc').filter(x=>x>97)),
  "<Buffer 62 63>");
check(() => ([...Buffer.from('ab').entries()]),
  "[ [ 0, 97 ], [ 1, 98 ] ]");
check(() => (Buffer.copyBytesFrom(new Uint16Array([1,2,3]),1,1)),
  "<Buffer 02 00>");
check(() => (Buffer.from('abc').parent instanceof ArrayBuffer),
  "true");
check(() => (Buffer.from('abc').utf8Slice(1)),
  "bc");
check(() => (Buffer.from('abc').latin1Slice(0,2)),
  "ab");
check(() => ((()=>{const b=Buffer.alloc(4);return [b.utf8Write('héé',0,4),b]})()),
  "[ 3, <Buffer 68 c3 a9 00> ]");
check(() => (Buffer.from([0xe2,0x82]).toString()),
  "\ufffd");
check(() => (Buffer.from([0xf0,0x9f,0x98,0x80,0xff,0xe2,0x28,0xa1]).toString()),
  "\ud83d\ude00\ufffd\ufffd(\ufffd");
check(() => (inspect(Buffer.alloc(60))),
  "<Buffer 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 ... 10 more bytes>");
check(() => (Buffer.from('ab') == 'ab'),
  "true");
check(() => (Buffer.from('a').toLocaleString()),
  "a");

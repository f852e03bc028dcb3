// SPDX-License-Identifier: MIT
'use strict';

// assert's checks and the messages of AssertionError.
// Each line is an expression and what Node 26 makes of it (as text), recorded. Silent when all agree.

const assert = require('assert');
const { inspect } = require('util');
const { check } = require('./fixtures/expressions');

check(() => ((()=>{try{assert.strictEqual(1,2)}catch(e){return e.message}})()),
  "Expected values to be strictly equal:\n\n1 !== 2\n");
check(() => ((()=>{try{assert.strictEqual('a','b')}catch(e){return e.message}})()),
  "Expected values to be strictly equal:\n\n'a' !== 'b'\n");
check(() => ((()=>{try{assert.strictEqual('a'.repeat(10),'a'.repeat(9)+'b')}catch(e){return e.message}})()),
  "Expected values to be strictly equal:\n+ actual - expected\n\n+ 'aaaaaaaaaa'\n- 'aaaaaaaaab'\n            ^\n");
check(() => ((()=>{try{assert.strictEqual('a'.repeat(100),'b'.repeat(100))}catch(e){return e.message}})()),
  "Expected values to be strictly equal:\n+ actual - expected\n\n+ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'\n- 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'\n");
check(() => ((()=>{try{assert.strictEqual(1,'1')}catch(e){return e.message}})()),
  "Expected values to be strictly equal:\n\n1 !== '1'\n");
check(() => ((()=>{try{assert.strictEqual(NaN,0)}catch(e){return e.message}})()),
  "Expected values to be strictly equal:\n\nNaN !== 0\n");
check(() => ((()=>{try{assert.strictEqual(undefined,null)}catch(e){return e.message}})()),
  "Expected values to be strictly equal:\n+ actual - expected\n\n+ undefined\n- null\n");
check(() => ((()=>{try{assert.strictEqual(1,2,'msg')}catch(e){return e.message+e.generatedMessage}})()),
  "msg\n\n1 !== 2\nfalse");
check(() => ((()=>{try{assert.strictEqual(1,2,new TypeError('q'))}catch(e){return e.name+e.message}})()),
  "TypeErrorq");
check(() => ((()=>{try{assert.strictEqual({a:1},{a:1})}catch(e){return e.message}})()),
  "Values have same structure but are not reference-equal:\n\n{\n  a: 1\n}\n");
check(() => ((()=>{try{assert.strictEqual([1,2],[1,2])}catch(e){return e.message}})()),
  "Values have same structure but are not reference-equal:\n\n[\n  1,\n  2\n]\n");
check(() => ((()=>{try{assert.strictEqual({a:1},{a:2})}catch(e){return e.message}})()),
  "Expected \"actual\" to be reference-equal to \"expected\":\n+ actual - expected\n\n  {\n+   a: 1\n-   a: 2\n  }\n");
check(() => ((()=>{try{assert.strictEqual('a\nb','a\nc')}catch(e){return e.message}})()),
  "Expected values to be strictly equal:\n\n'a\\nb' !== 'a\\nc'\n");
check(() => ((()=>{try{assert.strictEqual(()=>{},()=>{})}catch(e){return e.message}})()),
  "Expected \"actual\" to be reference-equal to \"expected\":\n+ actual - expected\n\n+ [Function (anonymous)]\n- [Function (anonymous)]\n");
check(() => ((()=>{try{assert.strictEqual(Symbol('a'),Symbol('a'))}catch(e){return e.message}})()),
  "Expected values to be strictly equal:\n+ actual - expected\n\n+ Symbol(a)\n- Symbol(a)\n");
check(() => ((()=>{try{assert.strictEqual(1n,1)}catch(e){return e.message}})()),
  "Expected values to be strictly equal:\n\n1n !== 1\n");
check(() => ((()=>{try{assert.equal(1,2)}catch(e){return e.message}})()),
  "1 == 2");
check(() => ((()=>{try{assert.equal('a',{})}catch(e){return e.message}})()),
  "'a' == {}");
check(() => ((()=>{try{assert.equal({a:1},{a:1})}catch(e){return e.message}})()),
  "{\n  a: 1\n} == {\n  a: 1\n}");
check(() => ((()=>{try{assert.notEqual(1,1)}catch(e){return e.message}})()),
  "1 != 1");
check(() => ((()=>{try{assert.notStrictEqual(1,1)}catch(e){return e.message}})()),
  "Expected \"actual\" to be strictly unequal to: 1");
check(() => ((()=>{try{const o={a:1};assert.notStrictEqual(o,o)}catch(e){return e.message}})()),
  "Expected \"actual\" not to be reference-equal to \"expected\":\n\n{\n  a: 1\n}\n");
check(() => ((()=>{try{assert.deepEqual({a:1},{a:2})}catch(e){return e.message}})()),
  "Expected values to be loosely deep-equal:\n\n{\n  a: 1\n}\n\nshould loosely deep-equal\n\n{\n  a: 2\n}");
check(() => ((()=>{try{assert.deepEqual([1,2,3],[1,2,4])}catch(e){return e.message}})()),
  "Expected values to be loosely deep-equal:\n\n[\n  1,\n  2,\n  3\n]\n\nshould loosely deep-equal\n\n[\n  1,\n  2,\n  4\n]");
check(() => ((()=>{try{assert.deepStrictEqual({a:1},{a:2})}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  {\n+   a: 1\n-   a: 2\n  }\n");
check(() => ((()=>{try{assert.deepStrictEqual({a:1,b:2},{a:1,c:2})}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  {\n    a: 1,\n+   b: 2\n-   c: 2\n  }\n");
check(() => ((()=>{try{assert.deepStrictEqual([1,2,3],[1,2,4])}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  [\n    1,\n    2,\n+   3\n-   4\n  ]\n");
check(() => ((()=>{try{assert.deepStrictEqual([1,2,[1,2]],[1,2,[2,1]])}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  [\n    1,\n    2,\n    [\n+     1,\n      2,\n-     1\n    ]\n  ]\n");
check(() => ((()=>{try{assert.deepStrictEqual(1,2)}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n\n1 !== 2\n");
check(() => ((()=>{try{assert.deepStrictEqual('a','b')}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n\n'a' !== 'b'\n");
check(() => ((()=>{try{assert.deepStrictEqual(new Map([[1,2]]),new Map([[1,3]]))}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  Map(1) {\n+   1 => 2\n-   1 => 3\n  }\n");
check(() => ((()=>{try{assert.deepStrictEqual(new Set([1]),new Set([2]))}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  Set(1) {\n+   1\n-   2\n  }\n");
check(() => ((()=>{try{assert.deepStrictEqual(new Date(0),new Date(1))}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n+ 1970-01-01T00:00:00.000Z\n- 1970-01-01T00:00:00.001Z\n");
check(() => ((()=>{try{assert.deepStrictEqual([1,2,3,4,5,6,7,8,9,10],[1,2,3,4,5,6,7,8,9,11])}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n... Skipped lines\n\n  [\n    1,\n    2,\n    3,\n    4,\n...\n    9,\n+   10\n-   11\n  ]\n");
check(() => ((()=>{try{assert.deepStrictEqual(Array.from({length:50},(_,i)=>i),Array.from({length:50},(_,i)=>i===25?'x':i))}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n... Skipped lines\n\n  [\n    0,\n    1,\n    2,\n    3,\n...\n    24,\n+   25,\n-   'x',\n    26,\n    27,\n    28,\n    29,\n    30,\n");
check(() => ((()=>{try{assert.deepStrictEqual(Array.from({length:100},(_,i)=>i),Array.from({length:100},(_,i)=>i+1000))}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  [\n+   0,\n+   1,\n+   2,\n+   3,\n+   4,\n+   5,\n+   6,\n+   7,\n+   8,\n+   9,\n+   10,\n+   11,\n+   12,\n+   13,\n+   14,\n+   15,\n+   16,\n+   17,\n+   18,\n+   19,\n+   20,\n+   21,\n+   22,\n+   23,\n+   24,\n+   25,\n+   26,\n+   27,\n+   28,\n+   29,\n+   30,\n+   31,\n+   32,\n+   33,\n+   34,\n+   35,\n+   36,\n+   37,\n+   38,\n+   39,\n+   40,\n+   41,\n+   42,\n+   43,\n+   44,\n+   45,\n+   46,\n+   47,\n+   48,\n+   49,\n+   50,\n+   51,\n+   52,\n+   53,\n+   54,\n+   55,\n+   56,\n+   57,\n+   58,\n+   59,\n+   60,\n+   61,\n+   62,\n+   63,\n+   64,\n+   65,\n+   66,\n+   67,\n+   68,\n+   69,\n+   70,\n+   71,\n+   72,\n+   73,\n+   74,\n+   75,\n+   76,\n+   77,\n+   78,\n+   79,\n+   80,\n+   81,\n+   82,\n+   83,\n+   84,\n+   85,\n+   86,\n+   87,\n+   88,\n+   89,\n+   90,\n+   91,\n+   92,\n+   93,\n+   94,\n+   95,\n+   96,\n+   97,\n+   98,\n+   99\n-   1000,\n-   1001,\n-   1002,\n-   1003,\n-   1004,\n-   1005,\n-   1006,\n-   1007,\n-   1008,\n-   1009,\n-   1010,\n-   1011,\n-   1012,\n-   1013,\n-   1014,\n-   1015,\n-   1016,\n-   1017,\n-   1018,\n-   1019,\n-   1020,\n-   1021,\n-   1022,\n-   1023,\n-   1024,\n-   1025,\n-   1026,\n-   1027,\n-   1028,\n-   1029,\n-   1030,\n-   1031,\n-   1032,\n-   1033,\n-   1034,\n-   1035,\n-   1036,\n-   1037,\n-   1038,\n-   1039,\n-   1040,\n-   1041,\n-   1042,\n-   1043,\n-   1044,\n-   1045,\n-   1046,\n-   1047,\n-   1048,\n-   1049,\n-   1050,\n-   1051,\n-   1052,\n-   1053,\n-   1054,\n-   1055,\n-   1056,\n-   1057,\n-   1058,\n-   1059,\n-   1060,\n-   1061,\n-   1062,\n-   1063,\n-   1064,\n-   1065,\n-   1066,\n-   1067,\n-   1068,\n-   1069,\n-   1070,\n-   1071,\n-   1072,\n-   1073,\n-   1074,\n-   1075,\n-   1076,\n-   1077,\n-   1078,\n-   1079,\n-   1080,\n-   1081,\n-   1082,\n-   1083,\n-   1084,\n-   1085,\n-   1086,\n-   1087,\n-   1088,\n-   1089,\n-   1090,\n-   1091,\n-   1092,\n-   1093,\n-   1094,\n-   1095,\n-   1096,\n-   1097,\n-   1098,\n-   1099\n  ]\n");
check(() => ((()=>{try{assert.deepStrictEqual({a:{b:{c:{d:1}}}},{a:{b:{c:{d:2}}}})}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  {\n    a: {\n      b: {\n        c: {\n+         d: 1\n-         d: 2\n        }\n      }\n    }\n  }\n");
check(() => ((()=>{try{assert.deepStrictEqual({},Object.create(null))}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n+ {}\n- [Object: null prototype] {}\n");
check(() => ((()=>{try{assert.deepStrictEqual([1],{0:1})}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n+ [\n+   1\n+ ]\n- {\n-   '0': 1\n- }\n");
check(() => ((()=>{try{assert.deepStrictEqual(new Error('a'),new Error('b'))}catch(e){return e.message.split('\n')[0]}})()),
  "Expected values to be strictly deep-equal:");
check(() => ((()=>{try{assert.deepStrictEqual({a:'x'.repeat(100)},{a:'y'.repeat(100)})}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  {\n+   a: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'\n-   a: 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy'\n  }\n");
check(() => ((()=>{try{assert.notDeepStrictEqual({a:1},{a:1})}catch(e){return e.message}})()),
  "Expected \"actual\" not to be strictly deep-equal to:\n\n{\n  a: 1\n}\n");
check(() => ((()=>{try{assert.notDeepEqual({a:1},{a:1})}catch(e){return e.message}})()),
  "Expected \"actual\" not to be loosely deep-equal to:\n\n{\n  a: 1\n}");
check(() => ((()=>{try{assert.partialDeepStrictEqual({a:1,b:2},{a:1,c:3})}catch(e){return e.message}})()),
  "Expected values to be partially and strictly deep-equal:\n+ actual - expected\n\n  {\n    a: 1,\n+   b: 2\n-   c: 3\n  }\n");
check(() => (assert.partialDeepStrictEqual({a:1,b:{c:2,d:3}},{b:{c:2}})),
  "undefined");
check(() => (assert.partialDeepStrictEqual([1,2,3],[1,3])),
  "undefined");
check(() => (assert.partialDeepStrictEqual(new Map([[1,2],[3,4]]),new Map([[3,4]]))),
  "undefined");
check(() => (assert.partialDeepStrictEqual(new Set([1,2]),new Set([2]))),
  "undefined");
check(() => ((()=>{try{assert.partialDeepStrictEqual([1,2,3],[3,1])}catch(e){return e.message}})()),
  "Expected values to be partially and strictly deep-equal:\n+ actual - expected\n\n  [\n+   1,\n+   2,\n    3,\n-   1\n  ]\n");
check(() => ((()=>{try{assert.ok(false)}catch(e){return [e.name,e.code,e.actual,e.expected,e.operator,e.generatedMessage]}})()),
  "[ 'AssertionError', 'ERR_ASSERTION', false, true, '==', true ]");
check(() => ((()=>{try{assert.ok(0,'zero')}catch(e){return e.message}})()),
  "zero");
check(() => ((()=>{try{assert()}catch(e){return e.message}})()),
  "No value argument passed to `assert.ok()`");
check(() => ((()=>{try{assert.ok()}catch(e){return e.message}})()),
  "No value argument passed to `assert.ok()`");
check(() => ((()=>{try{assert.fail()}catch(e){return [e.message,e.code,e.operator]}})()),
  "[ 'Failed', 'ERR_ASSERTION', 'fail' ]");
check(() => ((()=>{try{assert.fail('boom')}catch(e){return e.message}})()),
  "boom");
check(() => ((()=>{try{assert.fail(new TypeError('t'))}catch(e){return e.name}})()),
  "TypeError");
check(() => ((()=>{try{assert.throws(()=>{})}catch(e){return e.message}})()),
  "Missing expected exception.");
check(() => ((()=>{try{assert.throws(()=>{},TypeError)}catch(e){return e.message}})()),
  "Missing expected exception (TypeError).");
check(() => ((()=>{try{assert.throws(()=>{},'msg')}catch(e){return e.message}})()),
  "Missing expected exception: msg");
check(() => ((()=>{try{assert.throws(()=>{},TypeError,'msg')}catch(e){return e.message}})()),
  "Missing expected exception (TypeError): msg");
check(() => ((()=>{try{assert.throws(()=>{throw new Error('x')},TypeError)}catch(e){return e.message.split('\n')[0]+e.name}})()),
  "The error is expected to be an instance of \"TypeError\". Received \"Error\"AssertionError");
check(() => ((()=>{try{assert.throws(()=>{throw new Error('x')},/y/)}catch(e){return e.message.split('\n').slice(0,6).join('|')}})()),
  "The input did not match the regular expression /y/. Input:||'Error: x'|");
check(() => ((()=>{try{assert.throws(()=>{throw new Error('x')},{message:'y'})}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  Comparison {\n+   message: 'x'\n-   message: 'y'\n  }\n");
check(() => ((()=>{try{assert.throws(()=>{throw new Error('x')},{message:'x',code:5})}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  Comparison {\n-   code: 5,\n    message: 'x'\n  }\n");
check(() => ((()=>{try{assert.throws(()=>{throw new Error('x')},(e)=>false)}catch(e){return e.message.split('\n').slice(0,4).join('|')}})()),
  "The validation function is expected to return \"true\". Received false||Caught error:|");
check(() => ((()=>{try{assert.throws(()=>{throw new Error('x')},'x')}catch(e){return e.message+e.code}})()),
  "The \"error/message\" argument is ambiguous. The error message \"x\" is identical to the message.ERR_AMBIGUOUS_ARGUMENT");
check(() => ((()=>{try{assert.throws('x')}catch(e){return e.message+e.code}})()),
  "The \"fn\" argument must be of type function. Received type string ('x')ERR_INVALID_ARG_TYPE");
check(() => ((()=>{try{assert.throws(()=>{throw new Error('x')},{})}catch(e){return e.message+e.code}})()),
  "The argument 'error' may not be an empty object. Received {}ERR_INVALID_ARG_VALUE");
check(() => (assert.throws(()=>{throw new Error('x')},/x/)),
  "undefined");
check(() => (assert.throws(()=>{throw new Error('x')},{message:/x/,name:'Error'})),
  "undefined");
check(() => (assert.throws(()=>{throw new Error('x')},Error)),
  "undefined");
check(() => ((()=>{try{assert.doesNotThrow(()=>{throw new Error('x')})}catch(e){return e.message}})()),
  "Got unwanted exception.\nActual message: \"x\"");
check(() => ((()=>{try{assert.doesNotThrow(()=>{throw new Error('x')},'why')}catch(e){return e.message}})()),
  "Got unwanted exception: why\nActual message: \"x\"");
check(() => ((async()=>{try{await assert.rejects(Promise.resolve(1))}catch(e){return e.message}})()),
  "Missing expected rejection.");
check(() => ((async()=>{try{await assert.rejects(()=>5)}catch(e){return e.message+e.code}})()),
  "Expected instance of Promise to be returned from the \"promiseFn\" function but got type number (5).ERR_INVALID_RETURN_VALUE");
check(() => ((async()=>{await assert.rejects(Promise.reject(new Error('q')),/q/);return 'ok'})()),
  "ok");
check(() => ((async()=>{try{await assert.doesNotReject(Promise.reject(new Error('q')))}catch(e){return e.message}})()),
  "Got unwanted rejection.\nActual message: \"q\"");
check(() => ((()=>{try{assert.ifError(null);assert.ifError(new Error('x'))}catch(e){return e.message}})()),
  "ifError got unwanted exception: x");
check(() => ((()=>{try{assert.ifError('str')}catch(e){return e.message}})()),
  "ifError got unwanted exception: 'str'");
check(() => ((()=>{try{assert.ifError({a:1})}catch(e){return e.message}})()),
  "ifError got unwanted exception: { a: 1 }");
check(() => ((()=>{try{assert.match('abc',/x/)}catch(e){return e.message}})()),
  "The input did not match the regular expression /x/. Input:\n\n'abc'\n");
check(() => ((()=>{try{assert.match(5,/x/)}catch(e){return e.message}})()),
  "The \"string\" argument must be of type string. Received type number (5)");
check(() => ((()=>{try{assert.doesNotMatch('abc',/a/)}catch(e){return e.message}})()),
  "The input was expected to not match the regular expression /a/. Input:\n\n'abc'\n");
check(() => ((()=>{try{assert.match('a','x')}catch(e){return e.message}})()),
  "The \"regexp\" argument must be an instance of RegExp. Received type string ('x')");
check(() => ((()=>{try{assert.strictEqual()}catch(e){return e.message+e.code}})()),
  "The \"actual\" and \"expected\" arguments must be specifiedERR_MISSING_ARGS");
check(() => ((()=>{try{assert.deepEqual(1)}catch(e){return e.message}})()),
  "The \"actual\" and \"expected\" arguments must be specified");
check(() => (assert.deepEqual({a:1},{a:'1'})),
  "undefined");
check(() => (assert.deepEqual([1,2],[1,'2'])),
  "undefined");
check(() => (assert.deepEqual(new Set([1,'2']),new Set(['1',2]))),
  "undefined");
check(() => (assert.deepEqual(new Map([[1,'a']]),new Map([['1','a']]))),
  "undefined");
check(() => ((()=>{try{assert.deepEqual(new Set([1]),new Set([2]))}catch(e){return 'T'}})()),
  "T");
check(() => (Object.keys(assert).join()),
  "AssertionError,ok,fail,equal,notEqual,deepEqual,notDeepEqual,deepStrictEqual,notDeepStrictEqual,strictEqual,notStrictEqual,partialDeepStrictEqual,match,doesNotMatch,throws,rejects,doesNotThrow,doesNotReject,ifError,strict,Assert");
check(() => (Object.keys(assert.strict).join()),
  "AssertionError,ok,fail,equal,notEqual,deepEqual,notDeepEqual,deepStrictEqual,notDeepStrictEqual,strictEqual,notStrictEqual,partialDeepStrictEqual,match,doesNotMatch,throws,rejects,doesNotThrow,doesNotReject,ifError,Assert,strict");
check(() => (assert.strict.equal===assert.strictEqual),
  "true");
check(() => (assert.strict.strict===assert.strict),
  "true");
check(() => (new assert.AssertionError({actual:1,expected:2,operator:'strictEqual'}).message),
  "Expected values to be strictly equal:\n\n1 !== 2\n");
check(() => (new assert.AssertionError({message:'m'}).generatedMessage),
  "false");
check(() => ((()=>{try{new assert.AssertionError()}catch(e){return e.message}})()),
  "The \"options\" argument must be of type object. Received undefined");
check(() => (inspect(new assert.AssertionError({actual:1,expected:2,operator:'strictEqual'})).replace(/\n    at .*/g,'')),
  "AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:\n\n1 !== 2\n\n  generatedMessage: true,\n  code: 'ERR_ASSERTION',\n  actual: 1,\n  expected: 2,\n  operator: 'strictEqual',\n  diff: 'simple'\n}");
check(() => (Object.keys(new assert.AssertionError({actual:1,expected:2,operator:'strictEqual'})).join()),
  "generatedMessage,code,actual,expected,operator,diff");
check(() => (JSON.stringify(new assert.AssertionError({message:'x',actual:1,expected:2,operator:'strictEqual'}))),
  "{\"generatedMessage\":false,\"code\":\"ERR_ASSERTION\",\"actual\":1,\"expected\":2,\"operator\":\"strictEqual\",\"diff\":\"simple\"}");
check(() => ((()=>{try{assert.strictEqual(-0,0)}catch(e){return e.message}})()),
  "Expected values to be strictly equal:\n+ actual - expected\n\n+ -0\n- 0\n");
check(() => ((()=>{try{assert.deepStrictEqual(-0,0)}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n+ -0\n- 0\n");
check(() => ((()=>{try{assert.strictEqual([1,2,3].join('\n'),[1,2,4].join('\n'))}catch(e){return e.message}})()),
  "Expected values to be strictly equal:\n+ actual - expected\n\n+ '1\\n2\\n3'\n- '1\\n2\\n4'\n         ^\n");
check(() => ((()=>{try{assert.strictEqual('x'.repeat(600),'y')}catch(e){return e.message}})()),
  "Expected values to be strictly equal:\n+ actual - expected\n\n+ 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'\n- 'y'\n");
check(() => ((()=>{try{assert.deepStrictEqual({a:[1,2,3],b:{c:1}},{a:[1,2,3],b:{c:2}})}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  {\n    a: [\n      1,\n      2,\n      3\n    ],\n    b: {\n+     c: 1\n-     c: 2\n    }\n  }\n");
check(() => ((()=>{try{assert.deepStrictEqual([{a:1},{b:2},{c:3}],[{a:1},{c:3}])}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  [\n    {\n      a: 1\n    },\n    {\n+     b: 2\n+   },\n+   {\n      c: 3\n    }\n  ]\n");
check(() => ((()=>{try{assert.deepStrictEqual([],[1])}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n+ []\n- [\n-   1\n- ]\n");
check(() => ((()=>{try{assert.deepStrictEqual({},{a:1})}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n+ {}\n- {\n-   a: 1\n- }\n");
check(() => ((()=>{try{assert.deepStrictEqual([1,2,3],[1,2,3,4])}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  [\n    1,\n    2,\n    3,\n-   4\n  ]\n");
check(() => ((()=>{try{assert.deepStrictEqual(null,{})}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n\nnull !== {}\n");
check(() => ((()=>{try{assert.deepStrictEqual('abc',['abc'])}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n+ 'abc'\n- [\n-   'abc'\n- ]\n");
check(() => ((()=>{try{assert.deepEqual({a:1,b:[1,2]},{a:1,b:[1,3]})}catch(e){return e.message}})()),
  "Expected values to be loosely deep-equal:\n\n{\n  a: 1,\n  b: [\n    1,\n    2\n  ]\n}\n\nshould loosely deep-equal\n\n{\n  a: 1,\n  b: [\n    1,\n    3\n  ]\n}");
check(() => ((()=>{try{assert.notDeepStrictEqual(Array.from({length:60},(_,i)=>({i})),Array.from({length:60},(_,i)=>({i})))}catch(e){return e.message}})()),
  "Expected \"actual\" not to be strictly deep-equal to:\n\n[\n  {\n    i: 0\n  },\n  {\n    i: 1\n  },\n  {\n    i: 2\n  },\n  {\n    i: 3\n  },\n  {\n    i: 4\n  },\n  {\n    i: 5\n  },\n  {\n    i: 6\n  },\n  {\n    i: 7\n  },\n  {\n    i: 8\n  },\n  {\n    i: 9\n  },\n  {\n    i: 10\n  },\n  {\n    i: 11\n  },\n  {\n    i: 12\n  },\n  {\n    i: 13\n  },\n  {\n    i: 14\n  },\n...\n");
check(() => ((()=>{try{assert.strictEqual(true,false)}catch(e){return e.message}})()),
  "Expected values to be strictly equal:\n\ntrue !== false\n");
check(() => ((()=>{try{assert.strictEqual(new Date(0),new Date(0))}catch(e){return e.message}})()),
  "Values have same structure but are not reference-equal:\n\n1970-01-01T00:00:00.000Z\n");
check(() => ((()=>{try{assert.equal(null,false)}catch(e){return e.message}})()),
  "null == false");
check(() => ((()=>{try{assert.equal(NaN,1)}catch(e){return e.message}})()),
  "NaN == 1");
check(() => (assert.equal(NaN,NaN)),
  "undefined");
check(() => ((()=>{try{assert.equal('a\nb','c')}catch(e){return e.message}})()),
  "'a\\nb' == 'c'");
check(() => ((()=>{try{assert.equal(1,2,(a,b)=>`f ${a} ${b}`)}catch(e){return e.message}})()),
  "f 1 2");
check(() => ((()=>{try{assert.equal(1,2,'a %s','b')}catch(e){return e.message}})()),
  "a b");
check(() => ((()=>{try{assert.deepStrictEqual({a:1},{a:2},'msg')}catch(e){return e.message}})()),
  "msg\n+ actual - expected\n\n  {\n+   a: 1\n-   a: 2\n  }\n");
check(() => ((()=>{try{assert.deepStrictEqual([1,2,3,4],[1,2,3])}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  [\n    1,\n    2,\n    3,\n+   4\n  ]\n");
check(() => ((()=>{try{assert.partialDeepStrictEqual({a:1},{a:2},'msg')}catch(e){return e.message}})()),
  "msg\n+ actual - expected\n\n  {\n+   a: 1\n-   a: 2\n  }\n");
check(() => ((()=>{try{assert.deepStrictEqual(Array.from({length:9},(_,i)=>i),Array.from({length:9},(_,i)=>i%3?i:'x'))}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  [\n+   0,\n-   'x',\n    1,\n    2,\n+   3,\n-   'x',\n    4,\n    5,\n+   6,\n-   'x',\n    7,\n    8\n  ]\n");
check(() => ((()=>{try{assert.deepStrictEqual({a:1,b:{x:[1,2,3],y:'z'},c:3},{a:1,b:{x:[1,3],y:'q'},d:3})}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  {\n    a: 1,\n    b: {\n      x: [\n        1,\n+       2,\n        3\n      ],\n+     y: 'z'\n-     y: 'q'\n    },\n+   c: 3\n-   d: 3\n  }\n");
check(() => ((()=>{try{assert.throws(()=>{throw new Error('x')},TypeError)}catch(e){return e.message}})()),
  "The error is expected to be an instance of \"TypeError\". Received \"Error\"\n\nError message:\n\nx");
check(() => ((()=>{try{assert.throws(()=>{throw new Error('x')},(e)=>false)}catch(e){return e.message}})()),
  "The validation function is expected to return \"true\". Received false\n\nCaught error:\n\nError: x");
check(() => ((()=>{try{assert.throws(()=>{throw new Error('x')},/y/)}catch(e){return e.message}})()),
  "The input did not match the regular expression /y/. Input:\n\n'Error: x'\n");
check(() => ((()=>{try{assert.throws(()=>{throw 5},TypeError)}catch(e){return e.message}})()),
  "The error is expected to be an instance of \"TypeError\". Received \"5\"");
check(() => ((()=>{try{assert.deepStrictEqual(new Array(3),[1])}catch(e){return e.message}})()),
  "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  [\n+   <3 empty items>\n-   1\n  ]\n");
check(() => ((()=>{try{assert.notDeepEqual({a:1},{a:'1'})}catch(e){return e.message}})()),
  "Expected values not to be loosely deep-equal:\n\n{\n  a: 1\n}\n\nshould not loosely deep-equal\n\n{\n  a: '1'\n}");

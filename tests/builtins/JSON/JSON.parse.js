// SPDX-License-Identifier: MIT
// JSON.parse: values, revivers, V8's messages. Each line's text was recorded from Node 26.
function t(f) {
  try {
    print(String(f()).replace(/\n/g, '\\n').replace(/\r/g, '\\r'));
  } catch (e) {
    print((e.name + ': ' + e.message).replace(/\n/g, '\\n').replace(/\r/g, '\\r'));
  }
}
t(() => JSON.stringify(JSON.parse('{"a":[1,2.5,-0,1e5,"x\\u0041\\n",true,false,null],"b":{"c":{}},"1":2,"__proto__":3}'))); // expect: {"1":2,"a":[1,2.5,0,100000,"xA\n",true,false,null],"b":{"c":{}},"__proto__":3}
t(() => Object.keys(JSON.parse('{"b":1,"a":2,"1":3,"b":4}')).join()); // expect: 1,b,a
t(() => Object.is(JSON.parse('-0'),-0)+' '+JSON.parse(' 1e400 ')+' '+JSON.parse('123456789012345678901234567890')+' '+JSON.parse('"€\\ud83d\\ude00"')); // expect: true Infinity 1.2345678901234568e+29 €😀
t(() => JSON.parse('[1,2,3]',function(k,v){return Array.isArray(v)?v:v*2})); // expect: 2,4,6
t(() => JSON.stringify(JSON.parse('{"a":1.0,"b":[2.50,"x"]}',(k,v,c)=>c.source??v))); // expect: {"a":"1.0","b":["2.50","\"x\""]}
t(() => JSON.stringify(JSON.parse('{"a":1,"b":2}',function(k,v,c){if(k==='a')this.b=3;return k==='b'?typeof c.source:v}))); // expect: {"a":1,"b":"undefined"}
t(() => JSON.stringify(JSON.parse('{"a":1,"b":2}',(k,v)=>k==='a'?undefined:v))); // expect: {"b":2}
t(() => (()=>{let s='['.repeat(50000)+']'.repeat(50000);let a=JSON.parse(s),n=0;while(a.length){a=a[0];n++}return n})()); // expect: 49999
t(() => JSON.parse()); // expect: SyntaxError: "undefined" is not valid JSON
t(() => JSON.parse({})); // expect: SyntaxError: "[object Object]" is not valid JSON
t(() => JSON.parse("")); // expect: SyntaxError: Unexpected end of JSON input
t(() => JSON.parse("{")); // expect: SyntaxError: Expected property name or '}' in JSON at position 1 (line 1 column 2)
t(() => JSON.parse("{a")); // expect: SyntaxError: Expected property name or '}' in JSON at position 1 (line 1 column 2)
t(() => JSON.parse("{\"a\"")); // expect: SyntaxError: Expected ':' after property name in JSON at position 4 (line 1 column 5)
t(() => JSON.parse("{\"a\":")); // expect: SyntaxError: Unexpected end of JSON input
t(() => JSON.parse("{\"a\":1")); // expect: SyntaxError: Expected ',' or '}' after property value in JSON at position 6 (line 1 column 7)
t(() => JSON.parse("{\"a\":1,")); // expect: SyntaxError: Expected double-quoted property name in JSON at position 7 (line 1 column 8)
t(() => JSON.parse("{\"a\":1,}")); // expect: SyntaxError: Expected double-quoted property name in JSON at position 7 (line 1 column 8)
t(() => JSON.parse("[")); // expect: SyntaxError: Unexpected end of JSON input
t(() => JSON.parse("[1")); // expect: SyntaxError: Expected ',' or ']' after array element in JSON at position 2 (line 1 column 3)
t(() => JSON.parse("[1,")); // expect: SyntaxError: Unexpected end of JSON input
t(() => JSON.parse("[1,]")); // expect: SyntaxError: Unexpected token ']', "[1,]" is not valid JSON
t(() => JSON.parse("[,")); // expect: SyntaxError: Unexpected token ',', "[," is not valid JSON
t(() => JSON.parse("tru")); // expect: SyntaxError: Unexpected end of JSON input
t(() => JSON.parse("truex")); // expect: SyntaxError: Unexpected non-whitespace character after JSON at position 4 (line 1 column 5)
t(() => JSON.parse("nul")); // expect: SyntaxError: Unexpected end of JSON input
t(() => JSON.parse("1.")); // expect: SyntaxError: Unterminated fractional number in JSON at position 2 (line 1 column 3)
t(() => JSON.parse("01")); // expect: SyntaxError: Unexpected number in JSON at position 1 (line 1 column 2)
t(() => JSON.parse("-")); // expect: SyntaxError: No number after minus sign in JSON at position 1 (line 1 column 2)
t(() => JSON.parse("-a")); // expect: SyntaxError: No number after minus sign in JSON at position 1 (line 1 column 2)
t(() => JSON.parse("1e")); // expect: SyntaxError: Exponent part is missing a number in JSON at position 2 (line 1 column 3)
t(() => JSON.parse("1e+")); // expect: SyntaxError: Exponent part is missing a number in JSON at position 3 (line 1 column 4)
t(() => JSON.parse("\"abc")); // expect: SyntaxError: Unterminated string in JSON at position 4 (line 1 column 5)
t(() => JSON.parse("\"a\nb\"")); // expect: SyntaxError: Bad control character in string literal in JSON at position 2 (line 1 column 3)
t(() => JSON.parse("\"\\x\"")); // expect: SyntaxError: Bad escaped character in JSON at position 2 (line 1 column 3)
t(() => JSON.parse("\"\\u12\"")); // expect: SyntaxError: Bad Unicode escape in JSON at position 5 (line 1 column 6)
t(() => JSON.parse("\"\\u12g4\"")); // expect: SyntaxError: Bad Unicode escape in JSON at position 5 (line 1 column 6)
t(() => JSON.parse("abc")); // expect: SyntaxError: Unexpected token 'a', "abc" is not valid JSON
t(() => JSON.parse("{\"a\":abc}")); // expect: SyntaxError: Unexpected token 'a', "{"a":abc}" is not valid JSON
t(() => JSON.parse("[1 2]")); // expect: SyntaxError: Expected ',' or ']' after array element in JSON at position 3 (line 1 column 4)
t(() => JSON.parse("{\"a\" 1}")); // expect: SyntaxError: Expected ':' after property name in JSON at position 5 (line 1 column 6)
t(() => JSON.parse("{1:2}")); // expect: SyntaxError: Expected property name or '}' in JSON at position 1 (line 1 column 2)
t(() => JSON.parse("undefined")); // expect: SyntaxError: "undefined" is not valid JSON
t(() => JSON.parse("1 2")); // expect: SyntaxError: Unexpected non-whitespace character after JSON at position 2 (line 1 column 3)
t(() => JSON.parse("NaN")); // expect: SyntaxError: "NaN" is not valid JSON
t(() => JSON.parse("[1}")); // expect: SyntaxError: Expected ',' or ']' after array element in JSON at position 2 (line 1 column 3)
t(() => JSON.parse("{\"a\":1]")); // expect: SyntaxError: Expected ',' or '}' after property value in JSON at position 6 (line 1 column 7)
t(() => JSON.parse("}")); // expect: SyntaxError: Unexpected token '}', "}" is not valid JSON
t(() => JSON.parse("\"a\" \"b\"")); // expect: SyntaxError: Unexpected non-whitespace character after JSON at position 4 (line 1 column 5)
t(() => JSON.parse("--1")); // expect: SyntaxError: No number after minus sign in JSON at position 1 (line 1 column 2)
t(() => JSON.parse("1a")); // expect: SyntaxError: Unexpected non-whitespace character after JSON at position 1 (line 1 column 2)
t(() => JSON.parse("é")); // expect: SyntaxError: Unexpected token 'é', "é" is not valid JSON
t(() => JSON.parse("'a'")); // expect: SyntaxError: Unexpected token ''', "'a'" is not valid JSON
t(() => JSON.parse("-01")); // expect: SyntaxError: Unexpected number in JSON at position 2 (line 1 column 3)
t(() => JSON.parse("00")); // expect: SyntaxError: Unexpected number in JSON at position 1 (line 1 column 2)
t(() => JSON.parse("{,}")); // expect: SyntaxError: Expected property name or '}' in JSON at position 1 (line 1 column 2)
t(() => JSON.parse("\n\n{\"a\":\r\n x,}")); // expect: SyntaxError: Unexpected token 'x', "\n\n{"a":\r\n x,}" is not valid JSON
t(() => JSON.parse("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")); // expect: SyntaxError: Unexpected token 'x', "xxxxxxxxxx"... is not valid JSON
t(() => JSON.parse("[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,x]")); // expect: SyntaxError: Unexpected token 'x', ..."1,1,1,1,1,x]" is not valid JSON
t(() => JSON.parse("[x,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]")); // expect: SyntaxError: Unexpected token 'x', "[x,1,1,1,1,"... is not valid JSON
t(() => JSON.parse("                              x                              ")); // expect: SyntaxError: Unexpected token 'x', ..."          x         "... is not valid JSON

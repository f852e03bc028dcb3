// SPDX-License-Identifier: MIT
// JSON.stringify. Each line's text was recorded from Node 26.
function t(f) {
  try {
    print(String(f()).replace(/\n/g, '\\n').replace(/\r/g, '\\r'));
  } catch (e) {
    print((e.name + ': ' + e.message).replace(/\n/g, '\\n').replace(/\r/g, '\\r'));
  }
}
t(() => JSON.stringify({a:1,b:[1,2,{c:"x\n\ud800"}],d:undefined,e:()=>1,f:null,g:NaN,h:new Date(0),i:Symbol(),j:true,"k\"":1.5e300})); // expect: {"a":1,"b":[1,2,{"c":"x\n\ud800"}],"f":null,"g":null,"h":"1970-01-01T00:00:00.000Z","j":true,"k\"":1.5e+300}
t(() => JSON.stringify([undefined,()=>1,Symbol()])); // expect: [null,null,null]
t(() => JSON.stringify({a:[1,{b:2}],c:{}},null,2)); // expect: {\n  "a": [\n    1,\n    {\n      "b": 2\n    }\n  ],\n  "c": {}\n}
t(() => JSON.stringify({a:[],b:{}},null,'--')); // expect: {\n--"a": [],\n--"b": {}\n}
t(() => JSON.stringify([[[]]],null,20)); // expect: [\n          [\n                    []\n          ]\n]
t(() => JSON.stringify({a:1,b:2,c:{a:3,d:4}},['a','c'])); // expect: {"a":1,"c":{"a":3}}
t(() => JSON.stringify({1:1,a:2},[1,1,new String('a'),{}])); // expect: {"1":1,"a":2}
t(() => JSON.stringify({a:1,b:'x'},(k,v)=>typeof v==='number'?v+1:v)); // expect: {"a":2,"b":"x"}
t(() => JSON.stringify({a:1},function(k,v){return k===''?v:this.a+k})); // expect: {"a":"1a"}
t(() => JSON.stringify('\u007f\u0080é€\u0001"\\')); // expect: "é€\u0001\"\\"
t(() => JSON.stringify(undefined)); // expect: undefined
t(() => JSON.stringify({toJSON(k){return 'k:'+k}})); // expect: "k:"
t(() => JSON.stringify({x:{toJSON(k){return 'k:'+k}}})); // expect: {"x":"k:x"}
t(() => JSON.stringify(new Map([[1,2]]))); // expect: {}
t(() => JSON.stringify(Object.create({a:1},{b:{value:2,enumerable:true},c:{value:3}}))); // expect: {"b":2}
t(() => JSON.stringify({2:1,1:2,a:3,[Symbol()]:4})); // expect: {"1":2,"2":1,"a":3}
t(() => JSON.stringify([new Number(3),new String('false'),new Boolean(false),Object('x')])); // expect: [3,"false",false,"x"]
t(() => (()=>{let o={a:1,get b(){delete this.c;return 2},c:3,d:4};return JSON.stringify(o)})()); // expect: {"a":1,"b":2,"d":4}
t(() => (()=>{let o={get a(){this.z=9;return 1},b:2};return JSON.stringify(o)})()); // expect: {"a":1,"b":2}
t(() => JSON.stringify(new Proxy([1,{a:2}],{}))); // expect: [1,{"a":2}]
t(() => JSON.stringify({a:JSON.rawJSON('1234567890123456789012')})); // expect: {"a":1234567890123456789012}
t(() => (()=>{let a={};a.b={c:a};JSON.stringify(a)})()); // expect: TypeError: Converting circular structure to JSON\n    --> starting at object with constructor 'Object'\n    |     property 'b' -> object with constructor 'Object'\n    --- property 'c' closes the circle
t(() => (()=>{let a=[];a[0]=a;JSON.stringify(a)})()); // expect: TypeError: Converting circular structure to JSON\n    --> starting at object with constructor 'Array'\n    --- index 0 closes the circle
t(() => (()=>{let a={x:[]};a.x[2]={y:{z:a}};JSON.stringify(a)})()); // expect: TypeError: Converting circular structure to JSON\n    --> starting at object with constructor 'Object'\n    |     property 'x' -> object with constructor 'Array'\n    |     index 2 -> object with constructor 'Object'\n    |     property 'y' -> object with constructor 'Object'\n    --- property 'z' closes the circle
t(() => (()=>{class F{};let a=new F;a.a=a;JSON.stringify(a)})()); // expect: TypeError: Converting circular structure to JSON\n    --> starting at object with constructor 'F'\n    --- property 'a' closes the circle
t(() => (()=>{let o={},p=o;for(let i=0;i<6;i++)p=p['k'+i]={};p.last=o;JSON.stringify(o)})()); // expect: TypeError: Converting circular structure to JSON\n    --> starting at object with constructor 'Object'\n    |     property 'k0' -> object with constructor 'Object'\n    |     property 'k1' -> object with constructor 'Object'\n    |     ...\n    |     property 'k5' -> object with constructor 'Object'\n    --- property 'last' closes the circle
t(() => JSON.isRawJSON(JSON.rawJSON('1'))+' '+Object.isFrozen(JSON.rawJSON('1'))+' '+JSON.isRawJSON({})); // expect: true true false
t(() => JSON.rawJSON('')); // expect: SyntaxError: Invalid value for JSON.rawJSON
t(() => (()=>{let a=[];for(let i=0;i<500;i++)a=[a];return JSON.stringify(a).length})()); // expect: 1002

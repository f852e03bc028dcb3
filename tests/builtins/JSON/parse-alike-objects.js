// SPDX-License-Identifier: MIT
// Objects that begin alike: JSON.parse guesses that they go on alike, and must notice where they do not.
const show = (text, reviver) => {
  const val = JSON.parse(text, reviver);
  return `${JSON.stringify(val)} ${Object.keys(val).join()}`;
};
const first = '{"id":1,"name":"n","tags":[1,2],"nested":{"x":1,"y":2},"last":true}';
print(show(first)); // expect: {"id":1,"name":"n","tags":[1,2],"nested":{"x":1,"y":2},"last":true} id,name,tags,nested,last
print(show(first)); // expect: {"id":1,"name":"n","tags":[1,2],"nested":{"x":1,"y":2},"last":true} id,name,tags,nested,last
// Fewer, more, others, another order, the same name twice, an index among them.
print(show('{"id":2}')); // expect: {"id":2} id
print(show(first)); // expect: {"id":1,"name":"n","tags":[1,2],"nested":{"x":1,"y":2},"last":true} id,name,tags,nested,last
print(show('{"id":2,"name":"m","tagz":1}')); // expect: {"id":2,"name":"m","tagz":1} id,name,tagz
print(show('{"id":2,"name":"m","tags":[],"nested":{"x":1,"y":2,"z":3},"last":0,"more":1}')); // expect: {"id":2,"name":"m","tags":[],"nested":{"x":1,"y":2,"z":3},"last":0,"more":1} id,name,tags,nested,last,more
print(show('{"id":2,"id":3,"name":1}')); // expect: {"id":3,"name":1} id,name
print(show('{"id":2,"name":{"id":4,"name":5},"id":6}')); // expect: {"id":6,"name":{"id":4,"name":5}} id,name
print(show('{"id":2,"7":8,"name":1}')); // expect: {"7":8,"id":2,"name":1} 7,id,name
print(show('{"id":2,"n\\u0061me":1}')); // expect: {"id":2,"name":1} id,name
print(show('{"id":2,"__proto__":{"a":1}}')); // expect: {"id":2,"__proto__":{"a":1}} id,__proto__
print(show('{"id":2,"__proto__":{"a":1}}')); // expect: {"id":2,"__proto__":{"a":1}} id,__proto__
print(Object.getPrototypeOf(JSON.parse('{"id":2,"__proto__":{"a":1}}')) === Object.prototype); // expect: true
print(show('{"id" : 2 , "name" :3}')); // expect: {"id":2,"name":3} id,name
print(show('{"id":2,"name":"\u0416"}')); // expect: {"id":2,"name":"Ж"} id,name
print(show('{"i":1,"idd":2}'), show('{"":1}'), show('{"":1,"a":2}'), show('{}')); // expect: {"i":1,"idd":2} i,idd {"":1}  {"":1,"a":2} ,a {} 
// What was parsed is the program's: later objects are not affected.
const a = JSON.parse('{"q":1,"r":2}');
a.s = 3;
delete a.q;
Object.freeze(a);
const b = JSON.parse('{"q":1,"r":2}');
b.r = 5;
b.t = 6;
print(JSON.stringify(a), JSON.stringify(b), Object.isFrozen(b)); // expect: {"r":2,"s":3} {"q":1,"r":5,"t":6} false
// A reviver sees the names, and their sources.
print(show('{"q":1,"r":[2]}', (name, val, { source }) => (source ? `${name}${source}` : val))); // expect: {"q":"q1","r":["02"]} q,r
// Errors are where they were.
for (const text of ['{"id":1,"name"}', '{"id":1,"name":2', '{"id":1,"nam', '{"id":1,}', '{"id"', '{"', '{"i']) {
  try {
    JSON.parse(text);
  } catch (e) {
    print(e.message);
  }
}
// expect: Expected ':' after property name in JSON at position 14 (line 1 column 15)
// expect: Expected ',' or '}' after property value in JSON at position 16 (line 1 column 17)
// expect: Unterminated string in JSON at position 12 (line 1 column 13)
// expect: Expected double-quoted property name in JSON at position 8 (line 1 column 9)
// expect: Expected ':' after property name in JSON at position 5 (line 1 column 6)
// expect: Unterminated string in JSON at position 2 (line 1 column 3)
// expect: Unterminated string in JSON at position 3 (line 1 column 4)
// Many names, and many shapes.
const wide = {};
for (let k = 0; k < 100; k++) wide[`k${k}`] = k;
const text = JSON.stringify(wide);
print(JSON.stringify(JSON.parse(text)) === text, JSON.stringify(JSON.parse(text)) === text); // expect: true true
const list = [];
for (let k = 0; k < 300; k++) list.push({ [`a${k % 7}`]: k, b: { c: k, [`d${k % 3}`]: [{ e: k }] }, f: `${k}` });
const all = JSON.stringify(list);
print(JSON.stringify(JSON.parse(all)) === all); // expect: true
// Strings of every length around what is copied by words.
let bad = 0;
for (let n = 0; n < 140; n++) {
  for (const c of ['"', '\\', '\n', '\u001f', '\u007f', '\u0080', '\u00ff', '\u0100', '\ud800']) {
    for (const at of [0, n >> 1, n - 1]) {
      if (at < 0) continue;
      const s = 'x'.repeat(at) + c + 'y'.repeat(n - at);
      if (JSON.parse(JSON.stringify(s)) !== s || JSON.parse(JSON.stringify({ [s]: s }))[s] !== s) bad++;
      const quoted = JSON.stringify(s);
      const escaped = c === '"' || c === '\\' ? 2 : c === '\n' ? 2 : c === '\u001f' || c === '\ud800' ? 6 : 1;
      if (quoted.length !== s.length - 1 + escaped + 2) bad++;
    }
  }
}
print(bad); // expect: 0

// SPDX-License-Identifier: MIT
// A match that can begin with one character only is looked for by that character.
const rs=[/"(?:a|b)c/,/"(?:_|x)"/,/é(?:a|b)/,/[é"](?:x|y)/,/"(?:a|b)$/,/x?"(?:a|b)/];
const ts=['','"','"a','xx"ac','""""bc"','"_"','ééa','é','"x','Ж"acЖ','"a\n"b','zz"',' "b'];
for(const r of rs)print(r.source,ts.map(t=>{const m=r.exec(t);return m?m.index+m[0]:'-'}).join('|'));
// expect: "(?:a|b)c -|-|-|2"ac|3"bc|-|-|-|-|1"ac|-|-|-
// expect: "(?:_|x)" -|-|-|-|-|0"_"|-|-|-|-|-|-|-
// expect: é(?:a|b) -|-|-|-|-|-|1éa|-|-|-|-|-|-
// expect: [é"](?:x|y) -|-|-|-|-|-|-|-|0"x|-|-|-|-
// expect: "(?:a|b)$ -|-|0"a|-|-|-|-|-|-|-|3"b|-|1"b
// expect: x?"(?:a|b) -|-|0"a|1x"a|3"b|-|-|-|-|1"a|0"a|-|1"b

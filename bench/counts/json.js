// JSON both ways.
const doc = Array.from({ length: 200 }, (_, i) => ({ id: i, name: 'n' + i, price: i / 3, tags: ['a', 'b"c'], in: { w: i, on: i % 2 === 0, no: null } }));
let s = 0;
for (let r = 0; r < 4; r++) s += JSON.parse(JSON.stringify(doc)).length + JSON.stringify(doc, null, 2).length;
console.log(s);

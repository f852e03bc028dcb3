// JSON.stringify: records, numbers, strings that need escapes and that do not, indentation.
function bench(S) {
  const doc = [];
  for (let i = 0; i < 4000; i++) doc.push({ id: i, name: 'item number ' + i, price: i * 1.25 + 0.1, tags: ['alpha', 'b\u00e9ta', 'g"amma\n' + (i % 17)], on: i % 2 === 0, none: null, dims: { w: i % 100, h: (i * 7) % 93 }, note: 'Lorem ipsum dolor sit amet ' + (i * 31 % 1009) });
  let h = 0;
  for (let r = 0; r < 40 * S; r++) { doc[r].id++; h = (h + JSON.stringify(doc).length) | 0; if (r % 4 === 0) h = (h + JSON.stringify(doc, null, 2).length) | 0; }
  return h;
}

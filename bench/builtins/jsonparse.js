// JSON.parse of a 1 MB document: objects of one shape, strings with and without escapes, numbers of all kinds.
function bench(S) {
  const doc = [];
  for (let i = 0; i < 4000; i++) doc.push({ id: i, name: 'item number ' + i, price: i * 1.25 + 0.1, tags: ['alpha', 'b\u00e9ta', 'g"amma\n' + (i % 17)], on: i % 2 === 0, none: null, dims: { w: i % 100, h: (i * 7) % 93 }, note: 'Lorem ipsum dolor sit amet ' + (i * 31 % 1009) });
  const text = JSON.stringify(doc), pretty = JSON.stringify(doc, null, 2);
  let h = 0;
  for (let r = 0; r < 40 * S; r++) {
    const d = JSON.parse(r & 1 ? pretty : text);
    h = (h + d.length + d[r * 7].name.length + d[r * 5].dims.h + d[r].tags[2].length) | 0;
  }
  return h;
}

// structuredClone: records, arrays, Map, Set, Date, typed arrays, cycles.
function bench(S) {
  const doc = []; let h = 0;
  for (let i = 0; i < 2000; i++) doc.push({ id: i, name: 'item ' + i, price: i * 1.5, tags: ['a', 'b' + i], at: new Date(i * 1e9), in: { w: i, h: [i, i + 1] } });
  const m = new Map(); for (let i = 0; i < 1000; i++) m.set('k' + i, { v: i });
  const top = { doc, m, s: new Set([1, 2, 3]), bytes: new Uint8Array(65536).fill(7) }; top.self = top;
  for (let r = 0; r < 30 * S; r++) { const c = structuredClone(top); h = (h + c.doc[r].in.h[1] + c.m.get('k' + r).v + c.bytes[r] + (c.self === c ? 1 : 0)) | 0; }
  return h;
}

// Date: parse, format, local and UTC fields, arithmetic.
function bench(S) {
  let h = 0;
  for (let i = 0; i < 200000 * S; i++) {
    const d = new Date(1.6e12 + i * 86413000), s = d.toISOString();
    h = (h + Date.parse(s) % 1000003 + d.getFullYear() + d.getMonth() * 31 + d.getDate() + d.getHours() + d.getUTCDay()) | 0;
    if (i % 4 === 0) { const e = new Date(2026, i % 12, i % 28, i % 24); e.setDate(e.getDate() + 40); h = (h + e.getTime() % 1009 + String(e).length + new Date('2026-03-0' + (1 + i % 9)).getTime() % 1013) | 0; }
  }
  return h;
}

// Building, slicing, split/join/replace, case, search.
function bench(S) {
  let h = 0;
  const words = 'the quick brown fox jumps over a lazy dog while seventeen zebras quietly watch from afar'.split(' ');
  for (let r = 0; r < 24 * S; r++) {
    let s = '';
    for (let i = 0; i < 60000; i++) { s += words[(i * 7 + r) % words.length]; s += i % 9 === 0 ? '\n' : ' '; }
    const lines = s.split('\n');
    let out = [];
    for (const l of lines) {
      const t = l.trim();
      if (t.startsWith('the')) out.push(t.toUpperCase()); else if (t.includes('fox')) out.push(t.slice(2, -2)); else out.push(t.replace('zebras', 'lions'));
      h = (h * 31 + t.length + t.charCodeAt(t.length >> 1) + t.indexOf('dog')) | 0;
    }
    const j = out.join('|');
    const k = j.replaceAll('lazy', 'eager').split('a').join('A');
    h = (h * 31 + k.length + k.lastIndexOf('Quick') + k.charCodeAt(k.length >> 2)) | 0;
    for (let i = 0; i + 16 < k.length; i += 37) h = (h + (k.substring(i, i + 8) < k.substring(i + 8, i + 16) ? 1 : 3)) | 0;
    h = (h + `${h}:${r}:${k.length}`.padStart(30, '.').length) | 0;
  }
  return h;
}
var t0=Date.now(); var r=bench(1); if (r && r.then) r.then(v=>print("strings", Date.now()-t0, v)); else print("strings", Date.now()-t0, r);

// Strings put together: +=, templates, array join, repeat, padStart; each result is read once.
function bench(S) {
  let h = 0;
  for (let r = 0; r < 40 * S; r++) {
    let s = ''; for (let i = 0; i < 20000; i++) s += 'line ' + i + '\n';
    h = (h * 31 + s.length + s.charCodeAt(s.length >> 1)) | 0;
    const parts = []; for (let i = 0; i < 20000; i++) parts.push(`<li id="i${i}">${i * 2}</li>`);
    const j = parts.join(''); h = (h * 31 + j.length + j.charCodeAt(j.length >> 1)) | 0;
    const p = 'ab'.repeat(50000); h = (h + p.charCodeAt(77777)) | 0;
    for (let i = 0; i < 5000; i++) h = (h + String(i).padStart(8, '0').length) | 0;
  }
  return h;
}

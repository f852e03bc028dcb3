// split, join, replaceAll, replace with a string, slice, trim, case over a text of 1 MB.
function bench(S) {
  const words = 'the quick brown fox jumps over a lazy dog while seventeen zebras quietly watch from afar'.split(' ');
  let text = ''; for (let i = 0; i < 150000; i++) text += words[(i * 7) % words.length] + (i % 9 === 0 ? '\n' : ' ');
  text = text.split('').join(''); let h = 0;
  for (let r = 0; r < 12 * S; r++) {
    const lines = text.split('\n'), w = text.split(' ');
    h = (h * 31 + lines.length + w.length + lines.join('\r\n').length + w.join('_').length) | 0;
    h = (h + text.replaceAll('lazy', 'eager').length + text.replace('zebras', 'lions').length + text.split('a').join('A').length) | 0;
    h = (h + text.toUpperCase().charCodeAt(500) + text.indexOf('nothing like it') + text.lastIndexOf('nor this') + (text.includes('qqq') ? 1 : 0)) | 0;
    for (let i = 0; i < lines.length; i++) { const l = lines[i]; h = (h + l.trim().length + l.slice(3, 20).length + (l.startsWith('the') ? 1 : 0) + (l.endsWith('fox') ? 2 : 0)) | 0; }
  }
  return h;
}

// Regular expressions: exec with groups, test, match all, replace with a function and a pattern, split.
function bench(S) {
  let text = ''; for (let i = 0; i < 6000; i++) text += `2026-03-${10 + i % 20} host${i % 7} app[${i}]: level=${['info', 'warn', 'error'][i % 3]} msg="request ${i} took ${i % 977}ms" path=/api/v${i % 3}/item/${i}\n`;
  const lines = text.split('\n'); let h = 0;
  const re = /^(\d{4})-(\d\d)-(\d\d) (\w+) app\[(\d+)\]: level=(info|warn|error) msg="([^"]*)" path=(\S+)$/;
  for (let r = 0; r < 8 * S; r++) {
    for (const l of lines) { const m = re.exec(l); if (m) h = (h + m[5].length + m[8].length) | 0; }
    for (const l of lines) if (/level=(?:warn|error)/.test(l)) h++;
    for (const m of text.matchAll(/took (\d+)ms/g)) h = (h + +m[1]) | 0;
    h = (h + text.replace(/item\/(\d+)/g, 'thing/$1').length + text.replace(/host(\d)/g, (_, d) => d).length) | 0;
    h = (h + text.split(/[\s=]+/).length + (text.match(/error/gi) || []).length) | 0;
  }
  return h;
}

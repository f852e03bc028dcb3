// 120 MB of garbage and 120 MB that stay until the program lets go of them; then it rests. What of the memory goes back to the system?
function fill(n) { const out = []; for (let i = 0; i < n; i++) out.push({ id: i, name: 'n' + i, list: [i, i + 1] }); return out; }
let keep = fill(700000), n = 0;
for (let r = 0; r < 7; r++) n += fill(100000).length;
const peak = process.memoryUsage().rss;
n += keep.length; keep = null;
setTimeout(() => {
  const rss = process.memoryUsage().rss;
  console.log('BENCH ' + JSON.stringify({ ms: 2500, check: String(n), extra: { peak_mb: +(peak / 1048576).toFixed(1), idle_mb: +(rss / 1048576).toFixed(1) } }));
  process.exit(0);
}, 2500);

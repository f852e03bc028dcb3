// Promises, async functions, generators.
async function leaf(x) { return x + 1; }
function* gen(n) { for (let i = 0; i < n; i++) yield i; }
(async () => {
  let s = 0;
  for (let i = 0; i < 800; i++) s += await leaf(i) + await i;
  for (const x of gen(800)) s += x;
  s += (await Promise.all(Array.from({ length: 100 }, (_, i) => leaf(i)))).length;
  console.log(s);
})();

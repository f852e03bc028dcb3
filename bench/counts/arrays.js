// Arrays: callbacks, push and pop, slices, sort, iteration, destructuring.
let s = 0;
for (let r = 0; r < 20; r++) {
  const a = Array.from({ length: 200 }, (_, i) => (i * 37) % 101);
  s += a.map((x) => x + 1).filter((x) => x & 1).reduce((x, y) => x + y, 0);
  a.sort((x, y) => x - y); a.push(1, 2); s += a.pop() + a.slice(5, 50).length + a.indexOf(50) + a.concat(a).length;
  for (const x of a) s += x;
  const [x, y, ...rest] = a; s += x + y + rest.length;
}
console.log(s);

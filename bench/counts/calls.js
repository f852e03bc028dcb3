// Calls: functions, methods, closures, spread, call and apply.
function add(a, b) { return a + b; }
class P { constructor(v) { this.v = v; } get(k) { return this.v + k; } }
const p = new P(3), f = (x) => (y) => x + y, many = (...a) => a.length;
let s = 0;
for (let i = 0; i < 3000; i++) s += add(i, 1) + p.get(i) + f(i)(2) + many(...[i, i]) + add.call(null, i, 2) + add.apply(null, [i, 3]);
console.log(s);

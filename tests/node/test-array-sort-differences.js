// Comparators that are a difference: numbers of all kinds, and what is no number in between.
const numbers = [3, -1, 2.5, NaN, 0, -0, Infinity, 7, -Infinity, 1e308, -1e308, 4, 2 ** 31, -(2 ** 31), 5];
const show = (a) => a.map((x) => Object.is(x, -0) ? '-0' : String(x)).join(' ');
const finite = numbers.filter((x) => Number.isFinite(x));
console.log(show([...finite].sort((a, b) => a - b)));
console.log(show([...finite].sort((a, b) => b - a)));
console.log(show([...finite].sort(function(x, y) { return x - y; })));
console.log(show([5, '3', 4, '10', 1].sort((a, b) => a - b)));
console.log(show([5n, 3n, 4n].sort((a, b) => Number(a - b))));
try { [5n, 3n].sort((a, b) => a - b); console.log('sorted'); } catch (e) { console.log(e.message); }
try { [5n, 3].sort((a, b) => a - b); } catch (e) { console.log(e.message); }
let calls = 0;
const odd = { valueOf() { calls++; return 2; } };
console.log([3, odd, 1].sort((a, b) => a - b).map((x) => x === odd ? 'odd' : x).join(), calls > 0);
const rows = [{ k: 3, n: 'c' }, { n: 'a', k: 1 }, { k: 2, n: 'b' }, { k: 1, n: 'z' }];
console.log(rows.toSorted((a, b) => a.k - b.k).map((r) => r.n).join(), rows.toSorted((a, b) => b.k - a.k).map((r) => r.n).join());
console.log(rows.toSorted((a, b) => a.k - a.k).map((r) => r.n).join(), rows.toSorted((a, b) => b.k - b.n).map((r) => r.n).join());
let gets = 0;
const accessor = { get k() { gets++; return 2.5; }, n: 'got' };
console.log([...rows, accessor].sort((a, b) => a.k - b.k).map((r) => r.n).join(), gets > 0);
console.log([Object.create({ k: 0 }, { n: { value: 'inherits' } }), ...rows].sort((a, b) => a.k - b.k).map((r) => r.n).join());
console.log([{ n: 'none' }, ...rows].sort((a, b) => b.k - a.k).map((r) => r.n).join());
try { [...rows, null].sort((a, b) => a.k - b.k); } catch (e) { console.log(e.message); }
console.log(['ab', 'c', 'def'].sort((a, b) => b.length - a.length).join());
console.log([[1, 2], [0], [3, 4, 5]].sort((a, b) => a.length - b.length).join('|'));
console.log([[2, 'x'], [1, 'y']].sort((a, b) => a[0] - b[0]).join('|'));
console.log([3, 1, 2].sort((a, b, c = 9) => a - b).join(), [3, 1, 2].sort((a, b) => { return a - b; }).join());
console.log([3, undefined, 1, , 2].sort((a, b) => a - b).length, new Float64Array([3, 1, 2]).sort((a, b) => b - a).join());
const big = Array.from({ length: 5000 }, (x, k) => ({ k: (k * 7919) % 997, k2: k }));
big.sort((a, b) => a.k - b.k);
console.log(big.every((x, k) => k === 0 || big[k - 1].k < x.k || (big[k - 1].k === x.k && big[k - 1].k2 < x.k2)));

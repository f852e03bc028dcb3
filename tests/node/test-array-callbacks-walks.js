// Array methods that call plain functions back: what callbacks do to the array, throw, suspend around, or say in a trace.
const vm = require('vm');
const log = (name, ...values) => console.log(name, ...values);
const names = ['forEach', 'map', 'filter', 'every', 'some', 'find', 'findIndex', 'findLast', 'findLastIndex'];

for (const name of names) {
  const seen = [];
  const array = [1, 2, , 4, 5];
  const result = array[name]((x, k, all) => { seen.push([x, k, all === array]); return x > 3; });
  log(name, result, JSON.stringify(seen));
  log(name, 'this', [7][name](function() { return this === log; }, log), [7][name](function() {
    'use strict';
    return this === undefined;
  }));
  log(name, 'shrinks', [1, 2, 3, 4][name]((x, k, all) => { all.length = 1; return x !== 1; }));
  log(name, 'grows', [1, 2][name]((x, k, all) => { all.push(x); return false; }));
  log(name, 'empties', [1, 2, 3][name]((x, k, all) => { all.length = 0; all.push(9); return true; }));
  log(name, 'sparse', [1, 2, 3][name]((x, k, all) => { all[5000000] = 1; return x < 2; }));
  log(name, 'more', [3, 2][name]((x, k, all, extra) => extra === undefined && x < 3));
  log(name, 'rest', [3, 2][name]((...all) => all.length === 3), [3][name](function() { return arguments.length === 3; }));
  try {
    [1, 2, 3][name]((x) => { if (x === 2 || name.includes('Last')) throw new Error('from ' + name); return x === 9; });
  } catch (e) {
    log(e.message, e.stack.split('\n').slice(1, 4).map((line) => line.replace(/\(.*[\\/]/, '(').trim()).join(' | '));
  }
  for (const bad of [undefined, null, {}, 'f']) {
    try { [1][name](bad); } catch (e) { log(name, e.message); }
  }
  try { [1][name](class A {}); } catch (e) { log(name, e.message); }
}

log([1, 2, 3].reduce((a, x, k, all) => `${a}${x}${k}${all.length}`), [1, 2, 3].reduceRight((a, x, k) => `${a}${x}${k}`, '<'));
log([5].reduce(() => 1), [, 5, ,].reduce(() => 1), [].reduce(() => 1, 2));
try { [, ,].reduce((a) => a); } catch (e) { log(e.message); }
log([1, 2, 3].reduce((a, x) => a.concat([x].map((y) => y * 2)), []));

// Holes look at prototypes; accessors run.
Array.prototype[1] = 'inherited';
log([1, , 3].map((x) => x), [1, , 3].find((x) => x === 'inherited'));
delete Array.prototype[1];
const odd = [1, 2, 3];
Object.defineProperty(odd, 1, { get() { return [8, 9].map((x) => x + 1).join(); } });
log(odd.map((x) => x));

// Species and subclasses.
class Mine extends Array {}
log(Mine.from([1, 2]).map((x) => x + 1) instanceof Mine, Mine.of(1, 2).filter((x) => x > 1).constructor.name);
const other = vm.runInNewContext('[1, 2, 3]');
log(other.map((x) => x) instanceof Array, Object.getPrototypeOf([].map.call(other, (x) => x)) === Array.prototype);
log(vm.runInNewContext('map.call([1], (x) => x) instanceof Array', { map: [].map }));

// Around generators and async functions.
function* gen() {
  for (const x of [1, 2].map((y) => y * 10)) yield [x].filter((z) => z > 10).length;
}
log([...gen()], [1, 2].map(function* (x) { yield x; }).map((g) => g.next().value));
Promise.all([1, 2].map(async (x) => { await null; return x; })).then((all) => log(all));

// Deep nesting, and recursion to the stack's end.
const nest = (n) => n ? [n].map((k) => nest(k - 1))[0] : 'bottom';
log(nest(500));
const endless = () => [1].forEach(() => endless());
try { endless(); } catch (e) { log(e instanceof RangeError); }
log([3, 1, 2].map((x) => { try { if (x === 1) throw x; return x; } catch (y) { return -y; } finally { [0].some(() => false); } }));
label: for (const x of [1, 2]) {
  [1].forEach(() => {});
  if (x === 1) continue label;
  log('after', x);
}
log(new Array(5).fill(0).map((x, k) => k).filter((x) => x % 2).some((x) => x === 3));
const big = Array.from({ length: 100000 }, (x, k) => k);
log(big.map((x) => ({ x })).filter((o) => o.x % 3 === 0).map((o) => [o.x]).reduce((a, [x]) => a + x, 0));

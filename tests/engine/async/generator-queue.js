// SPDX-License-Identifier: MIT
async function* g() { try { const a = yield 1; print('a', a); const b = yield 2; print('b', b); return 3; } finally { print('fin'); } }
const it = g();
Promise.all([it.next('x'), it.next('A'), it.next('B'), it.next()]).then((rs) => print(JSON.stringify(rs))).then(() => {
  const r = g();
  return Promise.all([r.next(), r.return('early'), r.next()]).then((rs) => print(JSON.stringify(rs)));
}).then(() => { const t = g(); return t.throw(new Error('E')).catch((e) => print(e.message)).then(() => t.next()).then((v) => print(JSON.stringify(v))); })
.then(() => { const t = g(); return t.return(Promise.resolve('pr')).then((v) => print(JSON.stringify(v))); })
.then(async () => {
  async function* inner() { try { yield 'i1'; yield 'i2'; } finally { print('inner fin'); } }
  async function* outer() { const r = yield* inner(); yield r; }
  for await (const v of outer()) print(v);
  const o = outer(); await o.next(); print(JSON.stringify(await o.return('ret')));
  async function* sync() { yield* [1, Promise.resolve(2)]; }
  for await (const v of sync()) print(v);
  const iter = { [Symbol.iterator]() { let n = 0; return { next() { return { value: ++n, done: n > 2 }; }, return() { print('sync return'); return {}; } }; } };
  for await (const v of iter) { print(v); if (v === 2) break; }
  print(Object.prototype.toString.call(g()), g.constructor.name);
});
// expect: a A
// expect: b B
// expect: fin
// expect: [{"value":1,"done":false},{"value":2,"done":false},{"value":3,"done":true},{"done":true}]
// expect: fin
// expect: [{"value":1,"done":false},{"value":"early","done":true},{"done":true}]
// expect: E
// expect: {"done":true}
// expect: {"value":"pr","done":true}
// expect: i1
// expect: i2
// expect: inner fin
// expect: undefined
// expect: inner fin
// expect: {"value":"ret","done":true}
// expect: 1
// expect: 2
// expect: 1
// expect: 2
// expect: sync return
// expect: [object AsyncGenerator] AsyncGeneratorFunction

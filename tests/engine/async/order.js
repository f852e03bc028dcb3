// SPDX-License-Identifier: MIT
async function f(n) { print('f' + n + ' start'); await null; print('f' + n + ' mid'); await null; print('f' + n + ' end'); return n; }
print('begin');
f(1).then((v) => print('then ' + v));
f(2).finally(() => print('finally'));
Promise.resolve().then(() => print('p1')).then(() => print('p2')).then(() => print('p3')).then(() => print('p4'));
(async () => { try { await Promise.reject(new Error('rej')); } catch (e) { print('caught ' + e.message); } finally { print('fin'); } })();
(async () => { const r = await (async () => { return Promise.resolve('nested'); })(); print(r); })();
(async () => { for await (const x of [1, Promise.resolve(2), 3]) print('fa ' + x); })();
async function* ag() { print('ag start'); yield 1; const x = yield Promise.resolve(2); print('x ' + x); try { yield 3; } finally { print('ag fin'); } }
(async () => { for await (const v of ag()) { print('ag ' + v); if (v === 3) break; } print('ag done'); })();
const thenable = { then(res) { print('thenable'); res('T'); } };
(async () => { print(await thenable); })();
print('end');
// expect: begin
// expect: f1 start
// expect: f2 start
// expect: ag start
// expect: end
// expect: f1 mid
// expect: f2 mid
// expect: p1
// expect: caught rej
// expect: fin
// expect: thenable
// expect: f1 end
// expect: f2 end
// expect: p2
// expect: fa 1
// expect: ag 1
// expect: T
// expect: then 1
// expect: finally
// expect: p3
// expect: nested
// expect: p4
// expect: fa 2
// expect: ag 2
// expect: x undefined
// expect: fa 3
// expect: ag 3
// expect: ag fin
// expect: ag done

// SPDX-License-Identifier: MIT
// `at async` lines: awaits, combinators, then, finally, thenables.
function show(label, e) { console.log('--- ' + label + '\n' + e.stack.split('\n').filter((l) => !/node:internal/.test(l)).map((l) => l.replaceAll(__dirname, 'DIR')).join('\n')); }
async function thrower() { await null; throw new Error('t'); }
async function mid() { await thrower(); }
async function outer() { await mid(); }
const om = { async am() { await thrower(); }, async *ag() { yield await thrower(); } };
class K { async cm() { await thrower(); } static async sm() { await thrower(); } }
const arrow = async () => { await thrower(); };
async function tryCatch() { try { await thrower(); } catch (e) { throw e; } }
async function ret() { return thrower(); }
async function loop() { for await (const x of om.ag()); }
async function all() { await Promise.all([null, thrower()]); }
async function any() { await Promise.any([thrower()]); }
async function race() { await Promise.race([thrower()]); }
async function settled() { const r = await Promise.allSettled([thrower()]); throw r[0].reason; }
async function thenIt() { await thrower().then((x) => x); }
async function fin() { await thrower().finally(() => {}); }
async function syncThrow() { throw new Error('sync'); }
async function callsSync() { await syncThrow(); }
async function delayed() { await new Promise((r) => setTimeout(r, 1)); throw new Error('d'); }
async function callsDelayed() { await delayed(); }
async function inPromise() { await new Promise((r, j) => { throw new Error('ip'); }); }
async function then() { await Promise.resolve().then(() => { throw new Error('th'); }); }
async function then2() { await Promise.resolve().then(function named() { throw new Error('th2'); }); }
async function thenable() { await { then(r, j) { j(new Error('thenable')); } }; }
async function deep(n) { if (n) await deep(n - 1); else await thrower(); }
async function nestedAll() { await Promise.all([Promise.all([thrower()])]); }
async function createOnly() { await null; return new Error('created'); }
async function useCreated() { throw await createOnly(); }
(async () => {
  for (const [k, f] of Object.entries({ outer, am: () => om.am(), cm: () => new K().cm(), sm: () => K.sm(), arrow, tryCatch, ret, loop, all, any, race, settled, thenIt, fin, callsSync, callsDelayed, inPromise, then, then2, thenable, deep: () => deep(12), nestedAll, useCreated })) {
    try { await f(); } catch (e) { show(k, e instanceof AggregateError ? e.errors[0] : e); }
  }
})();

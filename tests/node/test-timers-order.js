// Timers and immediates: order, clearing, refresh, arguments, promises.
'use strict';
const timers = require('timers');
const tp = require('timers/promises');
const { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate } = timers;
const log = (...args) => console.log(...args);
const fails = async (p) => { try { log('resolved', await p); } catch (e) { log('rejected', e.name, e.code, e.message, String(e.cause)); } };

async function main() {
  await new Promise((done) => {
    setTimeout((a, b) => log('b 20', a, b), 20, 1, 2);
    setTimeout(() => log('a 5'), 5);
    setTimeout(() => log('c 5'), 5);
    setTimeout(() => log('d 1'));
    setTimeout(done, 40);
    const cleared = setTimeout(() => log('never'), 10);
    clearTimeout(cleared);
    clearTimeout(+setTimeout(() => log('never by id'), 10));
    clearTimeout(String(+setTimeout(() => log('never by text'), 10)));
    clearTimeout(); clearTimeout({}); clearTimeout(12345); clearInterval(null); clearImmediate(undefined);
  });
  await new Promise((done) => {
    let n = 0;
    const i = setInterval((x) => { log('interval', ++n, x); if (n === 3) { clearInterval(i); setTimeout(done, 5); } }, 2, 'arg');
  });
  await new Promise((done) => {
    setImmediate((a) => { log('immediate', a); setImmediate(() => { log('next turn'); done(); }); }, 'x');
    const c = setImmediate(() => log('never'));
    clearImmediate(c);
    setImmediate(() => clearImmediate(later));
    const later = setImmediate(() => log('cleared by the one before'));
    setImmediate(() => log('same turn'));
  });
  { // the objects
    const t = setTimeout(() => {}, 1000);
    log(t.hasRef(), t.unref() === t, t.hasRef(), t.ref().hasRef(), typeof t[Symbol.toPrimitive](), t.constructor.name, t._idleTimeout, t._destroyed);
    log(t.close() === t, t._destroyed, Object.keys(t));
    const i = setImmediate(() => {});
    log(i.hasRef(), i.unref() === i, i.hasRef(), i.constructor.name);
    i[Symbol.dispose]();
    const d = setTimeout(() => log('never'), 1); d[Symbol.dispose]();
    log(setTimeout.length, setInterval.length, setImmediate.length, clearTimeout.length);
    for (const bad of [undefined, 5, 'x']) for (const f of [setTimeout, setInterval, setImmediate]) { try { f(bad); } catch (e) { log(e.code, e.message); } }
  }
  { // refresh
    const start = Date.now();
    let fired = 0;
    const t = setTimeout(() => { fired = Date.now() - start; }, 30);
    await tp.setTimeout(20); t.refresh(); await tp.setTimeout(20);
    log('not yet', fired === 0);
    await tp.setTimeout(30);
    log('fired', fired >= 45);
    t.refresh(); fired = 0; await tp.setTimeout(60); log('again', fired > 0);
  }
  { // timers/promises
    log(await tp.setTimeout(1, 'value'), await tp.setImmediate('now'), await tp.setTimeout(undefined, 3));
    const ac = new AbortController();
    const p = tp.setTimeout(1000, null, { signal: ac.signal }); ac.abort(new Error('stop')); await fails(p);
    await fails(tp.setTimeout(1, 1, { signal: ac.signal })); await fails(tp.setImmediate(1, { signal: AbortSignal.abort('r') }));
    await fails(tp.setTimeout(1, 1, { signal: 5 })); await fails(tp.setTimeout('1')); await fails(tp.setTimeout(1, 1, 5)); await fails(tp.setTimeout(1, 1, { ref: 1 }));
    let n = 0; for await (const v of tp.setInterval(1, 'tick')) { log(v); if (++n === 3) break; }
    await fails((async () => { const a2 = new AbortController(); for await (const v of tp.setInterval(1, 'x', { signal: a2.signal })) { log(v); a2.abort(); } })());
    log(await tp.scheduler.wait(1), await tp.scheduler.yield());
    log(require('util').promisify(setTimeout) === tp.setTimeout, timers.promises === tp, Object.keys(timers), Object.keys(tp));
  }
  { // a timer may stop others and start new ones while its list runs
    await new Promise((done) => {
      const a = setTimeout(() => { log('a'); clearTimeout(b); setTimeout(() => { log('new'); done(); }, 3); }, 3);
      const b = setTimeout(() => log('never b'), 3);
      setTimeout(() => log('c'), 3);
    });
  }
  const many = []; for (let i = 0; i < 2000; i++) many.push(tp.setTimeout(1 + (i * 7919) % 23, i));
  const order = []; many.forEach((p, i) => p.then(() => order.push(1 + (i * 7919) % 23)));
  await Promise.all(many);
  log(order.length);
}
main();
